"""New or established patient. Source: CMS Claims Processing Manual, chapter 12, 30.6.7."""

from collections.abc import Iterator

from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.visit_levels import ESTABLISHED_INSTEAD


def seen_before(facts: VisitFacts) -> Iterator[Finding]:
    """A patient seen by the same specialty within three years is established. Source: CMS Claims Manual, 12, 30.6.7.

    The fix takes the level's other code.
    """
    before = [one.service_date for one in facts.earlier_visits if one.specialty == facts.rendering.specialty]
    for line in facts.lines:
        instead = ESTABLISHED_INSTEAD.get(line.code)
        if instead is None or not before:
            continue
        priced = instead in facts.prices
        yield Finding(
            code="VH01",
            family=Family.HISTORY,
            severity=Severity.STOP,
            at=f"line.{line.number}.code",
            brief=f"New-patient code, seen {max(before):%m/%d/%y}",
            says=f"{line.code} is for new patients; the same specialty saw this one on {max(before):%m/%d/%Y}.",
            fix_label=f"Use {instead}" if priced else "Ask coder",
            fix=Fix(kind=FixKind.SET_CODE, line=line.number, value=instead) if priced else None,
        )


RULES = (seen_before,)

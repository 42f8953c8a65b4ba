"""Services that are never paid side by side, or never alone. Source: NCCI PTP edits, indicator 0; NCCI add-on edits."""

from collections.abc import Iterator

from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.pairs import ADD_ONS, ALWAYS


def never_together(facts: VisitFacts) -> Iterator[Finding]:
    """One service contains the other, whatever the modifier. The fix takes the contained one off the claim."""
    for line in facts.lines:
        for first in facts.lines:
            if first.service_date == line.service_date and (first.code, line.code) in ALWAYS:
                yield Finding(
                    code="BU01",
                    family=Family.BUNDLING,
                    severity=Severity.STOP,
                    at=f"line.{line.number}.code",
                    brief=f"{line.code} is part of {first.code}",
                    says=f"{line.code} on line {line.number} is contained in {first.code} and is never paid beside it.",
                    fix_label=f"Remove {line.code}",
                    fix=Fix(kind=FixKind.REMOVE_LINE, line=line.number),
                )


def needs_primary(facts: VisitFacts) -> Iterator[Finding]:
    """An add-on code stands beside its primary code."""
    for line in facts.lines:
        primaries = ADD_ONS.get(line.code)
        if primaries and not any(
            one.code in primaries and one.service_date == line.service_date for one in facts.lines
        ):
            yield Finding(
                code="BU02",
                family=Family.BUNDLING,
                severity=Severity.STOP,
                at=f"line.{line.number}.code",
                brief=f"{line.code} stands without its primary",
                says=f"{line.code} is an add-on: it needs {' or '.join(sorted(primaries)[:3])} on the same day.",
                fix_label="Ask coder",
            )


RULES = (never_together, needs_primary)

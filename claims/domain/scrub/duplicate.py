"""The same service billed twice. Source: CMS Claims Processing Manual, chapter 1, 120 (exact duplicates)."""

from collections.abc import Iterator

from claims.domain.facts import ClaimFacts
from claims.domain.status import Frequency
from coding.domain.edits.findings import Family, Finding, Severity
from coding.domain.edits.repeated import alike


def earlier_claim(facts: ClaimFacts) -> Iterator[Finding]:
    """Patient, provider, day and code of a line stand on an earlier claim already."""
    if facts.frequency != Frequency.ORIGINAL:
        return
    for line in facts.lines:
        same = next(
            (
                one
                for one in facts.earlier_lines
                if (one.code, one.service_date, one.rendering_id) == (line.code, line.service_date, facts.rendering.id)
                and one.claim_number < facts.number
                and alike(one.modifiers, line.modifiers)
            ),
            None,
        )
        if same:
            yield Finding(
                code="DU01",
                family=Family.DUPLICATE,
                severity=Severity.STOP,
                at=f"line.{line.number}.code",
                brief=f"Same as {same.claim_number}",
                says=f"{line.code} of {line.service_date:%m/%d/%Y} is on claim {same.claim_number} ({same.status}).",
                fix_label="Compare",
            )
            return


RULES = (earlier_claim,)

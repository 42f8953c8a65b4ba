"""Replacement and void claims. Source: X12N 837P guide, CLM05-3 and 2300 REF*F8."""

from collections.abc import Iterator

from claims.domain.facts import ClaimFacts
from claims.domain.status import Frequency
from coding.domain.edits.findings import Family, Finding, Severity


def control_number(facts: ClaimFacts) -> Iterator[Finding]:
    """A replacement or void names the payer's number of the claim it is about."""
    if facts.frequency != Frequency.ORIGINAL and not facts.original_control_number:
        yield Finding(
            code="RS01",
            family=Family.RESUBMISSION,
            severity=Severity.STOP,
            at="claim.control_number",
            brief="Payer’s number of the original missing",
            says=f"{facts.payer.name} has given no number for the claim that this one corrects.",
            fix_label="Ask status",
        )


RULES = (control_number,)

"""Timely filing. Source: payer policy (`filing_days`); Medicare: 42 CFR 424.44."""

from collections.abc import Iterator

from claims.domain.facts import ClaimFacts
from claims.domain.status import Frequency
from coding.domain.edits.findings import Family, Finding, Severity

SOON = 14  # days


def deadline(facts: ClaimFacts) -> Iterator[Finding]:
    """The payer receives the claim, or its correction, within its limit; a void has none."""
    if facts.frequency == Frequency.VOID:
        return
    left = (facts.filing_deadline - facts.today).days
    if left < 0:
        yield _finding("TF01", Severity.STOP, f"Filing limit was {facts.filing_deadline:%m/%d}", facts, "Prove or void")
    elif left <= SOON:
        yield _finding("TF02", Severity.WARN, f"{left} days left to file", facts, "Send now")


def _finding(code: str, severity: Severity, brief: str, facts: ClaimFacts, label: str) -> Finding:
    return Finding(
        code=code,
        family=Family.FILING,
        severity=severity,
        at="claim.filing_deadline",
        brief=brief,
        says=f"{facts.payer.name} must have this claim by {facts.filing_deadline:%m/%d/%Y}.",
        fix_label=label,
    )


RULES = (deadline,)

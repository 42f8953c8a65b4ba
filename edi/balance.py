"""The three balances of an 835, to the cent. Source: X12 005010X221A1 section 1.10.2.

Each difference is in dollars, zero when balanced, positive when more was charged (or paid) than is explained.
"""

from collections.abc import Iterable
from decimal import Decimal

from edi.adjustments import total
from edi.elements import ZERO
from edi.errors import Problem
from edi.remit_835.facts import ProviderAdjustment, RemitClaim, RemitHeader, RemitLine, WholeRemit


def line_imbalance(line: RemitLine) -> Decimal:
    """SVC02 less the line's CAS less SVC03."""
    return line.charge - total(line.adjustments) - line.paid


def claim_imbalance(claim: RemitClaim) -> Decimal:
    """CLP03 less every CAS of claim and lines less CLP04."""
    off = claim.charge - claim.paid - total(claim.adjustments)
    for line in claim.lines:
        off -= total(line.adjustments)
    return off


def remit_imbalance(
    header: RemitHeader, *, claims_paid: Decimal, provider_adjustments: Iterable[ProviderAdjustment]
) -> Decimal:
    """Sum of CLP04 (`claims_paid`, added up by the caller while reading) less every PLB less BPR02."""
    return claims_paid - sum((each.amount for each in provider_adjustments), ZERO) - header.paid


def claim_problems(claim: RemitClaim) -> list[Problem]:
    """Why the claim can't be posted as it is: unreadable values, and every balance that is off."""
    found = list(claim.problems)
    claim_off = claim.charge - claim.paid
    for adjustment in claim.adjustments:
        claim_off -= adjustment.amount
    for line in claim.lines:
        adjusted = ZERO
        for adjustment in line.adjustments:
            adjusted += adjustment.amount
        claim_off -= adjusted
        if off := line.charge - adjusted - line.paid:
            found.append(_off("line-balance", f"Line {line.number}", off, line.segment_number, "SVC", "2110"))
    if claim_off:
        found.append(_off("claim-balance", "The claim", claim_off, claim.segment_number, "CLP", "2100"))
    return found


def remit_problems(remit: WholeRemit) -> list[Problem]:
    """Everything that keeps a remittance from being posted: envelope, values, and the three balances."""
    found = list(remit.problems)
    for claim in remit.claims:
        found += claim_problems(claim)
    off = remit_imbalance(
        remit.header,
        claims_paid=sum((each.paid for each in remit.claims), ZERO),
        provider_adjustments=remit.provider_adjustments,
    )
    if off:
        says = f"Claims less provider adjustments differ from the payment by {off:.2f} dollars."
        found.append(Problem(code="remit-balance", says=says, segment_id="BPR", element=2))
    return found


def _off(code: str, what: str, off: Decimal, segment_number: int, segment_id: str, loop: str) -> Problem:
    return Problem(
        code=code,
        says=f"{what} is off by {off:.2f} dollars.",
        segment_number=segment_number,
        segment_id=segment_id,
        loop=loop,
    )

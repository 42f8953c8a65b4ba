"""The denials inside one posted remittance claim: what was refused, on which of our lines. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from edi.adjustments import Adjustment
from payments.domain.posting import CLAIM_ITEM, REVERSAL
from payments.domain.split import denials_in

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedLine:
    """A service as the payer decided it; `number` is our line, 0 when it matched none. Dollars."""

    number: int
    paid: Decimal
    adjustments: Sequence[Adjustment]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedClaim:
    """A remittance claim with its lines and our charges by line number."""

    status_code: str  # CLP02
    charge: Decimal
    paid: Decimal
    adjustments: Sequence[Adjustment]
    remarks: tuple[str, ...]
    lines: Sequence[DecidedLine]
    our_charges: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One denial to open."""

    line_number: int  # 0: the whole claim
    group: str
    carc: str
    amount: Decimal
    remarks: tuple[str, ...]


def refusals_in(claim: DecidedClaim) -> list[Refused]:
    """Every refusal of a decision, one per line, group and reason. A reversal refuses nothing.

    A reason for the claim as a whole belongs to its only line, or, when all of it was refused for that one reason
    and the payer named no lines, to each line by its charge.
    """
    if claim.status_code == REVERSAL:
        return []
    found: dict[tuple[int, str, str], Refused] = {}
    for line in claim.lines:
        for each in denials_in(line.adjustments, paid=line.paid):
            _add(found, line.number, each, each.amount, (*line.remarks, *claim.remarks))
    for each in denials_in(claim.adjustments, paid=claim.paid):
        for number, amount in _shares(claim, each).items():
            _add(found, number, each, amount, claim.remarks)
    return [each for each in found.values() if each.amount >= 0]


def _shares(claim: DecidedClaim, adjustment: Adjustment) -> Mapping[int, Decimal]:
    if len(claim.our_charges) == 1:
        return dict.fromkeys(claim.our_charges, adjustment.amount)
    if not claim.lines and adjustment.amount == sum(claim.our_charges.values(), ZERO):
        return claim.our_charges
    return {CLAIM_ITEM: adjustment.amount}


def _add(
    found: dict[tuple[int, str, str], Refused],
    number: int,
    adjustment: Adjustment,
    amount: Decimal,
    remarks: Sequence[str],
) -> None:
    key = (number, adjustment.group, adjustment.reason)
    before = found.get(key)
    found[key] = Refused(
        line_number=number,
        group=adjustment.group,
        carc=adjustment.reason,
        amount=amount + (before.amount if before else ZERO),
        remarks=tuple(dict.fromkeys((*(before.remarks if before else ()), *remarks))),
    )

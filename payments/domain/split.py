"""Where the dollars of a line went. It always foots: charge = contractual + denied + patient + paid + other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from edi.adjustments import Adjustment
from payments.domain.classify import SEQUESTRATION, Nature, nature_of

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A line's (or a claim's) charge by what became of it, in dollars, signs as sent."""

    charge: Decimal = ZERO
    paid: Decimal = ZERO
    contractual: Decimal = ZERO
    patient: Decimal = ZERO
    denied: Decimal = ZERO
    allowed: Decimal = ZERO

    @property
    def other(self) -> Decimal:
        """What a prior payer decided or an informational code moved: not posted by this remittance."""
        return self.charge - self.contractual - self.denied - self.patient - self.paid

    def __add__(self, more: "Split") -> "Split":
        return Split(
            charge=self.charge + more.charge,
            paid=self.paid + more.paid,
            contractual=self.contractual + more.contractual,
            patient=self.patient + more.patient,
            denied=self.denied + more.denied,
            allowed=self.allowed + more.allowed,
        )

    def __neg__(self) -> "Split":
        return Split(
            charge=-self.charge,
            paid=-self.paid,
            contractual=-self.contractual,
            patient=-self.patient,
            denied=-self.denied,
            allowed=-self.allowed,
        )


def total(splits: Iterable[Split]) -> Split:
    """The sum of several."""
    return sum(splits, Split())


def split_line(
    *, charge: Decimal, paid: Decimal, adjustments: Sequence[Adjustment], allowed: Decimal | None = None
) -> Split:
    """Sort a line's adjustments into what they are. `allowed` is the payer's own figure (AMT*B6) when it sent one;
    else it is what is left of the charge after contract and denial (sequestration comes off what was allowed)."""
    sums = dict.fromkeys(Nature, ZERO)
    for each in adjustments:
        sums[nature_of(each, line_paid=paid != 0)] += each.amount
    contractual, denied = sums[Nature.CONTRACTUAL], sums[Nature.DENIAL]
    return Split(
        charge=charge,
        paid=paid,
        contractual=contractual,
        patient=sums[Nature.PATIENT],
        denied=denied,
        allowed=charge - contractual - denied + sequestered(adjustments) if allowed is None else allowed,
    )


def split_claim_level(
    *,
    charge: Decimal,
    paid: Decimal,
    adjustments: Sequence[Adjustment],
    lines: Sequence[Split],
) -> Split:
    """What a claim (CLP03, CLP04, its own CAS) says beyond its lines; all zero when the lines tell everything."""
    below = total(lines)
    return split_line(charge=charge - below.charge, paid=paid - below.paid, adjustments=adjustments)


def sequestered(adjustments: Iterable[Adjustment]) -> Decimal:
    """What federal law keeps back of the payer's own part."""
    return sum((each.amount for each in adjustments if each.reason == SEQUESTRATION and each.group != "PR"), ZERO)


def denials_in(adjustments: Iterable[Adjustment], *, paid: Decimal) -> list[Adjustment]:
    """The refusals among the adjustments of a line that was paid `paid` dollars."""
    return [each for each in adjustments if nature_of(each, line_paid=paid != 0) is Nature.DENIAL]

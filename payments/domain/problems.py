"""What keeps one claim of a remittance from posting by itself. Found before matching, from its own content."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from edi.adjustments import total
from edi.balance import claim_imbalance, line_imbalance
from edi.codes import carc
from edi.errors import Problem
from edi.remit_835 import RemitClaim
from payments.domain.classify import GROUPS
from payments.domain.posting import INFORMATION_CODES, PAID_CODES, REVERSAL

LARGEST = Decimal("9999999999.99")  # numeric(12,2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Why a claim waits for a person: a short kind and a sentence."""

    kind: str
    says: str


def is_money(amount: Decimal) -> bool:
    """Whether an amount is whole cents that a ledger can hold."""
    return abs(amount) <= LARGEST and amount == amount.quantize(Decimal("0.01"))


def place(problem: Problem) -> str:
    """A fault of X12 with where it is."""
    where = [f"segment {problem.segment_number}" if problem.segment_number else "", problem.segment_id or ""]
    found = " ".join(filter(None, where))
    return f"{problem.says} ({found})" if found else problem.says


def stop_of(claim: RemitClaim) -> Stop | None:
    """The first reason why this claim can't post: unreadable, unbalanced, unknown codes, money where none may be."""
    return next(_stops(claim), None)


def _stops(claim: RemitClaim) -> Iterator[Stop]:
    for problem in claim.problems:
        yield Stop(kind="unreadable", says=place(problem))
    if not all(is_money(each) for each in amounts_of(claim)):
        yield Stop(kind="unreadable", says=f"An amount is no sum of cents (segment {claim.segment_number} CLP)")
    yield from _unbalanced(claim)
    if claim.status not in PAID_CODES | INFORMATION_CODES | {REVERSAL}:
        yield Stop(kind="unknown_code", says=f"Claim status {claim.status or 'missing'} is not a known code (CLP02)")
    for each in claim.all_adjustments:
        if each.group not in GROUPS or each.reason not in carc.WORDS:
            yield Stop(kind="unknown_code", says=f"{each.group}-{each.reason} is not a known adjustment code")
    if claim.status in INFORMATION_CODES and claim.paid:
        yield Stop(kind="status", says=f"Status {claim.status} pays nothing, yet it carries ${claim.paid:,.2f}")


def _unbalanced(claim: RemitClaim) -> Iterator[Stop]:
    for line in claim.lines:
        if off := line_imbalance(line):
            adjusted = total(line.adjustments)
            yield Stop(
                kind="unbalanced",
                says=f"Line {line.number} is ${abs(off):,.2f} off: billed {line.charge:,.2f}, "
                f"adjusted {adjusted:,.2f}, paid {line.paid:,.2f}",
            )
    if off := claim_imbalance(claim):
        adjusted = total(claim.all_adjustments)
        yield Stop(
            kind="unbalanced",
            says=f"The claim is ${abs(off):,.2f} off: billed {claim.charge:,.2f}, "
            f"adjusted {adjusted:,.2f}, paid {claim.paid:,.2f}",
        )


def amounts_of(claim: RemitClaim) -> Iterable[Decimal]:
    """Every dollar amount of a claim."""
    yield claim.charge
    yield claim.paid
    yield claim.interest or Decimal(0)
    for line in claim.lines:
        yield from (line.charge, line.paid, line.allowed or Decimal(0))
    for each in claim.all_adjustments:
        yield each.amount

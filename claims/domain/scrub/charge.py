"""Prices and sums. Source: the practice's charge master; X12N 837P guide, SV102 and CLM02."""

from collections.abc import Iterator
from decimal import Decimal

from claims.domain.facts import ClaimFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity

ZERO = Decimal("0.00")
BILATERAL = "50"


def price_known(facts: ClaimFacts) -> Iterator[Finding]:
    """Every code has a price and every line a charge. The fix takes the price that was added since."""
    for line in facts.lines:
        if line.charge_amount > 0:
            continue
        charge = (line.price or ZERO) * line.units
        yield Finding(
            code="CH01",
            family=Family.CHARGE,
            severity=Severity.STOP,
            at=f"line.{line.number}.charge_amount",
            brief=f"No price for {line.code}" if line.price is None else f"Line {line.number} has no charge",
            says=f"Line {line.number} is charged at zero: the charge master"
            + (" has no price for its code." if line.price is None else f" says ${line.price} for one unit."),
            fix_label=f"Charge ${charge:,.2f}" if charge > 0 else "Add the price",
            fix=_charge(line.number, charge) if charge > 0 else None,
        )


def units_times_price(facts: ClaimFacts) -> Iterator[Finding]:
    """A line's charge is units times the price; a bilateral one (50) may be twice that."""
    for line in facts.lines:
        if line.price is None or line.charge_amount <= 0:
            continue
        charge = line.price * line.units
        if line.charge_amount == charge or (BILATERAL in line.modifiers and line.charge_amount == 2 * charge):
            continue
        yield Finding(
            code="CH02",
            family=Family.CHARGE,
            severity=Severity.STOP,
            at=f"line.{line.number}.charge_amount",
            brief=f"Line {line.number}: charge is not the price",
            says=f"Line {line.number}: {line.units} × ${line.price} is ${charge:,.2f}, not ${line.charge_amount:,.2f}.",
            fix_label=f"Charge ${charge:,.2f}",
            fix=_charge(line.number, charge),
        )


def adds_up(facts: ClaimFacts) -> Iterator[Finding]:
    """The claim's charge is the sum of its lines, and there is at least one line."""
    if not facts.lines:
        yield _claim("CH03", "Claim has no service line", "A claim needs at least one service line.")
    elif facts.charge_amount != sum((line.charge_amount for line in facts.lines), ZERO):
        yield _claim("CH04", "Lines do not add up", "The claim’s charge is not the sum of its lines.")


def _claim(code: str, brief: str, says: str) -> Finding:
    return Finding(
        code=code,
        family=Family.CHARGE,
        severity=Severity.STOP,
        at="claim.charge_amount",
        brief=brief,
        says=says,
        fix_label="Void and rebuild",
    )


def _charge(line: int, amount: Decimal) -> Fix:
    return Fix(kind=FixKind.SET_CHARGE, line=line, value=f"{amount:.2f}")


RULES = (price_known, units_times_price, adds_up)

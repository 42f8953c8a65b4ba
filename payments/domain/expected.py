"""What the contract says the payer should have paid, and by when a payment should be posted."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from payments.domain.match import OurLine

ZERO = Decimal("0.00")
POSTING_DAYS = 4  # business days from receipt: the house's service level


def expected_payment(
    lines: Sequence[OurLine], prices: Mapping[str, Decimal], *, patient: Decimal, withheld: Decimal = ZERO
) -> Decimal | None:
    """The payer's part in dollars: the contract's price of every line (never more than its charge) less what the
    patient owes and what the law withholds. None when the contract has no price for a line."""
    if not lines or any(line.code not in prices for line in lines):
        return None
    allowed = sum((min(line.charge, prices[line.code] * line.units) for line in lines), ZERO)
    return max(allowed - patient - withheld, ZERO)


def post_by(received: date) -> date:
    """The day by which a remittance received on that day should be posted."""
    day, left = received, POSTING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day

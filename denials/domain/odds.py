"""The chance to win a denial back, and what the contract would have paid for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from denials.domain.categories import CATEGORIES, Category

ENOUGH = 20  # decided denials from which a practice's own history counts
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Decided:
    """How the practice's fights in a category ended."""

    won: int
    lost: int


def odds(category: Category, history: Mapping[str, Decided]) -> int:
    """Percent. The practice's own share once 20 are decided (with one imagined win and loss), else the table's."""
    own = history.get(category)
    if own is None or own.won + own.lost < ENOUGH:
        return CATEGORIES[category].odds
    return round(100 * (own.won + 1) / (own.won + own.lost + 2))


def expected_amounts(refused: Sequence[Decimal], *, contract: Decimal | None, allowed: Decimal) -> list[Decimal]:
    """What the contract would have allowed of each refused amount of one line, in dollars.

    `contract` is its price for the whole line (None: no price is known), `allowed` what the payer allowed already.
    Together the amounts never exceed what the contract leaves open.
    """
    left = sum(refused, ZERO) if contract is None else max(contract - allowed, ZERO)
    expected = []
    for amount in refused:
        expected.append(max(min(amount, left), ZERO))
        left -= expected[-1]
    return expected

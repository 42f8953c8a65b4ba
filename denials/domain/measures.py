"""The figures of the denials page: rates with their two numbers, change against the period before, the 80 % rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

ZERO = Decimal("0.00")
CARRIES = Decimal("0.80")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both ends included."""

    since: date
    until: date

    @property
    def before(self) -> "Window":
        """As many days just before."""
        days = (self.until - self.since).days + 1
        return Window(self.since - timedelta(days=days), self.since - timedelta(days=1))

    @property
    def weeks(self) -> list[date]:
        """The Mondays of its weeks."""
        first = self.since - timedelta(days=self.since.weekday())
        return [first + WEEK * at for at in range((self.until - first).days // 7 + 1)]


def last_weeks(weeks: int, today: date) -> Window:
    """This week so far and the full weeks before it, `weeks` in all."""
    return Window(today - timedelta(days=today.weekday()) - WEEK * (weeks - 1), today)


@dataclass(frozen=True, slots=True)
class Rate:
    """Part of a whole; its value is None when there is no whole."""

    part: int | Decimal
    whole: int | Decimal

    @property
    def value(self) -> Decimal | None:
        return Decimal(self.part) / Decimal(self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Change:
    """How far a figure moved, and whether that is good; nothing when it did not move or had nothing before."""

    amount: Decimal
    better: bool


def change(now: Decimal | None, before: Decimal | None, *, lower_is_better: bool) -> Change | None:
    """The difference between two periods."""
    if now is None or before is None or now == before:
        return None
    return Change(abs(now - before), better=(now < before) == lower_is_better)


def running_shares(amounts: Sequence[Decimal]) -> list[Decimal]:
    """Cumulative shares of amounts in descending order; all zero when they sum to nothing."""
    whole, so_far, found = sum(amounts, ZERO), ZERO, []
    for amount in amounts:
        so_far += amount
        found.append(so_far / whole if whole else ZERO)
    return found


def carriers(shares: Sequence[Decimal]) -> int:
    """How many of the first ones carry up to 80 %: at least one, when there is any."""
    return max(sum(share <= CARRIES for share in shares), min(1, len(shares)))

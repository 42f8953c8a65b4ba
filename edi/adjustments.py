"""CAS: why money was not paid. The same segment in an 835 and in the COB loops of an 837."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from edi.elements import DECIMALS, ZERO, money_text, optional_text
from edi.facts import make

_TRIPLETS = 6


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """One reason with its amount in dollars, sign kept as sent (a reversal carries negative amounts)."""

    group: str  # CO, OA, PI, PR (CR in old files)
    reason: str  # CARC
    amount: Decimal
    quantity: Decimal | None = None


def total(adjustments: Iterable[Adjustment]) -> Decimal:
    """Sum in dollars, zero when there are none."""
    found = ZERO
    for each in adjustments:
        found += each.amount
    return found


def adjustments_of(parts: list[str], note: Callable[[int, str], None]) -> list[Adjustment]:
    """The one to six adjustments of a CAS. A reason without an amount, or the reverse, is noted and kept.

    `note` is told the element and what is wrong with it.
    """
    size = len(parts)
    group = parts[1] if size > 1 else ""
    found: list[Adjustment] = []
    for position in range(2, size, 3):
        reason = parts[position]
        text = parts[position + 1] if position + 1 < size else ""
        count = parts[position + 2] if position + 2 < size else ""
        if not reason:
            if not text:
                if count:
                    note(position + 2, "CAS has a quantity without a reason.")
                continue
            note(position, "CAS has an amount without a reason.")
        fields = {"group": group, "reason": reason, "amount": DECIMALS[text]}
        if fields["amount"] is None:
            note(position + 1, f"CAS{position + 1:02d} is {'not a number' if text else 'missing'}.")
            fields["amount"] = ZERO
        if count:
            fields["quantity"] = DECIMALS[count]
            if fields["quantity"] is None:
                note(position + 2, f"CAS{position + 2:02d} is not a number.")
                fields["quantity"] = ZERO
        found.append(make(Adjustment, fields))
    return found


def write_cas(adjustments: Iterable[Adjustment]) -> Iterator[list[str]]:
    """CAS segments in the given order: neighbours of one group share a segment, at most six reasons each."""
    for group, run in groupby(adjustments, key=lambda each: each.group):
        members = list(run)
        for start in range(0, len(members), _TRIPLETS):
            segment = ["CAS", group]
            for each in members[start : start + _TRIPLETS]:
                segment += [each.reason, money_text(each.amount), optional_text(each.quantity)]
            yield segment

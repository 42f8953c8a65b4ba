"""CAS: why money was not paid. The same segment in an 835 and in the COB loops of an 837."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from edi.elements import ZERO, Values, as_decimal, money_text, optional_text
from edi.segments import Segment

_TRIPLETS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """One reason with its amount in dollars, sign kept as sent (a reversal carries negative amounts)."""

    group: str  # CO, OA, PI, PR (CR in old files)
    reason: str  # CARC
    amount: Decimal
    quantity: Decimal | None = None


def total(adjustments: Iterable[Adjustment]) -> Decimal:
    """Sum in dollars, zero when there are none."""
    return sum((each.amount for each in adjustments), ZERO)


def read_cas(segment: Segment, values: Values) -> list[Adjustment]:
    """The one to six adjustments of a CAS. A reason without an amount, or the reverse, is noted and kept."""
    parts = segment.parts
    group = segment[1]
    found: list[Adjustment] = []
    for position in range(2, len(parts), 3):
        reason = parts[position]
        if not reason and not segment[position + 1]:
            if segment[position + 2]:
                values.note(segment, position + 2, "CAS has a quantity without a reason.")
            continue
        if not reason:
            values.note(segment, position, "CAS has an amount without a reason.")
        amount = as_decimal(segment[position + 1])
        if amount is None:
            amount = values.money(segment, position + 1)
        quantity = values.optional(segment, position + 2) if len(parts) > position + 2 else None
        found.append(Adjustment(group=group, reason=reason, amount=amount, quantity=quantity))
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

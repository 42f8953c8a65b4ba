"""Medicare's amounts and weights from the loaded tables."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from coding.domain.medicare_fee import CostIndex, medicare_amount
from coding.models import DrgWeight, Gpci
from coding.queries.edit_tables import relative_values


def cost_index(contractor: str, locality: str, day: date) -> CostIndex | None:
    """The cost indices of a Medicare contractor's locality on a day; None when they are not loaded."""
    found = Gpci.objects.on(day).filter(contractor=contractor, locality=locality)
    row = found.values_list("work", "practice_expense", "malpractice").first()
    return CostIndex(*row) if row else None


def medicare_amounts(
    services: Mapping[str, Collection[str]], index: CostIndex, day: date, *, facility: bool
) -> dict[str, Decimal]:
    """Medicare's dollars for one unit of each code with its modifiers; codes without a price are left out."""
    values = relative_values(services.keys(), day)
    amounts = {
        code: medicare_amount(code, modifiers, values, index, facility=facility) for code, modifiers in services.items()
    }
    return {code: amount for code, amount in amounts.items() if amount is not None}


def drg_weights(drgs: Collection[str], day: date) -> dict[str, DrgWeight]:
    """Weight and usual length of these groups on a day of discharge, in one query; nothing when table 5 lacks them."""
    return {row.drg: row for row in DrgWeight.objects.on(day).filter(drg__in=drgs)}

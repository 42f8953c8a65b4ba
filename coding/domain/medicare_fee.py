"""Medicare's amount for a service, from relative values, cost indices and the conversion factor. In dollars and cents.

Source: 42 CFR 414.20-414.48; CMS Claims Processing Manual, chapter 12. Reductions that depend on the other services of
the day (multiple procedures, endoscopy families, therapy, imaging) and the cap of imaging by OPPS are left to whoever
looks at the whole day.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from coding.domain.codefiles.rows import ValueRow

CENT = Decimal("0.01")
PAID_BY_VALUES = frozenset("ART")  # status codes with relative values that Medicare pays by
SPLIT = ("26", "TC", "53")  # modifiers with lines of their own
ASSISTANTS: dict[str, Decimal] = {
    "80": Decimal("0.16"),
    "81": Decimal("0.16"),
    "82": Decimal("0.16"),
    "AS": Decimal("0.136"),  # 85 % of the physician's 16 %
}
CO_SURGEON = Decimal("0.625")
BOTH_SIDES = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class CostIndex:
    """What work, practice expense and malpractice cost in a locality, the nation being 1."""

    work: Decimal = Decimal(1)
    practice_expense: Decimal = Decimal(1)
    malpractice: Decimal = Decimal(1)


def medicare_amount(
    code: str,
    modifiers: Collection[str],
    values: Mapping[tuple[str, str], ValueRow],
    index: CostIndex,
    *,
    facility: bool,
) -> Decimal | None:
    """The fee schedule amount of one unit; None when the schedule has no price for the code.

    `values` are lines by (code, modifier). `facility`: done where the facility is paid for its part by itself.
    """
    row = next((values[code, m] for m in SPLIT if m in modifiers and (code, m) in values), values.get((code, "")))
    if row is None or row.status not in PAID_BY_VALUES:
        return None
    expense = row.pe_facility if facility else row.pe_nonfacility
    units = row.work * index.work + expense * index.practice_expense + row.malpractice * index.malpractice
    amount = units * row.conversion_factor * share(row, modifiers)
    return amount.quantize(CENT, ROUND_HALF_UP) if units else None


def share(row: ValueRow, modifiers: Collection[str]) -> Decimal:
    """What part of the amount the modifiers leave or add."""
    part = Decimal(1)
    if "50" in modifiers and row.bilateral == "1":
        part *= BOTH_SIDES
    if "62" in modifiers and row.co_surgeon in ("1", "2"):
        part *= CO_SURGEON
    for modifier, paid in ASSISTANTS.items():
        if modifier in modifiers:
            part *= paid if row.assistant in ("0", "2") else Decimal(0)  # 0: when documentation supports it
    stages = {"54": row.preoperative + row.intraoperative, "55": row.postoperative}
    for modifier, paid in stages.items():
        if modifier in modifiers and row.global_days in ("010", "090") and paid:
            part *= paid
    return part

"""Medicare's amounts, checked by hand against the published fee schedule of October 2025."""

from decimal import Decimal

import pytest

from coding.catalogue import VALUE_ROWS
from coding.domain.medicare_fee import CostIndex, medicare_amount

VALUES = {(row.code, row.modifier): row for row in VALUE_ROWS}
OHIO = CostIndex(Decimal(1), Decimal("0.911"), Decimal("1.033"))


@pytest.mark.parametrize(
    ("code", "modifiers", "facility", "dollars"),
    [
        ("99213", (), False, "88.95"),  # (1.30 + 1.35 + 0.10) × 32.3465
        ("99213", (), True, "63.72"),  # (1.30 + 0.57 + 0.10) × 32.3465
        ("20610", ("50",), False, "95.10"),  # both sides: 1.96 × 1.5
        ("20610", ("LT",), False, "63.40"),
        ("93306", ("26",), False, "65.34"),  # its own line: 2.02
        ("45378", ("53",), False, "164.00"),  # its own line: 5.07
        ("29881", ("80",), True, "86.12"),  # 16 % of 16.64
        ("20610", ("80",), False, "0.00"),  # no assistant is paid for
        ("29881", ("55",), True, "113.03"),  # 21 %: care afterwards
    ],
)
def test_national_amounts(code: str, modifiers: tuple[str, ...], facility: bool, dollars: str) -> None:
    assert medicare_amount(code, modifiers, VALUES, CostIndex(), facility=facility) == Decimal(dollars)


def test_a_locality_weighs_each_part_by_itself() -> None:
    assert medicare_amount("99213", (), VALUES, OHIO, facility=False) == Decimal("85.17")


@pytest.mark.parametrize("code", ["36415", "J3301", "00000"])
def test_what_the_schedule_does_not_price(code: str) -> None:
    assert medicare_amount(code, (), VALUES, CostIndex(), facility=False) is None

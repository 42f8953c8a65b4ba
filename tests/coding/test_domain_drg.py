"""The MS-DRG of a stay, as CMS's grouper has it."""

from datetime import date
from typing import Any

import pytest

from coding.domain.drg import Stay, group, grouper_version

DAY = date(2026, 5, 4)


def stay(**fields: Any) -> Stay:
    values: dict[str, Any] = {
        "discharge_date": DAY,
        "age": 65,
        "sex": "F",
        "discharge_status": "01",
        "principal": "I50.20",
    } | fields
    return Stay(**values)


@pytest.mark.parametrize(
    ("fields", "drg"),
    [
        ({}, "293"),  # heart failure, nothing beside it
        ({"secondary": ("E11.65", "J96.01")}, "291"),  # with respiratory failure, a major complication
        ({"procedures": ("02703DZ",)}, "322"),  # with a stent
    ],
)
def test_the_group_of_a_stay(fields: dict[str, Any], drg: str) -> None:
    found = group(stay(**fields))
    assert found is not None
    assert (found.drg, found.refusal) == (drg, "")
    assert found.title


def test_which_code_makes_the_difference() -> None:
    found = group(stay(secondary=("E11.65", "J96.01")))
    assert found is not None
    assert found.severities == {"E11.65": "NONE", "J96.01": "MCC"}


def test_a_heading_as_principal_diagnosis_makes_no_group() -> None:
    found = group(stay(principal="I50"))
    assert found is not None
    assert (found.drg, found.refusal) == ("999", "The principal diagnosis is not valid as one.")


@pytest.mark.parametrize(
    ("day", "version"),
    [(date(2025, 9, 30), 421), (date(2025, 10, 1), 430), (date(2026, 3, 31), 430), (date(2026, 4, 1), 431)],
)
def test_the_grouper_of_a_day(day: date, version: int) -> None:
    assert grouper_version(day) == version


def test_a_day_without_a_grouper() -> None:
    assert group(stay(discharge_date=date(2019, 1, 1))) is None

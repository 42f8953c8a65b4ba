"""The MS-DRG of a stay, as CMS's grouper has it."""

from datetime import date
from typing import Any

import pytest

from coding.domain.drg import Stay, group, grouper_version, reading

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


def test_what_carries_the_group_and_the_group_without_it() -> None:
    found = reading(stay(principal="J18.9", secondary=("J96.01", "N17.9", "I10")))
    assert found.grouping is not None
    assert (found.grouping.drg, found.grouping.mdc_title) == ("193", "Diseases and Disorders of the Respiratory System")
    assert [(one.codes, one.severity, one.without.drg) for one in found.carriers] == [(("J96.01",), "MCC", "194")]


def test_two_that_carry_the_group_alike_stand_together() -> None:
    found = reading(stay(principal="J18.9", secondary=("J96.01", "I50.21", "N17.9")))
    assert [(one.codes, one.severity, one.without.drg) for one in found.carriers] == [
        (("J96.01", "I50.21"), "MCC", "194")
    ]


def test_a_group_that_rests_on_the_principal_diagnosis_alone_has_no_carrier() -> None:
    assert reading(stay(principal="J18.9", secondary=("I10", "J18.9"))).carriers == ()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"principal": ""}, "The principal diagnosis is missing."),
        ({"discharge_status": ""}, "The discharge status is not known."),
        ({"discharge_status": "?"}, "The discharge status is not valid."),
        ({"discharge_date": date(2015, 1, 1)}, "The grouper has no version for discharges on 01/01/2015."),
        ({"principal": "I50"}, "The principal diagnosis is not valid as one."),
        ({"principal": "O80", "sex": "M"}, "Principal Diagnosis Invalid as Discharge Diagnosis."),
    ],
)
def test_why_there_is_no_group(fields: dict[str, Any], says: str) -> None:
    found = reading(stay(**fields))
    assert found.grouping is None
    assert found.refusal.startswith(says)

"""Codes as a value: what dropping, moving and adding do to letters and pointers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.domain.codes import CaseCodes, Service, beyond_any_claim, letters

CODES = CaseCodes(("M17.11", "E11.9", "I10"), (Service(code="99214", pointers=(2, 3, 1)), Service(code="20610")))


def test_dropping_a_diagnosis_moves_letters_up_and_pointers_with_them() -> None:
    left = CODES.without_diagnosis(1)
    assert left.diagnoses == ("E11.9", "I10")
    assert left.services[0].pointers == (1, 2)


def test_making_a_diagnosis_first_keeps_every_pointer_on_its_code() -> None:
    moved = CODES.with_first(3)
    assert moved.diagnoses == ("I10", "M17.11", "E11.9")
    assert moved.services[0].pointers == (3, 1, 2)
    assert CODES.with_first(9) == CODES


@given(st.integers(1, 3))
def test_moving_never_changes_what_a_service_was_done_for(position: int) -> None:
    def meant(codes: CaseCodes) -> list[list[str]]:
        return [[codes.diagnoses[p - 1] for p in service.pointers] for service in codes.services]

    assert meant(CODES.with_first(position)) == meant(CODES)


def test_a_diagnosis_is_listed_once_and_a_service_may_repeat() -> None:
    assert CODES.with_diagnosis("I10") == CODES
    assert [s.code for s in CODES.with_service("20610").services] == ["99214", "20610", "20610"]
    assert CODES.without_service(1).services == (Service(code="20610"),)


def test_a_new_service_points_only_where_there_is_no_choice() -> None:
    assert CaseCodes(("I10",)).with_service("99213").services[0].pointers == (1,)
    assert CODES.with_service("99213").services[-1].pointers == ()


def test_letters() -> None:
    assert letters((2, 3, 1, 12)) == "B C A L"
    assert letters(()) == ""


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (CaseCodes(tuple(f"A{n:02}" for n in range(14))), "A claim carries 12 diagnoses. Drop 2."),
        (CaseCodes(("I10",), (Service(code="1"),) * 51), "A claim carries 50 lines. Drop 1."),
        (CaseCodes(("I10",), (Service(code="1", pointers=(2,)),)), "Line 1 points at a diagnosis that is not"),
        (CaseCodes(("I10",), (Service(code="1", pointers=(1,) * 5),)), "Line 1 points at more than 4 diagnoses"),
        (CaseCodes(("I10",), (Service(code="1", units=0),)), "Line 1 needs between 1 and 999 units"),
        (CaseCodes(("I10",), (Service(code="1", modifiers=tuple("ABCDE")),)), "Line 1 has more than 4 modifiers"),
    ],
)
def test_what_no_claim_can_carry(codes: CaseCodes, says: str) -> None:
    assert beyond_any_claim(codes).startswith(says)
    assert beyond_any_claim(CODES) == ""

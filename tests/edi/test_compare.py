"""What changed between two versions of a claim, in words."""

from dataclasses import replace
from decimal import Decimal

from edi.claim_837p import Claim
from edi.compare import differences
from edi.parties import Reference
from tests.edi.samples import claim


def two_lines() -> Claim:
    first = replace(claim().lines[0], charge=Decimal(100))
    return replace(claim(), lines=(first, replace(first, number=2, code="85025", charge=Decimal(50))))


def says(before: object, after: object) -> list[str]:
    return [each.says for each in differences(before, after)]


def test_equal_claims_have_no_differences_wherever_they_stood() -> None:
    assert says(claim(), replace(claim(), raw="CLM~", segment_number=99)) == []


def test_a_replacement_names_what_it_changes() -> None:
    before = two_lines()
    line = replace(before.lines[0], charge=Decimal(75), modifiers=("25",), units=Decimal(2))
    after = replace(before, frequency="7", payer_control_number="P1", lines=(line, *before.lines[1:]))
    assert says(before, after) == [
        "Frequency changed from 1 to 7",
        "Payer control number is new: P1",
        "Line 1: modifier 1 is new: 25",
        "Line 1: charge changed from $100.00 to $75.00",
        "Line 1: units changed from 1 to 2",
    ]


def test_lines_are_told_apart_by_their_number() -> None:
    before = two_lines()
    gone = says(before, replace(before, lines=before.lines[1:]))
    assert len(gone) == 1
    assert gone[0].startswith("Line 1 is gone: number 1, ")
    assert "charge $100.00" in gone[0]


def test_diagnoses_keep_their_place() -> None:
    before = replace(claim(), diagnoses=("J209", "I10"))
    assert says(before, replace(before, diagnoses=("J209", "E119"))) == ["Diagnosis 2 changed from I10 to E119"]
    assert says(before, replace(before, diagnoses=("E119", "J209", "I10"))) == ["Diagnosis 1 is new: E119"]


def test_references_are_told_apart_by_their_qualifier() -> None:
    first, second = Reference(qualifier="9A", value="1"), Reference(qualifier="9C", value="2")
    before = replace(claim(), references=(first, second))
    after = replace(before, references=(first, replace(second, value="3")))
    assert says(before, after) == ["Reference 2: value changed from 2 to 3"]

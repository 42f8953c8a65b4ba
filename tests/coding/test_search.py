"""Code search as a coder types: a code's beginning, or words by their beginnings."""

import pytest

from coding.models import CodeSystem
from coding.operations.load import CodeRow, merge_codes
from coding.queries import search_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_codes() -> None:
    def diagnosis(code: str, wording: str, billable: bool = True, terms: tuple[str, ...] = ()) -> CodeRow:
        notes = {"inclusion_terms": list(terms)} if terms else {}
        return CodeRow(system=CodeSystem.ICD10CM, code=code, wording=wording, billable=billable, notes=notes)

    merge_codes(
        [
            diagnosis("E11.4", "Type 2 diabetes with neurological complications", billable=False),
            diagnosis("E11.42", "Type 2 diabetes mellitus with diabetic polyneuropathy"),
            diagnosis("E11.9", "Type 2 diabetes mellitus without complications"),
            diagnosis("M25.561", "Pain in right knee"),
            diagnosis("I10", "Essential (primary) hypertension", terms=("high blood pressure",)),
            diagnosis("G04.30", "Acute necrotizing hemorrhagic encephalopathy"),
            CodeRow(system=CodeSystem.CPT, code="20610", wording="Injection, major joint", kind="procedure"),
            CodeRow(system=CodeSystem.CPT, code="73562", wording="Knee film, three views", kind="imaging"),
            CodeRow(system=CodeSystem.HCPCS, code="G0438", wording="Medicare wellness visit, first", kind="visit"),
        ]
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("e11", ["E11.42", "E11.9"]),
        ("E114", ["E11.42"]),
        ("E11.42", ["E11.42"]),
        ("m25561", ["M25.561"]),
        ("206", ["20610"]),
        ("G043", ["G04.30", "G0438"]),
        ("diab polyneur", ["E11.42"]),
        ("neuropath diabet", []),  # a word is found by its beginning
        ("polyneur 2 diab", ["E11.42"]),
        ("blood pressure", ["I10"]),
        ("knee", ["73562", "M25.561"]),
        ("hypertensive", ["I10"]),
        ("", []),
        ("!?", []),
        ("zzz", []),
    ],
)
def test_what_a_coder_types_finds(text: str, codes: list[str]) -> None:
    assert [code.code for code in search_codes(text)] == codes


def test_systems_and_limit() -> None:
    assert [c.code for c in search_codes("knee", systems=[CodeSystem.ICD10CM])] == ["M25.561"]
    assert len(search_codes("e11", limit=1)) == 1


def test_operators_of_the_search_language_are_just_words() -> None:
    assert [code.code for code in search_codes("knee & !pain | :*")] == ["M25.561"]

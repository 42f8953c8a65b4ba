"""Code search as a coder types: a code's beginning, or words by their beginnings."""

from datetime import date

import pytest

from coding.models import CodeSystem, ReleaseKind
from coding.queries import search_codes
from tests.builders import DAY, a_release, add_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_codes() -> None:
    add_codes(
        CodeSystem.ICD10CM,
        {
            "E11.42": "Type 2 diabetes mellitus with diabetic polyneuropathy",
            "E11.9": "Type 2 diabetes mellitus without complications",
            "M25.561": "Pain in right knee",
            "G04.30": "Acute necrotizing hemorrhagic encephalopathy",
        },
    )
    heading = {"E11.4": "Type 2 diabetes with neurological complications"}
    add_codes(CodeSystem.ICD10CM, heading, billable=False)
    terms = {"inclusion_terms": ["high blood pressure"]}
    add_codes(CodeSystem.ICD10CM, {"I10": "Essential (primary) hypertension"}, notes=terms)
    add_codes(CodeSystem.CPT, {"20610": "Injection, major joint", "73562": "Knee film, three views"})
    add_codes(CodeSystem.HCPCS, {"G0438": "Medicare wellness visit, first"})


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
    assert [code.code for code in search_codes(text, day=DAY)] == codes


def test_systems_and_limit() -> None:
    assert [c.code for c in search_codes("knee", systems=[CodeSystem.ICD10CM], day=DAY)] == ["M25.561"]
    assert len(search_codes("e11", day=DAY, limit=1)) == 1


def test_operators_of_the_search_language_are_just_words() -> None:
    assert [code.code for code in search_codes("knee & !pain | :*", day=DAY)] == ["M25.561"]


def test_a_code_is_found_on_the_days_it_holds() -> None:
    coming = a_release(ReleaseKind.ICD10CM, name="FY2027", effective_from=date(2026, 10, 1))
    add_codes(CodeSystem.ICD10CM, {"M25.562": "Pain in left knee"}, coming)
    assert [code.code for code in search_codes("m2556", day=DAY)] == ["M25.561"]
    assert [code.code for code in search_codes("m2556", day=date(2026, 10, 1))] == ["M25.562"]

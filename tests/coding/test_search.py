"""Code search over the code sets in the database."""

from collections.abc import Callable
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from coding.models import CodeSystem, CodingCase, ReleaseKind, SearchIndex, Term
from coding.operations import keep_search_indexes
from coding.queries import favourites_of, search_codes
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from tests.builders import DAY, NOW, a_case, a_release, add_codes

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
        ("polyneur 2 diab", ["E11.42"]),
        ("neuropath diabet", ["E11.42", "E11.9"]),
        ("blood pressure", ["I10"]),
        ("high blood presure", ["I10"]),
        ("knee", ["M25.561", "73562"]),
        ("rt knee pain", ["M25.561", "73562"]),
        ("hypertensive", ["I10"]),
        ("htn", ["I10"]),
        ("", []),
        ("!?", []),
        ("zzz", []),
    ],
)
def test_what_a_coder_types_finds(text: str, codes: list[str]) -> None:
    assert [code.code for code in search_codes(text, day=DAY)] == codes


def test_systems_limit_and_headings() -> None:
    assert [c.code for c in search_codes("knee", systems=[CodeSystem.ICD10CM], day=DAY)] == ["M25.561"]
    assert len(search_codes("e11", day=DAY, limit=1)) == 1
    assert [c.code for c in search_codes("e11.4", day=DAY, headings=True)] == ["E11.4", "E11.42"]


def test_signs_are_just_gaps() -> None:
    assert [code.code for code in search_codes("knee & !pain | :*", day=DAY)] == ["M25.561", "73562"]


def test_a_code_is_found_on_the_days_it_holds() -> None:
    coming = a_release(ReleaseKind.ICD10CM, name="FY2027", effective_from=date(2026, 10, 1))
    add_codes(CodeSystem.ICD10CM, {"M25.562": "Pain in left knee"}, coming)
    assert [code.code for code in search_codes("m2556", day=DAY)] == ["M25.561"]
    assert [code.code for code in search_codes("m2556", day=date(2026, 10, 1))] == ["M25.562"]
    assert [code.code for code in search_codes("pain knee", day=date(2026, 10, 1))] == ["M25.562", "73562"]


def test_the_alphabetic_index_leads_to_codes_with_its_optional_words() -> None:
    index = a_release(ReleaseKind.ICD10CM_INDEX)
    Term.objects.create(release=index, text="pain joint knee", code="M25.561", kind="index", optional="(arthralgic)")
    assert search_codes("arthralgic joint", day=DAY)[0].code == "M25.561"


def test_a_search_costs_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    search_codes("knee", day=DAY)  # reads the indexes
    with django_assert_num_queries(2):
        assert len(search_codes("type 2 diabetes", day=DAY)) == 2


def test_kept_indexes_are_built_once_and_read_by_every_process() -> None:
    assert keep_search_indexes(now=NOW) == 3
    assert keep_search_indexes(now=NOW) == 0
    assert set(SearchIndex.objects.values_list("system", flat=True)) == {"icd10cm", "cpt", "hcpcs"}
    Term.objects.create(release=a_release(ReleaseKind.ICD10CM), text="gonalgia", code="M25.561", kind="index")
    assert search_codes("gonalgia", day=DAY) == []  # the index that was kept is the one that is read


def test_a_new_release_gets_its_own_index_and_one_that_is_gone_loses_it() -> None:
    keep_search_indexes(now=NOW)
    coming = a_release(ReleaseKind.ICD10CM, name="FY2027", effective_from=date(2026, 10, 1))
    add_codes(CodeSystem.ICD10CM, {"M25.562": "Pain in left knee"}, coming)
    assert keep_search_indexes(now=NOW) == 1
    assert SearchIndex.objects.filter(system="icd10cm").count() == 2
    coming.delete()
    keep_search_indexes(now=NOW)
    assert SearchIndex.objects.filter(system="icd10cm").count() == 1


def test_what_a_coder_uses_comes_first(practice: Practice, person: Callable[..., User]) -> None:
    coder, colleague = person(Role.CODER, practice), person(Role.CODER, practice)
    add_codes(CodeSystem.ICD10CM, {"M25.562": "Pain in left knee"})
    with practice_scope(practice.pk):
        for number in range(3):
            CodingCase.objects.filter(pk=a_case(practice, diagnoses=("M25.562",)).pk).update(coder=coder)
            a_case(practice, diagnoses=("M25.561",) if number else ("I10",))
        own, others = (favourites_of(one, "Family medicine", practice.pk, NOW) for one in (coder, colleague))
        assert own["M25.562"] == 1.0
        assert 0 < own["M25.561"] < 1
        assert favourites_of(coder, "Dermatology", practice.pk, NOW).keys() == {"M25.562", "99213"}
    assert [c.code for c in search_codes("pain knee", day=DAY, favourites=own)][:2] == ["M25.562", "M25.561"]
    assert others == favourites_of(colleague, "Family medicine", practice.pk, NOW)

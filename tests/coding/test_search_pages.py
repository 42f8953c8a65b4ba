"""The box for codes, one code with its place and notes, and both over the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from coding.models import CodeSystem, CodingCase
from compliance.domain.permissions import PERMISSIONS, Role
from compliance.models import Practice, User
from compliance.operations import issue_token
from compliance.scope import practice_scope
from tests.builders import NOW, add_codes
from tests.coding.samples import load_samples, waiting_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, practice: Practice, person: Callable[..., User]) -> Client:
    client.force_login(person(Role.CODER, practice))
    return client


@pytest.fixture
def case(practice: Practice) -> CodingCase:
    load_samples()
    add_codes(CodeSystem.ICD10CM, {"M17": "Osteoarthritis of knee"}, billable=False, notes={"excludes2": ["OA of hip"]})
    add_codes(
        CodeSystem.ICD10CM,
        {"M17.3": "Unilateral post-traumatic osteoarthritis of knee"},
        parent="M17",
        notes={"inclusion_terms": ["Worn knee after an injury"]},
    )
    add_codes(CodeSystem.ICD10PCS, {"0SRC0J9": "Replacement of right knee joint"})
    with practice_scope(practice.pk):
        return waiting_case(practice)


def ask(desk: Client, case: CodingCase, text: str) -> str:
    return desk.get(f"/coding/{case.pk}/search", {"q": text}).content.decode()


def test_headings_follow_the_codes_and_open_instead_of_being_added(desk: Client, case: CodingCase) -> None:
    page = ask(desk, case, "osteoarthritis of knee")
    assert page.index("Diagnoses") < page.index('data-code="M17.3"') < page.index("Headings")
    assert 'data-into="M17"' in page
    assert 'data-into="M17.3"' not in page


def test_every_result_says_where_its_place_and_notes_are(desk: Client, case: CodingCase) -> None:
    page = ask(desk, case, "M17.3")
    about = f"/coding/codes/icd10cm/M17.3?on={case.encounter.service_date:%Y-%m-%d}"
    assert f'data-about="{about}"' in page
    assert "Worn knee after an injury" in desk.get(about).content.decode()


def test_inpatient_procedures_are_for_inpatient_stays(desk: Client, case: CodingCase, practice: Practice) -> None:
    assert "0SRC0J9" not in ask(desk, case, "replacement right knee joint")
    with practice_scope(practice.pk):
        case.encounter.admitted_date = case.encounter.service_date
        case.encounter.save(update_fields=["admitted_date"])
    assert "0SRC0J9" in ask(desk, case, "replacement right knee joint")


def test_a_code_shows_what_is_above_it_and_which_notes_hold(desk: Client, case: CodingCase) -> None:
    page = desk.get("/coding/codes/icd10cm/m17.3").content.decode()
    assert "Unilateral post-traumatic osteoarthritis of knee" in page
    assert "Osteoarthritis of knee" in page
    assert "OA of hip" in page  # stands at the heading
    assert "Worn knee after an injury" in page
    assert "<html" in page
    part = desk.get("/coding/codes/icd10cm/M17", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "/coding/codes/icd10cm/M17.3" in part


@pytest.mark.parametrize("address", ["icd10cm/X99.999", "nosystem/M17", "cpt/M17"])
def test_a_code_that_is_in_no_code_set_is_not_found(desk: Client, case: CodingCase, address: str) -> None:
    assert desk.get(f"/coding/codes/{address}").status_code == 404


@pytest.fixture
def api(client: Client, practice: Practice, person: Callable[..., User]) -> Callable[..., Any]:
    user = person(Role.INTEGRATION, practice)
    key = issue_token(user=user, name="t", scopes=list(PERMISSIONS), now=NOW)[1]

    def get(address: str, **query: str | int) -> Any:
        return client.get(f"/api/v1/codes/{address}", query, headers={"authorization": f"Bearer {key}"})

    return get


def test_the_api_searches_on_a_day_and_in_a_system(api: Callable[..., Any], case: CodingCase) -> None:
    found = api("", q="osteoartritis knee", on="2026-02-01").json()["results"]
    assert found[0]["code"].startswith("M17")
    assert {row["billable"] for row in found} == {True}
    assert [row["code"] for row in api("", q="20610", system="cpt").json()["results"]] == ["20610"]
    assert api("", q="20610", system="icd10cm").json()["results"] == []
    assert api("").json() == {"results": []}
    assert {row["code"] for row in api("", q="M17", headings="true", limit=2).json()["results"]} >= {"M17"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": "x" * 301}, "q"),
        ({"q": "x", "on": "soon"}, "on"),
        ({"q": "x", "system": "ndc"}, "system"),
        ({"q": "x", "limit": 0}, "limit"),
    ],
)
def test_the_api_names_the_wrong_parameter(api: Callable[..., Any], query: dict[str, str | int], field: str) -> None:
    answer = api("", **query)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_the_api_tells_a_codes_place_and_notes(api: Callable[..., Any], case: CodingCase) -> None:
    page = api("icd10cm/M17.3/").json()
    assert page["code"]["wording"] == "Unilateral post-traumatic osteoarthritis of knee"
    assert [row["code"] for row in page["above"]] == ["M17"]
    assert {(row["kind"], row["stands_at"]) for row in page["instructions"]} == {
        ("Also called", ""),
        ("Excludes 2: not included here", "M17"),
    }
    assert "M17.3" in [row["code"] for row in api("icd10cm/M17/").json()["below"]]
    assert api("icd10cm/X99.999/").status_code == 404

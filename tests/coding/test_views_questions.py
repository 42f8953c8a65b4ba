"""Asking a provider and answering, over HTTP: who sees what, and what a page says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coding.domain.provider_queries import OTHER
from coding.models import CodingCase, ProviderQuery
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.operations import issue_token
from compliance.scope import practice_scope
from encounters.models import Provider
from tests import builders
from tests.coding.samples import NOTE, load_samples, waiting_case

pytestmark = pytest.mark.django_db
QUOTE = "Right knee: medial tenderness, crepitus."
START = NOTE.index(QUOTE)
PICK = f"{START}-{START + len(QUOTE)}"
FIELDS = {
    "kind": "laterality",
    "question": "Which side do the findings below refer to?",
    "answers": "Right\nLeft",
    "words": "",
    "pick": [PICK],
}


@pytest.fixture
def provider(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.PROVIDER, practice)


@pytest.fixture
def case(practice: Practice, provider: User) -> CodingCase:
    load_samples()
    with practice_scope(practice.pk):
        found = waiting_case(practice, note=NOTE)
        Provider.objects.filter(pk=found.encounter.provider_id).update(user=provider)
        return found


def as_user(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def asked(client: Client, coder: User, case: CodingCase, **changed: Any) -> ProviderQuery:
    answer = as_user(client, coder).post(f"/coding/{case.pk}/ask", FIELDS | changed)
    assert answer.status_code == 302, text(answer)
    with practice_scope(case.practice_id):
        return ProviderQuery.objects.select_related("case").latest("pk")


def test_the_page_offers_the_notes_sentences_and_the_templates_words(
    client: Client, coder: User, case: CodingCase
) -> None:
    page = text(as_user(client, coder).get(f"/coding/{case.pk}/ask?kind=laterality"))
    assert f'value="{PICK}"' in page
    assert "Which side do the findings below refer to?" in page
    assert "Both sides" in page
    assert f'href="/coding/{case.pk}/ask"' in text(client.get(f"/coding/{case.pk}/"))


def test_another_kind_brings_its_own_words_only(client: Client, coder: User, case: CodingCase) -> None:
    headers = {"HX-Request": "true"}
    fields = text(as_user(client, coder).get(f"/coding/{case.pk}/ask?kind=acuity", headers=headers))
    assert "Acute on chronic" in fields
    assert "<html" not in fields


def test_a_question_goes_out_and_the_case_says_it_waits(client: Client, coder: User, case: CodingCase) -> None:
    query = asked(client, coder, case, words="Knee pain 6/10")
    assert [each["text"] for each in query.indicators] == [QUOTE, "Knee pain 6/10"]
    page = text(client.get(f"/coding/{case.pk}/"))
    assert "Waiting for provider" in page
    assert f'href="/coding/queries/{query.pk}/"' in page
    assert "Clarification of side" in text(client.get("/coding/queries/"))
    assert "Okafor, Denise" in text(client.get(f"/coding/queries/{query.pk}/"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"pick": []}, "Pick the words of the note"),
        ({"question": "Which side is paid?"}, "speaks of payment"),
        ({"words": "Left hip pain"}, "not in the note"),
        ({"answers": "x" * 161}, "160 letters at most"),
        ({"pick": ["9-2", "junk", "1-99999"]}, "Pick the words of the note"),
    ],
)
def test_a_question_that_leads_comes_back_as_it_was_typed(
    client: Client, coder: User, case: CodingCase, changed: dict[str, Any], says: str
) -> None:
    answer = as_user(client, coder).post(f"/coding/{case.pk}/ask", FIELDS | changed)
    assert answer.status_code == 422
    assert says in text(answer)
    with practice_scope(case.practice_id):
        assert not ProviderQuery.objects.exists()


def test_the_provider_answers_on_the_own_page(client: Client, coder: User, provider: User, case: CodingCase) -> None:
    query = asked(client, coder, case)
    home = text(as_user(client, provider).get("/"))
    assert "1 question about your visits waits" in home
    assert "Okafor, Denise" in text(client.get("/coding/questions/"))
    page = text(client.get(f"/coding/questions/{query.pk}/"))
    assert "medial tenderness" in page
    assert "Unable to determine" in page
    refused = client.post(f"/coding/questions/{query.pk}/", {"choice": OTHER, "words": ""})
    assert (refused.status_code, "Say in your own words" in text(refused)) == (422, True)
    answer = client.post(f"/coding/questions/{query.pk}/", {"choice": "Right", "words": "Since spring."})
    assert (answer.status_code, answer["Location"]) == (302, "/coding/questions/")
    assert "No question waits for you" in text(client.get("/coding/questions/"))
    case_page = text(as_user(client, coder).get(f"/coding/{case.pk}/"))
    assert "Added after signing" in case_page
    assert "Anna Lindqvist, MD" in case_page
    assert "Since spring." in case_page
    assert "Since spring." in text(client.get(f"/encounters/{case.encounter_id}/"))


def test_a_provider_sees_nothing_of_anothers_visits(
    client: Client, coder: User, case: CodingCase, person: Callable[..., User], practice: Practice
) -> None:
    query = asked(client, coder, case)
    other = as_user(client, person(Role.PROVIDER, practice))
    assert other.get(f"/coding/questions/{query.pk}/").status_code == 404
    assert other.post(f"/coding/questions/{query.pk}/", {"choice": "Right"}).status_code == 404
    assert "Okafor" not in text(other.get("/coding/questions/"))
    assert "about your visits" not in text(other.get("/"))
    for closed in (f"/coding/{case.pk}/", "/coding/queries/", f"/coding/queries/{query.pk}/", "/encounters/"):
        assert other.get(closed).status_code == 403
    assert "Okafor" not in text(other.get("/worklist/"))


def test_coders_and_supervisors_do_not_answer(
    client: Client, coder: User, case: CodingCase, person: Callable[..., User], practice: Practice
) -> None:
    query = asked(client, coder, case)
    for user in (coder, person(Role.SUPERVISOR, practice)):
        assert as_user(client, user).get(f"/coding/questions/{query.pk}/").status_code == 403


def test_finishing_while_it_waits_asks_for_a_reason(client: Client, coder: User, case: CodingCase) -> None:
    asked(client, coder, case)
    page = {"revision": "0", "dx": ["M17.11"], "px": "99213", "modifiers": "", "pointers": "A", "units": "1"}
    refused = client.post(f"/coding/{case.pk}/finish", page, headers={"HX-Request": "true"})
    assert (refused.status_code, "has not answered yet" in text(refused)) == (422, True)
    url = f"/coding/{case.pk}/finish-unanswered"
    assert "Finish without the answer?" in text(client.get(url))
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Filing limit"}, headers={"HX-Request": "true"})["HX-Redirect"] == "/coding/"
    with practice_scope(case.practice_id):
        assert CodingCase.objects.get(pk=case.pk).status == "finalized"


def test_withdrawing_says_why(client: Client, coder: User, case: CodingCase) -> None:
    query = asked(client, coder, case)
    url = f"/coding/queries/{query.pk}/withdraw"
    assert "Withdraw this question?" in text(client.get(url))
    assert client.post(url, {"reason": "Found it"}).status_code == 302
    assert "Withdrawn: Found it" in text(client.get(f"/coding/queries/{query.pk}/"))
    assert client.post(url, {"reason": "Again"}).status_code == 422


def test_pages_leave_a_trace_of_the_patient(client: Client, coder: User, provider: User, case: CodingCase) -> None:
    query = asked(client, coder, case)
    client.get(f"/coding/{case.pk}/ask")
    client.get(f"/coding/queries/{query.pk}/")
    client.get("/coding/queries/")
    as_user(client, provider).get(f"/coding/questions/{query.pk}/")
    client.get("/coding/questions/")
    patient = case.encounter.patient_id
    with practice_scope(case.practice_id):
        seen = AuditEvent.objects.filter(verb__in=["query_ask.viewed", "query.viewed", "question.viewed"])
        assert list(seen.values_list("verb", "patient_id").order_by("pk")) == [
            ("query_ask.viewed", patient),
            ("query.viewed", patient),
            ("question.viewed", patient),
        ]
        lists = AuditEvent.objects.filter(verb__in=["queries.listed", "questions.listed"])
        assert [event.detail["patients"] for event in lists] == [[patient], [patient]]


def test_the_record_costs_the_same_with_one_and_with_many_questions(
    client: Client, coder: User, case: CodingCase
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/coding/{case.pk}/").status_code == 200
        return len(queries)

    asked(client, coder, case)
    client.get(f"/coding/{case.pk}/")
    one = cost()
    for kind in ("acuity", "finding", "cause"):
        asked(client, coder, case, kind=kind)
    assert cost() == one


def test_a_program_reads_questions(client: Client, coder: User, case: CodingCase) -> None:
    query = asked(client, coder, case)
    key = issue_token(user=coder, name="t", scopes=["coding.read"], now=builders.NOW)[1]
    body = client.get("/api/v1/provider-queries/?status=asked", headers={"authorization": f"Bearer {key}"}).json()
    (row,) = body["results"]
    assert (row["id"], row["options"][-1], row["answered_at"]) == (query.pk, "Unable to determine", None)

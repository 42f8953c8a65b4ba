"""The claims queue: views, one-key fixes from the list, bulk verbs, undo."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Claim
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests.claims.pages import HTMX, held, queries_of, ready, text
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db
LIST = {**HTMX, "HX-Target": "list", "HX-Current-URL": "http://testserver/claims/?state=needs_fix"}


@pytest.fixture
def biller(client: Client, person: Callable[..., User], practice: Practice) -> User:
    user = person(Role.BILLER, practice)
    client.force_login(user)
    return user


def item_of(claim: Claim) -> int:
    with practice_scope(claim.practice_id):
        return WorkItem.objects.get(claim_id=claim.pk, closed_at__isnull=True).pk


def state(claim: Claim) -> str:
    with practice_scope(claim.practice_id):
        return Claim.objects.get(pk=claim.pk).status


def test_the_queue_shows_why_and_the_fix_and_how_many_are_ready(
    client: Client, biller: User, practice: Practice
) -> None:
    claim = held(practice)
    ready(practice, "Petrov")
    page = text(client.get("/claims/"))
    assert "Okafor" in page
    assert "Petrov" not in page  # nothing waits for a person there
    assert "99214 with 20610 needs 25" in page
    assert f'hx-post="/claims/{claim.pk}/fix"' in page
    assert "Send 1 ready" in page


def test_my_queue_holds_mine_and_nobodys_but_not_a_colleagues(
    client: Client, biller: User, practice: Practice, person: Callable[..., User]
) -> None:
    mine, free, taken = (held(practice, name) for name in ("Mine", "Free", "Taken"))
    with practice_scope(practice.pk):
        WorkItem.objects.filter(claim_id=mine.pk).update(assigned_to=biller)
        WorkItem.objects.filter(claim_id=taken.pk).update(assigned_to=person(Role.BILLER, practice))
    own, all_of_it = text(client.get("/claims/")), text(client.get("/claims/?owner=all"))
    assert ("Mine, " in own, "Free, " in own, "Taken, " in own) == (True, True, False)
    assert all(f"{name}, " in all_of_it for name in ("Mine", "Free", "Taken"))
    assert free.pk


def test_somebody_who_does_not_work_claims_sees_all_of_them(
    client: Client, practice: Practice, person: Callable[..., User]
) -> None:
    held(practice)
    client.force_login(person(Role.COMPLIANCE_OFFICER, practice))
    page = text(client.get("/claims/"))
    assert "Okafor" in page
    assert "claims/fix" not in page  # sees, and changes nothing


@pytest.mark.parametrize(
    ("query", "shown"),
    [("due=7", False), ("over=1000", False), ("over=100", True), ("state=needs_fix", True), ("state=rejected", False)],
)
def test_views_narrow_the_queue(client: Client, biller: User, practice: Practice, query: str, shown: bool) -> None:
    held(practice, day=timezone.localdate() - timedelta(days=3))
    assert ("Okafor, " in text(client.get(f"/claims/?{query}"))) is shown


@pytest.mark.parametrize("junk", ["due=99999999999", "owner=²", "over=x", "day=x", "page=-1", "age=old", "sort=x"])
def test_junk_in_the_address_is_harmless(client: Client, biller: User, practice: Practice, junk: str) -> None:
    held(practice)
    assert client.get(f"/claims/?{junk}").status_code == 200


def test_f_applies_the_fix_and_answers_with_the_list_and_an_undo(
    client: Client, biller: User, practice: Practice
) -> None:
    claim = held(practice)
    page = text(client.post(f"/claims/{claim.pk}/fix", headers=LIST))
    assert state(claim) == "ready"
    assert "<html" not in page
    assert 'id="list"' in page
    assert 'id="head" hx-swap-oob="true"' in page
    assert "Add 25" in page
    with practice_scope(practice.pk):
        event = AuditEvent.objects.get(verb="claim.fixed")
    assert f'action="/claims/undo/{event.pk}"' in page


def test_undo_takes_the_fix_back_and_returns_to_the_list(client: Client, biller: User, practice: Practice) -> None:
    claim = held(practice)
    client.post(f"/claims/{claim.pk}/fix", headers=LIST)
    with practice_scope(practice.pk):
        event = AuditEvent.objects.get(verb="claim.fixed")
    answer = client.post(f"/claims/undo/{event.pk}", headers={"Referer": "http://testserver/claims/?due=7"})
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/claims/?due=7")
    assert state(claim) == "held"
    assert "Taken back" in text(client.get("/claims/"))


def test_undo_leads_nowhere_else(client: Client, biller: User, practice: Practice) -> None:
    claim = held(practice)
    client.post(f"/claims/{claim.pk}/fix", headers=LIST)
    with practice_scope(practice.pk):
        event = AuditEvent.objects.get(verb="claim.fixed")
    answer = client.post(f"/claims/undo/{event.pk}", headers={"Referer": "https://elsewhere.example/"})
    assert answer["Location"] == f"/claims/{claim.pk}/"


def test_bulk_fix_says_what_it_could_not_do(client: Client, biller: User, practice: Practice) -> None:
    one, two = held(practice), held(practice, "Petrov")
    client.post(f"/claims/{two.pk}/fix", headers=LIST)
    pick = [item_of(one)]
    with practice_scope(practice.pk):
        pick.append(WorkItem.objects.get(claim_id=two.pk).pk)
    page = text(client.post("/claims/fix", {"pick": pick}, headers=LIST))
    assert state(one) == "ready"
    assert "1 fix applied" in page
    assert f"1 of 2 not changed: Claim {two} has no fix that one key can apply." in page


def test_bulk_undo_takes_all_of_it_back(client: Client, biller: User, practice: Practice) -> None:
    claims = [held(practice), held(practice, "Petrov")]
    client.post("/claims/fix", {"pick": [item_of(claim) for claim in claims]}, headers=LIST)
    with practice_scope(practice.pk):
        events = AuditEvent.objects.filter(verb="claim.fixed").values_list("pk", flat=True)
        numbers = ",".join(str(pk) for pk in events)
    client.post(f"/claims/undo/{numbers}")
    assert [state(claim) for claim in claims] == ["held", "held"]


def test_bulk_hold_needs_a_reason_and_bulk_send_lets_go(client: Client, biller: User, practice: Practice) -> None:
    claim = ready(practice)
    first = held(practice, "Petrov")
    client.post(f"/claims/{claim.pk}/hold", {"reason": "New card"}, headers=HTMX)
    pick = {"pick": [item_of(claim), item_of(first)]}
    assert "Say why" in text(client.post("/claims/hold", pick, headers=LIST))
    page = text(client.post("/claims/send", pick, headers=LIST))
    assert (state(claim), state(first)) == ("ready", "held")
    assert "1 claim is being sent" in page
    assert 'hx-get="/claims/sending?looks=1"' in page
    assert "still stopped" in page


def test_send_ready_says_when_there_is_none(client: Client, biller: User, practice: Practice) -> None:
    assert "No claim is ready to send." in text(client.post("/claims/send-ready", headers=LIST))
    ready(practice)
    assert "1 ready claim is being sent" in text(client.post("/claims/send-ready", headers=LIST))


def test_the_head_counts_down_what_is_being_sent(client: Client, biller: User, practice: Practice) -> None:
    claim = ready(practice)
    page = text(client.post("/claims/send-ready", headers=HTMX))
    assert ("Sending" in page, "/claims/sending?looks=1" in page) == (True, True)
    assert "looks=8" in text(client.get("/claims/sending", {"looks": 7}, headers=HTMX))
    assert "Send 1 ready" in text(client.get("/claims/sending", {"looks": 20}, headers=HTMX))
    with practice_scope(practice.pk):
        Claim.objects.filter(pk=claim.pk).update(status="submitted")
    page = text(client.get("/claims/sending", {"looks": 3}, headers=HTMX))
    assert ("Sending" in page, "Send" in page) == (False, False)


def test_without_htmx_verbs_go_back_to_a_page(client: Client, biller: User, practice: Practice) -> None:
    claim, other = held(practice), held(practice, "Petrov")
    assert client.post(f"/claims/{claim.pk}/fix").status_code == 302
    assert client.post("/claims/fix", {"pick": [item_of(other)]}, headers=HTMX)["HX-Refresh"] == "true"


def test_peek_names_person_money_event_and_fix_and_is_recorded(
    client: Client, biller: User, practice: Practice
) -> None:
    claim = held(practice)
    page = text(client.get(f"/claims/items/{item_of(claim)}/peek"))
    assert all(words in page for words in ("Okafor, Denise", "04/17/1968", claim.number, "$410.00 billed", "Add 25"))
    with practice_scope(practice.pk):
        assert AuditEvent.objects.get(verb="peek.viewed").patient_id == claim.patient_id


def test_another_practices_claims_do_not_exist(
    client: Client, biller: User, practice: Practice, other_practice: Practice
) -> None:
    claim = held(other_practice)
    item = item_of(claim)
    with practice_scope(other_practice.pk):
        event = AuditEvent.objects.filter(subject_id=claim.pk).latest("pk").pk
    assert "Okafor, " not in text(client.get("/claims/?owner=all"))
    assert client.get(f"/claims/items/{item}/peek").status_code == 404
    assert client.post(f"/claims/{claim.pk}/fix").status_code == 404
    assert client.post(f"/claims/undo/{event}").status_code == 404
    client.post("/claims/fix", {"pick": [item]}, headers=LIST)
    client.post("/claims/hold", {"pick": [item], "reason": "Mine"}, headers=LIST)
    assert state(claim) == "held"


@pytest.mark.parametrize("role", [Role.POSTER, Role.COMPLIANCE_OFFICER, Role.PATIENT_ACCOUNTS])
def test_who_may_only_look_changes_nothing(
    client: Client, person: Callable[..., User], practice: Practice, role: Role
) -> None:
    claim = held(practice)
    client.force_login(person(role, practice))
    assert client.get("/claims/").status_code == 200
    for path in (f"{claim.pk}/fix", "fix", "send", "hold", "send-ready", "undo/1"):
        assert client.post(f"/claims/{path}").status_code == 403


def test_the_queue_costs_the_same_for_one_row_and_for_many(
    client: Client, biller: User, practice: Practice, django_assert_max_num_queries: Any
) -> None:
    held(practice)
    client.get("/claims/")
    one = queries_of(client, "/claims/", django_assert_max_num_queries)
    for n in range(24):
        held(practice, f"Name{n}")
    assert queries_of(client, "/claims/", django_assert_max_num_queries) == one

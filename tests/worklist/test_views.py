"""The shared queue screen and the verbs on its rows."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Membership, Practice, User
from compliance.scope import practice_scope
from tests.claims.pages import queries_of, text
from worklist.domain.kinds import Kind
from worklist.models import SavedView, WorkItem, WorkNote
from worklist.operations import NewItem, open_items
from worklist.queries import QueueFilter, place_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "list", "HX-Current-URL": "http://testserver/worklist/?owner=me"}


@pytest.fixture
def biller(client: Client, person: Callable[..., User], practice: Practice) -> User:
    user = person(Role.BILLER, practice)
    client.force_login(user)
    return user


def an_item(practice: Practice, number: int = 1, *, days: int = 5, **fields: Any) -> WorkItem:
    """Open work about claim `number`, due in `days`."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "practice_id": practice.pk,
        "kind": Kind.CLAIM_HELD,
        "subject_type": "claims.claim",
        "subject_id": number,
        "claim_id": number,
        "reason": "Line 2 points to no diagnosis",
        "patient_name": f"Patient{number}, Ann",
        "payer_name": "Harbor Mutual",
        "service_date": today - timedelta(days=40),
        "amount": Decimal("100.00") * number,
        "clock_date": today + timedelta(days=days),
        "category": "Pointer",
    } | fields
    with practice_scope(practice.pk):
        open_items(items=[NewItem(**values)], now=timezone.now())
        return WorkItem.objects.get(subject_id=number, kind=values["kind"])


def fresh(item: WorkItem) -> WorkItem:
    with practice_scope(item.practice_id):
        return WorkItem.objects.get(pk=item.pk)


def test_the_queue_is_ordered_by_clock_and_counts_its_facets(client: Client, biller: User, practice: Practice) -> None:
    an_item(practice, 1, days=9)
    an_item(practice, 2, days=2, category="Modifier")
    page = text(client.get("/worklist/"))
    assert page.index("Patient2, Ann") < page.index("Patient1, Ann")
    assert "1–2 of 2, $300.00" in page
    assert 'Modifier <span class="n">1</span>' in page
    assert "31–60" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("due=3", {"Patient2"}),
        ("over=150", {"Patient2"}),
        ("category=Pointer", {"Patient1"}),
        ("age=31–60", {"Patient1", "Patient2"}),
        ("age=90%2B", set()),
        ("owner=nobody", {"Patient1", "Patient2"}),
        ("owner=me", set()),
        ("payer=Nobody", set()),
        ("q=patient1", {"Patient1"}),
        ("sort=patient", {"Patient1", "Patient2"}),
    ],
)
def test_filters_narrow_it(client: Client, biller: User, practice: Practice, query: str, names: set[str]) -> None:
    an_item(practice, 1, days=9)
    an_item(practice, 2, days=2, category="Modifier")
    page = text(client.get(f"/worklist/?{query}"))
    assert {name for name in ("Patient1", "Patient2") if f"{name}, Ann</a>" in page} == names


def test_what_rests_is_not_shown_until_its_day(client: Client, biller: User, practice: Practice) -> None:
    item = an_item(practice)
    client.post("/worklist/snooze", {"pick": [item.pk], "until": "3"}, headers=HTMX)
    assert fresh(item).snoozed_until == timezone.localdate() + timedelta(days=3)
    assert "Patient1, Ann" not in text(client.get("/worklist/"))


def test_assigning_answers_with_the_list_it_was_pressed_on(client: Client, biller: User, practice: Practice) -> None:
    item = an_item(practice)
    page = text(client.post("/worklist/assign", {"pick": [item.pk], "to": "me"}, headers=HTMX))
    assert fresh(item).assigned_to == biller
    assert "<html" not in page
    assert "Patient1, Ann" in page  # it is mine now, and the list shows mine
    assert f"1 assigned to {biller}" in page


def test_a_note_on_picked_rows_stays_with_their_records(client: Client, biller: User, practice: Practice) -> None:
    item = an_item(practice)
    client.post("/worklist/note", {"pick": [item.pk], "text": "Called"}, headers=HTMX)
    with practice_scope(practice.pk):
        assert WorkNote.objects.get().subject_id == item.subject_id
    assert "“Called”" in text(client.get(f"/worklist/{item.pk}/"))


@pytest.mark.parametrize(
    ("path", "data", "says"),
    [
        ("assign", {}, "Pick at least one row"),
        ("snooze", {"pick": "1", "until": "soon"}, "Give a day"),
        ("note", {"pick": "1"}, "This field is required"),
    ],
)
def test_verbs_refuse_what_makes_no_sense(
    client: Client, biller: User, practice: Practice, path: str, data: dict[str, str], says: str
) -> None:
    an_item(practice)
    assert says in text(client.post(f"/worklist/{path}", data, headers=HTMX))


def test_closed_work_is_not_changed(client: Client, biller: User, practice: Practice) -> None:
    item = an_item(practice)
    assert client.post(f"/worklist/{item.pk}/close", {"outcome": ""}).status_code == 422
    assert client.post(f"/worklist/{item.pk}/close", {"outcome": "Fixed at the payer"}).status_code == 302
    assert fresh(item).outcome == "Fixed at the payer"
    assert "Fixed at the payer" in text(client.get(f"/worklist/{item.pk}/"))
    page = text(client.post("/worklist/assign", {"pick": [item.pk], "to": "me"}, headers=HTMX))
    assert "1 of 1 not changed: This is done already." in page


def test_a_saved_view_is_a_persons_own(
    client: Client, biller: User, practice: Practice, person: Callable[..., User]
) -> None:
    answer = client.post("/worklist/views/save", {"page": "claims", "name": "Big ones", "query": "over=500"})
    assert answer["Location"] == "/claims/?over=500"
    assert "Big ones" in text(client.get("/claims/"))
    view = SavedView.objects.get()
    assert "Big ones" in text(client.get("/worklist/views/save?page=claims"))
    client.force_login(person(Role.BILLER, practice))
    assert "Big ones" not in text(client.get("/claims/"))
    assert client.post(f"/worklist/views/{view.pk}/delete").status_code == 404
    client.force_login(biller)
    assert client.post(f"/worklist/views/{view.pk}/delete")["Location"] == "/claims/"
    assert client.post("/worklist/views/save", {"page": "claims", "name": ""}).status_code == 422


def test_peek_and_page_are_recorded(client: Client, biller: User, practice: Practice) -> None:
    item = an_item(practice, patient_id=77)
    assert "Line 2 points" in text(client.get(f"/worklist/{item.pk}/peek"))
    assert client.get(f"/worklist/{item.pk}/").status_code == 200
    with practice_scope(practice.pk):
        assert set(AuditEvent.objects.values_list("verb", "patient_id")) == {("peek.viewed", 77), ("work.viewed", 77)}


def test_a_note_from_a_records_page_needs_the_record(client: Client, biller: User, practice: Practice) -> None:
    item = an_item(practice)
    url = f"/worklist/notes/claims.claim/{item.subject_id}"
    assert client.post(url, {"text": "Hello"})["Location"] == f"/claims/{item.subject_id}/"
    assert client.post("/worklist/notes/claims.claim/999", {"text": "Hello"}).status_code == 404


def test_another_practices_work_does_not_exist(
    client: Client, biller: User, practice: Practice, other_practice: Practice
) -> None:
    item = an_item(other_practice)
    assert "Patient1" not in text(client.get("/worklist/"))
    assert {client.get(f"/worklist/{item.pk}/{path}").status_code for path in ("", "peek")} == {404}
    assert client.post(f"/worklist/{item.pk}/close", {"outcome": "x"}).status_code == 404
    client.post("/worklist/assign", {"pick": [item.pk], "to": "me"}, headers=HTMX)
    assert fresh(item).assigned_to is None


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.CODER, Role.FRONT_DESK])
def test_work_on_records_that_a_role_may_not_open_does_not_exist_for_it(
    client: Client, person: Callable[..., User], practice: Practice, role: Role
) -> None:
    item = an_item(practice)
    client.force_login(person(role, practice))
    assert "Patient1" not in text(client.get("/worklist/"))
    assert {client.get(f"/worklist/{item.pk}/{path}").status_code for path in ("", "peek")} == {404}
    client.post("/worklist/assign", {"pick": [item.pk], "to": "me"}, headers=HTMX)
    client.post("/worklist/note", {"pick": [item.pk], "text": "Seen"}, headers=HTMX)
    assert fresh(item).assigned_to is None
    with practice_scope(practice.pk):
        assert not WorkNote.objects.exists()


def test_roles_count_where_they_are_held(
    client: Client, person: Callable[..., User], practice: Practice, other_practice: Practice
) -> None:
    an_item(practice, 1)
    an_item(other_practice, 2)
    user = person(Role.BILLER, practice)
    with practice_scope(other_practice.pk):
        Membership.objects.create(practice=other_practice, user=user, role=Role.CODER)
    client.force_login(user)
    for page in (text(client.get("/worklist/")), text(client.get("/"))):
        assert "Patient1, Ann" in page
        assert "Patient2" not in page


def test_who_may_only_read_has_no_verbs(client: Client, person: Callable[..., User], practice: Practice) -> None:
    item = an_item(practice)
    client.force_login(person(Role.PROVIDER, practice))
    assert 'name="pick"' not in text(client.get("/worklist/"))
    assert client.post("/worklist/assign", {"pick": [item.pk], "to": "me"}).status_code == 403
    client.force_login(person(Role.ADMINISTRATOR, practice))
    assert client.get("/worklist/").status_code == 403


def test_work_goes_to_nobody_who_may_not_open_it(
    client: Client, biller: User, person: Callable[..., User], practice: Practice, other_practice: Practice
) -> None:
    item = an_item(practice)
    for to in (person(Role.PROVIDER, practice), person(Role.BILLER, other_practice)):
        answer = client.post("/worklist/assign", {"pick": [item.pk], "to": to.pk}, headers=HTMX)
        assert "may not open this" in text(answer)
        assert fresh(item).assigned_to is None


def test_work_is_offered_to_who_may_open_it_and_to_oneself_first_and_once(
    client: Client, biller: User, person: Callable[..., User], practice: Practice
) -> None:
    item = an_item(practice)
    coder, provider = person(Role.CODER, practice), person(Role.PROVIDER, practice)
    other, leaver = person(Role.BILLER, practice), person(Role.BILLER, practice)
    User.objects.filter(pk=leaver.pk).update(is_active=False)
    an_item(practice, 2, kind=Kind.CODING_CASE, subject_type="coding.codingcase")

    def offered(page: str) -> dict[str, list[str]]:
        found = re.findall(r'name="to" value="(\w+)"(?: data-may="([^"]*)")?', page)
        return {value: able.split() for value, able in found}

    claims = offered(text(client.get("/claims/")))
    assert list(claims) == ["me", str(other.pk), "nobody"]
    work = offered(page := text(client.get("/worklist/")))
    assert next(iter(work)) == "me"
    assert str(biller.pk) not in work
    assert str(leaver.pk) not in work
    assert str(provider.pk) not in work
    assert f"{practice.pk}:coding.read" in work[str(coder.pk)]
    assert f"{practice.pk}:claims.read" not in work[str(coder.pk)]
    assert f'data-needs="{practice.pk}:claims.read"' in page
    for to, able in work.items():
        if to.isdigit():
            client.post("/worklist/assign", {"pick": [item.pk], "to": to}, headers=HTMX)
            assert (str(fresh(item).assigned_to_id) == to) == (f"{practice.pk}:claims.read" in able)


def test_a_list_is_recorded_with_its_rows_and_without_what_was_searched(
    client: Client, biller: User, practice: Practice, other_practice: Practice
) -> None:
    with practice_scope(other_practice.pk):
        Membership.objects.create(practice=other_practice, user=biller, role=Role.BILLER)
    items = [an_item(practice, 1, patient_id=71), an_item(practice, 2), an_item(other_practice, 3, patient_id=73)]
    client.get("/worklist/?q=patient&sort=payer")
    for one, shown, patients in ((practice, items[:2], [71]), (other_practice, items[2:], [73])):
        with practice_scope(one.pk):
            event = AuditEvent.objects.get(verb="work.listed")
        assert (event.actor, event.note, event.patient_id) == (biller, "narrowed by q", None)
        assert sorted(event.detail["rows"]) == [item.pk for item in shown]
        assert event.detail["patients"] == patients
        assert "Patient1" not in str(event.detail) + event.note


def test_a_list_only_answers_for_lists(client: Client, biller: User, practice: Practice) -> None:
    item = an_item(practice)
    for where in ("http://testserver/logout", "http://testserver/nowhere/", "http://testserver/claims/1/"):
        headers = {**HTMX, "HX-Current-URL": where}
        answer = client.post("/worklist/assign", {"pick": [item.pk], "to": "nobody"}, headers=headers)
        assert (answer.status_code, answer.headers.get("HX-Refresh")) == (204, "true")


def test_place_in_a_queue_follows_its_order(biller: User, practice: Practice) -> None:
    for number, days in ((1, 9), (2, 2), (3, 5)):
        an_item(practice, number, days=days)
    with practice_scope(practice.pk):
        place = place_in(QueueFilter(), 3, user=biller, today=timezone.localdate())
        assert (place.before, place.after, place.at, place.of) == (2, 1, 2, 3)
        gone = place_in(QueueFilter(), 99, user=biller, today=timezone.localdate())
        assert (gone.before, gone.after, gone.at, gone.of) == (None, 2, 0, 3)


def test_the_queue_costs_the_same_for_one_row_and_for_many(
    client: Client, biller: User, practice: Practice, django_assert_max_num_queries: Any
) -> None:
    an_item(practice)
    client.get("/worklist/")
    urls = ("/worklist/", "/", "/worklist/?page=1&state=needs_fix")
    few = [queries_of(client, url, django_assert_max_num_queries) for url in urls]
    for number in range(2, 31):
        an_item(practice, number, days=number)
    assert [queries_of(client, url, django_assert_max_num_queries) for url in urls] == few

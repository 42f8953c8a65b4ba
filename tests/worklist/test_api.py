"""The work queue over the API: listed, assigned, put off, closed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from compliance.domain.permissions import PERMISSIONS, Role
from compliance.models import AuditEvent, Practice, User
from compliance.operations import issue_token
from compliance.scope import practice_scope
from tests.builders import NOW
from tests.coding.samples import waiting_case
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def biller(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.BILLER, practice)


@pytest.fixture
def headers(biller: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {issue_token(user=biller, name='x', scopes=list(PERMISSIONS), now=NOW)[1]}"}


@pytest.fixture
def item(practice: Practice) -> WorkItem:
    with practice_scope(practice.pk):
        return WorkItem.objects.get(subject_id=waiting_case(practice).pk)


def act(client: Client, headers: dict[str, str], item: WorkItem, verb: str, body: dict[str, Any]) -> Any:
    url = f"/api/v1/work-items/{item.pk}/{verb}/"
    return client.post(url, body, content_type="application/json", headers=headers)


def test_work_is_listed_by_kind_and_openness(client: Client, headers: dict[str, str], item: WorkItem) -> None:
    def found(**query: str) -> list[int]:
        page = client.get("/api/v1/work-items/", query, headers=headers).json()
        return [row["id"] for row in page["results"]]

    assert found(kind="coding.case", open="true") == [item.pk]
    assert found(kind="claim.held") == []
    assert found(due_by="2026-01-01") == []
    act(client, headers, item, "close", {"outcome": "Coded elsewhere"})
    assert found(open="true") == []


def test_assigning(client: Client, headers: dict[str, str], item: WorkItem, biller: User) -> None:
    assert act(client, headers, item, "assign", {"username": biller.username}).json()["assigned_to"] == biller.username
    assert act(client, headers, item, "assign", {"username": None}).json()["assigned_to"] is None


def test_work_goes_only_to_people_of_the_practice(
    client: Client,
    headers: dict[str, str],
    item: WorkItem,
    person: Callable[..., User],
    other_practice: Practice,
) -> None:
    stranger = person(Role.CODER, other_practice)
    answer = act(client, headers, item, "assign", {"username": stranger.username})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_putting_off_needs_a_day_ahead(client: Client, headers: dict[str, str], item: WorkItem) -> None:
    assert act(client, headers, item, "snooze", {"until": "2020-01-01"}).status_code == 409
    later = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1).isoformat()
    assert act(client, headers, item, "snooze", {"until": later}).json()["snoozed_until"] == later


def test_what_is_closed_stays_closed(client: Client, headers: dict[str, str], item: WorkItem) -> None:
    assert act(client, headers, item, "close", {"outcome": "Done"}).json()["outcome"] == "Done"
    assert act(client, headers, item, "close", {"outcome": "Again"}).status_code == 409
    assert act(client, headers, item, "close", {"outcome": " "}).status_code == 400


def test_a_key_without_the_records_scope_sees_no_work_on_them(client: Client, biller: User, item: WorkItem) -> None:
    _, key = issue_token(user=biller, name="narrow", scopes=["work.read", "work.act", "claims.read"], now=NOW)
    headers = {"Authorization": f"Bearer {key}"}
    assert client.get("/api/v1/work-items/", headers=headers).json()["results"] == []
    assert client.get(f"/api/v1/work-items/{item.pk}/", headers=headers).status_code == 404
    assert act(client, headers, item, "close", {"outcome": "Done"}).status_code == 404


def test_a_page_of_work_is_recorded(
    client: Client, headers: dict[str, str], item: WorkItem, biller: User, practice: Practice
) -> None:
    client.get("/api/v1/work-items/", headers=headers)
    with practice_scope(practice.pk):
        event = AuditEvent.objects.get(verb="api.workitem.listed")
    assert (event.actor, event.detail) == (biller, {"rows": [item.pk], "patients": [item.patient_id]})

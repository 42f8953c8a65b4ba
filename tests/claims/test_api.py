"""Claims over the API: read with their history, and a biller's verbs carried out once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.domain.status import ClaimStatus
from claims.models import Claim
from claims.operations.build import build_claims
from claims.operations.scrub import scrub_claims
from compliance.domain.permissions import PERMISSIONS, Role
from compliance.models import AuditEvent, Practice, User
from compliance.operations import issue_token
from compliance.scope import practice_scope
from tests.builders import NOW, a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(person: Callable[..., User], practice: Practice) -> str:
    return issue_token(user=person(Role.BILLER, practice), name="rcm", scopes=list(PERMISSIONS), now=NOW)[1]


@pytest.fixture
def claim(practice: Practice) -> Claim:
    """A clean claim of last week (the API runs on the wall clock), ready to be sent."""
    with practice_scope(practice.pk):
        case = a_case(practice, service_date=timezone.localdate() - timedelta(days=7))
        built = build_claims(practice_id=practice.pk, case_ids=[case.pk], now=timezone.now())[0]
        scrub_claims(practice_id=practice.pk, claim_ids=[built.pk], now=timezone.now())
        built.refresh_from_db()
    return built


def act(client: Client, key: str, claim: Claim, verb: str, body: dict[str, Any], once: str = "request-1") -> Any:
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": once}
    return client.post(f"/api/v1/claims/{claim.pk}/{verb}/", body, content_type="application/json", headers=headers)


def read(client: Client, key: str, path: str = "", **query: str) -> Any:
    return client.get(f"/api/v1/claims/{path}", query, headers={"Authorization": f"Bearer {key}"}).json()


def test_a_claim_comes_with_lines_findings_history_and_submissions(
    client: Client, key: str, claim: Claim, practice: Practice
) -> None:
    record = read(client, key, f"{claim.pk}/")
    assert (record["number"], record["charge_amount"], record["balance_amount"]) == (claim.number, "168.00", "168.00")
    assert [(line["code"], line["charge_amount"]) for line in record["lines"]] == [("99213", "168.00")]
    assert record["events"]
    assert (record["findings"], record["submissions"]) == ([], [])
    with practice_scope(practice.pk):
        assert AuditEvent.objects.get(verb="api.claim.viewed").patient_id == claim.patient_id


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "ready"}, 1),
        ({"status": "held"}, 0),
        ({"payer_id": "HM001"}, 1),
        ({"payer_id": "XX"}, 0),
        ({"updated_since": "2026-05-04T00:00:00Z"}, 1),
        ({"updated_since": "2999-06-01T00:00:00Z"}, 0),
        ({"service_from": "2999-01-01"}, 0),
    ],
)
def test_filters(client: Client, key: str, claim: Claim, query: dict[str, str], found: int) -> None:
    assert len(read(client, key, **query)["results"]) == found


def test_hold_and_release(client: Client, key: str, claim: Claim) -> None:
    held = act(client, key, claim, "hold", {"reason": "Card copy missing"})
    assert (held.status_code, held.json()["status"]) == (200, "held")
    assert act(client, key, claim, "hold", {"reason": "Card copy missing"}).json() == held.json()
    refused = act(client, key, claim, "hold", {"reason": "Again"}, "request-2")
    assert (refused.status_code, refused.json()["detail"]) == (409, f"Claim {claim.number} is on hold already.")
    released = act(client, key, claim, "release", {}, "request-3")
    assert (released.status_code, released.json()["status"]) == (200, "ready")


def test_a_claim_the_payer_never_had_is_withdrawn_at_once(client: Client, key: str, claim: Claim) -> None:
    assert act(client, key, claim, "void", {"reason": "Wrong patient"}).json()["status"] == "void"
    assert act(client, key, claim, "void", {"reason": "Wrong patient"}, "request-2").status_code == 409


def test_a_replacement_is_made_once_with_its_fix(client: Client, key: str, claim: Claim, practice: Practice) -> None:
    with practice_scope(practice.pk):
        Claim.objects.filter(pk=claim.pk).update(status=ClaimStatus.ADJUDICATED, payer_control_number="ICN1")
    fixes = [{"kind": "set_modifiers", "line": 1, "values": ["25"]}]
    made = act(client, key, claim, "replace", {"fixes": fixes})
    assert (made.status_code, made.json()["frequency"], made.json()["original"]) == (200, "7", claim.pk)
    assert act(client, key, claim, "replace", {"fixes": fixes}).json()["id"] == made.json()["id"]
    assert read(client, key, f"{made.json()['id']}/")["lines"][0]["modifiers"] == ["25"]
    assert act(client, key, claim, "replace", {"fixes": [{"kind": "x"}]}, "request-2").status_code == 400


def test_asking_for_the_status_needs_a_claim_that_was_sent(client: Client, key: str, claim: Claim) -> None:
    answer = act(client, key, claim, "ask-status", {})
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert "the payer has nothing to answer" in answer.json()["detail"]

"""Visits over the API: taken in once, refused in words, read by scope."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from compliance.domain.permissions import PERMISSIONS, Role
from compliance.models import AuditEvent, Practice, User
from compliance.operations import issue_token
from compliance.scope import practice_scope
from encounters.models import Encounter
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
URL = "/api/v1/encounters/"


@pytest.fixture
def sender(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.INTEGRATION, practice)


@pytest.fixture
def body(practice: Practice) -> dict[str, Any]:
    with practice_scope(practice.pk):
        patient = builders.a_patient(practice)
        builders.a_coverage(patient)
        return {
            "external_id": "EHR-1",
            "mrn": patient.mrn,
            "provider_npi": builders.a_provider(practice).npi,
            "location": builders.a_location(practice).name,
            "service_date": "2026-04-27",
            "reason": "Sore throat",
            "note": "Assessment\nStreptococcal pharyngitis.",
        }


def key_of(user: User, *scopes: str) -> str:
    return issue_token(user=user, name="ehr", scopes=scopes or list(PERMISSIONS), now=NOW)[1]


def send(client: Client, key: str, body: dict[str, Any], idempotency: str = "request-1") -> Any:
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": idempotency}
    return client.post(URL, body, content_type="application/json", headers=headers)


def visits(practice: Practice) -> int:
    with practice_scope(practice.pk):
        return Encounter.objects.count()


def test_a_visit_is_taken_in_signed_and_audited(client: Client, sender: User, practice: Practice, body: Any) -> None:
    answer = send(client, key_of(sender), body)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["external_id"], made["status"], made["coding_status"]) == ("EHR-1", "closed", None)
    with practice_scope(practice.pk):
        verbs = AuditEvent.objects.filter(subject_id=made["id"], actor=sender).order_by("pk")
        assert [event.verb for event in verbs] == ["encounter.created", "encounter.closed"]


def test_a_stay_says_when_the_patient_was_admitted_and_how_discharged(
    client: Client, sender: User, practice: Practice, body: Any
) -> None:
    stay = body | {"admitted_date": "2026-04-23", "discharge_status": "01"}
    answer = send(client, key_of(sender), stay)
    assert answer.status_code == 201
    assert (answer.json()["admitted_date"], answer.json()["discharge_status"]) == ("2026-04-23", "01")
    with practice_scope(practice.pk):
        assert Encounter.objects.get().is_stay


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"admitted_date": "2026-04-28"}, "admitted_date is after service_date"),
        ({"discharge_status": "01"}, "discharge_status belongs to a stay"),
    ],
)
def test_a_stay_that_cannot_be_is_refused(
    client: Client, sender: User, body: Any, fields: dict[str, str], says: str
) -> None:
    answer = send(client, key_of(sender), body | fields)
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_the_same_request_again_gives_the_same_answer(
    client: Client, sender: User, practice: Practice, body: Any
) -> None:
    key = key_of(sender)
    first, again = send(client, key, body), send(client, key, body)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotent-Replayed"] == "true"
    assert visits(practice) == 1


def test_a_known_external_id_under_a_new_key_changes_nothing(
    client: Client, sender: User, practice: Practice, body: Any
) -> None:
    key = key_of(sender)
    first = send(client, key, body)
    again = send(client, key, body | {"reason": "Other"}, "request-2")
    assert (again.status_code, again.json()["id"], again.json()["reason"]) == (200, first.json()["id"], "Sore throat")
    assert visits(practice) == 1


def test_a_key_used_for_another_request_is_refused(client: Client, sender: User, body: Any) -> None:
    key = key_of(sender)
    send(client, key, body)
    answer = send(client, key, body | {"external_id": "EHR-2"})
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"mrn": "M0"}, "No patient has this medical record number. Register the patient first."),
        ({"provider_npi": "1000000004"}, "No provider has this NPI."),
        ({"location": "Nowhere"}, "No location has this name."),
        ({"authorization_number": "AU0"}, "This patient has no authorization with that number."),
        ({"note": ""}, "This visit has no note yet."),
    ],
)
def test_what_the_practice_does_not_have_is_said_with_what_to_do(
    client: Client, sender: User, practice: Practice, body: Any, changed: dict[str, str], says: str
) -> None:
    answer = send(client, key_of(sender), body | changed)
    problem = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert problem["detail"].startswith(says)
    assert visits(practice) == 0
    assert send(client, key_of(sender), body).status_code == 201  # a refusal does not use the key up


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"provider_npi": "12"}, "provider_npi"),
        ({"service_date": "yesterday"}, "service_date"),
        ({"external_id": ""}, "external_id"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_body_that_cannot_be_read_names_the_field_and_not_its_value(
    client: Client, sender: User, body: Any, changed: dict[str, str], field: str
) -> None:
    answer = send(client, key_of(sender), body | changed)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert "yesterday" not in answer.content.decode()


def test_a_request_without_a_key_of_its_own_is_refused(client: Client, sender: User, body: Any) -> None:
    assert list(send(client, key_of(sender), body, "").json()["errors"]) == ["Idempotency-Key"]


def test_scope_and_role_must_both_allow(
    client: Client, sender: User, person: Callable[..., User], practice: Practice, body: Any
) -> None:
    assert send(client, key_of(sender, "encounters.read"), body).status_code == 403
    assert send(client, key_of(person(Role.CODER, practice)), body).status_code == 403
    assert send(client, "nonsense", body).status_code == 401
    assert visits(practice) == 0


def test_a_key_for_two_practices_says_which(
    client: Client, person: Callable[..., User], practice: Practice, other_practice: Practice, body: Any
) -> None:
    key = key_of(person(Role.INTEGRATION, practice, other_practice))
    assert list(send(client, key, body).json()["errors"]) == ["practice"]
    assert send(client, key, body | {"practice": practice.pk}).status_code == 201
    assert (visits(practice), visits(other_practice)) == (1, 0)


def test_lists_are_filtered_and_paged_by_cursor(client: Client, sender: User, practice: Practice) -> None:
    with practice_scope(practice.pk):
        made = [builders.a_visit(practice).pk for _ in range(5)]
        other = builders.a_visit(practice, external_id="EHR-9").pk
    headers = {"Authorization": f"Bearer {key_of(sender)}"}
    page = client.get(URL, {"page_size": "4"}, headers=headers).json()
    assert [row["id"] for row in page["results"]] == [other, *reversed(made[2:])]
    rest = client.get(page["next"], headers=headers).json()
    assert [row["id"] for row in rest["results"]] == [made[1], made[0]]
    found = client.get(URL, {"external_id": "EHR-9"}, headers=headers).json()
    assert [row["id"] for row in found["results"]] == [other]


def test_one_visit_comes_with_its_note_and_the_reading_is_recorded(
    client: Client, sender: User, practice: Practice
) -> None:
    with practice_scope(practice.pk):
        visit = builders.a_visit(practice)
    answer = client.get(f"{URL}{visit.pk}/", headers={"Authorization": f"Bearer {key_of(sender)}"})
    assert answer.json()["note"] == visit.note
    assert answer.json()["coverages"][0]["payer_name"] == "Harbor Mutual"
    with practice_scope(practice.pk):
        assert AuditEvent.objects.get(verb="api.encounter.viewed").patient_id == visit.patient_id


def test_the_schema_describes_every_address_without_a_warning(client: Client, tmp_path: Path) -> None:
    call_command("spectacular", "--fail-on-warn", "--validate", "--file", str(tmp_path / "schema.yaml"))
    schema = client.get("/api/schema/", headers={"Accept": "application/json"}).json()
    assert {"/api/v1/encounters/", "/api/v1/claims/{id}/replace/"} <= set(schema["paths"])
    assert schema["components"]["securitySchemes"]["key"]["scheme"] == "bearer"

"""The trail: written with the change, never altered, read by the compliance officer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from django.test import Client

from compliance.domain.permissions import Role
from compliance.models import ApiToken, AuditEvent, Practice, User
from compliance.operations import issue_token, record_event
from compliance.queries import trail_page
from compliance.scope import practice_scope
from tests.builders import NOW, a_patient


@pytest.mark.parametrize(
    "statement", ["UPDATE compliance_auditevent SET verb = 'x'", "DELETE FROM compliance_auditevent"]
)
def test_an_event_is_never_changed_or_deleted(practice: Practice, statement: str) -> None:
    with practice_scope(practice.pk):
        record_event(actor=None, now=NOW, verb="patient.viewed", subject=a_patient(practice))
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_event_vanishes_with_the_change_that_failed(practice: Practice) -> None:
    with practice_scope(practice.pk):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record_event(actor=None, now=NOW, verb="patient.corrected", subject=a_patient(practice))
            raise ZeroDivisionError
        assert AuditEvent.objects.count() == 0


def test_the_trail_pages_without_gaps(practice: Practice) -> None:
    with practice_scope(practice.pk):
        patient = a_patient(practice)
        for number in range(7):
            record_event(actor=None, now=NOW + timedelta(minutes=number), verb=f"test.{number}", subject=patient)
        first = trail_page(size=5)
        second = trail_page(size=5, before=first.next_before)
        assert [event.verb for event in first.rows + second.rows] == [f"test.{n}" for n in range(6, -1, -1)]
        assert second.next_before is None


def test_the_officer_filters_by_patient_and_person(
    practice: Practice, person: Callable[..., User], client: Client
) -> None:
    officer, biller = person(Role.COMPLIANCE_OFFICER, practice), person(Role.BILLER, practice)
    with practice_scope(practice.pk):
        seen, unseen = a_patient(practice), a_patient(practice)
        record_event(actor=biller, now=NOW, verb="claim.viewed", subject=seen, patient_id=seen.pk)
        record_event(actor=None, now=NOW, verb="case.opened", subject=unseen, patient_id=unseen.pk)
    client.force_login(officer)
    page = client.get("/compliance/trail/", {"patient": seen.pk}).content.decode()
    assert "claim.viewed" in page
    assert "case.opened" not in page
    page = client.get("/compliance/trail/", {"person": biller.username}).content.decode()
    assert "claim.viewed" in page
    assert "case.opened" not in page


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMPLIANCE_OFFICER])
def test_nobody_else_reads_the_trail(
    practice: Practice, person: Callable[..., User], client: Client, role: Role
) -> None:
    client.force_login(person(role, practice))
    assert client.get("/compliance/trail/").status_code == 403


def test_a_key_is_kept_as_a_digest_only(person: Callable[..., User], practice: Practice) -> None:
    token, key = issue_token(user=person(Role.INTEGRATION, practice), name="EHR", scopes=["claims.read"], now=NOW)
    kept = ApiToken.objects.get(pk=token.pk)
    assert key not in str(vars(kept))
    assert len(kept.key_sha256) == 64
    assert kept.created_at == datetime(2026, 5, 4, 14, tzinfo=UTC)


def test_the_officer_finds_the_lists_that_showed_a_patient(
    practice: Practice, person: Callable[..., User], client: Client
) -> None:
    with practice_scope(practice.pk):
        seen, unseen = a_patient(practice), a_patient(practice)
    client.force_login(person(Role.BILLER, practice))
    client.get("/encounters/patients/", {"q": seen.mrn})
    client.get("/encounters/patients/", {"q": "nobody"})
    client.force_login(person(Role.COMPLIANCE_OFFICER, practice))
    page = client.get("/compliance/trail/", {"patient": seen.pk}).content.decode()
    assert page.count("patients.listed</a>") == 1
    assert "list of 1 row<" in page
    assert "narrowed by q" in page
    assert seen.mrn not in page
    assert "patients.listed</a>" not in client.get("/compliance/trail/", {"patient": unseen.pk}).content.decode()

"""Visits and patients as the front desk sees them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from encounters.models import Coverage, Encounter
from tests import builders
from tests.builders import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, person: Callable[..., User], practice: Practice) -> Client:
    client.force_login(person(Role.FRONT_DESK, practice))
    return client


@pytest.fixture
def visit(practice: Practice) -> Encounter:
    with practice_scope(practice.pk):
        payer = builders.a_payer(practice, member_id_pattern=r"HMX\d{9}")
        return builders.a_visit(practice, payer=payer)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_visits_are_listed_newest_first_and_filtered(desk: Client, practice: Practice, visit: Encounter) -> None:
    with practice_scope(practice.pk):
        later = builders.a_visit(practice, service_date=DAY + timedelta(days=9), reason="Cough", status="open")
    page = text(desk.get("/encounters/"))
    assert page.index(later.external_id) < page.index(visit.external_id)
    assert "Harbor Mutual" in page
    for query, found, left_out in (
        ({"state": "unsigned"}, later, visit),
        ({"month": "2026-04"}, visit, later),
        ({"q": visit.external_id}, visit, later),
    ):
        page = text(desk.get("/encounters/", query))
        assert found.external_id in page
        assert left_out.external_id not in page
    assert "No visit matches" in text(desk.get("/encounters/", {"state": "billed"}))


@pytest.mark.parametrize("junk", [{"month": "x"}, {"page": "-1"}, {"provider": "x"}, {"page": "999"}, {"state": "?"}])
def test_junk_in_the_address_chooses_nothing(desk: Client, visit: Encounter, junk: dict[str, str]) -> None:
    assert visit.external_id in text(desk.get("/encounters/", junk))


def test_a_visit_shows_its_note_and_who_pays_and_is_recorded(desk: Client, visit: Encounter) -> None:
    page = text(desk.get(f"/encounters/{visit.pk}/"))
    assert "<h3>Assessment and plan</h3>" in page
    assert "Harbor Mutual" in page
    assert "Not covered" not in page
    with practice_scope(visit.practice_id):
        assert AuditEvent.objects.get(verb="encounter.viewed").patient_id == visit.patient_id


def test_coverage_that_was_over_on_the_day_says_so(desk: Client, visit: Encounter) -> None:
    with practice_scope(visit.practice_id):
        Coverage.objects.update(effective_to=date(2026, 3, 31))
    assert "Not covered" in text(desk.get(f"/encounters/{visit.pk}/"))


def correct(client: Client, visit: Encounter, member_id: str, **headers: str) -> Any:
    with practice_scope(visit.practice_id):
        plan = visit.patient.coverages.get()
    return client.post(f"/encounters/coverage/{plan.pk}/member-id", {"member_id": member_id}, headers=headers)


def test_a_member_id_is_corrected_in_place(desk: Client, visit: Encounter) -> None:
    answer = correct(desk, visit, "hmx123456789", **{"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'value="HMX123456789"' in text(answer)
    with practice_scope(visit.practice_id):
        assert Coverage.objects.get().member_id == "HMX123456789"
        event = AuditEvent.objects.get(verb="coverage.member_id_corrected")
    assert event.detail["after"] == "HMX123456789"


@pytest.mark.parametrize(("typed", "says"), [("ABC", "does not issue member IDs of this form"), ("", "on the card")])
def test_a_wrong_member_id_is_refused_at_its_field(desk: Client, visit: Encounter, typed: str, says: str) -> None:
    answer = correct(desk, visit, typed, **{"HX-Request": "true"})
    assert answer.status_code == 422
    assert says in text(answer)
    assert f'value="{typed}"' in text(answer)
    with practice_scope(visit.practice_id):
        assert not AuditEvent.objects.filter(verb="coverage.member_id_corrected").exists()


def test_without_scripts_the_member_id_form_comes_back_with_words(desk: Client, visit: Encounter) -> None:
    answer = correct(desk, visit, "HMX123456789")
    assert answer["Location"] == f"/encounters/patients/{visit.patient_id}/"
    assert "Member ID is HMX123456789 now" in text(desk.get(answer["Location"]))


def test_an_authorization_on_file_is_tied_to_the_visit(desk: Client, practice: Practice, visit: Encounter) -> None:
    with practice_scope(practice.pk):
        payer = builders.a_payer(practice)
        mine = builders.an_authorization(visit.patient, payer, ["20610"])
        other = builders.an_authorization(builders.a_patient(practice), payer, ["20610"])
    desk.post(f"/encounters/{visit.pk}/authorization", {"authorization": other.pk})
    assert "another patient" in text(desk.get(f"/encounters/{visit.pk}/"))
    desk.post(f"/encounters/{visit.pk}/authorization", {"authorization": mine.pk})
    assert "On this visit" in text(desk.get(f"/encounters/{visit.pk}/"))


def test_patients_are_found_by_name_number_and_member_id(desk: Client, practice: Practice, visit: Encounter) -> None:
    with practice_scope(practice.pk):
        builders.a_patient(practice, last_name="Brandt", first_name="Howard")
        plan = visit.patient.coverages.get()
    assert {"Okafor, Denise", "Brandt, Howard"} <= set(
        text(desk.get("/encounters/patients/")).replace("<", ">").split(">")
    )
    for q in ("okaf", "Okafor, D", visit.patient.mrn, plan.member_id.lower()):
        page = text(desk.get("/encounters/patients/", {"q": q}))
        assert "Okafor, Denise" in page
        assert "Brandt" not in page
    assert "Nobody is found" in text(desk.get("/encounters/patients/", {"q": "zzz"}))


def test_who_may_only_read_gets_no_fields(
    client: Client, person: Callable[..., User], practice: Practice, visit: Encounter
) -> None:
    client.force_login(person(Role.CODER, practice))
    page = text(client.get(f"/encounters/patients/{visit.patient_id}/"))
    assert "Harbor Mutual" in page
    assert 'name="member_id"' not in page
    assert correct(client, visit, "HMX123456789").status_code == 403

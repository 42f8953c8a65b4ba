"""Visits and patients as the front desk sees them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.operations.build import build_claims
from claims.operations.scrub import scrub_claims
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from encounters.models import Coverage, Encounter
from tests import builders
from tests.builders import DAY, NOW
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, open_items

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


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


def asked_for(visit: Encounter, kind: Kind = Kind.REGISTRATION_ELIGIBILITY) -> None:
    """The front desk has something to put right for the visit's claim."""
    item = NewItem(
        practice_id=visit.practice_id,
        kind=kind,
        subject_type="encounters.encounter",
        subject_id=visit.pk,
        reason="Coverage ended 03/31, visit 04/27",
        next_step="Check coverage",
    )
    open_items(items=[item], now=builders.NOW)


def test_a_visit_says_what_its_claim_waits_for(desk: Client, visit: Encounter) -> None:
    assert "What the claim waits for" not in text(desk.get(f"/encounters/{visit.pk}/"))
    with practice_scope(visit.practice_id):
        asked_for(visit)
    page = text(desk.get(f"/encounters/{visit.pk}/"))
    assert all(
        words in page for words in ("What the claim waits for", "Coverage ended 03/31", "Check coverage", "Add plan")
    )


def test_coverage_is_corrected_in_a_dialog(desk: Client, visit: Encounter) -> None:
    with practice_scope(visit.practice_id):
        plan = Coverage.objects.get()
    url, given = f"/encounters/coverage/{plan.pk}/correct", {"visit": visit.pk, "rank": 1}
    assert 'value="2025-01-01"' in text(desk.get(url, {"visit": visit.pk}))
    wrong = desk.post(url, {**given, "effective_from": "2026-02-01", "effective_to": "2026-01-01"})
    assert (wrong.status_code, "end before it begins" in text(wrong)) == (422, True)
    done = desk.post(url, {**given, "effective_from": "2026-02-01", "effective_to": ""}, headers=HTMX)
    assert done["HX-Redirect"].startswith(f"/encounters/{visit.pk}/?since=")
    with practice_scope(visit.practice_id):
        assert Coverage.objects.get().effective_from == date(2026, 2, 1)
        event = AuditEvent.objects.get(verb="coverage.corrected")
    assert (event.patient_id, event.detail["before"]["effective_from"]) == (visit.patient_id, "2025-01-01")


def test_a_plan_is_registered_and_ends_the_one_before(desk: Client, practice: Practice, visit: Encounter) -> None:
    with practice_scope(practice.pk):
        other = builders.a_payer(practice, payer_id="TT001", name="Tri-Town Health", member_id_pattern=r"TT\d{4}")
        before = Coverage.objects.get()
    url = f"/encounters/patients/{visit.patient_id}/plan"
    given = {
        "payer": other.pk, "member_id": "TT12", "effective_from": "2026-04-01", "rank": 1,
        "follows": before.pk, "relationship": "18",
    }  # fmt: skip
    assert "Tri-Town Health" in text(desk.get(url))
    assert "does not issue member IDs of this form" in text(desk.post(url, given))
    assert "fill this in" in text(desk.post(url, {**given, "member_id": "TT1234", "relationship": "19"}))
    assert desk.post(url, {**given, "member_id": "TT1234"})["Location"] == f"/encounters/patients/{visit.patient_id}/"
    with practice_scope(practice.pk):
        plans = list(Coverage.objects.order_by("pk").values_list("payer__name", "effective_to"))
    assert plans == [("Harbor Mutual", date(2026, 3, 31)), ("Tri-Town Health", None)]


def test_an_authorization_is_recorded_for_the_visit(desk: Client, practice: Practice, visit: Encounter) -> None:
    with practice_scope(practice.pk):
        payer = builders.a_payer(practice)
    url = f"/encounters/{visit.pk}/authorization/new"
    given = {
        "payer": payer.pk, "number": "au9", "codes": "2061", "valid_from": "2026-04-27", "valid_to": "2026-05-27",
        "visit": visit.pk,
    }  # fmt: skip
    assert "five characters" in text(desk.post(url, given))
    assert desk.post(url, {**given, "codes": "20610"}, headers=HTMX).status_code == 204
    page = text(desk.get(f"/encounters/{visit.pk}/"))
    assert ("AU9" in page, "On this visit" in page) == (True, True)


def test_the_page_watches_the_claim_being_checked_again(desk: Client, practice: Practice, visit: Encounter) -> None:
    now = int(timezone.now().timestamp())
    with practice_scope(practice.pk):
        asked_for(visit)
        claim = build_claims(practice_id=practice.pk, case_ids=[builders.a_case(practice, visit=visit).pk], now=NOW)[0]
    url = f"/encounters/{visit.pk}/waiting"
    page = text(desk.get(url, {"since": now, "looks": 3}))
    assert ("Checking the claim again" in page, "looks=4" in page) == (True, True)
    assert desk.get(url, {"since": now, "looks": 99}, headers=HTMX)["HX-Redirect"] == f"/encounters/{visit.pk}/"
    assert "not checked yet" in text(desk.get(f"/encounters/{visit.pk}/"))
    with practice_scope(practice.pk):
        scrub_claims(practice_id=practice.pk, claim_ids=[claim.pk], now=timezone.now())
    assert desk.get(url, {"since": now, "looks": 4}, headers=HTMX)["HX-Redirect"] == f"/encounters/{visit.pk}/"
    assert "Put right" in text(desk.get(f"/encounters/{visit.pk}/"))


def test_a_member_id_corrected_on_the_visit_starts_the_watching(
    desk: Client, practice: Practice, visit: Encounter
) -> None:
    with practice_scope(practice.pk):
        build_claims(practice_id=practice.pk, case_ids=[builders.a_case(practice, visit=visit).pk], now=NOW)
        plan = visit.patient.coverages.get()
    given = {"member_id": "HMX123456789", "visit": visit.pk}
    page = text(desk.post(f"/encounters/coverage/{plan.pk}/member-id", given, headers=HTMX))
    assert ('id="waiting" hx-swap-oob="true"' in page, "Checking the claim again" in page) == (True, True)


@pytest.mark.parametrize("role", [Role.CODER, Role.POSTER, Role.PATIENT_ACCOUNTS, Role.DENIAL_SPECIALIST])
def test_who_may_only_read_registers_nothing(
    client: Client, person: Callable[..., User], practice: Practice, visit: Encounter, role: Role
) -> None:
    client.force_login(person(role, practice))
    with practice_scope(practice.pk):
        plan = visit.patient.coverages.get()
    for path in (
        f"coverage/{plan.pk}/correct",
        f"patients/{visit.patient_id}/plan",
        f"{visit.pk}/authorization/new",
        f"{visit.pk}/authorization",
    ):
        assert client.post(f"/encounters/{path}").status_code == 403
    page = text(client.get(f"/encounters/{visit.pk}/"))
    assert ("Add plan" in page, "/authorization/new" in page, "/correct" in page) == (False, False, False)


def test_another_practices_coverage_does_not_exist(desk: Client, other_practice: Practice, visit: Encounter) -> None:
    with practice_scope(other_practice.pk):
        theirs = builders.a_visit(other_practice)
        plan = theirs.patient.coverages.get()
    for path in (
        f"coverage/{plan.pk}/correct", f"patients/{theirs.patient_id}/plan", f"{theirs.pk}/authorization/new",
        f"{theirs.pk}/waiting",
    ):  # fmt: skip
        assert desk.get(f"/encounters/{path}").status_code == 404

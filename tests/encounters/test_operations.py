"""Visits come in once; a note is signed once; corrections leave their trace."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from encounters.domain.status import EncounterStatus
from encounters.models import Encounter
from encounters.operations import (
    CannotClose,
    CannotCorrect,
    NewVisit,
    UnknownReference,
    close_encounter,
    correct_member_id,
    create_encounter,
    create_encounters,
    set_authorization,
)
from tests import builders
from tests.builders import DAY, NOW


@pytest.fixture
def clerk(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.FRONT_DESK, practice)


@pytest.fixture
def scoped(practice: Practice) -> Iterator[Practice]:
    with practice_scope(practice.pk):
        yield practice


def a_new_visit(practice: Practice, **changed: object) -> NewVisit:
    patient = builders.a_patient(practice)
    values = {
        "external_id": "E1",
        "mrn": patient.mrn,
        "provider_npi": builders.a_provider(practice).npi,
        "location": builders.a_location(practice).name,
        "service_date": DAY,
        "note": "Exam\nLungs clear.",
    } | changed
    return NewVisit(**values)  # type: ignore[arg-type]  # overrides by name


def test_a_visit_comes_in_signed_and_again_changes_nothing(scoped: Practice, clerk: User) -> None:
    visit = a_new_visit(scoped)
    made, is_new = create_encounter(practice_id=scoped.pk, visit=visit, actor=clerk, now=NOW)
    assert (made.status, made.closed_at, is_new) == (EncounterStatus.CLOSED, NOW, True)
    again, is_new = create_encounter(practice_id=scoped.pk, visit=visit, actor=clerk, now=NOW)
    assert (again.pk, is_new, Encounter.objects.count()) == (made.pk, False, 1)
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["encounter.created", "encounter.closed"]


def test_a_visit_of_an_unknown_patient_is_refused_whole(scoped: Practice, clerk: User) -> None:
    with pytest.raises(UnknownReference, match="Register the patient first"):
        create_encounter(practice_id=scoped.pk, visit=a_new_visit(scoped, mrn="M0"), actor=clerk, now=NOW)
    assert Encounter.objects.count() == 0


def test_visits_come_in_together_each_once_in_their_order(scoped: Practice, clerk: User) -> None:
    known, _ = create_encounter(practice_id=scoped.pk, visit=a_new_visit(scoped), actor=clerk, now=NOW)
    plan = builders.an_authorization(builders.a_patient(scoped), builders.a_payer(scoped), ["20610"])
    given = [
        a_new_visit(scoped, external_id="E3", mrn=plan.patient.mrn, authorization_number=plan.number),
        a_new_visit(scoped, external_id="E1"),
        a_new_visit(scoped, external_id="E2", signed=False),
        a_new_visit(scoped, external_id="E3"),
    ]
    answers = create_encounters(practice_id=scoped.pk, visits=given, actor=clerk, now=NOW)
    assert [(row.external_id, row.status, is_new) for row, is_new in answers] == [
        ("E3", EncounterStatus.CLOSED, True),
        ("E1", EncounterStatus.CLOSED, False),
        ("E2", EncounterStatus.OPEN, True),
        ("E3", EncounterStatus.CLOSED, False),
    ]
    assert answers[1][0] == known
    assert Encounter.objects.get(external_id="E3").authorization == plan
    verbs = AuditEvent.objects.exclude(subject_id=known.pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["encounter.created", "encounter.created", "encounter.closed"]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"mrn": "M0"}, "No patient"),
        ({"location": "Nowhere"}, "No location"),
        ({"referring_npi": "1"}, "No provider"),
        ({"authorization_number": "A0"}, "no authorization"),
    ],
)
def test_of_visits_that_come_together_none_is_kept_when_one_is_refused(
    scoped: Practice, clerk: User, bad: dict[str, str], says: str
) -> None:
    visits = [a_new_visit(scoped), a_new_visit(scoped, external_id="E2", **bad)]
    with pytest.raises(UnknownReference, match=says):
        create_encounters(practice_id=scoped.pk, visits=visits, actor=clerk, now=NOW)
    with pytest.raises(CannotClose, match="no note yet"), transaction.atomic():
        visits[1] = a_new_visit(scoped, external_id="E2", note=" ")
        create_encounters(practice_id=scoped.pk, visits=visits, actor=clerk, now=NOW)
    assert (Encounter.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_another_patients_authorization_is_unknown(scoped: Practice, clerk: User) -> None:
    other = builders.an_authorization(builders.a_patient(scoped), builders.a_payer(scoped), ["20610"])
    visit = a_new_visit(scoped, authorization_number=other.number)
    with pytest.raises(UnknownReference, match="This patient has no authorization"):
        create_encounter(practice_id=scoped.pk, visit=visit, actor=clerk, now=NOW)


def test_many_visits_cost_as_much_as_one(scoped: Practice, clerk: User) -> None:
    spent = []
    for size in (1, 25):
        visits = [a_new_visit(scoped, external_id=f"{size}-{n}") for n in range(size)]
        with CaptureQueriesContext(connection) as queries:
            create_encounters(practice_id=scoped.pk, visits=visits, actor=clerk, now=NOW)
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 14


def test_a_note_is_signed_once_and_never_empty(scoped: Practice, clerk: User) -> None:
    empty = builders.a_visit(scoped, status="open", note=" ", closed_at=None)
    with pytest.raises(CannotClose, match="no note yet"):
        close_encounter(encounter_id=empty.pk, actor=clerk, now=NOW)
    written = builders.a_visit(scoped, status="open", closed_at=None)
    assert close_encounter(encounter_id=written.pk, actor=clerk, now=NOW).closed_at == NOW
    with pytest.raises(CannotClose, match="closed, not open"):
        close_encounter(encounter_id=written.pk, actor=clerk, now=NOW)


def test_a_member_id_fits_its_payer(scoped: Practice, clerk: User) -> None:
    payer = builders.a_payer(scoped, member_id_pattern=r"HMX\d{9}")
    plan = builders.a_coverage(builders.a_patient(scoped), payer)
    with pytest.raises(CannotCorrect, match="Harbor Mutual does not issue"):
        correct_member_id(coverage_id=plan.pk, member_id="12", actor=clerk, now=NOW)
    assert correct_member_id(coverage_id=plan.pk, member_id=" hmx000000001 ", actor=clerk, now=NOW).member_id == (
        "HMX000000001"
    )
    assert AuditEvent.objects.get().detail == {"before": plan.member_id, "after": "HMX000000001"}


def test_an_authorization_of_another_patient_is_refused(scoped: Practice, clerk: User) -> None:
    visit, payer = builders.a_visit(scoped), builders.a_payer(scoped)
    other = builders.an_authorization(builders.a_patient(scoped), payer, ["20610"])
    with pytest.raises(CannotCorrect, match="another patient"):
        set_authorization(encounter_id=visit.pk, authorization_id=other.pk, actor=clerk, now=NOW)
    mine = builders.an_authorization(visit.patient, payer, ["20610"])
    assert (
        set_authorization(encounter_id=visit.pk, authorization_id=mine.pk, actor=clerk, now=NOW).authorization == mine
    )

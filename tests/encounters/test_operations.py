"""Visits come in once; a note is signed once; corrections leave their trace."""

from collections.abc import Callable, Iterator

import pytest

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

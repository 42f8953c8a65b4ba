"""A visit comes in, and its note is signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from compliance.models import User
from compliance.operations import Event, record_events
from encounters.domain.discharge import DISCHARGE
from encounters.domain.status import EncounterStatus, can_move
from encounters.models import Authorization, Encounter, Location, Patient, Provider
from worklist.nudge import nudge


class UnknownReference(Exception):
    """The visit names a patient, provider, location or authorization that this practice does not have."""


class CannotDischarge(Exception):
    """The visit is no stay, or the patient status is none that a person may choose."""


class CannotClose(Exception):
    """The visit is not open, or has no note to sign."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewVisit:
    """A visit as another system sends it, by the identifiers that both sides know.

    An inpatient stay says when the patient was admitted and how discharged; its service date is the day of discharge.
    """

    external_id: str
    mrn: str
    provider_npi: str
    location: str
    service_date: date
    reason: str = ""
    note: str = ""
    authorization_number: str = ""
    referring_npi: str = ""
    admitted_date: date | None = None
    discharge_status: str = ""
    signed: bool = True


def create_encounter(*, practice_id: int, visit: NewVisit, actor: User | None, now: datetime) -> tuple[Encounter, bool]:
    """Take in a visit; the same external id again gives the visit that is there, unchanged.

    Returns the visit and whether it is new. Raises UnknownReference in words the sender can act on, and CannotClose
    for a signed visit without a note.
    """
    return create_encounters(practice_id=practice_id, visits=[visit], actor=actor, now=now)[0]


@transaction.atomic
def create_encounters(
    *, practice_id: int, visits: Sequence[NewVisit], actor: User | None, now: datetime
) -> list[tuple[Encounter, bool]]:
    """Take in visits, all or none, in a fixed number of statements for any number of them.

    Returns each visit in the order given and whether it is new. Raises as `create_encounter` does, for the first
    visit at fault.
    """
    wanted = {visit.external_id for visit in visits}
    known = {row.external_id: row for row in Encounter.objects.filter(practice_id=practice_id, external_id__in=wanted)}
    fresh = {visit.external_id: visit for visit in reversed(visits) if visit.external_id not in known}
    made = _insert(practice_id, list(reversed(fresh.values())), actor, now)
    signed = [row.pk for row in made if fresh[row.external_id].signed]
    closed = {row.pk: row for row in close_encounters(encounter_ids=signed, actor=actor, now=now)}
    rows = known | {row.external_id: closed.get(row.pk, row) for row in made}
    return [(rows[visit.external_id], fresh.pop(visit.external_id, None) is not None) for visit in visits]


def _insert(practice_id: int, visits: Sequence[NewVisit], actor: User | None, now: datetime) -> list[Encounter]:
    if not visits:
        return []
    file = _references(practice_id, visits)
    made = Encounter.objects.bulk_create([_encounter(practice_id, visit, file, now) for visit in visits])
    record_events(actor=actor, now=now, events=[Event.about(row, "encounter.created") for row in made])
    return made


@dataclass(frozen=True, slots=True)
class _References:
    """What the visits of a call name, looked up once."""

    patients: Mapping[str, Patient]  # by medical record number
    providers: Mapping[str, Provider]  # by NPI
    locations: Mapping[str, Location]  # by name
    authorizations: Mapping[tuple[int, str], Authorization]  # by patient and number


def _references(practice_id: int, visits: Sequence[NewVisit]) -> _References:
    npis = {npi for visit in visits for npi in (visit.provider_npi, visit.referring_npi) if npi}
    numbers = {visit.authorization_number for visit in visits if visit.authorization_number}
    patients = Patient.objects.filter(practice_id=practice_id, mrn__in={visit.mrn for visit in visits})
    providers = Provider.objects.filter(practice_id=practice_id, npi__in=npis)
    locations = Location.objects.filter(practice_id=practice_id, name__in={visit.location for visit in visits})
    approvals = Authorization.objects.filter(practice_id=practice_id, number__in=numbers)
    return _References(
        patients={row.mrn: row for row in patients},
        providers={row.npi: row for row in providers},
        locations={row.name: row for row in locations.order_by("-pk")},
        authorizations={(row.patient_id, row.number): row for row in approvals.order_by("-pk")},
    )


def _encounter(practice_id: int, visit: NewVisit, file: _References, now: datetime) -> Encounter:
    patient = file.patients.get(visit.mrn)
    if patient is None:
        raise UnknownReference("No patient has this medical record number. Register the patient first.")
    authorization = file.authorizations.get((patient.pk, visit.authorization_number))
    if visit.authorization_number and authorization is None:
        raise UnknownReference("This patient has no authorization with that number. Register it first.")
    location = file.locations.get(visit.location)
    if location is None:
        raise UnknownReference("No location has this name. Check the spelling, or add the location.")
    return Encounter(
        practice_id=practice_id,
        external_id=visit.external_id,
        patient=patient,
        provider=_provider(file, visit.provider_npi),
        referring=_provider(file, visit.referring_npi) if visit.referring_npi else None,
        location=location,
        authorization=authorization,
        service_date=visit.service_date,
        admitted_date=visit.admitted_date,
        discharge_status=visit.discharge_status,
        reason=visit.reason,
        note=visit.note,
        created_at=now,
    )


def _provider(file: _References, npi: str) -> Provider:
    provider = file.providers.get(npi)
    if provider is None:
        raise UnknownReference("No provider has this NPI. Add the provider, or correct the NPI.")
    return provider


def close_encounter(*, encounter_id: int, actor: User | None, now: datetime) -> Encounter:
    """Sign a visit's note, so that coding may begin. Raises CannotClose."""
    return close_encounters(encounter_ids=[encounter_id], actor=actor, now=now)[0]


@transaction.atomic
def close_encounters(*, encounter_ids: Sequence[int], actor: User | None, now: datetime) -> list[Encounter]:
    """Sign the notes of visits, all or none, in a fixed number of statements. Raises CannotClose."""
    rows = list(Encounter.objects.select_for_update().filter(pk__in=encounter_ids).order_by("pk"))
    if len(rows) < len(set(encounter_ids)):
        raise Encounter.DoesNotExist
    for row in rows:
        if not can_move(row.status, EncounterStatus.CLOSED):
            raise CannotClose(f"This visit is {row.get_status_display().lower()}, not open.")
        if not row.note.strip():
            raise CannotClose("This visit has no note yet. Write the note, then sign it.")
        row.status, row.closed_at = EncounterStatus.CLOSED, now
    if rows:
        Encounter.objects.filter(pk__in=encounter_ids).update(status=EncounterStatus.CLOSED, closed_at=now)
        record_events(actor=actor, now=now, events=[Event.about(row, "encounter.closed") for row in rows])
        nudge("open_cases")
    return rows


@transaction.atomic
def set_discharge_status(*, encounter_id: int, status: str, actor: User, now: datetime) -> Encounter:
    """Say how the patient left a stay; the same again changes nothing. Raises CannotDischarge."""
    row = Encounter.objects.select_for_update().get(pk=encounter_id)
    if not row.is_stay:
        raise CannotDischarge("This visit is no inpatient stay.")
    if status not in DISCHARGE:
        raise CannotDischarge("Choose how the patient left from the list.")
    if status != row.discharge_status:
        detail = {"before": row.discharge_status, "after": status}
        row.discharge_status = status
        row.save(update_fields=["discharge_status"])
        record_events(actor=actor, now=now, events=[Event.about(row, "encounter.discharge_status_set", detail=detail)])
    return row


def hand_on(encounter_ids: Sequence[int], now: datetime) -> None:
    """Mark signed visits as taken over by coding. The opening of their cases is what the audit trail holds."""
    Encounter.objects.filter(pk__in=encounter_ids).update(handed_on_at=now)

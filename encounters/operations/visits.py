"""A visit comes in, and its note is signed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from compliance.models import User
from compliance.operations import record_event
from encounters.domain.status import EncounterStatus, can_move
from encounters.models import Authorization, Encounter, Location, Patient, Provider
from worklist.nudge import nudge


class UnknownReference(Exception):
    """The visit names a patient, provider, location or authorization that this practice does not have."""


class CannotClose(Exception):
    """The visit is not open, or has no note to sign."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewVisit:
    """A visit as another system sends it, by the identifiers that both sides know."""

    external_id: str
    mrn: str
    provider_npi: str
    location: str
    service_date: date
    reason: str = ""
    note: str = ""
    authorization_number: str = ""
    referring_npi: str = ""
    signed: bool = True


@transaction.atomic
def create_encounter(*, practice_id: int, visit: NewVisit, actor: User | None, now: datetime) -> tuple[Encounter, bool]:
    """Take in a visit; the same external id again gives the visit that is there, unchanged.

    Returns the visit and whether it is new. Raises UnknownReference in words the sender can act on.
    """
    known = Encounter.objects.filter(practice_id=practice_id, external_id=visit.external_id).first()
    if known:
        return known, False
    patient = Patient.objects.filter(practice_id=practice_id, mrn=visit.mrn).first()
    if patient is None:
        raise UnknownReference("No patient has this medical record number. Register the patient first.")
    authorization = None
    if visit.authorization_number:
        authorization = Authorization.objects.filter(patient=patient, number=visit.authorization_number).first()
        if authorization is None:
            raise UnknownReference("This patient has no authorization with that number. Register it first.")
    location = Location.objects.filter(practice_id=practice_id, name=visit.location).first()
    if location is None:
        raise UnknownReference("No location has this name. Check the spelling, or add the location.")
    encounter = Encounter.objects.create(
        practice_id=practice_id,
        external_id=visit.external_id,
        patient=patient,
        provider=_provider(practice_id, visit.provider_npi),
        referring=_provider(practice_id, visit.referring_npi) if visit.referring_npi else None,
        location=location,
        authorization=authorization,
        service_date=visit.service_date,
        reason=visit.reason,
        note=visit.note,
        created_at=now,
    )
    record_event(actor=actor, now=now, verb="encounter.created", subject=encounter)
    if visit.signed:
        encounter = close_encounter(encounter_id=encounter.pk, actor=actor, now=now)
    return encounter, True


@transaction.atomic
def close_encounter(*, encounter_id: int, actor: User | None, now: datetime) -> Encounter:
    """Sign a visit's note, so that coding may begin. Raises CannotClose."""
    encounter = Encounter.objects.select_for_update().get(pk=encounter_id)
    if not can_move(encounter.status, EncounterStatus.CLOSED):
        raise CannotClose(f"This visit is {encounter.get_status_display().lower()}, not open.")
    if not encounter.note.strip():
        raise CannotClose("This visit has no note yet. Write the note, then sign it.")
    encounter.status, encounter.closed_at = EncounterStatus.CLOSED, now
    encounter.save(update_fields=["status", "closed_at"])
    record_event(actor=actor, now=now, verb="encounter.closed", subject=encounter)
    nudge("open_cases")
    return encounter


def _provider(practice_id: int, npi: str) -> Provider:
    provider = Provider.objects.filter(practice_id=practice_id, npi=npi).first()
    if provider is None:
        raise UnknownReference("No provider has this NPI. Add the provider, or correct the NPI.")
    return provider

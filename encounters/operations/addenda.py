"""Adding to the record of a visit whose note is signed."""

from datetime import datetime

from django.db import transaction

from compliance.models import User
from compliance.operations import record_event
from encounters.domain.status import EncounterStatus
from encounters.models import Addendum, Encounter


class CannotAppend(Exception):
    """The visit's note is not signed yet, or there is nothing to add."""


@transaction.atomic
def append_addendum(*, encounter_id: int, text: str, actor: User, now: datetime) -> Addendum:
    """Sign words that stand beside a visit's note from now on; the note itself stays as it was signed.

    Raises CannotAppend. Whether the actor may speak for the visit is for the caller to know.
    """
    visit = Encounter.objects.select_for_update(of=("self",)).select_related("provider").get(pk=encounter_id)
    if visit.status != EncounterStatus.CLOSED:
        raise CannotAppend(f"This visit is {visit.get_status_display().lower()}: its note can still be changed itself.")
    if not text.strip():
        raise CannotAppend("Write what is to be added first.")
    added = Addendum.objects.create(
        practice_id=visit.practice_id,
        encounter=visit,
        author=actor,
        signature=_signature(visit, actor),
        text=text.strip(),
        signed_at=now,
    )
    record_event(
        actor=actor,
        now=now,
        verb="encounter.addendum_signed",
        subject=visit,
        patient_id=visit.patient_id,
        detail={"addendum": added.pk},
    )
    return added


def _signature(visit: Encounter, actor: User) -> str:
    """The visit's own clinician signs with credential; anybody else as the log-in has the name."""
    clinician = visit.provider
    if clinician.user_id == actor.pk:
        return f"{clinician.first_name} {clinician.last_name}, {clinician.credential}".rstrip(", ")
    return str(actor)

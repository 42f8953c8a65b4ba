"""Correcting who pays."""

import re
from datetime import datetime

from django.db import transaction

from compliance.models import User
from compliance.operations import record_event
from encounters.models import Authorization, Coverage, Encounter, Payer
from worklist.nudge import nudge

WAITING_STAGE = "scrub_claims"  # what was stopped for registration's sake is looked at again


class CannotCorrect(Exception):
    """The new value cannot be right for this payer or patient."""


def as_issued(payer: Payer, member_id: str) -> str:
    """The member ID as it is written. Raises CannotCorrect when this payer never issues such an ID."""
    member_id = member_id.strip().upper()
    if not member_id or (payer.member_id_pattern and not re.fullmatch(payer.member_id_pattern, member_id)):
        raise CannotCorrect(f"{payer.name} does not issue member IDs of this form. Check the card.")
    return member_id


@transaction.atomic
def correct_member_id(*, coverage_id: int, member_id: str, actor: User | None, now: datetime) -> Coverage:
    """Give a coverage another member ID. Raises CannotCorrect when the payer never issues such an ID."""
    coverage = Coverage.objects.select_for_update(of=("self",)).select_related("payer").get(pk=coverage_id)
    member_id = as_issued(coverage.payer, member_id)
    before, coverage.member_id = coverage.member_id, member_id
    coverage.save(update_fields=["member_id"])
    record_event(
        actor=actor,
        now=now,
        verb="coverage.member_id_corrected",
        subject=coverage,
        detail={"before": before, "after": member_id},
    )
    nudge(WAITING_STAGE)
    return coverage


@transaction.atomic
def set_authorization(*, encounter_id: int, authorization_id: int, actor: User | None, now: datetime) -> Encounter:
    """Tie an approval on file to a visit. Raises CannotCorrect when it is another patient's."""
    encounter = Encounter.objects.select_for_update().get(pk=encounter_id)
    approval = Authorization.objects.get(pk=authorization_id)
    if approval.patient_id != encounter.patient_id:
        raise CannotCorrect("This authorization belongs to another patient. Choose one of this patient’s.")
    encounter.authorization = approval
    encounter.save(update_fields=["authorization"])
    record_event(actor=actor, now=now, verb="encounter.authorization_set", subject=encounter, note=approval.number)
    nudge(WAITING_STAGE)
    return encounter

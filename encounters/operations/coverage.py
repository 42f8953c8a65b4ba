"""Correcting who pays."""

import re
from datetime import datetime

from django.db import transaction

from compliance.models import User
from compliance.operations import record_event
from encounters.models import Authorization, Coverage, Encounter


class CannotCorrect(Exception):
    """The new value cannot be right for this payer or patient."""


@transaction.atomic
def correct_member_id(*, coverage_id: int, member_id: str, actor: User | None, now: datetime) -> Coverage:
    """Give a coverage another member ID. Raises CannotCorrect when the payer never issues such an ID."""
    coverage = Coverage.objects.select_for_update(of=("self",)).select_related("payer").get(pk=coverage_id)
    member_id = member_id.strip().upper()
    pattern = coverage.payer.member_id_pattern
    if not member_id or (pattern and not re.fullmatch(pattern, member_id)):
        raise CannotCorrect(f"{coverage.payer.name} does not issue member IDs of this form. Check the card.")
    before, coverage.member_id = coverage.member_id, member_id
    coverage.save(update_fields=["member_id"])
    record_event(
        actor=actor,
        now=now,
        verb="coverage.member_id_corrected",
        subject=coverage,
        detail={"before": before, "after": member_id},
    )
    return coverage


@transaction.atomic
def set_authorization(*, encounter_id: int, authorization_id: int, actor: User | None, now: datetime) -> Encounter:
    """Tie an approval on file to a visit. Raises CannotCorrect when it is another patient's."""
    encounter = Encounter.objects.select_for_update().get(pk=encounter_id)
    approval = Authorization.objects.get(pk=authorization_id)
    if approval.patient_id != encounter.patient_id:
        raise CannotCorrect("This authorization belongs to another patient. Choose one of this patient's.")
    encounter.authorization = approval
    encounter.save(update_fields=["authorization"])
    record_event(actor=actor, now=now, verb="encounter.authorization_set", subject=encounter, note=approval.number)
    return encounter

"""Correct and replace: the claim goes out again with what was wrong put right."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from claims.models import Claim
from claims.operations.correct import CannotCorrect, CannotReplace, replace_claim
from coding.domain.edits.findings import Fix
from compliance.models import AuditEvent, User
from compliance.operations import Event, record_events
from denials.domain.status import AppealStatus, DenialStatus, can_move
from denials.models import Appeal, Denial
from denials.operations.refusals import CannotWork
from denials.operations.work import DENIAL, refresh_work

# What registration writes into the trail when it corrects something that the claim draws on.
REGISTRATION = ("encounters.patient", "encounters.coverage", "encounters.authorization", "encounters.encounter")


@transaction.atomic
def correct_and_replace(*, denial_id: int, actor: User, now: datetime, fixes: Sequence[Fix] = ()) -> Claim:
    """Replace the denied claim by a corrected one; every open denial of the claim becomes corrected.

    Without fixes, something must have been corrected in registration since the claim was sent: the same claim
    would be refused again. An appeal that is still a draft is withdrawn. Returns the new claim. Raises CannotWork.
    """
    claim_id = Denial.objects.values_list("claim_id", flat=True).get(pk=denial_id)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("payer").get(pk=claim_id)
    drafts = Appeal.objects.filter(claim_id=claim_id, status=AppealStatus.DRAFT)
    list(drafts.select_for_update().values_list("pk"))  # locked in the same order as by sending: appeal, then denials
    denials = list(Denial.objects.select_for_update().open().filter(claim_id=claim_id).order_by("pk"))
    _refuse(claim, denials, denial_id, fixes)
    try:
        new = replace_claim(claim_id=claim_id, actor=actor, now=now, fixes=fixes)
    except (CannotReplace, CannotCorrect) as refusal:
        raise CannotWork(str(refusal)) from refusal
    drafts.update(status=AppealStatus.WITHDRAWN)
    moved = [each for each in denials if can_move(each.status, DenialStatus.CORRECTED)]
    for each in moved:
        each.move_to(DenialStatus.CORRECTED)
        each.first_action_at = each.first_action_at or now
    Denial.objects.bulk_update(moved, ["status", "first_action_at"])
    decisions = {each.remit_claim_id for each in moved}
    refresh_work(claim.practice_id, decisions, outcome=f"Corrected by claim {new}", now=now, actor=actor)
    record_events(
        actor=actor,
        now=now,
        events=[
            Event(
                practice_id=claim.practice_id,
                verb="denial.corrected",
                subject_type=DENIAL,
                subject_id=each.pk,
                patient_id=each.patient_id,
                note=f"Replaced by claim {new}",
                detail={"claim": new.pk},
            )
            for each in moved
        ],
    )
    return new


def _refuse(claim: Claim, denials: Sequence[Denial], denial_id: int, fixes: Sequence[Fix]) -> None:
    denial = next((each for each in denials if each.pk == denial_id), None)
    if denial is None:
        raise CannotWork(f"This denial of claim {claim} is closed; nothing is left to correct.")
    if not can_move(denial.status, DenialStatus.CORRECTED):
        word = denial.get_status_display().lower()
        raise CannotWork(f"This denial is {word} already; wait for the payer’s decision.")
    if Appeal.objects.filter(claim=claim, status__in=[AppealStatus.STORED, AppealStatus.SENT]).exists():
        raise CannotWork(f"{claim.payer} has an appeal about claim {claim}. Withdraw it first.")
    if not fixes and not _registration_changed(claim):
        raise CannotWork("Correct something first: the payer would refuse the same claim again.")


def _registration_changed(claim: Claim) -> bool:
    events = AuditEvent.objects.filter(
        practice_id=claim.practice_id,
        patient_id=claim.patient_id,
        subject_type__in=REGISTRATION,
        at__gt=claim.submitted_at or claim.created_at,
    )
    return events.exclude(verb__endswith=".viewed").exists()

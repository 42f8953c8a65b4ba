"""What an audit that found codes wrong does to the visit: back to its coder, or to billing."""

from datetime import datetime, timedelta

from coding.domain.status import CaseStatus, can_move
from coding.models import CodingAudit, CodingCase
from compliance.models import User
from compliance.operations import record_event
from encounters.queries import first_payer_names
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, give_items, open_items

CASE = "coding.codingcase"
VISIT = "encounters.encounter"
CORRECT_WITHIN_DAYS = 3  # house rule


def send_back(*, audit: CodingAudit, actor: User, now: datetime) -> None:
    """Reopen a case that is not billed for its coder; for a billed one open work to correct its claim.

    In the caller's transaction.
    """
    case = CodingCase.objects.select_for_update().get(pk=audit.case_id)
    if not can_move(case.status, CaseStatus.OPEN):
        open_items(items=[_item(audit, Kind.CLAIM_CODED_WRONG, VISIT, case.encounter_id, now)], now=now)
        return
    case.status, case.finalized_at = CaseStatus.OPEN, None
    case.save(update_fields=["status", "finalized_at"])
    open_items(items=[_item(audit, Kind.CODING_CASE, CASE, case.pk, now)], now=now)
    give_items(
        practice_id=case.practice_id,
        kind=Kind.CODING_CASE,
        subject_type=CASE,
        subject_id=case.pk,
        to=audit.coder,
    )
    record_event(
        actor=actor,
        now=now,
        verb="case.reopened",
        subject=case,
        patient_id=audit.case.encounter.patient_id,
        note="An audit found other codes",
    )


def _item(audit: CodingAudit, kind: Kind, subject_type: str, subject_id: int, now: datetime) -> NewItem:
    visit = audit.case.encounter
    billed = kind is Kind.CLAIM_CODED_WRONG
    return NewItem(
        practice_id=audit.practice_id,
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        reason="An audit found other codes",
        next_step="Correct and replace the claim" if billed else "Correct the codes",
        category="Coding audit" if billed else visit.provider.specialty,
        clock_date=now.date() + timedelta(days=CORRECT_WITHIN_DAYS),
        patient_id=visit.patient_id,
        patient_name=str(visit.patient),
        payer_name=first_payer_names([visit.patient_id]).get(visit.patient_id, ""),
        service_date=visit.service_date,
    )

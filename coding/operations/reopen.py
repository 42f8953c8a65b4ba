"""Taking back a finish before anything was built on it."""

from datetime import datetime

from django.db import transaction

from coding.domain.status import CaseStatus, can_move
from coding.domain.suggestions import Decision
from coding.models import CodingCase, Suggestion
from coding.operations.outcome import CannotCode
from coding.queries import CODING_WORK
from compliance.models import User
from compliance.operations import record_event
from worklist.operations import reopen_items


@transaction.atomic
def reopen_case(*, case_id: int, actor: User, now: datetime) -> CodingCase:
    """Put a case back as it stood before its coder finished it: codes open, proposals undecided, work in the queue.

    A question to a provider that finishing withdrew stays withdrawn. Raises CannotCode, in words, for another person's
    finish and once it is too late.
    """
    case = CodingCase.objects.select_for_update(of=("self",)).select_related("encounter", "coder").get(pk=case_id)
    if refusal := why_not_reopened(case, actor):
        raise CannotCode(refusal)
    finished = case.finalized_at
    Suggestion.objects.filter(
        case=case, decision=Decision.ACCEPTED, decided_by=actor, decided_at=finished, withheld=False
    ).update(decision=Decision.PROPOSED, decided_by=None, decided_at=None)
    case.status, case.finalized_at = CaseStatus.OPEN, None
    case.save(update_fields=["status", "finalized_at"])
    reopen_items(
        practice_id=case.practice_id,
        kinds=CODING_WORK,
        subject_type="coding.codingcase",
        subject_id=case.pk,
        closed_at=finished,
        to=actor,
    )
    record_event(
        actor=actor,
        now=now,
        verb="case.reopened",
        subject=case,
        patient_id=case.encounter.patient_id,
        note="Finished by mistake",
    )
    return case


def why_not_reopened(case: CodingCase, actor: User) -> str:
    """Why this person cannot take the finish of a case back, in one sentence; empty when they can."""
    if case.status == CaseStatus.BILLED:
        return "Too late: the claim is built from these codes. Correct the claim instead."
    if not can_move(case.status, CaseStatus.OPEN):
        return "This case is open already."
    if case.coder_id != actor.pk:
        return f"Only {case.coder or 'whoever finished it'} can take this finish back."
    if case.drawn_at:
        return "Too late: this finish went into the draw of coding audits."
    return ""

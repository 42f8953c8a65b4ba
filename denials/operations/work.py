"""Work about denials and appeals, with what the queue's row shows of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from compliance.models import User
from denials.domain.categories import CATEGORIES, STEPS, Category, Play
from denials.domain.deadline import APPEAL, CORRECT
from denials.domain.status import DenialStatus
from denials.domain.words import brief
from denials.models import Appeal, Denial
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, close_items, open_items

DENIAL, APPEAL_ROW = "denials.denial", "denials.appeal"
DENIAL_KINDS = (Kind.DENIAL_NEW, Kind.DENIAL_APPEAL_DUE)
SHOWN_CLOCK = {APPEAL: "appeal", CORRECT: "correct"}


def open_for_denials(
    denials: Iterable[Denial], *, now: datetime, kind: Kind = Kind.DENIAL_NEW, reason: str = "", next_step: str = ""
) -> None:
    """One item a denial. The rows carry claim, patient and payer. The money is what there is to win back."""
    open_items(items=[denial_item(each, kind=kind, reason=reason, next_step=next_step) for each in denials], now=now)


def denial_item(denial: Denial, *, kind: Kind = Kind.DENIAL_NEW, reason: str = "", next_step: str = "") -> NewItem:
    """A denial as a row of the queue."""
    where = f"Line {denial.line_number}: " if denial.line_number else ""
    words = brief(denial.carc, denial.category)
    if len(where) + len(words) > 40:
        where = ""
    step = "Next level or write off" if denial.status == DenialStatus.UPHELD else STEPS[Play(denial.play)]
    return NewItem(
        practice_id=denial.practice_id,
        kind=kind,
        subject_type=DENIAL,
        subject_id=denial.pk,
        reason=reason or where + words,
        next_step=next_step or step,
        category=CATEGORIES[Category(denial.category)].short,
        state="upheld" if denial.status == DenialStatus.UPHELD else "denied",
        amount=denial.expected_amount,
        clock_date=denial.deadline,
        clock_kind=SHOWN_CLOCK[denial.deadline_kind],
        claim_id=denial.claim_id,
        patient_id=denial.patient_id,
        patient_name=str(denial.patient),
        payer_name=denial.payer.name,
        service_date=denial.claim.service_from,
    )


def close_for_denials(
    practice_id: int, ids: Sequence[int], *, outcome: str, now: datetime, actor: User | None = None
) -> None:
    """Whatever is open about these denials is done."""
    close_items(
        practice_id=practice_id,
        kinds=DENIAL_KINDS,
        subject_type=DENIAL,
        subject_ids=ids,
        outcome=outcome,
        now=now,
        actor=actor,
    )


def open_for_silence(appeals: Iterable[Appeal], *, now: datetime) -> None:
    """Appeals whose payer let its time pass. The rows carry claim, patient and payer."""
    open_items(
        items=[
            NewItem(
                practice_id=each.practice_id,
                kind=Kind.DENIAL_NO_ANSWER,
                subject_type=APPEAL_ROW,
                subject_id=each.pk,
                reason=f"No answer to the appeal of {each.sent_at:%m/%d/%y}",
                next_step="Ask the payer",
                category="Appeal",
                amount=each.amount,
                clock_date=each.answer_due,
                claim_id=each.claim_id,
                patient_id=each.claim.patient_id,
                patient_name=str(each.claim.patient),
                payer_name=each.payer.name,
                service_date=each.claim.service_from,
            )
            for each in appeals
        ],
        now=now,
    )


def close_for_appeals(
    practice_id: int, ids: Sequence[int], *, outcome: str, now: datetime, actor: User | None = None
) -> None:
    """The payer answered, or the appeal was withdrawn."""
    close_items(
        practice_id=practice_id,
        kinds=(Kind.DENIAL_NO_ANSWER,),
        subject_type=APPEAL_ROW,
        subject_ids=ids,
        outcome=outcome,
        now=now,
        actor=actor,
    )

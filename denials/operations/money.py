"""Ending a denial without the payer: the amount is given up, or becomes the patient's."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from claims.models import Claim
from claims.operations.balance import CannotAdjust, move_to_patient, write_off
from compliance.models import User
from compliance.operations import record_event
from denials.domain.status import AppealStatus, DenialStatus, can_move
from denials.models import Appeal, Denial
from denials.operations.refusals import CannotWork
from denials.operations.work import refresh_work
from worklist.models import WorkNote
from worklist.operations import add_note

FREE_LIMIT = Decimal("250.00")  # dollars that a specialist may give up without a supervisor
CONTRACT = "CO"
ZERO = Decimal("0.00")


@transaction.atomic
def write_off_denial(*, denial_id: int, reason: str, actor: User, now: datetime, may_write_off: bool = False) -> Denial:
    """Give up what is open on the denied line. More than $250 needs someone who may write off. Raises CannotWork."""
    return write_off_denials(denial_ids=[denial_id], reason=reason, actor=actor, now=now, may_write_off=may_write_off)[
        0
    ]


@transaction.atomic
def write_off_denials(
    *, denial_ids: Sequence[int], reason: str, actor: User, now: datetime, may_write_off: bool = False
) -> list[Denial]:
    """Give up what is open on denied lines of one claim, on all of them or on none.

    More than $250 together needs someone who may write off. Raises CannotWork.
    """
    ended, total = [], ZERO
    for pk in denial_ids:
        denial = _locked(pk, DenialStatus.WRITTEN_OFF, reason)
        amount = _open_amount(denial)
        total += amount
        if total > FREE_LIMIT and not may_write_off:
            raise CannotWork(f"Giving up more than ${FREE_LIMIT:,.0f} needs a supervisor; ask one to write this off.")
        ended.append(_end(denial, DenialStatus.WRITTEN_OFF, write_off, amount, reason, actor, now))
    _bring_work_up(ended, f"Written off: {reason.strip()}", actor, now)
    return ended


@transaction.atomic
def bill_patient(*, denial_id: int, reason: str, actor: User, now: datetime) -> Denial:
    """Move what is open on the denied line to the patient. Raises CannotWork, also when the contract forbids it."""
    return bill_patient_for(denial_ids=[denial_id], reason=reason, actor=actor, now=now)[0]


@transaction.atomic
def bill_patient_for(*, denial_ids: Sequence[int], reason: str, actor: User, now: datetime) -> list[Denial]:
    """Move what is open on denied lines of one claim to the patient, on all of them or on none. Raises CannotWork."""
    ended = []
    for pk in denial_ids:
        denial = _locked(pk, DenialStatus.PATIENT, reason)
        if denial.group == CONTRACT:
            raise CannotWork(
                f"{denial.payer} refused this as {denial}: under the contract the patient may not be billed."
            )
        amount = _open_amount(denial)
        ended.append(_end(denial, DenialStatus.PATIENT, move_to_patient, amount, reason, actor, now))
    _bring_work_up(ended, f"Moved to the patient: {reason.strip()}", actor, now)
    return ended


def _bring_work_up(ended: Sequence[Denial], outcome: str, actor: User, now: datetime) -> None:
    if not ended:
        raise CannotWork("Choose at least one line.")
    decisions = {each.remit_claim_id for each in ended}
    refresh_work(ended[0].practice_id, decisions, outcome=outcome, now=now, actor=actor)


def _locked(denial_id: int, to: DenialStatus, reason: str) -> Denial:
    claim_id = Denial.objects.values_list("claim_id", flat=True).get(pk=denial_id)
    Claim.objects.select_for_update().get(pk=claim_id)
    rows = Denial.objects.select_for_update(of=("self",)).select_related("claim", "claim_line", "payer")
    denial = rows.get(pk=denial_id)
    if not reason.strip():
        raise CannotWork("Say why in a few words.")
    if denial.closed_at is not None or not can_move(denial.status, to):
        raise CannotWork(f"This denial is {denial.get_status_display().lower()}; nothing can be moved on it now.")
    under_way = [AppealStatus.STORED, AppealStatus.SENT]
    if Appeal.objects.filter(appealed__denial=denial, status__in=under_way).exists():
        raise CannotWork(f"{denial.payer} has an appeal about this denial. Withdraw it first.")
    return denial


def _open_amount(denial: Denial) -> Decimal:
    """Dollars of the denial that are still open: never more than the line, or the claim, has left."""
    claim, line = denial.claim, denial.claim_line
    left: Decimal = claim.balance_amount
    if line is not None:
        settled = line.contractual_amount + line.paid_amount + line.patient_amount + line.written_off_amount
        left = min(left, line.charge_amount - settled)
    amount: Decimal = denial.amount
    return max(min(amount, left), ZERO)


def _end(
    denial: Denial,
    to: DenialStatus,
    settle: Callable[..., Claim],
    amount: Decimal,
    reason: str,
    actor: User,
    now: datetime,
) -> Denial:
    reason = reason.strip()
    if amount:
        try:
            settle(
                claim_id=denial.claim_id,
                line_number=denial.line_number or None,
                amount=amount,
                reason=reason,
                actor=actor,
                now=now,
            )
        except CannotAdjust as refusal:
            raise CannotWork(str(refusal)) from refusal
    denial.move_to(to)
    denial.closed_at, denial.first_action_at = now, denial.first_action_at or now
    denial.save(update_fields=["status", "closed_at", "first_action_at"])
    record_event(
        actor=actor,
        now=now,
        verb=f"denial.{to.value}",
        subject=denial,
        note=reason,
        detail={"amount": str(amount)},
    )
    return denial


@transaction.atomic
def note_denial(*, denial_id: int, text: str, actor: User, now: datetime) -> WorkNote:
    """Put a note on a denial. Raises CannotWork for an empty one."""
    denial = Denial.objects.only("pk", "practice_id").get(pk=denial_id)
    if not text.strip():
        raise CannotWork("A note needs some words.")
    return add_note(
        practice_id=denial.practice_id,
        subject_type="denials.denial",
        subject_id=denial.pk,
        text=text.strip(),
        actor=actor,
        now=now,
    )

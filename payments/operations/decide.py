"""What a poster decides: whose payment it is, what posts nothing, what a payer's adjustment was for."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from compliance.models import User
from compliance.operations import record_event
from ledger.operations import post_entries
from payments.domain.expected import expected_payment
from payments.domain.match import OurClaim, match_lines
from payments.domain.posting import REVERSAL, Outcome
from payments.domain.provider_money import aside_entry
from payments.domain.rows import adjustments_of, stored_sent_line
from payments.domain.split import sequestered
from payments.domain.status import RemitClaimStatus, RemitStatus, can_move
from payments.models import AdjustmentStatus, ProviderAdjustment, Remit, RemitClaim, RemitLine
from payments.operations import work
from payments.operations.post import (
    lock_posting,
    post_adjustments,
    post_remit_claims,
    post_remit_money,
    settle_remits,
)
from payments.queries import matching

NOT_BALANCED = "This does not balance, so nothing of it can post. Ask the payer to correct it, or set it aside."
BROKEN_KINDS = ("unbalanced", "unreadable", "unknown_code", "status")


class CannotPost(Exception):
    """A poster's decision that can't be carried out; the text is one sentence for that person."""


class CannotPostHere(CannotPost):
    """The claim named does not exist in this practice, or can't take the payment."""


class CannotPostDecided(CannotPost):
    """Somebody decided before."""


class CannotPostUnbalanced(CannotPost):
    """The file or claim does not balance or can't be read."""


@transaction.atomic
def match_claim(*, remit_claim_id: int, claim_id: int, actor: User, now: datetime) -> RemitClaim:
    """Post a waiting claim of a remittance on the claim that a person names.

    Lines that the claim doesn't have post on the claim as a whole: the person has seen them. Raises CannotPost with
    the reason when it was decided before, does not balance, or the claim can't take it.
    """
    row = _waiting(remit_claim_id)
    if row.remit.status not in (RemitStatus.READY, RemitStatus.EXCEPTIONS) or row.problem_kind in BROKEN_KINDS:
        raise CannotPostUnbalanced(NOT_BALANCED)
    ours = matching.one_claim(row.practice_id, claim_id)
    if ours is None:
        raise CannotPostHere("There is no such claim in this practice.")
    withheld = _lay_lines(row, ours)
    prices = matching.contract_prices([ours.contract_id], [line.code for line in ours.lines])
    row.claim_id, row.status, row.decided_by = ours.id, RemitClaimStatus.READY, actor
    if row.status_code != REVERSAL:
        price_list = prices.get(ours.contract_id or 0, {})
        row.expected_amount = expected_payment(ours.lines, price_list, patient=row.patient_amount, withheld=withheld)
    row.save(update_fields=["claim_id", "status", "decided_by", "expected_amount"])
    record_event(
        actor=actor,
        now=now,
        verb="remit.claim_matched",
        subject=row,
        patient_id=ours.patient_id,
        detail={"claim": ours.number, "sent": row.claim_number},
    )
    (outcome,) = _post_one(row, actor, now)
    if outcome.problem:
        raise CannotPostHere(f"{outcome.problem}.")
    work.close_for_claim(row, outcome=f"Matched to {ours.number}", now=now, actor=actor)
    row.refresh_from_db()
    return row


def _post_one(row: RemitClaim, actor: User, now: datetime) -> list[Outcome]:
    if row.remit.money_posted_at is None:
        post_remit_money(practice_id=row.practice_id, ids=[row.remit_id], now=now, actor=actor)
    return post_remit_claims(practice_id=row.practice_id, ids=[row.pk], now=now, actor=actor, by_person=True)


def _lay_lines(row: RemitClaim, ours: OurClaim) -> Decimal:
    """Tie the lines to the claim's as far as they match; gives what was sequestered."""
    lines = list(RemitLine.objects.filter(remit_claim=row).order_by("position"))
    found = match_lines([stored_sent_line(vars(line)) for line in lines], ours.lines, ours.number)
    for line, match in zip(lines, found, strict=True):
        line.claim_line_id = match.id if match else None
    RemitLine.objects.bulk_update(lines, ["claim_line"])
    stored = [*row.adjustments, *(each for line in lines for each in line.adjustments)]
    return sequestered(adjustments_of(stored))


def _lock(rows: QuerySet[Any]) -> None:
    """The posting lock before any row's: the stage takes them in this order too."""
    for practice_id in rows.values_list("practice_id", flat=True):
        lock_posting(practice_id, wait=True)


def _waiting(remit_claim_id: int) -> RemitClaim:
    _lock(RemitClaim.objects.filter(pk=remit_claim_id))
    row = (
        RemitClaim.objects.select_for_update(of=("self",))
        .select_related("remit", "suggestion")
        .filter(pk=remit_claim_id)
        .first()
    )
    if row is None:
        raise CannotPostHere("There is no such payment in this practice.")
    if not can_move(row.status, RemitClaimStatus.SET_ASIDE):
        raise CannotPostDecided(f"This was decided before: it is {row.get_status_display().lower()}.")
    return row


@transaction.atomic
def set_aside(*, remit_claim_id: int, reason: str, actor: User, now: datetime) -> RemitClaim:
    """Decide that a waiting claim posts on no claim of ours. Money that came with it waits as unapplied.

    Raises CannotPost when it was decided before or no reason is given.
    """
    row = _waiting(remit_claim_id)
    if not reason.strip():
        raise CannotPost("Say why this posts nothing.")
    if row.remit.status == RemitStatus.UNBALANCED:
        raise CannotPostUnbalanced(NOT_BALANCED)
    remit = row.remit
    entry = aside_entry(
        source=f"{remit.source_prefix}{row.position}",
        on=remit.paid_date,
        trace=remit.trace_number,
        paid=row.paid_amount,
        reason=f"Set aside: {reason}",
    )
    if entry:
        post_entries(practice_id=row.practice_id, entries=[entry], actor=actor, now=now)
    row.status, row.decided_by, row.posted_at = RemitClaimStatus.SET_ASIDE, actor, now
    row.save(update_fields=["status", "decided_by", "posted_at"])
    record_event(actor=actor, now=now, verb="remit.claim_set_aside", subject=row, note=reason)
    work.close_for_claim(row, outcome=f"Set aside: {reason}", now=now, actor=actor)
    settle_remits(row.practice_id, [remit.pk], now=now, actor=actor, verb="remit.decided")
    return row


@transaction.atomic
def accept_provider_adjustment(
    *, adjustment_id: int, claim_id: int | None, note: str, actor: User, now: datetime
) -> ProviderAdjustment:
    """Post a PLB that named no claim: on the claim a person names, or (None) as a provider adjustment.

    Raises CannotPost when it was decided before, the claim is unknown, or the remittance does not balance.
    """
    _lock(ProviderAdjustment.objects.filter(pk=adjustment_id))
    row = (
        ProviderAdjustment.objects.select_for_update(of=("self",))
        .select_related("remit")
        .filter(pk=adjustment_id)
        .first()
    )
    if row is None:
        raise CannotPostHere("There is no such adjustment in this practice.")
    if row.status != AdjustmentStatus.EXCEPTION:
        raise CannotPostDecided("This was decided before.")
    if row.remit.status not in (RemitStatus.READY, RemitStatus.EXCEPTIONS):
        raise CannotPostUnbalanced(NOT_BALANCED)
    ours = matching.one_claim(row.practice_id, claim_id) if claim_id else None
    if claim_id and ours is None:
        raise CannotPostHere("There is no such claim in this practice.")
    row.claim_id = ours.id if ours else None
    row.save(update_fields=["claim_id"])
    post_adjustments(row.practice_id, [row], now=now, actor=actor)
    what = f"Belongs to {ours.number}" if ours else "Accepted as provider adjustment"
    record_event(
        actor=actor,
        now=now,
        verb="remit.adjustment_accepted",
        subject=row,
        patient_id=ours.patient_id if ours else None,
        note=note,
        detail={"claim": ours.number if ours else ""},
    )
    work.close_for_adjustment(row, outcome=what, now=now, actor=actor)
    settle_remits(row.practice_id, [row.remit_id], now=now, actor=actor, verb="remit.decided")
    row.refresh_from_db()
    return row


@transaction.atomic
def post_clean(*, remit_id: int, actor: User, now: datetime) -> Remit:
    """Post every ready claim of a remittance now instead of waiting for the pipeline. Raises CannotPost."""
    _lock(Remit.objects.filter(pk=remit_id))
    remit = Remit.objects.select_for_update().filter(pk=remit_id).first()
    if remit is None:
        raise CannotPostHere("There is no such remittance in this practice.")
    if remit.status == RemitStatus.UNBALANCED:
        raise CannotPostUnbalanced("This remittance does not balance, so nothing of it can post.")
    ready = RemitClaim.objects.filter(remit=remit, status=RemitClaimStatus.READY).order_by("pk")
    ids = list(ready.values_list("pk", flat=True))
    if not ids or remit.status == RemitStatus.REPEAT:
        raise CannotPostDecided("Nothing in this remittance is ready to post.")
    post_remit_money(practice_id=remit.practice_id, ids=[remit.pk], now=now, actor=actor)
    for start in range(0, len(ids), 1000):
        post_remit_claims(practice_id=remit.practice_id, ids=ids[start : start + 1000], now=now, actor=actor)
    record_event(actor=actor, now=now, verb="remit.posted_by_hand", subject=remit, detail={"claims": len(ids)})
    remit.refresh_from_db()
    return remit

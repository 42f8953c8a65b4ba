"""Asking payers what became of our claims, and noticing those that say nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from django.db import transaction

from claims.domain.answers_277 import FOLLOW_UP_DAYS, REMITTANCE_DAYS
from claims.domain.facts import PersonFacts
from claims.domain.inquiry_276 import Asker, Question, questions_to
from claims.domain.status import WITH_PAYER
from claims.models import Batch, Claim, StatusInquiry
from claims.operations.batch import INTERCHANGE
from claims.operations.control_numbers import next_numbers
from claims.operations.history import Happened, record
from claims.operations.work import claim_item
from claims.queries.outbound import finalized_without_money, next_poll, silent_claims
from compliance.models import Practice, User
from compliance.operations import Event, record_events
from edi.status_276 import write_inquiries
from worklist.domain.kinds import Kind
from worklist.nudge import nudge
from worklist.operations import NewItem, open_items

TRACE = "trace"  # series of TRN02


class CannotAsk(Exception):
    """The payer does not have the claim, or has decided it."""


@transaction.atomic
def ask_status(*, claim_id: int, actor: User, now: datetime) -> Claim:
    """Ask the payer about a claim at once, not at its next usual day. Raises CannotAsk."""
    claim = Claim.objects.select_for_update().get(pk=claim_id)
    if claim.status not in WITH_PAYER:
        raise CannotAsk(f"Claim {claim} is {claim.get_status_display().lower()}: the payer has nothing to answer.")
    claim.poll_due_at = now
    claim.save(update_fields=["poll_due_at"])
    says = f"{actor} asked for the status."
    record(actor=actor, now=now, happenings=[Happened(claim=claim, verb="claim.status_asked", says=says, tone="you")])
    nudge("poll_claim_status")
    return claim


@transaction.atomic
def store_inquiries(*, practice_id: int, claim_ids: Sequence[int], now: datetime) -> list[Batch]:
    """Write one 276 for each payer of these claims and keep it, in a fixed number of statements.

    The next inquiry is due at each payer's rhythm.
    """
    claims = list(
        Claim.objects.in_state(*WITH_PAYER)
        .filter(practice_id=practice_id, pk__in=list(claim_ids))
        .select_related("patient", "payer", "coverage")
        .order_by("payer_id", "pk")
    )
    if not claims:
        return []
    traces = next_numbers(practice_id, TRACE, len(claims))
    questions = {claim.pk: _question(claim, f"{trace:09d}") for claim, trace in zip(claims, traces, strict=True)}
    batches = _written(practice_id, claims, questions, now)
    Batch.objects.bulk_create(batches.values())
    StatusInquiry.objects.bulk_create(
        StatusInquiry(
            practice_id=practice_id,
            claim=claim,
            batch=batches[claim.payer_id],
            trace=questions[claim.pk].trace,
            asked_at=now,
        )
        for claim in claims
    )
    Claim.objects.filter(practice_id=practice_id, pk__in=list(questions)).update(poll_due_at=next_poll(now))
    record_events(actor=None, now=now, events=[_stored(batch) for batch in batches.values()])
    return list(batches.values())


def _written(
    practice_id: int, claims: Sequence[Claim], questions: Mapping[int, Question], now: datetime
) -> dict[int, Batch]:
    """One interchange for each payer, by the payer's key."""
    asker = _asker(Practice.objects.get(pk=practice_id))
    payers = {claim.payer_id: claim.payer for claim in claims}
    batches = {}
    for control, payer in zip(next_numbers(practice_id, INTERCHANGE, len(payers)), payers.values(), strict=True):
        own = [claim for claim in claims if claim.payer_id == payer.pk]
        asked = questions_to(
            payer_id=payer.payer_id,
            payer_name=payer.name,
            asker=asker,
            questions=tuple(questions[claim.pk] for claim in own),
            control_number=control,
            at=now,
        )
        batches[payer.pk] = _batch(practice_id, control, write_inquiries(asked), own, now)
    return batches


def _stored(batch: Batch) -> Event:
    return Event(
        practice_id=batch.practice_id,
        verb="batch.stored",
        subject_type="claims.batch",
        subject_id=batch.pk,
        detail={"questions": batch.claim_count, "control_number": batch.control_number},
    )


def _batch(practice_id: int, control: int, content: bytes, claims: Sequence[Claim], now: datetime) -> Batch:
    return Batch(
        practice_id=practice_id,
        kind="276",
        control_number=control,
        content=content,
        sha256=sha256(content).hexdigest(),
        claim_count=len(claims),
        charge_amount=sum((claim.charge_amount for claim in claims), Decimal("0.00")),
        stored_at=now,
    )


def _asker(practice: Practice) -> Asker:
    return Asker(
        name=practice.name,
        npi=practice.npi,
        submitter_id=practice.submitter_id,
        clearinghouse_id=practice.clearinghouse_id,
    )


def _question(claim: Claim, trace: str) -> Question:
    patient, coverage = claim.patient, claim.coverage
    person = PersonFacts(
        last_name=patient.last_name,
        first_name=patient.first_name,
        middle_name=patient.middle_name,
        birth_date=patient.birth_date,
        sex=patient.sex,
    )
    subscriber = PersonFacts(last_name=coverage.subscriber_last_name, first_name=coverage.subscriber_first_name)
    return Question(
        claim_id=claim.pk,
        trace=trace,
        claim_number=claim.number,
        payer_control_number=claim.payer_control_number,
        charge=claim.charge_amount,
        service_from=claim.service_from,
        service_to=claim.service_to,
        relationship=coverage.relationship,
        member_id=coverage.member_id,
        subscriber=person if coverage.relationship == "18" else subscriber,
        patient=person,
    )


@transaction.atomic
def notice_silence(*, practice_id: int, now: datetime) -> int:
    """Open work for claims whose payer is late with a decision, or with the money it spoke of; returns how many."""
    late = finalized_without_money(practice_id, now, timedelta(days=REMITTANCE_DAYS))
    unpaid = list(late.select_related("patient", "payer"))
    known = {claim.pk for claim in unpaid}
    silent = silent_claims(practice_id, now).select_related("patient", "payer")
    items = [
        *(_item(claim, "Decided, no remittance yet", "Ask for the remittance", now) for claim in unpaid),
        *(_item(claim, _silence(claim, now), "Ask status", now) for claim in silent if claim.pk not in known),
    ]
    open_items(items=items, now=now)
    return len(items)


def _silence(claim: Claim, now: datetime) -> str:
    since = claim.accepted_at or claim.submitted_at
    waited = f"{(now - since).days} days" if since else "a long time"
    return f"Accepted, no decision in {waited}" if claim.accepted_at else f"Sent, no answer in {waited}"


def _item(claim: Claim, reason: str, next_step: str, now: datetime) -> NewItem:
    return claim_item(
        claim,
        kind=Kind.CLAIM_NO_RESPONSE,
        reason=reason,
        next_step=next_step,
        category="No answer",
        clock_date=(now + timedelta(days=FOLLOW_UP_DAYS)).date(),
    )

"""Ready claims become one stored interchange: its bytes are kept before anything leaves."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce

from claims.domain.facts import ClaimFacts
from claims.domain.outbound_837p import SET_NUMBER, batch_of, claim_of, missing_from
from claims.domain.status import ClaimStatus
from claims.models import Batch, Claim, ClaimEvent, ClaimFinding, Submission
from claims.operations.control_numbers import next_numbers
from claims.operations.history import Happened, record
from claims.operations.work import claim_item
from claims.queries.facts import claim_facts
from claims.queries.outbound import next_poll
from coding.domain.edits.findings import Family, Severity
from compliance.operations import Event, record_events
from edi.claim_837p import Claim as ClaimX12
from edi.claim_837p import WrittenBatch, write_claims
from edi.errors import X12Error
from worklist.domain.kinds import Kind
from worklist.operations import close_items, open_items

INTERCHANGE = "interchange"  # series of ISA13
CANNOT_WRITE = "OUT01"


@transaction.atomic
def store_batch(*, practice_id: int, claim_ids: Sequence[int], now: datetime) -> Batch | None:
    """Write these ready claims into one 837P and keep it, in a fixed number of statements for any number of them.

    A claim that can't be written goes back on hold with its reason; None when no claim is left to send.
    """
    facts = [f for _, f in sorted(claim_facts(practice_id, claim_ids, now).items())]
    ready = [f for f in facts if f.status == ClaimStatus.READY]
    if not ready:
        return None
    control_number = next_numbers(practice_id, INTERCHANGE, 1)[0]
    written, refused = _written(ready, control_number, now)
    if refused:
        _hold(practice_id, refused, now)
    if written is None:
        return None
    sent = {f.number: f for f in ready if f.number in written.claims}
    batch = _keep(practice_id, control_number, written, sent, now)
    _record(practice_id, batch, written, sent, now)
    return batch


def _written(
    ready: Sequence[ClaimFacts], control_number: int, now: datetime
) -> tuple[WrittenBatch | None, dict[int, str]]:
    """The interchange, and the claims that can't be in it with the reason. Claims are tried alone only when need be."""
    refused = {f.id: f"It lacks {', '.join(missing)}." for f in ready if (missing := missing_from(f))}
    claims = {f.id: claim_of(f) for f in ready if f.id not in refused}

    def write(these: Collection[ClaimX12]) -> WrittenBatch | None:
        return write_claims(batch_of(tuple(these), ready[0].practice, control_number, now)) if these else None

    try:
        return write(claims.values()), refused
    except X12Error:
        pass
    for pk, claim in list(claims.items()):
        try:
            write([claim])
        except X12Error as error:
            refused[pk] = error.says
            del claims[pk]
    return write(claims.values()), refused


def _keep(
    practice_id: int, control_number: int, written: WrittenBatch, sent: Mapping[str, ClaimFacts], now: datetime
) -> Batch:
    batch = Batch.objects.create(
        practice_id=practice_id,
        kind="837P",
        control_number=control_number,
        content=written.content,
        sha256=sha256(written.content).hexdigest(),
        claim_count=len(sent),
        charge_amount=sum((f.charge_amount for f in sent.values()), Decimal("0.00")),
        stored_at=now,
    )
    Submission.objects.bulk_create(
        Submission(
            practice_id=practice_id,
            claim_id=sent[number].id,
            batch=batch,
            set_control=SET_NUMBER,
            position=position,
            content=written.contexts[number] + text,
            charge_amount=sent[number].charge_amount,
            created_at=now,
        )
        for position, (number, text) in enumerate(written.claims.items(), 1)
    )
    return batch


def _record(
    practice_id: int, batch: Batch, written: WrittenBatch, sent: Mapping[str, ClaimFacts], now: datetime
) -> None:
    ids = [f.id for f in sent.values()]
    Claim.objects.filter(practice_id=practice_id, pk__in=ids).move_to(
        ClaimStatus.SUBMITTED,
        now,
        first_submitted_at=Coalesce("first_submitted_at", Value(now, output_field=DateTimeField())),
        submitted_at=now,
        poll_due_at=next_poll(now),
    )
    says = f"Sent in batch {batch.control_number}."
    ClaimEvent.objects.bulk_create(
        ClaimEvent(
            practice_id=practice_id,
            claim_id=sent[number].id,
            at=now,
            tone="move",
            says=says,
            raw_kind="837P",
            raw=text,
        )
        for number, text in written.claims.items()
    )
    stored = Event(
        practice_id=practice_id,
        verb="batch.stored",
        subject_type="claims.batch",
        subject_id=batch.pk,
        detail={"claims": len(ids), "control_number": batch.control_number, "sha256": batch.sha256},
    )
    submitted = (
        Event(
            practice_id=practice_id,
            verb="claim.submitted",
            subject_type="claims.claim",
            subject_id=f.id,
            patient_id=f.patient_id,
            detail={"batch": batch.control_number},
        )
        for f in sent.values()
    )
    record_events(actor=None, now=now, events=[stored, *submitted])
    close_items(
        practice_id=practice_id,
        kinds=[Kind.CLAIM_HELD, Kind.CLAIM_REJECTED],
        subject_type="claims.claim",
        subject_ids=ids,
        outcome=says.rstrip("."),
        now=now,
    )


def _hold(practice_id: int, refused: Mapping[int, str], now: datetime) -> None:
    """Put claims that X12 can't carry back on hold, each with its reason."""
    claims = Claim.objects.filter(practice_id=practice_id, pk__in=list(refused)).select_related("patient", "payer")
    rows = list(claims)
    claims.move_to(ClaimStatus.HELD, now)
    ClaimFinding.objects.bulk_create(
        ClaimFinding(
            practice_id=practice_id,
            claim=claim,
            code=CANNOT_WRITE,
            family=Family.PERSON.value,
            severity=Severity.STOP.value,
            at="claim",
            says=f"The claim can’t be written as an 837P. {refused[claim.pk]}"[:240],
            fix_label="Complete the claim",
            found_at=now,
        )
        for claim in rows
    )
    open_items(
        items=[
            claim_item(
                claim,
                kind=Kind.CLAIM_HELD,
                reason=f"Can’t be sent. {refused[claim.pk]}",
                next_step="Complete the claim",
                category=Family.PERSON.value,
            )
            for claim in rows
        ],
        now=now,
    )
    record(
        actor=None,
        now=now,
        happenings=[
            Happened(
                claim=claim,
                verb="claim.held",
                says=f"Held: it can’t be written as an 837P. {refused[claim.pk]}",
                tone="stop",
                detail={"edits": [CANNOT_WRITE]},
            )
            for claim in rows
        ],
    )

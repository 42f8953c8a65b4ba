"""What of ours a file from outside talks about, locked and ready to be decided on."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import takewhile

from claims.domain.answers import Asked, BatchStanding, ClaimStanding, Sent, Standing
from claims.models import Batch, Claim, ClaimQuerySet, InboundFile, InboundStatus, StatusInquiry, Submission

KINDS = ("TA1", "999", "277CA", "277")


def oldest_answers(practice_id: int, limit: int, skip: Collection[int]) -> list[int]:
    """Lock the first files that nobody has read, up to one that another worker reads: answers keep their order."""
    waiting = InboundFile.objects.filter(practice_id=practice_id, kind__in=KINDS, status=InboundStatus.NEW)
    first = list(waiting.exclude(pk__in=skip).order_by("pk").values_list("pk", flat=True)[:limit])
    locked = waiting.filter(pk__in=first).select_for_update(skip_locked=True)
    free = set(locked.values_list("pk", flat=True)) if first else set()
    return list(takewhile(free.__contains__, first))


def standing_of_batches(practice_id: int, controls: Iterable[int], *, with_content: bool = False) -> Standing:
    """The batches with these control numbers, their submissions, and their claims (locked)."""
    batches = _batches(practice_id, controls, with_content)
    claims = Claim.objects.filter(
        practice_id=practice_id,
        pk__in=Submission.objects.filter(batch_id__in=[each.id for each in batches.values()]).values("claim_id"),
    )
    return _standing(practice_id, batches, claims, {})


def standing_of_claims(
    practice_id: int, numbers: Iterable[str], controls: Iterable[int], *, whole_batches: bool
) -> Standing:
    """These claims and batches and, with `whole_batches`, every claim that went out in the batches."""
    batches = _batches(practice_id, controls, with_content=False)
    own = Claim.objects.filter(practice_id=practice_id)
    ids = set(own.filter(number__in=set(numbers)).values_list("pk", flat=True))
    if whole_batches:
        beside = Submission.objects.filter(batch_id__in=[each.id for each in batches.values()])
        ids.update(beside.values_list("claim_id", flat=True))
    return _standing(practice_id, batches, own.filter(pk__in=ids), {})


def standing_of_questions(practice_id: int, traces: Iterable[str], numbers: Iterable[str]) -> Standing:
    """The status inquiries with these traces and their claims, and the claims with these numbers."""
    asked = {
        row.trace: Asked(
            id=row.pk, trace=row.trace, claim_id=row.claim_id, batch_id=row.batch_id, asked_at=row.asked_at
        )
        for row in StatusInquiry.objects.filter(practice_id=practice_id, trace__in=set(traces))
    }
    own = Claim.objects.filter(practice_id=practice_id)
    ids = own.filter(number__in=set(numbers)).values_list("pk", flat=True)
    both = {*ids, *(each.claim_id for each in asked.values())}
    return _standing(practice_id, {}, own.filter(pk__in=both), asked)


def _batches(practice_id: int, controls: Iterable[int], with_content: bool) -> dict[int, BatchStanding]:
    rows = Batch.objects.filter(practice_id=practice_id, control_number__in=set(controls))
    if not with_content:
        rows = rows.defer("content")
    return {
        row.control_number: BatchStanding(
            id=row.pk,
            control_number=row.control_number,
            kind=row.kind,
            status=row.status,
            content=bytes(row.content) if with_content else b"",
        )
        for row in rows
    }


def _standing(
    practice_id: int, batches: dict[int, BatchStanding], claims: ClaimQuerySet, asked: dict[str, Asked]
) -> Standing:
    rows = list(claims.select_related("patient", "payer").order_by("pk").select_for_update(of=("self",)))
    heard = _heard(rows)
    return Standing(
        batches=batches,
        claims={row.pk: _claim(row, heard.get(row.pk, [])) for row in rows},
        sent=_sent([row.pk for row in rows]),
        asked=asked,
    )


def _sent(claim_ids: Collection[int]) -> tuple[Sent, ...]:
    rows = list(
        Submission.objects.filter(claim_id__in=claim_ids)
        .order_by("pk")
        .values_list("pk", "claim_id", "batch_id", "batch__control_number", "set_control")
    )
    last = {row[1]: row[0] for row in rows}
    return tuple(
        Sent(
            id=pk,
            claim_id=claim_id,
            batch_id=batch_id,
            control_number=control,
            set_control=set_control,
            latest=last[claim_id] == pk,
        )
        for pk, claim_id, batch_id, control, set_control in rows
    )


Heard = list[tuple[datetime, str, str]]  # when we asked, category, status code


def _heard(rows: Collection[Claim]) -> dict[int, Heard]:
    answered = StatusInquiry.objects.filter(claim__in=rows, answered_at__isnull=False).order_by("answered_at", "pk")
    found: dict[int, Heard] = {}
    for claim_id, asked_at, category, code in answered.values_list("claim_id", "asked_at", "category", "status_code"):
        found.setdefault(claim_id, []).append((asked_at, category, code))
    return found


def _claim(row: Claim, heard: Heard) -> ClaimStanding:
    since = [each for each in heard if row.submitted_at is None or each[0] >= row.submitted_at]
    return ClaimStanding(
        id=row.pk,
        number=row.number,
        status=row.status,
        frequency=row.frequency,
        payer_identifier=row.payer.payer_id,
        payer_name=row.payer.name,
        payer_control_number=row.payer_control_number,
        patient_id=row.patient_id,
        patient_name=str(row.patient),
        service_from=row.service_from,
        charge_amount=row.charge_amount,
        filing_deadline=row.filing_deadline,
        submitted_at=row.submitted_at,
        last_answer=since[-1][1:] if since else ("", ""),
        finalized=any(category.startswith("F") for _, category, _ in since),
    )

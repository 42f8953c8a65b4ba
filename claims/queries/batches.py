"""Interchanges that we sent: lists with what was answered, and one with everything in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from claims.models import Batch, BatchAnswer, InboundFile, StatusInquiry, Submission
from claims.queries.timeline import segments_of

ANSWERS = ("received", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with the number of its claims (or questions) by answer.

    `received`: the clearinghouse took them. An answered question counts as accepted.
    """

    batch: Batch
    waiting: int
    received: int
    accepted: int
    rejected: int

    @property
    def answered(self) -> int:
        return self.received + self.accepted + self.rejected


@dataclass(frozen=True, slots=True)
class BatchDetail:
    """One batch: who is in it, what came back, and its segments (`more` when the text is longer)."""

    row: BatchRow
    submissions: Sequence[Submission]
    inquiries: Sequence[StatusInquiry]
    answers: Sequence[BatchAnswer]
    segments: Sequence[str]
    more: bool


def batches(kind: str = "", status: str = "") -> QuerySet[Batch]:
    """Batches of the practices in scope, newest first, without their bytes; page it, then `with_counts`."""
    found = Batch.objects.select_related("practice").defer("content").order_by("-stored_at", "-pk")
    if kind:
        found = found.filter(kind=kind)
    return found.filter(status=status) if status else found


def with_counts(page: Iterable[Batch]) -> list[BatchRow]:
    """A page of batches with their counts: two queries for any number of rows."""
    rows = list(page)
    keys = [batch.pk for batch in rows]
    sent = Submission.objects.filter(batch_id__in=keys).order_by().values_list("batch_id", "answer")
    counts = {(batch_id, answer): count for batch_id, answer, count in sent.annotate(count=Count("pk"))}
    answered = StatusInquiry.objects.filter(batch_id__in=keys, answered_at__isnull=False).order_by()
    for batch_id, count in answered.values_list("batch_id").annotate(count=Count("pk")):
        counts[batch_id, "accepted"] = count
    return [_row(batch, [counts.get((batch.pk, answer), 0) for answer in ANSWERS]) for batch in rows]


def _row(batch: Batch, counts: Sequence[int]) -> BatchRow:
    received, accepted, rejected = counts
    waiting = batch.claim_count - sum(counts)
    return BatchRow(batch=batch, waiting=waiting, received=received, accepted=accepted, rejected=rejected)


def batch_detail(batch_id: int) -> BatchDetail | None:
    """Everything about one batch in a fixed number of queries; None when it isn't in scope."""
    batch = Batch.objects.select_related("practice").filter(pk=batch_id).first()
    if batch is None:
        return None
    segments, more = segments_of(bytes(batch.content))
    return BatchDetail(
        row=with_counts([batch])[0],
        submissions=list(
            Submission.objects.filter(batch=batch)
            .select_related("claim__patient", "claim__payer")
            .defer("content")
            .order_by("position")
        ),
        inquiries=list(
            StatusInquiry.objects.filter(batch=batch).select_related("claim__patient", "claim__payer").order_by("pk")
        ),
        answers=list(
            BatchAnswer.objects.filter(batch=batch)
            .select_related("inbound")
            .defer("inbound__content")
            .order_by("at", "pk")
        ),
        segments=segments,
        more=more,
    )


def inbound_files(status: str = "") -> QuerySet[InboundFile]:
    """Files that came, newest first, without their bytes."""
    found = InboundFile.objects.select_related("practice").defer("content").order_by("-received_at", "-pk")
    return found.filter(status=status) if status else found

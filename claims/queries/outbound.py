"""What waits to leave: ready claims, stored interchanges, claims to ask about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from claims.domain.status import WITH_PAYER, ClaimStatus
from claims.models import Batch, Claim, ClaimQuerySet, StatusInquiry
from encounters.models import Payer
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

EXTENSIONS = {"837P": "837", "276": "276"}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A stored interchange that has not been handed over yet."""

    id: int
    name: str
    content: bytes


def ready_claims(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    """Lock claims that passed every edit as they are now, oldest first."""
    ready = Claim.objects.in_state(ClaimStatus.READY).filter(practice_id=practice_id, scrubbed_at__isnull=False)
    return _locked(ready.exclude(pk__in=skip).order_by("pk"), limit)


def unsent_batches(practice_id: int) -> list[int]:
    """Interchanges whose hand-over is not recorded, in the order of their numbers."""
    unsent = Batch.objects.filter(practice_id=practice_id, sent_at__isnull=True)
    return list(unsent.order_by("control_number").values_list("pk", flat=True))


def outgoing(batch_id: int) -> Outgoing:
    """The bytes of an interchange and the name they leave under (ISA13)."""
    batch = Batch.objects.only("kind", "control_number", "content").get(pk=batch_id)
    name = f"{batch.control_number:09d}.{EXTENSIONS[batch.kind]}"
    return Outgoing(id=batch_id, name=name, content=bytes(batch.content))


def claims_to_ask(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    """Lock claims that the payer has and whose day of asking has come."""
    due = Claim.objects.in_state(*WITH_PAYER).filter(practice_id=practice_id, poll_due_at__lte=now)
    return _locked(due.exclude(pk__in=skip).order_by("poll_due_at", "pk"), limit)


def silent_claims(practice_id: int, now: datetime) -> ClaimQuerySet:
    """Claims without a decision past the payer's usual days, for which nobody looks or has looked meanwhile."""
    patience = days(F("payer__silence_days"))
    looked = _no_response_items(practice_id).filter(
        Q(closed_at__isnull=True) | Q(closed_at__gt=_before(now, days(OuterRef("payer__silence_days"))))
    )
    return (
        _undecided(practice_id)
        .annotate(waiting_since=Coalesce("accepted_at", "submitted_at"))
        .filter(~Exists(looked), waiting_since__lte=_before(now, patience))
    )


def finalized_without_money(practice_id: int, now: datetime, after: timedelta) -> ClaimQuerySet:
    """Claims that the payer called finalized so long ago that their remittance is missing."""
    told = StatusInquiry.objects.filter(
        claim=OuterRef("pk"),
        category__startswith="F",
        answered_at__lte=now - after,
        asked_at__gte=OuterRef("submitted_at"),
    )
    looked = _no_response_items(practice_id).filter(Q(closed_at__isnull=True) | Q(closed_at__gt=now - after))
    return _undecided(practice_id).filter(Exists(told)).exclude(Exists(looked))


def next_poll(now: datetime) -> Combinable:
    """The day of the next inquiry, at each claim's payer's rhythm: for an update of claims."""
    rhythm = Payer.objects.filter(pk=OuterRef("payer_id")).values("poll_days")
    return ExpressionWrapper(
        Value(now, output_field=DateTimeField()) + days(Subquery(rhythm)), output_field=DateTimeField()
    )


def days(number: Combinable) -> Func:
    """A number of days as an interval."""
    return Func(number, template="make_interval(days => (%(expressions)s)::int)", output_field=DurationField())


def _before(now: datetime, interval: Func) -> "ExpressionWrapper[Combinable]":
    return ExpressionWrapper(Value(now, output_field=DateTimeField()) - interval, output_field=DateTimeField())


def _locked(claims: ClaimQuerySet, limit: int) -> list[int]:
    return list(claims.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:limit])


def _undecided(practice_id: int) -> ClaimQuerySet:
    """Claims that the payer has to decide."""
    return Claim.objects.in_state(*WITH_PAYER).filter(practice_id=practice_id)


def _no_response_items(practice_id: int) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(practice_id=practice_id, claim_id=OuterRef("pk"), kind=Kind.CLAIM_NO_RESPONSE)

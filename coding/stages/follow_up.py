"""Stage: questions that no provider answers are asked again, then brought to the supervisor."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from coding.domain.provider_queries import ask_again_before
from coding.models import ProviderQuery
from coding.operations.provider_queries import ask_again, escalate_late
from worklist.stages import Stage


def _to_ask_again(now: datetime) -> Q:
    return Q(asked_again_at__isnull=True, asked_at__lte=ask_again_before(now))


def _late(now: datetime) -> Q:
    return Q(escalated_at__isnull=True, due_date__lt=now.date())


def _due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    waiting = ProviderQuery.objects.waiting().filter(practice_id=practice_id).exclude(pk__in=skip)
    return list(
        waiting.filter(_to_ask_again(now) | _late(now))
        .order_by("asked_at", "pk")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("pk", flat=True)[:limit]
    )


def _advance(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    rows = ProviderQuery.objects.filter(practice_id=practice_id, pk__in=ids)
    again = list(rows.filter(_to_ask_again(now)).values_list("pk", flat=True))
    late = list(rows.filter(_late(now)).values_list("pk", flat=True))
    if again:
        ask_again(query_ids=again, now=now)
    if late:
        escalate_late(query_ids=late, now=now)


follow_up_queries = Stage(name="follow_up_queries", subject="coding.providerquery", due=_due, advance=_advance)

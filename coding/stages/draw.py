"""Stage: finished cases take part in the draw of the audit sample, each once."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from coding.domain.status import UNDO_FOR
from coding.models import AuditPlan, CodingCase
from coding.operations.audits import draw_sample
from worklist.stages import Stage


def _due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    plan = AuditPlan.objects.filter(practice_id=practice_id).first()
    if plan is None:
        return []
    cases = CodingCase.objects.filter(
        practice_id=practice_id, finalized_at__gte=plan.since, finalized_at__lte=now, drawn_at__isnull=True
    ).exclude(pk__in=skip)
    settled = Q(coder=None) | Q(finalized_at__lte=now - UNDO_FOR)  # nobody can take the finish back any more
    return list(
        cases.filter(settled)
        .order_by("finalized_at", "pk")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("pk", flat=True)[:limit]
    )


def _advance(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    draw_sample(practice_id=practice_id, case_ids=ids, now=now)


draw_audits = Stage(name="draw_audits", subject="coding.codingcase", due=_due, advance=_advance)

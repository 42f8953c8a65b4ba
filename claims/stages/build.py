"""Stage: finalized coding cases become claims."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from claims.operations.build import build_claims as build
from claims.operations.work import VISIT
from coding.domain.status import UNDO_FOR, CaseStatus
from coding.models import CodingCase
from encounters.models import Coverage
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.stages import Stage


def _due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    """Finalized cases; one that waits for coverage is due again once the patient has any.

    What a person finished is left alone for as long as that can be taken back.
    """
    waiting = WorkItem.objects.open().filter(
        practice_id=practice_id,
        kind=Kind.REGISTRATION_ELIGIBILITY,
        subject_type=VISIT,
        subject_id=OuterRef("encounter_id"),
    )
    covered = Coverage.objects.filter(patient=OuterRef("encounter__patient"))
    cases = CodingCase.objects.filter(practice_id=practice_id, status=CaseStatus.FINALIZED).exclude(pk__in=skip)
    settled = Q(coder=None) | Q(finalized_at__lte=now - UNDO_FOR)
    return list(
        cases.filter(settled, ~Exists(waiting) | Exists(covered))
        .order_by("finalized_at", "pk")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("pk", flat=True)[:limit]
    )


def _advance(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    build(practice_id=practice_id, case_ids=ids, now=now)


build_claims = Stage(name="build_claims", subject="coding.codingcase", due=_due, advance=_advance)

"""Stage: deadlines that come near and payers that stay silent are put to a person, each once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F

from denials.domain.deadline import CORRECT
from denials.domain.status import AppealStatus
from denials.models import Appeal, Denial
from denials.operations.deadlines import notice_silence, turn_to_appeal, warn_of_deadlines
from worklist.stages import Chain, Stage

NEAR_DAYS = 14  # DOMAIN section 2


def _too_late_to_correct(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    rows = Denial.objects.to_work().filter(
        practice_id=practice_id, deadline_kind=CORRECT, deadline__lt=now.date(), appeal_deadline__gt=F("deadline")
    )
    locked = rows.exclude(pk__in=skip).order_by("pk").select_for_update(skip_locked=True, of=("self",))
    return list(locked.values_list("pk", flat=True)[:limit])


def _turn(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    turn_to_appeal(practice_id=practice_id, denial_ids=ids, now=now)


def _near(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    rows = Denial.objects.to_work().filter(
        practice_id=practice_id, warned_at__isnull=True, deadline__lte=now.date() + timedelta(days=NEAR_DAYS)
    )
    locked = rows.exclude(pk__in=skip).order_by("pk").select_for_update(skip_locked=True, of=("self",))
    return list(locked.values_list("pk", flat=True)[:limit])


def _silent(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    rows = Appeal.objects.filter(
        practice_id=practice_id, status=AppealStatus.SENT, reminded_at__isnull=True, answer_due__lt=now.date()
    )
    locked = rows.exclude(pk__in=skip).order_by("pk").select_for_update(skip_locked=True, of=("self",))
    return list(locked.values_list("pk", flat=True)[:limit])


def _warn(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    warn_of_deadlines(practice_id=practice_id, denial_ids=ids, now=now)


def _remind(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    notice_silence(practice_id=practice_id, appeal_ids=ids, now=now)


advance_deadlines = Chain(
    name="advance_deadlines",
    parts=(
        Stage(name="advance_deadlines", subject="denials.denial", due=_too_late_to_correct, advance=_turn),
        Stage(name="advance_deadlines", subject="denials.denial", due=_near, advance=_warn),
        Stage(name="advance_deadlines", subject="denials.appeal", due=_silent, advance=_remind),
    ),
)

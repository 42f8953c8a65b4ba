"""Stage: payers' letters are read, one a transaction."""

from collections.abc import Sequence
from datetime import datetime

from claims.models import InboundFile, InboundStatus
from denials.operations.letters import read_letter
from worklist.stages import Stage


def _due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    rows = InboundFile.objects.filter(practice_id=practice_id, kind="letter", status=InboundStatus.NEW)
    locked = rows.exclude(pk__in=skip).order_by("pk").select_for_update(skip_locked=True)
    return list(locked.values_list("pk", flat=True)[:limit])


def _read(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    for file_id in ids:
        read_letter(practice_id=practice_id, file_id=file_id, now=now)


read_decisions = Stage(name="read_decisions", subject="claims.inboundfile", due=_due, advance=_read, chunk=1)

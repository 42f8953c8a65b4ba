"""Every new 835, some files a transaction: a file is stored whole or not at all."""

from collections.abc import Sequence
from datetime import datetime

from claims.models import InboundFile, InboundStatus
from payments.operations.ingest import ingest_file
from worklist.stages import Stage

FILES_A_CHUNK = 20


def _due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> Sequence[int]:
    rows = (
        InboundFile.objects.select_for_update(skip_locked=True)
        .filter(practice_id=practice_id, kind="835", status=InboundStatus.NEW)
        .exclude(pk__in=skip)
        .order_by("pk")
    )
    return list(rows.values_list("pk", flat=True)[:limit])


def _advance(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    for pk in ids:
        ingest_file(inbound_id=pk, now=now)


ingest_remits = Stage(
    name="ingest_remits", subject="claims.inboundfile", due=_due, advance=_advance, chunk=FILES_A_CHUNK
)

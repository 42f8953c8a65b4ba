"""Stage: acknowledgments and status answers are read, one file a transaction, in the order they came."""

from collections.abc import Sequence
from datetime import datetime

from claims.operations.acknowledge import read_answer
from claims.queries.answers import oldest_answer
from worklist.stages import Stage


def _due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    return oldest_answer(practice_id, skip)


def _read(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    for file_id in ids:
        read_answer(practice_id=practice_id, file_id=file_id, now=now)


acknowledge_claims = Stage(name="acknowledge_claims", subject="claims.inboundfile", due=_due, advance=_read, chunk=1)

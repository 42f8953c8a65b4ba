"""Stage: acknowledgments and status answers are read, some files a transaction, in the order they came."""

from collections.abc import Sequence
from datetime import datetime

from claims.operations.acknowledge import read_answer_files
from claims.queries.answers import oldest_answers
from worklist.stages import Stage

FILES_A_CHUNK = 50


def _due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    return oldest_answers(practice_id, limit, skip)


def _read(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    read_answer_files(practice_id=practice_id, file_ids=ids, now=now)


acknowledge_claims = Stage(
    name="acknowledge_claims", subject="claims.inboundfile", due=_due, advance=_read, chunk=FILES_A_CHUNK
)

"""How a pipeline stage runs: everything that is due, chunk by chunk, safe to run twice.

A chunk is one transaction: its rows are locked (SKIP LOCKED, so that two workers share the work), the
stage advances them as a set, and the transaction commits. When a chunk fails, it is redone row by row:
the good rows land, and a bad one becomes a work item for a person and is left alone until that is closed.
"""

import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction

from compliance.scope import check_deferred, practice_scope
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.operations import NewItem, open_items

log = logging.getLogger("rcm.pipeline")

CHUNK = 1000


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage. `due` locks and returns the ids of rows to advance; `advance` does it for all of them.

    `due(practice_id, now, limit, skip)` must use FOR UPDATE SKIP LOCKED and leave out the ids in `skip`
    (rows that failed before). `advance(practice_id, ids, now)` uses a fixed number of statements.
    `subject` is the model label of the rows, for the work item of one that fails.
    """

    name: str
    subject: str
    due: Callable[[int, datetime, int, Sequence[int]], Sequence[int]]
    advance: Callable[[int, Sequence[int], datetime], object]
    chunk: int = CHUNK

    def run(self, practice_id: int, now: datetime) -> int:
        """Advance everything due in one practice; returns how many rows were taken."""
        return sum(self.chunks(practice_id, now))

    def chunks(self, practice_id: int, now: datetime) -> Iterator[int]:
        """The same, yielding each chunk's size as it commits: a progress bar's feed."""
        skip: list[int] | None = None
        while True:
            with practice_scope(practice_id):
                ids = list(self.due(practice_id, now, self.chunk, skip or []))
                if ids and skip is None:  # a stage with nothing due is not asked what failed
                    skip = self._failed(practice_id)
                    ids = list(self.due(practice_id, now, self.chunk, skip)) if skip else ids
                if ids and not self._advance(practice_id, ids, now):
                    skip = None
            if ids:
                yield len(ids)
            if len(ids) < self.chunk:
                return

    def _advance(self, practice_id: int, ids: list[int], now: datetime) -> bool:
        """Advance a chunk inside the scope that is open; False when it failed and was redone row by row."""
        try:
            with transaction.atomic():
                self.advance(practice_id, ids, now)
                check_deferred()
        except Exception as error:
            _reraise_lost_connection(error)
            log.warning("%s: a chunk of %d failed (%s); redone row by row", self.name, len(ids), type(error).__name__)
            for pk in ids:
                self._advance_one(practice_id, pk, now)
            return False
        return True

    def _advance_one(self, practice_id: int, pk: int, now: datetime) -> None:
        try:
            with transaction.atomic():
                self.advance(practice_id, [pk], now)
                check_deferred()
        except Exception as error:
            _reraise_lost_connection(error)
            log.error("%s: row %d of %s failed: %s", self.name, pk, self.subject, _where(error))
            open_items(
                items=[
                    NewItem(
                        practice_id=practice_id,
                        kind=Kind.STAGE_FAILED,
                        subject_type=self._failure_type,
                        subject_id=pk,
                        reason=f"{self.name.replace('_', ' ').capitalize()} failed: {type(error).__name__}",
                        next_step="Look, correct, try again",
                        category="System",
                    )
                ],
                now=now,
            )

    @property
    def _failure_type(self) -> str:
        return f"{self.name}:{self.subject}"[:40]

    def _failed(self, practice_id: int) -> list[int]:
        return list(
            WorkItem.objects.open()
            .filter(practice_id=practice_id, kind=Kind.STAGE_FAILED, subject_type=self._failure_type)
            .values_list("subject_id", flat=True)
        )


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Several chunked stages that run one after another under one name."""

    name: str
    parts: tuple[Stage, ...]

    def run(self, practice_id: int, now: datetime) -> int:
        """Advance everything due in one practice; returns how many rows were taken."""
        return sum(self.chunks(practice_id, now))

    def chunks(self, practice_id: int, now: datetime) -> Iterator[int]:
        """The same, yielding each chunk's size as it commits."""
        for part in self.parts:
            yield from part.chunks(practice_id, now)


def _where(error: Exception) -> str:
    """The error's type and place. Never its text, which may quote a patient's data."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {frames[-1].filename.rsplit('/', 2)[-2:]}:{frames[-1].lineno}"


def _reraise_lost_connection(error: Exception) -> None:
    """A dead connection is no row's fault: let the whole run fail and start again."""
    if isinstance(error, DatabaseError) and transaction.get_connection().connection is None:
        raise error
    if transaction.get_connection().connection is not None and transaction.get_connection().connection.closed:
        raise error

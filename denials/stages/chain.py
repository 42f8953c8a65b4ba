"""Several chunked stages that run one after another under one name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from worklist.stages import Stage


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Runs its parts in order."""

    name: str
    parts: tuple[Stage, ...]

    def run(self, practice_id: int, now: datetime) -> int:
        """Advance everything due in one practice; returns how many rows were taken."""
        return sum(self.chunks(practice_id, now))

    def chunks(self, practice_id: int, now: datetime) -> Iterator[int]:
        """The same, yielding each chunk's size as it commits."""
        for part in self.parts:
            yield from part.chunks(practice_id, now)

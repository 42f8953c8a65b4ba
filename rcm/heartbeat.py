"""The clock's sign of life: beat itself marks that it lives, whatever the workers are busy with."""

import logging
import time
from typing import Any

from celery.beat import PersistentScheduler
from django.core.cache import cache
from redis.exceptions import RedisError

HEARTBEAT = "rcm:heartbeat"
HEARTBEAT_LIFE = 30  # seconds: several turns missed
EVERY = 5.0  # seconds between two marks

log = logging.getLogger(__name__)


def mark() -> None:
    """Say that beat lives, for the next HEARTBEAT_LIFE seconds."""
    cache.set(HEARTBEAT, time.time(), timeout=HEARTBEAT_LIFE)


class MarkingScheduler(PersistentScheduler):
    """Celery's own scheduler that leaves a mark with its turns. A lost queue does not end it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._marked = float("-inf")  # seconds of the monotonic clock
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due; returns the seconds until the next turn."""
        wait = float(super().tick(*args, **kwargs))
        if time.monotonic() - self._marked >= EVERY:
            try:
                mark()
            except RedisError as error:
                log.warning("heartbeat not marked: %s", type(error).__name__)
            else:
                self._marked = time.monotonic()
        return min(wait, EVERY)

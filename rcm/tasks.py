"""What the workers do. Arguments are stage names only: no PHI travels through the queue."""

import time

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from rcm import pipeline

HEARTBEAT = "rcm:heartbeat"
HEARTBEAT_LIFE = 30  # seconds: beat missed several ticks, or no worker took them


@shared_task(name="rcm.run_stages")
def run_stages(names: list[str]) -> None:
    """Run these stages over every practice, in the pipeline's order."""
    _drain(names)


@shared_task(name="rcm.run_stage")
def run_stage(name: str) -> None:
    """Run one stage over every practice: the answer to a nudge."""
    _drain([name])


@shared_task(name="rcm.heartbeat")
def heartbeat() -> None:
    """Sent by beat, carried out by a worker: proof that both live."""
    cache.set(HEARTBEAT, time.time(), timeout=HEARTBEAT_LIFE)


def _drain(names: list[str]) -> None:
    for _ran in pipeline.run_once(timezone.now, only=names):
        pass

"""What the workers do. Arguments are stage names only: no PHI travels through the queue."""

from celery import shared_task
from django.utils import timezone

from rcm import pipeline


@shared_task(name="rcm.run_stages")
def run_stages(names: list[str]) -> None:
    """Run these stages over every practice, in the pipeline's order."""
    _drain(names)


@shared_task(name="rcm.run_stage")
def run_stage(name: str) -> None:
    """Run one stage over every practice: the answer to a nudge."""
    _drain([name])


def _drain(names: list[str]) -> None:
    for _ran in pipeline.run_once(timezone.now, only=names):
        pass

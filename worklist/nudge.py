"""Waking the next stage early. A hint, never a promise: the schedule finds the work anyway."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction

log = logging.getLogger("rcm.pipeline")

RUN_STAGE = "rcm.run_stage"  # the task's name; its code lives upstream


def nudge(stage: str) -> None:
    """Ask a worker to run this stage once the open transaction has committed."""
    transaction.on_commit(partial(_send, stage), robust=True)


def _send(stage: str) -> None:
    try:
        current_app.send_task(RUN_STAGE, args=[stage], ignore_result=True, retry=False)
    except Exception as error:  # the broker may be down; the schedule runs the stage then
        log.info("nudge for %s not delivered: %s", stage, type(error).__name__)

"""Waking the next stage early. A hint, never a promise: the schedule finds the work anyway."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import partial

from celery import current_app
from django.db import transaction

log = logging.getLogger("rcm.pipeline")

RUN_STAGE = "rcm.run_stage"  # the task's name; its code lives upstream
STALE_SECONDS = 60  # by then the schedule has come round
_muted = ContextVar("muted", default=False)


def nudge(stage: str, after: timedelta = timedelta(0)) -> None:
    """Ask a worker to run this stage once the open transaction has committed, or a while `after` that."""
    if not _muted.get():
        transaction.on_commit(partial(_send, stage, after.total_seconds()), robust=True)


@contextmanager
def muted() -> Iterator[None]:
    """No nudges inside: for whoever runs the stages itself, by a clock of its own."""
    token = _muted.set(True)
    try:
        yield
    finally:
        _muted.reset(token)


def _send(stage: str, wait: float) -> None:
    when = {"countdown": wait, "expires": wait + STALE_SECONDS} if wait else {"expires": STALE_SECONDS}
    try:
        current_app.send_task(RUN_STAGE, args=[stage], ignore_result=True, retry=False, **when)
    except Exception as error:  # the broker may be down; the schedule runs the stage then
        log.info("nudge for %s not delivered: %s", stage, type(error).__name__)

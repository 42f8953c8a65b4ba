"""Health, heartbeat and nudges, with the real queue and a real worker."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from claims.models import Claim
from compliance.models import Practice
from compliance.scope import practice_scope
from rcm.celery import app
from rcm.embedded.processes import free_port
from rcm.heartbeat import HEARTBEAT, mark
from rcm.tasks import run_stage, run_stages
from tests.builders import a_case
from tests.embedded.test_supervisor import eventually
from tests.flow.killing import ROOT
from worklist.nudge import STALE_SECONDS, muted, nudge


def last_week() -> date:
    return (timezone.now() - timedelta(days=7)).date()


@pytest.fixture
def quiet_queue() -> Iterator[None]:
    """Nobody has beaten, nothing waits."""
    cache.delete(HEARTBEAT)
    current_app.control.purge()
    yield
    cache.delete(HEARTBEAT)
    current_app.control.purge()


def health() -> tuple[int, dict[str, str]]:
    answer = Client().get("/healthz")
    return answer.status_code, answer.json()


def worker(environment: dict[str, str]) -> AbstractContextManager[None]:
    """A real worker with one hand on the session's queue."""
    options = ("--concurrency", "1", "--loglevel", "ERROR", "--without-gossip", "--without-mingle")
    return celery("worker", *options, environment=environment)


def beat(environment: dict[str, str], folder: Path) -> AbstractContextManager[None]:
    """The real clock."""
    options = ("--schedule", str(folder / "schedule"), "--pidfile", "", "--loglevel", "ERROR")
    return celery("beat", *options, environment=environment)


@contextmanager
def celery(*words: str, environment: dict[str, str]) -> Iterator[None]:
    """One of the queue's processes."""
    child = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "rcm", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        child.terminate()
        child.wait(30)


def messages() -> list[str]:
    """The stages that nudges in the queue name, taken out of it."""
    found: list[str] = []
    with app.connection_for_read() as broker, broker.SimpleQueue("celery") as queue:
        while True:
            try:
                message = queue.get(block=False)
            except queue.Empty:
                return found
            message.ack()
            assert message.headers["expires"] is not None
            found.append(message.payload[0][0])


@pytest.mark.django_db
@pytest.mark.usefixtures("quiet_queue")
def test_without_a_worker_health_names_worker_and_beat() -> None:
    status, parts = health()
    assert status == 503
    assert parts == {
        "status": "ill",
        "database": "ok",
        "queue": "ok",
        "worker": "no worker answers",
        "beat": "no heartbeat in the last 30 seconds",
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("quiet_queue")
def test_a_heartbeat_that_is_remembered_does_not_stand_for_a_dead_worker() -> None:
    mark()
    status, parts = health()
    assert (status, parts["worker"], parts["beat"]) == (503, "no worker answers", "ok")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quiet_queue")
def test_a_clock_and_a_worker_make_it_well_even_while_the_worker_is_busy(
    process_environment: dict[str, str], practice: Practice, tmp_path: Path
) -> None:
    with practice_scope(practice.pk):
        a_case(practice, service_date=last_week())
    with worker(process_environment):
        assert eventually(lambda: health()[1]["worker"] == "ok", seconds=60)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE coding_codingcase IN ACCESS EXCLUSIVE MODE")
            run_stages.delay(["scrub_claims", "build_claims"])
            assert eventually(lambda: any((app.control.inspect().active() or {}).values()), seconds=60)
            with beat(process_environment, tmp_path):
                assert eventually(lambda: cache.get(HEARTBEAT) is not None, seconds=60)
            well = dict.fromkeys(("database", "queue", "worker", "beat"), "ok") | {"status": "ok"}
            assert health() == (200, well)
        assert eventually(lambda: statuses(practice) == ["ready"], seconds=60)


@pytest.mark.django_db
@pytest.mark.usefixtures("quiet_queue")
def test_the_clock_leaves_its_mark_with_no_worker(process_environment: dict[str, str], tmp_path: Path) -> None:
    with beat(process_environment, tmp_path):
        assert eventually(lambda: health()[1]["beat"] == "ok", seconds=60)
    assert health()[1]["worker"] == "no worker answers"


def statuses(practice: Practice) -> list[str]:
    with practice_scope(practice.pk):
        return list(Claim.objects.values_list("status", flat=True))


def test_the_heartbeat_is_remembered_for_a_while(quiet_queue: None) -> None:
    mark()
    assert cache.get(HEARTBEAT) > 0


def test_a_task_runs_stages_in_the_pipelines_order_whatever_order_it_names(practice: Practice) -> None:
    with practice_scope(practice.pk):
        a_case(practice, service_date=last_week())
    run_stages(["scrub_claims", "build_claims"])
    assert statuses(practice) == ["ready"]
    run_stage("submit_ready_claims")
    assert statuses(practice) == ["submitted"]


@pytest.mark.usefixtures("quiet_queue")
def test_a_nudge_is_sent_when_the_change_commits(practice: Practice, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        nudge("scrub_claims")
        assert messages() == []
    assert messages() == ["scrub_claims"]
    with django_capture_on_commit_callbacks(execute=True), muted():
        nudge("scrub_claims")
    assert messages() == []
    assert STALE_SECONDS < 300


WITHOUT_QUEUE = """
import json, django
django.setup()
from django.test import Client
from django.db import transaction
from worklist.nudge import nudge
with transaction.atomic():
    nudge("scrub_claims")
answer = Client().get("/healthz", headers={"host": "localhost"})
print(answer.status_code, json.dumps(answer.json()))
"""


@pytest.mark.django_db(transaction=True)
def test_with_a_dead_queue_work_goes_on_and_health_says_so(process_environment: dict[str, str]) -> None:
    dead = {"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0", "DJANGO_SETTINGS_MODULE": "rcm.settings"}
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT_QUEUE],
        cwd=ROOT,
        env=process_environment | dead,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    status, _, parts = ended.stdout.partition(" ")
    assert status == "503"
    assert json.loads(parts) == {
        "status": "ill",
        "database": "ok",
        "queue": "not reachable (OperationalError)",
        "worker": "not reachable (OperationalError)",
        "beat": "not reachable (ConnectionError)",
    }
    assert "nudge for scrub_claims not delivered: OperationalError" in ended.stderr

"""A worker that is killed (-9) in the middle of a stage loses nothing and doubles nothing."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.utils import timezone

from claims.domain.status import ClaimStatus
from claims.models import Batch, Claim, InboundFile
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice
from compliance.scope import practice_scope
from rcm import pipeline
from rcm.tasks import run_stage
from tests.embedded.test_supervisor import eventually
from tests.flow.killing import ROOT, Killer, Lock, children, is_gone, kill, waiting
from tests.flow.path import steps
from tests.flow.snapshot import differences, facts, snapshot
from tests.flow.town import Town

pytestmark = pytest.mark.django_db(transaction=True)

AUDIT = "compliance_auditevent"  # written last by nearly every stage
LATE = {"advance_deadlines": "worklist_workitem", "complete_cases": "coding_codingcase"}


@pytest.fixture
def town(practice: Practice, other_practice: Practice, settings: Any, tmp_path: Path) -> Iterator[Town]:
    """By the wall clock, which is what a child process goes by."""
    settings.EXCHANGE_DIR = tmp_path / "exchange"
    town = Town(tmp_path / "exchange", [practice, other_practice], timezone.now())
    yield town
    town.close()


@pytest.fixture
def killer(process_environment: dict[str, str], town: Town) -> Iterator[Killer]:
    killer = Killer({**process_environment, "EXCHANGE_DIR": str(town.exchange)})
    yield killer
    killer.close()


def due_now(practice: Practice) -> None:
    """The day of asking has come by the child's clock, too."""
    with practice_scope(practice.pk):
        Claim.objects.filter(status=ClaimStatus.ACCEPTED).update(poll_due_at=timezone.now())


def kill_between_store_and_record(killer: Killer, town: Town, disturbed: Practice) -> None:
    """The bytes are stored, then not handed over; handed over, then not recorded."""
    killer.kill_after_commit("submit_ready_claims", AUDIT, "claims_batch")
    with practice_scope(disturbed.pk):
        assert Batch.objects.filter(sent_at__isnull=True).count() == 1
    assert town.sent(disturbed) == []
    killer.kill_at("submit_ready_claims", AUDIT)
    assert len(town.sent(disturbed)) == 1
    with practice_scope(disturbed.pk):
        assert Batch.objects.filter(sent_at__isnull=True).count() == 1


def kill_around_the_letter(killer: Killer, town: Town, disturbed: Practice) -> None:
    """The letter is fixed, then not handed over; handed over, then not recorded."""
    before = snapshot(disturbed)
    killer.kill_at("send_appeals", "denials_appeal", "ACCESS EXCLUSIVE")
    assert town.sent(disturbed, "json") == []
    killer.kill_at("send_appeals", AUDIT)
    assert len(town.sent(disturbed, "json")) == len(town.sent(disturbed, "pdf")) == 1
    assert differences(before, snapshot(disturbed)) == {}


def test_every_stage_killed_in_the_middle_ends_as_if_it_had_not(
    town: Town, killer: Killer, practice: Practice, other_practice: Practice
) -> None:
    control, disturbed = practice, other_practice
    killed: set[str] = set()
    for stage in steps(town, [control, disturbed], town.now.date() - timedelta(days=7)):
        if stage == "poll_claim_status":
            due_now(control)
            due_now(disturbed)
        town.run(stage, practice=control)
        if stage not in killed:
            killed.add(stage)
            before = snapshot(disturbed)
            if stage != "send_appeals":
                killer.kill_at(stage, LATE.get(stage, AUDIT))
                assert differences(before, snapshot(disturbed)) == {}, stage
            if stage == "submit_ready_claims":
                kill_between_store_and_record(killer, town, disturbed)
            if stage == "send_appeals":
                kill_around_the_letter(killer, town, disturbed)
        town.run(stage, practice=disturbed)
        assert facts(disturbed) == facts(control), stage
    assert killed == {stage.name for stage in pipeline.stages()}
    for kind in ("837", "276", "json", "pdf"):
        assert len(town.sent(disturbed, kind)) == len(town.sent(control, kind)) == 1
    town.assert_books()


def test_a_file_that_is_kept_and_not_put_aside_is_kept_once(
    town: Town, process_environment: dict[str, str], practice: Practice
) -> None:
    waiting_files = town.exchange / practice.slug / "from_payer"
    waiting_files.mkdir(parents=True, exist_ok=True)
    (waiting_files / "late.letter.json").write_bytes(b'{"kind": "appeal_decision"}')
    with socket.create_server(("127.0.0.1", 0)) as queue:
        deaf = {"EXCHANGE_DIR": str(town.exchange), "REDIS_URL": f"redis://127.0.0.1:{queue.getsockname()[1]}/0"}
        killer = Killer({**process_environment, **deaf})
        try:
            killer.kill_in_nudge("fetch_inbound", queue)
        finally:
            killer.close()
    assert (waiting_files / "late.letter.json").exists()
    before = snapshot(practice)
    with practice_scope(practice.pk):
        assert [file.name for file in InboundFile.objects.all()] == ["late.letter.json"]
    town.run("fetch_inbound", practice=practice)
    assert differences(before, snapshot(practice)) == {}
    assert [each.name for each in waiting_files.iterdir()] == ["taken"]
    with practice_scope(practice.pk):
        assert InboundFile.objects.get().repeats == 0


def test_a_worker_killed_in_the_middle_gets_the_task_again(town: Town, killer: Killer, practice: Practice) -> None:
    town.visit(town.patient(practice), town.now.date() - timedelta(days=7), "V1")
    town.run("open_cases")
    town.code(practice, "V1", town.person(Role.CODER), ["M17.11"], "99213")
    current_app.control.purge()
    lock = Lock(killer.url, AUDIT).take()
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "rcm", "worker", "--concurrency", "1", "--loglevel", "ERROR"],
        cwd=ROOT,
        env=killer.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        run_stage.delay("build_claims")
        assert eventually(lambda: bool(waiting()), seconds=60)
        (session,) = waiting()
        (hand,) = children(worker.pid)
        kill(hand)
        lock.release()
        assert eventually(lambda: is_gone(session))
        assert eventually(lambda: [claim.status for claim in town.claims(practice)] != [], seconds=60)
        with practice_scope(practice.pk):
            assert AuditEvent.objects.filter(verb="claim.built").count() == Claim.objects.count() == 1
    finally:
        lock.release()
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    town.assert_books()

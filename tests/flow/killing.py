"""Child processes that are killed at an exact point: where they wait for a lock that the test holds."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread

import psycopg2
from django.db import connection

from rcm.embedded.processes import is_alive
from tests.embedded.test_supervisor import eventually

ROOT = Path(__file__).resolve().parent.parent.parent
WAITING_SQL = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = %s
"""


class Lock:
    """A lock on a table, held by a session of its own until released."""

    def __init__(self, url: str, table: str, mode: str = "EXCLUSIVE") -> None:
        self._sql = f"LOCK TABLE {table} IN {mode} MODE"
        self._session = psycopg2.connect(url, application_name="holder")

    def take(self) -> "Lock":
        with self._session.cursor() as cursor:
            cursor.execute(self._sql)
        return self

    def queue(self) -> Thread:
        """Ask for the lock behind whoever has it; the thread ends when it is granted."""
        thread = Thread(target=self.take, daemon=True)
        thread.start()
        assert eventually(lambda: bool(waiting("holder")))
        return thread

    def release(self) -> None:
        self._session.close()


def waiting(application: str = "rcm") -> list[int]:
    """Sessions of an application that wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING_SQL, [application])
        return [pid for (pid,) in cursor.fetchall()]


def is_gone(session: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [session])
        return cursor.fetchone() is None


class Killer:
    """Runs one stage in a process of its own and kills it with -9 where it waits."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = {**environment, "DJANGO_SETTINGS_MODULE": "rcm.settings"}
        self.url = environment["DATABASE_URL"]
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.flow.nursery"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def close(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._nursery.pid, signal.SIGKILL)
        self._nursery.communicate()

    def kill_at(self, stage: str, table: str, mode: str = "EXCLUSIVE") -> None:
        """Kill the stage where it needs the table."""
        lock = Lock(self.url, table, mode).take()
        try:
            child = self._start(stage)
            session = self._waits(stage, child)
            kill(child)
        finally:
            lock.release()
        assert eventually(lambda: is_gone(session))

    def kill_after_commit(self, stage: str, late: str, after: str) -> None:
        """Kill the stage behind its first commit: `late` is written last in it, `after` is read next."""
        first, second = Lock(self.url, late).take(), Lock(self.url, after, "ACCESS EXCLUSIVE")
        try:
            child = self._start(stage)
            self._waits(stage, child)
            granted = second.queue()
            first.release()
            granted.join()
            session = self._waits(stage, child)
            kill(child)
        finally:
            first.release()
            second.release()
        assert eventually(lambda: is_gone(session))

    def kill_in_nudge(self, stage: str, queue: socket.socket) -> None:
        """Kill the stage right behind its commit, where it talks to the queue: one that listens and never answers."""
        child = self._start(stage)
        queue.settimeout(60)
        with queue.accept()[0]:
            kill(child)
            assert eventually(lambda: not is_alive(child))

    def _start(self, stage: str) -> int:
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(f"{stage}\n")
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline())

    @staticmethod
    def _waits(stage: str, child: int) -> int:
        """The session of the stage, which waits."""
        assert eventually(lambda: bool(waiting()) or not is_alive(child), seconds=60)
        assert waiting(), f"{stage} ended without waiting"
        return waiting()[0]


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)

"""Real clusters in temporary folders: initdb, start, stop, and folders that are no good."""

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rcm.embedded.identity import NOBODY, become_nobody, hand_over
from rcm.embedded.postgres import Postgres
from rcm.embedded.processes import free_port
from rcm.embedded.refusal import CannotServe
from rcm.embedded.roles import cursor_on
from rcm.embedded.supervisor import Supervisor


def cluster(folder: Path) -> Postgres:
    return Postgres(folder=folder / "postgres", port=free_port(), password="a 'strange' pass/word", durable=False)


@contextmanager
def running(postgres: Postgres) -> Iterator[None]:
    with Supervisor(io.BytesIO()) as supervisor:
        supervisor.start_and_wait(postgres.process(), postgres.wait)
        yield


def test_a_cluster_keeps_its_rows_over_a_stop(tmp_path: Path) -> None:
    postgres = cluster(tmp_path)
    postgres.initialise()
    with running(postgres), cursor_on(postgres.url()) as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 7 AS n")
    assert not (postgres.folder / "postmaster.pid").exists()
    postgres.initialise()
    with running(postgres), cursor_on(postgres.url()) as cursor:
        cursor.execute("SELECT n FROM kept")
        assert cursor.fetchone() == (7,)


def test_what_it_is_made_of(tmp_path: Path) -> None:
    postgres = cluster(tmp_path)
    postgres.initialise()
    with running(postgres), cursor_on(postgres.url()) as cursor:
        cursor.execute("SHOW server_version_num")
        version = cursor.fetchone()
        assert version is not None
        assert str(version[0]).startswith("18")
        cursor.execute("CREATE EXTENSION pg_trgm; CREATE EXTENSION pg_stat_statements; SELECT upper('é')")
        assert cursor.fetchone() == ("É",)
        cursor.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules")
        assert cursor.fetchall() == [("scram-sha-256",)]


def test_a_folder_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(CannotServe, match="was made by PostgreSQL 16; this is 18"):
        cluster(tmp_path).initialise()


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "holiday.jpg").write_text("")
    with pytest.raises(CannotServe, match="is not a PostgreSQL data folder"):
        cluster(tmp_path).initialise()


def test_a_damaged_cluster_is_refused_at_once(tmp_path: Path) -> None:
    postgres = cluster(tmp_path)
    postgres.initialise()
    (postgres.folder / "global" / "pg_control").unlink()
    with pytest.raises(CannotServe, match="postgres did not start: .*could not"), running(postgres):
        pass


def test_the_password_of_another_folder_is_refused(tmp_path: Path) -> None:
    postgres = cluster(tmp_path)
    postgres.initialise()
    other = Postgres(folder=postgres.folder, port=postgres.port, password="other", durable=False)
    with pytest.raises(CannotServe, match="does not let us in .*password authentication failed"), running(other):
        pass


def test_a_running_predecessor_is_waited_for(tmp_path: Path) -> None:
    postgres = cluster(tmp_path)
    postgres.initialise()
    with running(postgres), pytest.raises(CannotServe, match="Another PostgreSQL .* is running"):
        postgres.wait_for_predecessor(seconds=0.1)
    postgres.wait_for_predecessor(seconds=0.1)


def test_an_initdb_that_was_killed_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "half").write_text("")
    postgres = cluster(tmp_path)
    postgres.initialise()
    assert (postgres.folder / "PG_VERSION").read_text() == "18\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_root_can_hand_a_cluster_to_nobody() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = cluster(folder)
        postgres.initialise()
        hand_over(postgres.folder, NOBODY)
        assert (postgres.folder / "PG_VERSION").stat().st_uid == NOBODY
        if os.fork() == 0:
            try:
                become_nobody()
                os._exit(0 if os.geteuid() == NOBODY and os.access(postgres.folder / "base", os.W_OK) else 1)
            except BaseException:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.wait()[1]) == 0

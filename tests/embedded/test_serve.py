"""The command itself: what it refuses, in one line; and what it tells a person."""

import json
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from rcm.embedded.data_folder import held
from rcm.embedded.roles import APP, application_url, as_role, cursor_on
from rcm.embedded.serve import welcome


def refused(command: str = "serve", **environment: str) -> str:
    """The one line with which the command ends; fails unless it ends so."""
    given = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    ended = subprocess.run(
        [sys.executable, "-m", "rcm.embedded", command],
        env=given | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    return line


def test_a_busy_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        line = refused(DATA_DIR=str(tmp_path), PORT=port)
    assert line == f"rcm: Port {port} on 127.0.0.1 cannot be used (Address already in use): set PORT to a free one."


def test_a_second_copy(tmp_path: Path) -> None:
    with held(tmp_path):
        line = refused(DATA_DIR=str(tmp_path))
    assert line.startswith(f"rcm: Already running on DATA_DIR {tmp_path} (process {os.getpid()})")


def test_a_file_instead_of_a_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert refused(DATA_DIR=str(tmp_path / "data")).endswith("/data is a file, not a folder.")


def test_a_data_folder_of_another_version(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text(
        json.dumps(dict.fromkeys(("postgres", "rcm_owner", "rcm_app", "valkey"), "x"))
    )
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("15\n")
    assert "was made by PostgreSQL 15; this is 18" in refused(DATA_DIR=str(tmp_path), PORT="1")


def test_junk_in_a_variable(tmp_path: Path) -> None:
    assert refused(DATA_DIR=str(tmp_path), PORT="http").startswith("Settings refused. PORT")


def test_an_unreachable_database_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgres://me:secret@127.0.0.1:1/rcm"
    line = refused(DATA_DIR=str(tmp_path), DATABASE_URL=url)
    assert line == "rcm: The database at postgres://me@127.0.0.1:1/rcm is not reachable: Connection refused"


def test_an_unreachable_queue_is_named_without_its_password(tmp_path: Path) -> None:
    line = refused(DATA_DIR=str(tmp_path), REDIS_URL="redis://:secret@127.0.0.1:1/0")
    assert line.startswith("rcm: The queue at redis://127.0.0.1:1/0 is not reachable: ")
    assert "refused" in line
    assert "secret" not in line


def test_migrate_needs_both_roles() -> None:
    assert refused("migrate").startswith("rcm: migrate needs DATABASE_URL")


def test_an_owner_who_may_not_make_roles_serves_as_he_is() -> None:
    owner = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    url, warning = application_url(owner, owner, "unused")
    assert url == owner
    assert "may not make roles" in warning
    assert (urlsplit(owner).password or "?") not in warning


def test_two_given_roles_are_taken_as_they_are() -> None:
    owner = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    application = as_role(owner, APP, secrets.token_hex())
    assert application_url(application, owner, "") == (application, "")
    with cursor_on(urlsplit(os.environ["APP_DATABASE_URL"])._replace(path="/postgres").geturl()) as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (APP,)


def test_the_welcome_names_address_and_demo_log_ins(tmp_path: Path) -> None:
    logins = {"coder": {"user": "cora", "password": "open-sesame"}, "api_token": "t-1"}
    (tmp_path / "demo-logins.json").write_text(json.dumps(logins))
    lines = welcome("http://127.0.0.1:8000", tmp_path)
    assert lines[0] == "Ready: http://127.0.0.1:8000"
    assert [line.split() for line in lines[2:]] == [["coder", "cora", "open-sesame"], ["api_token", "t-1"]]
    assert welcome("http://127.0.0.1:8000", None) == lines[:1]

"""Pytest plugin: the session's own PostgreSQL and Valkey, and tests that run as the application role.

Loaded by `-p tests.servers` (pyproject.toml), before Django reads its settings. The servers start once, in a
temporary folder that is removed at the end; xdist's workers find their addresses in the environment and get a
database each, in PostgreSQL and in Valkey: a worker that one of them starts must not take the other's tasks. The
kernel ends both servers when pytest is killed. With DATABASE_URL and REDIS_URL preset, those servers are used:
DATABASE_URL's role must be able to create databases; without APP_DATABASE_URL it must also be able to create the role
rcm_app.
"""

import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from rcm.embedded.postgres import Postgres, postgres_url
from rcm.embedded.processes import Process, free_port, is_alive, spawn, stop
from rcm.embedded.refusal import CannotServe
from rcm.embedded.roles import APP, OWNER, as_role, cursor_on, ensure_role
from rcm.embedded.valkey import Valkey


@dataclass
class Servers:
    """What this pytest process started, to be ended by it."""

    folder: Path
    running: list[tuple[Process, subprocess.Popen[bytes]]] = field(default_factory=list)

    def start(self, process: Process) -> subprocess.Popen[bytes]:
        with (self.folder / f"{process.name}.log").open("wb") as log:
            child = spawn(process, log)
        self.running.append((process, child))
        return child

    def must_run(self, child: subprocess.Popen[bytes], name: str) -> None:
        if child.poll() is not None:
            raise CannotServe(f"{name} stopped: {(self.folder / f'{name}.log').read_text()[-2000:]}")

    def close(self) -> None:
        while self.running:
            process, child = self.running.pop()
            stop(child, process)
        shutil.rmtree(self.folder, ignore_errors=True)


_servers: Servers | None = None


def _own_folder() -> Path:
    """A temporary folder with this process' number in its name; those of killed sessions are swept away."""
    for old in Path(tempfile.gettempdir()).glob("rcm-tests-*-*"):
        if not is_alive(int(old.name.split("-")[2])):
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"rcm-tests-{os.getpid()}-"))


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start what is missing and set the environment that `rcm.settings` reads."""
    global _servers
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["REDIS_URL"] = _queue_of(os.environ["REDIS_URL"], worker)
        return
    if early_config.known_args_namespace.help:
        return
    _servers = Servers(_own_folder())
    try:
        _start(_servers)
    except BaseException:
        _servers.close()
        raise


def _queue_of(redis_url: str, worker: str) -> str:
    """The address with the database that is this xdist worker's own: gw0 has 1, gw1 has 2 ... of the usual 16."""
    number = int(worker.removeprefix("gw")) % 15 + 1
    return urlsplit(redis_url)._replace(path=f"/{number}").geturl()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if _servers is not None:
        _servers.close()


def _start(servers: Servers) -> None:
    data = servers.folder / "data"
    data.mkdir()
    if "DATABASE_URL" not in os.environ:
        _start_postgres(servers)
    elif "APP_DATABASE_URL" not in os.environ:
        password = secrets.token_urlsafe(24)
        with cursor_on(os.environ["DATABASE_URL"]) as cursor:
            ensure_role(cursor, APP, password)
        os.environ["APP_DATABASE_URL"] = as_role(os.environ["DATABASE_URL"], APP, password)
    os.environ.setdefault("OWNER_DATABASE_URL", os.environ["DATABASE_URL"])
    if "REDIS_URL" not in os.environ:
        _start_valkey(servers)
    os.environ |= {
        "DATA_DIR": str(data),
        "EXCHANGE_DIR": str(data / "exchange"),
        "SECRET_KEY": secrets.token_urlsafe(32),
    }


def _start_postgres(servers: Servers) -> None:
    postgres = Postgres(
        folder=servers.folder / "postgres",
        port=free_port(),
        password=secrets.token_urlsafe(24),
        durable=False,
    )
    postgres.initialise()
    child = servers.start(postgres.process())
    postgres.wait(lambda: servers.must_run(child, "postgres"))
    passwords = {role: secrets.token_urlsafe(24) for role in (OWNER, APP)}
    with cursor_on(postgres.url()) as cursor:
        ensure_role(cursor, OWNER, passwords[OWNER], may_create_databases=True)
        ensure_role(cursor, APP, passwords[APP])
    os.environ["DATABASE_URL"] = postgres_url(OWNER, passwords[OWNER], postgres.port, "rcm")
    os.environ["APP_DATABASE_URL"] = postgres_url(APP, passwords[APP], postgres.port, "rcm")


def _start_valkey(servers: Servers) -> None:
    valkey = Valkey(folder=servers.folder / "valkey", port=free_port(), password=secrets.token_urlsafe(24))
    valkey.initialise()
    child = servers.start(valkey.process())
    valkey.wait(lambda: servers.must_run(child, "valkey"))
    os.environ["REDIS_URL"] = valkey.url


def pytest_configure(config: pytest.Config) -> None:
    """Register the fixtures that override pytest-django's: after it, so that they win."""
    config.pluginmanager.import_plugin("tests.database")
    config.pluginmanager.import_plugin("tests.chromium")

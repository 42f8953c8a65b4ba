"""A private PostgreSQL 18: made by initdb, started in place, reached over loopback TCP with passwords.

TCP and not a socket file: a socket's path is limited to 107 bytes and a data folder's is not, tidy-up jobs
delete sockets under /tmp on machines that stay up, and every client understands the URL. Every role has a
random password.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2

from rcm.embedded.identity import hand_over, unprivileged
from rcm.embedded.processes import Process, is_alive
from rcm.embedded.refusal import CannotServe
from rcm.embedded.wheels import postgres_program

MAJOR_VERSION = "18"
SUPERUSER = "postgres"
START_SECONDS = 60.0  # crash recovery of a large day comes first

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",  # short statements: compiling them costs more than it saves
    "timezone": "UTC",
    "shared_preload_libraries": "pg_stat_statements",
    # Row values and statements can hold patients' data: they stay out of the log.
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "128MB",
}


def postgres_url(role: str, password: str, port: int, database: str) -> str:
    """The address of a database on this machine for one role."""
    return f"postgres://{quote(role)}:{quote(password, safe='')}@127.0.0.1:{port}/{quote(database)}"


@dataclass(frozen=True, kw_only=True)
class Postgres:
    """One cluster in `folder`. `durable=False` trades safety for speed, for tests that throw it away."""

    folder: Path
    port: int
    password: str
    durable: bool = True

    def url(self, database: str = "postgres") -> str:
        """Address for the cluster's superuser."""
        return postgres_url(SUPERUSER, self.password, self.port, database)

    def initialise(self) -> None:
        """Make the cluster unless it is there. Raises CannotServe for a folder that holds something else."""
        version = self.folder / "PG_VERSION"
        if version.is_file():
            found = version.read_text().strip()
            if found != MAJOR_VERSION:
                raise CannotServe(
                    f"{self.folder} was made by PostgreSQL {found}; this is {MAJOR_VERSION}: "
                    "move the folder away, or convert it with pg_upgrade."
                )
            return
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            raise CannotServe(f"{self.folder} is not a PostgreSQL data folder: move it away and start again.")
        self._initdb()

    def _initdb(self) -> None:
        become, uid = unprivileged(postgres_program("initdb"), self.folder.parent)
        fresh = self.folder.with_name(self.folder.name + ".new")
        password_file = self.folder.with_name(".initdb-password")
        shutil.rmtree(fresh, ignore_errors=True)  # left by a start that was killed
        fresh.mkdir(mode=0o700)
        password_file.unlink(missing_ok=True)
        with os.fdopen(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(self.password)
        os.chown(password_file, uid, -1)
        hand_over(fresh, uid)
        try:
            made = subprocess.run(
                [
                    *(str(postgres_program("initdb")), "-D", str(fresh), "-U", SUPERUSER),
                    *("--pwfile", str(password_file), "--auth", "scram-sha-256", "--encoding", "UTF8"),
                    *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                    *(("--no-instructions",) if self.durable else ("--no-instructions", "--no-sync")),
                ],
                capture_output=True,
                text=True,
                preexec_fn=become,
                check=False,
            )
        finally:
            password_file.unlink(missing_ok=True)
        if made.returncode != 0:
            raise CannotServe(f"PostgreSQL could not make {self.folder}: {_reason(made.stderr)}")
        fresh.rename(self.folder)

    def process(self) -> Process:
        """How to run the server; `initialise` comes first."""
        become, uid = unprivileged(postgres_program("postgres"), self.folder.parent)
        hand_over(self.folder, uid)
        settings = _SETTINGS if self.durable else _SETTINGS | _THROW_AWAY
        return Process(
            name="postgres",
            command=(
                *(str(postgres_program("postgres")), "-D", str(self.folder), "-p", str(self.port)),
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
            ),
            floor=0,
            stop_signal=signal.SIGINT,  # fast shutdown: open transactions are rolled back
            stop_seconds=30,
            become=become,
        )

    def wait_for_predecessor(self, seconds: float = 20.0) -> None:
        """Let a server that outlived a killed supervisor finish its shutdown. Raises CannotServe when it does
        not.
        """
        lock = self.folder / "postmaster.pid"
        until = time.monotonic() + seconds
        while (pid := _first_number(lock)) is not None and is_alive(pid):
            if time.monotonic() > until:
                raise CannotServe(f"Another PostgreSQL (process {pid}) is running on {self.folder}: stop it first.")
            time.sleep(0.05)

    def wait(self, check: Callable[[], None]) -> None:
        """Return once the server takes connections; `check` runs in between and may raise.

        Raises CannotServe when it takes too long, or when the password is not this cluster's.
        """
        until = time.monotonic() + START_SECONDS
        while not self._is_ready():
            check()
            if time.monotonic() > until:
                raise CannotServe(f"PostgreSQL did not start within {START_SECONDS:.0f} s.")
            time.sleep(0.02)
        try:
            psycopg2.connect(self.url(), connect_timeout=5).close()
        except psycopg2.OperationalError as error:
            raise CannotServe(
                f"PostgreSQL in {self.folder} does not let us in ({str(error).strip().splitlines()[-1]}): "
                "put the secrets.json of this folder back, or move both away."
            ) from None

    def _is_ready(self) -> bool:
        """Whether the server says so in its lock file: asking it too early would fill its log with refusals."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[3] == str(self.port) and lines[7].strip() == "ready"


def _reason(text: str) -> str:
    """The line of a program's complaint that says most."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "error:" in line.lower() or "fatal:" in line.lower()]
    return (telling or lines or ["no reason given"])[-1]


def _first_number(path: Path) -> int | None:
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None

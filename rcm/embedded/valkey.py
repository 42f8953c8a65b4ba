"""A private Valkey: broker and cache. It keeps nothing on disk: PostgreSQL is the truth, the queue only a
hint.
"""

import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from redis import Redis
from redis.exceptions import RedisError

from rcm.embedded.processes import Process
from rcm.embedded.refusal import CannotServe
from rcm.embedded.roles import without_password
from rcm.embedded.wheels import valkey_program

START_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True)
class Valkey:
    """One server that works in `folder` and listens on the loopback address only."""

    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """Address of its first database."""
        return f"redis://:{quote(self.password, safe='')}@127.0.0.1:{self.port}/0"

    def initialise(self) -> None:
        """Write the configuration file: a password on the command line would show in every process list."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.folder}"',
            'save ""',
            "appendonly no",
            "maxmemory 256mb",
            "maxmemory-policy noeviction",
            "loglevel warning",
        ]
        handle = os.open(self.folder / "valkey.conf", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write("\n".join(lines) + "\n")

    def process(self) -> Process:
        """How to run the server; `initialise` comes first."""
        return Process(
            name="valkey",
            command=(str(valkey_program()), str(self.folder / "valkey.conf")),
            floor=0,
            quiet=True,  # it warns of memory settings that a queue without persistence never needs
            stop_signal=signal.SIGTERM,
            stop_seconds=10,
        )

    def wait(self, check: Callable[[], None]) -> None:
        """Return once the server takes connections; `check` runs in between and may raise."""
        until = time.monotonic() + START_SECONDS
        while True:
            check()
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > until:
                    raise CannotServe(f"Valkey did not start within {START_SECONDS:.0f} s.") from None
            time.sleep(0.02)


def must_answer(url: str) -> None:
    """Raises CannotServe, naming no password, when a Redis or Valkey that others run does not let us in."""
    try:
        with Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as server:
            server.ping()
    except (RedisError, ValueError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise CannotServe(f"The queue at {without_password(url)} is not reachable: {reason}") from None

"""A child process: what to run, how it is asked to stop, and its start in a process group of its own."""

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO

from rcm.embedded.identity import Step, before_program, stay


@dataclass(frozen=True, kw_only=True)
class Process:
    """One program under the supervisor.

    `stop_signal` asks it to stop and is also what the kernel sends it when the supervisor is killed; after
    `stop_seconds` its whole process group is killed. `once` marks a job that ends by itself: exit 0 is success
    and it is not started again. `become` is the step that changes who it is (see `identity`). A process with a
    higher `floor` stands on those below and is stopped before them. Of a `quiet` one only the last words are
    shown, when it falls.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    once: bool = False
    floor: int = 1
    quiet: bool = False
    become: Step | None = None


def spawn(process: Process, output: int | IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the program, its output and errors going to `output`. Raises OSError when it cannot be started.

    A session of its own keeps the terminal's Ctrl-C for the supervisor, which stops the processes in order.
    """
    return subprocess.Popen(
        process.command,
        bufsize=0,
        env={**os.environ, **process.environment},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=before_program(process.become, stay(parent=os.getpid(), death_signal=process.stop_signal)),
    )


def signal_group(pid: int, number: signal.Signals) -> None:
    """Send a signal to every process of the group that `pid` leads; gone already is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS says the second of zombies
        os.killpg(pid, number)


def is_alive(pid: int) -> bool:
    """Whether there is a process of this number, whoever it belongs to."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def stop(child: subprocess.Popen[bytes], process: Process) -> None:
    """Ask the program to stop, wait for it, then kill what is left of its group."""
    if child.poll() is None:
        child.send_signal(process.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(process.stop_seconds)
    signal_group(child.pid, signal.SIGKILL)
    child.wait()


def free_port() -> int:
    """A TCP port on the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

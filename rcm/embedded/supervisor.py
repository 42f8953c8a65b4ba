"""Runs processes, joins their output into one prefixed log, starts the fallen again, and stops all of them in order.

One thread: a selector waits for output and signals, so that nothing here can race.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import BinaryIO, Self

from rcm.embedded.processes import Process, signal_group, spawn
from rcm.embedded.refusal import CannotServe

TICK_SECONDS = 0.1
MAX_FALLS = 5
FALLS_WINDOW_SECONDS = 60.0
_LONGEST_LINE = 65_536
_COLOURS = (36, 32, 33, 35, 34, 96, 92, 93)  # ANSI foregrounds that read on light and on dark


class Stopped(Exception):
    """A person or the system asked for the end (SIGINT, SIGTERM, SIGHUP)."""


@dataclass
class Child:
    """A process and its life so far."""

    process: Process
    popen: subprocess.Popen[bytes] | None = None
    pending: bytes = b""
    falls: list[float] = field(default_factory=list)  # monotonic seconds
    restart_at: float | None = None
    done: bool = False

    @property
    def running(self) -> bool:
        return self.popen is not None


class Supervisor:
    """Use as a context manager: leaving it, however, stops every process that it started, the last one first."""

    def __init__(self, output: BinaryIO | None = None, *, backoff_seconds: float = 0.5) -> None:
        self.output = output or sys.stdout.buffer
        self.colours = self.output.isatty() and "NO_COLOR" not in os.environ
        self.backoff_seconds = backoff_seconds
        self.children: dict[str, Child] = {}
        self._selector = selectors.DefaultSelector()
        self._asked_to_stop = False
        self._handlers: dict[signal.Signals, object] = {}

    def __enter__(self) -> Self:
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        os.set_blocking(reader, False)
        self._wakeup = (reader, writer)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        self._selector.register(reader, selectors.EVENT_READ, None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._handlers[number] = signal.signal(number, self._on_signal)
        # A handler of its own makes the signal reach the wake-up pipe: a child's end is seen at once.
        self._handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        try:
            self.stop()
        finally:
            signal.set_wakeup_fd(-1)
            for number, handler in self._handlers.items():
                signal.signal(number, handler)  # type: ignore[arg-type]  # what signal.signal gave back
            self._selector.close()
            for end in self._wakeup:
                os.close(end)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    # -- the log

    def say(self, name: str, line: str) -> None:
        """One line of the log. A terminal that went away is no reason to fall: the processes are stopped in order."""
        prefix = f"{name:<9}| "
        if self.colours:
            colour = _COLOURS[list(self.children).index(name) % len(_COLOURS)] if name in self.children else 1
            prefix = f"\x1b[{colour}m{prefix}\x1b[0m"
        try:
            self.output.write(f"{prefix}{line}\n".encode())
            self.output.flush()
        except OSError:
            self._asked_to_stop = True

    def _read(self, child: Child, stream: BinaryIO) -> None:
        data = stream.read(_LONGEST_LINE) or b""
        if not data:
            self._selector.unregister(stream)
            stream.close()
        *lines, child.pending = (child.pending + data).split(b"\n")
        if child.pending and (not data or len(child.pending) >= _LONGEST_LINE):
            lines.append(child.pending)
            child.pending = b""
        for line in lines:
            self.say(child.process.name, line.decode(errors="replace").rstrip("\r"))

    # -- processes

    def start(self, process: Process) -> None:
        """Start a process and look after it from now on. Raises CannotServe when its program cannot be run."""
        self._launch(self.children.setdefault(process.name, Child(process)))

    def _launch(self, child: Child) -> None:
        try:
            child.popen = spawn(child.process, subprocess.PIPE)
        except (OSError, subprocess.SubprocessError) as error:
            raise CannotServe(f"{child.process.name} cannot be started: {error}") from None
        child.restart_at = None
        stream = child.popen.stdout
        assert stream is not None
        os.set_blocking(stream.fileno(), False)
        self._selector.register(stream, selectors.EVENT_READ, child)

    def must_run(self, name: str) -> None:
        """Let time pass for the log and the signals. Raises CannotServe when the process has ended for good."""
        self._pump(0)
        child = self.children[name]
        if child.popen is not None and child.popen.poll() is not None:
            self._pump(TICK_SECONDS)
            raise CannotServe(f"{name} did not start ({_ending(child.popen.returncode)}); its last words are above.")

    def run(self, until: Callable[[], bool] | None = None) -> None:
        """Look after the processes until `until` is true (asked about ten times a second), or for ever.

        Raises Stopped when asked to end, CannotServe when a process falls again and again or a job fails.
        """
        while until is None or not until():
            self._pump(TICK_SECONDS)

    def finish(self, process: Process) -> None:
        """Run a job to its end while everything else goes on. Raises CannotServe when it fails."""
        self.start(process)
        self.run(until=lambda: self.children[process.name].done)

    def _pump(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._wakeup[0], 4096)
            else:
                self._read(key.data, key.fileobj)  # type: ignore[arg-type]  # registered with streams only
        if self._asked_to_stop:
            raise Stopped
        for child in list(self.children.values()):
            if child.popen is not None and child.popen.poll() is not None:
                self._ended(child, child.popen)
            elif child.restart_at is not None and child.restart_at <= time.monotonic():
                self._launch(child)

    def _ended(self, child: Child, popen: subprocess.Popen[bytes]) -> None:
        signal_group(popen.pid, signal.SIGKILL)  # what it left behind would hold ports and rows
        self._drain(child, popen)
        child.popen = None
        if child.process.once:
            if popen.returncode != 0:
                raise CannotServe(f"{child.process.name} failed ({_ending(popen.returncode)}).")
            child.done = True
            return
        now = time.monotonic()
        child.falls = [at for at in child.falls if now - at < FALLS_WINDOW_SECONDS] + [now]
        name, ending = child.process.name, _ending(popen.returncode)
        if len(child.falls) >= MAX_FALLS:
            raise CannotServe(f"{name} ended {MAX_FALLS} times within a minute ({ending}): giving up.")
        wait = self.backoff_seconds * 2 ** (len(child.falls) - 1)
        child.restart_at = now + wait
        self.say("rcm", f"{name} ended ({ending}); starting it again in {wait:g} s.")

    def _drain(self, child: Child, popen: subprocess.Popen[bytes]) -> None:
        """Log what a process that has ended still had in its pipe."""
        stream = popen.stdout
        while stream is not None and not stream.closed:
            self._read(child, stream)  # type: ignore[arg-type]  # a pipe's raw stream

    # -- the end

    def stop(self) -> None:
        """Stop every process, the last started first, so that nobody loses the server it still needs."""
        self._asked_to_stop = False
        for child in reversed(self.children.values()):
            child.restart_at = None
            if child.popen is not None:
                self._stop(child, child.popen)

    def _stop(self, child: Child, popen: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + child.process.stop_seconds
        if popen.poll() is None:
            popen.send_signal(child.process.stop_signal)
        while popen.poll() is None and time.monotonic() < until and not self._asked_to_stop:
            for key, _ in self._selector.select(TICK_SECONDS):
                if key.data is None:
                    os.read(self._wakeup[0], 4096)
                else:
                    self._read(key.data, key.fileobj)  # type: ignore[arg-type]  # registered with streams only
        signal_group(popen.pid, signal.SIGKILL)
        popen.wait()
        self._drain(child, popen)
        child.popen = None


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"

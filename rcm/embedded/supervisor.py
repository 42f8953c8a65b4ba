"""Runs processes, joins their output into one prefixed log, starts the fallen again, and stops all of them in
order.

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
from types import FrameType
from typing import IO, BinaryIO, Self

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
    colour: int
    popen: subprocess.Popen[bytes] | None = None
    unfinished: bytes = b""
    last_line: str = ""
    falls: list[float] = field(default_factory=list)  # monotonic seconds
    restart_at: float | None = None
    starting: bool = False
    done: bool = False


class Supervisor:
    """Use as a context manager: leaving it, for whatever reason, stops every process that it started."""

    def __init__(self, output: BinaryIO | None = None, *, backoff_seconds: float = 0.5) -> None:
        self.output = output or sys.stdout.buffer
        self.colours = self.output.isatty() and "NO_COLOR" not in os.environ
        self.backoff_seconds = backoff_seconds
        self.children: dict[str, Child] = {}
        self._selector = selectors.DefaultSelector()
        self._asked_to_stop = False

    def __enter__(self) -> Self:
        reader, writer = self._wakeup = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        self._selector.register(reader, selectors.EVENT_READ)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        # With a handler of its own the signal reaches the wake-up pipe: a child's end is seen at once.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        self._selector.close()
        for end in self._wakeup:
            os.close(end)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def say(self, line: str, name: str = "rcm", colour: int = 1) -> None:
        """Write one line of the log. When the reader went away, the processes are stopped in order."""
        prefix = f"{name:<9}| "
        if self.colours:
            prefix = f"\x1b[{colour}m{prefix}\x1b[0m"
        try:
            self.output.write(f"{prefix}{line}\n".encode())
            self.output.flush()
        except OSError:
            self._asked_to_stop = True

    def start(self, process: Process) -> None:
        """Start a process and look after it from now on. Raises CannotServe when it cannot be run."""
        colour = _COLOURS[len(self.children) % len(_COLOURS)]
        self._launch(self.children.setdefault(process.name, Child(process, colour)))

    def start_and_wait(self, process: Process, wait: Callable[[Callable[[], None]], None]) -> None:
        """Start a server and return once `wait` does; it gets a function to call meanwhile, again and again.

        Raises CannotServe when the server ends before that: it is not started again.
        """
        self.start(process)
        child = self.children[process.name]
        child.starting = True
        wait(lambda: self._pump(0))
        child.starting = False

    def run(self, until: Callable[[], bool] | None = None) -> None:
        """Look after the processes until `until` is true (asked about ten times a second), or for ever.

        Raises Stopped when asked to end, CannotServe when a process falls again and again or a job fails.
        """
        while until is None or not until():
            self._pump(TICK_SECONDS)

    def run_for(self, seconds: float) -> None:
        """Look after the processes for a while; raises as `run` does."""
        until = time.monotonic() + seconds
        self.run(until=lambda: time.monotonic() >= until)

    def is_done(self, name: str) -> bool:
        """Whether this job has ended well."""
        return self.children[name].done

    def stop(self) -> None:
        """Stop everything, the upper floors first; a second Ctrl-C kills what is still there."""
        self._asked_to_stop = False
        for child in self.children.values():
            child.restart_at = None
        for floor in sorted({child.process.floor for child in self.children.values()}, reverse=True):
            self._stop([c for c in self.children.values() if c.process.floor == floor and c.popen is not None])

    def _launch(self, child: Child) -> None:
        try:
            child.popen = spawn(child.process, subprocess.PIPE)
        except (OSError, subprocess.SubprocessError) as error:
            raise CannotServe(f"{child.process.name} cannot be started: {error}") from None
        child.restart_at = None
        assert child.popen.stdout is not None
        os.set_blocking(child.popen.stdout.fileno(), False)
        self._selector.register(child.popen.stdout, selectors.EVENT_READ, child)

    def _pump(self, seconds: float) -> None:
        self._log_output(seconds)
        if self._asked_to_stop:
            raise Stopped
        for child in list(self.children.values()):
            if child.popen is not None and child.popen.poll() is not None:
                self._ended(child, child.popen.returncode)
            elif child.restart_at is not None and child.restart_at <= time.monotonic():
                self._launch(child)

    def _log_output(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if isinstance(key.data, Child):
                self._read(key.data)
            else:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._wakeup[0], 4096)

    def _read(self, child: Child) -> bool:
        """Log what the process has written; false when there is nothing more, now or ever."""
        stream = child.popen.stdout if child.popen else None
        data = stream.read(_LONGEST_LINE) if stream and not stream.closed else None
        if stream is None or data is None:
            return False
        *lines, child.unfinished = (child.unfinished + data).split(b"\n")
        if child.unfinished and (not data or len(child.unfinished) >= _LONGEST_LINE):
            lines.append(child.unfinished)
            child.unfinished = b""
        for line in lines:
            child.last_line = line.decode(errors="replace").rstrip()
            if not child.process.quiet:
                self.say(child.last_line, child.process.name, child.colour)
        if not data:
            self._close(stream)
        return bool(data)

    def _close(self, stream: IO[bytes]) -> None:
        if not stream.closed:
            self._selector.unregister(stream)
            stream.close()

    def _ended(self, child: Child, code: int) -> None:
        self._clear(child)
        name, ending = child.process.name, _ending(code)
        if child.process.quiet and child.last_line:
            ending += f", {child.last_line}"
        if child.starting:
            raise CannotServe(f"{name} did not start: {child.last_line or ending}")
        if child.process.once:
            if code != 0:
                raise CannotServe(f"{name} failed ({ending}): {child.last_line or 'no last words'}")
            child.done = True
            return
        now = time.monotonic()
        child.falls = [at for at in child.falls if now - at < FALLS_WINDOW_SECONDS] + [now]
        if len(child.falls) >= MAX_FALLS:
            raise CannotServe(f"{name} ended {MAX_FALLS} times within a minute ({ending}): giving up.")
        wait = self.backoff_seconds * 2 ** (len(child.falls) - 1)
        child.restart_at = now + wait
        self.say(f"{name} ended ({ending}); starting it again in {wait:g} s.")

    def _clear(self, child: Child) -> None:
        """Forget a process that ended: log its last words, kill what it left behind (it may hold a port)."""
        assert child.popen is not None
        signal_group(child.popen.pid, signal.SIGKILL)
        child.popen.wait()
        while self._read(child):
            pass
        if child.popen.stdout is not None:  # one of its own may have left the group and still hold the pipe
            self._close(child.popen.stdout)
        child.popen = None

    def _stop(self, children: list[Child]) -> None:
        began = time.monotonic()
        for child in children:
            if child.popen is not None and child.popen.poll() is None:
                child.popen.send_signal(child.process.stop_signal)
        while waiting := [c for c in children if c.popen is not None]:
            for child in waiting:
                assert child.popen is not None
                late = time.monotonic() - began > child.process.stop_seconds
                if late or self._asked_to_stop or child.popen.poll() is not None:
                    self._clear(child)
            self._log_output(TICK_SECONDS)


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"

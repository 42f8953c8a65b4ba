import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

SLEEPER = "import os, time; print('pid', os.getpid()); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPER
PARENT = (
    "import os, subprocess, sys, time; print('pid', os.getpid()); "
    "subprocess.Popen([sys.executable, '-u', '-S', '-c', \"" + SLEEPER + '"]).wait()'
)


@contextmanager
def standin(*programs: str) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.embedded.standin", *programs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with child:
        yield child
        child.kill()


def pids(child: subprocess.Popen[str], count: int) -> list[int]:
    """The process ids that the stand-ins print."""
    found: list[int] = []
    assert child.stdout is not None
    while len(found) < count:
        line = child.stdout.readline()
        assert line, "the supervisor ended early"
        found += [int(number) for number in re.findall(r"pid (\d+)", line)]
    return found


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(condition: Callable[[], bool], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.01)
    return condition()


def test_every_line_carries_the_name_of_its_process() -> None:
    with standin("one!=print('first'); print('half', end='')", "two!=import sys; sys.exit('last words')") as child:
        out, err = child.communicate(timeout=20)
    assert child.returncode == 1
    assert {"one      | first", "one      | half", "two      | last words"} <= set(out.splitlines())
    assert err == "two failed (exit 1): last words\n"


def test_a_terminal_gets_colours() -> None:
    leader, follower = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    command = [sys.executable, "-m", "tests.embedded.standin", "one!=print('first'); raise SystemExit(1)"]
    ended = subprocess.run(command, stdout=follower, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(follower)
    assert ended.returncode == 1
    assert b"\x1b[36mone      | \x1b[0mfirst" in os.read(leader, 4096)
    os.close(leader)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_with_exit_0(number: signal.Signals) -> None:
    with standin(f"a={SLEEPER}", f"b={PARENT}") as child:
        started = pids(child, 3)
        child.send_signal(number)
        assert child.wait(20) == 0
        assert not [pid for pid in started if alive(pid)]


def test_a_process_that_ignores_the_signal_is_killed() -> None:
    with standin(f"a={STUBBORN}") as child:
        started = pids(child, 1)
        child.send_signal(signal.SIGINT)
        assert child.wait(20) == 0
        assert not alive(started[0])


def test_a_killed_supervisor_leaves_no_process() -> None:
    with standin(f"a={SLEEPER}", f"b={SLEEPER}") as child:
        started = pids(child, 2)
        child.kill()
        assert eventually(lambda: not any(alive(pid) for pid in started))


def test_the_upper_floor_stops_before_the_one_it_stands_on() -> None:
    ends = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('bye'))); "
    with standin(f"db/0={ends}{SLEEPER}", f"web={ends}{SLEEPER}") as child:
        pids(child, 2)
        child.send_signal(signal.SIGTERM)
        out, _ = child.communicate(timeout=20)
    assert [line for line in out.splitlines() if "bye" in line] == ["web      | bye", "db       | bye"]


def test_a_fallen_process_is_started_again_with_one_line() -> None:
    with standin(f"a={SLEEPER}") as child:
        assert child.stdout is not None
        (first,) = pids(child, 1)
        os.kill(first, signal.SIGKILL)
        assert child.stdout.readline() == "rcm      | a ended (signal SIGKILL); starting it again in 0.01 s.\n"
        (second,) = pids(child, 1)
        assert second != first
        child.send_signal(signal.SIGTERM)
        assert child.wait(20) == 0


def test_a_process_that_falls_five_times_ends_everything() -> None:
    with standin(f"b={SLEEPER}", "a=raise SystemExit(3)") as child:
        (other,) = pids(child, 1)
        out, err = child.communicate(timeout=20)
    assert child.returncode == 1
    assert err == "a ended 5 times within a minute (exit 3): giving up.\n"
    fourth = "rcm      | a ended (exit 3); starting it again in 0.08 s."
    assert out.splitlines()[-1] == fourth
    assert not alive(other)


def test_a_reader_that_goes_away_stops_everything() -> None:
    with standin(f"a={SLEEPER}", "b=import time\nwhile True: print('x'); time.sleep(0.01)") as child:
        started = pids(child, 1)
        assert child.stdout is not None
        child.stdout.close()
        assert child.wait(20) == 0
        assert not alive(started[0])

"""`python -m rcm.embedded serve` with everything real: it serves, stops, starts again, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rcm.embedded.processes import free_port
from tests.embedded.test_supervisor import eventually


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The supervisor, from its ready line on."""
    given = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    child = subprocess.Popen(
        [sys.executable, "-m", "rcm.embedded", "serve"],
        env=given | {"DATA_DIR": str(folder), "EXCHANGE_DIR": "", "PORT": str(port), "DEMO": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with child:
        assert child.stdout is not None
        log: list[str] = []
        for line in child.stdout:
            log.append(line)
            if "Ready: " in line:
                break
        assert log[-1:] == [f"rcm      | Ready: http://127.0.0.1:{port}\n"], "".join(log)
        yield child
        child.kill()


def processes_naming(folder: Path) -> list[str]:
    """Command lines and environments of the processes that know the data folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            texts = ((entry / name).read_bytes() for name in ("cmdline", "environ"))
            if any(str(folder).encode() in text for text in texts):
                found.append((entry / "cmdline").read_text())
        except OSError:  # it ended meanwhile
            continue
    return found


def managed(folder: Path, *arguments: str) -> str:
    """What a command of `manage.py` says that is given nothing but the data folder."""
    given = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=given | {"DATA_DIR": str(folder), "EXCHANGE_DIR": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout


def test_it_serves_stops_and_survives_being_killed(tmp_path: Path) -> None:
    folder, port = tmp_path / "data", free_port()
    with served(folder, port) as first:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert answer.status == 200
        assert len(processes_naming(folder)) >= 6
        assert managed(folder, "run_pipeline", "--once", "--stage", "open_cases")
        first.send_signal(signal.SIGINT)
        assert first.wait(60) == 0
    assert processes_naming(folder) == []
    assert not (folder / "servers.json").exists()

    with served(folder, port) as second:
        second.kill()
        assert eventually(lambda: processes_naming(folder) == [], seconds=60)

    with served(folder, port) as third:
        third.send_signal(signal.SIGTERM)
        assert third.wait(60) == 0
    assert processes_naming(folder) == []

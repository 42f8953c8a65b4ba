"""The simulated clearinghouse and payers, driven by the replay's clock instead of the wall's."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self


class SimulatorStopped(Exception):
    """The simulator's process ended while the replay still needed it."""


class SimulatorRefused(Exception):
    """The simulator does not do what it was told."""


class Simulator:
    """`python -m payersim drive`: a process of its own that answers as of the instants it is told."""

    def __init__(self, exchange: Path, payers: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "payersim", "drive", "--exchange", str(exchange), "--payers", str(payers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def tick(self, now: datetime) -> tuple[int, int]:
        """Take what was sent and write every answer due by `now`; returns (files read, files written)."""
        _, taken, written = self._ask(f"tick {now.isoformat()}", "done ").split()
        return int(taken), int(written)

    def order(self, kind: str, practice: str, claim_number: str) -> None:
        """Have something out of the ordinary done to a practice's claim at the next tick; see payersim's orders."""
        self._ask(f"order {kind} {practice} {claim_number}", "ordered ")

    def _ask(self, line: str, answer: str) -> str:
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            raise SimulatorStopped("The payer simulator has no pipes.")
        try:
            to.write(f"{line}\n")
            to.flush()
        except BrokenPipeError:
            raise SimulatorStopped("The payer simulator ended before the replay did.") from None
        for said in back:
            if said.startswith(answer):
                return said
            if said.startswith("error "):
                raise SimulatorRefused(f"{line}: {said.strip()}")
        raise SimulatorStopped("The payer simulator ended before the replay did.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

"""Mutated X12 through everything that takes a file: `make fuzz`, or `python -m tests.edi.fuzz --count N --seed S`.

Whatever a file holds, reading, validating, acknowledging and rewriting it end, and raise nothing but X12Error.
"""

import argparse
import json
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

from edi.commands.parse import as_json
from edi.errors import X12Error
from edi.reading import read_facts
from edi.rewrite import rewrite
from edi.validate.acknowledge import acknowledge
from tests.edi.mutations import mutated, seeds

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
LONGEST = 60  # seconds that one input may take
MOST_MEMORY = 1024 * 1024 * 1024  # bytes
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
_CHUNK = 50


class Wrong(Exception):
    """A file was taken, but what came of it is not right."""


class TooLong(Exception):
    """An input took longer than LONGEST."""


def check(content: bytes) -> None:
    """Read, validate, acknowledge and rewrite a file. Raises what none of these should raise."""
    readable = True
    try:
        for _, fact in read_facts(content):
            json.dumps(as_json(fact))
    except X12Error as error:
        str(error)
        readable = False
    _check_validation(content)
    target = BytesIO()
    try:
        rewrite(content, target)
    except X12Error:
        if readable:
            raise Wrong("A file that can be read can't be rewritten.") from None
    else:
        if target.getvalue() != content:
            raise Wrong("Rewriting changed the file.")


def _check_validation(content: bytes) -> None:
    try:
        answer = acknowledge(content, now=NOW)  # it validates
        if answer.content:
            for _ in read_facts(answer.content):
                pass
    except X12Error as error:
        if error.says.startswith("A value holds a delimiter"):
            raise Wrong("The answer to a file can't be written.") from error


@dataclass
class Result:
    """What came of some inputs."""

    count: int = 0
    readable: int = 0
    failures: list[tuple[int, str, str]] = field(default_factory=list)  # number, exception, traceback
    slowest: tuple[float, int] = (0.0, -1)
    memory: int = 0  # bytes, the most that this process ever had


def corpus() -> list[bytes]:
    """Real files, where they are beside the repository."""
    return [path.read_bytes() for path in sorted(CORPUS.glob("*/*"))]


def run(seed: str, numbers: Sequence[int], files: Sequence[bytes]) -> Result:
    """Check the inputs with these numbers."""
    result = Result()
    for number in numbers:
        content = mutated(f"{seed}:{number}", files)
        started = time.perf_counter()
        try:
            check(content)
        except Exception as error:
            result.failures.append((number, type(error).__name__, traceback.format_exc()))
        result.slowest = max(result.slowest, (time.perf_counter() - started, number))
        result.count += 1
    result.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return result


_files: list[bytes] = []
_seed = ""


def _begin(seed: str) -> None:
    """A process of its own: its memory is bounded, and it has an alarm clock."""
    global _seed
    _seed = seed
    _files[:] = seeds(corpus())
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))

    def ring(signal_number: int, frame: FrameType | None) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, ring)


def _part(numbers: range) -> Result:
    result = Result()
    for number in numbers:
        signal.alarm(LONGEST)
        one = run(_seed, [number], _files)
        signal.alarm(0)
        result.count += 1
        result.failures += one.failures
        result.slowest = max(result.slowest, one.slowest)
        result.memory = one.memory
    return result


def _parts(count: int) -> Iterator[range]:
    return (range(start, min(start + _CHUNK, count)) for start in range(0, count, _CHUNK))


def main(arguments: Sequence[str]) -> int:
    """Run the inputs in two processes and report; 1 when one of them failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.edi.fuzz", description="Mutated X12.")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", type=int, help="check the input with this number alone, here")
    asked = parser.parse_args(arguments)
    if asked.only is not None:
        check(mutated(f"{asked.seed}:{asked.only}", seeds(corpus())))
        return 0
    files = seeds(corpus())
    say(f"{asked.count} inputs made of {len(files)} files, seed {asked.seed}")
    whole = Result()
    started = told = time.perf_counter()
    with get_context("fork").Pool(asked.processes, _begin, (asked.seed,)) as pool:
        for part in pool.imap_unordered(_part, _parts(asked.count)):
            _add(whole, part, asked.seed, files)
            if time.perf_counter() - told > 10:
                told = time.perf_counter()
                say(f"  {whole.count:>8}  {_rate(whole, started)}  {len(whole.failures)} failures")
    slowest, number = whole.slowest
    say(f"{whole.count} inputs, {_rate(whole, started)}, at most {whole.memory / 1e6:.0f} MB")
    say(f"slowest: input {number}, {slowest * 1000:.0f} ms")
    for name, times in Counter(name for _, name, _ in whole.failures).most_common():
        say(f"{name}: {times}")
    say("no failures" if not whole.failures else f"{len(whole.failures)} failures")
    return int(bool(whole.failures))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _add(whole: Result, part: Result, seed: str, files: Sequence[bytes]) -> None:
    whole.count += part.count
    whole.slowest = max(whole.slowest, part.slowest)
    whole.memory = max(whole.memory, part.memory)
    seen = Counter(name for _, name, _ in whole.failures)
    for number, name, trace in part.failures:
        if seen[name] < 5:
            seen[name] += 1
            folder = Path(tempfile.gettempdir()) / "edi-fuzz"
            folder.mkdir(exist_ok=True)
            saved = folder / f"{seed}-{number}.x12"
            saved.write_bytes(mutated(f"{seed}:{number}", files))
            say(f"input {number} (--only {number}), saved as {saved}:\n{trace}")
    whole.failures += part.failures


def _rate(whole: Result, started: float) -> str:
    return f"{whole.count / (time.perf_counter() - started):.0f} inputs/s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`make bench-edi`: how fast the codec reads, writes and validates, beside other Python libraries on the same files.

Each figure comes from a process of its own: both clocks cover reading from the disk and the work, not the start of
Python; the memory is the highest resident set of that process as the kernel counted it. Claims a second are by the
clock on the wall; claims a processor second are what one core does when nothing else wants it, and the figure to
look at on a machine that others use, too. `--rounds 3` takes the best of three. Slow libraries get a shorter file.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from bench.edi_files import write_835, write_837p

CLAIMS = 100_000
FEWER = 20_000
SLOW = 1_000
BATCH = 1_000  # claims of a written 837P
NOON = datetime(2026, 3, 2, 12, 30)  # noqa: DTZ001 an ISA carries local time without a zone


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One row of the table: what is done, by whom, to how many claims of which kind of file."""

    what: str
    who: str
    run: Callable[[Path], int]  # calls `started` when it has all it needs, and gives back how many claims it did
    kind: str
    claims: int


@dataclass(frozen=True, kw_only=True)
class Result:
    """Claims, seconds by the wall and of the processor, and peak memory."""

    claims: int
    seconds: float
    processor: float
    megabytes: float

    @property
    def rate(self) -> float:
        return self.claims / self.processor


_clocks = [0.0, 0.0]


def started() -> None:
    """The work begins here."""
    _clocks[:] = perf_counter(), process_time()


@contextmanager
def not_counted() -> Iterator[None]:
    """Both clocks stand still."""
    wall, processor = perf_counter(), process_time()
    yield
    _clocks[0] += perf_counter() - wall
    _clocks[1] += process_time() - processor


def read_and_balance(path: Path) -> int:
    from edi.balance import claim_problems, remit_imbalance
    from edi.remit_835 import read_remits

    started()
    count = 0
    with path.open("rb") as stream:
        for remit in read_remits(stream):
            paid = Decimal(0)
            for claim in remit.claims:
                count += 1
                paid += claim.paid
                if claim_problems(claim):
                    sys.exit("A claim that balances was found not to.")
            made = remit.provider_adjustments
            if remit.problems or remit_imbalance(remit.header, claims_paid=paid, provider_adjustments=made):
                sys.exit("A remittance that balances was found not to.")
    return count


def write_remits(path: Path) -> int:
    from edi.remit_835 import read_remits, write_remit

    with path.open("rb") as stream:
        remits = [each.whole() for each in read_remits(stream)]
    started()
    write_remit(_header(), remits)
    return sum(len(each.claims) for each in remits)


def read_claims(path: Path) -> int:
    from edi.claim_837p import read_claims as read

    started()
    count = 0
    with path.open("rb") as stream:
        for claim in read(stream):
            count += not claim.problems
    return count


def write_claims(path: Path) -> int:
    """Batch by batch, as the product does: only the writing counts, the facts of a batch go when it is written."""
    from edi.claim_837p import ProfessionalBatch, Receiver, Submitter
    from edi.claim_837p import read_claims as read
    from edi.claim_837p import write_claims as write
    from edi.parties import Contact, Organization

    submitter = Submitter(
        name=Organization(name="Lakeshore Medical Group"),
        id="LAKESHORE",
        contact=Contact(name="Billing Office", phone="2185550100"),
    )
    receiver = Receiver(name="Clear Harbor Exchange", id="CLEARHARBOR")
    count = 0
    with path.open("rb") as stream:
        facts = read(stream)
        started()
        while True:
            with not_counted():
                some = tuple(islice(facts, BATCH))
            if not some:
                return count
            made = ProfessionalBatch(
                header=_header(), submitter=submitter, receiver=receiver, reference="B1", claims=some
            )
            write(made)
            count += len(some)


def validate(path: Path) -> int:
    from edi.validate import validate as findings

    started()
    with path.open("rb") as stream:
        for finding in findings(stream):
            if finding.severity == "error":
                sys.exit(f"A clean file has a finding: {finding.code} {finding.segment} {finding.says}")
    return _counted(path)


def oxedi_remits(path: Path) -> int:
    import oxedi

    started()
    document = oxedi.parse(path.read_bytes())
    document.sum_payments()
    return int(document.count_claims())


def x12sdk_models(path: Path) -> int:
    from x12sdk.io import X12ModelReader

    started()
    with X12ModelReader(path.read_text("ascii")) as reader:
        for _ in reader.models():
            pass
    return _counted(path)


def pyx12_validates(path: Path) -> int:
    import pyx12.params
    from pyx12.x12n_document import x12n_document

    started()
    with path.open(encoding="ascii") as stream:
        x12n_document(pyx12.params.params(), stream, None, None)
    return _counted(path)


def _header() -> "InterchangeHeader":  # noqa: F821 imported inside, so that another library's process has none of ours
    from edi.envelope import InterchangeHeader

    return InterchangeHeader(
        sender_id="HARBOR", receiver_id="LAKESHORE", control_number=17, group_control_number=18, written_at=NOON
    )


def _counted(path: Path) -> int:
    """Claims of a generated file, which its name tells."""
    return int(path.stem)


READ_835, READ_837, CHECK_837 = "835 read and balanced", "837P read", "837P validated, SNIP 1-5"
MEASURES = (
    Measure(what=READ_835, who="edi", run=read_and_balance, kind="835", claims=CLAIMS),
    Measure(what="835 read", who="oxedi", run=oxedi_remits, kind="835", claims=CLAIMS),
    Measure(what="835 read", who="x12sdk", run=x12sdk_models, kind="835", claims=SLOW),
    Measure(what="835 validated", who="pyx12", run=pyx12_validates, kind="835", claims=SLOW),
    Measure(what="835 written", who="edi", run=write_remits, kind="835", claims=FEWER),
    Measure(what=READ_837, who="edi", run=read_claims, kind="837P", claims=FEWER),
    Measure(what=READ_837, who="x12sdk", run=x12sdk_models, kind="837P", claims=SLOW),
    Measure(what="837P written", who="edi", run=write_claims, kind="837P", claims=FEWER),
    Measure(what=CHECK_837, who="edi", run=validate, kind="837P", claims=FEWER),
    Measure(what="835 validated, SNIP 1-5", who="edi", run=validate, kind="835", claims=FEWER),
    Measure(what="837P validated", who="pyx12", run=pyx12_validates, kind="837P", claims=SLOW),
)
BASES = {  # which of our rows a row of another library stands beside
    ("835", "oxedi"): 0,
    ("835", "x12sdk"): 0,
    ("835", "pyx12"): 9,
    ("837P", "x12sdk"): 5,
    ("837P", "pyx12"): 8,
}


def measured(number: int, path: Path, rounds: int) -> Result | None:
    """Run a measure in fresh processes and take the quickest; None when it can't be run here."""
    found = [_measured_once(number, path) for _ in range(rounds)]
    done = [each for each in found if each]
    return min(done, key=lambda each: each.processor) if done else None


def _measured_once(number: int, path: Path) -> Result | None:
    reading, writing = os.pipe()
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "bench.bench_edi", "--measure", str(number), str(path)],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1), (os.POSIX_SPAWN_CLOSE, reading)],
    )
    os.close(writing)
    with os.fdopen(reading) as output:
        text = output.read()
    _, status, usage = os.wait4(child, 0)
    if status or not text.strip():
        return None
    claims, seconds, processor = json.loads(text.splitlines()[-1])
    return Result(claims=claims, seconds=seconds, processor=processor, megabytes=usage.ru_maxrss / 1024)


def table(results: list[Result | None]) -> str:
    """Markdown, one row for each measure."""
    rows = [
        "| what | by | claims | claims/s | claims/processor s | peak MB | ours is |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for measure, result in zip(MEASURES, results, strict=True):
        start = f"| {measure.what} | {measure.who} | {measure.claims:,} |"
        if result is None:
            rows.append(f"{start} – | – | – | |")
            continue
        base = BASES.get((measure.kind, measure.who)) if measure.who != "edi" else None
        ours = results[base] if base is not None else None
        ratio = f"{ours.rate / result.rate:.3g} ×" if ours else ""
        wall = result.claims / result.seconds
        rows.append(f"{start} {wall:,.0f} | {result.rate:,.0f} | {result.megabytes:,.0f} | {ratio} |")
    return "\n".join(rows)


def main(arguments: Iterable[str]) -> None:
    parser = argparse.ArgumentParser(description="Measure the X12 codec beside other libraries.")
    parser.add_argument("--rounds", type=int, default=1, help="take the best of so many")
    parser.add_argument("--only", default="", help="only measures whose words contain this, such as '835' or 'edi'")
    parser.add_argument("--measure", nargs=2, metavar=("NUMBER", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args(list(arguments))
    if given.measure:
        number, name = given.measure
        count = MEASURES[int(number)].run(Path(name))
        print(json.dumps([count, perf_counter() - _clocks[0], process_time() - _clocks[1]]))
        return
    with TemporaryDirectory(prefix="bench-edi-") as folder:
        results: list[Result | None] = []
        for number, measure in enumerate(MEASURES):
            if given.only not in f"{measure.what} {measure.who}":
                results.append(None)
                continue
            path = Path(folder) / measure.kind / f"{measure.claims}.edi"
            if not path.exists():
                print(f"writing {measure.kind} of {measure.claims:,} claims …", file=sys.stderr)
                path.parent.mkdir(exist_ok=True)
                (write_835 if measure.kind == "835" else write_837p)(path, measure.claims)
            print(f"{measure.what}, {measure.who}, {measure.claims:,} claims …", file=sys.stderr)
            results.append(measured(number, path, given.rounds))
    print(table(results))


if __name__ == "__main__":
    main(sys.argv[1:])

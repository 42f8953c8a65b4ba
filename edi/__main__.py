"""`python -m edi parse FILE`: one JSON line for each claim, remittance, acknowledgment or status. `-` reads stdin.

Dates are ISO, money is a string. Exit status: 0 read, 2 not X12 (or the file can't be opened).
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO, TextIO, cast

from edi.ack_277ca import read_277ca
from edi.ack_999 import read_999
from edi.ack_ta1 import read_ta1
from edi.claim_837p import read_claims
from edi.envelope import Kind, check_envelope, identify
from edi.errors import X12Error
from edi.remit_835 import read_remits
from edi.status_276 import read_inquiries
from edi.status_277 import read_answers

_HEAD = 64 * 1024
_LEFT_OUT = frozenset({"raw", "interchange", "group"})
_USAGE = "usage: python -m edi parse FILE    (FILE may be - for standard input)\n"

Line = tuple[str, object]


def main(arguments: list[str], *, stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Run the command; never a traceback."""
    if len(arguments) != 2 or arguments[0] != "parse":
        stderr.write(_USAGE)
        return 2
    try:
        with _open(arguments[1], stdin) as stream:
            stdout.writelines(
                json.dumps({"kind": kind, **_plain(facts)}, ensure_ascii=False) + "\n" for kind, facts in _lines(stream)
            )
    except X12Error as error:
        stderr.write(f"{arguments[1]}: {error}\n")
        return 2
    except OSError as error:
        stderr.write(f"{arguments[1]}: {error.strerror or 'cannot be read'}\n")
        return 2
    return 0


def _open(name: str, stdin: BinaryIO) -> BinaryIO:
    if name != "-":
        return open(name, "rb")
    spool = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 the caller closes it
    copyfileobj(stdin, spool)
    spool.seek(0)
    return spool


def _lines(stream: BinaryIO) -> Iterator[Line]:
    kind = identify(stream.read(_HEAD))
    stream.seek(0)
    reader = _READERS.get(kind)
    if reader is None:
        raise X12Error(f"This kind of transaction set ({kind}) can't be read yet.")
    yield from reader(stream)
    stream.seek(0)
    for problem in check_envelope(stream):
        yield "problem", problem


def _remits(stream: BinaryIO) -> Iterator[Line]:
    for remit in read_remits(stream):
        yield "remit", remit.header
        for claim in remit.claims:
            yield "remit_claim", claim
        for adjustment in remit.provider_adjustments:
            yield "provider_adjustment", adjustment
        for problem in remit.problems:
            yield "problem", problem


def _named(name: str, read: Callable[[BinaryIO], Iterator[object]]) -> Callable[[BinaryIO], Iterator[Line]]:
    def lines(stream: BinaryIO) -> Iterator[Line]:
        for facts in read(stream):
            yield name, facts

    return lines


def _acks(stream: BinaryIO) -> Iterator[Line]:
    for ack in read_ta1(stream):
        yield "interchange_ack", ack
    stream.seek(0)
    for verdict in read_999(stream):
        yield "syntax_ack", verdict


_READERS: dict[Kind, Callable[[BinaryIO], Iterator[Line]]] = {
    Kind.CLAIM_837P: _named("claim", read_claims),
    Kind.REMIT_835: _remits,
    Kind.ACK_999: _acks,
    Kind.ACK_TA1: _acks,
    Kind.ACK_277CA: _named("claim_ack", read_277ca),
    Kind.STATUS_277: _named("status_answer", read_answers),
    Kind.STATUS_276: _named("status_inquiry", read_inquiries),
}


def _plain(facts: Any) -> Any:
    """Dataclasses as JSON shapes, without what is empty or only there for looking at."""
    if isinstance(facts, Decimal):
        return f"{facts:f}"
    if isinstance(facts, date | time):
        return facts.isoformat()
    if isinstance(facts, tuple):
        return [_plain(each) for each in facts]
    if is_dataclass(facts):
        found = {each.name: getattr(facts, each.name) for each in fields(facts) if each.name not in _LEFT_OUT}
        return {name: _plain(value) for name, value in found.items() if value not in (None, "", ())}
    return facts


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:], stdin=sys.stdin.buffer, stdout=sys.stdout, stderr=sys.stderr)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the pipe went away: nothing is wrong with the file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)

"""Segments, transaction sets and the envelope around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

_CLEAN = str.maketrans({"~": " ", "*": " ", ":": " ", "^": " ", "\r": " ", "\n": " "})


@dataclass(frozen=True, slots=True)
class Header:
    """Who sends to whom, when, and under which interchange control number. `usage` is ISA15 (P or T)."""

    sender: str
    receiver: str
    control: int
    at: datetime
    usage: str = "P"


class Composite(str):
    """An element whose components are already joined."""


def composite(*parts: str) -> Composite:
    """Components joined by the component separator, empty ones at the end left out."""
    return Composite(":".join(_clean(part) for part in parts).rstrip(":"))


def segment(*elements: str) -> str:
    """A segment without its terminator; empty elements at the end are left out, delimiters in values blanked."""
    return "*".join(each if isinstance(each, Composite) else _clean(each) for each in elements).rstrip("*")


def amount(value: Decimal) -> str:
    """Dollars as X12 writes them: no needless zeros (type R)."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal) -> str:
    """A number of units, without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: date) -> str:
    """CCYYMMDD."""
    return f"{value:%Y%m%d}"


def period(first: date, last: date) -> tuple[str, str]:
    """Format qualifier and value of a service date or range."""
    return ("D8", day(first)) if first == last else ("RD8", f"{day(first)}-{day(last)}")


def transaction(kind: str, control: int, version: str, body: Iterable[str]) -> list[str]:
    """ST to SE around a body, with the segment count. `version` "" leaves ST03 out."""
    number = f"{control:04d}"
    inner = list(body)
    return [segment("ST", kind, number, version), *inner, segment("SE", str(len(inner) + 2), number)]


def interchange(header: Header, functional_id: str, version: str, sets: Sequence[Sequence[str]]) -> bytes:
    """One interchange with one functional group."""
    group = str(header.control)
    segments = [
        _isa(header),
        segment(
            "GS",
            functional_id,
            header.sender,
            header.receiver,
            day(header.at),
            f"{header.at:%H%M}",
            group,
            "X",
            version,
        ),
        *(each for one in sets for each in one),
        segment("GE", str(len(sets)), group),
        segment("IEA", "1", f"{header.control:09d}"),
    ]
    return _encoded(segments)


def acknowledgment(header: Header, ta1: str) -> bytes:
    """An interchange that holds a TA1 and no group."""
    return _encoded([_isa(header), ta1, segment("IEA", "0", f"{header.control:09d}")])


def _isa(header: Header) -> str:
    parts = (
        "ISA",
        "00",
        " " * 10,
        "00",
        " " * 10,
        "ZZ",
        f"{header.sender:<15}",
        "ZZ",
        f"{header.receiver:<15}",
    )
    when = (
        f"{header.at:%y%m%d}",
        f"{header.at:%H%M}",
        "^",
        "00501",
        f"{header.control:09d}",
        "0",
        header.usage,
        ":",
    )
    return "*".join((*parts, *when))


def _encoded(segments: Iterable[str]) -> bytes:
    return "".join(each + "~" for each in segments).encode()


def _clean(text: str) -> str:
    return text.translate(_CLEAN)

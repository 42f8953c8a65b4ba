"""Reading an interchange's envelope with pyx12's low-level reader: segments, groups, sets and control faults."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pyx12.segment
import pyx12.x12file

ISA_WIDTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)


class Unreadable(Exception):
    """The file has no ISA that can be read, so that nobody can be answered."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment. `elements[0]` is its id; each element is the tuple of its components."""

    elements: tuple[tuple[str, ...], ...]
    loop: str = ""

    @property
    def id(self) -> str:
        """The segment id, such as NM1."""
        return self.elements[0][0]

    def value(self, element: int, component: int = 1) -> str:
        """The text at an element and component, both counted from 1; "" where there is none."""
        if element >= len(self.elements) or component > len(self.elements[element]):
            return ""
        return self.elements[element][component - 1].strip()


@dataclass(frozen=True, slots=True)
class TransactionSet:
    """ST to SE, both included. `codes` are the faults of its control segments as in 999 IK502."""

    segments: tuple[Segment, ...]
    codes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """ST01, such as 837."""
        return self.segments[0].value(1)

    @property
    def control(self) -> str:
        """ST02, the transaction set control number."""
        return self.segments[0].value(2)

    @property
    def version(self) -> str:
        """ST03, the implementation guide."""
        return self.segments[0].value(3)


@dataclass(frozen=True, slots=True)
class Group:
    """GS to GE. `codes` are the faults of its control segments as in 999 AK905."""

    header: Segment
    sets: tuple[TransactionSet, ...]
    declared: int
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interchange:
    """An interchange with a readable ISA. `fault` is the TA1 note code of the first envelope fault, or ""."""

    text: str
    sender_qualifier: str
    sender: str
    receiver_qualifier: str
    receiver: str
    date: str
    time: str
    version: str
    control: str
    wants_ta1: bool
    usage: str
    groups: tuple[Group, ...] = ()
    fault: str = ""


@dataclass(slots=True)
class _Reading:
    """What the walk over the segments has gathered so far."""

    groups: list[Group] = field(default_factory=list)
    header: Segment | None = None
    sets: list[TransactionSet] = field(default_factory=list)
    current: list[Segment] = field(default_factory=list)
    set_codes: list[str] = field(default_factory=list)
    group_codes: list[str] = field(default_factory=list)
    isa_codes: list[str] = field(default_factory=list)
    isa_count: int = 0
    stray: bool = False


def read_interchange(data: bytes) -> Interchange:
    """Read the envelope and split it into groups and transaction sets.

    Raises Unreadable when the first 106 characters are no ISA. Every other fault is in the result.
    """
    text = _decode(data)
    found = _isa(text)
    if found.version != "00501":
        return replace(found, fault="017")
    reading = _Reading()
    try:
        _walk(text, reading)
    except Exception:  # the reader raises many kinds on broken input; all mean the same to the sender
        return replace(found, fault="024")
    return replace(found, groups=tuple(reading.groups), fault=_fault(reading))


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _isa(text: str) -> Interchange:
    head = text[:106]
    parts = head[:105].split(head[3]) if len(head) == 106 and head.startswith("ISA") else []
    if tuple(len(part) for part in parts) != ISA_WIDTHS:
        raise Unreadable("The file does not begin with an ISA segment.")
    return Interchange(
        text=text,
        sender_qualifier=parts[5],
        sender=parts[6].strip(),
        receiver_qualifier=parts[7],
        receiver=parts[8].strip(),
        date=parts[9],
        time=parts[10],
        version=parts[12],
        control=parts[13],
        wants_ta1=parts[14] == "1",
        usage=parts[15],
    )


def _walk(text: str, reading: _Reading) -> None:
    reader = pyx12.x12file.X12Reader(io.StringIO(text))
    for raw in reader:
        segment = Segment(tuple(_components(raw)))
        _note_errors(reader.pop_errors(), reading)
        _place(segment, reading)
    reader.cleanup()
    _note_errors(reader.pop_errors(), reading)
    if reading.header is not None:
        _end_group(reading, 0)


def _components(raw: pyx12.segment.Segment) -> list[tuple[str, ...]]:
    composites = [tuple(part.get_value() or "" for part in each.elements) for each in raw.elements]
    return [(raw.get_seg_id() or "",), *composites]


def _place(segment: Segment, reading: _Reading) -> None:
    match segment.id:
        case "ISA":
            reading.isa_count += 1
        case "GS":
            reading.header = segment
        case "ST":
            _end_set(reading)
            reading.current = [segment]
        case "SE":
            reading.current.append(segment)
            _end_set(reading)
        case "GE":
            declared = segment.value(1)
            _end_group(reading, int(declared) if declared.isdigit() else 0)
        case "IEA":
            pass
        case _ if reading.current:
            reading.current.append(segment)
        case _:
            reading.stray = True


def _end_set(reading: _Reading) -> None:
    if reading.current:
        reading.sets.append(TransactionSet(tuple(reading.current), tuple(dict.fromkeys(reading.set_codes))))
    reading.current, reading.set_codes = [], []


def _end_group(reading: _Reading, declared: int) -> None:
    _end_set(reading)
    if reading.header is not None:
        group = Group(reading.header, tuple(reading.sets), declared, tuple(dict.fromkeys(reading.group_codes)))
        reading.groups.append(group)
    reading.header, reading.sets, reading.group_codes = None, [], []


def _note_errors(errors: Sequence[tuple[str, str, str, str | None, int | None]], reading: _Reading) -> None:
    places = {"isa": reading.isa_codes, "gs": reading.group_codes, "st": reading.set_codes}
    for kind, code, *_ in errors:
        if kind in places:
            places[kind].append(code)


def _fault(reading: _Reading) -> str:
    if reading.isa_codes:
        return reading.isa_codes[0]
    if reading.isa_count != 1 or reading.stray or not reading.groups:
        return "024"
    return ""

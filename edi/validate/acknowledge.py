"""The TA1 and 999 that a payer would send for a file. Source: X12 005010X231A1; 005010 control structure (TA1).

`received` looks at the envelopes once more and sorts the findings under them; `write_acknowledgment` says it in X12.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any, BinaryIO

from edi.elements import plain
from edi.envelope import EnvelopeReader, Group, Interchange, InterchangeHeader, InterchangeWriter
from edi.errors import X12Error
from edi.segments import Delimiters, write_segment
from edi.validate.file import validate
from edi.validate.finding import ERROR, Finding

GUIDE = "005010X231A1"
_LOOP = re.compile(r"\d{4}[A-Z]{0,2}")
_MOST_CODES = 5
_LONGEST = 80  # characters of anything that is quoted
_NOBODY = "UNKNOWN"  # an ISA can't carry an id of one character
_BUSINESS_UNITS = {"837": ("CLM", "CLM01"), "835": ("CLP", "CLP01")}

_SEGMENT_CODES = {
    "unknown-segment": "1",
    "unexpected-segment": "2",
    "missing-segment": "3",
    "missing-loop": "3",
    "too-many-loops": "4",
    "too-many": "5",
    "out-of-order": "7",
}
"""Finding code: IK304."""

_ELEMENT_CODES = {
    "missing-element": "1",
    "condition": "2",
    "too-many-elements": "3",
    "too-short": "4",
    "too-long": "5",
    "bad-character": "6",
    "bad-type": "6",
    "wrong-separator": "6",
    "bad-code": "7",
    "bad-date": "8",
    "bad-time": "9",
    "exclusive": "10",
    "too-many-repetitions": "12",
    "too-many-components": "13",
    "not-used": "I10",
}
"""Finding code: IK403."""

_ELEMENT_CODE_OF_LEVEL = {1: "6", 2: "7", 3: "I12", 4: "I12", 5: "7"}
_SET_CODES = {"SE": "2", "SE02": "3", "SE01": "4", "ST01": "6", "ST02": "23", "unknown-guide": "I6"}
"""Finding code: IK502."""

_GROUP_CODES = {"GE": "3", "GE02": "4", "GE01": "5"}
"""Finding code: AK905."""

_ISA_NOTES = {
    1: "010",
    2: "011",
    3: "012",
    4: "013",
    5: "005",
    6: "006",
    7: "007",
    8: "008",
    9: "014",
    10: "015",
    11: "026",
    12: "017",
    13: "018",
    14: "019",
    15: "020",
    16: "027",
}
"""Element of ISA: TA105."""

_INTERCHANGE_NOTES = {"IEA02": "001", "IEA01": "021", "IEA": "023"}


@dataclass(frozen=True, kw_only=True)
class ReceivedSet:
    """A transaction set with what is wrong in it. `first` is the number of its ST in the file."""

    id: str  # ST01
    control_number: str  # ST02
    guide: str
    first: int
    last: int = 0
    findings: tuple[Finding, ...] = ()
    units: tuple[tuple[int, str], ...] = ()  # number of each CLM or CLP that a finding may be about, and its element 1

    @property
    def codes(self) -> tuple[str, ...]:
        """IK502 to IK506."""
        found = [code for each in self.findings if (code := _SET_CODES.get(each.code))]
        inner = [each for each in self.findings if each.code not in _SET_CODES]
        if any(each.level == 1 or each.code in _SEGMENT_CODES for each in inner):
            found.append("5")
        if any(each.level > 1 for each in inner):
            found.append("I5")
        return tuple(dict.fromkeys(found))[:_MOST_CODES]


@dataclass(frozen=True, kw_only=True)
class ReceivedGroup:
    """A functional group and its transaction sets."""

    group: Group
    stated: int  # GE01
    sets: tuple[ReceivedSet, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """AK905 to AK909."""
        return tuple(dict.fromkeys(code for each in self.findings if (code := _GROUP_CODES.get(each.code))))

    @property
    def accepted(self) -> int:
        """Number of transaction sets that go on."""
        return 0 if self.codes else sum(not each.findings for each in self.sets)

    @property
    def status(self) -> str:
        """AK901: A all of it, P part of it, R none of it."""
        if self.accepted == len(self.sets) and self.sets:
            return "A"
        return "P" if self.accepted else "R"


@dataclass(frozen=True, kw_only=True)
class ReceivedInterchange:
    """An interchange with its groups."""

    interchange: Interchange
    groups: tuple[ReceivedGroup, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def note(self) -> str:
        """TA105: 000, or the first thing that is wrong with the envelope."""
        for each in self.findings:
            if each.code in _INTERCHANGE_NOTES:
                return _INTERCHANGE_NOTES[each.code]
            if each.segment == "ISA" and each.element in _ISA_NOTES:
                return _ISA_NOTES[each.element]
        return "024" if self.findings else "000"

    @property
    def accepted(self) -> bool:
        """Its groups are looked at and answered with a 999."""
        return not self.findings


@dataclass(kw_only=True)
class _Open:
    """A file being looked at."""

    levels: Collection[int]
    broken: str = ""  # why it couldn't be read to its end
    loose: list[Finding] = field(default_factory=list)
    placed: list[Finding] = field(default_factory=list)

    def between(self, first: int, last: int) -> list[Finding]:
        """Findings at segments from one number to another. `placed` stands in the order of the file."""
        start = bisect_left(self.placed, first, key=_number_of)
        return self.placed[start : bisect_right(self.placed, last, key=_number_of)]


def _number_of(finding: Finding) -> int:
    return finding.segment_number or 0


def received(
    stream: BinaryIO | bytes, findings: Iterable[Finding], *, levels: Collection[int] = (1, 2)
) -> list[ReceivedInterchange]:
    """What was received, interchange by interchange, with the errors that the receiver answers for.

    Warnings are left out, and so are levels not in `levels`: payers answer balances, situations and code lists with a
    277CA, unless they say otherwise. An interchange that breaks off is refused. Raises X12Error when this isn't X12.
    """
    open_file = _Open(levels=levels)
    for each in findings:
        if each.severity == ERROR and each.level in levels:
            (open_file.placed if each.segment_number else open_file.loose).append(each)
    open_file.placed.sort(key=_number_of)
    reader = EnvelopeReader(stream)
    sets: dict[int, list[ReceivedSet]] = {}  # by the segment number of their group
    try:
        for transaction in reader:
            unit, _ = _BUSINESS_UNITS.get(transaction.id, ("", ""))
            one = ReceivedSet(
                id=transaction.id,
                control_number=transaction.control_number,
                guide=transaction.guide,
                first=transaction.segment_number,
            )
            last, units = one.first, []
            try:
                for block in transaction.blocks:
                    last = block.number + len(block) - 1
                    units += [
                        (block.number + at, block.parts[at][1])
                        for at, name in enumerate(block.names)
                        if name == unit and len(block.parts[at]) > 1
                    ]
            finally:
                own = sets.setdefault(transaction.group.segment_number, [])
                own.append(replace(one, last=last, units=tuple(units)))
    except X12Error as error:
        if not reader.interchanges:
            raise
        open_file.broken = error.says
    ends = [each.segment_number for each in reader.interchanges[1:]] + [1 << 62]
    groups = [_group(each, sets.get(each.segment_number, []), open_file) for each in reader.groups]
    return [
        _interchange(each, end, groups, open_file, last=each is reader.interchanges[-1])
        for each, end in zip(reader.interchanges, ends, strict=False)
    ]


def _interchange(
    interchange: Interchange, end: int, groups: list[ReceivedGroup], open_file: _Open, *, last: bool
) -> ReceivedInterchange:
    """`end` is the number of the segment behind it."""
    start = interchange.segment_number
    about = [each for each in open_file.between(start, end - 1) if each.segment in ("ISA", "IEA")]
    about += [each for each in open_file.loose if each.code == "IEA"]
    if open_file.broken and last:
        about.append(Finding(level=1, severity=ERROR, code="IEA", says=open_file.broken))
    first = bisect_left(groups, start, key=_start_of)
    own = groups[first : bisect_left(groups, end, key=_start_of)]
    return ReceivedInterchange(interchange=interchange, groups=tuple(own), findings=tuple(about))


def _start_of(group: ReceivedGroup) -> int:
    return group.group.segment_number


def _group(group: Group, mine: list[ReceivedSet], open_file: _Open) -> ReceivedGroup:
    start = group.segment_number
    behind = (mine[-1].last if mine else start) + 1  # the GE follows the last transaction set
    near = [*open_file.between(start, start), *open_file.between(behind, behind)]
    about = [each for each in near if each.segment in ("GS", "GE")]
    about += [each for each in open_file.loose if each.code == "GE"]
    found = []
    for one in mine:
        inside = [each for each in open_file.between(one.first, one.last) if each.code not in ("GE", "IEA")]
        if one is mine[-1]:
            inside += [each for each in open_file.loose if each.code not in ("GE", "IEA")]
        found.append(replace(one, findings=tuple(one.findings) + tuple(inside)))
    return ReceivedGroup(group=group, stated=len(mine), sets=tuple(found), findings=tuple(about))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The file to send back (empty when there is nothing to say), and whether everything was accepted."""

    content: bytes
    accepted: bool


def acknowledge(
    stream: BinaryIO | bytes, *, now: datetime, tables: Any = None, levels: Collection[int] = (1, 2)
) -> Answer:
    """Validate a file (bytes, or a stream that can be read twice) and answer it the way its receiver would.

    The answer goes back to the sender under the receiver's ids and with the file's own delimiters; its control
    numbers come from `now` (day of the year and time), so a receiver with a numbering of its own calls `received` and
    `write_acknowledgment`. Raises X12Error when the file isn't X12.
    """
    findings = list(validate(stream, tables=tables))
    if not isinstance(stream, bytes):
        stream.seek(0)
    interchanges = received(stream, findings, levels=levels)
    content = (
        write_acknowledgment(interchanges, header=_turned(interchanges[0].interchange, now)) if interchanges else b""
    )
    accepted = all(each.accepted and all(group.status == "A" for group in each.groups) for each in interchanges)
    return Answer(content=content, accepted=accepted)


def _turned(interchange: Interchange, now: datetime) -> InterchangeHeader:
    """From the receiver back to the sender."""
    number = int(f"{now:%j%H%M%S}")
    marks = _with_repetition(interchange.delimiters)
    return InterchangeHeader(
        sender_id=_id(interchange.receiver_id, marks),
        receiver_id=_id(interchange.sender_id, marks),
        sender_qualifier=_qualifier(interchange.receiver_qualifier),
        receiver_qualifier=_qualifier(interchange.sender_qualifier),
        control_number=number,
        group_control_number=number,
        written_at=now,
        usage="T" if interchange.usage == "T" else "P",
        acknowledgment_requested=False,
        delimiters=marks,
    )


def _with_repetition(marks: Delimiters) -> Delimiters:
    """The file's marks; one for repetition is made up when its ISA had none."""
    used = (marks.element, marks.component, marks.segment)
    return marks if marks.repetition else replace(marks, repetition=next(each for each in "^!{|" if each not in used))


def _id(given: str, marks: Delimiters) -> str:
    found = plain(given, 15, marks)
    return found if len(found) > 1 else _NOBODY


def _qualifier(given: str) -> str:
    return given if len(given) == 2 and given.isascii() and given.isalnum() else "ZZ"


def write_acknowledgment(
    interchanges: Iterable[ReceivedInterchange], *, header: InterchangeHeader, always_ta1: bool = False
) -> bytes:
    """One interchange with the TA1s that are due (asked for in ISA14, or refused) and a 999 for each group.

    A refused interchange has no 999. Empty when nothing is to be said. Raises X12Error when `header` can't be an ISA.
    """
    many = list(interchanges)
    notes = [
        _ta1(each) for each in many if always_ta1 or not each.accepted or each.interchange.acknowledgment_requested
    ]
    groups = [group for each in many if each.accepted for group in each.groups]
    if not notes and not groups:
        return b""
    writer = InterchangeWriter(header, functional_id="FA", guide=GUIDE)
    for number, group in enumerate(groups, 1):
        writer.begin_set("999", f"{number:04d}")
        writer.segments(_carried(each, header.delimiters) for each in _answer(group))
        writer.end_set()
    return _with_notes(writer.finish(), notes, header, bool(groups))


def _carried(elements: Sequence[str | list[str]], marks: Delimiters) -> list[str | list[str]]:
    """What the file says of itself, in characters that an answer can carry."""
    return [
        plain(each, _LONGEST, marks) if isinstance(each, str) else [plain(inner, _LONGEST, marks) for inner in each]
        for each in elements
    ]


def _with_notes(content: bytes, notes: list[list[str]], header: InterchangeHeader, grouped: bool) -> bytes:
    mark = header.delimiters.segment.encode()
    isa, rest = content.split(mark, 1)
    told = "".join(write_segment(_carried(each, header.delimiters), header.delimiters) for each in notes).encode()
    if not grouped:
        rest = write_segment(["IEA", "0", f"{header.control_number:09d}"], header.delimiters).encode()
    return isa + mark + told + rest


def _ta1(received_interchange: ReceivedInterchange) -> list[str]:
    about = received_interchange.interchange
    day, clock = about.date, about.time
    return [
        "TA1",
        about.control_number,
        f"{day:%y%m%d}" if day else "",
        f"{clock:%H%M}" if clock else "",
        "A" if received_interchange.accepted else "R",
        received_interchange.note,
    ]


Segments = Iterator[list[str | list[str]]]


def _answer(group: ReceivedGroup) -> Segments:
    """AK1 to AK9 of one group."""
    about = group.group
    yield ["AK1", about.functional_id, about.control_number, about.guide]
    for one in group.sets:
        yield ["AK2", one.id, one.control_number, one.guide]
        yield from _errors(one)
        yield ["IK5", "R" if one.findings else "A", *one.codes]
    yield ["AK9", group.status, str(group.stated), str(len(group.sets)), str(group.accepted), *group.codes]


def _errors(one: ReceivedSet) -> Segments:
    """IK3 with its CTX and IK4, in the order of the transaction set."""
    _, name = _BUSINESS_UNITS.get(one.id, ("", ""))
    numbers = [number for number, _ in one.units]
    inner = [each for each in one.findings if each.code not in _SET_CODES and each.segment]
    inner.sort(key=lambda each: (each.segment_number or one.last, each.element is not None))
    for (number, segment, loop), same in groupby(
        inner, key=lambda each: (each.segment_number or one.last, each.segment or "", each.loop or "")
    ):
        found = list(same)
        position = str(max(1, number - one.first + 1))
        whole = [each for each in found if each.element is None or each.code in _SEGMENT_CODES]
        elements = [each for each in found if each not in whole]
        at = bisect_right(numbers, number) - 1
        context: list[list[str | list[str]]] = [["CTX", [name, one.units[at][1]]]] if at >= 0 else []
        shown = loop[:4] if _LOOP.fullmatch(loop) else ""  # IK303 has room for the number only
        for each in whole:
            yield ["IK3", segment, position, shown, _segment_code(each)]
            yield from context
        if elements:
            yield ["IK3", segment, position, shown, "8"]
            yield from context
        for each in elements:
            where = [str(each.element)] + ([str(each.component)] if each.component else [])
            yield ["IK4", where, "", _element_code(each)]


def _segment_code(finding: Finding) -> str:
    """IK304."""
    if finding.code in _SEGMENT_CODES:
        return _SEGMENT_CODES[finding.code]
    return "I6" if finding.code.startswith("missing-") else "I9"


def _element_code(finding: Finding) -> str:
    """IK403."""
    return _ELEMENT_CODES.get(finding.code) or _ELEMENT_CODE_OF_LEVEL.get(finding.level, "I12")

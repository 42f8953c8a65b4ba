"""Reads envelopes: the transaction sets of a file one by one, counts and control numbers checked on the way."""

from collections.abc import Collection, Iterator
from typing import BinaryIO

from edi.elements import as_date, as_time
from edi.envelope.facts import Group, Interchange, Kind, kind_of
from edi.errors import Problem, X12Error
from edi.segments import Segment
from edi.tokenizer import CONTROL, Block, Passages, Run, cut, read_blocks, read_segments


class TransactionSet:
    """One ST with its segments, to be read once and before the next one is asked for.

    Iterating gives every segment from ST to SE; `runs` gives them loop by loop.
    """

    __slots__ = ("blocks", "control_number", "group", "guide", "id", "interchange", "segment_number")

    def __init__(self, *, start: Segment, interchange: Interchange, group: Group, blocks: Iterator[Block]) -> None:
        self.id = start[1]
        self.control_number = start[2]
        self.guide = start[3] or group.guide
        self.interchange = interchange
        self.group = group
        self.segment_number = start.number
        self.blocks = blocks

    @property
    def kind(self) -> Kind:
        return kind_of(self.id, self.guide)

    def __iter__(self) -> Iterator[Segment]:
        for block in self.blocks:
            yield from block.segments(0, len(block))

    def runs(self, starts: Collection[str]) -> Iterator[Run]:
        """The segments in runs, a new one at every segment whose id is in `starts`."""
        return cut(self.blocks, starts)

    def passages(self, starts: frozenset[str]) -> Passages:
        """The same as texts."""
        return Passages(self.blocks, starts)


def identify(content: bytes) -> Kind:
    """Kind of a file from its first ISA, GS and ST (or TA1).

    Raises X12Error when it is not X12 at all, or version 4010, which has been retired for HIPAA since 2012.
    """
    start: Segment | None = None
    guide = ""
    for segment in read_segments(content):
        if segment.id == "ISA":
            _refuse_old(segment)
        elif segment.id == "TA1":
            return Kind.ACK_TA1
        elif segment.id == "GS":
            guide = segment[8]
            _refuse_old(segment)
        elif segment.id == "ST":
            start = segment
            break
        else:
            break
    return kind_of(start[1], start[3] or guide) if start else Kind.OTHER


def _refuse_old(segment: Segment) -> None:
    version = segment[12] if segment.id == "ISA" else segment[8]
    if version.startswith(("00401", "004010")):
        raise segment.error("This is X12 version 4010; only version 5010 can be read.")


class EnvelopeReader:
    """Iterates over the transaction sets of a file; what is wrong with the envelopes gathers in `problems`.

    `problems` is complete when the iteration has ended. `interchanges` and `groups` list what was met so far, and
    `loose` the segments that stand between envelopes (TA1).
    """

    def __init__(self, stream: BinaryIO | bytes) -> None:
        self.problems: list[Problem] = []
        self.interchanges: list[Interchange] = []
        self.groups: list[Group] = []
        self.loose: list[Segment] = []
        self._blocks = read_blocks(stream)
        self._block: Block | None = None
        self._at = 0
        self._interchange: Interchange | None = None
        self._group: Group | None = None
        self._groups_seen = 0
        self._sets_seen = 0
        self._set_numbers: set[str] = set()
        self._astray = False

    def __iter__(self) -> Iterator[TransactionSet]:
        while (block := self._current()) is not None:
            segment = block.segment(self._at)
            if segment.id == "ST":
                transaction = self._open_set(segment)
                yield transaction
                for _ in transaction.blocks:  # whatever the caller left unread
                    pass
            else:
                self._at += 1
                self._take_control(segment)
        self._end_of_file()

    def _current(self) -> Block | None:
        """The block that holds the next segment."""
        if self._block is None or self._at == len(self._block):
            self._block, self._at = next(self._blocks, None), 0
        return self._block

    def _take_control(self, segment: Segment) -> None:
        match segment.id:
            case "ISA":
                self._open_interchange(segment)
            case "GS":
                self._open_group(segment)
            case "GE":
                self._close_group(segment)
            case "IEA":
                self._close_interchange(segment)
            case "TA1":
                self.loose.append(segment)
            case _:
                if not self._astray:  # once for all that follow it
                    self._note("stray", segment, "This segment stands outside a transaction set.")
                self._astray = True
                return
        self._astray = False

    def _open_interchange(self, segment: Segment) -> None:
        _refuse_old(segment)
        if self._interchange:
            self._note("IEA", segment, "A new interchange starts before the last one was closed with IEA.")
        self._interchange = _read_interchange(segment)
        self.interchanges.append(self._interchange)
        self._group = None
        self._groups_seen = 0

    def _open_group(self, segment: Segment) -> None:
        _refuse_old(segment)
        if self._group:
            self._note("GE", segment, "A new group starts before the last one was closed with GE.")
        self._group = _read_group(segment)
        self.groups.append(self._group)
        self._groups_seen += 1
        self._sets_seen = 0
        self._set_numbers = set()

    def _open_set(self, segment: Segment) -> TransactionSet:
        self._astray = False
        if not self._interchange or not self._group:
            raise segment.error("A transaction set starts outside a functional group (GS).")
        self._sets_seen += 1
        if segment[2] in self._set_numbers:
            self._note("ST02", segment, "Two transaction sets of the group have the same control number.", 2)
        self._set_numbers.add(segment[2])
        return TransactionSet(
            start=segment, interchange=self._interchange, group=self._group, blocks=self._until_end(segment)
        )

    def _until_end(self, start: Segment) -> Iterator[Block]:
        """The blocks of the open transaction set, cut to it; none of them is empty."""
        first = self._at
        self._at += 1
        block = self._block
        while block is not None:
            end = self._next_control(block)
            if end is None:
                self._block = None
                yield block.between(first, len(block)) if first else block
                first = 0
                block = self._current()
                continue
            segment = block.segment(end)
            self._at = end + 1
            if segment.id != "SE":
                if end > first:
                    yield block.between(first, end)
                raise segment.error("The transaction set is not closed with SE.", loop="ST")
            self._check_count(segment, segment.number - start.number + 1, "segments")
            self._check_number(segment, start[2], "ST02")
            yield block.between(first, self._at)
            return
        raise start.error("The file ends before the transaction set is closed with SE.", loop="ST")

    def _next_control(self, block: Block) -> int | None:
        """Where in the block the next segment of an envelope stands."""
        if block.inner:
            return None
        names = enumerate(block.names[self._at :], self._at)
        return next((at for at, name in names if name in CONTROL), None)

    def _close_group(self, segment: Segment) -> None:
        if not self._group:
            self._note("GE", segment, "GE without GS.")
            return
        self._check_count(segment, self._sets_seen, "transaction sets")
        self._check_number(segment, self._group.control_number, "GS06")
        self._group = None

    def _close_interchange(self, segment: Segment) -> None:
        if not self._interchange:
            self._note("IEA", segment, "IEA without ISA.")
            return
        if self._group:
            self._note("GE", segment, "The group is not closed with GE.")
            self._group = None
        self._check_count(segment, self._groups_seen, "groups")
        self._check_number(segment, self._interchange.control_number, "ISA13")
        self._interchange = None

    def _end_of_file(self) -> None:
        if self._group:
            self.problems.append(Problem(code="GE", says="The file ends before the group is closed with GE."))
        if self._interchange:
            self.problems.append(Problem(code="IEA", says="The file ends before the interchange is closed with IEA."))

    def _check_count(self, segment: Segment, counted: int, what: str) -> None:
        stated = segment[1]
        if not stated.isdecimal() or not stated.isascii() or len(stated) > 10 or int(stated) != counted:
            self._note(f"{segment.id}01", segment, f"{segment.id}01 doesn't count the {counted} {what} there are.", 1)

    def _check_number(self, segment: Segment, expected: str, of: str) -> None:
        if segment[2] != expected:
            self._note(f"{segment.id}02", segment, f"{segment.id}02 is not the control number of {of}.", 2)

    def _note(self, code: str, segment: Segment, says: str, element: int | None = None) -> None:
        self.problems.append(segment.problem(code, says, element=element))


def transaction_sets(stream: BinaryIO | bytes) -> EnvelopeReader:
    """The transaction sets of a file, one at a time; `problems` of the returned reader fills up meanwhile.

    Raises X12Error when the bytes are not X12, are 4010, or end inside a transaction set.
    """
    return EnvelopeReader(stream)


def check_envelope(stream: BinaryIO | bytes) -> list[Problem]:
    """Everything that is wrong with counts and control numbers; an unreadable file is one more problem."""
    reader = EnvelopeReader(stream)
    try:
        for _ in reader:
            pass
    except X12Error as error:
        return [*reader.problems, error.problem()]
    return reader.problems


def _read_interchange(segment: Segment) -> Interchange:
    return Interchange(
        sender_qualifier=segment[5].strip(),
        sender_id=segment[6].strip(),
        receiver_qualifier=segment[7].strip(),
        receiver_id=segment[8].strip(),
        date=as_date(segment[9]),
        time=as_time(segment[10]),
        version=segment[12],
        control_number=segment[13],
        acknowledgment_requested=segment[14] == "1",
        usage=segment[15],
        delimiters=segment.delimiters,
        segment_number=segment.number,
    )


def _read_group(segment: Segment) -> Group:
    return Group(
        functional_id=segment[1],
        sender_id=segment[2].strip(),
        receiver_id=segment[3].strip(),
        date=as_date(segment[4]),
        time=as_time(segment[5]),
        control_number=segment[6],
        guide=segment[8],
        segment_number=segment.number,
    )

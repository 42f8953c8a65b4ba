"""From bytes to segments: the hot loop of every reader.

Delimiters come only from the ISA. The stream is read in 64 KB chunks and never held whole. A piece of one becomes a
`Block` of segments; readers of claims take it in `Run`s (the segments of one loop, split into elements) or `Passages`
(the text of one loop), because one Python object per segment would cost more than everything else they do.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache, reduce
from io import BytesIO
from typing import BinaryIO

from edi.errors import X12Error
from edi.segments import Delimiters, Segment

CHUNK = 64 * 1024
_PIECE = 8 * 1024
LONGEST_SEGMENT = 1024 * 1024  # bytes
LONGEST_RUN = 250_000  # segments
_ISA_ROOM = 512
CONTROL = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})  # the segments of envelopes
_BOM = b"\xef\xbb\xbf"
_PADDING = b" \t\r\n\x00\x1a"  # blanks, and what mainframes and DOS leave behind the IEA


class Block:
    """Consecutive segments of one interchange: `bares` their texts, `parts` their elements, `names` their ids.

    `leads` holds what stood before each segment (line breaks, blanks), None when nothing did, as in most files;
    `offsets` their places in the file, None as long as they follow from the lengths of the texts. A block is made of
    its text or of its bares; it is split when somebody first asks, because an 835 is read without splitting most of it.
    """

    def __init__(
        self,
        *,
        text: str | None = None,
        bares: list[str] | None = None,
        delimiters: Delimiters,
        number: int,
        end: int,
        leads: list[str] | None = None,
        offsets: list[int] | None = None,
        inner: bool = False,
    ) -> None:
        if text is not None:
            self.text = text
        if bares is not None:
            self.bares = bares
        self.delimiters = delimiters
        self.number = number  # of the first segment, counted from 1 over the whole file
        self.end = end  # byte offset behind the last terminator
        self.leads = leads
        self.offsets = offsets
        self.inner = inner  # known to hold no segment of an envelope

    @cached_property
    def text(self) -> str:
        """The block as it stood in the file, terminators included, line breaks left out."""
        mark = self.delimiters.segment
        return mark.join(self.bares) + mark

    @cached_property
    def bares(self) -> list[str]:
        """The texts of its segments, without terminators."""
        return self.text[:-1].split(self.delimiters.segment)

    @cached_property
    def parts(self) -> list[list[str]]:
        """The elements of each segment, its id the first."""
        element = self.delimiters.element
        return [bare.split(element) for bare in self.bares]

    @cached_property
    def names(self) -> list[str]:
        """The ids of its segments."""
        return [parts[0] for parts in self.parts]

    def __len__(self) -> int:
        return len(self.bares) if "bares" in self.__dict__ else self.text.count(self.delimiters.segment)

    def offset_of(self, index: int) -> int:
        """Byte offset of a segment in the file."""
        if self.offsets is not None:
            return self.offsets[index]
        rest = self.bares[index:]
        return self.end - sum(map(len, rest)) - len(rest)

    def segment(self, index: int) -> Segment:
        """One segment as an object that knows its place."""
        return Segment(
            self.bares[index], self.number + index, self.offset_of(index), self.delimiters, self.parts[index]
        )

    def segments(self, start: int, stop: int) -> Iterator[Segment]:
        """Several of them, in order."""
        offset = self.offset_of(start) if start < stop else 0
        for index in range(start, stop):
            bare = self.bares[index]
            if self.offsets is not None:
                offset = self.offsets[index]
            yield Segment(bare, self.number + index, offset, self.delimiters, self.parts[index])
            offset += len(bare) + 1

    def between(self, start: int, stop: int) -> "Block":
        """A part of the block."""
        if start == 0 and stop == len(self):
            return self
        found = Block(
            bares=self.bares[start:stop],
            delimiters=self.delimiters,
            number=self.number + start,
            end=self.offset_of(stop) if stop < len(self) else self.end,
            leads=self.leads and self.leads[start:stop],
            offsets=self.offsets and self.offsets[start:stop],
        )
        found.parts, found.names = self.parts[start:stop], self.names[start:stop]
        return found

    def followed_by(self, other: "Block") -> "Block":
        """This block and the one that comes after it as one."""
        found = Block(bares=self.bares + other.bares, delimiters=self.delimiters, number=self.number, end=other.end)
        found.parts, found.names = self.parts + other.parts, self.names + other.names
        if self.leads is not None or other.leads is not None:
            found.leads = (self.leads or [""] * len(self)) + (other.leads or [""] * len(other))
        if self.offsets is not None or other.offsets is not None:
            found.offsets = self.all_offsets() + other.all_offsets()
        return found

    def all_offsets(self) -> list[int]:
        """Byte offset of every segment."""
        return self.offsets or [each.offset for each in self.segments(0, len(self))]


class Run:
    """Consecutive segments of a transaction set that belong together: a claim, a level, a heading.

    `parts` are their elements (`parts[0][0]` is the id of the first); everything else is worked out when asked for.
    """

    __slots__ = ("block", "parts", "start", "stop")

    def __init__(self, block: Block, start: int, stop: int) -> None:
        self.block = block
        self.start = start
        self.stop = stop
        self.parts = block.parts[start:stop]

    @property
    def name(self) -> str:
        """Id of the first segment."""
        return self.block.names[self.start]

    @property
    def number(self) -> int:
        """Number of the first segment, counted from 1 over the whole file."""
        return self.block.number + self.start

    @property
    def names(self) -> list[str]:
        """The ids of its segments."""
        return self.block.names[self.start : self.stop]

    @property
    def bares(self) -> list[str]:
        """The texts of its segments, without terminators."""
        return self.block.bares[self.start : self.stop]

    @property
    def text(self) -> str:
        """The run as it stood in the file, terminators included, line breaks left out."""
        mark = self.block.delimiters.segment
        return mark.join(self.block.bares[self.start : self.stop]) + mark

    @property
    def exact(self) -> str:
        """The run as it stood in the file, with the line breaks before its segments."""
        leads, mark = self.block.leads, self.block.delimiters.segment
        if leads is None:
            return self.text
        bares = self.block.bares
        return "".join([leads[each] + bares[each] + mark for each in range(self.start, self.stop)])

    def segment(self, index: int) -> Segment:
        """One of its segments, counted from 0, as an object that knows its place."""
        return self.block.segment(self.start + index)

    def __len__(self) -> int:
        return self.stop - self.start

    def __iter__(self) -> Iterator[Segment]:
        for index in range(self.start, self.stop):
            yield self.block.segment(index)


def cut(blocks: Iterable[Block], starts: Collection[str]) -> Iterator[Run]:
    """The segments of the blocks in runs: a new one begins at every segment whose id is in `starts`.

    Raises X12Error when a run has no end: a claim never has so many segments, and memory is finite.
    """
    held: Block | None = None
    for fresh in blocks:
        block = held.followed_by(fresh) if held else fresh
        seen = len(held) if held else 1
        begin = 0
        for index in [seen + at for at, name in enumerate(block.names[seen:]) if name in starts]:
            yield Run(block, begin, index)
            begin = index
        held = block.between(begin, len(block))
        if len(held) > LONGEST_RUN:
            raise held.segment(0).error("A loop has no end: too many segments belong to it.")
    if held:
        yield Run(held, 0, len(held))


class Passages:
    """The segments of the blocks in texts: a new one begins at every segment whose id is in `starts`.

    The same as `cut` for a reader that knows most segments by their whole text, so that splitting them all would be a
    waste. A text has a terminator between its segments and none behind the last one; `run` gives the split segments.
    """

    def __init__(self, blocks: Iterable[Block], starts: frozenset[str]) -> None:
        self._blocks = blocks
        self._starts = starts
        self._open: list[Block] = []  # those that hold the text last given

    def __iter__(self) -> Iterator[str]:
        """Raises X12Error when a text has no end: a claim never has so many segments, and memory is finite."""
        held: list[str] = []
        count = 0  # segments of what is held
        for block in self._blocks:
            self._open.append(block)
            mark = block.delimiters.segment
            more, *fresh = _before(self._starts, block.delimiters).split(mark + block.text[:-1])
            held.append(more)
            if not fresh:
                count += more.count(mark)
                if count > LONGEST_RUN:
                    first = self.run(block.number + len(block) - count, 1).segment(0)
                    raise first.error("A loop has no end: too many segments belong to it.")
                continue
            yield from _whole(held)
            self._open = [block]
            yield from fresh[:-1]
            held, count = [mark, fresh[-1]], fresh[-1].count(mark) + 1
        yield from _whole(held)

    def run(self, number: int, count: int) -> Run:
        """So many segments from this number on as a run; they must be of the text last given."""
        block = reduce(Block.followed_by, self._open)
        start = number - block.number
        return Run(block, start, start + count)


def _whole(held: list[str]) -> Iterator[str]:
    """The text that the pieces are of, without the terminator before it; nothing when it is empty."""
    if text := "".join(held)[1:]:
        yield text


@lru_cache(maxsize=64)
def _before(ids: frozenset[str], delimiters: Delimiters) -> re.Pattern[str]:
    """Finds the terminators before segments with these ids."""
    return re.compile(f"{re.escape(delimiters.segment)}(?={_any_of(ids, delimiters)})")


def _any_of(ids: Iterable[str], delimiters: Delimiters) -> str:
    behind = f"(?:[{re.escape(delimiters.element + delimiters.segment)}]|\\Z)"
    return "|".join([each + behind for each in sorted(ids)])


def read_blocks(stream: BinaryIO | bytes) -> Iterator[Block]:
    """Every segment of every interchange, in order. No block holds segments of two interchanges.

    Raises X12Error when the text doesn't start with an ISA, when its delimiters can't be, when something other than
    an ISA follows an IEA, or when the file ends inside a segment (only the last terminator after IEA may be missing).
    """
    source = BytesIO(stream) if isinstance(stream, bytes) else stream
    number = 0
    buffer, offset = _next_interchange(source, b"", 0)
    if not buffer:
        raise X12Error("The file is empty.", byte_offset=0)
    while buffer:
        delimiters = _read_delimiters(buffer, number, offset)
        closing = _closing(delimiters)
        closed = False
        while not closed:
            try:
                chunk, buffer, closed = _next_chunk(source, buffer, delimiters, closing)
            except _CutOff as cut_off:
                raise X12Error(str(cut_off), segment_number=number + 1, byte_offset=offset) from None
            for piece in _pieces(chunk, delimiters.segment.encode()):
                block = _block_of(piece, delimiters, number + 1, offset)
                offset += len(piece)
                if block is not None:
                    yield block
                    number += len(block)
        buffer, offset = _next_interchange(source, buffer, offset)


def read_segments(stream: BinaryIO | bytes) -> Iterator[Segment]:
    """The same, one segment at a time, each with its number (from 1) and byte offset."""
    for block in read_blocks(stream):
        yield from block.segments(0, len(block))


def _next_interchange(source: BinaryIO, buffer: bytes, offset: int) -> tuple[bytes, int]:
    """Skip blanks (and a BOM) up to the next ISA; an empty buffer means the end of the file."""
    while True:
        if buffer.startswith(_BOM):
            buffer, offset = buffer[3:], offset + 3
        stripped = buffer.lstrip(_PADDING)
        offset += len(buffer) - len(stripped)
        buffer = stripped
        if len(buffer) >= _ISA_ROOM:
            return buffer, offset
        more = source.read(CHUNK)
        if not more:
            return buffer, offset
        buffer += more


def _read_delimiters(buffer: bytes, number: int, offset: int) -> Delimiters:
    head = buffer[:_ISA_ROOM].decode("latin-1")
    fields = head[4:].split(head[3:4], 15) if head[:3] == "ISA" and len(head) > 4 else []
    if len(fields) < 16 or len(fields[15]) < 2:
        says = "No ISA follows the IEA." if number else "This is not X12: it doesn't start with an ISA segment."
        raise X12Error(says, segment_number=number + 1, byte_offset=offset, segment_id="ISA")
    repetition = "" if len(fields[10]) != 1 or fields[10].isalnum() else fields[10]
    found = Delimiters(element=head[3], component=fields[15][0], repetition=repetition, segment=fields[15][1])
    marks = [found.element, found.component, found.segment, *repetition]
    if len(set(marks)) < len(marks) or any(each.isalnum() or each == " " or ord(each) > 126 for each in marks):
        raise X12Error(
            "The delimiters of the ISA can't be told from each other or from data.",
            segment_number=number + 1,
            byte_offset=offset,
            segment_id="ISA",
        )
    return found


class _CutOff(Exception):
    """No end of a segment where one must be."""


def _closing(delimiters: Delimiters) -> re.Pattern[bytes]:
    """Finds the IEA at the start of a segment."""
    mark, element = re.escape(delimiters.segment.encode()), re.escape(delimiters.element.encode())
    blanks = b" \t\r\n".replace(delimiters.segment.encode(), b"")  # else a file of line breaks takes quadratic time
    return re.compile(rb"(?:\A|" + mark + rb")[" + blanks + rb"]*IEA" + element)


def _next_chunk(
    source: BinaryIO, buffer: bytes, delimiters: Delimiters, closing: re.Pattern[bytes]
) -> tuple[bytes, bytes, bool]:
    """Whole segments, what follows them, and whether the interchange ends with them."""
    mark = delimiters.segment.encode()
    while True:
        match = closing.search(buffer) if b"IEA" in buffer else None
        if match:
            end = buffer.find(mark, match.end())
            if end >= 0:
                return buffer[: end + 1], buffer[end + 1 :], True
            cut = match.start() + 1 if buffer.startswith(mark, match.start()) else 0
        else:
            cut = buffer.rfind(mark) + 1
        if cut:
            return buffer[:cut], buffer[cut:], False
        if len(buffer) > LONGEST_SEGMENT:
            raise _CutOff("A segment has no end: the file is not X12, or its terminator changes.")
        more = source.read(CHUNK)
        if not more:
            tail = buffer.rstrip(_PADDING)
            if tail and not match:
                raise _CutOff("The file ends in the middle of a segment.")
            return tail + mark if tail else b"", b"", True
        buffer += more


def _pieces(chunk: bytes, mark: bytes) -> Iterator[bytes]:
    """The chunk in pieces of whole segments, small enough for what becomes of one to stay in the processor's cache."""
    start = 0
    while start < len(chunk):
        end = chunk.find(mark, start + _PIECE) + 1 or len(chunk)
        yield chunk[start:end]
        start = end


def _block_of(chunk: bytes, delimiters: Delimiters, number: int, offset: int) -> Block | None:
    """The segments of a chunk; `number` is the first one's. None when there are only empty ones."""
    text = chunk.decode("ascii") if chunk.isascii() else ""
    if text and "\n" not in text and "\r" not in text and "\t" not in text:
        lined_up = delimiters.segment + text
        inner = not _unusual(delimiters).search(lined_up)
        if inner or not _untidy(delimiters).search(lined_up):
            return Block(text=text, delimiters=delimiters, number=number, end=offset + len(chunk), inner=inner)
    return _tidied(chunk, delimiters, number, offset)


def _tidied(chunk: bytes, delimiters: Delimiters, number: int, offset: int) -> Block | None:
    """The same where something stands between the segments or breaks them."""
    end = offset + len(chunk)
    encoding = _encoding(chunk)
    mark = delimiters.segment
    pieces = chunk.decode(encoding).split(mark)
    pieces.pop()  # behind the last terminator is nothing
    bares: list[str] = []
    leads: list[str] = []
    offsets: list[int] = []
    lead = ""
    for piece in pieces:
        bare = piece.lstrip(" \t\r\n")
        lead += piece[: len(piece) - len(bare)]
        at = offset + len(piece) - len(bare)
        offset += len(piece.encode(encoding)) + 1
        if "\n" in bare or "\r" in bare:  # wrapped records, or CR LF where LF is the terminator
            bare = bare.replace("\r", "").replace("\n", "")
        if bare:
            bares.append(bare)
            leads.append(lead)
            offsets.append(at)
            lead = ""
        else:
            lead += mark
    if not bares:
        return None
    return Block(bares=bares, delimiters=delimiters, number=number, end=end, leads=leads, offsets=offsets)


@lru_cache(maxsize=64)
def _untidy(delimiters: Delimiters) -> re.Pattern[str]:
    """Finds blanks between segments, and empty segments."""
    mark = re.escape(delimiters.segment)
    return re.compile(f"{mark}[ {mark}]")


@lru_cache(maxsize=64)
def _unusual(delimiters: Delimiters) -> re.Pattern[str]:
    """Finds the same, and segments of envelopes."""
    mark = re.escape(delimiters.segment)
    return re.compile(f"{mark}(?:[ {mark}]|{_any_of(CONTROL, delimiters)})")


def _encoding(chunk: bytes) -> str:
    """X12 is ASCII; what payers send beyond it is UTF-8 or Latin-1."""
    if chunk.isascii():
        return "ascii"
    try:
        chunk.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"

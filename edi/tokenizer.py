"""From bytes to segments: the hot loop of every reader.

Delimiters come only from the ISA. The stream is read in 64 KB chunks and never held whole. A piece of one becomes a
`Block` of segments split into elements; readers of claims take it in `Run`s (the segments of one loop), because one
Python object per segment would cost more than everything else they do.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from edi.errors import X12Error
from edi.segments import Delimiters, Segment

CHUNK = 64 * 1024
_PIECE = 8 * 1024
LONGEST_SEGMENT = 1024 * 1024  # bytes
LONGEST_RUN = 250_000  # segments
_ISA_ROOM = 512
_BOM = b"\xef\xbb\xbf"
_PADDING = b" \t\r\n\x00\x1a"  # blanks, and what mainframes and DOS leave behind the IEA


class Block:
    """Consecutive segments of one interchange: `bares` their texts, `parts` their elements, `names` their ids.

    `leads` holds what stood before each segment (line breaks, blanks), None when nothing did, as in most files;
    `offsets` their places in the file, None as long as they follow from the lengths of the texts.
    """

    __slots__ = ("bares", "delimiters", "end", "leads", "names", "number", "offsets", "parts")

    def __init__(
        self,
        bares: list[str],
        *,
        delimiters: Delimiters,
        number: int,
        end: int,
        leads: list[str] | None = None,
        offsets: list[int] | None = None,
    ) -> None:
        element = delimiters.element
        self.bares = bares
        self.parts = [bare.split(element) for bare in bares]
        self.names = [parts[0] for parts in self.parts]
        self.delimiters = delimiters
        self.number = number  # of the first segment, counted from 1 over the whole file
        self.end = end  # byte offset behind the last terminator
        self.leads = leads
        self.offsets = offsets

    def __len__(self) -> int:
        return len(self.bares)

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
        found: Block = Block.__new__(Block)
        found.bares, found.parts, found.names = self.bares[start:stop], self.parts[start:stop], self.names[start:stop]
        found.delimiters = self.delimiters
        found.number = self.number + start
        found.end = self.offset_of(stop) if stop < len(self) else self.end
        found.leads = self.leads and self.leads[start:stop]
        found.offsets = self.offsets and self.offsets[start:stop]
        return found

    def followed_by(self, other: "Block") -> "Block":
        """This block and the one that comes after it as one."""
        found: Block = Block.__new__(Block)
        found.delimiters, found.number = self.delimiters, self.number
        found.bares = self.bares + other.bares
        found.parts = self.parts + other.parts
        found.names = self.names + other.names
        found.end = other.end
        found.leads, found.offsets = None, None
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
                block = _split(piece, delimiters, number + 1, offset)
                number += len(block)
                offset += len(piece)
                if block:
                    yield block
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
    return re.compile(rb"(?:\A|" + mark + rb")[ \t\r\n]*IEA" + element)


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


def _split(chunk: bytes, delimiters: Delimiters, number: int, offset: int) -> Block:
    """The segments of a chunk; `number` is the first one's."""
    end = offset + len(chunk)
    encoding = _encoding(chunk)
    text = chunk.decode(encoding)
    mark = delimiters.segment
    pieces = text.split(mark)
    pieces.pop()  # behind the last terminator is nothing
    if encoding == "ascii" and "\n" not in text and "\r" not in text and f"{mark} " not in text and all(pieces):
        return Block(pieces, delimiters=delimiters, number=number, end=end)
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
    return Block(bares, delimiters=delimiters, number=number, end=end, leads=leads, offsets=offsets)


def _encoding(chunk: bytes) -> str:
    """X12 is ASCII; what payers send beyond it is UTF-8 or Latin-1."""
    if chunk.isascii():
        return "ascii"
    try:
        chunk.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"

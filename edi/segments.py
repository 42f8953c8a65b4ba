"""From bytes to segments and back: the hot loop of every reader.

Delimiters come only from the ISA. The stream is read in 64 KB chunks and never held whole.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from edi.errors import Problem, X12Error

CHUNK = 64 * 1024
LONGEST_SEGMENT = 1024 * 1024
_ISA_ROOM = 512
_BOM = b"\xef\xbb\xbf"
_PADDING = b" \t\r\n\x00\x1a"  # blanks, and what mainframes and DOS leave behind the IEA

Element = str | Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimiters:
    """The four separators of an interchange, one character each; `repetition` is empty when the ISA has none."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"


DEFAULT_DELIMITERS = Delimiters()


class Segment:
    """One segment: `segment[1]` is its first element, an absent one reads as an empty string.

    A plain class with slots: a frozen dataclass costs three times as much to make, and a file has millions.
    Nobody writes to it after it was made.
    """

    __slots__ = ("bare", "delimiters", "id", "number", "offset", "parts")

    def __init__(self, bare: str, number: int, offset: int, delimiters: Delimiters, parts: list[str]) -> None:
        self.bare = bare
        self.parts = parts
        self.id = parts[0]
        self.number = number
        self.offset = offset
        self.delimiters = delimiters

    def __getitem__(self, position: int) -> str:
        parts = self.parts
        return parts[position] if position < len(parts) else ""

    def __len__(self) -> int:
        """Number of elements, the id not counted."""
        return len(self.parts) - 1

    def components(self, position: int) -> list[str]:
        """The components of a composite element; an absent one is one empty string."""
        return self[position].split(self.delimiters.component)

    def repeats(self, position: int) -> list[str]:
        """The repetitions of an element."""
        mark = self.delimiters.repetition
        return self[position].split(mark) if mark else [self[position]]

    @property
    def text(self) -> str:
        """The segment as it stood in the file, terminator included, line breaks left out."""
        return self.bare + self.delimiters.segment

    def problem(self, code: str, says: str, *, element: int | None = None, loop: str | None = None) -> Problem:
        """A fault of this segment as data."""
        return Problem(
            code=code,
            says=says,
            segment_number=self.number,
            byte_offset=self.offset,
            segment_id=self.id[:3],
            element=element,
            loop=loop,
        )

    def error(self, says: str, *, element: int | None = None, loop: str | None = None) -> X12Error:
        """A fault of this segment as an exception to raise."""
        return X12Error(
            says,
            segment_number=self.number,
            byte_offset=self.offset,
            segment_id=self.id[:3],
            element=element,
            loop=loop,
        )

    def __repr__(self) -> str:
        return f"<Segment {self.number} {self.id}>"


def read_segments(stream: BinaryIO | bytes) -> Iterator[Segment]:
    """Every segment of every interchange, in order, each with its number (from 1) and byte offset.

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
                block, buffer, closed = _next_block(source, buffer, delimiters, closing)
            except _CutOff as cut_off:
                raise X12Error(str(cut_off), segment_number=number + 1, byte_offset=offset) from None
            number = yield from _split(block, delimiters, number, offset)
            offset += len(block)
        buffer, offset = _next_interchange(source, buffer, offset)


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


def _next_block(
    source: BinaryIO, buffer: bytes, delimiters: Delimiters, closing: re.Pattern[bytes]
) -> tuple[bytes, bytes, bool]:
    """Whole segments, what follows them, and whether the interchange ends with them."""
    mark = delimiters.segment.encode()
    while True:
        match = closing.search(buffer)
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


def _split(block: bytes, delimiters: Delimiters, number: int, offset: int) -> Generator[Segment, None, int]:
    """The segments of a block; returns the number of the last one."""
    encoding = _encoding(block)
    text = block.decode(encoding)
    element, mark = delimiters.element, delimiters.segment
    make = Segment
    if encoding == "ascii" and "\n" not in text and "\r" not in text and f"{mark} " not in text:
        for piece in text.split(mark):
            if piece:
                number += 1
                yield make(piece, number, offset, delimiters, piece.split(element))
            offset += len(piece) + 1
        return number
    for piece in text.split(mark):
        bare = piece.lstrip(" \t\r\n")
        lead = len(piece) - len(bare)
        if "\n" in bare or "\r" in bare:  # wrapped records, or CR LF where LF is the terminator
            bare = bare.replace("\r", "").replace("\n", "")
        if bare:
            number += 1
            yield make(bare, number, offset + lead, delimiters, bare.split(element))
        offset += len(piece.encode(encoding)) + 1
    return number


def _encoding(block: bytes) -> str:
    """X12 is ASCII; what payers send beyond it is UTF-8 or Latin-1."""
    if block.isascii():
        return "ascii"
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def write_segment(elements: Sequence[Element], delimiters: Delimiters = DEFAULT_DELIMITERS) -> str:
    """One segment with its terminator; trailing empty elements and components are left out.

    A composite is given as a sequence of its components. Raises X12Error when a value is not printable ASCII or
    holds a delimiter: free text goes through `edi.elements.plain` before.
    """
    element, component = delimiters.element, delimiters.component
    clean = True
    written: list[str] = []
    for each in elements:
        if isinstance(each, str):
            clean &= component not in each
            written.append(each)
        else:
            joined = component.join(each)
            clean &= joined.count(component) == len(each) - 1 or not each
            written.append(joined.rstrip(component))
    while written and not written[-1]:
        written.pop()
    text = element.join(written)
    if (
        not (clean and text.isascii() and text.isprintable())
        or text.count(element) != len(written) - 1
        or delimiters.segment in text
        or (delimiters.repetition and delimiters.repetition in text)
    ):
        raise X12Error("A value holds a delimiter or a character that X12 can't carry.", segment_id=written[0])
    return text + delimiters.segment

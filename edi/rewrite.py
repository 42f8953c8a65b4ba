"""Writes a file again, byte for byte, but for the facts that somebody changes.

Every fact is read, given to `change`, and written by the writer of its kind; `edi.merge` puts what the writer made of
it into the text it came from. So what our facts don't name stays: segments and elements we don't know, the order and
the number forms of the sender, envelopes, line breaks, blanks. SE01 follows when segments come or go.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any, BinaryIO, cast

from edi.errors import X12Error
from edi.merge import Placed, merge
from edi.reading import Named, every_fact
from edi.tokenizer import CHUNK, Block, read_blocks
from edi.written import Place, places_of

Change = Callable[[Any], Any]


def unchanged(fact: Any) -> Any:
    """The change that changes nothing."""
    return fact


def rewrite(source: BinaryIO | bytes, target: BinaryIO, *, change: Change = unchanged) -> None:
    """Copy `source`, which must be seekable, to `target`, each fact replaced by what `change` makes of it.

    `change` gets what `edi.reading.read_facts` gives (claims, headings and claims of an 835, acknowledgments, ...) and
    gives back a fact of the same class. What stands above an 837 claim is changed through the claims, alike for all
    of one level. Raises X12Error when the file can't be read (the target then holds a part of it), or when a change
    can't be written, because it isn't X12 or belongs to another place of the file.
    """
    if isinstance(source, bytes):
        source = BytesIO(source)
    copy = _Copy(_View(source), target)
    segments = _Segments(read_blocks(_opened(source)))
    for place in _places(_facts(_opened(source)), change):
        for edit in segments.until(place.number):
            copy.apply(edit)
        for edit in segments.merged(place):
            copy.apply(edit)
    for edit in segments.until(None):
        copy.apply(edit)
    copy.finish()


def _facts(source: BinaryIO) -> Iterator[Named]:
    return (each for each in every_fact(source) if each[0] != "problem")


def _places(facts: Iterable[Named], change: Change) -> Iterator[Place]:
    """Where the facts stand, each place once: what stands above several claims comes with each of them."""
    known: dict[int, Place] = {}
    for (name, _), same in groupby(facts, key=_segment_of):
        members = [(fact, change(fact)) for _, fact in same]
        before, after = members[0]
        if name == "provider_adjustment":  # several share a segment
            before, after = tuple(each for each, _ in members), tuple(each for _, each in members)
        found = list(places_of(name, before, after))
        for place in found:
            seen = known.get(place.number)
            if seen is None:
                yield place
            elif seen.after != place.after:
                says = "Claims below one level were changed to say different things about it."
                raise X12Error(says, segment_number=place.number)
        known = {place.number: place for place in found}


def _segment_of(named: Named) -> tuple[str, int]:
    return named[0], getattr(named[1], "segment_number", 0)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What becomes of one segment, which starts at `offset` and reads `bare` there."""

    offset: int
    bare: str
    mark: str  # the segment terminator
    now: str | None = None  # None: as it is
    ahead: tuple[str, ...] = ()  # new segments before it
    behind: tuple[str, ...] = ()
    gone: bool = False


class _Segments:
    """The segments of the file, passed once; gives the edits of it in order."""

    def __init__(self, blocks: Iterator[Block]) -> None:
        self._blocks = blocks
        self._block: Block | None = None
        self._at = 0  # the next segment of the block
        self._added = 0  # segments that came (or, negative, went) in the open transaction set

    def until(self, number: int | None) -> Iterator[_Edit]:
        """Pass on to a segment (None: to the end), correcting the count of every SE on the way."""
        while block := self._current():
            stop = len(block) if number is None else min(number - block.number, len(block))
            if self._added and "SE" in block.names[self._at : stop]:
                for index in range(self._at, stop):
                    if block.names[index] == "SE":
                        yield from self._closing(block, index)
                        self._added = 0
            elif "SE" in block.names[self._at : stop]:
                self._added = 0
            self._at = max(stop, self._at)
            if stop < len(block):
                return

    def merged(self, place: Place) -> Iterator[_Edit]:
        """The edits of a place. Raises X12Error when its change can't be written."""
        block = self._current()
        if block is None:
            return
        marks = block.delimiters
        count = place.raw.count(marks.segment) or 1
        block = self._holding(block, count)
        raw = block.parts[self._at : self._at + count]
        if raw[-1][0] == "SE":
            raw = raw[:-1]
        try:
            before = place.segments(place.before, marks)
        except X12Error:
            if place.after == place.before:  # what the file has can't be written by us, and needn't be
                return
            raise
        placed = merge(raw, before, place.changed(before, marks), component=marks.component)
        yield from self._edits(block, raw, placed)

    def _edits(self, block: Block, raw: Sequence[list[str]], placed: Sequence[Placed]) -> Iterator[_Edit]:
        if placed == list(enumerate(raw)):
            return
        marks = block.delimiters
        texts: dict[int, str] = {}
        follows: dict[int, list[str]] = {}
        last = -1
        for index, parts in placed:
            text = marks.element.join(parts)
            if index is None:
                follows.setdefault(last, []).append(text)
            else:
                texts[index] = text
                last = index
        self._added += len(placed) - len(raw)
        for index in range(len(raw)):
            bare = block.bares[self._at + index]
            gone = index not in texts
            edit = _Edit(
                offset=block.offset_of(self._at + index),
                bare=bare,
                mark=marks.segment,
                now=texts[index] if not gone and texts[index] != bare else None,
                ahead=tuple(follows.get(-1, ())) if index == 0 else (),
                behind=tuple(follows.get(index, ())),
                gone=gone,
            )
            if gone or edit.now is not None or edit.ahead or edit.behind:
                yield edit

    def _closing(self, block: Block, index: int) -> Iterator[_Edit]:
        parts = list(block.parts[index])
        if len(parts) > 1 and parts[1].isascii() and parts[1].isdecimal() and len(parts[1]) < 10:
            counted = str(int(parts[1]) + self._added)
            parts[1] = counted.zfill(len(parts[1])) if parts[1][0] == "0" else counted
            yield _Edit(
                offset=block.offset_of(index),
                bare=block.bares[index],
                mark=block.delimiters.segment,
                now=block.delimiters.element.join(parts),
            )

    def _current(self) -> Block | None:
        """The block that holds the next segment."""
        while self._block is None or self._at >= len(self._block):
            self._block, self._at = next(self._blocks, None), 0
            if self._block is None:
                return None
        return self._block

    def _holding(self, block: Block, count: int) -> Block:
        """A block that holds so many segments from the next one on, if the file has them."""
        while len(block) < self._at + count:
            more = next(self._blocks, None)
            if more is None:
                break
            block = block.between(self._at, len(block)).followed_by(more)
            self._at = 0
        self._block = block
        return block


_AHEAD = 1024  # bytes; most segments are shorter
_BREAKS = b" \t\r\n"


class _Copy:
    """Copies bytes from a file to another, with edits."""

    def __init__(self, source: "_View", target: BinaryIO) -> None:
        self._source = source
        self._target = target

    def apply(self, edit: _Edit) -> None:
        """Copy up to a segment, write what it becomes, and stand behind it."""
        self._copy_to(edit.offset)
        mark = edit.mark.encode()
        segment = self._source.read_to(mark)
        encoding = _encoding_of(segment, edit.bare)
        bare = segment.rstrip(b"\r\n")
        ending = segment[len(bare) :] + mark
        lead = self._source.blanks(mark)

        def written(text: str) -> bytes:
            return text.encode(encoding, "replace") + ending

        write = self._target.write
        for each in edit.ahead:
            write(written(each) + lead)
        if not edit.gone:
            write(segment + mark if edit.now is None else written(edit.now))
        for each in edit.behind:
            if not edit.gone:
                write(lead + written(each))
            else:
                write(written(each) + lead)
        if not edit.gone:
            write(lead)

    def finish(self) -> None:
        """Copy the rest."""
        while piece := self._source.read(CHUNK):
            self._target.write(piece)

    def _copy_to(self, offset: int) -> None:
        while (missing := offset - self._source.place) > 0:
            piece = self._source.read(min(missing, CHUNK))
            if not piece:
                return
            self._target.write(piece)


def _encoding_of(segment: bytes, bare: str) -> str:
    """How the reader took the bytes of a segment."""
    for encoding in ("ascii", "utf-8"):
        try:
            text = segment.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.replace("\r", "").replace("\n", "") == bare:
            return encoding
    return "latin-1"


def _opened(source: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, _View(source))  # it has all of it that a reader needs


class _View:
    """One of several readers of a stream, with a place of its own."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.place = 0

    def read(self, size: int = -1) -> bytes:
        self._source.seek(self.place)
        found = self._source.read(size)
        self.place += len(found)
        return found

    def read_to(self, mark: bytes) -> bytes:
        """Bytes up to a mark; the place is behind it."""
        start = self.place
        found = b""
        while mark not in found:
            more = self.read(_AHEAD)
            if not more:
                return found
            found += more
        found = found[: found.index(mark)]
        self.place = start + len(found) + 1
        return found

    def blanks(self, mark: bytes) -> bytes:
        """Blanks and line breaks, passed over."""
        start = self.place
        found = self.read(_AHEAD)
        kept = len(found) - len(found.lstrip(_BREAKS.replace(mark, b"")))
        self.place = start + kept
        return found[:kept]

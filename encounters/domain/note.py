"""A clinical note as its reader sees it: headings and paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADING = re.compile(r"[A-Z][^.!?;\d]{1,47}:?")
_MARKED = re.compile(r"#{1,3}\s+(?P<title>.+)")
_INLINE = re.compile(r"(?P<title>[A-Z][A-Za-z ,/&-]{2,40}):\s+(?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class NoteSection:
    """One heading with its paragraphs; a note that begins without one has an empty heading first.

    `starts` says where in the note each paragraph begins.
    """

    heading: str
    paragraphs: tuple[str, ...]
    starts: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str


def note_sections(text: str) -> tuple[NoteSection, ...]:
    """Split a signed note into its sections.

    A heading is a short first line of a block without a sentence's punctuation, a line marked with #, or
    a short phrase and a colon at the beginning of a block. Every other line is a paragraph of its own, so
    that numbered items of a plan stay apart. No word of the note is lost.
    """
    sections: list[tuple[str, list[_Line]]] = []
    for lines in _blocks(text):
        heading, paragraphs = _heading_of(lines)
        if heading or not sections:
            sections.append((heading, paragraphs))
        else:
            sections[-1][1].extend(paragraphs)
    return tuple(
        NoteSection(heading, tuple(line.text for line in lines), tuple(line.start for line in lines))
        for heading, lines in sections
    )


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Lines that stand together, without the blanks around them."""
    block: list[_Line] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        if line := raw.strip():
            block.append(_Line(at + raw.index(line), line))
        elif block:
            yield block
            block = []
        at += len(raw)
    if block:
        yield block


def _heading_of(lines: list[_Line]) -> tuple[str, list[_Line]]:
    first, *rest = lines
    if marked := _MARKED.fullmatch(first.text):
        return marked["title"].rstrip(":"), rest
    if rest and _HEADING.fullmatch(first.text):
        return first.text.rstrip(":"), rest
    if inline := _INLINE.fullmatch(first.text):
        return inline["title"], [_Line(first.start + inline.start("text"), inline["text"]), *rest]
    return "", lines

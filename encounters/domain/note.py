"""A clinical note as its reader sees it: headings and paragraphs."""

import re
from dataclasses import dataclass

_HEADING = re.compile(r"[A-Z][^.!?;\d]{1,47}:?")
_MARKED = re.compile(r"#{1,3}\s+(?P<title>.+)")
_INLINE = re.compile(r"(?P<title>[A-Z][A-Za-z ,/&-]{2,40}):\s+(?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class NoteSection:
    """One heading with its paragraphs; a note that begins without one has an empty heading first."""

    heading: str
    paragraphs: tuple[str, ...]


def note_sections(text: str) -> tuple[NoteSection, ...]:
    """Split a signed note into its sections.

    A heading is a short first line of a block without a sentence's punctuation, a line marked with #, or
    a short phrase and a colon at the beginning of a block. Every other line is a paragraph of its own, so
    that numbered items of a plan stay apart. No word of the note is lost.
    """
    sections: list[tuple[str, list[str]]] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if not lines:
            continue
        heading, paragraphs = _heading_of(lines)
        if heading or not sections:
            sections.append((heading, paragraphs))
        else:
            sections[-1][1].extend(paragraphs)
    return tuple(NoteSection(heading, tuple(paragraphs)) for heading, paragraphs in sections)


def _heading_of(lines: list[str]) -> tuple[str, list[str]]:
    first, *rest = lines
    if marked := _MARKED.fullmatch(first):
        return marked["title"].rstrip(":"), rest
    if rest and _HEADING.fullmatch(first):
        return first.rstrip(":"), rest
    if inline := _INLINE.fullmatch(first):
        return inline["title"], [inline["text"], *rest]
    return "", lines

"""The note with its evidence: which words speak for which code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from encounters.domain.note import NoteSection


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the note that speak for one code. `tag` is the code's letter or line; empty: not on the case."""

    key: str  # what `data-for` and `data-evidence` say
    start: int
    end: int
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with the codes it speaks for, and the tags of those whose evidence ends with it."""

    text: str
    keys: str = ""
    tags: str = ""
    held: bool = False  # only for codes that are not on the case


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A heading and its paragraphs in pieces."""

    heading: str
    paragraphs: Sequence[Sequence[Piece]]


def marked_note(sections: Iterable[NoteSection], evidence: Sequence[Evidence]) -> list[MarkedSection]:
    """The note's sections with every evidence marked; evidence may overlap, and headings stay plain."""
    return [
        MarkedSection(
            section.heading,
            [
                _pieces(start, paragraph, evidence)
                for start, paragraph in zip(section.starts, section.paragraphs, strict=True)
            ],
        )
        for section in sections
    ]


def _pieces(start: int, paragraph: str, evidence: Sequence[Evidence]) -> list[Piece]:
    end = start + len(paragraph)
    here = [one for one in evidence if one.start < end and one.end > start and one.start < one.end]
    cuts = sorted({start, end, *(min(max(at, start), end) for one in here for at in (one.start, one.end))})
    return [_piece(paragraph[left - start : right - start], left, right, here) for left, right in pairwise(cuts)]


def _piece(text: str, left: int, right: int, here: Sequence[Evidence]) -> Piece:
    covering = [one for one in here if one.start <= left and one.end >= right]
    keys = dict.fromkeys(one.key for one in covering)
    tags = dict.fromkeys(one.tag for one in covering if one.tag and one.end == right)
    return Piece(text, " ".join(keys), " ".join(tags), bool(covering) and not any(one.tag for one in covering))

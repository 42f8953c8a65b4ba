"""What was found to have been done, and on which side."""

import re

from coding.suggestion.facts import Span
from coding.suggestion.mentions import ReadNote

Done = dict[str, tuple[tuple[Span, ...], tuple[str, ...], int]]  # code → its words, modifiers, units

_SIDED = {"right": "RT", "left": "LT", "bilateral": "50"}
_SIDE = re.compile(r"\b(?:(?P<both>bilateral|both|bilat)|(?P<right>right|rt|r)|(?P<left>left|lt|l))\b")
_NEAR = 40  # characters


def side_of(note: ReadNote, span: Span) -> tuple[str, ...]:
    """The modifier of the side that is named nearest to the words."""
    sides = []
    for match in _SIDE.finditer(note.low, max(0, span.start - _NEAR), span.end + _NEAR):
        if len(match.group()) > 1 or note.text[match.start()].isupper():
            inside = span.start <= match.start() < span.end
            at = 0 if inside else min(abs(match.start() - span.end), abs(span.start - match.start()))
            sides.append((at, "bilateral" if match["both"] else "right" if match["right"] else "left"))
    return (_SIDED[min(sides)[1]],) if sides else ()

"""What was done: whether the words say so, on which side, on which finger."""

import re

from coding.suggestion.facts import Span
from coding.suggestion.mentions import ReadNote

Done = dict[str, tuple[tuple[Span, ...], tuple[str, ...], int]]  # code → its words, modifiers, units

_SIDED = {"right": "RT", "left": "LT", "bilateral": "50"}
_SIDE = re.compile(r"\b(?:(?P<both>bilateral|both|bilat)|(?P<right>right|rt|r)|(?P<left>left|lt|l))\b")
_NEAR = 40  # characters
_DIGITS = {"thumb": 0, "index": 1, "middle": 2, "long": 2, "ring": 3, "small": 4, "little": 4, "pinky": 4}
_DIGIT = re.compile(
    r"\b(?:(?P<right>right|r)|(?P<left>left|l)) (?P<digit>thumb|index|middle|long|ring|small"
    r"|little|pinky)\b|\b(?P<digit2>thumb|index|middle|long|ring|small|little|pinky)\b"
)
_FUTURE = re.compile(
    r"\b(?:plan(?:ned)?(?!:)|will|schedule[d]?|ordered|next|return for|refer\w*|needs?|consider|discussed"
    r"|declined|last (?:week|month|year|visit)|wks? ago|weeks? ago|prior|previous|trial of|if)\b"
)
_RESULT = re.compile(r"neg|pos|normal|\d")
_QUESTIONED = re.compile(r"\s*\? ?(?:no|not)\b")
_CARRIED_OUT = re.compile(
    r"\b(?:consent|lido\w*|tolerated|given|done|performed|applied|path\w*|today|no complications)\b"
)
_BEFORE, _BEHIND = 25, 12  # characters in which a procedure is put off
_TOLD_IN = 120  # characters behind a procedure under "Plan:" in which its doing is told


def was_done(note: ReadNote, match: re.Match[str]) -> bool:
    """Whether the words are of something done today: not denied, planned, questioned, or of another time."""
    sentence = note.sentence_at(match.start())
    if sentence is None:
        return False
    told = bool(_RESULT.search(match.group()))  # a result proves the test, whatever it denies
    if not told and sentence.denies(match.start()):
        return False
    line = note.low.rfind("\n", 0, match.start()) + 1  # the heading "Assessment and plan" is no plan
    before = note.low[max(line, sentence.start, match.start() - _BEFORE) : match.start()]
    after = note.low[match.end() : min(match.end() + _BEHIND, max(sentence.end, match.end()))]
    under_plan = "plan:" in note.low[max(line, match.start() - _BEFORE) : match.start()]
    if under_plan and not _CARRIED_OUT.search(note.low, match.start(), match.end() + _TOLD_IN):
        return False
    return not (_FUTURE.search(before) or _FUTURE.search(after) or _QUESTIONED.match(note.low, match.end()))


def side_of(note: ReadNote, span: Span) -> tuple[str, ...]:
    """The modifier of the side that is named nearest to the words."""
    sides = []
    for match in _SIDE.finditer(note.low, max(0, span.start - _NEAR), span.end + _NEAR):
        if len(match.group()) > 1 or note.text[match.start()].isupper():
            inside = span.start <= match.start() < span.end
            at = 0 if inside else min(abs(match.start() - span.end), abs(span.start - match.start()))
            sides.append((at, "bilateral" if match["both"] else "right" if match["right"] else "left"))
    return (_SIDED[min(sides)[1]],) if sides else ()


def finger_of(note: ReadNote, span: Span, side: tuple[str, ...]) -> tuple[str, ...]:
    """The modifier of a finger (FA to F9) instead of the side, when the procedure names the finger."""
    told = _DIGIT.search(note.low, span.start, span.end + _BEFORE)
    if told is None or not side:
        return side
    number = _DIGITS[told["digit"] or told["digit2"]]
    if told["right"] or (not told["left"] and side == ("RT",)):
        return (f"F{number + 5}",)
    return ("FA",) if number == 0 else (f"F{number}",)

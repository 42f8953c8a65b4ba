"""Whether a condition is affirmed: denied, uncertain, past, another person's or only a possibility.

The rules follow ConText (Harkema, Dowling, Thornblade, Chapman: J Biomed Inform 2009;42:839): a trigger governs the
words after it (or before it) up to the sentence's end or a word that ends its reach. Forms speak, too: a box that is
ticked or not, an answer behind a colon.
"""

import re
from dataclasses import dataclass

from coding.suggestion import triggers
from coding.suggestion.triggers import CONDITIONAL, FAMILY, IDLE, NEGATED, OVER, PAST, SPOKEN, UNCERTAIN

__all__ = [
    "CONDITIONAL",
    "FAMILY",
    "IDLE",
    "NEGATED",
    "OVER",
    "PAST",
    "SPOKEN",
    "UNCERTAIN",
    "Cue",
    "context_of",
    "cues",
    "of_another",
]

_IDLE = re.compile("|".join(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])" for pattern in triggers.NO_TRIGGER))
_PRE = tuple(
    (kind, re.compile(rf"(?<![a-z0-9/])(?:{pattern})(?![a-z0-9])" + r"|(?<![a-z0-9])\?" * ("?" in pattern[-3:])))
    for kind, pattern in triggers.BEFORE
)
_POST = tuple((kind, re.compile(rf"[\s)]*(?:{pattern})")) for kind, pattern in triggers.AFTER)
_STOPS = {
    NEGATED: re.compile(triggers.STOP),
    UNCERTAIN: re.compile(triggers.STOP),
    PAST: re.compile(triggers.PAST_STOP),
    FAMILY: re.compile(triggers.FAMILY_STOP),
    OVER: re.compile(triggers.PAST_STOP),
}
_VERB = re.compile(r"(?:\w+(?:n't| not)|not|no longer|declin\w+|refus\w+|never)$")
_VERB_STOP = re.compile(triggers.VERB_STOP)
_NOT_SO = "non"  # denies the next word alone, and not a term that has the prefix itself: "non-pressure ulcer"
_NON = re.compile(r"(?<![a-z0-9])non[- ](?=[a-z])")
_NEXT_WORD = re.compile(r"[a-z0-9']+")
_COLON = re.compile(r"\s*:")
_COMMA = re.compile(r",(?! or\b)")
_REACH = 90  # characters behind a condition that may speak about it
# "[ ] asthma [x] hypertension", "( ) yes", "☐ ☑"; a plus or minus before the word: "+ cough, - fever".
_BOX = re.compile(r"\[(?P<square>[ x✓✔_-]?)\]|\((?P<round>[ x✓✔_]?)\)|(?P<sign>[☐□☑☒✓✔■])")
# "[ ]Y [x]N", "Yes [ ] No [x]" behind a question.
_YES_NO = re.compile(
    r"\[(?P<y>[ x✓_]?)\] ?y(?:es)?\b[ /|,]*\[(?P<n>[ x✓_]?)\] ?no?\b"
    r"|\[(?P<n2>[ x✓_]?)\] ?no?\b[ /|,]*\[(?P<y2>[ x✓_]?)\] ?y(?:es)?\b"
    r"|\by(?:es)? ?\[(?P<y3>[ x✓_]?)\][ /|,]*no? ?\[(?P<n3>[ x✓_]?)\]"
)
_EMPTY = frozenset({"", " ", "_", "-", "☐", "□"})
_MINUS = re.compile(r"(?<=[,;/] )[-−–](?= ?[a-z])|(?<=[\s,;/])−(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Cue:
    """One trigger: what it does to the words from `start` to `end`."""

    kind: str
    start: int
    end: int


def cues(text: str, start: int, end: int) -> list[Cue]:
    """The triggers of one sentence with their reach. `text` is the whole note in lower case."""
    idle = [match.span() for match in _IDLE.finditer(text, start, end)]
    found = [Cue(IDLE, first, last) for first, last in idle]
    for kind, pattern in _PRE:
        found += [
            Cue(kind, match.end(), _reach(text, kind, match, end))
            for match in pattern.finditer(text, start, end)
            if not any(first <= match.start() and match.end() <= last for first, last in idle)
        ]
    for match in _NON.finditer(text, start, end):
        word = _NEXT_WORD.match(text, match.end(), end)
        found.append(Cue(_NOT_SO, match.end(), word.end() if word else match.end()))
    return [*found, *_boxes(text, start, end), *_minuses(text, start, end)]


def _reach(text: str, kind: str, match: re.Match[str], end: int) -> int:
    start = _COLON.match(text, match.end(), end)
    at = start.end() if start else match.end()  # a trigger may be a heading: "Differential: …"
    stops = [_STOPS[kind].search(text, at, end)] if kind in _STOPS else []
    if kind == NEGATED and _VERB.search(match.group()):
        stops.append(_VERB_STOP.search(text, at, end))
    if match.group() in triggers.OF_ONE:
        stops.append(_COMMA.search(text, at, end))
    return min((stop.start() for stop in stops if stop), default=end)


def _boxes(text: str, start: int, end: int) -> list[Cue]:
    """Boxes of a form: an empty one denies its words, those behind it or, when the line ends with one, before it."""
    if answers := list(_YES_NO.finditer(text, start, end)):
        edges = [start, *(answer.end() for answer in answers)]
        asked = zip(edges, answers, strict=False)
        return [Cue(NEGATED, at, answer.start()) for at, answer in asked if not _says_yes(answer)]
    boxes = list(_BOX.finditer(text, start, end))
    told = [box["square"] if box["square"] is not None else box["round"] or box["sign"] or "" for box in boxes]
    if not boxes or (len(boxes) == 1 and boxes[0]["round"] is not None):
        return []
    if not text[boxes[-1].end() : end].strip(" .;|\n"):
        edges = [start, *(box.end() for box in boxes)]
        reaches = list(zip(edges, (box.start() for box in boxes), strict=False))
    else:
        edges = [*(box.start() for box in boxes[1:]), end]
        reaches = list(zip((box.end() for box in boxes), edges, strict=True))
    return [Cue(NEGATED, a, b) for (a, b), mark in zip(reaches, told, strict=True) if mark in _EMPTY]


def _says_yes(answer: re.Match[str]) -> bool:
    return any((answer[name] or " ") not in _EMPTY for name in ("y", "y2", "y3"))


def _minuses(text: str, start: int, end: int) -> list[Cue]:
    if "+" not in text[start:end]:
        return []
    ends = ((m.end(), re.compile(r"[,;+\n]").search(text, m.end(), end)) for m in _MINUS.finditer(text, start, end))
    return [Cue(NEGATED, at, stop.start() if stop else end) for at, stop in ends]


def context_of(text: str, found: list[Cue], start: int, end: int, sentence_end: int) -> frozenset[str]:
    """What the sentence says about the words from `start` to `end`; empty when it simply affirms them."""
    kinds = {cue.kind for cue in found if cue.start <= start < cue.end and cue.kind != IDLE}
    if _NOT_SO in kinds:
        kinds = kinds - {_NOT_SO} | {NEGATED}
    tail = text[end : min(sentence_end, end + _REACH)]
    kinds.update(kind for kind, pattern in _POST if pattern.match(tail))
    return frozenset(kinds)


_BLOOD = re.compile(rf"(?<![a-z])(?:{triggers.BLOOD}|family|maternal|paternal|fhx?|fam)(?![a-z-])")
_OTHERS = re.compile(
    rf"(?<![a-z])(?:{triggers.OTHERS}|expos\w+|contact(?! with (?:\w+ ){{0,3}}(?:{triggers.THINGS})))(?![a-z])"
)


def of_another(said: str) -> bool:
    """Whether a sentence in lower case speaks of persons who are no blood relatives: a husband, a friend."""
    return bool(_OTHERS.search(said)) and not _BLOOD.search(said)

"""Tests that were made at the visit: laboratory, films and scans. A result from elsewhere is read, not billed."""

import re
from itertools import pairwise
from typing import NamedTuple

from coding.suggestion.facts import Span
from coding.suggestion.mentions import ReadNote
from coding.suggestion.procedures.done import Done, side_of


class Film(NamedTuple):
    """A film by region and number of views, fewest and most."""

    code: str
    sided: bool
    region: str
    least: int
    most: int


# Tests with the words for them, as patterns.
_LABORATORY = (
    ("80053", r"cmp|comprehensive metabolic|metabolic panel"),
    ("80061", r"lipid panel|lipids|cholesterol panel|ldl"),
    ("82306", r"vitamin d|25[- ](?:hydroxy|oh)"),
    ("83036", r"(?:hgb ?|hba|hb ?)?a1c|glycohemoglobin"),
    ("84443", r"tsh"),
    ("85025", r"cbc|(?:complete )?blood count"),
    ("85610", r"inr|protime"),
    ("83013", r"(?:urea )?breath test"),
)
_FILMS = (
    Film("71046", sided=False, region="chest|cxr", least=2, most=2),
    Film("72100", sided=False, region="lumbar|lumbosacral|l-?s[- ]spine|l-spine|low(?:er)? back", least=2, most=3),
    Film("73030", sided=True, region="shoulder", least=2, most=9),
    Film("73110", sided=True, region="wrist", least=3, most=9),
    Film("73502", sided=True, region="hip", least=2, most=3),
    Film("73562", sided=True, region="knee", least=3, most=3),
    Film("73610", sided=True, region="ankle", least=3, most=9),
)
_SCANS = (("73721", True, "knee|ankle|hip"), ("72148", False, "lumbar|l-spine|low(?:er)? back"))

_NAMES = {code: re.compile(rf"\b(?:{names})\b") for code, names in _LABORATORY}
_FILM = re.compile(r"\b(?:films?|x-?rays?|xrs?|radiographs?|views?|v)\b")
_VIEWS = re.compile(r"\b(?P<count>\d|two|three|four|five)[- ]?(?:views?|v)\b")
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_SCAN = re.compile(r"\b(?:mri|magnetic resonance)\b")
_CONTRAST = re.compile(r"\bwith (?:and without )?(?:iv )?contrast|gadolinium")
_MADE = r"(?:run|done|performed|obtained|taken|made|processed|resulted|drawn and run)"
_IN_HOUSE = re.compile(
    rf"\b{_MADE} (?:\w+ )?(?:here|today|in[- ](?:house|office|clinic|our))"
    r"|\b(?:here|in[- ](?:house|office|clinic)) today\b"
    r"|\bin[- ](?:house|office|clinic)\b|\bpoc\b|point[- ]of[- ]care|\bin (?:the|our) (?:office|clinic|lab)\b"
)
_TODAY = re.compile(r"\btoday\b")
_RESULT = re.compile(r"\d|\b(?:normal|negative|positive|neg|pos)\b")
_ELSEWHERE = re.compile(
    r"\b(?:not|declin\w*|defer\w*|outside|elsewhere|hospital|last|prior|previous(?:ly)?|old|earlier"
    r"|order(?:ed|s)?|pending|sen[dt]|will|plan|due|next|reviewed|recheck|repeat|yesterday|ago|brought|home|return"
    r"|before|check|get|obtain|in (?:\w+ )?(?:weeks?|months?|days?))\b"
)
_PARTS = re.compile(r";|\n|(?<!\b[a-z])\.(?!\d)")  # not within 7.2, nor behind the H of "H. pylori"


def add_tests(note: ReadNote, done: Done) -> None:
    """Add the tests that the note says were made here."""
    for sentence in note.sentences:
        for start, end in _parts(note.low, sentence.start, sentence.end):
            part = note.low[start:end]
            if not _ELSEWHERE.search(part):
                _add_laboratory(part, start, done)
                _add_films(note, part, start, done)
                _add_scans(note, part, start, done)


def _parts(low: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(match.end() for match in _PARTS.finditer(low, start, end)), end]
    return list(pairwise(cuts))


def _add_laboratory(part: str, start: int, done: Done) -> None:
    """A test run here; "today" alone says so only beside a result."""
    in_house = _IN_HOUSE.search(part)
    if not (in_house or (_TODAY.search(part) and _RESULT.search(part))):
        return
    for code, names in _NAMES.items():
        match = names.search(part)
        if match is None or (not in_house and not _RESULT.search(part, match.end())):
            continue
        done.setdefault(code, ((Span(start + match.start(), start + match.end()),), (), 1))


def _add_films(note: ReadNote, part: str, start: int, done: Done) -> None:
    views = _VIEWS.search(part)
    if views is None or not _FILM.search(part):
        return
    count = _COUNTS.get(views["count"]) or int(views["count"])
    for film in _FILMS:
        match = re.search(rf"\b(?:{film.region})\b", part)
        if match and film.least <= count <= film.most:
            span = Span(start + match.start(), start + match.end())
            done.setdefault(film.code, ((span,), side_of(note, span) if film.sided else (), 1))
            return


def _add_scans(note: ReadNote, part: str, start: int, done: Done) -> None:
    if not (_SCAN.search(part) and _IN_HOUSE.search(part)) or _CONTRAST.search(part):
        return
    for code, sided, region in _SCANS:
        if match := re.search(rf"\b(?:{region})\b", part):
            span = Span(start + match.start(), start + match.end())
            done.setdefault(code, ((span,), side_of(note, span) if sided else (), 1))
            return

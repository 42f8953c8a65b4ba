"""What a service depends on beside its own words: whether it was done, on what, on whom, with what else."""

import re
from collections.abc import Sequence

from coding.suggestion import context
from coding.suggestion.facts import NoteFacts, Span
from coding.suggestion.found import Found
from coding.suggestion.mentions import ReadNote

_FUTURE = re.compile(
    r"\b(?:plan(?:ned)?(?!:)|will|schedule[d]?|ordered|next|return for|refer\w*|needs?|consider|discussed"
    r"|declined|last (?:week|month|year|visit)|wks? ago|weeks? ago|prior|previous|trial of|if)\b"
)
_COUNT = re.compile(
    r"\b(?P<count>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b (?:\w+ ){0,3}(?:lesions?"
    r"|aks?\b|actinic|spots|tags|sites)|(?:lesions?|aks?|x) ?(?P<after>\d{1,2})\b|, (?P<comma>two"
    r"|three|four|five|six|seven|eight|nine|ten) lesions"
)
MEDICARE_AGE = 65
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
Done = dict[str, tuple[tuple[Span, ...], tuple[str, ...], int]]
_QUESTIONED = re.compile(r"\s*\? ?(?:no|not)\b")
_RESULT = re.compile(r"neg|pos|normal|\d")


def not_done(note: ReadNote, cues: list[context.Cue], match: re.Match[str]) -> bool:
    told = bool(_RESULT.search(match.group()))  # a result proves the test, whatever it denies
    if not told and any(c.kind == context.NEGATED and c.start <= match.start() < c.end for c in cues):
        return True
    sentence = next(s for s in note.sentences if s.start <= match.start() < s.end)
    before = note.low[max(sentence.start, match.start() - 25) : match.start()]
    after = note.low[match.end() : min(match.end() + 12, max(sentence.end, match.end()))]
    return bool(_FUTURE.search(before) or _FUTURE.search(after) or _QUESTIONED.match(note.low, match.end()))


_DIGITS = {"thumb": 0, "index": 1, "middle": 2, "long": 2, "ring": 3, "small": 4, "little": 4, "pinky": 4}
_DIGIT = re.compile(
    r"\b(?:(?P<right>right|r)|(?P<left>left|l)) (?P<digit>thumb|index|middle|long|ring|small"
    r"|little|pinky)\b|\b(?P<digit2>thumb|index|middle|long|ring|small|little|pinky)\b"
)


def finger(note: ReadNote, match: re.Match[str], side: tuple[str, ...]) -> tuple[str, ...]:
    """The modifier of a finger (FA to F9) instead of the side, when the procedure names the finger."""
    told = _DIGIT.search(note.low, match.start(), min(match.end() + 25, len(note.low)))
    if told is None:
        return side
    number = _DIGITS[told["digit"] or told["digit2"]]
    right = bool(told["right"]) or (not told["left"] and side == ("RT",))
    if right:
        return (f"F{number + 5}",)
    return ("FA",) if number == 0 else (f"F{number}",)


_KERATOSES = re.compile(
    r"(?:actinic keratos[ei]s|\baks?)\s*(?:x|#)\s*(?P<number>\d{1,2})|(?:all|to) (?P<word>two"
    r"|three|four|five|six|seven|eight|nine|ten)\b"
)


def lesions(note: ReadNote) -> int:
    if exact := _KERATOSES.search(note.low):
        return int(exact["number"]) if exact["number"] else _NUMBERS[exact["word"]]
    match = _COUNT.search(note.low)
    if match is None:
        return 1
    told = match["count"] or match["after"] or match["comma"]
    return _NUMBERS.get(told) or int(told)


_CRYO = re.compile(r"\b(?:liquid nitrogen|ln2|cryo(?:therapy|surgery)?|froze\w*)\b")


def frozen(note: ReadNote, done: Done, diagnoses: Sequence[Found]) -> None:
    """Lesions that were frozen: what they were is the diagnosis."""
    if {"17000", "17110"} & done.keys():
        return
    for match in _CRYO.finditer(note.low):
        sentence = next((s for s in note.sentences if s.start <= match.start() < s.end), None)
        if sentence is None or not_done(note, sentence.cues, match):
            continue
        spans = (Span(match.start(), match.end()),)
        codes = {d.code for d in diagnoses if d.assessed}
        if "L57.0" in codes:
            done["17000"] = (spans, (), 1)
            if (count := lesions(note)) > 1:
                done["17003"] = (spans, (), min(count, 14) - 1)
        elif any(code.startswith(("B07", "B08.1", "L82.0")) for code in codes):
            done["17110"] = (spans, (), 1)
        return


def by_circumstance(facts: NoteFacts, note: ReadNote, done: Done, diagnoses: Sequence[Found]) -> None:
    """Codes and modifiers that depend on who the patient is and what else was done."""
    codes = {d.code for d in diagnoses}
    if "45378" in done and "Z12.11" in codes and facts.age is not None and facts.age >= MEDICARE_AGE:
        done["G0121"] = done.pop("45378")  # Medicare has its own code for an average-risk screening
    if {"45380", "45385"} <= done.keys():
        spans, _, units = done["45380"]
        done["45380"] = (spans, ("59",), units)  # another lesion, by another technique
    for code in [c for c in done if c.startswith("97")]:
        spans, modifiers, units = done[code]
        done[code] = (spans, (*modifiers, "GP"), units)
    if "99406" in done and not any(code.startswith(("F17", "Z72.0")) for code in codes):
        del done["99406"]
    if "12001" in done and re.search(r"\bexcision|\bexcised diameter", note.low):
        del done["12001"]
    if "87804" in done and _BOTH_TYPES.search(note.low):
        spans, modifiers, _ = done["87804"]
        done["87804"] = (spans, modifiers, 2)  # types A and B are two results


_BOTH_TYPES = re.compile(r"\ba ?(?:/|&|\+|and) ?b\b|\ba:? (?:pos\w*|neg\w*|\+)[,;]? (?:flu )?b\b|neg/neg|pos/neg")
_VACCINE = re.compile(
    r"\b(?:tdap|dtap|pcv ?\d*|ppsv ?23|mmr|varicella|hpv|menacwy|menb|shingrix|(?:flu|influenza)"
    r"|hep ?[ab]|ipv|rota\w*|pentacel|pediarix|kinrix|prevnar)\b"
)


def vaccine_administration(facts: NoteFacts, note: ReadNote, done: Done) -> None:
    vaccines = [code for code in ("90662", "90686", "90715") if code in done]
    if not vaccines:
        return
    if "96372" in done and _near(note, done["96372"][0][0], _VACCINE):
        del done["96372"]
    given = {m.group() for code in vaccines for m in _VACCINE.finditer(_sentence_at(note, done[code][0][0].start))}
    if len(vaccines) == 1 and len(given) > 1 and "G0008" not in done and vaccines[0] == "90715":
        done["90471"] = (done[vaccines[0]][0], (), 1)
        done["90472"] = (done[vaccines[0]][0], (), len(given) - 1)
        return
    spans = done[vaccines[0]][0]
    if facts.age is not None and facts.age >= MEDICARE_AGE and vaccines[0] != "90715":
        done["G0008"] = (spans, (), 1)  # Medicare counts influenza vaccines by itself
        if len(vaccines) > 1:
            done["90471"] = (done[vaccines[1]][0], (), 1)
        return
    done["90471"] = (spans, (), 1)
    if len(vaccines) > 1:
        done["90472"] = (done[vaccines[1]][0], (), len(vaccines) - 1)


def _sentence_at(note: ReadNote, at: int) -> str:
    return next((note.low[s.start : s.end] for s in note.sentences if s.start <= at < s.end), "")


def _near(note: ReadNote, span: Span, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(_sentence_at(note, span.start)))

"""Procedures, drugs and vaccines that a note says were done, and the visit beside them."""

import re
from collections.abc import Sequence
from functools import cache

from coding.suggestion import vocabulary
from coding.suggestion.facts import INPATIENT, NoteFacts, Span, Suggested
from coding.suggestion.found import Found
from coding.suggestion.mentions import ReadNote
from coding.suggestion.procedures.beside import as_service, visit_beside
from coding.suggestion.procedures.circumstances import (
    Done,
    by_circumstance,
    finger,
    frozen,
    lesions,
    not_done,
    vaccine_administration,
)

_SIDED = {"right": "RT", "left": "LT", "bilateral": "50"}
_SIDE = re.compile(r"\b(?:(?P<both>bilateral|both|bilat)|(?P<right>right|rt|r)|(?P<left>left|lt|l))\b")
_INSTEAD = {
    "20610": ("20611",),
    "45378": ("45380", "45385"),
    "43235": ("43239",),
    "94010": ("94060",),
    "45380": (),
    "90686": ("90662",),
    "97110": (),
    "99406": (),
}
_DOSE = r"(?P<dose>\d+(?:\.\d+)?) ?(?P<unit>mcg|mg(?!/)|(?<![\d]\d)g)\b"
_THERAPY = re.compile(
    r"(?P<near>\d{2}) ?min(?:utes)?(?: of)? psychotherapy|(?:psychotherapy|session|therapy|cbt"
    r"|dbt)[^.\n]{0,40}?(?P<minutes>\d{2}) ?min"
    r"|(?P<before>\d{2}) ?min[^.\n]{0,25}(?:psychotherapy|session|therapy)"
)


def suggest_services(facts: NoteFacts, note: ReadNote, diagnoses: Sequence[Found]) -> tuple[Suggested, ...]:
    """The services of a visit, the visit itself first. Inpatient notes carry none here."""
    if facts.setting == INPATIENT:
        return ()
    done = _performed(note)
    frozen(note, done, diagnoses)
    _drugs(note, done)
    _therapy(note, done)
    for code, better in _INSTEAD.items():
        if any(b in done for b in better):
            done.pop(code, None)
    vaccine_administration(facts, note, done)
    by_circumstance(facts, note, done, diagnoses)
    visit = visit_beside(facts, note, diagnoses, done)
    services = [
        as_service(
            code,
            spans,
            f"The note says that it was done: “{note.text[spans[0].start : spans[0].end]}”.",
            modifiers,
            units,
            _pointers(code, spans, diagnoses),
        )
        for code, (spans, modifiers, units) in done.items()
    ]
    return (*((visit,) if visit else ()), *services)


# Services with the beginnings of the diagnoses that they are done for.
_DONE_FOR: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("9047", "906", "907", "G0008"), ("Z23",)),
    (("17000", "17003"), ("L57.0",)),
    (("17110",), ("B07", "B08.1", "L82")),
    (("11200",), ("L91.8",)),
    (("69210",), ("H61.2",)),
    (("99406",), ("F17", "Z72.0")),
    (("83036", "82962"), ("E11", "E10", "R73")),
    (("87880",), ("J02", "J03", "J00")),
    (("940", "94640"), ("J4", "R06", "R05")),
    (("46221",), ("K64",)),
)


def _pointers(code: str, spans: tuple[Span, ...], diagnoses: Sequence[Found]) -> tuple[int, ...]:
    """The diagnosis that a service was done for: one of its kind, else the one said nearest to it."""
    if not diagnoses:
        return ()
    wanted = next((kinds for services, kinds in _DONE_FOR if code.startswith(services)), ())
    for number, diagnosis in enumerate(diagnoses, 1):
        if wanted and diagnosis.code.startswith(wanted):
            return (number,)
    problems = [n for n, d in enumerate(diagnoses, 1) if not d.code.startswith(("Z7", "Z8", "Z9", "F17"))] or [1]
    at = spans[0].start
    return (min(problems, key=lambda n: min(abs(span.start - at) for span in diagnoses[n - 1].spans)),)


@cache
def _patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    return tuple(
        (code, sided, re.compile("|".join(rf"\b(?:{p})" for p in patterns)))
        for code, sided, patterns in vocabulary.procedures()
    )


def _performed(note: ReadNote) -> Done:
    done: Done = {}
    for code, sided, pattern in _patterns():
        for match in pattern.finditer(note.low):
            sentence = next((s for s in note.sentences if s.start <= match.start() < s.end), None)
            if sentence is None or not_done(note, sentence.cues, match):
                continue
            modifiers = _side(note, match) if sided else ()
            if code == "20550" and modifiers:
                modifiers = finger(note, match, modifiers)
            units = _units(code, match, note)
            done.setdefault(code, ((Span(match.start(), match.end()),), modifiers, units))
            break
    if "17000" in done and (count := lesions(note)) > 1:
        spans, _, _ = done["17000"]
        done["17003"] = (spans, (), min(count, 14) - 1)
    return done


def _side(note: ReadNote, match: re.Match[str]) -> tuple[str, ...]:
    start, end = max(0, match.start() - 40), match.end() + 40
    sides = []
    for m in _SIDE.finditer(note.low, start, end):
        if len(m.group()) > 1 or note.text[m.start()].isupper():
            at = (
                0
                if match.start() <= m.start() < match.end()
                else min(abs(m.start() - match.end()), abs(match.start() - m.end()))
            )
            sides.append((at, "bilateral" if m["both"] else "right" if m["right"] else "left"))
    return (_SIDED[min(sides)[1]],) if sides else ()


def _units(code: str, match: re.Match[str], note: ReadNote) -> int:
    minutes = match.groupdict().get(f"min{code}") or match.groupdict().get("minb")
    if minutes:
        return max(1, (int(minutes) + 7) // 15)
    return 1


# "B12 deficiency … 1000 mcg IM given": the drug is named by what it is given for.
_B12_GIVEN = re.compile(r"\bb-?12\b[^.\n]{0,60}?(?P<dose>1000) ?(?P<unit>mcg) (?:im|sq|subq)\b(?P<dose2>)(?P<unit2>)")


def _drugs(note: ReadNote, done: Done) -> None:
    given = any(code in done for code in ("96372", "20610", "20611", "20605", "20550", "20526", "78452"))
    for code, amount, unit, names in vocabulary.billed_drugs():
        pattern = re.compile(
            rf"{_DOSE}[^.,\n]{{0,12}}?(?:of )?(?:{names})\b"
            rf"|\b(?:{names})\b[^.\n]{{0,25}}?{_DOSE.replace('dose', 'dose2').replace('unit', 'unit2')}"
        )
        match = pattern.search(note.low) or (_B12_GIVEN.search(note.low) if code == "J3420" else None)
        if match is None or not (given or code == "J7325"):
            continue
        dose = float(match["dose"] or match["dose2"])
        scale = {"g": 1000.0, "mg": 1.0, "mcg": 0.001}
        milligrams = dose * scale[match["unit"] or match["unit2"]]
        units = max(1, round(milligrams / (amount * scale[unit])))
        done[code] = ((Span(match.start(), match.end()),), (), units)


def _therapy(note: ReadNote, done: Done) -> None:
    match = _THERAPY.search(note.low)
    if match is None or any(code in done for code in ("90853", "90847", "90791", "97110", "97161")):
        return
    if "psycho" not in note.low and "cbt" not in note.low and "session" not in note.low:
        return
    near = re.search(r"\b(?P<near>\d{2}) ?min(?:utes)?(?: of)? (?:individual )?psychotherapy", note.low)
    minutes = int(near["near"] if near else match["near"] or match["minutes"] or match["before"])
    beside = (
        bool(re.search(r"\b(?:mg|medication|refill|start|increase)\b", note.low))
        and "psychotherapy note" not in note.low
    )
    steps = ((53, "90838"), (38, "90836"), (16, "90833")) if beside else ((53, "90837"), (38, "90834"), (16, "90832"))
    code = next((c for least, c in steps if minutes >= least), "")
    if code:
        done[code] = ((Span(match.start(), match.end()),), (), 1)

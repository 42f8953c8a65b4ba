"""Procedures, drugs and vaccines that a note says were done, and the visit beside them."""

import re
from collections.abc import Sequence
from functools import cache

from coding.suggestion import vocabulary
from coding.suggestion.facts import CPT, HCPCS, INPATIENT, NoteFacts, Span, Suggested
from coding.suggestion.found import Found
from coding.suggestion.mentions import ReadNote
from coding.suggestion.procedures.beside import is_new_here, modifiers_beside, preventive, visit_beside
from coding.suggestion.procedures.circumstances import add_excision, add_frozen, settle
from coding.suggestion.procedures.diagnostics import add_tests
from coding.suggestion.procedures.done import Done, finger_of, side_of, was_done
from coding.suggestion.procedures.drugs import add_drugs, add_vaccines
from coding.suggestion.procedures.endoscopy import add_endoscopy

CONFIDENCE = 80
# What a better-fitting code replaces.
_INSTEAD = {
    "12001": ("11642",),
    "20610": ("20611",),
    "43235": ("43239",),
    "45378": ("45380", "45385", "G0121"),
    "85610": ("93793",),
    "90686": ("90662",),
    "90791": ("90792",),
    "93000": ("93015",),
    "94010": ("94060",),
}
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
_THERAPY = re.compile(
    r"(?P<near>\d{2}) ?min(?:utes)?(?: of)? psychotherapy|(?:psychotherapy|session|therapy|cbt"
    r"|dbt)[^.\n]{0,40}?(?P<minutes>\d{2}) ?min"
    r"|(?P<before>\d{2}) ?min[^.\n]{0,25}(?:psychotherapy|session|therapy)"
)
_PSYCHOTHERAPY = re.compile(r"\b(?P<near>\d{2}) ?min(?:utes)?(?: of)? (?:individual )?psychotherapy")
_MEDICINE = re.compile(r"\b(?:mg|medication|refill|start|increase)\b")
_NO_TALK = ("90853", "90847", "90791", "90792", "97110", "97161")
_TIMED = frozenset({"97110", "97112", "97140", "97530"})
_MINUTES = re.compile(r"(?P<count>\d+) ?min")


def suggest_services(facts: NoteFacts, note: ReadNote, diagnoses: Sequence[Found]) -> tuple[Suggested, ...]:
    """The services of a visit, the visit itself first. Inpatient notes carry none here."""
    if facts.setting == INPATIENT:
        return ()
    done = _performed(note)
    add_frozen(note, done, diagnoses)
    add_excision(note, done)
    add_tests(note, done)
    add_endoscopy(facts, note, done)
    add_drugs(note, done)
    _add_talk(note, done)
    for code, better in _INSTEAD.items():
        if any(b in done for b in better):
            done.pop(code, None)
    add_vaccines(facts, note, done)
    settle(facts, note, done, diagnoses)
    services = [
        _service(
            code,
            spans,
            f"The note says that it was done: “{note.text[spans[0].start : spans[0].end]}”.",
            modifiers,
            units,
            _pointers(code, spans, diagnoses),
        )
        for code, (spans, modifiers, units) in done.items()
    ]
    return (*_visits(facts, note, diagnoses, done), *services)


def _service(
    code: str, spans: tuple[Span, ...], reason: str, modifiers: tuple[str, ...], units: int, pointers: tuple[int, ...]
) -> Suggested:
    system = CPT if code[0].isdigit() else HCPCS
    return Suggested(
        system=system, code=code, confidence=CONFIDENCE, spans=spans, reason=" ".join(reason.split()),
        modifiers=modifiers, units=units, pointers=pointers,
    )  # fmt: skip


def _visits(facts: NoteFacts, note: ReadNote, diagnoses: Sequence[Found], done: Done) -> tuple[Suggested, ...]:
    """The visit itself."""
    if done.keys() & {"G0438", "G0439"}:
        return ()
    modifiers = modifiers_beside(note, done)
    if routine := preventive(facts, note, diagnoses):
        code, spans = routine
        return (_service(code, spans, "A preventive visit by age.", modifiers, 1, (1,)),)
    visit = visit_beside(facts, note, diagnoses, done)
    if visit is None:
        return ()
    code = f"{'9920' if is_new_here(facts, note) else '9921'}{visit.level}"
    spans = visit.spans or (Span(0, min(len(note.text), 40)),)
    return (_service(code, spans, visit.reason, modifiers, 1, tuple(range(1, min(len(diagnoses), 4) + 1))),)


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
    """What words of the vocabulary say was done."""
    done: Done = {}
    for code, sided, pattern in _patterns():
        match = next((m for m in pattern.finditer(note.low) if was_done(note, m)), None)
        if match is None:
            continue
        span = Span(match.start(), match.end())
        modifiers = side_of(note, span) if sided else ()
        if code == "20550":
            modifiers = finger_of(note, span, modifiers)
        done[code] = ((span,), modifiers, _units(code, match))
    return done


def _units(code: str, match: re.Match[str]) -> int:
    """Timed therapy: one unit for each 15 minutes, the last from 8 on. Source: CMS Claims Manual, 5, 20.2."""
    minutes = _MINUTES.search(match.group()) if code in _TIMED else None
    return max(1, (int(minutes["count"]) + 7) // 15) if minutes else 1


def _add_talk(note: ReadNote, done: Done) -> None:
    """Psychotherapy by its minutes, beside a visit when medicine is spoken of. Source: CPT's time rule (16, 38, 53)."""
    match = _THERAPY.search(note.low)
    if match is None or any(code in done for code in _NO_TALK):
        return
    if "psycho" not in note.low and "cbt" not in note.low and "session" not in note.low:
        return
    near = _PSYCHOTHERAPY.search(note.low)
    minutes = int(near["near"] if near else match["near"] or match["minutes"] or match["before"])
    beside = bool(_MEDICINE.search(note.low)) and "psychotherapy note" not in note.low
    steps = ((53, "90838"), (38, "90836"), (16, "90833")) if beside else ((53, "90837"), (38, "90834"), (16, "90832"))
    code = next((c for least, c in steps if minutes >= least), "")
    if code:
        done[code] = ((Span(match.start(), match.end()),), (), 1)

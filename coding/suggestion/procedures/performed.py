"""Procedures, drugs and vaccines that a note says were done, and the visit beside them."""

import re
from collections.abc import Sequence
from functools import cache

from coding.suggestion import context, vocabulary
from coding.suggestion.facts import CPT, HCPCS, INPATIENT, NoteFacts, Span, Suggested
from coding.suggestion.found import Found
from coding.suggestion.mentions import ReadNote
from coding.suggestion.procedures.beside import is_new_here, preventive, separate, visit_beside
from coding.suggestion.procedures.diagnostics import add_tests
from coding.suggestion.procedures.done import Done, side_of
from coding.suggestion.procedures.drugs import add_drugs, add_vaccines
from coding.suggestion.procedures.endoscopy import add_endoscopy

# What a better-fitting code replaces.
_INSTEAD = {
    "12001": ("11642",),
    "20610": ("20611",),
    "43235": ("43239",),
    "45378": ("45380", "45385", "G0121"),
    "90686": ("90662",),
    "85610": ("93793",),
    "90791": ("90792",),
    "93000": ("93015",),
    "94010": ("94060",),
}
_FUTURE = re.compile(
    r"\b(?:plan(?:ned)?(?!:)|will|schedule[d]?|ordered|next|return for|refer\w*|needs?|consider|discussed"
    r"|declined|last (?:week|month|year|visit)|wks? ago|weeks? ago|prior|previous|trial of|if)\b"
)
_CARRIED_OUT = re.compile(
    r"\b(?:consent|lido\w*|tolerated|given|done|performed|applied|path\w*|today|no complications)\b"
)
_REACH = 120  # characters behind a procedure in which its doing is told
_EXCISED = re.compile(r"\bexcis(?:ed|ion)\b")
_MALIGNANT = re.compile(r"\b(?:basal cell|squamous cell|bcc|scc|carcinoma|melanoma)\b")
_FACE = re.compile(r"\b(?:cheek|nose|nasal|forehead|ear|eyelid|lip|face|temple|chin|brow)\b")
_DIAMETER = re.compile(
    r"(?:excised diameter|diameter(?: of)?)[^.\n\d]{0,15}(?P<told>\d\.\d)|(?P<across>\d\.\d) ?cm across"
)
_THERAPY = re.compile(
    r"(?:psychotherapy|session|therapy|cbt|dbt)[^.\n]{0,40}?(?P<minutes>\d{2}) ?min"
    r"|(?P<before>\d{2}) ?min[^.\n]{0,25}(?:psychotherapy|session|therapy)"
)
_COUNT = re.compile(
    r"\b(?P<count>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b (?:\w+ ){0,3}(?:lesions?"
    r"|aks?\b|actinic|spots|tags|sites)|(?:lesions?|aks?|x) ?(?P<after>\d{1,2})\b|, (?P<comma>two"
    r"|three|four|five|six|seven|eight|nine|ten) lesions"
)
_TIMED = frozenset({"97110", "97112", "97140", "97530"})
_MINUTES = re.compile(r"(?P<count>\d+) ?min")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def suggest_services(facts: NoteFacts, note: ReadNote, diagnoses: Sequence[Found]) -> tuple[Suggested, ...]:
    """The services of a visit, the visit itself first. Inpatient notes carry none here."""
    if facts.setting == INPATIENT:
        return ()
    done = _performed(note)
    _excision(note, done)
    add_tests(note, done)
    add_endoscopy(facts, note, done)
    add_drugs(note, done)
    _therapy(note, done)
    for code, better in _INSTEAD.items():
        if any(b in done for b in better):
            done.pop(code, None)
    if "78452" not in done:
        done.pop("A9500", None)  # without the scan its tracer is a test for another day
    add_vaccines(facts, note, done)
    visits = _visits(facts, note, diagnoses, done)
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
    return (*visits, *services)


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


def _service(
    code: str, spans: tuple[Span, ...], reason: str, modifiers: tuple[str, ...], units: int, pointers: tuple[int, ...]
) -> Suggested:
    system = CPT if code[0].isdigit() else HCPCS
    return Suggested(
        system=system, code=code, confidence=80, spans=spans, reason=" ".join(reason.split()), modifiers=modifiers,
        units=units, pointers=pointers,
    )  # fmt: skip


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
            if sentence is None or _not_done(note, sentence.cues, match):
                continue
            modifiers = side_of(note, Span(match.start(), match.end())) if sided else ()
            units = _units(code, match)
            done.setdefault(code, ((Span(match.start(), match.end()),), modifiers, units))
            break
    if "17000" in done and (count := _lesions(note)) > 1:
        spans, _, _ = done["17000"]
        done["17003"] = (spans, (), min(count, 14) - 1)
    return done


def _not_done(note: ReadNote, cues: list[context.Cue], match: re.Match[str]) -> bool:
    if any(c.kind == context.NEGATED and c.start <= match.start() < c.end for c in cues):
        return True
    line = note.low.rfind("\n", 0, match.start()) + 1  # the heading "Assessment and plan" is no plan
    before = note.low[max(line, match.start() - 25) : match.start()]
    if "plan:" in before and not _CARRIED_OUT.search(note.low, match.start(), match.end() + _REACH):
        return True
    return bool(_FUTURE.search(before) or _FUTURE.search(note.low[match.end() : match.end() + 12]))


def _units(code: str, match: re.Match[str]) -> int:
    """Timed therapy: one unit for each 15 minutes, the last from 8 on. Source: CMS Claims Manual, 5, 20.2."""
    minutes = _MINUTES.search(match.group()) if code in _TIMED else None
    return max(1, (int(minutes["count"]) + 7) // 15) if minutes else 1


def _lesions(note: ReadNote) -> int:
    match = _COUNT.search(note.low)
    if match is None:
        return 1
    told = match["count"] or match["after"] or match["comma"]
    return _NUMBERS.get(told) or int(told)


def _excision(note: ReadNote, done: Done) -> None:
    """A malignant lesion of the face by its excised diameter; the catalog has one size."""
    excised, size = _EXCISED.search(note.low), _DIAMETER.search(note.low)
    if not (excised and size and _MALIGNANT.search(note.low) and _FACE.search(note.low)):
        return
    if 1.1 <= float(size["told"] or size["across"]) <= 2.0:  # centimetres
        done["11642"] = ((Span(excised.start(), excised.end()),), (), 1)


def _therapy(note: ReadNote, done: Done) -> None:
    match = _THERAPY.search(note.low)
    if match is None or any(code in done for code in ("90853", "90847", "90791", "97110", "97161")):
        return
    if "psycho" not in note.low and "cbt" not in note.low and "session" not in note.low:
        return
    minutes = int(match["minutes"] or match["before"])
    beside = (
        bool(re.search(r"\b(?:mg|medication|refill|start|increase)\b", note.low))
        and "psychotherapy note" not in note.low
    )
    steps = ((53, "90838"), (38, "90836"), (16, "90833")) if beside else ((53, "90837"), (38, "90834"), (16, "90832"))
    code = next((c for least, c in steps if minutes >= least), "")
    if code:
        done[code] = ((Span(match.start(), match.end()),), (), 1)


def _visits(facts: NoteFacts, note: ReadNote, diagnoses: Sequence[Found], done: Done) -> tuple[Suggested, ...]:
    """The visit itself."""
    if done.keys() & {"G0438", "G0439"}:
        return ()
    if routine := preventive(facts, note, diagnoses):
        code, spans = routine
        return (_service(code, spans, "A preventive visit by age.", separate(done), 1, (1,)),)
    visit = visit_beside(facts, note, diagnoses, done)
    if visit is None:
        return ()
    code = f"{'9920' if is_new_here(facts, note) else '9921'}{visit.level}"
    spans = visit.spans or (Span(0, min(len(note.text), 40)),)
    return (_service(code, spans, visit.reason, separate(done), 1, tuple(range(1, min(len(diagnoses), 4) + 1))),)

"""Drugs that were given and billed by their dose, the injections that gave them, and vaccines."""

import re
from functools import cache

from coding.suggestion import vocabulary
from coding.suggestion.facts import NoteFacts, Span
from coding.suggestion.mentions import ReadNote
from coding.suggestion.procedures.done import Done

MEDICARE_AGE = 65
_DOSE = r"(?P<dose>\d[\d,]*(?:\.\d+)?) ?(?P<unit>mcg|mg(?!/)|(?<![\d]\d)g)\b"
_DOSE_BEHIND = _DOSE.replace("dose", "dose2").replace("unit", "unit2")
_MILLIGRAMS = {"g": 1000.0, "mg": 1.0, "mcg": 0.001}
_INTO_A_JOINT = ("20526", "20550", "20605", "20610", "20611", "J7325")
_WITH_A_SCAN = "78452"
_GEL = "J7325"  # goes into a joint and nowhere else
_GIVEN = re.compile(r"\b(?:given|injected|administered|received|gave)\b")
_INTO_MUSCLE = re.compile(
    r"\b(?:im|i\.m\.|intramuscular(?:ly)?|subcut\w*|sq|subq)\b"
    r"|\b(?:(?:into|in|to) )?(?:the )?(?:right |left |upper |outer |r |l )*"
    r"(?:glut\w*|deltoid|thigh|buttock|vastus lateralis|ventrogluteal)\b"
)
_INTO_A_VEIN = re.compile(r"\b(?:iv|intravenous(?:ly)?|infus\w+|nebuli[sz]\w*)\b")
_NOT_HERE = re.compile(
    r"\b(?:will|plan|order(?:ed)?|next|prescri\w+|at home|self|weekly|daily|last|ago|prior|previously)\b"
)
_VACCINE = re.compile(
    r"\b(?:tdap|dtap|pcv ?\d*|ppsv ?23|mmr|varicella|hpv|menacwy|menb|shingrix|(?:flu|influenza)"
    r"|hep ?[ab]|ipv|rota\w*|pentacel|pediarix|kinrix|prevnar)\b"
)


@cache
def _billed() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    """Code, milligrams of one unit, and the pattern of a drug with its dose."""
    return tuple(
        (
            code,
            amount * _MILLIGRAMS[unit],
            re.compile(
                rf"{_DOSE}[^.\n]{{0,12}}?(?:of )?(?:{names})\b|\b(?:{names})\b(?:[^.\n]|\.\d){{0,60}}?{_DOSE_BEHIND}"
            ),
        )
        for code, amount, unit, names in vocabulary.billed_drugs()
    )


def add_drugs(note: ReadNote, done: Done) -> None:
    """Drugs that were given, by units of their dose, and the injection when it went into a muscle or under the skin."""
    by_scan, by_joint = _WITH_A_SCAN in done, any(code in done for code in _INTO_A_JOINT)
    for code, unit, pattern in _billed():
        for match in pattern.finditer(note.low):
            said, denied = _sentence(note, match.start())
            shot = bool(_INTO_MUSCLE.search(said) and not _INTO_A_VEIN.search(said))
            here = bool(_GIVEN.search(said) or shot) and not _NOT_HERE.search(said[: said.find(match.group()) + 1])
            if denied or not (here or by_scan or by_joint or (code == _GEL and "96372" in done) or "96372" in done):
                continue
            dose = float((match["dose"] or match["dose2"]).replace(",", ""))
            milligrams = dose * _MILLIGRAMS[match["unit"] or match["unit2"]]
            span = Span(match.start(), match.end())
            done[code] = ((span,), (), max(1, round(milligrams / unit)))
            if here and shot and not by_scan:
                done.setdefault("96372", ((span,), (), 1))
            break


def add_vaccines(facts: NoteFacts, note: ReadNote, done: Done) -> None:
    """The giving of each vaccine. Medicare counts that of influenza by itself; age stands for Medicare."""
    vaccines = [code for code in ("90662", "90686", "90715") if code in done]
    if not vaccines:
        return
    if "96372" in done and _VACCINE.search(_sentence(note, done["96372"][0][0].start)[0]):
        del done["96372"]  # a vaccine's shot has codes of its own
    spans = done[vaccines[0]][0]
    given = {m.group() for code in vaccines for m in _VACCINE.finditer(_sentence(note, done[code][0][0].start)[0])}
    if vaccines == ["90715"] and len(given) > 1:  # others beside it, whose numbers are not in the catalog
        done["90471"], done["90472"] = (spans, (), 1), (spans, (), len(given) - 1)
        return
    if facts.age is not None and facts.age >= MEDICARE_AGE and vaccines[0] != "90715":
        done["G0008"] = (spans, (), 1)
        if len(vaccines) > 1:
            done["90471"] = (done[vaccines[1]][0], (), 1)
        return
    done["90471"] = (spans, (), 1)
    if len(vaccines) > 1:
        done["90472"] = (done[vaccines[1]][0], (), len(vaccines) - 1)


def _sentence(note: ReadNote, at: int) -> tuple[str, bool]:
    """The sentence at a place in lower case, and whether it denies what stands there."""
    sentence = note.sentence_at(at)
    return (note.low[sentence.start : sentence.end], sentence.denies(at)) if sentence else ("", False)

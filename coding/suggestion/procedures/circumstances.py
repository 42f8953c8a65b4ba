"""What depends on more than a procedure's own words: on the diagnosis, on the patient, on what else was done."""

import re
from collections.abc import Sequence

from coding.suggestion.facts import NoteFacts, Span
from coding.suggestion.found import Found
from coding.suggestion.mentions import ReadNote
from coding.suggestion.procedures.done import Done, was_done
from coding.suggestion.procedures.drugs import MEDICARE_AGE

MOST_KERATOSES = 14  # that one line of 17000 and 17003 holds
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_NUMBER = "|".join(_NUMBERS)
_COUNT = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{_NUMBER})\b (?:\w+ ){{0,3}}(?:lesions?|aks?\b|actinic|spots|tags|sites)"
    rf"|(?:lesions?|aks?|x) ?(?P<after>\d{{1,2}})\b|, (?P<comma>{_NUMBER}) lesions"
)
_KERATOSES = re.compile(
    rf"(?:actinic keratos[ei]s|\baks?)\s*(?:x|#)\s*(?P<number>\d{{1,2}})|(?:all|to) (?P<word>{_NUMBER})\b"
)
_CRYO = re.compile(r"\b(?:liquid nitrogen|ln2|cryo(?:therapy|surgery)?|froze\w*)\b")
_BOTH_TYPES = re.compile(r"\ba ?(?:/|&|\+|and) ?b\b|\ba:? (?:pos\w*|neg\w*|\+)[,;]? (?:flu )?b\b|neg/neg|pos/neg")
_EXCISED = re.compile(r"\bexcis(?:ed|ion)\b")
_MALIGNANT = re.compile(r"\b(?:basal cell|squamous cell|bcc|scc|carcinoma|melanoma)\b")
_FACE = re.compile(r"\b(?:cheek|nose|nasal|forehead|ear|eyelid|lip|face|temple|chin|brow)\b")
_DIAMETER = re.compile(
    r"(?:excised diameter|diameter(?: of)?)[^.\n\d]{0,15}(?P<told>\d\.\d)|(?P<across>\d\.\d) ?cm across"
)


def lesions(note: ReadNote) -> int:
    """How many lesions were treated, one when nothing is said."""
    if exact := _KERATOSES.search(note.low):
        return int(exact["number"]) if exact["number"] else _NUMBERS[exact["word"]]
    match = _COUNT.search(note.low)
    if match is None:
        return 1
    told = match["count"] or match["after"] or match["comma"]
    return _NUMBERS.get(told) or int(told)


def add_frozen(note: ReadNote, done: Done, diagnoses: Sequence[Found]) -> None:
    """Lesions that were frozen: what they were is the diagnosis."""
    match = next((m for m in _CRYO.finditer(note.low) if was_done(note, m)), None)
    if match is None or {"17000", "17110"} & done.keys():
        return
    spans = (Span(match.start(), match.end()),)
    codes = {d.code for d in diagnoses if d.assessed}
    if "L57.0" in codes:
        done["17000"] = (spans, (), 1)
    elif any(code.startswith(("B07", "B08.1", "L82.0")) for code in codes):
        done["17110"] = (spans, (), 1)


def add_excision(note: ReadNote, done: Done) -> None:
    """A malignant lesion of the face by its excised diameter in centimetres; the catalog has one size."""
    excised, size = _EXCISED.search(note.low), _DIAMETER.search(note.low)
    if not (excised and size and _MALIGNANT.search(note.low) and _FACE.search(note.low)):
        return
    if 1.1 <= float(size["told"] or size["across"]) <= 2.0:
        done["11642"] = ((Span(excised.start(), excised.end()),), (), 1)


def settle(facts: NoteFacts, note: ReadNote, done: Done, diagnoses: Sequence[Found]) -> None:
    """Codes and modifiers that depend on who the patient is and what else was done."""
    codes = {d.code for d in diagnoses}
    if "17000" in done and (count := lesions(note)) > 1:
        done["17003"] = (done["17000"][0], (), min(count, MOST_KERATOSES) - 1)
    if "45378" in done and "Z12.11" in codes and facts.age is not None and facts.age >= MEDICARE_AGE:
        done["G0121"] = done.pop("45378")  # Medicare has its own code for an average-risk screening
    if {"45380", "45385"} <= done.keys():
        spans, _, units = done["45380"]
        done["45380"] = (spans, ("59",), units)  # another lesion, by another technique
    for code in [code for code in done if code.startswith("97")]:
        spans, modifiers, units = done[code]
        done[code] = (spans, (*modifiers, "GP"), units)
    if "99406" in done and not any(code.startswith(("F17", "Z72.0")) for code in codes):
        del done["99406"]
    if _EXCISED.search(note.low):
        done.pop("12001", None)  # a simple closure is part of it
    if "78452" not in done:
        done.pop("A9500", None)  # without the scan its tracer is a test for another day
    if "87804" in done and _BOTH_TYPES.search(note.low):
        spans, modifiers, _ = done["87804"]
        done["87804"] = (spans, modifiers, 2)  # types A and B are two results

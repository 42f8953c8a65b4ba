"""Procedures, drugs and vaccines that a note says were done, and the visit beside them."""

import re
from collections.abc import Sequence
from functools import cache

from coding.suggestion import context, vocabulary
from coding.suggestion.facts import CPT, HCPCS, INPATIENT, NoteFacts, Span, Suggested
from coding.suggestion.found import Found
from coding.suggestion.mentions import ReadNote
from coding.suggestion.procedures.visits import visit_level

_SIDED = {"right": "RT", "left": "LT", "bilateral": "50"}
_SIDE = re.compile(r"\b(?:(?P<both>bilateral|both|bilat)|(?P<right>right|rt|r)|(?P<left>left|lt|l))\b")
# A visit beside one of these is significant and separate only with modifier 25.
_NEEDS_25 = (
    "10060",
    "1110",
    "11200",
    "17000",
    "17110",
    "12001",
    "205",
    "206",
    "46221",
    "69210",
    "96372",
    "94640",
    "94060",
    "99406",
    "29",
    "64721",
    "95044",
    "9047",
    "94010",
    "G0008",
    "9939",
    "9938",
)
# Visits that are nothing but their procedure.
_ONLY = (
    "43235",
    "43239",
    "45378",
    "45380",
    "45385",
    "29881",
    "97110",
    "97112",
    "97140",
    "97161",
    "97530",
    "90853",
    "90847",
    "90791",
    "90792",
    "G0121",
    "11642",
    "93793",
    "93280",
    "96910",
    "93015",
    "G0121",
    "95044",
)
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
_FUTURE = re.compile(
    r"\b(?:plan(?:ned)?(?!:)|will|schedule[d]?|ordered|next|return for|refer\w*|needs?|consider|discussed"
    r"|declined|last (?:week|month|year|visit)|wks? ago|weeks? ago|prior|previous|trial of|if)\b"
)
_DOSE = r"(?P<dose>\d+(?:\.\d+)?) ?(?P<unit>mcg|mg(?!/)|(?<![\d]\d)g)\b"
_THERAPY = re.compile(
    r"(?P<near>\d{2}) ?min(?:utes)?(?: of)? psychotherapy|(?:psychotherapy|session|therapy|cbt|dbt)[^.\n]{0,40}?(?P<minutes>\d{2}) ?min"
    r"|(?P<before>\d{2}) ?min[^.\n]{0,25}(?:psychotherapy|session|therapy)"
)
_COUNT = re.compile(
    r"\b(?P<count>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b (?:\w+ ){0,3}(?:lesions?"
    r"|aks?\b|actinic|spots|tags|sites)|(?:lesions?|aks?|x) ?(?P<after>\d{1,2})\b|, (?P<comma>two"
    r"|three|four|five|six|seven|eight|nine|ten) lesions"
)
MEDICARE_AGE = 65
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def suggest_services(facts: NoteFacts, note: ReadNote, diagnoses: Sequence[Found]) -> tuple[Suggested, ...]:
    """The services of a visit, the visit itself first. Inpatient notes carry none here."""
    if facts.setting == INPATIENT:
        return ()
    done = _performed(note)
    _frozen(note, done, diagnoses)
    _drugs(note, done)
    _therapy(note, done)
    for code, better in _INSTEAD.items():
        if any(b in done for b in better):
            done.pop(code, None)
    _vaccine_administration(facts, note, done)
    _by_circumstance(facts, note, done, diagnoses)
    visit = _visit(facts, note, diagnoses, done)
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


def _service(
    code: str, spans: tuple[Span, ...], reason: str, modifiers: tuple[str, ...], units: int, pointers: tuple[int, ...]
) -> Suggested:
    system = CPT if code[0].isdigit() else HCPCS
    return Suggested(
        system=system, code=code, confidence=80, spans=spans, reason=" ".join(reason.split()), modifiers=modifiers,
        units=units, pointers=pointers,
    )  # fmt: skip


Done = dict[str, tuple[tuple[Span, ...], tuple[str, ...], int]]


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
            modifiers = _side(note, match) if sided else ()
            if code == "20550" and modifiers:
                modifiers = _finger(note, match, modifiers)
            units = _units(code, match, note)
            done.setdefault(code, ((Span(match.start(), match.end()),), modifiers, units))
            break
    if "17000" in done and (count := _lesions(note)) > 1:
        spans, _, _ = done["17000"]
        done["17003"] = (spans, (), min(count, 14) - 1)
    return done


_QUESTIONED = re.compile(r"\s*\? ?(?:no|not)\b")
_RESULT = re.compile(r"neg|pos|normal|\d")


def _not_done(note: ReadNote, cues: list[context.Cue], match: re.Match[str]) -> bool:
    told = bool(_RESULT.search(match.group()))  # a result proves the test, whatever it denies
    if not told and any(c.kind == context.NEGATED and c.start <= match.start() < c.end for c in cues):
        return True
    sentence = next(s for s in note.sentences if s.start <= match.start() < s.end)
    before = note.low[max(sentence.start, match.start() - 25) : match.start()]
    after = note.low[match.end() : min(match.end() + 12, max(sentence.end, match.end()))]
    return bool(_FUTURE.search(before) or _FUTURE.search(after) or _QUESTIONED.match(note.low, match.end()))


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


_DIGITS = {"thumb": 0, "index": 1, "middle": 2, "long": 2, "ring": 3, "small": 4, "little": 4, "pinky": 4}
_DIGIT = re.compile(
    r"\b(?:(?P<right>right|r)|(?P<left>left|l)) (?P<digit>thumb|index|middle|long|ring|small|little|pinky)\b|\b(?P<digit2>thumb|index|middle|long|ring|small|little|pinky)\b"
)


def _finger(note: ReadNote, match: re.Match[str], side: tuple[str, ...]) -> tuple[str, ...]:
    """The modifier of a finger (FA to F9) instead of the side, when the procedure names the finger."""
    told = _DIGIT.search(note.low, match.start(), min(match.end() + 25, len(note.low)))
    if told is None:
        return side
    number = _DIGITS[told["digit"] or told["digit2"]]
    right = bool(told["right"]) or (not told["left"] and side == ("RT",))
    if right:
        return (f"F{number + 5}",)
    return ("FA",) if number == 0 else (f"F{number}",)


def _units(code: str, match: re.Match[str], note: ReadNote) -> int:
    minutes = match.groupdict().get(f"min{code}") or match.groupdict().get("minb")
    if minutes:
        return max(1, (int(minutes) + 7) // 15)
    return 1


_KERATOSES = re.compile(
    r"(?:actinic keratos[ei]s|\baks?)\s*(?:x|#)\s*(?P<number>\d{1,2})|(?:all|to) (?P<word>two|three|four|five|six|seven|eight|nine|ten)\b"
)


def _lesions(note: ReadNote) -> int:
    if exact := _KERATOSES.search(note.low):
        return int(exact["number"]) if exact["number"] else _NUMBERS[exact["word"]]
    match = _COUNT.search(note.low)
    if match is None:
        return 1
    told = match["count"] or match["after"] or match["comma"]
    return _NUMBERS.get(told) or int(told)


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


_CRYO = re.compile(r"\b(?:liquid nitrogen|ln2|cryo(?:therapy|surgery)?|froze\w*)\b")


def _frozen(note: ReadNote, done: Done, diagnoses: Sequence[Found]) -> None:
    """Lesions that were frozen: what they were is the diagnosis."""
    if {"17000", "17110"} & done.keys():
        return
    for match in _CRYO.finditer(note.low):
        sentence = next((s for s in note.sentences if s.start <= match.start() < s.end), None)
        if sentence is None or _not_done(note, sentence.cues, match):
            continue
        spans = (Span(match.start(), match.end()),)
        codes = {d.code for d in diagnoses if d.assessed}
        if "L57.0" in codes:
            done["17000"] = (spans, (), 1)
            if (count := _lesions(note)) > 1:
                done["17003"] = (spans, (), min(count, 14) - 1)
        elif any(code.startswith(("B07", "B08.1", "L82.0")) for code in codes):
            done["17110"] = (spans, (), 1)
        return


_THERAPIST = re.compile(r"\b(?:physical therapy|pt (?:eval\w*|daily|note|visit)|therapist|poc\b|plan of care)\b")


def _by_circumstance(facts: NoteFacts, note: ReadNote, done: Done, diagnoses: Sequence[Found]) -> None:
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
    r"\b(?:tdap|dtap|pcv ?\d*|ppsv ?23|mmr|varicella|hpv|menacwy|menb|shingrix|(?:flu|influenza)|hep ?[ab]|ipv|rota\w*|pentacel|pediarix|kinrix|prevnar)\b"
)


def _vaccine_administration(facts: NoteFacts, note: ReadNote, done: Done) -> None:
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


_VIDEO = re.compile(
    r"\bvideo (?:visit|appt|appointment|encounter)|\b(?:tele|telehealth) ?video|\bseen by video|\bvia video|\baudio and video|\bboth a/v|\b(?:video|zoom)\b[^.\n]{0,25}\bconsent"
)
_NURSE = re.compile(r"\bnurse visit\b|\binjection visit\b|\bshots? only\b")
_DECIDED = re.compile(
    r"\bscheduled injection|decision made (?:at )?last visit|\b(?:here|returns) for (?:his |her |the )?(?:scheduled |\w+ )?injection|injection (?:number|#) ?\d"
)


def _visit(facts: NoteFacts, note: ReadNote, diagnoses: Sequence[Found], done: Done) -> Suggested | None:
    codes = {d.code: d for d in diagnoses}
    separate = ("25",) if any(code.startswith(_NEEDS_25) for code in done) else ()
    if _VIDEO.search(note.low):
        separate = (*separate, "95")
    pointers = tuple(range(1, min(len(diagnoses), 4) + 1))
    routine = next((codes[c] for c in codes if c.startswith(("Z00.0", "Z00.12", "Z01.41"))), None)
    if "G0438" in done or "G0439" in done:
        return None
    if routine is not None and facts.age is not None:
        code = _preventive(facts.age, bool(facts.is_new))
        return _service(code, tuple(routine.spans[:2]), "A preventive visit by age.", separate, 1, (1,))
    if any(code.startswith(_ONLY) for code in done) or any(code in done for code in ("90832", "90834", "90837")):
        return None
    if _NURSE.search(note.low) or (_DECIDED.search(note.low) and any(code.startswith("206") for code in done)):
        return None
    if diagnoses and all(d.code.startswith(_NO_VISIT) or not d.assessed for d in diagnoses):
        return None
    problems = [d for d in diagnoses if d.assessed and d.code[0] not in "ZVWXYF"]
    if done.keys() & _BY_ITSELF and len(problems) < 2 and not _MANAGED.search(note.low):
        return None
    if re.search(r"\bop note\b|\boperative note\b|^procedure:|^visco:", note.low):
        return None
    visit = visit_level(note, diagnoses, bool(facts.is_new))
    code = f"9920{visit.level}" if facts.is_new else f"9921{visit.level}"
    spans = visit.spans or (Span(0, min(len(note.text), 40)),)
    return _service(code, spans, visit.reason, separate, 1, pointers)


# Encounters that are no office visit of their own: forms, care within a global period, a device put in, a shot.
_NO_VISIT = ("Z02", "Z47", "Z48", "Z30.43", "Z23", "Z12.11", "Z79", "Z96", "Z8", "Z7", "Z98")
# Small procedures whose decision belongs to them, unless something else is managed, too.
_BY_ITSELF = frozenset({"11102", "11104", "20610", "20611", "17000", "17110", "11200", "69210", "46221", "43239"})
_MANAGED = re.compile(
    r"medication|(?<!no )\brx\b(?! no)|\bstart|\bcontinue (?!ice|sunscreen)|prescri|\d+ ?mg (?:bid|tid|daily|qd|qhs|po|x ?\d|once|every)|refill|referr"
)


def _preventive(age: int, is_new: bool) -> str:
    steps = ((65, 7), (40, 6), (18, 5), (12, 4), (5, 3), (1, 2), (0, 1))
    last = next(digit for least, digit in steps if age >= least)
    return f"{'9938' if is_new else '9939'}{last}"

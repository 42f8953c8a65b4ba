"""Codes that stand only beside others: weight, weeks of gestation, external causes, aftercare, pathology."""

import re

from coding.suggestion.facts import INPATIENT, NoteFacts, Span
from coding.suggestion.found import Findings, Found
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import ReadNote
from coding.suggestion.rules.evidence import said

_WEIGHT = ("E66", "E43", "E44", "E46", "R63.4", "R63.5", "R63.6", "F50", "E88.81", "Z68")


_BMI = re.compile(
    r"\b(?:bmi|body mass index)\b(?: is| of| was|:|=)?\s*(?P<value>\d{2}(?:\.\d+)?)(?!\s*(?:th|st|nd|rd|%))"
)


_PERCENTILE = re.compile(r"\bbmi\b[^.\n]{0,40}?(?P<value>\d{1,2})(?:st|nd|rd|th)\s*(?:percentile|%)")


def weight(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """The body mass index is coded by its number, and only beside a diagnosis of weight (guideline I.B.14)."""
    if _BMI.search(note.low):
        for named in found.having("Z68"):
            del found.codes[named.code]  # words for it without the number lead to any of them
    if not found.having(*(_WEIGHT[:-1])):
        return
    base = found.having(*(_WEIGHT[:-1]))[0]
    code, match = "", None
    if facts.age is not None and facts.age < 20:
        if match := _PERCENTILE.search(note.low):
            value = int(match["value"])
            code = "Z68.51" if value < 5 else "Z68.52" if value < 85 else "Z68.53" if value < 95 else "Z68.54"
    elif match := _BMI.search(note.low):
        code = bmi_code(float(match["value"]))
    if code and match and not (base.code.startswith(("R63.4", "E88")) and not found.having("E66", "E4")):
        span = Span(match.start(), match.end())
        found.add(
            Found(code, [span], "Body mass index beside a diagnosis of weight.", 95, base.place + 1, assessed=True)
        )


def bmi_code(value: float) -> str:
    """Z68 for an adult's body mass index in kg/m²."""
    if value < 20:
        return "Z68.1"
    if value < 40:
        return f"Z68.{int(value)}"
    return next(
        code
        for least, code in ((70, "Z68.45"), (60, "Z68.44"), (50, "Z68.43"), (45, "Z68.42"), (40, "Z68.41"))
        if value >= least
    )


_WEEKS = re.compile(
    r"\b(?P<weeks>\d{1,2}) ?(?:w(?:ee)?ks?|w)(?:[ +]?(?P<days>\d) ?d(?:ays?)?)?(?: preg\w*| gestation"
    r"| \d days?| iup)?(?=\b|\d)"
)


def pregnancy(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Weeks of gestation beside a code of pregnancy, and the trimester that they mean (guideline I.C.15.a)."""
    ours = [f for f in found.having("O", "Z34") if not f.code.startswith(("O8", "O9"))]
    born = found.having("O80", "O82", "O70", "Z37")
    if facts.sex == "M" or not (ours or born) or "postpartum" in note.low:
        return
    match = _WEEKS.search(note.low)
    if match is None or not 3 < int(match["weeks"]) < 43:
        return
    weeks = int(match["weeks"])
    code = "Z3A.01" if weeks < 8 else f"Z3A.{weeks:02d}"
    if code in knowledge.codes:
        span = Span(match.start(), match.end())
        found.add(
            Found(
                code, [span], "Weeks of gestation beside a code of pregnancy.", 95, match.start() + 10**5, assessed=True
            )
        )
    if "first pregnancy" in note.low or re.search(r"\bg1 ?p0|\bprimi(?:gravida|p)\b", note.low):
        _parity(found, "Z34.9", "Z34.0")
    elif re.search(r"\bg[2-9] ?p", note.low):
        _parity(found, "Z34.9", "Z34.8")
    _gestational_diabetes(found, note)
    ours = [f for f in found.having("O", "Z34") if not f.code.startswith(("O8", "O9"))]
    for vomiting in found.having("R11"):
        found.replace(vomiting.code, "O21.9", "Vomiting of pregnancy.")
    trimester = "first" if weeks < 14 else "second" if weeks < 28 else "third"
    for f in list(ours):
        _with_trimester(found, f, trimester, knowledge)


def _parity(found: Findings, plain: str, exact: str) -> None:
    for f in found.having(plain):
        found.replace(f.code, exact + f.code[5:], "The note tells which pregnancy it is.")


def _gestational_diabetes(found: Findings, note: ReadNote) -> None:
    """How gestational diabetes is controlled (O24.41-)."""
    if "O24.419" not in found.codes:
        return
    for pattern, code in (
        (r"\binsulin\b(?! resist)", "O24.414"),
        (r"\b(?:metformin|glyburide)\b", "O24.415"),
        (r"\bdiet(?:ary)?\b|\ba1 ?g(?:dm|estational)\b|\bgdma1\b", "O24.410"),
    ):
        if said(note, pattern):
            found.replace("O24.419", code, "The note tells how it is controlled.")
            return


_VACCINE = re.compile(
    r"\b(?:tdap|dtap|pcv ?\d*|ppsv ?23|mmr|varicella|hpv|menacwy|menb|shingrix|flu (?:shot"
    r"|vaccine|high[- ]dose)|influenza vaccine|high[- ]dose flu vaccine|hep ?[ab] vaccine"
    r"|ipv|rota\w*|pentacel|pediarix|covid (?:vaccine|booster)|rsv vaccine|kinrix|prevnar ?\d*"
    r"|vaccines?|immunizations?)\b"
    r"[^.\n]{0,30}?\b(?:given|administered|today|im|l delt\w*|r delt\w*|left delt\w*|right delt\w*|#\d)\b"
)
_NOT_NOW = re.compile(
    r"\b(?:declin\w+|refus\w+|last|utd|up to date|defer\w*|had|next|due|will|history|reaction|egg"
    r"|prior|in (?:19|20)\d\d|(?:19|20)\d\d)\b"
)


def immunization(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A vaccine given is an encounter for immunization (Z23), beside whatever else was done."""
    if "Z23" in found.codes or facts.setting == INPATIENT:
        return
    for match in _VACCINE.finditer(note.low):
        sentence = next((s for s in note.sentences if s.start <= match.start() < s.end), None)
        around = note.low[max(sentence.start if sentence else 0, match.start() - 25) : match.end() + 12]
        denied = sentence is None or any(
            c.kind == "negated" and c.start <= match.start() < c.end for c in sentence.cues
        )
        if not denied and not _NOT_NOW.search(around):
            found.add(
                Found(
                    "Z23", [Span(match.start(), match.end())], "A vaccine was given.", 88, match.start(), assessed=False
                )
            )
            return


_PLANNED_ONLY = ("Z01.0", "Z01.1", "Z02.7", "Z28", "Z90")


def not_today(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """What only goes along with a visit for diseases: an order, a letter, a refusal, an organ long absent."""
    if facts.setting == INPATIENT:
        return
    diseases = [f for f in found.codes.values() if f.assessed and f.code[0] not in "ZVWXY"]
    for f in found.having(*_PLANNED_ONLY):
        if diseases and (not f.code.startswith("Z90") or not f.assessed):
            found.hold(f.code, "It is not what the visit was for.")
    if "Z28.21" in found.codes:
        found.hold("Z28.21", "A refusal is no reason for the visit.")


# May only be first-listed (guideline I.C.21.c.16), as far as we propose them.
_FIRST_ONLY = (
    "Z00",
    "Z02",
    "Z03",
    "Z04",
    "Z05",
    "Z34",
    "Z38",
    "Z39",
    "Z42",
    "Z47.1",
    "Z51.0",
    "Z51.1",
    "Z52",
    "Z76.1",
    "Z76.2",
)


def only_first(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Encounters that may only be first-listed stand first."""
    for f in found.having(*_FIRST_ONLY):
        if f.code != "Z39.1" and not (f.code.startswith("Z05") and found.having("Z38")):
            f.place, f.assessed = -20, True


_AFTER_TREATMENT = re.compile(
    r"\b(?:surveillance|follow[- ]?up (?:of|for|after|exam|visit)|f/?u|hospital follow[- ]?up"
    r"|re-?check|completed? treatment|treatment completed?)\b"
)


def treatment_completed(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A visit after a disease's treatment is over (Z08, Z09; guideline I.C.21.c.8): its history stands behind."""
    if facts.setting == INPATIENT or found.having("Z08", "Z09", "Z47", "Z48"):
        return
    match = _AFTER_TREATMENT.search(note.low)
    over = [f for f in found.having("Z85", "Z87.0", "Z87.3", "Z87.44") if f.assessed]
    active = (
        [
            f
            for f in found.codes.values()
            if f.assessed and f.code[0] not in "ZVWXY" and f.place < min(o.place for o in over)
        ]
        if over
        else []
    )
    if match is None or not over or active:
        return
    cancer = over[0].code.startswith("Z85")
    if cancer and not re.search(
        r"\bsurveillance\b|\bcompleted? treatment\b|treatment completed|\bcancer f(?:ollow|/u)", note.low
    ):
        return
    span = Span(match.start(), match.end())
    found.add(
        Found(
            "Z08" if cancer else "Z09",
            [span, *over[0].spans],
            "A visit after completed treatment.",
            85,
            over[0].place - 1,
            assessed=True,
        )
    )


def allergic_rhinitis(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Hay fever with its cause: pollens of trees, grass and weeds (J30.1), animals (J30.81)."""
    plain = next(iter(found.having("J30.2", "J30.9")), None)
    if plain and re.search(r"\b(?:pollens?|grass|ragweed|tree|trees|weeds)\b", note.low):
        found.replace(plain.code, "J30.1", "The note names pollen as the cause.")


def _with_trimester(found: Findings, f: Found, trimester: str, knowledge: Knowledge) -> None:
    wording = knowledge.codes[f.code].wording if f.code in knowledge.codes else ""
    if "unspecified trimester" in wording:
        wanted = wording.replace("unspecified trimester", f"{trimester} trimester")
        for other in knowledge.in_category(f.code[:3]):
            if knowledge.codes[other].wording == wanted:
                found.replace(f.code, other, f.reason)
                return


def external_causes(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """An external cause stands only beside an injury."""
    if found.having("W0", "W1"):
        for struck in found.having("W22"):
            found.hold(struck.code, "It is part of the fall.")
    if found.having("V0", "V1", "V2", "V3", "V4", "V5", "V6", "V7"):
        found.hold("V89.2XXA", "Another code says how.")
    if not found.having("S", "T0", "T1", "T2", "T3", "T6", "T7"):
        for cause in found.having("V", "W", "X", "Y"):
            found.hold(cause.code, "No injury is coded.")


def aftercare(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """After a joint's replacement the aftercare comes first and the joint's disease is gone (guideline I.C.21.c.7)."""
    joints = found.having("Z96.6")
    match = re.search(r"\baftercare\b|\bpost[- ]?op(?:erative)?\b|\b(?:wks?|weeks?|days?) s/p\b", note.low)
    if joints and match and (facts.setting != INPATIENT):
        span = Span(match.start(), match.end())
        if "Z47.1" not in found.codes:
            found.add(
                Found("Z47.1", [span, *joints[0].spans], "Care after a joint's replacement.", 92, -1, assessed=True)
            )
        for old in found.having("M16", "M17", "M19", "Z48"):
            found.hold(old.code, "The joint was replaced.")


_LESION = re.compile(r"\b(?:papule|nodule|lesion|plaque|macule|growth|sore|spot|mole|bump|nevus)\b")


def biopsied_lesion(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A lesion sent to pathology is of unspecified behavior until the report (guideline IV.H)."""
    suspected = any(
        h.code.startswith(("C43", "C44", "D03", "D04", "D48.5")) and "certain" in h.held for h in found.held
    )
    suspected = suspected or ("D48.5" in found.codes and "path" in note.low)
    match = _LESION.search(note.low)
    sent = re.search(r"biops|excis|sent\b", note.low)
    if suspected and match and sent and not found.having("C4", "D03", "D04", "D22", "D49"):
        span = Span(note.low.rfind(".", 0, match.start()) + 1, match.end())
        found.add(Found("D49.2", [span], "A lesion whose pathology is awaited.", 85, match.start(), assessed=True))
        found.hold("D48.5", "Uncertain behavior is a pathologist's finding.")

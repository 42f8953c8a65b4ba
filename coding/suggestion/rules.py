"""Guideline rules on the codes of one note: combinations, symptoms that belong to a diagnosis, Excludes1, weight."""

import re
from collections.abc import Callable

from coding.suggestion import lexicon
from coding.suggestion.facts import INPATIENT, NoteFacts, Span
from coding.suggestion.found import Findings, Found
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import ReadNote
from coding.suggestion.selection import CHRONIC, SYMPTOM

Rule = Callable[[Findings, NoteFacts, ReadNote, Knowledge], None]

_WEIGHT = ("E66", "E43", "E44", "E46", "R63.4", "R63.5", "R63.6", "F50", "E88.81", "Z68")
_BMI = re.compile(r"\b(?:bmi|body mass index)\b(?: is| of| was|:|=)?\s*(?P<value>\d{2}(?:\.\d+)?)(?!\s*(?:th|st|nd|rd|%))")
_PERCENTILE = re.compile(r"\bbmi\b[^.\n]{0,40}?(?P<value>\d{1,2})(?:st|nd|rd|th)\s*(?:percentile|%)")


def diabetes(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """"With": diabetes and these conditions are taken as related (guideline I.A.15)."""
    for kind in ("E11", "E10"):
        plain = f"{kind}.9"
        if not found.having(kind):
            continue
        _join(found, kind, "22", ("N18",), keep=True)
        _join(found, kind, "42", ("G62.9", "G60.9"))
        _join(found, kind, "51", ("I73.9", "I70.20"))
        _join(found, kind, "43", ("K31.84",))
        _join(found, kind, "621", ("L97.4", "L97.5"), keep=True)
        _join(found, kind, "65", ("R73.9",))
        _join(found, kind, "649", ("E16.2",))
        if len(found.having(kind)) > 1:
            if plain in found.codes:
                _merge_into_first_other(found, kind, plain)
            if f"{kind}.21" in found.codes and f"{kind}.22" in found.codes:
                found.hold(f"{kind}.21", "A more exact code says it whole.")
    if found.having("E11", "E10", "E13", "E09"):
        for code in ("R73.03", "R73.09", "R73.9", "R73.01"):
            found.hold(code, "It belongs to the diabetes.")
    if found.having("E10"):
        for other in found.having("E11."):
            ours = "E10" + other.code[3:]
            if other.code != "E11.9" and ours in knowledge.codes and knowledge.codes[ours].billable:
                found.replace(other.code, ours, other.reason)
        if len(found.having("E10")) > 1 and "E10.9" in found.codes:
            _merge_into_first_other(found, "E10", "E10.9")
        found.hold("Z79.4", "Insulin belongs to type 1 diabetes.")
        for other in found.having("E11"):
            found.hold(other.code, "The note says type 1.")
    if not found.having("E11", "E13", "E09", "O24", "R73", "E08", "E66"):
        found.hold("Z79.84", "No diabetes is coded.")
        found.hold("Z79.85", "No diabetes is coded.")


def _join(found: Findings, kind: str, suffix: str, others: tuple[str, ...], keep: bool = False) -> None:
    partners = found.having(*others)
    combined = f"{kind}.{suffix}"
    if not partners:
        return
    first = partners[0]
    reason = "Diabetes and this condition are taken as related (guideline I.A.15)."
    if combined in found.codes:
        found.codes[combined].spans += [s for s in first.spans if s not in found.codes[combined].spans]
    elif f"{kind}.9" in found.codes:
        found.replace(f"{kind}.9", combined, reason, first)
    elif base := found.having(kind):
        new = Found(combined, [*base[0].spans, *first.spans], reason, 90, base[0].place + 1, assessed=True)
        found.add(new)
    if not keep:
        for partner in partners:
            found.hold(partner.code, f"{combined} says it whole.")


def _merge_into_first_other(found: Findings, kind: str, plain: str) -> None:
    other = next(f for f in found.having(kind) if f.code != plain)
    other.spans += [span for span in found.codes[plain].spans if span not in other.spans]
    other.place = min(other.place, found.codes[plain].place)
    del found.codes[plain]


def hypertension(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Hypertension with heart failure or chronic kidney disease is one code (guideline I.C.9.a)."""
    base = next((c for c in ("I10", "I11.9", "I12.9", "I11.0") if c in found.codes), "")
    if not base:
        return
    heart, kidney = found.having("I50"), found.having("N18")
    late = any(f.code in ("N18.5", "N18.6") for f in kidney)
    if heart and kidney:
        new = "I13.2" if late else "I13.0"
    elif heart:
        new = "I11.0"
    elif kidney:
        new = "I12.0" if late else "I12.9"
    else:
        return
    for old in ("I10", "I11.9", "I12.9", "I11.0"):
        if old in found.codes and old != new:
            found.replace(old, new, "Hypertension with this is one code (guideline I.C.9.a).", *heart[:1], *kidney[:1])
    found.codes[new].place = min([found.codes[new].place, *(f.place - 1 for f in (*heart, *kidney))])
    found.hold("R03.0", "It belongs to the hypertension.")


_ASTHMA = re.compile(r"\b(?P<level>(?:mild|moderate|severe) persistent|mild intermittent)\b")


def lungs(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """COPD with exacerbation or infection; asthma's severity and exacerbation in one code."""
    copd = found.having("J44")
    infection = found.having("J20", "J18", "J13", "J15", "J12", "J10.0", "J21", "J22")
    if copd and infection:
        if "J44.9" in found.codes:
            found.replace("J44.9", "J44.0", "COPD with an infection of the lower airways.", infection[0])
        elif "J44.1" in found.codes and "J44.0" not in found.codes:
            c = found.codes["J44.1"]
            found.add(Found("J44.0", [*c.spans, *infection[0].spans], "COPD with an infection of the lower airways.", 90, c.place, assessed=True))
    if "J44.1" in found.codes or "J44.0" in found.codes:
        _absorb(found, "J44.9", "J44.1" if "J44.1" in found.codes else "J44.0")
    if copd:
        for code in ("J42", "J40"):
            found.hold(code, "It belongs to the COPD.")
    if "J45.909" in found.codes and (level := _ASTHMA.search(note.low)):
        digit = {"mild intermittent": "2", "mild persistent": "3", "moderate persistent": "4", "severe persistent": "5"}.get(level["level"])
        if digit:
            found.replace("J45.909", f"J45.{digit}0", "The note tells how severe the asthma is.")
    severity = next((f for f in found.having("J45.2", "J45.3", "J45.4", "J45.5")), None)
    if severity and "J45.901" in found.codes and severity.code.endswith("0"):
        found.replace(severity.code, severity.code[:-1] + "1", "Asthma of this severity with exacerbation.", found.codes["J45.901"])
        del found.codes["J45.901"]
    elif severity:
        _absorb(found, "J45.909", severity.code)
        _absorb(found, "J45.901", severity.code)
    if "J45.901" in found.codes:
        _absorb(found, "J45.909", "J45.901")
    if found.having("J96"):
        found.hold("R09.02", "It belongs to the respiratory failure.")


def _absorb(found: Findings, vague: str, exact: str) -> None:
    if vague in found.codes and exact in found.codes:
        found.codes[exact].spans += [s for s in found.codes[vague].spans if s not in found.codes[exact].spans]
        del found.codes[vague]


# vague code → codes that say it better
_VAGUE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("N18.9", ("N18.",)), ("N18.30", ("N18.31", "N18.32")), ("F32.A", ("F32.", "F33.", "F34.1", "F43.21", "F43.23", "F41.8", "F53", "F31")),
    ("F32.9", ("F32.0", "F32.1", "F32.2", "F32.3", "F32.4", "F32.5", "F33.")), ("F33.9", ("F33.",)),
    ("B02.9", ("B02.2",)), ("F42.9", ("F42.",)), ("K51.50", ("K51.51",)), ("J47.9", ("J47.",)), ("S22.089A", ("M80",)), ("M81.0", ("M80",)), ("M41.9", ("M41.",)), ("N83.209", ("N83.2",)), ("I83.91", ("I83.0",)), ("I83.92", ("I83.0",)), ("Z01.419", ("Z01.411",)), ("Z34.90", ("Z34.",)), ("Z34.91", ("Z34.",)), ("O24.419", ("O24.41",)), ("M47.812", ("M47.2",)), ("M47.9", ("M47.",)), ("M54.10", ("M54.1", "M47.2", "M51.1")), ("L29.9", ("L2", "L5", "B", "K64")), ("A41.9", ("A41.", "A40")), ("D36.9", ("D",)), ("M86.9", ("M86.",)), ("Z86.0100", ("Z86.0101",)), ("F41.9", ("F41.", "F40", "F43.2", "F42")), ("I48.91", ("I48.",)), ("I50.9", ("I50.",)), ("I25.10", ("I25.11",)), ("I20.9", ("I25.11", "I20.")),
    ("I20.89", ("I25.11",)), ("I20.0", ("I25.110",)),
    ("E78.5", ("E78.",)), ("E78.00", ("E78.2", "E78.01")), ("E03.9", ("E03.", "E06.3", "E89.0", "E02")), ("E05.90", ("E05.",)), ("M19.90", ("M17", "M16", "M18", "M19.")),
    ("M17.9", ("M17.",)), ("M16.9", ("M16.",)), ("D64.9", ("D5", "D6")), ("D50.9", ("D50.0",)), ("G43.909", ("G43.",)), ("R51.9", ("G43", "G44", "J01", "J32")),
    ("L30.9", ("L2", "L30.", "L40")), ("L40.9", ("L40.",)), ("K21.9", ("K21.0",)), ("K50.90", ("K50.",)), ("K51.90", ("K51.",)),
    ("K29.70", ("K29.",)), ("J02.9", ("J02.0", "J03", "J06.9", "J00")), ("J01.90", ("J01.",)), ("J30.9", ("J30.",)), ("J18.9", ("J1",)), ("J06.9", ("J0", "J1", "J20")),
    ("H66.90", ("H66.",)), ("H60.90", ("H60.",)), ("H10.9", ("H10.", "B30")), ("N39.0", ("N30", "N10", "N34")), ("N30.90", ("N30.",)), ("N39.3", ("N39.46",)),
    ("N40.0", ("N40.1",)), ("N92.6", ("N92.",)), ("R31.9", ("R31.", "N30.01", "N30.")), ("R10.9", ("R10.",)), ("R11.10", ("R11.2",)), ("R11.0", ("R11.2",)),
    ("R07.9", ("R07.", "I20", "I21", "I25.11")), ("R60.9", ("R60.",)), ("R06.00", ("R06.0",)), ("R05.9", ("R05.",)), ("B34.9", ("J", "A", "B", "U07")), ("I47.10", ("I47.1",)),
    ("F17.200", ("F17.2",)), ("Z72.0", ("F17",)), ("Z87.891", ("F17.2",)), ("G47.30", ("G47.33",)), ("G62.9", ("G62.", "G56", "E11.4")), ("M54.50", ("M54.1", "M54.4", "M51", "M54.59", "S39.01", "M48.06", "M47.8")),
    ("M54.9", ("M54.", "S39", "M51", "M47", "M48")), ("M54.2", ("M54.1", "S16", "S13", "M50")), ("M54.30", ("M54.4", "M54.1", "M51.1")), ("A41.9", ("A41.", "A40")), ("R65.20", ("R65.21",)), ("L03.90", ("L03.",)), ("L02.91", ("L02.", "L05")),
    ("J45.909", ("J45.",)), ("I63.9", ("I63.",)), ("E04.1", ("E04.2",)), ("K64.9", ("K64.",)), ("K64.8", ("K64.0", "K64.1", "K64.2", "K64.3")), ("F10.20", ("F10.2",)), ("F11.20", ("F11.2",)), ("F31.9", ("F31.",)), ("F90.9", ("F90.",)), ("F43.10", ("F43.1",)),
    ("K57.30", ("K57.3", "K57.2")), ("K52.9", ("A0", "K50", "K51")), ("A09", ("A0",)), ("K80.20", ("K80.",)), ("K85.90", ("K85.",)), ("E66.9", ("E66.",)), ("I73.9", ("I70.2",)), ("D22.9", ("D22.",)), ("B07.9", ("B07.",)),
    ("L50.9", ("L50.",)), ("M06.9", ("M05", "M06.")), ("M10.9", ("M10.",)), ("K63.5", ("D12", "K51.4")), ("Z86.0100", ("Z86.0101",)), ("R80.9", ("E11.2",)), ("N76.0", ("B37.3", "A59.0")), ("C44.91", ("C44.",)), ("C44.92", ("C44.",)), ("G89.29", ("G89.4",)),
    ("I21.9", ("I21.",)), ("N20.0", ("N20.1", "N13.2")), ("N20.1", ("N13.2",)), ("N13.30", ("N13.2",)), ("N23", ("N20", "N13.2")), ("I49.9", ("I4",)), ("R94.31", ("I4",)), ("R00.0", ("I47", "I48", "I49.5")), ("R00.1", ("I49.5", "I44")), ("E11.40", ("E11.4",)), ("I51.7", ("I11",)), ("B37.9", ("B37.",)), ("J40", ("J20",)),
    ("D49.2", ("D48.5", "C44", "C43")), ("L98.9", ("D48.5", "C44", "L57", "L82", "D22")), ("R91.8", ("R91.1",)), ("G40.909", ("G40.",)), ("R56.9", ("G40", "R56.0")), ("F03.90", ("F01", "G30", "F02")), ("E16.2", ("E11.64", "E10.64")), ("E46", ("E43", "E44")), ("I83.90", ("I83.",)), ("I26.99", ("I26.",)), ("I82.409", ("I82.4",)), ("K70.30", ("K70.31",)), ("K74.60", ("K70.3", "K74.")),
)  # fmt: skip


def vague(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """The more exact code says what the vague one says (guideline I.B.2)."""
    for code, better in _VAGUE:
        if code not in found.codes:
            continue
        exact = next((f for f in found.having(*better) if f.code != code), None)
        if exact is not None:
            exact.spans += [span for span in found.codes[code].spans if span not in exact.spans]
            exact.assessed = exact.assessed or found.codes[code].assessed
            found.hold(code, f"{exact.code} says it more exactly.")
    _unspecified_side(found, knowledge)


def _unspecified_side(found: Findings, knowledge: Knowledge) -> None:
    for code in list(found.codes):
        if code in found.codes and code in knowledge.codes and "bilateral" in knowledge.codes[code].wording.lower():
            for side in found.having(code[:-1] if not code.endswith("A") else code[:6]):
                if side.code != code and any(s in knowledge.codes[side.code].wording.lower() for s in ("right", "left", "unspecified")):
                    _absorb(found, side.code, code)
    for code in list(found.codes):
        wording = knowledge.codes[code].wording.lower() if code in knowledge.codes else ""
        if "unspecified" not in wording:
            continue
        stem = code[:5] if len(code) < 8 else code[:6]
        exact = next((f for f in found.codes.values() if f.code != code and f.code.startswith(stem)), None)
        if exact is not None and "unspecified" not in knowledge.codes[exact.code].wording.lower():
            _absorb(found, code, exact.code)


# chapters of a symptom → chapters of diagnoses that it belongs to (guideline I.B.5)
_INTEGRAL: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("R05", "R06", "R07", "R09", "R49", "R04.2"), ("J", "U07", "A37", "I50", "I26", "B05", "I11.0", "I13", "K21", "I20", "I21", "I25.11", "M94.0", "F41.0", "I48", "A15", "C34")),
    (("R50", "R68.83", "R61", "R53", "R63.0", "M79.1", "R52", "R51.9"), ("A", "B", "J0", "J1", "J2", "U07", "N10", "N30", "N39.0", "H66", "L03", "K57", "K35", "K81", "N41", "G43", "J36", "N70", "M31.6", "M35.3")),
    (("R53", "R63", "R68", "R61", "R45", "R41.3", "R41.8", "R00.0", "R00.2", "L65.9"), ("E0", "D5", "D6", "F", "E10", "E11", "G47", "I50", "B27", "E2", "C", "E66")),
    (("R10", "R11", "R12", "R13", "R14", "R19", "R17", "R18", "K62.5", "K92", "R63.4"), ("K", "A0", "N2", "N10", "N1", "C1", "C2", "D12", "B18", "E73", "N83", "N80", "N73", "E10.10", "O21")),
    (("R30", "R31", "R32", "R33", "R34", "R35", "R36", "R39", "R10"), ("N", "A5", "C61", "C67", "B37.3", "C64", "E11", "E10")),
    (("R00", "R07", "R55", "R60", "R06", "R01", "R42", "I95"), ("I", "E87.7", "N04", "N17", "N18", "Z95")),
    (("R21", "L29", "R23", "R60", "R22"), ("L", "B0", "B3", "B86", "B8", "T78", "I83", "I87", "C44", "M10", "D48", "I80", "I82", "T63")),
    (("R51", "R42", "R20", "R25", "R26", "R27", "R29", "R41", "R47", "R56", "H53", "R11", "H93.1"), ("G", "F0", "I6", "S06", "H81", "M54.1", "F1", "I61", "I95")),
    (("R45", "R44", "R41", "G47.0", "R46", "R63", "R53", "R00.2"), ("F",)),
    (("M25", "M79", "M54", "R26", "R29", "R20", "R60", "R22", "M62.83"), ("M0", "M1", "M2", "M4", "M5", "M6", "M7", "M8", "M9", "S", "G56", "G57", "I73", "I80", "I82", "L03", "E11.4", "M35", "G58")),
    (("H92", "R42", "H91", "R50", "R05", "R09"), ("H6", "H7", "H8", "J0")),
    (("H57", "H53"), ("H0", "H1", "H2", "H4", "S05")),
    (("N64", "R59"), ("N6", "C50", "B27", "J0", "O91")),
    (("N93.9", "R10", "R30", "L29"), ("D25", "N9", "B37.3", "A59", "N76", "N80", "N83")),
)  # fmt: skip


def integral_symptoms(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A symptom that belongs to a diagnosis is not coded beside it (guideline I.B.5)."""
    firm = [f for f in found.codes.values() if not f.code.startswith(SYMPTOM) and f.code[0] not in "ZVWXY"]
    acute = [f for f in firm if not f.code.startswith((*CHRONIC, "F17", "T3", "T4", "T5"))]
    for code, symptom in list(found.codes.items()):
        if not code.startswith(SYMPTOM) and not code.startswith(("L29", "N23", "K62.5")):
            continue
        if symptom.assessed and _own_item(symptom, firm, note):
            continue
        if code == "R45.851" or code.startswith(("R47", "R13", "R29.7", "R29.8", "R40")) and found.having("I6"):
            continue
        if acute and symptom.section != "assessment":
            found.hold(code, "A diagnosis explains the visit (guideline I.B.5).")
            continue
        if any(code.startswith(signs) and f.code.startswith(causes) and f.code != code for signs, causes in _INTEGRAL for f in firm):
            found.hold(code, "It belongs to a diagnosis that is coded (guideline I.B.5).")


def _own_item(symptom: Found, firm: list[Found], note: ReadNote) -> bool:
    """Whether the assessment lists a symptom as a problem of its own: no diagnosis stands in its sentence."""
    return symptom.section == "assessment" and all(f.sentence != symptom.sentence for f in firm)


def weight(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """The body mass index is coded only beside a diagnosis of weight (guideline I.B.14)."""
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
        found.add(Found(code, [span], "Body mass index beside a diagnosis of weight.", 95, base.place + 1, assessed=True))


def bmi_code(value: float) -> str:
    """Z68 for an adult's body mass index in kg/m²."""
    if value < 20:
        return "Z68.1"
    if value < 40:
        return f"Z68.{int(value)}"
    return next(code for least, code in ((70, "Z68.45"), (60, "Z68.44"), (50, "Z68.43"), (45, "Z68.42"), (40, "Z68.41")) if value >= least)


def excludes1(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Two codes that exclude each other: the surer one stays, or the one said first (guideline I.A.12.a)."""
    order = sorted(found.codes.values(), key=lambda f: (not f.assessed, -f.confidence, f.place))
    for keep in order:
        for drop in reversed(order):
            if keep.code in found.codes and drop.code in found.codes and keep is not drop and order.index(keep) < order.index(drop):
                if knowledge.excludes(keep.code, drop.code):
                    found.hold(drop.code, f"Excludes1 with {keep.code}.")


_CLASS = re.compile(r"\b(?:class|cl)\.? ?(?P<class>iii|ii|i|1|2|3)\b")


def obesity_class(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """The class of obesity that the note names (FY2025 codes)."""
    match = _CLASS.search(note.low)
    if match and "E66.9" in found.codes and not re.search(r"(?:nyha|ccs) $", note.low[max(0, match.start() - 6) : match.start()]):
        number = {"i": "1", "ii": "2", "iii": "3"}.get(match["class"], match["class"])
        if knowledge.codes.get(f"E66.81{number}"):
            found.replace("E66.9", f"E66.81{number}", "The note names the class of obesity.")


_WEEKS = re.compile(
    r"\b(?P<weeks>\d{1,2}) ?(?:w(?:ee)?ks?|w)(?:[ +]?(?P<days>\d) ?d(?:ays?)?)?(?: preg\w*| gestation| \d days?| iup)?(?=\b|\d)"
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
        found.add(Found(code, [span], "Weeks of gestation beside a code of pregnancy.", 95, match.start() + 10**5, assessed=True))
    trimester = "first" if weeks < 14 else "second" if weeks < 28 else "third"
    for f in list(ours):
        _with_trimester(found, f, trimester, knowledge)


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
    if not found.having("S", "T0", "T1", "T2", "T3", "T6", "T7"):
        for cause in found.having("V", "W", "X", "Y"):
            found.hold(cause.code, "No injury is coded.")


def aftercare(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """After a joint's replacement the aftercare comes first and the joint's disease is gone (guideline I.C.21.c.7)."""
    joints = found.having("Z96.6")
    match = re.search(r"\baftercare\b|\bpost-?op\b", note.low)
    if joints and match and (facts.setting != INPATIENT):
        span = Span(match.start(), match.end())
        if "Z47.1" not in found.codes:
            found.add(Found("Z47.1", [span, *joints[0].spans], "Care after a joint's replacement.", 92, -1, assessed=True))
        for old in found.having("M16", "M17", "M19", "Z48"):
            found.hold(old.code, "The joint was replaced.")


_LESION = re.compile(r"\b(?:papule|nodule|lesion|plaque|macule|growth|sore|spot|mole|bump|nevus)\b")


def biopsied_lesion(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A lesion sent to pathology is of unspecified behavior until the report (guideline IV.H)."""
    suspected = any(h.code.startswith(("C43", "C44", "D03", "D04", "D48.5")) and "certain" in h.held for h in found.held)
    suspected = suspected or "D48.5" in found.codes and "path" in note.low
    if suspected and re.search(r"biops|excis|sent\b", note.low) and not found.having("C4", "D03", "D04", "D22", "D49"):
        if match := _LESION.search(note.low):
            start = note.low.rfind(".", 0, match.start()) + 1
            found.add(Found("D49.2", [Span(start, match.end())], "A lesion whose pathology is awaited.", 85, match.start(), assessed=True))
            found.hold("D48.5", "Uncertain behavior is a pathologist's finding.")


def _drug_pattern() -> re.Pattern[str]:
    names = sorted({re.escape(name) for name, _ in lexicon.adverse_drugs()}, key=len, reverse=True)
    drug = "|".join(names)
    return re.compile(
        rf"\b(?:due to|from|secondary to|caused by|induced by|2/2)\s+(?:the |her |his |an? |long[- ]term |chronic |iv )*(?P<after>{drug})\b(?! (?:deficiency|allergy|use disorder|withdrawal))"
        rf"|\b(?P<before>{drug})[- ](?:induced|related)\b"
    )


_PATTERN: list[re.Pattern[str]] = []


def adverse_effects(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A drug that the note blames for a condition: the adverse effect's code (guideline I.C.19.e.5.a)."""
    if not _PATTERN:
        _PATTERN.append(_drug_pattern())
    codes = dict(lexicon.adverse_drugs())
    for match in _PATTERN[0].finditer(note.low):
        sentence = note.low[max(0, note.low.rfind(".", 0, match.start())) : match.start()]
        if "suicide attempt" in note.low or re.search(r"\b(?:no|not|denies|possible|possibly|suspected|overdose|intentional)\b", sentence) or found.having("T39.1X2", "T50.902"):
            continue
        code = codes[match["after"] or match["before"]]
        if found.codes and code in knowledge.codes:
            span = Span(match.start(), match.end())
            found.add(Found(code, [span], "The note blames this drug, properly taken.", 88, match.start(), assessed=True))
    if found.having("T"):
        for old, new in (("K59.00", "K59.03"), ("I95.1", "I95.2"), ("I95.9", "I95.2"), ("R19.7", "K52.1")):
            if old in found.codes and any(abs(found.codes[old].place - t.place) < 80 for t in found.having("T3", "T4", "T5")):
                found.replace(old, new, "Due to a drug.")


_AGITATED = re.compile(r"\bagitat|aggressi|hits\b|combative")
_LONG = r"(?:since|daily|chronic(?:ally)?|long[- ]term|maintenance|agreement|twice|bid|tid|q\d+h|for (?:\d+|several|many) (?:weeks|months|years))"
_STEROID = re.compile(rf"\b(?:prednisone|prednisolone|methylprednisolone|hydrocortisone|dexamethasone)\b[^.\n]{{0,40}}\b(?:since|chronic|long[- ]term|maintenance|for (?:\d+|several|many) (?:months|years))")
_OPIOID = re.compile(rf"\b(?:oxycodone|hydrocodone|morphine|methadone|tramadol|oxycontin|fentanyl patch|hydromorphone|tapentadol)\b[^.\n]{{0,50}}\b{_LONG}\b")


def dementia(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Alzheimer's disease first, then its dementia by severity and behavior (guideline I.C.5.d)."""
    cause = next(iter(found.having("G30", "G31.83", "G20")), None)
    match = re.search(r"\bdementia\b|\bmoca\b|\bmmse\b", note.low)
    if cause is None or (cause.code.startswith("G20") and not found.having("F0")) or match is None:
        return
    near = note.low[max(0, match.start() - 60) : match.end() + 60]
    level = next((letter for word, letter in (("severe", "C"), ("moderate", "B"), ("mild", "A")) if word in near), "8")
    behavior = "11" if _AGITATED.search(note.low) and "no behavior" not in note.low else "0"
    code = f"F02.8{behavior}" if level == "8" else f"F02.{level}{behavior}"
    for old in found.having("F02", "F03"):
        del found.codes[old.code]
    if code in knowledge.codes:
        span = Span(match.start(), match.end())
        found.add(Found(code, [span, *cause.spans], "Dementia in this disease.", 85, cause.place + 1, assessed=True))


def long_term_drugs(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Steroids and opioids taken for long (guideline I.C.21.c.3)."""
    for pattern, code in ((_STEROID, "Z79.52"), (_OPIOID, "Z79.891")):
        if (match := pattern.search(note.low)) and not re.search(r"\b(?:no|not|stopped|off)\s+$", note.low[: match.start()]):
            found.add(Found(code, [Span(match.start(), match.end())], "Taken for long.", 88, match.start(), assessed=True))


def only_one_visit_kind(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Immunization, screening and follow-up codes beside what they were for."""
    if found.having("Z30.430", "Z30.433"):
        found.hold("Z97.5", "The device was placed today.")
    if found.having("N87", "D06"):
        for smear in found.having("R87"):
            found.hold(smear.code, "The biopsy says more.")
    if found.having("Z00.12"):
        found.hold("Z00.00", "The visit is a child's.")
    if facts.age is not None and facts.age < 18 and "Z00.00" in found.codes:
        found.replace("Z00.00", "Z00.129", "A routine child health visit.")


ALL: tuple[Rule, ...] = (
    adverse_effects, long_term_drugs, diabetes, hypertension, lungs, obesity_class, vague, aftercare, biopsied_lesion, pregnancy,
    dementia, only_one_visit_kind, integral_symptoms, weight, external_causes, excludes1,
)  # fmt: skip


def apply_rules(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """All rules in their order."""
    for rule in ALL:
        rule(found, facts, note, knowledge)

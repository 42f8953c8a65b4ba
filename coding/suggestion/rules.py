"""Guideline rules on the codes of one note: combinations, symptoms that belong to a diagnosis, Excludes1, weight."""

import re
from collections.abc import Callable

from coding.suggestion import vocabulary
from coding.suggestion.facts import INPATIENT, NoteFacts, Span
from coding.suggestion.found import Findings, Found
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import ReadNote
from coding.suggestion.selection import CHRONIC, SYMPTOM

Rule = Callable[[Findings, NoteFacts, ReadNote, Knowledge], None]

_WEIGHT = ("E66", "E43", "E44", "E46", "R63.4", "R63.5", "R63.6", "F50", "E88.81", "Z68")
_BMI = re.compile(
    r"\b(?:bmi|body mass index)\b(?: is| of| was|:|=)?\s*(?P<value>\d{2}(?:\.\d+)?)(?!\s*(?:th|st|nd|rd|%))"
)
_PERCENTILE = re.compile(r"\bbmi\b[^.\n]{0,40}?(?P<value>\d{1,2})(?:st|nd|rd|th)\s*(?:percentile|%)")


def diabetes(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """ "With": diabetes and these conditions are taken as related (guideline I.A.15)."""
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
            found.add(
                Found(
                    "J44.0",
                    [*c.spans, *infection[0].spans],
                    "COPD with an infection of the lower airways.",
                    90,
                    c.place,
                    assessed=True,
                )
            )
    if "J44.1" in found.codes or "J44.0" in found.codes:
        _absorb(found, "J44.9", "J44.1" if "J44.1" in found.codes else "J44.0")
    if copd:
        for code in ("J42", "J40"):
            found.hold(code, "It belongs to the COPD.")
    if "J45.909" in found.codes and (level := _ASTHMA.search(note.low)):
        digit = {
            "mild intermittent": "2",
            "mild persistent": "3",
            "moderate persistent": "4",
            "severe persistent": "5",
        }.get(level["level"])
        if digit:
            found.replace("J45.909", f"J45.{digit}0", "The note tells how severe the asthma is.")
    severity = next((f for f in found.having("J45.2", "J45.3", "J45.4", "J45.5")), None)
    if severity and "J45.901" in found.codes and severity.code.endswith("0"):
        found.replace(
            severity.code,
            severity.code[:-1] + "1",
            "Asthma of this severity with exacerbation.",
            found.codes["J45.901"],
        )
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


def vague(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """The more exact code says what the vague one says (guideline I.B.2)."""
    for code, better in vocabulary.more_exact():
        if code not in found.codes:
            continue
        exact = next((f for f in found.having(*better) if f.code != code), None)
        if exact is not None:
            exact.spans += [span for span in found.codes[code].spans if span not in exact.spans]
            exact.assessed = exact.assessed or found.codes[code].assessed
            found.hold(code, f"{exact.code} says it more exactly.")
    if re.search(r"\b(?:without|w/o|no) aura\b", note.low):
        found.replace("G43.909", "G43.009", "The note says that there is no aura.")
    _unspecified_side(found, knowledge)


def _unspecified_side(found: Findings, knowledge: Knowledge) -> None:
    for code in list(found.codes):
        if code in found.codes and code in knowledge.codes and "bilateral" in knowledge.codes[code].wording.lower():
            for side in found.having(code[:-1] if not code.endswith("A") else code[:6]):
                if side.code != code and any(
                    s in knowledge.codes[side.code].wording.lower() for s in ("right", "left", "unspecified")
                ):
                    _absorb(found, side.code, code)
    for code in list(found.codes):
        wording = knowledge.codes[code].wording.lower() if code in knowledge.codes else ""
        if "unspecified" not in wording:
            continue
        stem = code[:5] if len(code) < 8 else code[:6]
        exact = next((f for f in found.codes.values() if f.code != code and f.code.startswith(stem)), None)
        if exact is not None and "unspecified" not in knowledge.codes[exact.code].wording.lower():
            _absorb(found, code, exact.code)


def integral_symptoms(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A symptom that belongs to a diagnosis is not coded beside it (guideline I.B.5)."""
    firm = [f for f in found.codes.values() if not f.code.startswith(SYMPTOM) and f.code[0] not in "ZVWXY"]
    acute = [f for f in firm if not f.code.startswith((*CHRONIC, "F17", "T3", "T4", "T5"))]
    for code, symptom in list(found.codes.items()):
        if not code.startswith(SYMPTOM) and not code.startswith(("L29", "N23", "K62.5")):
            continue
        if symptom.assessed and _own_item(symptom, firm, note):
            continue
        if code == "R45.851" or (code.startswith(("R47", "R13", "R29.7", "R29.8", "R40")) and found.having("I6")):
            continue
        if acute and symptom.section != "assessment":
            found.hold(code, "A diagnosis explains the visit (guideline I.B.5).")
            continue
        if any(
            code.startswith(signs) and f.code.startswith(causes) and f.code != code
            for signs, causes in vocabulary.integral_symptoms()
            for f in firm
        ):
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


def excludes1(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Two codes that exclude each other: the surer one stays, or the one said first (guideline I.A.12.a)."""
    order = sorted(found.codes.values(), key=lambda f: (not f.assessed, -f.confidence, f.place))
    for rank, keep in enumerate(order):
        for drop in reversed(order[rank + 1 :]):
            both_there = keep.code in found.codes and drop.code in found.codes
            if both_there and knowledge.excludes(keep.code, drop.code):
                found.hold(drop.code, f"Excludes1 with {keep.code}.")


_CLASS = re.compile(r"\b(?:class|cl)\.? ?(?P<class>iii|ii|i|1|2|3)\b")


def obesity_class(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """The class of obesity that the note names (FY2025 codes)."""
    match = _CLASS.search(note.low)
    if (
        match
        and "E66.9" in found.codes
        and not re.search(r"(?:nyha|ccs) $", note.low[max(0, match.start() - 6) : match.start()])
    ):
        number = {"i": "1", "ii": "2", "iii": "3"}.get(match["class"], match["class"])
        if knowledge.codes.get(f"E66.81{number}"):
            found.replace("E66.9", f"E66.81{number}", "The note names the class of obesity.")


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


def _drug_pattern() -> re.Pattern[str]:
    names = sorted({re.escape(name) for name, _ in vocabulary.adverse_drugs()}, key=len, reverse=True)
    drug = "|".join(names)
    return re.compile(
        rf"\b(?:due to|from|secondary to|caused by|induced by|2/2)\s+(?:the |her |his |an? "
        rf"|long[- ]term |chronic |iv )*(?P<after>{drug})\b(?! (?:deficiency|allergy|use disorder|withdrawal))"
        rf"|\b(?P<before>{drug})[- ](?:induced|related)\b"
    )


_PATTERN: list[re.Pattern[str]] = []


def adverse_effects(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A drug that the note blames for a condition: the adverse effect's code (guideline I.C.19.e.5.a)."""
    if not _PATTERN:
        _PATTERN.append(_drug_pattern())
    codes = dict(vocabulary.adverse_drugs())
    for match in _PATTERN[0].finditer(note.low):
        sentence = note.low[max(0, note.low.rfind(".", 0, match.start())) : match.start()]
        if (
            "suicide attempt" in note.low
            or re.search(r"\b(?:no|not|denies|possible|possibly|suspected|overdose|intentional)\b", sentence)
            or found.having("T39.1X2", "T50.902")
        ):
            continue
        code = codes[match["after"] or match["before"]]
        if found.codes and code in knowledge.codes:
            span = Span(match.start(), match.end())
            found.add(
                Found(code, [span], "The note blames this drug, properly taken.", 88, match.start(), assessed=True)
            )
    if found.having("T"):
        for old, new in (("K59.00", "K59.03"), ("I95.1", "I95.2"), ("I95.9", "I95.2"), ("R19.7", "K52.1")):
            if old in found.codes and any(
                abs(found.codes[old].place - t.place) < 80 for t in found.having("T3", "T4", "T5")
            ):
                found.replace(old, new, "Due to a drug.")


_AGITATED = re.compile(r"\bagitat|aggressi|hits\b|combative")
_LONG = (
    r"(?:since|daily|chronic(?:ally)?|long[- ]term|maintenance|agreement|twice|bid|tid|q\d+h"
    r"|for (?:\d+|several|many) (?:weeks|months|years))"
)
_STEROID = re.compile(
    r"\b(?:prednisone|prednisolone|methylprednisolone|hydrocortisone"
    r"|dexamethasone)\b[^.\n]{0,40}\b(?:since|chronic|long[- ]term|maintenance|for (?:\d+|several"
    r"|many) (?:months|years))"
)
_OPIOID = re.compile(
    rf"\b(?:oxycodone|hydrocodone|morphine|methadone|tramadol|oxycontin|fentanyl patch|hydromorphone"
    rf"|tapentadol)\b[^.\n]{{0,50}}\b{_LONG}\b"
)


def dementia(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Alzheimer's disease first, then its dementia by severity and behavior (guideline I.C.5.d)."""
    cause = next(iter(found.having("G30", "G31.83", "G20")), None)
    match = re.search(r"\bdementia\b", note.low) or re.search(r"\bmoca\b|\bmmse\b", note.low)
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
        if (match := pattern.search(note.low)) and not re.search(
            r"\b(?:no|not|stopped|off)\s+$", note.low[: match.start()]
        ):
            found.add(
                Found(code, [Span(match.start(), match.end())], "Taken for long.", 88, match.start(), assessed=True)
            )


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
    adverse_effects, long_term_drugs, diabetes, hypertension, lungs, obesity_class, vague, aftercare, biopsied_lesion,
    pregnancy, dementia, only_one_visit_kind, integral_symptoms, weight, external_causes, excludes1,
)  # fmt: skip


def apply_rules(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """All rules in their order."""
    for rule in ALL:
        rule(found, facts, note, knowledge)

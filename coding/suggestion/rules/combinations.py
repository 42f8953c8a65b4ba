"""Conditions that one code says together, or whose severity the code takes in (guideline I.B.9)."""

import re

from coding.suggestion.facts import NoteFacts, Span
from coding.suggestion.found import Findings, Found
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import ReadNote


def diabetes(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """ "With": diabetes and these conditions are taken as related (guideline I.A.15)."""
    for kind in ("E11", "E10"):
        plain = f"{kind}.9"
        if not found.having(kind):
            continue
        _join(found, kind, "22", ("N18",), keep=True)
        _join(found, kind, "42", ("G62.9", "G60.9"))
        _join(found, kind, "51", ("I73.9", "I70.20"))
        _join(found, kind, "51", ("I70.21", "I70.22", "I70.23", "I70.24", "I70.25", "I70.26"), keep=True)
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


_INFECTION = ("J20", "J18", "J13", "J15", "J12", "J10.0", "J21", "J22")


def copd(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """COPD with exacerbation or infection; both codes stand when both are said."""
    if not found.having("J44"):
        return
    infection = found.having(*_INFECTION)
    says = "COPD with an infection of the lower airways."
    if infection and "J44.9" in found.codes:
        found.replace("J44.9", "J44.0", says, infection[0])
    elif infection and "J44.1" in found.codes:
        worse = found.codes["J44.1"]
        found.add(Found("J44.0", [*worse.spans, *infection[0].spans], says, 90, worse.place, assessed=True))
    if found.having("J44.0", "J44.1"):
        found.absorb("J44.9", "J44.1" if "J44.1" in found.codes else "J44.0")
    for code in ("J42", "J40"):
        found.hold(code, "It belongs to the COPD.")


_LEVELS = {"mild intermittent": "2", "mild persistent": "3", "moderate persistent": "4", "severe persistent": "5"}


def asthma(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Asthma's severity and exacerbation in one code."""
    if "J45.909" in found.codes and (level := _ASTHMA.search(note.low)):
        found.replace("J45.909", f"J45.{_LEVELS[level['level']]}0", "The note tells how severe the asthma is.")
    severity = next((f for f in found.having("J45.2", "J45.3", "J45.4", "J45.5")), None)
    if severity and "J45.901" in found.codes and severity.code.endswith("0"):
        worse = severity.code[:-1] + "1"
        found.replace(severity.code, worse, "Asthma of this severity with exacerbation.", found.codes["J45.901"])
        del found.codes["J45.901"]
    elif severity:
        found.absorb("J45.909", severity.code)
        found.absorb("J45.901", severity.code)
    found.absorb("J45.909", "J45.901")


def prostate(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """An enlarged prostate with urinary symptoms: the code says "with", the symptoms stand beside it (N40.1)."""
    symptoms = [f for f in found.having(*PROSTATE_SYMPTOMS) if f.assessed]
    if symptoms:
        found.replace("N40.0", "N40.1", "Enlarged prostate with urinary symptoms.", symptoms[0])


PROSTATE_SYMPTOMS = ("R33", "R35.0", "R35.1", "R39.11", "R39.12", "R39.14", "R39.15", "R39.16")


def liver(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Varices of the esophagus in cirrhosis or portal hypertension are secondary (I85.1, code first)."""
    cause = next(iter(found.having("K70.3", "K74", "K76.6", "K70.2")), None)
    if cause is None:
        return
    for old, new in (("I85.00", "I85.10"), ("I85.01", "I85.11")):
        found.replace(old, new, "Varices in this disease of the liver.", cause)
    found.absorb("I85.10", "I85.11")


def resistant_hypertension(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """I1A.0 tells of the treatment; the kind of hypertension is coded first."""
    resistant = found.codes.get("I1A.0")
    if resistant and not found.having("I10", "I11", "I12", "I13", "I15"):
        why = "The kind of hypertension is coded before its resistance."
        found.add(Found("I10", list(resistant.spans), why, 90, resistant.place - 1, assessed=True))


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


_AGITATED = re.compile(r"\bagitat|aggressi|hits\b|combative")


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


_SEVERE_SEPSIS = re.compile(r"(?<!no )(?<!not )(?<!without )(?P<shock>septic shock)|(?<!no )(?<!not )severe sepsis")


_LOCAL_INFECTION = ("J12", "J13", "J14", "J15", "J18", "N10", "N39.0", "L03", "K65", "K57.2", "K83.0")


def sepsis(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Severe sepsis and septic shock stand beside the sepsis (guideline I.C.1.d)."""
    base = next(iter(found.having("A40", "A41", "A02.1", "B37.7")), None)
    matches = list(_SEVERE_SEPSIS.finditer(note.low))
    if base is not None and (local := found.having(*_LOCAL_INFECTION)):
        base.place = min(base.place, *(f.place - 1 for f in local))  # systemic before local (guideline I.C.1.d.4)
    if base is None or not matches or found.having("R65"):
        return
    match = next((m for m in matches if m["shock"]), matches[0])
    code = "R65.21" if match["shock"] else "R65.20"
    span = Span(match.start(), match.end())
    found.add(Found(code, [span], "The note says how severe the sepsis is.", 90, base.place + 1, assessed=True))

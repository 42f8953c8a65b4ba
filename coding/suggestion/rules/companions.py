"""Codes that the tabular list asks for beside another: the cause before its manifestation, the detail after it.

Source: "Code first", "Use additional code" and Excludes1 notes of the tabular list; guidelines I.A.13, I.A.17.
"""

import re

from coding.suggestion.facts import INPATIENT, NoteFacts, Span
from coding.suggestion.found import Findings, Found
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import ReadNote
from coding.suggestion.rules.evidence import said


def _beside(found: Findings, code: str, base: Found, spans: list[Span], why: str, before: bool = False) -> None:
    place = base.place - 1 if before else base.place + 1
    found.add(
        Found(code, spans or list(base.spans), why, 88, place, base.section, base.sentence, assessed=base.assessed)
    )


def diabetic_companions(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Erectile dysfunction, osteomyelitis and skin ulcers in diabetes (E11.69, E11.62; "with", guideline I.A.15)."""
    base = next(iter(found.having("E11", "E10", "E13")), None)
    if base is None:
        return
    kind = base.code[:3]
    other = f"{kind}.69"
    for partner in found.having("N52.9", "N52.1", "M86"):
        if partner.code == "N52.9":
            found.replace("N52.9", "N52.1", "Due to the diabetes.")
        if f"{kind}.9" in found.codes:
            found.replace(f"{kind}.9", other, "Diabetes and this condition are taken as related.", partner)
        elif other not in found.codes:
            _beside(
                found, other, base, [*base.spans, *partner.spans], "Diabetes and this condition are taken as related."
            )
        found.codes[other].place = min(found.codes[other].place, partner.place - 1)
    if f"{kind}.36" in found.codes:
        found.hold("H26.9", f"{kind}.36 says it whole.")
    if f"{kind}.22" in found.codes:
        for less in (f"{kind}.29", f"{kind}.21"):
            found.hold(less, f"{kind}.22 says it whole.")
    if kind == "E11" or re.search(r"\b(?:type 2|t2dm|dm2|type ii)\b", note.low):
        for induced in found.having("E09."):
            same = "E11" + induced.code[3:]
            if same in knowledge.codes:
                found.replace(induced.code, same, "The note says type 2.")
                found.absorb("E11.9", same)


_DEPTHS = (
    (r"necrosis of (?:the )?bone|bone necrosis", "4"),
    (r"necrosis of (?:the )?muscle|muscle necrosis", "3"),
    (r"bone (?:exposed|visible|involve\w+)|to (?:the )?bone\b(?!.{0,5}neg)|with bone involvement", "6"),
    (r"muscle (?:exposed|visible|involve\w+)|to (?:the )?muscle", "5"),
    (
        r"fat (?:layer )?(?:exposed|visible|seen)|fat layer|subq\w* (?:fat|tissue)"
        r"|to (?:the )?subq\w*|full[- ]thickness",
        "2",
    ),
    (r"limited to (?:the )?(?:breakdown|skin)|skin breakdown|partial[- ]thickness|superficial|shallow", "1"),
)
_PLACES = (
    (r"heel|midfoot", "4"), (r"toes?|hallux|plantar|forefoot|mth|metatarsal|foot", "5"), (r"ankle|malleol\w+", "3"),
    (r"calf", "2"), (r"thigh", "1"),
)  # fmt: skip


def ulcers(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A skin ulcer's depth from anywhere in the note; the ulcer's own code beside diabetes or varicose veins (L97)."""
    cause = next(iter(found.having("E11.621", "E10.621", "I83.0", "I83.2")), None)
    if cause is not None and not found.having("L97"):
        words = " ".join(note.low[span.start : span.end + 60] for span in cause.spans)
        place = next((digit for pattern, digit in _PLACES if re.search(rf"\b(?:{pattern})\b", words)), "")
        sides = {match[0] for match in re.findall(r"\b(?:right|left)\b|\b[rl]\b(?= )", words)}
        side = {"r": "1", "l": "2"}[sides.pop()] if len(sides) == 1 else "0"
        code = f"L97.{place}{side}9" if place else ""
        if code in knowledge.codes:
            _beside(
                found, code, cause, list(cause.spans), "The ulcer's own code beside its cause (use additional code)."
            )
    if cause is not None and (own := next(iter(found.having("L97")), None)):
        cause.place = min(cause.place, own.place - 1)  # code first
        if (
            cause.code.startswith("I83.")
            and cause.code[6:] in ("8", "9")
            and cause.code[:6] + own.code[4] in knowledge.codes
        ):
            found.replace(cause.code, cause.code[:6] + own.code[4], "The ulcer's code names its place.")
    ours = [f for f in found.having("L97", "L98.4") if f.code.endswith("9")]
    if len(ours) != 1:
        return
    for pattern, digit in _DEPTHS:
        if (span := said(note, pattern)) and ours[0].code[:-1] + digit in knowledge.codes:
            code = ours[0].code[:-1] + digit
            found.replace(ours[0].code, code, "The note tells how deep the ulcer is.")
            found.codes[code].spans.append(span)
            return


def kidney_companions(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Anemia and hyperparathyroidism of chronic kidney disease (D63.1, N25.81)."""
    kidney = next(iter(found.having("N18")), None)
    if kidney is None:
        return
    if said(
        note,
        r"\banemia (?:of|in|from|due to|secondary to)\W+(?:\w+ ){0,2}?(?:ckd|esrd|chronic kidney"
        r"|renal|kidney)|\brenal anemia",
    ):
        found.replace("D64.9", "D63.1", "Anemia in chronic kidney disease.", kidney)
    if said(note, r"\b(?:sec|secondary|2ary) (?:hyperpara\w+|hpt\b)|renal hyperpara\w+"):
        for code in ("E21.3", "E21.1"):
            found.replace(code, "N25.81", "Secondary hyperparathyroidism of renal origin.")


def fragility_fracture(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A fracture that osteoporosis explains is M80, not an injury (guideline I.C.13.d.2)."""
    fragile = found.having("M80.0", "M81.0")
    fractures = found.having("S72.", "S22.", "S32.", "S42.2", "S42.3", "S52.", "S82.")
    if not fragile or not fractures or not said(note, r"osteoporotic|fragility|pathologic|due to osteoporosis"):
        return
    broken = fractures[0]
    site = {"S72": "5", "S22": "8", "S32": "8", "S42": "2", "S52": "3", "S82": "6"}[broken.code[:3]]
    wording = knowledge.codes[broken.code].wording.lower() if broken.code in knowledge.codes else ""
    side = "1" if "right" in wording else "2" if "left" in wording else "9"
    tail = broken.code[-1] if broken.code[-1] in "ADGKPS" else "A"
    code = f"M80.08X{tail}" if site == "8" else f"M80.0{site}{side}{tail}"
    if code in knowledge.codes:
        first, *rest = sorted(fragile, key=lambda f: not f.assessed)
        first.place = min(f.place for f in (first, broken) if f.assessed == first.assessed)
        found.replace(first.code, code, "Osteoporosis with a fracture (guideline I.C.13.d.2).", broken)
        for other in (*rest, *fractures):
            found.hold(other.code, f"{code} says it whole.")


_PROSTATE = (
    (r"nocturia", "R35.1"), (r"weak (?:urinary )?stream", "R39.12"), (r"urinary urgency|urgency", "R39.15"),
    (r"(?:urinary )?hesitancy", "R39.11"), (r"straining", "R39.16"), (r"incomplete (?:bladder )?empty\w+", "R39.14"),
    (r"urinary frequency|frequency", "R35.0"),
)  # fmt: skip


def prostate_symptoms(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """The symptoms that an enlarged prostate is said to come with (N40.1, use additional code)."""
    enlarged = found.codes.get("N40.1")
    if enlarged is None:
        return
    for pattern, code in _PROSTATE:
        if code not in found.codes and (span := said(note, rf"\b(?:{pattern})\b", enlarged)):
            _beside(found, code, enlarged, [span], "A symptom of the enlarged prostate (use additional code).")


def dementia_cause(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Dementia in another disease stands behind that disease (F02, code first)."""
    base = next(iter(found.having("F02")), None)
    if base is None or found.having("G30", "G31", "G20", "B20", "G35", "G10"):
        return
    if span := said(note, r"\balzheimer(?:'?s)?\b"):
        late = said(note, r"late[- ]onset")
        early = said(note, r"early[- ]onset")
        code = "G30.1" if late else "G30.0" if early else "G30.9"
        _beside(found, code, base, [span], "The disease before its dementia (code first).", before=True)


def device_check(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A pacemaker or defibrillator that is checked or set is the reason for the visit (Z45.0, Excludes1 Z95)."""
    span = said(
        note,
        r"\b(?:interrogat\w+|reprogram\w*|device (?:clinic|check)|(?:pacemaker"
        r"|icd) check)\b(?![^.\n]{0,25}(?:remote|last (?:week|month)))",
    )
    if span is None or facts.setting == INPATIENT:
        return
    for status, check in (("Z95.0", "Z45.018"), ("Z95.810", "Z45.02")):
        if status in found.codes or check in found.codes:
            if status in found.codes:
                found.replace(status, check, "The device was checked today.")
            found.codes[check].spans.append(span)
            found.codes[check].assessed, found.codes[check].place = True, -1


def birth(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """The outcome on the mother's record (Z37) and the liveborn on the child's (Z38), each only there."""
    newborn = facts.age == 0
    if newborn:
        for code in [f.code for f in found.having("Z37", "Z3A", "O")]:
            found.hold(code, "It belongs on the mother's record.")
        span = said(
            note,
            r"\bliveborn\b|\bborn here\b|\bnewborn (?:discharge|d/c|admission|admit)|\bborn (?:at"
            r"|in) (?:our|this) hospital",
        )
        if facts.setting == INPATIENT and span and not found.having("Z38"):
            cut = re.search(r"\bc-?section\b|\bcesarean\b|\bc/s\b", note.low)
            found.add(Found("Z38.01" if cut else "Z38.00", [span], "A child born here.", 88, -10, assessed=True))
        return
    delivered = found.having("O80", "O82", "O70", "O60.1", "O99.82")
    if facts.setting != INPATIENT or facts.sex == "M" or not delivered:
        return
    if not found.having("Z37") and (
        span := said(note, r"\blive ?(?:born|female|male|infant|baby|birth)|\bviable\b|\bapgars?\b")
    ):
        found.add(Found("Z37.0", [span], "The outcome of the delivery.", 88, 10**5, assessed=True))
    if "Z22.330" in found.codes:
        found.replace("Z22.330", "O99.824", "Carrier state at delivery.")


def emphysema(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """COPD with emphysema is the emphysema (J43, Excludes1 J44)."""
    if found.having("J43"):
        exact = next((f for f in found.having("J43") if f.code != "J43.9"), found.having("J43")[0])
        for code in [f.code for f in found.having("J44")]:
            exact.place = min(exact.place, found.codes[code].place)
            found.absorb(code, exact.code)


def receptor(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Receptor status stands beside a cancer of the breast (C50, use additional code)."""
    cancer = next(iter(found.having("C50", "D05")), None)
    if cancer is None:
        for f in found.having("Z17"):
            found.hold(f.code, "No cancer of the breast is coded.")
    elif not found.having("Z17"):
        for pattern, code in (
            (r"\ber ?(?:positive|pos|\+)|\bestrogen receptor positive", "Z17.0"),
            (r"\ber ?(?:negative|neg)\b", "Z17.1"),
        ):
            if match := re.search(pattern, note.low):
                _beside(
                    found,
                    code,
                    cancer,
                    [Span(match.start(), match.end())],
                    "The receptor status (use additional code).",
                )
                return


def family_history(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A relative's condition is coded where it bears: named in the assessment, or beside a search for it."""
    searched = found.having("Z12", "Z13", "Z15", "R92", "R97", "D12", "K63.5", "N63", "N60")
    for f in found.having("Z80", "Z81", "Z82", "Z83", "Z84"):
        if not f.assessed and f.code != "Z82.41" and not (f.code.startswith("Z80") and searched):
            found.hold(f.code, "It does not bear on this visit.")


_SEPSIS_ORGANISMS = (
    (r"strep\w* pneumo\w*|s\.? pneumo\w*|pneumococc\w+", "A40.3"), (r"e\.? ?coli|escherichia", "A41.51"),
    (r"pseudomonas", "A41.52"),
    (r"mrsa|methicillin[- ]resistant", "A41.02"),
    (r"mssa|methicillin[- ]s\w+", "A41.01"),
    (r"klebsiella|proteus|enterobacter|serratia", "A41.59"),
    (r"enterococc\w+", "A41.81"),
)  # fmt: skip


def sepsis_organism(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Sepsis by the organism that it is said to be due to (A40, A41)."""
    if "A41.9" not in found.codes:
        return
    for pattern, code in _SEPSIS_ORGANISMS:
        if code in knowledge.codes and said(
            note, rf"\bsepsis (?:due to|from|secondary to|with) (?:\w+ )?(?:{pattern})\b"
        ):
            found.replace("A41.9", code, "The note names the organism.")
            return


def iron_deficiency(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Anemia from a lack of iron is one code (D50)."""
    if "E61.1" in found.codes and said(note, r"\ban[ae]?emia\b[^.;\n]{0,25}\b(?:from|due to|of|with) iron"):
        found.replace("E61.1", "D50.9", "Anemia due to iron deficiency.")
        found.absorb("D64.9", "D50.9")
    if "D50.9" in found.codes and said(note, _BLOOD_LOSS):
        found.replace("D50.9", "D50.0", "Iron was lost with blood.")


_BLOOD_LOSS = (
    r"\bana?emia (?:due to|from|secondary to|2/2) (?:\w+ ){0,2}?(?:menorrhagia"
    r"|heavy (?:menses|periods|menstrual)|(?:chronic )?blood loss|gi bleed)"
)


def concussion(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A concussion with a loss of consciousness that was short (S06.0X1)."""
    for f in found.having("S06.0X0"):
        if span := said(note, r"\bloc\b|\bloss of consciousness\b|\bknocked out\b|\bblacked out\b"):
            found.replace(f.code, "S06.0X1" + f.code[-1], "The note tells of a loss of consciousness.")
            found.codes["S06.0X1" + f.code[-1]].spans.append(span)

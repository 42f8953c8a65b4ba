"""Codes that another code of the note makes superfluous: vague ones, integral symptoms, Excludes1."""

import re

from coding.suggestion import vocabulary
from coding.suggestion.facts import NoteFacts
from coding.suggestion.found import Findings, Found
from coding.suggestion.groups import CHRONIC, SYMPTOM
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import ReadNote
from coding.suggestion.rules.combinations import PROSTATE_SYMPTOMS


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
    _one_of_a_kind(found, knowledge)


def _one_of_a_kind(found: Findings, knowledge: Knowledge) -> None:
    """A code for "other" or "unspecified" beside an exact one of its category that the same sentence names."""
    for code, f in list(found.codes.items()):
        wording = knowledge.codes[code].wording.lower() if code in knowledge.codes else ""
        if wording.startswith("unspecified injury") and any(f.code != code for f in found.having(code[:2])):
            found.hold(code, "The injury itself is coded.")
            continue
        loose = (
            wording.startswith(("other ", "unspecified ")) or "other agents" in wording or "other specified" in wording
        )
        if not loose or code[0] in "ZVWXY":
            continue
        for exact in found.having(code[:3]):
            theirs = knowledge.codes[exact.code].wording.lower() if exact.code in knowledge.codes else ""
            same = exact.sentence == f.sentence or code[0] == "S"
            if exact.code != code and same and not theirs.startswith(("other ", "unspecified ")):
                found.absorb(code, exact.code)
                break


def _unspecified_side(found: Findings, knowledge: Knowledge) -> None:
    for code in list(found.codes):
        if code in found.codes and code in knowledge.codes and "bilateral" in knowledge.codes[code].wording.lower():
            for side in found.having(code[:-1] if not code.endswith("A") else code[:6]):
                if side.code != code and any(
                    s in knowledge.codes[side.code].wording.lower() for s in ("right", "left", "unspecified")
                ):
                    found.absorb(side.code, code)
    for code in list(found.codes):
        wording = knowledge.codes[code].wording.lower() if code in knowledge.codes else ""
        if "unspecified" not in wording:
            continue
        stem = code[:5] if len(code) < 8 else code[:6]
        exact = next((f for f in found.codes.values() if f.code != code and f.code.startswith(stem)), None)
        if exact is not None and "unspecified" not in knowledge.codes[exact.code].wording.lower():
            found.absorb(code, exact.code)


# Chapter 18's findings that stand for themselves.
_FINDINGS = ("R73.0", "R87", "R97", "R76", "R91", "R92", "R93", "R65")


def integral_symptoms(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """A symptom that belongs to a diagnosis is not coded beside it (guideline I.B.5)."""
    firm = [f for f in found.codes.values() if not f.code.startswith(SYMPTOM) and f.code[0] not in "ZVWXY"]
    acute = [f for f in firm if not f.code.startswith((*CHRONIC, "F17", "T3", "T4", "T5"))]
    for code, symptom in list(found.codes.items()):
        if not code.startswith(SYMPTOM) and not code.startswith(("L29", "N23", "N89.8", "K62.5")):
            continue
        if symptom.assessed and _own_item(symptom, firm, note):
            continue
        if code.startswith(_FINDINGS) or (code.startswith(PROSTATE_SYMPTOMS) and "N40.1" in found.codes):
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


_SITE = (
    "L0",
    "N10",
    "N1",
    "N3",
    "N4",
    "N7",
    "M00",
    "M86",
    "J01",
    "J2",
    "J18",
    "K",
    "E11.6",
    "T8",
    "I33",
    "A41.9",
    "O",
    "H",
)


def organisms(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """An organism stands beside the infection that it causes, unless the infection's code names it."""
    for organism in found.having("B95", "B96", "B97"):
        near = note.low[organism.spans[0].start : organism.spans[0].end + 25]
        if re.search(r"swab|nares|carrier|screen|coloni", near):
            found.hold(organism.code, "It was found, not said to cause the infection.")
        elif found.having("J21.0", "J12.1", "J15", "J13", "J14", "A40", "A41.0", "A41.5"):
            found.hold(organism.code, "The infection's code names it.")
        elif not found.having(*_SITE):
            found.hold(organism.code, "No infection that it causes is coded.")


def excludes1(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Two codes that exclude each other: the surer one stays, or the one said first (guideline I.A.12.a)."""
    order = sorted(found.codes.values(), key=_claim)
    for rank, keep in enumerate(order):
        for drop in reversed(order[rank + 1 :]):
            both_there = keep.code in found.codes and drop.code in found.codes
            if both_there and knowledge.excludes(keep.code, drop.code):
                found.hold(drop.code, f"Excludes1 with {keep.code}.")


def _claim(f: Found) -> tuple[bool, bool, int, int, int]:
    """How strong a code's claim is, the strongest first: assessed, a condition, said in more words, surer, earlier."""
    longest = max(span.end - span.start for span in f.spans)
    return not f.assessed, f.code.startswith(("R", "B95", "B96", "B97")), -f.confidence, -longest, f.place


def only_one_visit_kind(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Immunization, screening and follow-up codes beside what they were for."""
    if found.having("Z30.430", "Z30.433"):
        found.hold("Z97.5", "The device was placed today.")
    if found.having("R92.8", "R92.2", "R92.0", "R92.1") and not found.having("Z00"):
        found.hold("Z12.31", "The screening is over; its finding is the reason now.")
    if found.having("O") and any(not f.code.startswith(("O80", "O09")) for f in found.having("O")):
        found.hold("O80", "The delivery had a complication (guideline I.C.15.n).")
    if not found.having("C50", "D05", "Z85.3", "Z17", "Z80.3"):
        found.hold("Z79.811", "No cancer of the breast is coded.")
    if found.having("N87", "D06"):
        for smear in found.having("R87"):
            found.hold(smear.code, "The biopsy says more.")
    grown = facts.age is not None and facts.age >= 18
    for child, adult in (("Z00.129", "Z00.00"), ("Z00.121", "Z00.01")):
        if grown and child in found.codes:
            found.replace(child, adult, "A routine health visit of an adult.")
    if "Z00.01" in found.codes:
        found.hold("Z00.00", "The examination had findings.")
    if found.having("Z00.12"):
        found.hold("Z00.00", "The visit is a child's.")
    if facts.age is not None and facts.age < 18 and "Z00.00" in found.codes:
        found.replace("Z00.00", "Z00.129", "A routine child health visit.")

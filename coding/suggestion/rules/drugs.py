"""Drugs: what they did to the patient, and that they are taken for long."""

import re

from coding.suggestion import vocabulary
from coding.suggestion.context import NEGATED
from coding.suggestion.facts import NoteFacts, Span
from coding.suggestion.found import Findings, Found
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import ReadNote


def _drug_pattern() -> re.Pattern[str]:
    names = sorted({re.escape(name) for name, _ in vocabulary.adverse_drugs()}, key=len, reverse=True)
    drug = "|".join(names)
    return re.compile(
        rf"\b(?:due to|from|secondary to|caused by|induced by|2/2)\s+(?:the |her |his |an? "
        rf"|long[- ]term |chronic |iv )*(?P<after>{drug})\b(?! (?:deficiency|allergy|use disorder|withdrawal))"
        rf"|\b(?P<before>{drug})[- ](?:induced|related)\b"
    )


_LONG_AGO = re.compile(r"as a (?:child|teen\w*|kid)|in childhood|years ago|allerg")
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
            or re.search(
                r"\b(?:no|not|denies|possible|possibly|suspected|overdose|intentional|recover\w+|withdrawal|abstin\w+|sober|wean\w*|off)\b",
                sentence,
            )
            or _LONG_AGO.search(note.low, match.start(), match.end() + 40)
            or found.having("T39.1X2", "T50.902")
        ):
            continue
        code = codes[match["after"] or match["before"]]
        if code.startswith(("T40", "T42", "T43")) and found.having("F11", "F13", "F14", "F15", "F19"):
            continue  # the substance's own code says what it induced
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


_LONG = (
    r"(?:since|daily|chronic(?:ally)?|long[- ]term|maintenance|agreement|twice|bid|tid|q\d+h"
    r"|for (?:\d+|several|many) (?:weeks|months|years))"
)


_STEROID = re.compile(
    r"\b(?:prednisone|prednisolone|methylprednisolone|hydrocortisone"
    r"|dexamethasone)\b(?:[^.\n]|\.\d){0,40}\b(?:since|chronic|long[- ]term|maintenance|for (?:\d+|several"
    r"|many) (?:months|years))"
)


_OPIOID = re.compile(
    rf"\b(?:oxycodone|hydrocodone|morphine|methadone|tramadol|oxycontin|fentanyl patch|hydromorphone"
    rf"|tapentadol)\b(?:[^.\n]|\.\d){{0,50}}\b{_LONG}\b"
)


def _denied(note: ReadNote, at: int) -> bool:
    if re.search(r"\b(?:no|not|stopped|off)\s+$", note.low[:at]):
        return True
    sentence = next((s for s in note.sentences if s.start <= at < s.end), None)
    return sentence is not None and any(c.kind == NEGATED and c.start <= at < c.end for c in sentence.cues)


def long_term_drugs(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """Steroids and opioids taken for long (guideline I.C.21.c.3)."""
    for pattern, code in ((_STEROID, "Z79.52"), (_OPIOID, "Z79.891")):
        if (match := pattern.search(note.low)) and not _denied(note, match.start()):
            found.add(
                Found(code, [Span(match.start(), match.end())], "Taken for long.", 88, match.start(), assessed=True)
            )


_ADVERSE = re.compile(r"T(?:3[6-9]|4\d|50)\.\w{2,3}5")


def effect_before_drug(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """What a drug did stands before the drug (guideline I.C.19.e.5.a): the condition said nearest to it."""
    conditions = [f for f in found.codes.values() if f.code[0] not in "TZVWXY" and f.spans]
    for drug in [f for f in found.codes.values() if _ADVERSE.match(f.code)]:
        if conditions:
            at = drug.spans[0].start
            effect = min(conditions, key=lambda f: min(abs(span.start - at) for span in f.spans))
            drug.place, drug.section, drug.assessed = effect.place + 1, effect.section, effect.assessed

"""Codes that say less than the record does, or another side. Source: ICD-10-CM Official Guidelines, section I.B."""

import re
from collections.abc import Iterator

from coding.domain.edits.diagnosis import UNSPECIFIED
from coding.domain.edits.evidence import affirmed, says, telling
from coding.domain.edits.facts import CodeFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Severity
from coding.domain.edits.sides import of_lines, of_note, of_wording
from coding.domain.edits.telling import on_diagnosis, on_line, replace_diagnosis, set_modifiers

SIDES = frozenset({"left", "right", "bilateral"})
OTHER = {"right": "left", "left": "right"}


def side_unspecified(facts: VisitFacts) -> Iterator[Finding]:
    """The side is coded when it is documented. Source: Guidelines, section I.B.13.

    The fix takes the code for the side that the line's modifier, or else the note alone, names.
    """
    for place, code in enumerate(facts.diagnoses, 1):
        found = facts.codes.get(code)
        if found is None or not found.billable or UNSPECIFIED not in found.wording.lower():
            continue
        side = of_lines(facts, place) or of_note(facts.note)
        wanted = re.sub(UNSPECIFIED, side, found.wording, flags=re.IGNORECASE).lower()
        better = next((one for one, wording, ok in found.siblings if ok and side and wording.lower() == wanted), "")
        if better:
            text = f"{code} leaves the side open; the record says {side}: {better}."
            yield on_diagnosis(
                "DX09",
                place,
                f"{code} names no side",
                text,
                label=f"Use {better}",
                fix=replace_diagnosis(code, better),
                severity=Severity.WARN,
            )


def unspecified(facts: VisitFacts) -> Iterator[Finding]:
    """An unspecified code is used only when the record says no more. Source: Guidelines, section I.B.18.

    The fix takes the one code beside it of which every further word stands in one sentence of the note.
    """
    open_ones = [
        (place, facts.codes[code])
        for place, code in enumerate(facts.diagnoses, 1)
        if code in facts.codes and facts.codes[code].siblings and UNSPECIFIED in facts.codes[code].wording.lower()
    ]
    if not open_ones or not facts.note:
        return
    sentences = list(affirmed(facts.note))
    for place, found in open_ones:
        better = _said(found, sentences)
        if better and better not in facts.diagnoses:
            text = f"{found.code} is unspecified; the note has the words of {better}."
            yield on_diagnosis(
                "DX19",
                place,
                f"Note says more than {found.code}",
                text,
                label=f"Use {better}",
                fix=replace_diagnosis(found.code, better),
                severity=Severity.WARN,
            )


def _said(found: CodeFacts, sentences: list[frozenset[str]]) -> str:
    own = telling(found.wording)
    matching = []
    for code, wording, is_billable in found.siblings:
        words = telling(wording)
        further = words - own
        plain = further and not SIDES & further and "other" not in wording.lower().split()
        if code != found.code and is_billable and plain and says(sentences, words):
            matching.append(code)
    return matching[0] if len(matching) == 1 else ""


def side_contradicted(facts: VisitFacts) -> Iterator[Finding]:
    """Diagnosis and modifier name the same side. Source: CMS Claims Processing Manual, chapter 23 (RT, LT).

    The fix corrects whichever of the two the note contradicts.
    """
    for line in facts.lines:
        pointed = [(code, of_wording(facts.codes[code].wording)) for code in facts.pointed(line) if code in facts.codes]
        sides = {side for _, side in pointed if side}
        mine = {"RT": "right", "LT": "left"}
        billed = {mine[modifier] for modifier in line.modifiers if modifier in mine}
        if len(sides) != 1 or len(billed) != 1 or sides == billed:
            continue
        (coded,), (side,) = sides, billed
        fix, label = None, "Compare note"
        if of_note(facts.note) == coded:
            right = "RT" if coded == "right" else "LT"
            values = tuple(right if modifier in mine else modifier for modifier in line.modifiers)
            fix, label = set_modifiers(line, values), f"Change to {right}"
        text = f"Line {line.number} is billed for the {side} side, its diagnosis is on the {coded} side."
        brief = f"{coded.capitalize()} side coded, {side} billed"
        yield on_line("DX10", Family.DIAGNOSIS, line, "modifiers", brief, text, label=label, fix=fix)


def side_against_note(facts: VisitFacts) -> Iterator[Finding]:
    """A diagnosis is on the side that the note speaks of. Source: Guidelines, section I.B.13.

    Said when the note names the other side alone and no modifier speaks for the code; the fix takes the other code.
    """
    side = of_note(facts.note)
    if not side:
        return
    for place, code in enumerate(facts.diagnoses, 1):
        found = facts.codes.get(code)
        if found is None or of_wording(found.wording) != OTHER[side] or of_lines(facts, place) == OTHER[side]:
            continue
        wanted = re.sub(OTHER[side], side, found.wording, flags=re.IGNORECASE).lower()
        better = next((one for one, wording, ok in found.siblings if ok and wording.lower() == wanted), "")
        yield on_diagnosis(
            "DX20",
            place,
            f"{code} is on the other side",
            f"{code} is on the {OTHER[side]} side; the note speaks of the {side} side only.",
            label=f"Use {better}" if better else "Compare note",
            fix=replace_diagnosis(code, better) if better else None,
            severity=Severity.WARN,
        )


RULES = (side_unspecified, unspecified, side_contradicted, side_against_note)

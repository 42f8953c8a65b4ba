"""Diagnoses: valid, specific, in order, compatible. Source: ICD-10-CM Official Guidelines for Coding and Reporting."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from coding.domain.edits.code_notes import code_ranges, names
from coding.domain.edits.facts import CodeFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.sides import of_lines, of_note, of_wording

MOST = 12
ELSEWHERE = "classified elsewhere"


def _finding(
    code: str,
    at: str,
    brief: str,
    says: str,
    label: str,
    fix: Fix | None = None,
    severity: Severity = Severity.STOP,
) -> Finding:
    return Finding(
        code=code,
        family=Family.DIAGNOSIS,
        severity=severity,
        at=at,
        brief=brief,
        says=says[:120],
        fix_label=label,
        fix=fix,
    )


def _at(place: int) -> str:
    return f"claim.diagnoses.{place}"


def _replace(old: str, new: str) -> Fix:
    return Fix(kind=FixKind.REPLACE_DIAGNOSIS, value=new, values=(old,))


def present(facts: VisitFacts) -> Iterator[Finding]:
    """A claim has at least one and at most twelve diagnoses. Source: X12N 837P guide, 2300 HI."""
    if not facts.diagnoses:
        yield _finding("DX01", _at(1), "No diagnosis", "A claim needs at least one diagnosis.", "Ask coder")
    elif len(facts.diagnoses) > MOST:
        says = f"The claim has {len(facts.diagnoses)} diagnoses; it can carry {MOST}."
        yield _finding("DX02", _at(MOST + 1), f"More than {MOST} diagnoses", says, "Choose twelve")


def known(facts: VisitFacts) -> Iterator[Finding]:
    """Every diagnosis is a code of the loaded ICD-10-CM release. Source: 45 CFR 162.1002."""
    if not facts.diagnosis_set_loaded:
        return
    for place, code in enumerate(facts.diagnoses, 1):
        if code not in facts.codes:
            says = f"{code} is not in the ICD-10-CM release in force on {facts.service_from:%m/%d/%Y}."
            yield _finding("DX03", _at(place), f"{code} is not a code", says, "Ask coder")


def billable(facts: VisitFacts) -> Iterator[Finding]:
    """Codes are used with all their characters. Source: Guidelines, section I.B.2.

    The fix takes the only longer code, the one for the side that the lines or the note name, or the one
    that says no more than the short code did.
    """
    for place, code in enumerate(facts.diagnoses, 1):
        found = facts.codes.get(code)
        if found is None or found.billable:
            continue
        longer = _successor(facts, place, found)
        yield _finding(
            "DX04",
            _at(place),
            f"{code} is too short" + (f", use {longer}" if longer else ""),
            f"{code} needs more characters" + (f"; {longer} says it in full." if longer else ": choose a longer code."),
            f"Use {longer}" if longer else "Ask coder",
            _replace(code, longer) if longer else None,
        )


def _successor(facts: VisitFacts, place: int, found: CodeFacts) -> str:
    choices = [(code, wording) for code, wording, is_billable in found.children if is_billable]
    if len(choices) == 1:
        return choices[0][0]
    sided = [(code, of_wording(wording)) for code, wording in choices]
    if any(side for _, side in sided):
        side = of_lines(facts, place) or of_note(facts.note)
        matching = [code for code, its in sided if its == side and side]
        return matching[0] if len(matching) == 1 else ""
    plain = [code for code, wording in choices if "unspecified" in wording.lower()]
    return plain[0] if len(plain) == 1 else ""


def twice(facts: VisitFacts) -> Iterator[Finding]:
    """A diagnosis stands once. Source: Guidelines, section I.B.12. Repaired: pointers go to the first one."""
    seen = Counter[str]()
    for place, code in enumerate(facts.diagnoses, 1):
        seen[code] += 1
        if seen[code] > 1:
            fix = Fix(kind=FixKind.REMOVE_DIAGNOSIS, value=str(place))
            says = f"{code} stood twice; the second one was taken out."
            yield _finding("DX05", _at(place), f"{code} stands twice", says, "Remove second", fix, Severity.REPAIR)


def excluded_pair(facts: VisitFacts) -> Iterator[Finding]:
    """Two codes that exclude each other (Excludes1) do not stand together. Source: Guidelines, section I.A.12.a."""
    for (_, first), (place, second) in combinations(enumerate(facts.diagnoses, 1), 2):
        one, other = facts.codes.get(first), facts.codes.get(second)
        if first == second or one is None or other is None:
            continue
        if names(one.excludes1, second) or names(other.excludes1, first):
            says = f"ICD-10-CM excludes {second} beside {first}: one of them describes the condition, not both."
            yield _finding("DX06", _at(place), f"{first} excludes {second}", says, "Keep one")


def manifestation_first(facts: VisitFacts) -> Iterator[Finding]:
    """A manifestation follows its cause. Source: Guidelines, section I.A.13. The fix puts the named cause first."""
    found = facts.codes.get(facts.diagnoses[0]) if facts.diagnoses else None
    if found is None or ELSEWHERE not in found.wording.lower() or not found.code_first:
        return
    causes = code_ranges([f"({note})" for note in found.code_first])
    place = next((n for n, code in enumerate(facts.diagnoses[1:], 2) if names(causes, code)), 0)
    yield _finding(
        "DX07",
        _at(1),
        f"{found.code} cannot be first",
        f"{found.code} describes a manifestation: the disease that causes it goes first.",
        f"Put {facts.diagnoses[place - 1]} first" if place else "Ask coder",
        Fix(kind=FixKind.PUT_DIAGNOSIS_FIRST, value=str(place)) if place else None,
    )


def external_cause_first(facts: VisitFacts) -> Iterator[Finding]:
    """External causes (V00–Y99) are never first. Source: Guidelines, section I.C.20.a.6. The fix moves another up."""
    if not facts.diagnoses or facts.diagnoses[0][0] not in "VWXY":
        return
    place = next((n for n, code in enumerate(facts.diagnoses, 1) if code[0] not in "VWXY"), 0)
    yield _finding(
        "DX08",
        _at(1),
        f"{facts.diagnoses[0]} cannot be first",
        f"{facts.diagnoses[0]} says how it happened; the injury or condition goes first.",
        f"Put {facts.diagnoses[place - 1]} first" if place else "Ask coder",
        Fix(kind=FixKind.PUT_DIAGNOSIS_FIRST, value=str(place)) if place else None,
    )


def side_unspecified(facts: VisitFacts) -> Iterator[Finding]:
    """The side is coded when it is documented. Source: Guidelines, section I.B.13.

    The fix takes the code for the side that the line's modifier, or else the note alone, names.
    """
    for place, code in enumerate(facts.diagnoses, 1):
        found = facts.codes.get(code)
        if found is None or not found.billable or "unspecified" not in found.wording.lower():
            continue
        side = of_lines(facts, place) or of_note(facts.note)
        wanted = re.sub("unspecified", side, found.wording, flags=re.IGNORECASE).lower()
        better = next((one for one, wording, ok in found.siblings if ok and side and wording.lower() == wanted), "")
        if better:
            says = f"{code} leaves the side open; the record says {side}: {better}."
            yield _finding(
                "DX09",
                _at(place),
                f"{code} names no side",
                says,
                f"Use {better}",
                _replace(code, better),
                Severity.WARN,
            )


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
            fix, label = Fix(kind=FixKind.SET_MODIFIERS, line=line.number, values=values), f"Change to {right}"
        says = f"Line {line.number} is billed for the {side} side, its diagnosis is on the {coded} side."
        yield _finding(
            "DX10", f"line.{line.number}.modifiers", f"{coded.capitalize()} side coded, {side} billed", says, label, fix
        )


RULES = (
    present,
    known,
    billable,
    twice,
    excluded_pair,
    manifestation_first,
    external_cause_first,
    side_unspecified,
    side_contradicted,
)

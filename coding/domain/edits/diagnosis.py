"""Diagnoses: codes that exist, at full length, once each, compatible. Source: ICD-10-CM Official Guidelines."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from coding.domain.codes import MAX_DIAGNOSES
from coding.domain.edits.code_notes import ancestors, names
from coding.domain.edits.facts import CodeFacts, VisitFacts
from coding.domain.edits.findings import Finding, Severity
from coding.domain.edits.sides import of_lines, of_note, of_wording
from coding.domain.edits.telling import instead, on_diagnosis, remove_diagnosis, replace_diagnosis

UNSPECIFIED = "unspecified"
LATE_EFFECT = re.compile(r"\b(sequelae?|late effects?)\b", re.IGNORECASE)
AFTERWARDS = re.compile(
    r"\b(follow[- ]?up|recheck|healing|(?:suture|staple|cast|splint) (?:removal|change)|rehabilitation)\b",
    re.IGNORECASE,
)
AT_ONCE = re.compile(r"\b(today|tonight|yesterday|this morning|last night|hours? ago)\b", re.IGNORECASE)


def present(facts: VisitFacts) -> Iterator[Finding]:
    """A claim has at least one and at most twelve diagnoses. Source: X12N 837P guide, 2300 HI."""
    if not facts.diagnoses:
        yield on_diagnosis("DX01", 1, "No diagnosis", "A claim needs at least one diagnosis.")
    elif len(facts.diagnoses) > MAX_DIAGNOSES:
        says = f"The claim has {len(facts.diagnoses)} diagnoses; it can carry {MAX_DIAGNOSES}."
        brief = f"More than {MAX_DIAGNOSES} diagnoses"
        yield on_diagnosis("DX02", MAX_DIAGNOSES + 1, brief, says, label="Choose twelve")


def known(facts: VisitFacts) -> Iterator[Finding]:
    """Every diagnosis is a code of the loaded ICD-10-CM release. Source: 45 CFR 162.1002."""
    if not facts.diagnosis_set_loaded:
        return
    for place, code in enumerate(facts.diagnoses, 1):
        if code not in facts.codes:
            says = f"{code} is not in the ICD-10-CM release in force on {facts.service_from:%m/%d/%Y}."
            yield on_diagnosis("DX03", place, f"{code} is not a code", says)


def in_force(facts: VisitFacts) -> Iterator[Finding]:
    """A code is valid on the date of service. Source: 45 CFR 162.1002; yearly ICD-10-CM addenda.

    The fix takes the code that replaces a deleted one, where a single one does.
    """
    for place, code in enumerate(facts.diagnoses, 1):
        found = facts.codes.get(code)
        if found is None:
            continue
        if found.deleted_on and found.deleted_on <= facts.service_from:
            new = found.replaced_by[0] if len(found.replaced_by) == 1 else ""
            says = f"{code} was deleted on {found.deleted_on:%m/%d/%Y}. {instead(found.replaced_by)}"
            fix = replace_diagnosis(code, new) if new else None
            label = f"Use {new}" if new else "Ask coder"
            yield on_diagnosis("DX11", place, f"{code} is deleted", says, label=label, fix=fix)
        elif found.valid_from and found.valid_from > facts.service_from:
            says = f"{code} is a code only from {found.valid_from:%m/%d/%Y} on; the visit was before."
            yield on_diagnosis("DX11", place, f"{code} is not yet a code", says)


def billable(facts: VisitFacts) -> Iterator[Finding]:
    """Codes are used with all their characters. Source: Guidelines, section I.B.2.

    The fix takes the only longer code, the one for the side that the lines or the note name, or the one
    that says no more than the short code did.
    """
    for place, code in enumerate(facts.diagnoses, 1):
        found = facts.codes.get(code)
        if found is None or found.billable or _lacks_seventh(found):
            continue
        longer = _successor(facts, place, found)
        yield on_diagnosis(
            "DX04",
            place,
            f"{code} is too short" + (f", use {longer}" if longer else ""),
            f"{code} needs more characters" + (f"; {longer} says it in full." if longer else ": choose a longer code."),
            label=f"Use {longer}" if longer else "Ask coder",
            fix=replace_diagnosis(code, longer) if longer else None,
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
    plain = [code for code, wording in choices if UNSPECIFIED in wording.lower()]
    return plain[0] if len(plain) == 1 else ""


def seventh_character(facts: VisitFacts) -> Iterator[Finding]:
    """Injuries and their causes say which encounter this is. Source: Guidelines, sections I.A.5 and I.C.19.a.

    The fix takes the encounter that the note's words show: a late effect, care afterwards, or what just happened.
    """
    for place, code in enumerate(facts.diagnoses, 1):
        found = facts.codes.get(code)
        if found is None or found.billable or not _lacks_seventh(found):
            continue
        whole, why = _encounter(facts.note, found)
        says = f"{code} needs its 7th character" + (
            f"; {why}: {whole}." if whole else ": A active care, D after, S late."
        )
        yield on_diagnosis(
            "DX12",
            place,
            f"{code} lacks its 7th character",
            says,
            label=f"Use {whole}" if whole else "Ask coder",
            fix=replace_diagnosis(code, whole) if whole else None,
        )


def _lacks_seventh(found: CodeFacts) -> bool:
    longer = [code.replace(".", "") for code, _, _ in found.children]
    return len(longer) > 1 and all(len(each) == 7 for each in longer) and len({each[:6] for each in longer}) == 1


def _encounter(note: str, found: CodeFacts) -> tuple[str, str]:
    """The one longer code that the note's words lead to, and those words."""
    for pattern, character in ((LATE_EFFECT, "S"), (AFTERWARDS, "D"), (AT_ONCE, "A")):
        if said := pattern.search(note):
            longer = next((code for code, _, ok in found.children if ok and code.endswith(character)), "")
            return longer, f"the note says “{said.group(0).lower()}”"
    return "", ""


def twice(facts: VisitFacts) -> Iterator[Finding]:
    """A diagnosis stands once. Source: Guidelines, section I.B.12. Repaired: pointers go to the first one."""
    seen = Counter[str]()
    for place, code in enumerate(facts.diagnoses, 1):
        seen[code] += 1
        if seen[code] > 1:
            says = f"{code} stood twice; the second one was taken out."
            yield on_diagnosis(
                "DX05",
                place,
                f"{code} stands twice",
                says,
                label="Remove second",
                fix=remove_diagnosis(place),
                severity=Severity.REPAIR,
            )


def heading_beside_code(facts: VisitFacts) -> Iterator[Finding]:
    """A heading does not stand beside a code below it. Source: Guidelines, section I.B.2. The fix keeps the code."""
    for place, code in enumerate(facts.diagnoses, 1):
        below = next((one for one in facts.diagnoses if one != code and code in ancestors(one)[1:]), "")
        if below:
            says = f"{code} is the heading of {below}, which says more: only one of them stands."
            fix = replace_diagnosis(code, below)
            yield on_diagnosis("DX13", place, f"{code} is part of {below}", says, label=f"Keep {below}", fix=fix)


def excluded_pair(facts: VisitFacts) -> Iterator[Finding]:
    """Two codes that exclude each other (Excludes1) do not stand together. Source: Guidelines, section I.A.12.a.

    The guideline's exception, two conditions that have nothing to do with each other, is a person's override.
    """
    for (_, first), (place, second) in combinations(enumerate(facts.diagnoses, 1), 2):
        one, other = facts.codes.get(first), facts.codes.get(second)
        if first == second or one is None or other is None:
            continue
        if names(one.excludes1, second) or names(other.excludes1, first):
            says = f"Excludes1: {second} does not stand beside {first}. Keep one, unless the two are unrelated."
            yield on_diagnosis("DX06", place, f"{first} excludes {second}", says, label="Keep one")


RULES = (
    present,
    known,
    in_force,
    billable,
    seventh_character,
    twice,
    heading_beside_code,
    excluded_pair,
)

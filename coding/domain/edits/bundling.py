"""Services never paid side by side, never alone, or only with a modifier. Source: NCCI PTP and add-on edits."""

import re
from collections.abc import Iterator, Sequence

from coding.domain.edit_tables import AddOn
from coding.domain.edits.facts import LineFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.pairs import ANATOMY, PAYERS_BUNDLE, SEPARATE, TAKES_IN_VISIT
from coding.domain.edits.telling import add_modifier, on_line
from coding.domain.edits.visit_levels import OFFICE_VISITS, PREVENTIVE_VISITS, is_visit

NEVER, WITH_MODIFIER = "0", "1"
FOR_VISITS = frozenset({"24", "25", "57"})
TELLS_APART = SEPARATE | {"27", "58", "78", "79", "91"}
MINOR, MAJOR = ("000", "010"), "090"  # global days
SAYS_SEPARATE = re.compile(r"\b(separate(ly)?|unrelated|distinct|different|another problem)\b", re.IGNORECASE)
SAYS_ENCOUNTER = re.compile(r"\b(?:separate|different|second|another) (?:encounter|session|visit)\b", re.IGNORECASE)
SAYS_CLINICIAN = re.compile(
    r"\b(?:separate|different|another) (?:practitioner|provider|physician|surgeon)\b", re.IGNORECASE
)
SAYS_DECIDED = re.compile(
    r"\b(?:decision|decided|elects?|elected|proceed)\b[^.\n]{0,40}\b(?:surg|operat)", re.IGNORECASE
)


def never_together(facts: VisitFacts) -> Iterator[Finding]:
    """One service contains the other, whatever the modifier. Source: NCCI PTP edits, modifier indicator 0.

    The fix takes the contained one (column two) off.
    """
    for line, first in _pairs(facts, NEVER):
        yield on_line(
            "BU01",
            Family.BUNDLING,
            line,
            "code",
            f"{line.code} is part of {first.code}",
            f"{line.code} on line {line.number} is contained in {first.code} and is never paid beside it.",
            label=f"Remove {line.code}",
            fix=Fix(kind=FixKind.REMOVE_LINE, line=line.number),
        )


def _pairs(facts: VisitFacts, indicator: str) -> Iterator[tuple[LineFacts, LineFacts]]:
    """Each line of column two with the line of column one that contains it."""
    for line in facts.lines:
        for first in facts.lines:
            if first.service_date != line.service_date or first.code == line.code:
                continue
            if _indicator(facts, first.code, line.code) == indicator:
                yield line, first


def _indicator(facts: VisitFacts, first: str, second: str) -> str:
    """The modifier indicator by which the second code is part of the first; empty when it is not."""
    pair = facts.tables.pairs.get((first, second))
    if pair is None and (first, second) in PAYERS_BUNDLE:
        return WITH_MODIFIER
    return pair.modifier_indicator if pair else ""


def visit_beside_procedure(facts: VisitFacts) -> Iterator[Finding]:
    """A visit on the day of a procedure needs 25; before a major one 57. Source: NCCI policy manual, chapter I.

    The fix adds it when the claim or the note proves that the visit was separate, or that surgery was decided.
    """
    for visit in facts.lines:
        if not is_visit(visit.code) or FOR_VISITS.intersection(visit.modifiers):
            continue
        beside = [one for one in facts.lines if _takes_in(facts, one, visit)]
        if not beside:
            continue
        major = next((one for one in beside if facts.tables.of(one.code).global_days == MAJOR), None)
        first, needed = major or beside[0], "57" if major else "25"
        proof = _decided(facts.note) if major else _separate(facts, visit, beside)
        lack = "no decision for it is in the note" if major else "no separate problem was found"
        yield on_line(
            "MO06",
            Family.MODIFIER,
            visit,
            "modifiers",
            f"{visit.code} with {first.code} needs {needed}",
            f"A visit on the day of {first.code} needs {needed}; {proof or lack}.",
            label=f"Add {needed}" if proof else "Check note",
            fix=add_modifier(visit, needed) if proof else None,
        )


def _takes_in(facts: VisitFacts, one: LineFacts, visit: LineFacts) -> bool:
    """Whether a procedure of the day counts the visit as its part."""
    if one.service_date != visit.service_date or one.number == visit.number:
        return False
    if indicator := _indicator(facts, one.code, visit.code):
        return indicator == WITH_MODIFIER
    if facts.tables.of(one.code).global_days in (*MINOR, MAJOR):
        return True
    return visit.code in OFFICE_VISITS and (one.code in TAKES_IN_VISIT or one.code in PREVENTIVE_VISITS)


def _decided(note: str) -> str:
    found = SAYS_DECIDED.search(note)
    return "the note records the decision" if found else ""


def _separate(facts: VisitFacts, visit: LineFacts, beside: Sequence[LineFacts]) -> str:
    """What proves that a service stands for itself, in words; empty when nothing does."""
    theirs = {place for line in beside for place in line.pointers}
    own = [place for place in visit.pointers if place not in theirs and 1 <= place <= len(facts.diagnoses)]
    if own:
        return f"it has a diagnosis of its own, {facts.diagnoses[own[0] - 1]}"
    found = SAYS_SEPARATE.search(facts.note)
    return f"the note says “{found.group(0).lower()}”" if found else ""


def pair_needs_59(facts: VisitFacts) -> Iterator[Finding]:
    """The second of an NCCI pair needs 59 or an X modifier. Source: NCCI PTP edits, modifier indicator 1.

    Commercial payers get 59, others XS, or XE and XP where the note says so; the fix adds it when claim or note
    prove that the services were separate.
    """
    for line, first in _pairs(facts, WITH_MODIFIER):
        if is_visit(line.code) or _told_apart(first, line):
            continue
        better = _which(facts)
        proof = _separate(facts, line, [first])
        yield on_line(
            "MO07",
            Family.MODIFIER,
            line,
            "modifiers",
            f"{line.code} with {first.code} needs 59 or XS",
            f"{line.code} counts as part of {first.code}; {proof or 'nothing shows a separate site or time'}.",
            label=f"Add {better}" if proof else "Check note",
            fix=add_modifier(line, better) if proof else None,
        )


def _told_apart(first: LineFacts, second: LineFacts) -> bool:
    """Whether modifiers that NCCI accepts tell the two apart: by what they say, or by another part of the body."""
    if TELLS_APART.intersection((*first.modifiers, *second.modifiers)):
        return True
    if is_visit(first.code) and FOR_VISITS.intersection(first.modifiers):
        return True
    one, two = ANATOMY.intersection(first.modifiers), ANATOMY.intersection(second.modifiers)
    return bool(one and two and not one & two)


def _which(facts: VisitFacts) -> str:
    if facts.payer_kind == "commercial":
        return "59"
    if SAYS_ENCOUNTER.search(facts.note):
        return "XE"
    return "XP" if SAYS_CLINICIAN.search(facts.note) else "XS"


def needs_primary(facts: VisitFacts) -> Iterator[Finding]:
    """An add-on code stands beside its primary code of the day. Source: NCCI add-on code edits, types 1, 2 and 3.

    Type 1 lists every primary; type 3 lists some, and type 2 leaves them to the contractor: those two only warn.
    """
    for line in facts.lines:
        found = facts.tables.add_ons.get(line.code)
        if found is None or _has_primary(facts, line, found):
            continue
        wanted = f"needs {' or '.join(sorted(found.primaries)[:3])}" if found.primaries else "needs its primary"
        yield on_line(
            "BU02",
            Family.BUNDLING,
            line,
            "code",
            f"{line.code} stands without its primary",
            f"{line.code} is an add-on: it {wanted} on the same day.",
            label="Ask coder",
            severity=Severity.STOP if found.edit_type == "1" else Severity.WARN,
        )


def _has_primary(facts: VisitFacts, line: LineFacts, found: AddOn) -> bool:
    beside = {one.code for one in facts.lines if one.service_date == line.service_date and one.number != line.number}
    beside |= {one.code for one in facts.earlier_services if one.service_date == line.service_date}
    if found.primaries & beside:
        return True
    return found.edit_type != "1" and not found.primaries and any(code not in facts.tables.add_ons for code in beside)


RULES = (never_together, visit_beside_procedure, pair_needs_59, needs_primary)

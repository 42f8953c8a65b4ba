"""Modifiers: known, in order, where a pair or a side asks for them. Source: CPT appendix A numbers; CMS NCCI manual."""

import re
from collections.abc import Iterator
from itertools import combinations

from coding.domain.edits.code_numbers import numbers
from coding.domain.edits.facts import LineFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.pairs import SEPARATE, TAKES_IN_VISIT, UNLESS_SEPARATE
from coding.domain.edits.visit_levels import OFFICE_VISITS, PREVENTIVE_VISITS

KNOWN = numbers(
    "22 23 24 25 26 27 32 33 47 50 51 52 53 54 55 56 57 58 59 62 63 66 73 74 76 77 78 79 80 81 82 90 91 92 93 95 96 "
    "97 99 AA AD AE AF AG AI AJ AM AP AQ AS AT AU AV AW BA CC CG CO CQ CR CS CT DA E1 E2 E3 E4 EA EB EC EJ EM EP ET "
    "EY F1 F2 F3 F4 F5 F6 F7 F8 F9 FA FB FC FP FQ FR FS FT FX FY G0 G1 G2 G3 G4 G5 G6 G7 G8 G9 GA GC GE GF GG GH GJ "
    "GK GL GM GN GO GP GQ GR GT GU GV GW GX GY GZ HA HB HD HE HF HH HI HJ HM HN HO HP HQ HR HS HT HU J1 J2 J3 JA JB "
    "JC JD JE JG JW JZ K0 K1 K2 K3 K4 KX LC LD LL LM LR LS LT M2 NR NU P1 P2 P3 P4 P5 P6 PA PB PC PI PN PO PS PT Q0 "
    "Q1 Q3 Q4 Q5 Q6 Q7 Q8 Q9 QK QS QW QX QY QZ RA RB RC RD RE RI RR RT SA SB SC SD SE SF SG SH SJ SK SL SM SN SU SW "
    "SY T1 T2 T3 T4 T5 T6 T7 T8 T9 TA TB TC TD TE TF TG TH TJ TL TM TN TP TQ TR TS TT TU TV TW U1 U2 U3 U4 U5 U6 U7 "
    "U8 U9 UA UB UC UD UE UF UG UH UJ UK UN UP UQ UR US V1 V2 V3 V5 V6 V7 X1 X2 X3 X4 X5 XE XP XS XU"
)
MOST = 4
LAST = 9

# Those that decide the price come first, those that tell apart next, those that inform last.
ORDER: dict[str, int] = {
    **dict.fromkeys(
        numbers("22 24 25 26 50 52 53 54 55 56 57 58 62 66 73 74 76 77 78 79 80 81 82 91 AS TC"),
        0,
    ),
    **dict.fromkeys(SEPARATE, 1),
    **dict.fromkeys(numbers("93 95 GQ GT"), 2),
}
BILATERAL = numbers(
    "20526 20550 20600 20604 20605 20606 20610 20611 25600 29125 29515 29881 64721 69210"
)  # code numbers whose two sides are one line with 50
SIDES = ("RT", "LT")
SAYS_SEPARATE = re.compile(r"\b(separate(ly)?|unrelated|distinct|different|another problem)\b", re.IGNORECASE)


def _finding(
    code: str, line: LineFacts, brief: str, says: str, label: str, fix: Fix | None, severity: Severity = Severity.STOP
) -> Finding:
    return Finding(
        code=code,
        family=Family.MODIFIER,
        severity=severity,
        at=f"line.{line.number}.modifiers",
        brief=brief,
        says=says[:120],
        fix_label=label,
        fix=fix,
    )


def _set(line: LineFacts, values: tuple[str, ...]) -> Fix:
    return Fix(kind=FixKind.SET_MODIFIERS, line=line.number, values=values)


def known(facts: VisitFacts) -> Iterator[Finding]:
    """Modifiers are ones that exist. The fix takes the unknown one out."""
    for line in facts.lines:
        for bad in (one for one in line.modifiers if one not in KNOWN):
            kept = tuple(one for one in line.modifiers if one != bad)
            says = f"{bad} on line {line.number} is no modifier of CPT or HCPCS."
            yield _finding("MO01", line, f"{bad} is not a modifier", says, f"Remove {bad}", _set(line, kept))


def tidy(facts: VisitFacts) -> Iterator[Finding]:
    """Each modifier once, those that decide the price first. Source: CMS Claims Processing Manual, 23. Repaired."""
    for line in facts.lines:
        kept = tuple(sorted(dict.fromkeys(line.modifiers), key=lambda one: ORDER.get(one, LAST)))
        if kept != line.modifiers:
            says = f"Modifiers of line {line.number} were put in order: {' '.join(kept)}."
            yield _finding("MO02", line, "Modifiers out of order", says, "Reorder", _set(line, kept), Severity.REPAIR)


def too_many(facts: VisitFacts) -> Iterator[Finding]:
    """A line carries four modifiers. Source: X12N 837P guide, SV101-3 to -6."""
    for line in facts.lines:
        if len(set(line.modifiers)) > MOST:
            says = f"Line {line.number} has {len(set(line.modifiers))} modifiers; it can carry four."
            yield _finding("MO03", line, "More than four modifiers", says, "Choose four", None)


def both_sides_on_one_line(facts: VisitFacts) -> Iterator[Finding]:
    """RT and LT on one line mean 50. Source: NCCI policy manual, chapter I (bilateral). The fix uses 50."""
    for line in facts.lines:
        if set(SIDES) <= set(line.modifiers):
            kept = ("50", *(one for one in line.modifiers if one not in (*SIDES, "50")))
            says = f"Line {line.number} names both sides; a bilateral service takes 50 instead of RT and LT."
            yield _finding("MO04", line, "RT and LT on one line", says, "Use 50", _set(line, kept))


def both_sides_on_two_lines(facts: VisitFacts) -> Iterator[Finding]:
    """A bilateral procedure is one line with 50. Source: CMS Claims Processing Manual, 12, 40.7. The fix merges."""
    for one, two in combinations(facts.lines, 2):
        if one.code != two.code or one.service_date != two.service_date or one.code not in BILATERAL:
            continue
        if {*one.modifiers, *two.modifiers}.issuperset(SIDES) and set(one.modifiers) != set(two.modifiers):
            others = (m for m in (*one.modifiers, *two.modifiers) if m not in (*SIDES, *SEPARATE, "50"))
            fix = Fix(
                kind=FixKind.MERGE_LINES,
                line=one.number,
                value=str(two.number),
                values=("50", *dict.fromkeys(others)),
            )
            says = f"Lines {one.number} and {two.number} are the two sides of {one.code}: one line with 50."
            yield _finding("MO05", two, f"Bilateral {one.code} as two lines", says, "Use 50 × 1", fix)


def visit_beside_procedure(facts: VisitFacts) -> Iterator[Finding]:
    """A visit on the day of a procedure needs 25. Source: NCCI policy manual, chapter I (E/M services).

    The fix adds it when the claim or the note proves that the visit was separate.
    """
    for visit in facts.lines:
        if visit.code not in OFFICE_VISITS or "25" in visit.modifiers or "57" in visit.modifiers:
            continue
        beside = [one for one in facts.lines if _takes_in(one.code) and one.service_date == visit.service_date]
        if not beside:
            continue
        proof = _separate(facts, visit, beside)
        yield _finding(
            "MO06",
            visit,
            f"{visit.code} with {beside[0].code} needs 25",
            f"A visit on the day of {beside[0].code} needs 25; {proof or 'no separate problem was found'}.",
            "Add 25" if proof else "Check note",
            Fix(kind=FixKind.ADD_MODIFIER, line=visit.number, value="25") if proof else None,
        )


def _takes_in(code: str) -> bool:
    return code in TAKES_IN_VISIT or code in PREVENTIVE_VISITS


def _separate(facts: VisitFacts, visit: LineFacts, beside: list[LineFacts]) -> str:
    """What proves that a service stands for itself, in words; empty when nothing does."""
    theirs = {place for line in beside for place in line.pointers}
    own = [place for place in visit.pointers if place not in theirs and 1 <= place <= len(facts.diagnoses)]
    if own:
        return f"it has a diagnosis of its own, {facts.diagnoses[own[0] - 1]}"
    found = SAYS_SEPARATE.search(facts.note)
    return f"the note says “{found.group(0).lower()}”" if found else ""


def pair_needs_59(facts: VisitFacts) -> Iterator[Finding]:
    """The second of an NCCI pair needs 59 or an X modifier. Source: NCCI PTP edits, modifier indicator 1.

    Public payers get XS, others 59; the fix adds it when claim or note prove that the services were separate.
    """
    for line in facts.lines:
        if SEPARATE.intersection(line.modifiers):
            continue
        for first in facts.lines:
            if first.service_date == line.service_date and (first.code, line.code) in UNLESS_SEPARATE:
                better = "59" if facts.payer_kind == "commercial" else "XS"
                proof = _separate(facts, line, [first])
                yield _finding(
                    "MO07",
                    line,
                    f"{line.code} with {first.code} needs 59 or XS",
                    f"{line.code} counts as part of {first.code}; {proof or 'nothing shows a separate site or time'}.",
                    f"Add {better}" if proof else "Check note",
                    Fix(kind=FixKind.ADD_MODIFIER, line=line.number, value=better) if proof else None,
                )


RULES = (
    known,
    tidy,
    too_many,
    both_sides_on_one_line,
    both_sides_on_two_lines,
    visit_beside_procedure,
    pair_needs_59,
)

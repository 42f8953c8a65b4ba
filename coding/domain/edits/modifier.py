"""Modifiers: known, in order, at home on their code, in agreement. Source: CPT appendix A numbers; CMS NCCI manual."""

from collections.abc import Iterator

from coding.domain.codes import MAX_MODIFIERS
from coding.domain.edits.code_numbers import numbers
from coding.domain.edits.facts import LineFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, Severity
from coding.domain.edits.pairs import SEPARATE
from coding.domain.edits.telling import on_line, set_modifiers, without
from coding.domain.edits.visit_levels import is_visit

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

# Modifiers that say something about a visit, and ones that say something about a procedure.
OF_VISITS = frozenset({"24", "25", "57"})
OF_PROCEDURES = frozenset(
    {"50", "51", "58", "59", "62", "66", "78", "79", "80", "81", "82", "AS", "XE", "XP", "XS", "XU"}
)

# Sets of which one line carries at most one, and what they differ in.
ONE_OF: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"58", "78", "79"}), "why a patient came back"),
    (frozenset({"76", "77"}), "who repeated the service"),
    (frozenset({"80", "81", "82", "AS"}), "who assisted"),
    (frozenset({"62", "66", "80"}), "the surgeon’s part"),
    (frozenset({"93", "95"}), "sound or video"),
    (frozenset({"JW", "JZ"}), "whether some of the drug was thrown away"),
    (frozenset({"GA", "GX", "GZ"}), "whether the patient signed a notice"),
    (frozenset({"GA", "GY"}), "why Medicare may not pay"),
    (frozenset({"GY", "GZ"}), "why Medicare may not pay"),
)
REPEATS = frozenset({"76", "77"})
WASTE = "JW"


def _finding(
    code: str, line: LineFacts, brief: str, says: str, label: str, fix: Fix | None, severity: Severity = Severity.STOP
) -> Finding:
    return on_line(code, Family.MODIFIER, line, "modifiers", brief, says, label=label, fix=fix, severity=severity)


def known(facts: VisitFacts) -> Iterator[Finding]:
    """Modifiers are ones that exist. Source: CPT appendix A; HCPCS level II. The fix takes the unknown one out."""
    for line in facts.lines:
        for bad in (one for one in line.modifiers if one not in KNOWN):
            kept = tuple(one for one in line.modifiers if one != bad)
            says = f"{bad} on line {line.number} is no modifier of CPT or HCPCS."
            yield _finding("MO01", line, f"{bad} is not a modifier", says, f"Remove {bad}", set_modifiers(line, kept))


def tidy(facts: VisitFacts) -> Iterator[Finding]:
    """Each modifier once, those that decide the price first. Source: CMS Claims Processing Manual, 23. Repaired."""
    for line in facts.lines:
        kept = tuple(sorted(dict.fromkeys(line.modifiers), key=lambda one: ORDER.get(one, LAST)))
        if kept != line.modifiers:
            says = f"Modifiers of line {line.number} were put in order: {' '.join(kept)}."
            yield _finding(
                "MO02", line, "Modifiers out of order", says, "Reorder", set_modifiers(line, kept), Severity.REPAIR
            )


def too_many(facts: VisitFacts) -> Iterator[Finding]:
    """A line carries four modifiers. Source: X12N 837P guide, SV101-3 to -6."""
    for line in facts.lines:
        if len(set(line.modifiers)) > MAX_MODIFIERS:
            says = f"Line {line.number} has {len(set(line.modifiers))} modifiers; it can carry four."
            yield _finding("MO03", line, "More than four modifiers", says, "Choose four", None)


def on_the_right_kind(facts: VisitFacts) -> Iterator[Finding]:
    """24, 25 and 57 speak of visits, 59 and its like of procedures. Source: NCCI policy manual, chapter I.

    The fix takes the misplaced one out.
    """
    for line in facts.lines:
        visit = is_visit(line.code) or line.kind == "visit"
        misplaced = (OF_PROCEDURES if visit else OF_VISITS).intersection(line.modifiers)
        if not visit and line.kind in ("", "therapy"):
            continue  # not known to be no visit; an intake or eye examination may carry 25
        for one in sorted(misplaced):
            what = "procedures, and {} is a visit" if visit else "visits, and {} is none"
            says = f"{one} belongs on {what.format(line.code)}."
            brief = f"{one} does not fit {line.code}"
            yield _finding("MO08", line, brief, says, f"Remove {one}", without(line, one))


def in_agreement(facts: VisitFacts) -> Iterator[Finding]:
    """Modifiers of a line do not contradict each other. Source: CMS Claims Processing Manual, chapters 12, 17 and 30.

    The fix drops 59 beside the X modifier that says the same more exactly.
    """
    for line in facts.lines:
        mine = set(line.modifiers)
        for group, about in ONE_OF:
            if len(group & mine) > 1:
                both = " and ".join(sorted(group & mine))
                says = f"Line {line.number}: {both} contradict each other about {about}."
                yield _finding("MO09", line, f"{both} contradict", says, "Choose one", None)
        if "59" in mine and mine & (SEPARATE - {"59"}):
            exact = min(mine & (SEPARATE - {"59"}))
            says = f"Line {line.number}: {exact} says what 59 says, more exactly; Medicare takes one of the two."
            yield _finding("MO09", line, f"59 beside {exact}", says, "Remove 59", without(line, "59"))


def repeat_of_something(facts: VisitFacts) -> Iterator[Finding]:
    """76 and 77 repeat a service of the same day, JW stands beside the dose that was given.

    Source: CMS Claims Processing Manual, chapters 12 (30.6) and 17 (40, discarded drugs).
    """
    for line in facts.lines:
        others = [one for one in facts.lines if one.number != line.number and one.code == line.code]
        earlier = [
            one for one in facts.earlier_services if (one.code, one.service_date) == (line.code, line.service_date)
        ]
        repeat = next((one for one in line.modifiers if one in REPEATS), "")
        if repeat and not others and not earlier:
            says = f"{repeat} says that {line.code} was repeated, and no other {line.code} of the day is coded."
            label = f"Remove {repeat}"
            fix = without(line, repeat)
            yield _finding("MO10", line, f"{repeat} repeats nothing", says, label, fix, Severity.WARN)
        if WASTE in line.modifiers and not others:
            says = f"JW is for the part of {line.code} thrown away: the part given is a line of its own, without JW."
            yield _finding("MO10", line, "JW without the dose given", says, "Add the dose", None, Severity.WARN)


RULES = (known, tidy, too_many, on_the_right_kind, in_agreement, repeat_of_something)

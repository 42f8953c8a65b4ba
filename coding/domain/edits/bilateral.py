"""Both sides of the body. Source: fee schedule indicator (BILAT SURG); CMS Claims Processing Manual, 12, 40.7."""

from collections.abc import Iterator
from itertools import combinations

from coding.domain.edits.facts import LineFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.pairs import SEPARATE
from coding.domain.edits.telling import on_line, set_modifiers, without

SIDES = ("RT", "LT")
BOTH = "50"
TAKES_50 = "1"
NO_50 = {
    "0": "has no two sides that are paid apart",
    "2": "is for both sides already",
    "9": "has no two sides",
}  # bilateral indicator → why 50 is wrong


def _finding(
    code: str, line: LineFacts, brief: str, says: str, label: str, fix: Fix | None, severity: Severity = Severity.STOP
) -> Finding:
    return on_line(code, Family.MODIFIER, line, "modifiers", brief, says, label=label, fix=fix, severity=severity)


def both_sides_on_one_line(facts: VisitFacts) -> Iterator[Finding]:
    """RT and LT on one line mean 50. Source: NCCI policy manual, chapter I (bilateral). The fix uses 50."""
    for line in facts.lines:
        if set(SIDES) <= set(line.modifiers):
            kept = ("50", *(one for one in line.modifiers if one not in (*SIDES, "50")))
            says = f"Line {line.number} names both sides; a bilateral service takes 50 instead of RT and LT."
            yield _finding("MO04", line, "RT and LT on one line", says, "Use 50", set_modifiers(line, kept))


def both_sides_on_two_lines(facts: VisitFacts) -> Iterator[Finding]:
    """A bilateral procedure is one line with 50. Source: CMS Claims Processing Manual, 12, 40.7. The fix merges."""
    for one, two in combinations(facts.lines, 2):
        if (
            one.code != two.code
            or one.service_date != two.service_date
            or facts.tables.of(one.code).bilateral != TAKES_50
        ):
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


def fifty_allowed(facts: VisitFacts) -> Iterator[Finding]:
    """50 stands only on codes whose second side is paid. Source: fee schedule indicator BILAT SURG 0, 2 and 9.

    The fix takes 50 out.
    """
    for line in facts.lines:
        why = NO_50.get(facts.tables.of(line.code).bilateral)
        if why and BOTH in line.modifiers:
            says = f"{line.code} {why} (indicator {facts.tables.of(line.code).bilateral}): it does not take 50."
            yield _finding("MO11", line, f"{line.code} does not take 50", says, "Remove 50", without(line, BOTH))


def fifty_is_one_unit(facts: VisitFacts) -> Iterator[Finding]:
    """A bilateral line has one unit. Source: CMS Claims Processing Manual, 12, 40.7. The fix sets one."""
    for line in facts.lines:
        if BOTH in line.modifiers and line.units == 2 and facts.tables.of(line.code).bilateral == TAKES_50:
            yield on_line(
                "MO12",
                Family.MODIFIER,
                line,
                "units",
                f"{line.code} with 50 is one unit",
                f"50 on line {line.number} stands for both sides already: two units would be four.",
                label="Set 1 unit",
                fix=Fix(kind=FixKind.SET_UNITS, line=line.number, value="1"),
            )


RULES = (both_sides_on_one_line, both_sides_on_two_lines, fifty_allowed, fifty_is_one_unit)

"""The same service twice on one day. Source: CMS Claims Processing Manual, chapter 1, 120 (exact duplicates)."""

from collections.abc import Iterator, Sequence

from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.pairs import SEPARATE

REPEATED = SEPARATE | {"76", "77", "91"}
SIDES = frozenset({"RT", "LT"})


def within_visit(facts: VisitFacts) -> Iterator[Finding]:
    """A line does not repeat another one. Source: CMS Claims Processing Manual, 1, 120. The fix takes it off."""
    for number, line in enumerate(facts.lines):
        for one in facts.lines[:number]:
            if (one.code, one.service_date) == (line.code, line.service_date) and alike(one.modifiers, line.modifiers):
                yield Finding(
                    code="DU02",
                    family=Family.DUPLICATE,
                    severity=Severity.STOP,
                    at=f"line.{line.number}.code",
                    brief=f"Line {line.number} repeats line {one.number}",
                    says=f"{line.code} stands on lines {one.number} and {line.number} without a modifier for a repeat.",
                    fix_label=f"Remove line {line.number}",
                    fix=Fix(kind=FixKind.REMOVE_LINE, line=line.number),
                )
                break


def alike(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether the modifiers of two lines of one code leave open that they are the same service."""
    if REPEATED.intersection(one) or REPEATED.intersection(two):
        return False
    return SIDES.intersection(one) == SIDES.intersection(two)


RULES = (within_visit,)

"""The same service billed twice. Source: CMS Claims Processing Manual, chapter 1, 120 (exact duplicates)."""

from collections.abc import Iterator, Sequence

from claims.domain.facts import ClaimFacts
from claims.domain.findings import Family, Finding, Fix, FixKind, Severity
from claims.domain.pairs import SEPARATE
from claims.domain.status import Frequency

REPEATED = SEPARATE | {"76", "77", "91"}
SIDES = frozenset({"RT", "LT"})


def earlier_claim(facts: ClaimFacts) -> Iterator[Finding]:
    """Patient, provider, day and code of a line stand on an earlier claim already."""
    if facts.frequency != Frequency.ORIGINAL:
        return
    for line in facts.lines:
        same = next(
            (
                one
                for one in facts.earlier_lines
                if (one.code, one.service_date, one.rendering_id) == (line.code, line.service_date, facts.rendering.id)
                and one.claim_number < facts.number
                and _alike(one.modifiers, line.modifiers)
            ),
            None,
        )
        if same:
            yield Finding(
                code="DU01",
                family=Family.DUPLICATE,
                severity=Severity.STOP,
                at=f"line.{line.number}.code",
                brief=f"Same as {same.claim_number}",
                says=f"{line.code} of {line.service_date:%m/%d/%Y} is on claim {same.claim_number} ({same.status}).",
                fix_label="Compare",
            )
            return


def within_claim(facts: ClaimFacts) -> Iterator[Finding]:
    """A line does not repeat another one of the claim. The fix takes the repeated line off."""
    for number, line in enumerate(facts.lines):
        for one in facts.lines[:number]:
            if (one.code, one.service_date) == (line.code, line.service_date) and _alike(one.modifiers, line.modifiers):
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


def _alike(one: Sequence[str], two: Sequence[str]) -> bool:
    if REPEATED.intersection(one) or REPEATED.intersection(two):
        return False
    return SIDES.intersection(one) == SIDES.intersection(two)


RULES = (earlier_claim, within_claim)

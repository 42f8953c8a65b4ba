"""The scrubber: an explicit tuple of rules. Facts in, findings out; a rule never raises and never writes.

The edits that need no payer are the ones that a coder sees: the same objects, from `coding.domain.edits`.
Families of edits: DOMAIN section 7. A rule that needs a loaded code set says nothing without it.
"""

from collections.abc import Callable, Iterator

from claims.domain.content import applied, content_of, with_content
from claims.domain.facts import ClaimFacts
from claims.domain.scrub import (
    authorization,
    charge,
    coverage,
    dates,
    duplicate,
    filing,
    person,
    provider,
    resubmission,
)
from claims.domain.status import Frequency
from coding.domain import edits
from coding.domain.edits.code_numbers import numbers
from coding.domain.edits.content import FixDoesNotFit
from coding.domain.edits.findings import Finding, Severity

Rule = Callable[[ClaimFacts], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *provider.RULES,
    *person.RULES,
    *coverage.RULES,
    *authorization.RULES,
    *dates.RULES,
    *edits.RULES,
    *duplicate.RULES,
    *charge.RULES,
    *filing.RULES,
    *resubmission.RULES,
)

# A void repeats what the payer has: only who sends it and which claim it withdraws must be right.
RULES_FOR_VOIDS: tuple[Rule, ...] = (*provider.RULES, *resubmission.RULES)

# Findings that no person may override: a clearinghouse refuses such a claim, or it cannot be written at all.
BINDING = numbers(
    "PR01 PR02 PR03 PR04 PR05 PR06 PT01 PT02 PT03 PT04 PT05 PT06 PT07 DX01 DX02 DX03 DX04 DP01 DP02 CH01 CH03 CH04 "
    "DT01 MO01 MO03 PS01 RS01 UN01"
)

ROUNDS = 6  # a repair may make room for the next one; none may go on for ever


def scrub(facts: ClaimFacts) -> list[Finding]:
    """Every finding of every rule on one claim, in the order of the rules."""
    rules = RULES_FOR_VOIDS if facts.frequency == Frequency.VOID else RULES
    return [finding for rule in rules for finding in rule(facts)]


def repaired(facts: ClaimFacts) -> tuple[ClaimFacts, list[Finding], list[Finding]]:
    """Apply what may be repaired without asking: the claim after it, the repairs made, the findings left."""
    done: list[Finding] = []
    for _ in range(ROUNDS):
        findings = scrub(facts)
        repair = next((f for f in findings if f.severity == Severity.REPAIR and f.fix), None)
        if repair is None or repair.fix is None:
            return facts, done, findings
        try:
            facts = with_content(facts, applied(content_of(facts), repair.fix, facts.prices))
        except FixDoesNotFit:
            return facts, done, findings
        done.append(repair)
    return facts, done, scrub(facts)

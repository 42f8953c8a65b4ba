"""Edits that need no payer: facts of a visit in, findings out; a rule never raises and never writes.

A coder's workbench runs them on a case in the making and the scrubber on a claim: the same objects, in this order.
"""

from collections.abc import Callable, Iterator

from coding.domain.edits import (
    bundling,
    demographic,
    diagnosis,
    history,
    modifier,
    place,
    pointer,
    repeated,
    units,
)
from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Finding

Rule = Callable[[VisitFacts], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *diagnosis.RULES,
    *demographic.RULES,
    *pointer.RULES,
    *modifier.RULES,
    *bundling.RULES,
    *units.RULES,
    *place.RULES,
    *history.RULES,
    *repeated.RULES,
)


def findings_on(facts: VisitFacts) -> list[Finding]:
    """Every finding of every rule, in the order of the rules."""
    return [finding for rule in RULES for finding in rule(facts)]

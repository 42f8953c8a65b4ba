"""Edits that need no payer: facts of a visit in, findings out; a rule never raises and never writes.

A coder's workbench runs them on a case in the making and the scrubber on a claim: the same objects, in this order.
"""

from collections.abc import Callable, Iterator

from coding.domain.edits import (
    bilateral,
    bundling,
    companions,
    coverage,
    demographic,
    diagnosis,
    global_period,
    history,
    modifier,
    place,
    pointer,
    preventive,
    procedure,
    repeated,
    sequence,
    specificity,
    surgery,
    timed,
    units,
)
from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Finding

Rule = Callable[[VisitFacts], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *diagnosis.RULES,
    *sequence.RULES,
    *companions.RULES,
    *specificity.RULES,
    *demographic.RULES,
    *procedure.RULES,
    *pointer.RULES,
    *modifier.RULES,
    *bilateral.RULES,
    *surgery.RULES,
    *preventive.RULES,
    *bundling.RULES,
    *global_period.RULES,
    *units.RULES,
    *timed.RULES,
    *place.RULES,
    *history.RULES,
    *repeated.RULES,
    *coverage.RULES,
)


def findings_on(facts: VisitFacts) -> list[Finding]:
    """Every finding of every rule, in the order of the rules."""
    return [finding for rule in RULES for finding in rule(facts)]

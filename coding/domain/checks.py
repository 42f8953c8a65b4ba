"""What a coder reads while codes are being entered: every edit, and what keeps a case from being finished."""

from collections.abc import Iterator

from coding.domain.edits import findings_on
from coding.domain.edits.code_numbers import numbers
from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Severity

# No claim can be built without these being right; everything else would hold the claim, and a person may still decide.
KEEPS_FROM_FINISHING = numbers("DX01 DX03 PX01 PX03")
ORDER = (Severity.STOP, Severity.REPAIR, Severity.WARN, Severity.INFO)


def case_findings(facts: VisitFacts) -> list[Finding]:
    """Everything found on these codes: what keeps from finishing first, then what would hold the claim."""
    found = [*no_procedure(facts), *findings_on(facts), *not_loaded(facts)]
    return sorted(found, key=lambda one: (one.code not in KEEPS_FROM_FINISHING, ORDER.index(one.severity)))


def keeps_from_finishing(facts: VisitFacts) -> Finding | None:
    """The first finding that has to be put right before the codes can be fixed."""
    found = (*findings_on(facts), *no_procedure(facts))
    return next((one for one in found if one.code in KEEPS_FROM_FINISHING), None)


def no_procedure(facts: VisitFacts) -> Iterator[Finding]:
    """A claim has at least one service. Source: X12N 837P guide, 2400 LX. On a claim its sums say so."""
    if not facts.lines:
        yield Finding(
            code="PX03",
            family=Family.PROCEDURE,
            severity=Severity.STOP,
            at="claim.lines",
            brief="No procedure",
            says="A claim needs at least one procedure.",
            fix_label="Add a code",
        )


def not_loaded(facts: VisitFacts) -> Iterator[Finding]:
    """Tables that are not loaded are said once, and nothing stops for them. Source: the loaded releases."""
    if facts.tables.not_loaded and facts.lines:
        names = ", ".join(sorted(facts.tables.not_loaded))
        yield Finding(
            code="NL01",
            family=Family.PROCEDURE,
            severity=Severity.INFO,
            at="claim.lines",
            brief="Tables not loaded",
            says=f"Checked by the few built-in rows only: {names}.",
            fix_label="Load them",
        )

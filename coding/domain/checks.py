"""What a coder reads while codes are being entered: every edit, and what keeps a case from being finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coding.domain.codefiles.kinds import KIND_LABELS, ReleaseKind
from coding.domain.edits import findings_on
from coding.domain.edits.code_numbers import numbers
from coding.domain.edits.coverage import MEDICARE
from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Severity

# No claim can be built without these being right; everything else would hold the claim, and a person may still decide.
KEEPS_FROM_FINISHING = numbers("DX01 DX03 DX11 PX01 PX03 PX04")
ORDER = (Severity.STOP, Severity.REPAIR, Severity.WARN, Severity.INFO)


@dataclass(frozen=True, slots=True)
class KnownCode:
    """What the loaded code sets say about a code on the day of service.

    `deleted_on` is the first day it was gone, `use` what came in its place; `begins_on` is the first day of a code
    that does not hold yet.
    """

    is_diagnosis: bool
    billable: bool = True
    wording: str = ""
    deleted_on: date | None = None
    begins_on: date | None = None
    use: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the code may be used on the day."""
        return self.deleted_on is None and self.begins_on is None


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
    kinds = facts.tables.of_few_rows
    if facts.payer_kind != MEDICARE:
        kinds -= {ReleaseKind.COVERAGE}  # binds Medicare alone
    if kinds and facts.lines:
        names = ", ".join(sorted(KIND_LABELS[kind].removesuffix(", practitioner") for kind in kinds))
        yield Finding(
            code="NL01",
            family=Family.PROCEDURE,
            severity=Severity.INFO,
            at="claim.lines",
            brief="Tables not loaded",
            says=f"Not loaded, checked by built-in rows at most: {names}.",
            fix_label="Load them",
        )


def out_of_force(code: str, known: KnownCode) -> tuple[str, str]:
    """Why a code may not be used on the day of service, and what to do."""
    if known.begins_on:
        return (
            f"{code} begins on {known.begins_on:%m/%d/%Y}.",
            "On the day of service it did not hold yet. Replace it.",
        )
    use = f"Use {' or '.join(known.use[:4])}." if known.use else "Look for the code that took its place."
    return f"{code} was deleted on {known.deleted_on:%m/%d/%Y}.", use

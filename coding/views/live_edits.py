"""The edits on the workbench, each with its shape, and with the digit of its one-key fix."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from coding.domain.checks import KEEPS_FROM_FINISHING, case_findings
from coding.domain.codes import CaseCodes
from coding.domain.edits.content import FixDoesNotFit, applied, case_codes, visit_content
from coding.domain.edits.findings import Finding, Severity
from coding.models import CodingCase
from coding.queries import case_facts

CHANGED = "This fix does not fit the codes any more. Look at the edits again."


@dataclass(frozen=True)
class LiveEdit:
    """A finding in its place on the page. `key` is the digit of its one-key fix, 0 when a person must think."""

    finding: Finding
    key: int = 0

    @property
    def shape(self) -> str:
        """Red keeps the case from being finished, amber would hold the claim, a ring only advises."""
        if self.finding.code in KEEPS_FROM_FINISHING:
            return "stop"
        return "you" if self.finding.severity in (Severity.STOP, Severity.REPAIR) else "idle"

    @property
    def lead(self) -> str:
        """The finding in a few words, where its sentence does not begin with them."""
        return "" if self.finding.says.startswith(self.finding.brief) else self.finding.brief

    @property
    def reference(self) -> str:
        """What a button sends to have the fix made."""
        return reference(self.finding)


def reference(finding: Finding) -> str:
    """The name of a finding and its fix among those of one case."""
    return f"{finding.code}@{finding.at}@{finding.fix.value[:20] if finding.fix else ''}"


def live_edits(found: Sequence[Finding]) -> list[LiveEdit]:
    """What asks for something, with digits running down the page for what one key puts right."""
    digits = count(1)
    asking = (finding for finding in found if finding.severity != Severity.INFO)
    return [LiveEdit(finding, next(digits) if finding.fix else 0) for finding in asking]


def told_only(found: Sequence[Finding]) -> list[str]:
    """What is said and asks for nothing: tables that are not loaded."""
    return [finding.says for finding in found if finding.severity == Severity.INFO]


def fixed(case: CodingCase, codes: CaseCodes, asked: str) -> tuple[CaseCodes, str]:
    """The codes after the fix of a finding that the page showed, and why it cannot be made."""
    facts = case_facts(case.practice_id, {case.pk: codes})[case.pk]
    fix = next((one.fix for one in case_findings(facts) if one.fix and reference(one) == asked), None)
    if fix is None:
        return codes, CHANGED
    try:
        made = case_codes(applied(visit_content(facts), fix, facts.prices))
        return replace(made, services=(*made.services, *codes.stay_procedures)), ""
    except FixDoesNotFit as misfit:
        return codes, str(misfit)

"""Preventive services that became something else. Source: CMS Claims Processing Manual, 18, 60; 45 CFR 147.130."""

from collections.abc import Iterator

from coding.domain.codes import MAX_MODIFIERS
from coding.domain.edits.code_numbers import numbers
from coding.domain.edits.coverage import MEDICARE
from coding.domain.edits.facts import LineFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Severity
from coding.domain.edits.telling import on_line, set_modifiers

COLON_SCREENING = "Z12.1"  # screening for malignant neoplasm of the intestine, and all below it
LOOKS = numbers("44388 45330 45378")  # Medicare has G codes for a screening that stays a look
# Scopes of the colon with a biopsy, a removal or another treatment.
TREATMENTS = numbers(
    "44389 44390 44391 44392 44394 44401 44402 44403 44404 44405 44406 44407 44408 45331 45332 45333 45334 45335 45337 "
    "45338 45340 45341 45342 45346 45347 45349 45350 45379 45380 45381 45382 45384 45385 45386 45388 45389 45390 45391 "
    "45392 45393 45398"
)
TURNED, PREVENTIVE = "PT", "33"


def screening_turned(facts: VisitFacts) -> Iterator[Finding]:
    """A colorectal screening that became a procedure says so: PT for Medicare, 33 for others.

    Source: CMS Claims Processing Manual, chapter 18, 60 (PT); CPT appendix A (33). The screening is known by its
    diagnosis. Without the modifier the patient is billed as for any operation.
    """
    if not any(code.startswith(COLON_SCREENING) for code in facts.diagnoses):
        return
    wanted, other = (TURNED, PREVENTIVE) if facts.payer_kind == MEDICARE else (PREVENTIVE, TURNED)
    asked = TREATMENTS if facts.payer_kind == MEDICARE else TREATMENTS | LOOKS
    for line in facts.lines:
        if line.code in asked and wanted not in line.modifiers:
            yield _unsaid(facts, line, wanted, other)


def _unsaid(facts: VisitFacts, line: LineFacts, wanted: str, other: str) -> Finding:
    known = bool(facts.payer_kind)
    kept = tuple(one for one in line.modifiers if one != other)
    fits = known and len(kept) < MAX_MODIFIERS
    who = "Medicare" if wanted == TURNED else "the payer"
    why = f"{who} reads {wanted} for that" if known else "33 says so, for Medicare PT"
    replaced = f", not {other}" if known and other in line.modifiers else ""
    return on_line(
        "MO17",
        Family.MODIFIER,
        line,
        "modifiers",
        f"{line.code} was a screening" + (f": {wanted}" if known else ""),
        f"{line.code} was done at a screening and stays preventive; {why}{replaced}.",
        label=f"{'Put' if replaced else 'Add'} {wanted}" if fits else "Choose 33 or PT",
        fix=set_modifiers(line, (*kept, wanted)) if fits else None,
        severity=Severity.WARN,
    )


RULES = (screening_turned,)

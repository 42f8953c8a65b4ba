"""Whether the plan covers the visit, and whether it pays first. Source: X12N 837P guide, 2000B SBR, 2010BA."""

import re
from collections.abc import Iterator

from claims.domain.facts import ClaimFacts, CoverageFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity

MEDICAID = "medicaid"


def member_id(facts: ClaimFacts) -> Iterator[Finding]:
    """The member id looks the way this payer issues it. Source: payer policy (`member_id_pattern`).

    The fix takes blanks and hyphens out, when what is left has the payer's form.
    """
    given, pattern = facts.coverage.member_id, facts.payer.member_id_pattern
    if given and (not pattern or re.fullmatch(pattern, given)):
        return
    plain = re.sub(r"[^0-9A-Za-z]", "", given).upper()
    fits = bool(plain) and plain != given and bool(re.fullmatch(pattern, plain))
    yield Finding(
        code="EL01",
        family=Family.ELIGIBILITY,
        severity=Severity.STOP,
        at="coverage.member_id",
        brief="Member ID has not the payer’s form" if given else "Member ID is missing",
        says=f"{facts.payer.name} issues member IDs of another form. Compare with the card.",
        fix_label=f"Use {plain}" if fits else "Ask front desk",
        fix=Fix(kind=FixKind.SET_MEMBER_ID, value=plain) if fits else None,
    )


def active(facts: ClaimFacts) -> Iterator[Finding]:
    """The coverage is in force on every service date. Source: payer policy; CARC 26 and 27 answer a breach.

    The fix bills another coverage of the patient that was in force.
    """
    cover = facts.coverage
    if cover.active_on(facts.service_from) and cover.active_on(facts.service_to):
        return
    if cover.effective_to and cover.effective_to < facts.service_to:
        brief = f"Coverage ended {cover.effective_to:%m/%d}, visit {facts.service_to:%m/%d}"
        says = f"The coverage with {facts.payer.name} ended on {cover.effective_to:%m/%d/%Y}, before the visit."
    else:
        brief = f"Coverage starts {cover.effective_from:%m/%d}, visit {facts.service_from:%m/%d}"
        says = f"The coverage with {facts.payer.name} starts on {cover.effective_from:%m/%d/%Y}, after the visit."
    other = next(iter(_active_others(facts)), None)
    yield Finding(
        code="EL02",
        family=Family.ELIGIBILITY,
        severity=Severity.STOP,
        at="coverage.effective",
        brief=brief,
        says=says,
        fix_label="Switch payer" if other else "Check again",
        fix=_switch(other) if other else None,
    )


def payer_order(facts: ClaimFacts) -> Iterator[Finding]:
    """A primary claim goes to the coverage that pays first. Source: 837P guide, SBR01."""
    if facts.payer_order != "P" or not facts.coverage.active_on(facts.service_from):
        return
    others = _active_others(facts)
    first = next((one for one in others if one.rank < facts.coverage.rank), None)
    if first:
        yield _wrong_order("CO01", f"{first.payer.name} is on file as the first payer for this date.", first)
    elif any(one.rank == facts.coverage.rank and one.payer.id != facts.payer.id for one in others):
        yield Finding(
            code="CO02",
            family=Family.COORDINATION,
            severity=Severity.STOP,
            at="coverage.rank",
            brief="Two plans are on file as first",
            says="Two coverages in force on this date have the same rank. Which plan pays first?",
            fix_label="Call patient",
        )


def medicaid_last(facts: ClaimFacts) -> Iterator[Finding]:
    """Medicaid pays after every other plan. Source: 42 CFR 433.138 and 433.139."""
    if facts.payer_order != "P" or facts.payer.kind != MEDICAID:
        return
    other = next((one for one in _active_others(facts) if one.payer.kind != MEDICAID), None)
    if other and other.rank >= facts.coverage.rank:
        yield _wrong_order("CO03", f"Medicaid pays last; {other.payer.name} covers this date too.", other)


def _wrong_order(code: str, says: str, first: CoverageFacts) -> Finding:
    return Finding(
        code=code,
        family=Family.COORDINATION,
        severity=Severity.STOP,
        at="coverage.rank",
        brief="Another plan pays first",
        says=says,
        fix_label="Switch payer",
        fix=_switch(first),
    )


def _active_others(facts: ClaimFacts) -> list[CoverageFacts]:
    return [one for one in facts.coverages if one.id != facts.coverage.id and one.active_on(facts.service_from)]


def _switch(cover: CoverageFacts) -> Fix:
    return Fix(kind=FixKind.SET_COVERAGE, value=str(cover.id))


RULES = (member_id, active, payer_order, medicaid_last)

"""Work on a claim, with what the queue's row shows of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from claims.models import Claim
from claims.operations.history import CLAIM
from coding.domain.edits.findings import Family, Finding
from compliance.models import User
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, close_items, open_items

VISIT = "encounters.encounter"
REGISTRATION_KINDS = (Kind.REGISTRATION_ELIGIBILITY, Kind.REGISTRATION_AUTHORIZATION)
REGISTRATION_STEPS: Mapping[str, str] = {  # by finding; else its own next step
    "EL01": "Correct member ID",
    "EL02": "Check coverage",
    "CO02": "Ask which plan is first",
}


def claim_item(
    claim: Claim,
    *,
    kind: Kind,
    reason: str,
    next_step: str,
    category: str = "",
    clock_date: date | None = None,
    clock_kind: str = "",
) -> NewItem:
    """Work about a claim whose patient and payer were selected with it. The clock is the filing limit by default."""
    return NewItem(
        practice_id=claim.practice_id,
        kind=kind,
        subject_type="claims.claim",
        subject_id=claim.pk,
        reason=reason,
        next_step=next_step,
        category=category,
        amount=claim.charge_amount,
        clock_date=clock_date or claim.filing_deadline,
        clock_kind=clock_kind,
        claim_id=claim.pk,
        patient_id=claim.patient_id,
        patient_name=str(claim.patient),
        payer_name=claim.payer.name,
        service_date=claim.service_from,
    )


def bring_registration_work_up(
    claims: Iterable[tuple[Claim, Sequence[Finding]]],
    *,
    practice_id: int,
    now: datetime,
    outcome: str,
    actor: User | None = None,
) -> None:
    """Open the front desk's work on what stops these claims, and close what stops them no more.

    It is about the visit, whose page has the coverage and the approvals: the front desk sees no claims. One item a
    kind and visit. Three statements for any number of claims.
    """
    items: list[NewItem] = []
    done: dict[Kind, list[int]] = {kind: [] for kind in REGISTRATION_KINDS}
    for claim, findings in claims:
        asked = {_registration_kind(each): each for each in reversed(findings) if each.for_front_desk}
        items += [_registration_item(claim, kind, finding) for kind, finding in asked.items()]
        for kind in REGISTRATION_KINDS:
            if kind not in asked:
                done[kind].append(claim.encounter_id)
    open_items(items=items, now=now)
    for kind, visits in done.items():
        close_registration_work(practice_id, visits, kinds=[kind], outcome=outcome, now=now, actor=actor)


def close_registration_work(
    practice_id: int,
    visit_ids: Sequence[int],
    *,
    outcome: str,
    now: datetime,
    actor: User | None = None,
    kinds: Sequence[Kind] = REGISTRATION_KINDS,
) -> None:
    """Nothing is left to ask at the front desk about these visits."""
    close_items(
        practice_id=practice_id,
        kinds=kinds,
        subject_type=VISIT,
        subject_ids=visit_ids,
        outcome=outcome,
        now=now,
        actor=actor,
    )


def _registration_kind(finding: Finding) -> Kind:
    asks_payer = finding.family == Family.AUTHORIZATION
    return Kind.REGISTRATION_AUTHORIZATION if asks_payer else Kind.REGISTRATION_ELIGIBILITY


def _registration_item(claim: Claim, kind: Kind, finding: Finding) -> NewItem:
    item = work_on(
        claim,
        kind=kind,
        reason=finding.brief,
        next_step=REGISTRATION_STEPS.get(finding.code, finding.fix_label),
        category=finding.family.value,
    )
    return replace(item, subject_type=VISIT, subject_id=claim.encounter_id)


def work_on(
    claim: Claim, *, kind: Kind, reason: str, next_step: str, category: str, has_fix: bool = False, state: str = ""
) -> NewItem:
    """Work about a claim that the payer doesn't have yet: its charge is at stake, its clock is the filing limit."""
    return NewItem(
        practice_id=claim.practice_id,
        kind=kind,
        subject_type=CLAIM,
        subject_id=claim.pk,
        reason=reason,
        next_step=next_step,
        has_fix=has_fix,
        category=category,
        state=state,
        amount=claim.charge_amount,
        clock_date=claim.filing_deadline,
        claim_id=claim.pk,
        patient_id=claim.patient_id,
        patient_name=str(claim.patient),
        payer_name=claim.payer.name,
        service_date=claim.service_from,
    )

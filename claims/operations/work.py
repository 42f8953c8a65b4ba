"""Work on a claim, with what the queue's row shows of it."""

from datetime import date

from claims.models import Claim
from worklist.domain.kinds import Kind
from worklist.operations import NewItem


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

"""What an appeal letter is written from."""

from collections.abc import Sequence
from datetime import date, timedelta

from claims.models import Claim
from compliance.models import Practice
from denials.domain.categories import Category
from denials.domain.letter import DeniedService, LetterFacts
from denials.models import Denial


def letter_facts(claim: Claim, denials: Sequence[Denial], *, level: int, signed_by: str, today: date) -> LetterFacts:
    """The facts of a claim (with its parties selected) and of the denials that the letter is against."""
    practice, patient = claim.practice, claim.patient
    filed = claim.accepted_at or claim.first_submitted_at
    limit = claim.service_to + timedelta(days=claim.payer.filing_days)
    return LetterFacts(
        practice_name=practice.name,
        practice_npi=practice.npi,
        practice_tax_id=practice.tax_id,
        practice_phone=practice.phone,
        payer_name=claim.payer.name,
        payer_kind=claim.payer.kind,
        level=level,
        claim_number=claim.number,
        payer_control_number=claim.payer_control_number,
        patient_name=f"{patient.first_name} {patient.last_name}",
        birth_date=patient.birth_date,
        member_id=claim.coverage.member_id,
        service_date=claim.service_from,
        rendering=f"{claim.rendering.first_name} {claim.rendering.last_name} {claim.rendering.credential}".strip(),
        diagnoses=tuple(claim.diagnoses),
        authorization=claim.authorization_number,
        decided_on=max(each.decided_on for each in denials),
        remitted_on=max(each.remit_claim.remit.paid_date for each in denials),
        filed_on=filed.date() if filed else None,
        filed_in_time=filed is not None and filed.date() <= limit,
        denied=tuple(_service(each) for each in denials),
        note=claim.encounter.note,
        signed_by=signed_by,
        written_on=today,
    )


def _service(denial: Denial) -> DeniedService:
    line = denial.claim_line
    return DeniedService(
        line_number=denial.line_number,
        code=line.code if line else "",
        modifiers=tuple(line.modifiers) if line else (),
        amount=denial.amount,
        group=denial.group,
        carc=denial.carc,
        remarks=tuple(denial.remarks),
        category=Category(denial.category),
    )


def letterhead_address(practice: Practice) -> tuple[str, ...]:
    """The practice's address, tax id and NPI as its letters show them."""
    zip_code = practice.zip_code[:5] + (f"-{practice.zip_code[5:]}" if practice.zip_code[5:] else "")
    place = f"{practice.city}, {practice.state} {zip_code}".strip(" ,")
    return (practice.street, place, f"Tax ID {practice.tax_id}", f"NPI {practice.npi}")

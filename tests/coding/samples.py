"""Cases that wait for a coder, with their place in the queue."""

from datetime import date, timedelta
from typing import Any

from coding.domain.status import CaseStatus
from coding.models import CodeSystem, CodingCase
from compliance.models import Practice
from tests import builders
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, open_items

WORDINGS = {"20610": "Injection, major joint", "99213": "Office visit, established, low"}
NOTE = """Reason for visit
Right knee pain; blood pressure check.

History
60-year-old woman with hypertension on lisinopril. Knee pain 6/10, no injury.

Exam
BP 138/84. Right knee: medial tenderness, crepitus.

Assessment and plan
1. Primary osteoarthritis, right knee. Injected after consent and sterile prep.
2. Essential hypertension, near goal; continue lisinopril."""


def load_samples() -> None:
    """The codes of tests/builders.py with words to search for."""
    for system in (CodeSystem.CPT, CodeSystem.HCPCS):
        of_system = [code for code in builders.CHARGES if code[0].isalpha() == (system == CodeSystem.HCPCS)]
        builders.add_codes(
            system, {code: WORDINGS.get(code, f"Service {code}") for code in of_system}, kind="procedure"
        )
    builders.add_codes(CodeSystem.ICD10CM, builders.DIAGNOSES)


def waiting_case(practice: Practice, **fields: Any) -> CodingCase:
    """An open case without codes, and the work item that its stage opens with it."""
    fields = {"diagnoses": (), "procedures": (), "status": CaseStatus.OPEN} | fields
    case = builders.a_case(practice, **fields)
    visit = case.encounter
    open_items(
        items=[
            NewItem(
                practice_id=practice.pk,
                kind=Kind.CODING_CASE,
                subject_type="coding.codingcase",
                subject_id=case.pk,
                reason=visit.reason,
                next_step="Code the visit",
                category=visit.provider.specialty,
                clock_date=date(2026, 4, 30) + timedelta(days=case.pk % 5),
                patient_id=visit.patient_id,
                patient_name=str(visit.patient),
                payer_name="Harbor Mutual",
                service_date=visit.service_date,
            )
        ],
        now=builders.NOW,
    )
    return case

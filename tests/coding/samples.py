"""Cases that wait for a coder, with their place in the queue."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from coding.domain.codes import CaseCodes
from coding.domain.status import CaseStatus
from coding.models import CodeSystem, CodingCase
from coding.operations import propose_codes
from coding.suggestion.facts import Span, Suggested, Suggestions
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


def evidence(note: str, *words: str) -> tuple[Span, ...]:
    """Where these words stand in a note. Raises ValueError for words that it does not have."""
    return tuple(Span(at := note.index(text), at + len(text)) for text in words)


def sample_suggestions(note: str = NOTE) -> Suggestions:
    """What an engine may find in NOTE: two sure diagnoses, an unsure one, two services, and one thing denied."""
    return Suggestions(
        diagnoses=(
            Suggested(
                system="icd10cm",
                code="M17.11",
                confidence=98,
                spans=evidence(note, "Primary osteoarthritis, right knee", "medial tenderness, crepitus"),
                reason="The assessment names the arthritis, its kind and its side.",
            ),
            Suggested(
                system="icd10cm",
                code="I10",
                confidence=94,
                spans=evidence(note, "Essential hypertension"),
                reason="The assessment names it.",
            ),
            Suggested(
                system="icd10cm",
                code="E11.9",
                confidence=62,
                spans=(),
                reason="Nothing but a treatment points at it.",
            ),
        ),
        procedures=(
            Suggested(
                system="cpt",
                code="99213",
                confidence=88,
                spans=evidence(note, "continue lisinopril"),
                reason="Two problems, one prescription continued: low to moderate.",
                pointers=(2, 1),
            ),
            Suggested(
                system="cpt",
                code="20610",
                confidence=97,
                spans=evidence(note, "Injected after consent"),
                reason="A major joint was injected.",
                modifiers=("RT",),
                pointers=(1,),
            ),
        ),
        withheld=(
            Suggested(
                system="icd10cm",
                code="J02.0",
                confidence=90,
                spans=evidence(note, "no injury"),
                reason="The note denies it.",
            ),
        ),
    )


def suggested_case(practice: Practice, **fields: Any) -> CodingCase:
    """A waiting case filled with `sample_suggestions`."""
    case = waiting_case(practice, **({"note": NOTE} | fields))
    propose_codes(found={case.pk: sample_suggestions()}, engine_version="test", learned_version=None, now=builders.NOW)
    return CodingCase.objects.get(pk=case.pk)


def pointed(codes: CaseCodes, position: int, *pointers: int) -> CaseCodes:
    """The codes with the service at a position (from 1) pointing elsewhere."""
    services = list(codes.services)
    services[position - 1] = replace(services[position - 1], pointers=pointers)
    return CaseCodes(codes.diagnoses, tuple(services))

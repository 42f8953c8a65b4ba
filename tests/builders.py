"""Small, sound rows for tests: each builder makes what it needs, and takes overrides by name.

Call them inside `practice_scope(practice.pk)`.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from coding.domain.status import CaseStatus
from coding.models import CaseDiagnosis, CaseProcedure, Code, CodeSystem, CodingCase, Release, ReleaseKind
from compliance.models import Practice
from encounters.domain.status import EncounterStatus
from encounters.models import (
    Authorization,
    Coverage,
    Encounter,
    Fee,
    FeeSchedule,
    Location,
    Patient,
    Payer,
    Provider,
)

NOW = datetime(2026, 5, 4, 14, tzinfo=UTC)
DAY = date(2026, 4, 27)
CHARGES = {"99213": "168.00", "99214": "242.00", "20610": "168.00", "J3301": "19.00", "87880": "34.00"}
CONTRACT = {"99213": "92.40", "99214": "138.20", "20610": "82.46", "J3301": "2.85", "87880": "16.10"}
DIAGNOSES = {
    "M17.11": "Unilateral primary osteoarthritis, right knee",
    "E11.9": "Type 2 diabetes mellitus without complications",
    "I10": "Essential (primary) hypertension",
    "J02.0": "Streptococcal pharyngitis",
}
_serial = count(1)


def prices(practice: Practice, name: str = "Charges", table: dict[str, str] | None = None) -> FeeSchedule:
    """A fee schedule; named "Charges" it is the practice's own."""
    schedule, made = FeeSchedule.objects.get_or_create(
        practice=practice, name=name, defaults={"effective_from": date(2025, 1, 1)}
    )
    if made:
        Fee.objects.bulk_create(
            Fee(practice=practice, schedule=schedule, code=code, amount=Decimal(amount))
            for code, amount in (table or CHARGES).items()
        )
    return schedule


def a_release(kind: ReleaseKind, *, name: str = "FY2026", effective_from: date = date(2025, 10, 1)) -> Release:
    """A release of a code set without rows."""
    values = {"effective_from": effective_from, "source": "test", "sha256": f"{kind} {name}", "loaded_at": NOW}
    return Release.objects.get_or_create(kind=kind, name=name, defaults=values)[0]


def add_codes(system: CodeSystem, wordings: Mapping[str, str], release: Release | None = None, **fields: Any) -> None:
    """Codes of one system in a release, by default the one that tests use; those that are there stay."""
    release = release or a_release(ReleaseKind(system.value))
    rows = [Code(release=release, system=system, code=code, wording=says, **fields) for code, says in wordings.items()]
    Code.objects.bulk_create(rows, ignore_conflicts=True)


def codes() -> None:
    """The few codes that tests use, as loaded code sets."""
    add_codes(CodeSystem.ICD10CM, DIAGNOSES)
    add_codes(CodeSystem.HCPCS, {c: f"Service {c}" for c in CHARGES if c[0].isalpha()})
    add_codes(CodeSystem.CPT, {c: f"Service {c}" for c in CHARGES if not c[0].isalpha()})


def a_payer(practice: Practice, **fields: Any) -> Payer:
    values: dict[str, Any] = {
        "payer_id": "HM001",
        "name": "Harbor Mutual",
        "kind": "commercial",
        "filing_indicator": "CI",
        "filing_days": 180,
        "correction_days": 90,
        "appeal_days": 180,
        "silence_days": 30,
        "poll_days": 7,
        "member_id_pattern": "",
    } | fields
    found = Payer.objects.filter(practice=practice, payer_id=values["payer_id"]).first()
    if found:
        return found
    values.setdefault("contract", prices(practice, f"{values['payer_id']} contract", CONTRACT))
    return Payer.objects.create(practice=practice, **values)


def a_provider(practice: Practice, **fields: Any) -> Provider:
    values: dict[str, Any] = {
        "npi": "1730458811",
        "last_name": "Lindqvist",
        "first_name": "Anna",
        "credential": "MD",
        "taxonomy": "207Q00000X",
        "specialty": "Family medicine",
    } | fields
    return Provider.objects.get_or_create(practice=practice, npi=values["npi"], defaults=values)[0]


def a_location(practice: Practice, **fields: Any) -> Location:
    values: dict[str, Any] = {
        "name": "Lakeshore office",
        "place_of_service": "11",
        "street": "12 Shore Rd",
        "city": "Lakeshore",
        "state": "OH",
        "zip_code": "441071234",
    } | fields
    return Location.objects.get_or_create(practice=practice, name=values["name"], defaults=values)[0]


def a_patient(practice: Practice, **fields: Any) -> Patient:
    number = next(_serial)
    values: dict[str, Any] = {
        "mrn": f"M{number:06d}",
        "last_name": "Okafor",
        "first_name": "Denise",
        "birth_date": date(1968, 4, 17),
        "sex": "F",
        "street": "4 Elm St",
        "city": "Lakeshore",
        "state": "OH",
        "zip_code": "44107",
    } | fields
    return Patient.objects.create(practice=practice, **values)


def a_coverage(patient: Patient, payer: Payer | None = None, **fields: Any) -> Coverage:
    values: dict[str, Any] = {
        "member_id": f"HMX{next(_serial):09d}",
        "effective_from": date(2025, 1, 1),
    } | fields
    return Coverage.objects.create(
        practice=patient.practice, patient=patient, payer=payer or a_payer(patient.practice), **values
    )


def an_authorization(patient: Patient, payer: Payer, codes: Sequence[str], **fields: Any) -> Authorization:
    values: dict[str, Any] = {
        "number": f"AU{next(_serial):05d}",
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
    } | fields
    return Authorization.objects.create(
        practice=patient.practice, patient=patient, payer=payer, codes=list(codes), **values
    )


def a_visit(practice: Practice, *, payer: Payer | None = None, covered: bool = True, **fields: Any) -> Encounter:
    """A signed visit of a covered patient."""
    patient = fields.pop("patient", None) or a_patient(practice)
    if covered and not patient.coverages.exists():
        a_coverage(patient, payer or a_payer(practice))
    values: dict[str, Any] = {
        "external_id": f"V{next(_serial):06d}",
        "patient": patient,
        "provider": a_provider(practice),
        "location": a_location(practice),
        "service_date": DAY,
        "reason": "Right knee pain",
        "note": "Assessment and plan\n1. Primary osteoarthritis, right knee.",
        "status": EncounterStatus.CLOSED,
        "created_at": NOW,
        "closed_at": NOW,
    } | fields
    return Encounter.objects.create(practice=practice, **values)


def a_case(
    practice: Practice,
    *,
    visit: Encounter | None = None,
    diagnoses: Sequence[str] = ("M17.11",),
    procedures: Sequence[tuple[Any, ...]] = (("99213",),),
    status: CaseStatus = CaseStatus.FINALIZED,
    **fields: Any,
) -> CodingCase:
    """A coded visit. A procedure is (code, modifiers, units, pointers), the later ones optional."""
    codes()
    prices(practice)
    case = CodingCase.objects.create(
        practice=practice,
        encounter=visit or a_visit(practice, **fields),
        status=status,
        opened_at=NOW,
        finalized_at=NOW if status != CaseStatus.OPEN else None,
    )
    CaseDiagnosis.objects.bulk_create(
        CaseDiagnosis(practice=practice, case=case, position=n, code=code) for n, code in enumerate(diagnoses, 1)
    )
    CaseProcedure.objects.bulk_create(
        CaseProcedure(
            practice=practice,
            case=case,
            position=n,
            code=row[0],
            modifiers=list(row[1]) if len(row) > 1 else [],
            units=row[2] if len(row) > 2 else 1,
            pointers=list(row[3]) if len(row) > 3 else [1],
        )
        for n, row in enumerate(procedures, 1)
    )
    return case

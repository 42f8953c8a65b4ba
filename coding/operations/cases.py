"""Coding a visit: put codes on a case, finish it, open it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from coding.domain.status import CaseStatus, can_move
from coding.models import CaseDiagnosis, CaseProcedure, Code, CodeSystem, CodingCase
from compliance.models import User
from compliance.operations import record_event
from worklist.domain.kinds import Kind
from worklist.nudge import nudge
from worklist.operations import close_items

MAX_DIAGNOSES = 12  # HI of an 837P
MAX_LINES = 50  # LX of an 837P
MAX_POINTERS = 4  # SV107


class CannotCode(Exception):
    """The case is not open, or the codes cannot stand on a claim."""


class ChangedMeanwhile(Exception):
    """Another person saved this case since it was read; nothing of this save was kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """A procedure as the coder enters it; pointers are diagnosis positions from 1."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    pointers: tuple[int, ...] = ()


@transaction.atomic
def save_codes(
    *,
    case_id: int,
    diagnoses: Sequence[str],
    services: Sequence[Service],
    actor: User | None,
    now: datetime,
    revision: int | None = None,
) -> CodingCase:
    """Replace the codes of an open case.

    `revision` is the one the page was drawn from; None skips the check. Raises CannotCode for a case
    that is not open, too many codes or a pointer beyond the list, and ChangedMeanwhile when somebody
    else saved first.
    """
    case = _open_case(case_id)
    if revision is not None and revision != case.revision:
        raise ChangedMeanwhile("Somebody else changed this case. Reload to see both, then make your change again.")
    _refuse_what_no_claim_can_carry(diagnoses, services)
    case.diagnoses.all().delete()
    case.procedures.all().delete()
    CaseDiagnosis.objects.bulk_create(
        CaseDiagnosis(practice_id=case.practice_id, case=case, position=n, code=code)
        for n, code in enumerate(diagnoses, 1)
    )
    CaseProcedure.objects.bulk_create(
        CaseProcedure(
            practice_id=case.practice_id,
            case=case,
            position=n,
            code=service.code,
            modifiers=list(service.modifiers),
            units=service.units,
            pointers=list(service.pointers),
        )
        for n, service in enumerate(services, 1)
    )
    case.revision += 1
    case.coder = actor
    case.save(update_fields=["revision", "coder"])
    record_event(
        actor=actor,
        now=now,
        verb="case.coded",
        subject=case,
        patient_id=case.encounter.patient_id,
        detail={"diagnoses": list(diagnoses), "procedures": [service.code for service in services]},
    )
    return case


@transaction.atomic
def finalize_case(*, case_id: int, actor: User, now: datetime, revision: int | None = None) -> CodingCase:
    """Fix a case's codes, so that its claim is built. Raises CannotCode when something essential is missing."""
    case = _open_case(case_id)
    if revision is not None and revision != case.revision:
        raise ChangedMeanwhile("Somebody else changed this case. Look at the codes again before you finish.")
    diagnoses = [row.code for row in case.diagnoses.all()]
    procedures = list(case.procedures.all())
    if not diagnoses or not procedures:
        raise CannotCode("A claim needs at least one diagnosis and one procedure. Add what is missing.")
    if unknown := unknown_codes(diagnoses, [row.code for row in procedures]):
        raise CannotCode(f"{unknown[0]} is in none of the loaded code sets. Correct it, or load the code set.")
    case.status, case.finalized_at, case.coder = CaseStatus.FINALIZED, now, actor
    case.save(update_fields=["status", "finalized_at", "coder"])
    close_items(
        practice_id=case.practice_id,
        kinds=[Kind.CODING_CASE],
        subject_type="coding.codingcase",
        subject_ids=[case.pk],
        outcome="Coded",
        now=now,
        actor=actor,
    )
    record_event(actor=actor, now=now, verb="case.finalized", subject=case, patient_id=case.encounter.patient_id)
    nudge("build_claims")
    return case


def unknown_codes(diagnoses: Sequence[str], procedures: Sequence[str]) -> list[str]:
    """The codes that no loaded code set has, in one query."""
    known = set(Code.objects.filter(code__in=[*diagnoses, *procedures]).values_list("code", "system"))
    return [code for code in diagnoses if (code, CodeSystem.ICD10CM) not in known] + [
        code for code in procedures if not {(code, CodeSystem.CPT), (code, CodeSystem.HCPCS)} & known
    ]


def _open_case(case_id: int) -> CodingCase:
    case = CodingCase.objects.select_for_update(of=("self",)).select_related("encounter").get(pk=case_id)
    if not can_move(case.status, CaseStatus.FINALIZED):
        raise CannotCode(f"This case is {case.get_status_display().lower()}; its codes are fixed.")
    return case


def _refuse_what_no_claim_can_carry(diagnoses: Sequence[str], services: Sequence[Service]) -> None:
    if len(diagnoses) > MAX_DIAGNOSES:
        raise CannotCode(f"A claim carries {MAX_DIAGNOSES} diagnoses. Drop {len(diagnoses) - MAX_DIAGNOSES}.")
    if len(services) > MAX_LINES:
        raise CannotCode(f"A claim carries {MAX_LINES} lines. Drop {len(services) - MAX_LINES}.")
    for number, service in enumerate(services, 1):
        if len(service.pointers) > MAX_POINTERS:
            raise CannotCode(f"Line {number} points at more than {MAX_POINTERS} diagnoses. Keep the first four.")
        if any(not 1 <= pointer <= len(diagnoses) for pointer in service.pointers):
            raise CannotCode(f"Line {number} points at a diagnosis that is not on the list.")
        if not 1 <= service.units <= 999:
            raise CannotCode(f"Line {number} needs between 1 and 999 units.")

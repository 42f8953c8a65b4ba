"""Coding a visit: put codes on a case, and finish it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from coding.domain.checks import STOP, checks
from coding.domain.codes import CaseCodes, Service, beyond_any_claim
from coding.domain.status import CaseStatus, can_move
from coding.models import CaseDiagnosis, CaseProcedure, CodingCase
from coding.queries import codes_of, known_codes
from compliance.models import User
from compliance.operations import record_event
from worklist.domain.kinds import Kind
from worklist.nudge import nudge
from worklist.operations import close_items


class CannotCode(Exception):
    """The case is not open, or the codes cannot stand on a claim."""


class ChangedMeanwhile(Exception):
    """Another person saved this case since it was read; nothing of this save was kept."""


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
    """Replace the codes of an open case; the codes that it has already change nothing.

    `revision` is the one the page was drawn from; None skips the check. Raises CannotCode for a case
    that is not open, too many codes or a pointer beyond the list, and ChangedMeanwhile when somebody
    else saved first.
    """
    case = _open_case(case_id)
    codes = CaseCodes(tuple(diagnoses), tuple(services))
    if codes == codes_of(case):
        return case
    if revision is not None and revision != case.revision:
        raise ChangedMeanwhile("Somebody else changed this case. Reload to see both, then make your change again.")
    if refusal := beyond_any_claim(codes):
        raise CannotCode(refusal)
    _replace_rows(case, codes)
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


def _replace_rows(case: CodingCase, codes: CaseCodes) -> None:
    case.diagnoses.all().delete()
    case.procedures.all().delete()
    CaseDiagnosis.objects.bulk_create(
        CaseDiagnosis(practice_id=case.practice_id, case=case, position=n, code=code)
        for n, code in enumerate(codes.diagnoses, 1)
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
        for n, service in enumerate(codes.services, 1)
    )


@transaction.atomic
def finalize_case(*, case_id: int, actor: User, now: datetime, revision: int | None = None) -> CodingCase:
    """Fix a case's codes, so that its claim is built.

    Raises CannotCode when something essential is missing, and ChangedMeanwhile when `revision` is not
    the one that stands.
    """
    case = _open_case(case_id)
    if revision is not None and revision != case.revision:
        raise ChangedMeanwhile("Somebody else changed this case. Look at the codes again before you finish.")
    codes = codes_of(case)
    for check in checks(codes, known_codes(codes)):
        if check.shape == STOP:
            raise CannotCode(f"{check.lead} {check.says}")
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


def _open_case(case_id: int) -> CodingCase:
    case = CodingCase.objects.select_for_update(of=("self",)).select_related("encounter").get(pk=case_id)
    if not can_move(case.status, CaseStatus.FINALIZED):
        raise CannotCode(f"This case is {case.get_status_display().lower()}; its codes are fixed.")
    return case

"""Coding a visit: put codes on a case, and finish it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from coding.domain.checks import keeps_from_finishing
from coding.domain.codes import CaseCodes, Service, beyond_any_claim
from coding.domain.edits.facts import CaseFacts
from coding.domain.status import CaseStatus, can_move
from coding.models import CaseDiagnosis, CaseProcedure, CodingCase
from coding.operations.provider_queries import settle_queries
from coding.queries import CODING_WORK, case_facts, codes_of, waiting_for_provider
from compliance.models import User
from compliance.operations import Event, record_events
from worklist.nudge import nudge
from worklist.operations import close_items


class CannotCode(Exception):
    """The case is not open, or the codes cannot stand on a claim."""


class ChangedMeanwhile(Exception):
    """Another person saved this case since it was read; nothing of this save was kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Coding:
    """The codes that a case shall have. `revision` is the one they were drawn from; None skips the check."""

    case_id: int
    codes: CaseCodes
    revision: int | None = None


@dataclass(slots=True)
class Outcome:
    """What became of each case: brought up to date, or refused for a reason, and left as it was."""

    cases: dict[int, CodingCase] = field(default_factory=dict)
    refused: dict[int, CannotCode | ChangedMeanwhile] = field(default_factory=dict)

    def of(self, case_id: int) -> CodingCase:
        """The case itself. Raises why it was refused."""
        if case_id in self.refused:
            raise self.refused[case_id]
        return self.cases[case_id]


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
    coding = Coding(case_id=case_id, codes=CaseCodes(tuple(diagnoses), tuple(services)), revision=revision)
    return code_cases(codings=[coding], actor=actor, now=now).of(case_id)


@transaction.atomic
def code_cases(*, codings: Sequence[Coding], actor: User | None, now: datetime) -> Outcome:
    """Replace the codes of cases as `save_codes` does, in a fixed number of statements for any number of them."""
    outcome = Outcome()
    wanted = {coding.case_id: coding for coding in codings}
    changed: list[tuple[CodingCase, CaseCodes]] = []
    for case in _open_cases(wanted, outcome):
        codes, revision = wanted[case.pk].codes, wanted[case.pk].revision
        outcome.cases[case.pk] = case
        if codes == codes_of(case):
            continue
        if revision is not None and revision != case.revision:
            outcome.refused[case.pk] = ChangedMeanwhile(
                "Somebody else changed this case. Reload to see both, then make your change again."
            )
        elif refusal := beyond_any_claim(codes):
            outcome.refused[case.pk] = CannotCode(refusal)
        else:
            changed.append((case, codes))
    if changed:
        _store(changed, actor, now)
    return outcome


def _store(changed: Sequence[tuple[CodingCase, CaseCodes]], actor: User | None, now: datetime) -> None:
    _replace_rows(changed)
    CodingCase.objects.filter(pk__in=[case.pk for case, _ in changed]).update(revision=F("revision") + 1, coder=actor)
    for case, _ in changed:
        case.revision, case.coder = case.revision + 1, actor
    record_events(
        actor=actor,
        now=now,
        events=[
            Event.about(
                case,
                "case.coded",
                patient_id=case.encounter.patient_id,
                detail={
                    "diagnoses": list(codes.diagnoses),
                    "procedures": [service.code for service in codes.services],
                },
            )
            for case, codes in changed
        ],
    )


def _replace_rows(changed: Sequence[tuple[CodingCase, CaseCodes]]) -> None:
    ids = [case.pk for case, _ in changed]
    CaseDiagnosis.objects.filter(case_id__in=ids).delete()
    CaseProcedure.objects.filter(case_id__in=ids).delete()
    CaseDiagnosis.objects.bulk_create(
        CaseDiagnosis(practice_id=case.practice_id, case_id=case.pk, position=n, code=code)
        for case, codes in changed
        for n, code in enumerate(codes.diagnoses, 1)
    )
    CaseProcedure.objects.bulk_create(
        CaseProcedure(
            practice_id=case.practice_id,
            case_id=case.pk,
            position=n,
            code=service.code,
            modifiers=list(service.modifiers),
            units=service.units,
            pointers=list(service.pointers),
        )
        for case, codes in changed
        for n, service in enumerate(codes.services, 1)
    )


def finalize_case(
    *, case_id: int, actor: User, now: datetime, revision: int | None = None, unanswered: str = ""
) -> CodingCase:
    """Fix a case's codes, so that its claim is built.

    `unanswered` says why it is finished although a provider has not answered yet; the question is then withdrawn
    for that reason. Raises CannotCode when something essential is missing, and ChangedMeanwhile when `revision`
    is not the one that stands.
    """
    return finalize_cases(revisions={case_id: revision}, actor=actor, now=now, unanswered=unanswered).of(case_id)


@transaction.atomic
def finalize_cases(*, revisions: Mapping[int, int | None], actor: User, now: datetime, unanswered: str = "") -> Outcome:
    """Fix the codes of cases as `finalize_case` does, in a fixed number of statements for any number of them.

    `revisions` names the cases, each with the revision that was seen; None skips the check.
    """
    outcome = Outcome()
    cases = _open_cases(revisions, outcome)
    facts = _facts(cases)
    waiting = set() if unanswered.strip() else waiting_for_provider([case.pk for case in cases])
    for case in cases:
        stop = keeps_from_finishing(facts[case.pk])
        if revisions[case.pk] not in (None, case.revision):
            outcome.refused[case.pk] = ChangedMeanwhile(
                "Somebody else changed this case. Look at the codes again before you finish."
            )
        elif case.pk in waiting:
            outcome.refused[case.pk] = CannotCode(
                "The provider has not answered yet. Wait for the answer, or say why you finish without it."
            )
        elif stop:
            outcome.refused[case.pk] = CannotCode(f"{stop.brief}. {stop.says}")
        else:
            outcome.cases[case.pk] = case
    if outcome.cases:
        settle_queries(case_ids=list(outcome.cases), reason=unanswered, actor=actor, now=now)
        _finalize(outcome.cases, actor, now)
    return outcome


def _facts(cases: Sequence[CodingCase]) -> dict[int, CaseFacts]:
    found: dict[int, CaseFacts] = {}
    for practice_id in {case.practice_id for case in cases}:
        found |= case_facts(practice_id, {case.pk: codes_of(case) for case in cases if case.practice_id == practice_id})
    return found


def _finalize(cases: Mapping[int, CodingCase], actor: User, now: datetime) -> None:
    for case in cases.values():
        case.status, case.finalized_at, case.coder = CaseStatus.FINALIZED, now, actor
    CodingCase.objects.filter(pk__in=cases).update(status=CaseStatus.FINALIZED, finalized_at=now, coder=actor)
    for practice_id in {case.practice_id for case in cases.values()}:
        close_items(
            practice_id=practice_id,
            kinds=CODING_WORK,
            subject_type="coding.codingcase",
            subject_ids=[case.pk for case in cases.values() if case.practice_id == practice_id],
            outcome="Coded",
            now=now,
            actor=actor,
        )
    record_events(
        actor=actor,
        now=now,
        events=[Event.about(case, "case.finalized", patient_id=case.encounter.patient_id) for case in cases.values()],
    )
    nudge("build_claims")
    nudge("draw_audits")


def _open_cases(case_ids: Collection[int], outcome: Outcome) -> list[CodingCase]:
    """Lock cases with the codes they have; those whose codes are fixed are refused."""
    rows = list(
        CodingCase.objects.select_for_update(of=("self",))
        .filter(pk__in=case_ids)
        .select_related("encounter")
        .prefetch_related("diagnoses", "procedures")
        .order_by("pk")
    )
    if len(rows) < len(case_ids):
        raise CodingCase.DoesNotExist
    for case in rows:
        if not can_move(case.status, CaseStatus.FINALIZED):
            outcome.refused[case.pk] = CannotCode(
                f"This case is {case.get_status_display().lower()}; its codes are fixed."
            )
    return [case for case in rows if case.pk not in outcome.refused]

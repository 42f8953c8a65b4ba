"""Coding a visit: put codes on a case, and finish it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from coding.domain.checks import keeps_from_finishing
from coding.domain.codes import CaseCodes, Service, beyond_any_claim, from_data
from coding.domain.edits.facts import CaseFacts
from coding.domain.merging import merge
from coding.domain.status import UNDO_FOR, CaseStatus, can_move
from coding.domain.suggestions import undecided, verdicts
from coding.models import CaseVersion, CodingCase
from coding.operations.change import Change, decide, store
from coding.operations.outcome import CannotCode, ChangedMeanwhile, Coding, Outcome, Together
from coding.operations.provider_queries import settle_queries
from coding.queries import CODING_WORK, case_facts, codes_of, proposals_of, waiting_for_provider
from compliance.models import User
from compliance.operations import Event, record_events
from worklist.nudge import nudge
from worklist.operations import close_items


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
    cases = locked(wanted, outcome)
    since = _versions_since({case: wanted[case.pk].revision for case in cases if _is_stale(case, wanted[case.pk])})
    changes = []
    for case in cases:
        coding, outcome.cases[case.pk] = wanted[case.pk], case
        codes = _with_theirs(case, coding, since, outcome).in_order()
        if case.pk in outcome.refused:
            continue
        said = verdicts(proposals_of(case), codes, coding.accepted)
        change = Change(case, codes, said, case.revision)
        if not change.does_something:
            continue
        if refusal := beyond_any_claim(codes) or _of_stays_only(case, codes):
            outcome.refused[case.pk] = CannotCode(refusal)
        else:
            changes.append(change)
    if changes:
        store(changes, actor, now)
    return outcome


def _of_stays_only(case: CodingCase, codes: CaseCodes) -> str:
    if not codes.stay_procedures or case.encounter.is_stay:
        return ""
    return f"{codes.stay_procedures[0].code} is of ICD-10-PCS, which codes inpatient stays only. Take it off."


def _is_stale(case: CodingCase, coding: Coding) -> bool:
    return coding.revision not in (None, case.revision) and coding.codes != codes_of(case)


def _versions_since(stale: Mapping[CodingCase, int | None]) -> dict[int, dict[int, CaseVersion]]:
    """The versions of these cases by case and revision; asks nothing when there are none."""
    found: dict[int, dict[int, CaseVersion]] = {case.pk: {} for case in stale}
    if stale:
        rows = CaseVersion.objects.filter(case__in=stale, revision__gte=min(r or 0 for r in stale.values()))
        for version in rows.select_related("by").order_by("revision"):
            found[version.case_id][version.revision] = version
    return found


def _with_theirs(
    case: CodingCase, coding: Coding, since: Mapping[int, Mapping[int, CaseVersion]], outcome: Outcome
) -> CaseCodes:
    """The codes to save, merged with what was saved meanwhile; or why not, in `outcome`."""
    if case.pk not in since:
        return coding.codes
    versions = since[case.pk]
    base = versions.get(coding.revision or 0)
    if base is None or not coding.merge:
        outcome.refused[case.pk] = ChangedMeanwhile(
            "Somebody else changed this case. Reload to see both, then make your change again."
        )
        return coding.codes
    merged = merge(from_data(base.codes), codes_of(case), coding.codes)
    people = [str(each.by or "The pipeline") for each in versions.values() if each.revision > base.revision]
    outcome.merged[case.pk] = Together(tuple(dict.fromkeys(people)), merged.clashes)
    return merged.codes


def finalize_case(
    *, case_id: int, actor: User | None, now: datetime, revision: int | None = None, unanswered: str = ""
) -> CodingCase:
    """Fix a case's codes, so that its claim is built.

    `unanswered` says why it is finished although a provider has not answered yet; the question is then withdrawn
    for that reason. Raises CannotCode when something essential is missing, and ChangedMeanwhile when `revision`
    is not the one that stands.
    """
    return finalize_cases(revisions={case_id: revision}, actor=actor, now=now, unanswered=unanswered).of(case_id)


@transaction.atomic
def finalize_cases(
    *, revisions: Mapping[int, int | None], actor: User | None, now: datetime, unanswered: str = ""
) -> Outcome:
    """Fix the codes of cases as `finalize_case` does, in a fixed number of statements for any number of them.

    `revisions` names the cases, each with the revision that was seen; None skips the check. Whatever was proposed and
    stands is accepted by it, but for a low one that nobody decided: that refuses. Without an actor the case counts as
    completed by the product.
    """
    outcome = Outcome()
    cases = locked(revisions, outcome)
    codes = {case.pk: codes_of(case) for case in cases}
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
        elif open_words := undecided(proposals_of(case), codes[case.pk]):
            outcome.refused[case.pk] = CannotCode(
                f"{', '.join(open_words)}: the suggestion is unsure. Accept (Y) or drop (D) it, then finish."
            )
        elif stop:
            outcome.refused[case.pk] = CannotCode(f"{stop.brief}. {stop.says}")
        else:
            outcome.cases[case.pk] = case
    if outcome.cases:
        settle_queries(case_ids=list(outcome.cases), reason=unanswered, actor=actor, now=now)
        accepted = [
            Change(case, codes[pk], verdicts(proposals_of(case), codes[pk], None), None)
            for pk, case in outcome.cases.items()
        ]
        decide(accepted, actor, now)
        _finalize(outcome.cases, actor, now)
    return outcome


def _facts(cases: Sequence[CodingCase]) -> dict[int, CaseFacts]:
    found: dict[int, CaseFacts] = {}
    for practice_id in {case.practice_id for case in cases}:
        found |= case_facts(practice_id, {case.pk: codes_of(case) for case in cases if case.practice_id == practice_id})
    return found


def _finalize(cases: Mapping[int, CodingCase], actor: User | None, now: datetime) -> None:
    alone = now if actor is None else None
    for case in cases.values():
        case.status, case.finalized_at, case.coder = CaseStatus.FINALIZED, now, actor
        case.auto_completed_at = alone
    CodingCase.objects.filter(pk__in=cases).update(
        status=CaseStatus.FINALIZED, finalized_at=now, coder=actor, auto_completed_at=alone
    )
    for practice_id in {case.practice_id for case in cases.values()}:
        close_items(
            practice_id=practice_id,
            kinds=CODING_WORK,
            subject_type="coding.codingcase",
            subject_ids=[case.pk for case in cases.values() if case.practice_id == practice_id],
            outcome="Coded" if actor else "Coded by itself",
            now=now,
            actor=actor,
        )
    record_events(
        actor=actor,
        now=now,
        events=[Event.about(case, "case.finalized", patient_id=case.encounter.patient_id) for case in cases.values()],
    )
    for stage in ("build_claims", "draw_audits"):
        nudge(stage, UNDO_FOR if actor else timedelta(0))


def locked(case_ids: Collection[int], outcome: Outcome) -> list[CodingCase]:
    """Lock cases with the codes they have and what was proposed; those whose codes are fixed are refused."""
    rows = list(
        CodingCase.objects.select_for_update(of=("self",))
        .filter(pk__in=case_ids)
        .select_related("encounter")
        .prefetch_related("diagnoses", "procedures", "suggestions")
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

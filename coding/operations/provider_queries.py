"""Asking a provider what a note means, and what becomes of the question."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.text import Truncator

from coding.domain.provider_queries import (
    TEMPLATES,
    Draft,
    QueryStatus,
    addendum_text,
    can_move,
    due_on,
    leading,
    offered,
    quoted,
    unfit_answer,
)
from coding.domain.status import CaseStatus
from coding.models import CodingCase, ProviderQuery
from coding.queries import CODING_WORK
from compliance.models import User
from compliance.operations import Event, record_event, record_events
from encounters.operations import append_addendum
from encounters.queries import first_payer_names
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, close_items, escalate_items, give_items, open_items, rest_items, wake_items

CASE = "coding.codingcase"
QUERY = "coding.providerquery"
WAITING = "waiting_provider"  # the state that the row of a waiting case shows
CODE_AFTER_ANSWER_DAYS = 2  # house rule


class CannotAsk(Exception):
    """The case is coded already, or the question cannot be asked as it stands."""


class CannotAnswer(Exception):
    """The question waits no longer, belongs to another provider, or the answer is not one yet."""


class CannotWithdraw(Exception):
    """The question is answered or withdrawn already, or no reason is given."""


@transaction.atomic
def ask_provider(*, case_id: int, draft: Draft, actor: User, now: datetime) -> ProviderQuery:
    """Send a question about an open case to the visit's provider; the case rests until the answer comes.

    Raises CannotAsk for a case that is coded, a quotation that is not in the note, and whatever makes a
    question leading (coding.domain.provider_queries).
    """
    case = CodingCase.objects.select_for_update(of=("self",)).select_related("encounter__provider").get(pk=case_id)
    if case.status != CaseStatus.OPEN:
        raise CannotAsk(f"This case is {case.get_status_display().lower()}; its codes are fixed.")
    if faults := leading(draft):
        raise CannotAsk(" ".join(faults))
    note = case.encounter.note
    if any(quoted(note, each.start, each.end) != each for each in draft.indicators):
        raise CannotAsk("A quotation is not in the note as it stands. Pick the words again.")
    query = ProviderQuery.objects.create(
        practice_id=case.practice_id,
        case=case,
        provider=case.encounter.provider,
        kind=draft.kind,
        title=TEMPLATES[draft.kind].title,
        question=draft.question.strip(),
        options=list(offered(draft.options)),
        indicators=[{"start": each.start, "end": each.end, "text": each.text} for each in draft.indicators],
        asked_by=actor,
        asked_at=now,
        due_date=due_on(now),
    )
    rest_items(
        practice_id=case.practice_id,
        kinds=CODING_WORK,
        subject_type=CASE,
        subject_ids=[case.pk],
        state=WAITING,
        until=query.due_date,
    )
    _record(query, "query.asked", actor, now)
    return query


@transaction.atomic
def answer_query(*, query_id: int, choice: str, words: str, actor: User, now: datetime) -> ProviderQuery:
    """Sign an answer: it is added to the visit's record, and the case comes back to its coder.

    Raises CannotAnswer.
    """
    query = _locked(query_id)
    if query.provider.user_id != actor.pk:
        raise CannotAnswer("This question is for the provider who saw the patient.")
    if not can_move(query.status, QueryStatus.ANSWERED):
        raise CannotAnswer(f"This question is {query.get_status_display().lower()} already.")
    if fault := unfit_answer(query.options, choice, words):
        raise CannotAnswer(fault)
    text = addendum_text(asked=query.question, choice=choice, words=words)
    query.addendum = append_addendum(encounter_id=query.case.encounter_id, text=text, actor=actor, now=now)
    query.status, query.choice, query.words = QueryStatus.ANSWERED, choice, words.strip()
    query.answered_at, query.answered_by = now, actor
    query.save(update_fields=["addendum", "status", "choice", "words", "answered_at", "answered_by"])
    _close_late_work([query], now)
    if query.case.status == CaseStatus.OPEN:
        _bring_back(query, now)
    _record(query, "query.answered", actor, now)
    return query


def _bring_back(query: ProviderQuery, now: datetime) -> None:
    """The answer takes the place of the resting case in the coder's queue, with the same owner."""
    visit = query.case.encounter
    item = NewItem(
        practice_id=query.practice_id,
        kind=Kind.CODING_QUERY_ANSWERED,
        subject_type=CASE,
        subject_id=query.case_id,
        reason=f"Answered: {query.title.lower()}",
        next_step="Code from the answer",
        category=visit.provider.specialty,
        clock_date=now.date() + timedelta(days=CODE_AFTER_ANSWER_DAYS),
        patient_id=visit.patient_id,
        patient_name=str(visit.patient),
        payer_name=first_payer_names([visit.patient_id]).get(visit.patient_id, ""),
        service_date=visit.service_date,
    )
    escalate_items(items=[item], instead_of=Kind.CODING_CASE, outcome="The provider answered", now=now)
    wake_items(
        practice_id=query.practice_id, kind=item.kind, subject_type=CASE, subject_ids=[query.case_id]
    )  # it rested when a second question was asked
    give_items(
        practice_id=query.practice_id,
        kind=item.kind,
        subject_type=CASE,
        subject_id=query.case_id,
        to=query.asked_by,
    )


@transaction.atomic
def withdraw_query(*, query_id: int, reason: str, actor: User, now: datetime) -> ProviderQuery:
    """Take a question back, saying why; its case comes back when no other question waits. Raises CannotWithdraw."""
    query = _locked(query_id)
    if not can_move(query.status, QueryStatus.WITHDRAWN):
        raise CannotWithdraw(f"This question is {query.get_status_display().lower()} already.")
    if not reason.strip():
        raise CannotWithdraw("Say why the question is not needed any more.")
    _withdraw([query], reason.strip(), actor, now)
    if not ProviderQuery.objects.waiting().filter(case_id=query.case_id).exists():
        for kind in CODING_WORK:
            wake_items(practice_id=query.practice_id, kind=kind, subject_type=CASE, subject_ids=[query.case_id])
    query.refresh_from_db()
    return query


def settle_queries(*, case_ids: Sequence[int], reason: str, actor: User | None, now: datetime) -> None:
    """What finishing cases does to their questions: answered ones are taken up, waiting ones withdrawn.

    In the caller's transaction, which holds the cases; a fixed number of statements for any number of them.
    """
    rows = (
        ProviderQuery.objects.filter(case_id__in=case_ids)
        .select_for_update(of=("self",))
        .select_related("case__encounter")
    )
    found = list(rows.filter(status__in=[QueryStatus.ASKED, QueryStatus.ANSWERED]).order_by("pk"))
    answered = [query for query in found if query.status == QueryStatus.ANSWERED]
    waiting = [query for query in found if query.status == QueryStatus.ASKED]
    if answered:
        ProviderQuery.objects.filter(pk__in=[query.pk for query in answered]).update(
            status=QueryStatus.CLOSED, closed_at=now, closed_by=actor
        )
        record_events(actor=actor, now=now, events=[_event(query, "query.closed") for query in answered])
    if waiting:
        _withdraw(waiting, reason.strip(), actor, now)


def _withdraw(queries: Sequence[ProviderQuery], reason: str, actor: User | None, now: datetime) -> None:
    ProviderQuery.objects.filter(pk__in=[query.pk for query in queries]).update(
        status=QueryStatus.WITHDRAWN, closed_at=now, closed_by=actor, withdrawn_for=reason[:200]
    )
    _close_late_work(queries, now)
    record_events(actor=actor, now=now, events=[_event(query, "query.withdrawn", reason) for query in queries])


def ask_again(*, query_ids: Sequence[int], now: datetime) -> None:
    """Mark questions as asked a second time, so that the provider's page says so."""
    queries = _rows(query_ids)
    ProviderQuery.objects.filter(pk__in=query_ids).update(asked_again_at=now)
    record_events(actor=None, now=now, events=[_event(query, "query.asked_again") for query in queries])


def escalate_late(*, query_ids: Sequence[int], now: datetime) -> None:
    """Open work for the supervisor about questions that are past their day, and let their cases be coded."""
    queries = _rows(query_ids)
    ProviderQuery.objects.filter(pk__in=query_ids).update(escalated_at=now)
    payers = first_payer_names([query.case.encounter.patient_id for query in queries])
    open_items(items=[_late_item(query, payers) for query in queries], now=now)
    record_events(actor=None, now=now, events=[_event(query, "query.escalated") for query in queries])


def _late_item(query: ProviderQuery, payers: dict[int, str]) -> NewItem:
    visit = query.case.encounter
    return NewItem(
        practice_id=query.practice_id,
        kind=Kind.CODING_QUERY_LATE,
        subject_type=QUERY,
        subject_id=query.pk,
        reason=Truncator(f"{query.provider} has not answered").chars(40),
        next_step="Speak with the provider",
        category=visit.provider.specialty,
        clock_date=query.due_date,
        patient_id=visit.patient_id,
        patient_name=str(visit.patient),
        payer_name=payers.get(visit.patient_id, ""),
        service_date=visit.service_date,
    )


def _rows(query_ids: Sequence[int]) -> list[ProviderQuery]:
    return list(
        ProviderQuery.objects.filter(pk__in=query_ids).select_related(
            "provider", "case__encounter__patient", "case__encounter__provider"
        )
    )


def _close_late_work(queries: Iterable[ProviderQuery], now: datetime) -> None:
    for practice_id in {query.practice_id for query in queries}:
        close_items(
            practice_id=practice_id,
            kinds=[Kind.CODING_QUERY_LATE],
            subject_type=QUERY,
            subject_ids=[query.pk for query in queries if query.practice_id == practice_id],
            outcome="No longer waits",
            now=now,
        )


def _locked(query_id: int) -> ProviderQuery:
    return (
        ProviderQuery.objects.select_for_update(of=("self",))
        .select_related("provider", "asked_by", "case__encounter__patient", "case__encounter__provider")
        .get(pk=query_id)
    )


def _event(query: ProviderQuery, verb: str, note: str = "") -> Event:
    return Event.about(query, verb, patient_id=query.case.encounter.patient_id, note=note)


def _record(query: ProviderQuery, verb: str, actor: User, now: datetime) -> None:
    record_event(
        actor=actor,
        now=now,
        verb=verb,
        subject=query,
        patient_id=query.case.encounter.patient_id,
        detail={"case": query.case_id, "kind": query.kind},
    )

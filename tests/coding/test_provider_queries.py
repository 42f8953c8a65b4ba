"""Asking, answering, withdrawing: result, trail, work, refusal; and the stage that follows up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from coding.domain.provider_queries import OTHER, UNABLE, Draft, Indicator, QueryKind, QueryStatus
from coding.domain.status import CaseStatus
from coding.models import CodingCase, ProviderQuery
from coding.operations import (
    CannotAnswer,
    CannotAsk,
    CannotCode,
    CannotWithdraw,
    Service,
    answer_query,
    ask_provider,
    finalize_case,
    save_codes,
    withdraw_query,
)
from coding.queries import place_in_queue
from coding.stages import follow_up_queries
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from encounters.models import Addendum, Encounter
from encounters.operations import CannotAppend, append_addendum
from tests import builders
from tests.builders import NOW
from tests.coding.samples import NOTE, waiting_case
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db
START = NOTE.index("Knee pain")
QUOTE = Indicator(START, START + 9, "Knee pain")
DRAFT = Draft(
    kind=QueryKind.LATERALITY,
    question="Which side do the findings below refer to?",
    options=("Right", "Left"),
    indicators=(QUOTE,),
)


@pytest.fixture
def provider(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.PROVIDER, practice)


@pytest.fixture
def case(practice: Practice, provider: User) -> Iterator[CodingCase]:
    with practice_scope(practice.pk):
        found = waiting_case(practice, note=NOTE)
        seen_by(found, provider)
        yield found


def seen_by(case: CodingCase, user: User) -> None:
    clinician = case.encounter.provider
    clinician.user = user
    clinician.save()


def ask(case: CodingCase, coder: User, **changed: Any) -> ProviderQuery:
    return ask_provider(case_id=case.pk, draft=replace(DRAFT, **changed), actor=coder, now=NOW)


def answer(query: ProviderQuery, provider: User, choice: str = "Right", words: str = "") -> ProviderQuery:
    return answer_query(query_id=query.pk, choice=choice, words=words, actor=provider, now=NOW + timedelta(days=1))


def work(case: CodingCase) -> WorkItem:
    return WorkItem.objects.open().get(subject_type="coding.codingcase", subject_id=case.pk)


def verbs(query: ProviderQuery) -> list[str]:
    rows = AuditEvent.objects.filter(subject_type="coding.providerquery", subject_id=query.pk)
    return list(rows.order_by("pk").values_list("verb", flat=True))


def coded(case: CodingCase, coder: User) -> None:
    services = [Service(code="99213", pointers=(1,))]
    save_codes(case_id=case.pk, diagnoses=["M17.11"], services=services, actor=coder, now=NOW)


def test_asking_keeps_the_question_and_lets_the_case_rest(case: CodingCase, coder: User) -> None:
    query = ask(case, coder)
    assert (query.status, query.title, query.due_date) == ("asked", "Clarification of side", date(2026, 5, 11))
    assert query.options == ["Right", "Left", OTHER, UNABLE]
    assert query.indicators == [{"start": START, "end": START + 9, "text": "Knee pain"}]
    assert verbs(query) == ["query.asked"]
    resting = work(case)
    assert (resting.state, resting.snoozed_until) == ("waiting_provider", date(2026, 5, 11))
    assert place_in_queue(case.pk, coder, NOW.date()).number == 0


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"indicators": ()}, "Pick the words"),
        ({"indicators": (Indicator(START, START + 9, "Foot pain"),)}, "not in the note"),
        ({"question": "Which side pays more?"}, "speaks of payment"),
    ],
)
def test_a_question_that_leads_is_not_sent(case: CodingCase, coder: User, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(CannotAsk, match=says):
        ask(case, coder, **changed)
    assert not ProviderQuery.objects.exists()
    assert work(case).state == "to_code"


def test_a_coded_case_asks_nothing(practice: Practice, coder: User) -> None:
    with practice_scope(practice.pk):
        done = builders.a_case(practice, note=NOTE)
        with pytest.raises(CannotAsk, match="This case is finalized"):
            ask(done, coder)


def test_the_answer_is_added_to_the_record_and_brings_the_case_back(
    case: CodingCase, coder: User, provider: User
) -> None:
    query = answer(ask(case, coder), provider, OTHER, "Both knees")
    assert (query.status, query.choice, query.words) == ("answered", OTHER, "Both knees")
    added = Addendum.objects.get(encounter=case.encounter)
    assert query.addendum == added
    assert added.text == f"In answer to: {DRAFT.question}\n{OTHER}\nBoth knees"
    assert (added.signature, added.signed_at) == ("Anna Lindqvist, MD", NOW + timedelta(days=1))
    assert Encounter.objects.get(pk=case.encounter_id).note == NOTE
    item = work(case)
    assert (item.kind, item.assigned_to, item.snoozed_until) == (Kind.CODING_QUERY_ANSWERED, coder, None)
    assert item.clock_date == date(2026, 5, 7)
    assert place_in_queue(case.pk, coder, NOW.date()).number == 1
    assert verbs(query) == ["query.asked", "query.answered"]


def test_only_the_visits_own_provider_answers(case: CodingCase, coder: User, person: Callable[..., User]) -> None:
    query = ask(case, coder)
    for stranger in (coder, person(Role.PROVIDER, case.practice)):
        with pytest.raises(CannotAnswer, match="for the provider who saw the patient"):
            answer(query, stranger)
    assert not Addendum.objects.exists()


def test_an_answer_is_one_of_those_offered_and_only_once(case: CodingCase, coder: User, provider: User) -> None:
    query = ask(case, coder)
    with pytest.raises(CannotAnswer, match="Choose one"):
        answer(query, provider, "Middle")
    answer(query, provider)
    with pytest.raises(CannotAnswer, match="answered already"):
        answer(query, provider)
    assert Addendum.objects.count() == 1


def test_a_case_that_waits_is_finished_only_with_a_reason(case: CodingCase, coder: User, provider: User) -> None:
    coded(case, coder)
    query = ask(case, coder)
    with pytest.raises(CannotCode, match="has not answered yet"):
        finalize_case(case_id=case.pk, actor=coder, now=NOW)
    finished = finalize_case(case_id=case.pk, actor=coder, now=NOW, unanswered="Filing limit is tomorrow")
    query.refresh_from_db()
    assert finished.status == CaseStatus.FINALIZED
    assert (query.status, query.withdrawn_for) == (QueryStatus.WITHDRAWN, "Filing limit is tomorrow")
    assert not WorkItem.objects.open().exists()
    with pytest.raises(CannotAnswer, match="withdrawn already"):
        answer(query, provider)


def test_finishing_after_the_answer_takes_it_up(case: CodingCase, coder: User, provider: User) -> None:
    query = answer(ask(case, coder), provider)
    coded(case, coder)
    finalize_case(case_id=case.pk, actor=coder, now=NOW + timedelta(days=2))
    query.refresh_from_db()
    assert (query.status, query.closed_by) == (QueryStatus.CLOSED, coder)
    assert verbs(query)[-1] == "query.closed"
    assert not WorkItem.objects.open().exists()


def test_withdrawing_wakes_the_case_when_nothing_else_waits(case: CodingCase, coder: User) -> None:
    first, second = ask(case, coder), ask(case, coder, kind=QueryKind.ACUITY)
    with pytest.raises(CannotWithdraw, match="Say why"):
        withdraw_query(query_id=first.pk, reason=" ", actor=coder, now=NOW)
    withdraw_query(query_id=first.pk, reason="Found it in the exam", actor=coder, now=NOW)
    assert work(case).state == "waiting_provider"
    gone = withdraw_query(query_id=second.pk, reason="Not needed", actor=coder, now=NOW)
    assert (work(case).state, work(case).snoozed_until) == ("to_code", None)
    assert (gone.status, gone.withdrawn_for, verbs(gone)[-1]) == ("withdrawn", "Not needed", "query.withdrawn")
    with pytest.raises(CannotWithdraw, match="withdrawn already"):
        withdraw_query(query_id=second.pk, reason="Again", actor=coder, now=NOW)


def test_a_second_question_rests_the_case_again_and_its_answer_wakes_it(
    case: CodingCase, coder: User, provider: User
) -> None:
    answer(ask(case, coder), provider)
    second = ask(case, coder, kind=QueryKind.ACUITY)
    assert (work(case).kind, work(case).state) == (Kind.CODING_QUERY_ANSWERED, "waiting_provider")
    answer(second, provider)
    assert (work(case).state, work(case).snoozed_until) == ("provider_answered", None)


def test_silence_is_asked_again_then_brought_to_the_supervisor(case: CodingCase, coder: User, provider: User) -> None:
    query = ask(case, coder)
    at = {days: NOW + timedelta(days=days) for days in (2, 3, 7, 8)}
    assert [follow_up_queries.run(case.practice_id, at[days]) for days in (2, 3, 3, 7, 8, 8)] == [0, 1, 0, 0, 1, 0]
    query.refresh_from_db()
    assert (query.asked_again_at, query.escalated_at) == (at[3], at[8])
    late = WorkItem.objects.open().get(kind=Kind.CODING_QUERY_LATE)
    assert (late.role, late.subject_id, late.reason) == (Role.SUPERVISOR, query.pk, "A. Lindqvist MD has not answered")
    assert verbs(query) == ["query.asked", "query.asked_again", "query.escalated"]
    answer(query, provider)
    assert not WorkItem.objects.open().filter(kind=Kind.CODING_QUERY_LATE).exists()


def test_following_up_costs_the_same_for_one_and_for_many(practice: Practice, coder: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            follow_up_queries.run(practice.pk, NOW + timedelta(days=9))
        return len(queries)

    def asked(count: int) -> None:
        with practice_scope(practice.pk):
            for _ in range(count):
                ask(waiting_case(practice, note=NOTE), coder)

    asked(1)
    one = cost()
    asked(12)
    assert cost() == one


def test_an_addendum_is_never_changed(case: CodingCase, provider: User) -> None:
    added = append_addendum(encounter_id=case.encounter_id, text=" Right knee. ", actor=provider, now=NOW)
    assert added.text == "Right knee."
    for change in (lambda: Addendum.objects.update(text="x"), lambda: Addendum.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    event = AuditEvent.objects.get(verb="encounter.addendum_signed")
    assert (event.actor, event.patient_id) == (provider, case.encounter.patient_id)


def test_an_addendum_needs_words_and_a_signed_note(case: CodingCase, provider: User) -> None:
    with pytest.raises(CannotAppend, match="Write what"):
        append_addendum(encounter_id=case.encounter_id, text=" ", actor=provider, now=NOW)
    Encounter.objects.filter(pk=case.encounter_id).update(status="open")
    with pytest.raises(CannotAppend, match="This visit is open"):
        append_addendum(encounter_id=case.encounter_id, text="Right", actor=provider, now=NOW)

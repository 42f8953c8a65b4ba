"""Coding and finishing a case: result, audit trail, refusal, replay."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coding.domain.status import CaseStatus
from coding.models import CodingCase
from coding.operations import (
    CannotCode,
    CaseCodes,
    ChangedMeanwhile,
    Coding,
    Service,
    code_cases,
    finalize_case,
    finalize_cases,
    save_codes,
    undo_codes,
)
from coding.queries import codes_of
from coding.stages import open_cases
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests import builders
from tests.builders import NOW
from tests.coding.samples import waiting_case
from worklist.models import WorkItem

SERVICE = Service(code="99213", modifiers=("25",), units=1, pointers=(1,))


@pytest.fixture
def case(practice: Practice) -> Iterator[CodingCase]:
    with practice_scope(practice.pk):
        yield waiting_case(practice)


def save(case: CodingCase, coder: User, **changed: Any) -> CodingCase:
    given: dict[str, Any] = {"diagnoses": ["M17.11"], "services": [SERVICE]} | changed
    return save_codes(case_id=case.pk, actor=coder, now=NOW, **given)


def verbs(case: CodingCase) -> list[str]:
    return list(AuditEvent.objects.filter(subject_id=case.pk).order_by("pk").values_list("verb", flat=True))


def test_codes_are_kept_with_the_coder_and_the_trail(case: CodingCase, coder: User) -> None:
    saved = save(case, coder, revision=0)
    assert saved.revision == 1
    assert saved.coder == coder
    kept = codes_of(CodingCase.objects.get(pk=case.pk))
    assert kept.diagnoses == ("M17.11",)
    assert kept.services == (SERVICE,)
    event = AuditEvent.objects.get(verb="case.coded")
    assert (event.actor, event.patient_id) == (coder, case.encounter.patient_id)
    assert event.detail == {"diagnoses": ["M17.11"], "procedures": ["99213"]}


def test_the_queue_says_what_the_case_is_worth_after_every_change(case: CodingCase, coder: User) -> None:
    def worth() -> str:
        return str(WorkItem.objects.get(subject_id=case.pk).amount)

    save(case, coder, services=[SERVICE, Service(code="20610", pointers=(1,))])
    assert worth() == "174.86"
    save(case, coder, services=[replace(SERVICE, units=2)])
    assert worth() == "184.80"
    undo_codes(case_id=case.pk, actor=coder, now=NOW)
    assert worth() == "174.86"
    save(case, coder, services=[])
    assert worth() == "0.00"


def test_a_change_that_bills_the_same_is_not_priced_again(case: CodingCase, coder: User) -> None:
    save(case, coder)
    with CaptureQueriesContext(connection) as queries:
        save(case, coder, diagnoses=["M17.11", "I10"], services=[replace(SERVICE, pointers=(2,), modifiers=())])
    assert not [each["sql"] for each in queries if "fee" in each["sql"] or "workitem" in each["sql"]]


def test_the_same_codes_again_change_nothing(case: CodingCase, coder: User) -> None:
    save(case, coder, revision=0)
    assert save(case, coder, revision=0).revision == 1
    assert verbs(case) == ["case.coded"]


def test_the_second_of_two_people_is_told_and_nothing_of_theirs_is_kept(case: CodingCase, coder: User) -> None:
    save(case, coder, revision=0)
    with pytest.raises(ChangedMeanwhile, match="Somebody else changed this case"):
        save(case, coder, diagnoses=["I10"], revision=0)
    assert codes_of(CodingCase.objects.get(pk=case.pk)).diagnoses == ("M17.11",)


def test_codes_that_no_claim_can_carry_are_refused(case: CodingCase, coder: User) -> None:
    with pytest.raises(CannotCode, match="not on the list"):
        save(case, coder, services=[Service(code="99213", pointers=(2,))])
    assert verbs(case) == []


def test_finishing_fixes_the_codes_and_closes_the_work(case: CodingCase, coder: User) -> None:
    save(case, coder)
    done = finalize_case(case_id=case.pk, actor=coder, now=NOW, revision=1)
    assert (done.status, done.finalized_at, done.coder) == (CaseStatus.FINALIZED, NOW, coder)
    work = WorkItem.objects.get(subject_id=case.pk)
    assert (work.closed_at, work.closed_by, work.outcome) == (NOW, coder, "Coded")
    assert verbs(case) == ["case.coded", "case.finalized"]


@pytest.mark.parametrize(
    ("diagnoses", "services", "says"),
    [
        ([], [], "No diagnosis"),
        (["M17.11"], [], "No procedure"),
        (["Z99.99"], [SERVICE], "Z99.99 is not a code"),
        (["M17.11"], [Service(code="00000", pointers=(1,))], "00000 is not a code"),
    ],
)
def test_a_case_that_lacks_something_essential_is_not_finished(
    case: CodingCase, coder: User, diagnoses: list[str], services: list[Service], says: str
) -> None:
    save(case, coder, diagnoses=diagnoses, services=services)
    with pytest.raises(CannotCode, match=says):
        finalize_case(case_id=case.pk, actor=coder, now=NOW)
    assert CodingCase.objects.get(pk=case.pk).status == CaseStatus.OPEN
    assert WorkItem.objects.open().filter(subject_id=case.pk).exists()


def test_finishing_needs_the_codes_that_were_seen(case: CodingCase, coder: User) -> None:
    save(case, coder)
    with pytest.raises(ChangedMeanwhile):
        finalize_case(case_id=case.pk, actor=coder, now=NOW, revision=0)


def test_a_finished_case_takes_no_codes_and_is_not_finished_twice(case: CodingCase, coder: User) -> None:
    save(case, coder)
    finalize_case(case_id=case.pk, actor=coder, now=NOW)
    with pytest.raises(CannotCode, match="its codes are fixed"):
        save(case, coder, diagnoses=["I10"])
    with pytest.raises(CannotCode, match="its codes are fixed"):
        finalize_case(case_id=case.pk, actor=coder, now=NOW)
    assert verbs(case) == ["case.coded", "case.finalized"]


def coding(case: CodingCase, *diagnoses: str, revision: int | None = None) -> Coding:
    return Coding(case_id=case.pk, codes=CaseCodes(diagnoses, (SERVICE,)), revision=revision)


def test_cases_are_coded_together_and_each_is_refused_alone(practice: Practice, case: CodingCase, coder: User) -> None:
    stale, done, unpointed = waiting_case(practice), waiting_case(practice), waiting_case(practice)
    save(done, coder)
    finalize_case(case_id=done.pk, actor=coder, now=NOW)
    given = [coding(case, "M17.11"), coding(stale, "I10", revision=7), coding(done, "I10"), coding(unpointed)]
    outcome = code_cases(codings=given, actor=coder, now=NOW)
    assert {pk: type(why) for pk, why in outcome.refused.items()} == {
        stale.pk: ChangedMeanwhile,
        done.pk: CannotCode,
        unpointed.pk: CannotCode,
    }
    assert outcome.of(case.pk).revision == CodingCase.objects.get(pk=case.pk).revision == 1
    assert [codes_of(each).diagnoses for each in CodingCase.objects.order_by("pk")] == [
        ("M17.11",), (), ("M17.11",), ()
    ]  # fmt: skip
    assert [verbs(each) for each in (case, stale, unpointed)] == [["case.coded"], [], []]


def test_cases_are_finished_together_and_each_is_refused_alone(
    practice: Practice, case: CodingCase, coder: User
) -> None:
    empty, stale = waiting_case(practice), waiting_case(practice)
    save(case, coder)
    save(stale, coder)
    outcome = finalize_cases(revisions={case.pk: 1, empty.pk: None, stale.pk: 0}, actor=coder, now=NOW)
    assert set(outcome.cases) == {case.pk}
    assert {pk: type(why) for pk, why in outcome.refused.items()} == {
        empty.pk: CannotCode,
        stale.pk: ChangedMeanwhile,
    }
    states = CodingCase.objects.order_by("pk").values_list("status", "finalized_at")
    assert list(states) == [(CaseStatus.FINALIZED, NOW), (CaseStatus.OPEN, None), (CaseStatus.OPEN, None)]
    waiting = WorkItem.objects.open().order_by("subject_id").values_list("subject_id", flat=True)
    assert list(waiting) == [empty.pk, stale.pk]


def test_many_cases_cost_as_much_as_one(practice: Practice, case: CodingCase, coder: User) -> None:
    spent = []
    for size in (1, 25):
        cases = [waiting_case(practice) for _ in range(size)]
        with CaptureQueriesContext(connection) as queries:
            code_cases(codings=[coding(each, "M17.11") for each in cases], actor=coder, now=NOW)
            finalize_cases(revisions={each.pk: None for each in cases}, actor=coder, now=NOW)
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 32
    assert CodingCase.objects.filter(status=CaseStatus.FINALIZED).count() == 26


@pytest.mark.django_db
def test_each_signed_visit_becomes_one_case_with_its_work(practice: Practice) -> None:
    with practice_scope(practice.pk):
        signed = builders.a_visit(practice)
        builders.a_visit(practice, status="open", closed_at=None)
    assert [open_cases.run(practice.pk, NOW), open_cases.run(practice.pk, NOW)] == [1, 0]
    with practice_scope(practice.pk):
        case = CodingCase.objects.get()
        assert case.encounter == signed
        work = WorkItem.objects.get()
        assert (work.subject_id, work.patient_name, work.payer_name) == (case.pk, "Okafor, Denise", "Harbor Mutual")
        assert work.clock_date == NOW.date().replace(day=7)

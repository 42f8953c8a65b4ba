"""From a finalized case to a claim: what it holds, what it posts, what happens twice, how many queries it costs."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ClaimEvent, ClaimLine
from claims.operations.build import build_claims
from claims.operations.control_numbers import next_numbers
from claims.stages import build_claims as stage
from coding.domain.status import CaseStatus
from coding.models import CodingCase
from compliance.models import AuditEvent, Practice
from compliance.scope import practice_scope
from encounters.models import Coverage
from ledger.domain.accounts import Account
from ledger.models import Entry, Posting
from ledger.queries import balance, balances_by_account
from tests.builders import DAY, NOW, a_case, a_coverage, a_patient, a_payer, a_visit, an_authorization
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

TWO_LINES: tuple[tuple[Any, ...], ...] = (("99213", ["25"], 1, [1]), ("J3301", [], 4, [1, 2]))


def build(case: CodingCase) -> Claim:
    return build_claims(practice_id=case.practice_id, case_ids=[case.pk], now=NOW)[0]


def test_a_claim_holds_what_the_case_says(practice: Practice) -> None:
    with practice_scope(practice.pk):
        case = a_case(practice, diagnoses=("M17.11", "I10"), procedures=TWO_LINES)
        claim = build(case)
        case.refresh_from_db()
        assert (claim.number, claim.status, claim.payer_order) == ("26-000001", "draft", "P")
        assert claim.diagnoses == ["M17.11", "I10"]
        assert claim.filing_deadline == DAY + timedelta(days=180)
        assert claim.charge_amount == Decimal("244.00")
        assert list(claim.lines.values_list("number", "code", "modifiers", "units", "pointers", "charge_amount")) == [
            (1, "99213", ["25"], 1, [1], Decimal("168.00")),
            (2, "J3301", [], 4, [1, 2], Decimal("76.00")),
        ]
        assert case.status == CaseStatus.BILLED


def test_charges_stand_in_the_ledger_by_line(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = build(a_case(practice, diagnoses=("M17.11", "I10"), procedures=TWO_LINES))
        assert balance(Account.PAYER_RECEIVABLE, claim.number) == claim.charge_amount == -balance(Account.CHARGES)
        items = Posting.objects.filter(account=Account.PAYER_RECEIVABLE).values_list("item", "amount")
        assert set(items) == {(1, Decimal("168.00")), (2, Decimal("76.00"))}
        assert Entry.objects.get().source == "claim:26-000001:charges:0"


def test_history_and_trail_are_written(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = build(a_case(practice))
        says = list(ClaimEvent.objects.order_by("pk").values_list("says", flat=True))
        assert says == [
            "Visit signed by A. Lindqvist MD; coded.",
            "Claim built, $168.00 to Harbor Mutual.",
        ]
        event = AuditEvent.objects.get(verb="claim.built")
        assert (event.subject_id, event.patient_id, event.actor) == (claim.pk, claim.patient_id, None)


def test_a_missing_price_is_charged_at_zero(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = build(a_case(practice, procedures=(("99999",),)))
        assert claim.charge_amount == 0
        assert Entry.objects.count() == 0


def test_the_first_coverage_in_force_is_billed(practice: Practice) -> None:
    with practice_scope(practice.pk):
        patient, second = a_patient(practice), a_payer(practice, payer_id="CH001", name="Cascadia Health")
        a_coverage(patient, effective_to=DAY - timedelta(days=1))
        a_coverage(patient, second, rank=2)
        claim = build(a_case(practice, visit=a_visit(practice, patient=patient)))
        assert claim.payer == second


def test_a_coverage_that_ended_is_billed_when_it_is_the_only_one(practice: Practice) -> None:
    with practice_scope(practice.pk):
        patient = a_patient(practice)
        a_coverage(patient, effective_to=DAY - timedelta(days=1))
        assert build(a_case(practice, visit=a_visit(practice, patient=patient))).payer.payer_id == "HM001"


def test_the_authorization_on_file_is_found(practice: Practice) -> None:
    with practice_scope(practice.pk):
        payer = a_payer(practice, authorization_codes=["99213"])
        visit = a_visit(practice, payer=payer)
        an_authorization(visit.patient, payer, ["99213"], number="OLD", valid_to=date(2026, 1, 31))
        an_authorization(visit.patient, payer, ["99213"], number="AU77120")
        assert build(a_case(practice, visit=visit)).authorization_number == "AU77120"


def test_without_coverage_there_is_work_and_later_a_claim(practice: Practice) -> None:
    with practice_scope(practice.pk):
        case = a_case(practice, visit=a_visit(practice, covered=False))
    assert stage.run(practice.pk, NOW) == 1
    assert stage.run(practice.pk, NOW) == 0
    with practice_scope(practice.pk):
        item = WorkItem.objects.open().get()
        assert (item.kind, item.reason) == (Kind.REGISTRATION_ELIGIBILITY, "No coverage on file")
        assert not Claim.objects.exists()
        a_coverage(case.encounter.patient)
    assert stage.run(practice.pk, NOW) == 1
    with practice_scope(practice.pk):
        assert Claim.objects.count() == 1
        assert not WorkItem.objects.open().exists()


def test_running_twice_changes_nothing(practice: Practice) -> None:
    with practice_scope(practice.pk):
        for _ in range(3):
            a_case(practice)
    assert stage.run(practice.pk, NOW) == 3
    with practice_scope(practice.pk):
        before = counts()
        ids = list(CodingCase.objects.values_list("pk", flat=True))
        assert build_claims(practice_id=practice.pk, case_ids=ids, now=NOW) == []
    assert stage.run(practice.pk, NOW) == 0
    with practice_scope(practice.pk):
        assert counts() == before


def counts() -> tuple[object, ...]:
    rows = tuple(model.objects.count() for model in (Claim, ClaimLine, ClaimEvent, AuditEvent, Entry, Posting))
    return (*rows, *balances_by_account().values())


def test_an_open_case_is_left_alone(practice: Practice) -> None:
    with practice_scope(practice.pk):
        case = a_case(practice, status=CaseStatus.OPEN)
        assert build_claims(practice_id=practice.pk, case_ids=[case.pk], now=NOW) == []


def test_another_practice_is_not_touched(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        a_case(practice)
    assert stage.run(other_practice.pk, NOW) == 0
    with practice_scope(other_practice.pk):
        assert not Claim.objects.exists()


def test_a_chunk_costs_the_same_for_one_and_for_many(practice: Practice) -> None:
    spent = []
    for size in (1, 25):
        with practice_scope(practice.pk):
            ids = [a_case(practice).pk for _ in range(size)]
            with CaptureQueriesContext(
                connection,
            ) as queries:
                build_claims(practice_id=practice.pk, case_ids=ids, now=NOW)
            spent.append(len(queries))
            assert Coverage.objects.count() > 0
    assert spent[0] == spent[1] <= 30


def test_a_bad_row_becomes_work_and_the_others_land(practice: Practice) -> None:
    with practice_scope(practice.pk):
        a_case(practice)
        bad = a_case(practice)
        other = build(a_case(practice))  # takes the claim that the bad case would build
        Claim.objects.filter(pk=other.pk).update(coding_case=bad)
    stage.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        assert Claim.objects.count() == 2
        assert WorkItem.objects.open().get().kind == Kind.STAGE_FAILED


@pytest.mark.parametrize("take", [1, 7])
def test_numbers_follow_each_other_without_gap(practice: Practice, take: int) -> None:
    with practice_scope(practice.pk):
        assert list(next_numbers(practice.pk, "claim-26", take)) == list(range(1, take + 1))
        assert list(next_numbers(practice.pk, "claim-26", 2)) == [take + 1, take + 2]
        assert list(next_numbers(practice.pk, "interchange", 1)) == [1]
        assert list(next_numbers(practice.pk, "claim-26", 0)) == []

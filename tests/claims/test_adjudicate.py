"""A payer's decision on the claim: money, state, history, the same cost for many; open money settled by people."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.domain.status import ClaimStatus
from claims.models import Claim, ClaimEvent
from claims.operations.adjudicate import Adjudication, LineMoney, UnknownClaim, record_adjudication
from claims.operations.balance import CannotAdjust, move_to_patient, write_off
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests.builders import NOW
from tests.claims.test_correct import TWO, ZERO, assert_columns_equal_ledger, biller, decide, rejection, sent
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.operations import NewItem, open_items

__all__ = ["biller"]  # the fixture


def a_decision(claim: Claim, *lines: LineMoney, denied: bool = False, reversal: bool = False) -> Adjudication:
    return Adjudication(
        claim_id=claim.pk,
        payer_control_number="2630914402",
        lines=lines,
        denied=denied,
        says="Harbor Mutual decided.",
        tone="done",
        raw="CLP*26-000001~",
        reversal=reversal,
    )


def money(number: int, **amounts: str) -> LineMoney:
    return LineMoney(line_id=None, line_number=number, **{name: Decimal(amount) for name, amount in amounts.items()})


def record(claim: Claim, *decisions: Adjudication) -> Claim:
    record_adjudication(practice_id=claim.practice_id, decisions=decisions, now=NOW)
    claim.refresh_from_db()
    return claim


PAID = {"allowed": "92.40", "contractual": "75.60", "paid": "62.40", "patient": "30.00"}
DRUG = {"allowed": "11.40", "contractual": "64.60", "paid": "11.40"}


def test_a_paid_claim_closes(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice, procedures=TWO)
        open_items(items=[silence(claim)], now=NOW)
        record(claim, a_decision(claim, money(1, **PAID), money(2, **DRUG)))
        assert (claim.status, claim.closed_at, claim.adjudicated_at, claim.first_denied) == ("closed", NOW, NOW, False)
        assert (claim.allowed_amount, claim.paid_amount) == (Decimal("103.80"), Decimal("73.80"))
        assert (claim.balance_amount, claim.payer_control_number) == (ZERO, "2630914402")
        assert claim.lines.get(number=1).patient_amount == Decimal("30.00")
        assert not WorkItem.objects.open().exists()


def silence(claim: Claim) -> NewItem:
    return NewItem(
        practice_id=claim.practice_id,
        kind=Kind.CLAIM_NO_RESPONSE,
        subject_type="claims.claim",
        subject_id=claim.pk,
        reason="No answer",
    )


def test_a_denied_line_keeps_the_claim_open(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice, procedures=TWO)
        record(claim, a_decision(claim, money(1, denied="168.00"), money(2, **DRUG), denied=True))
        assert (claim.status, claim.first_denied, claim.denied_amount) == ("adjudicated", True, Decimal("168.00"))
        assert claim.balance_amount == Decimal("168.00")


def test_reversal_and_correction_in_one_remittance(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice, procedures=TWO)
        record(claim, a_decision(claim, money(1, denied="168.00"), money(2, **DRUG), denied=True))
        back = a_decision(claim, money(1, denied="-168.00"), money(2, **negative(DRUG)), reversal=True)
        record(claim, back, a_decision(claim, money(1, **PAID), money(2, **DRUG)))
        assert (claim.status, claim.paid_amount, claim.denied_amount) == ("closed", Decimal("73.80"), ZERO)
        assert claim.first_denied is True
        assert ClaimEvent.objects.filter(claim=claim, raw_kind="835").count() == 3


def negative(amounts: dict[str, str]) -> dict[str, str]:
    return {name: f"-{amount}" for name, amount in amounts.items()}


def test_a_late_reversal_reopens_a_closed_claim(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice)
        record(claim, a_decision(claim, money(1, **PAID)))
        record(claim, a_decision(claim, money(1, **negative(PAID)), reversal=True))
        assert (claim.status, claim.closed_at, claim.balance_amount) == ("adjudicated", None, claim.charge_amount)


@pytest.mark.parametrize("status", [ClaimStatus.REPLACED, ClaimStatus.VOID, ClaimStatus.REJECTED, ClaimStatus.READY])
def test_a_claim_that_cannot_be_decided_keeps_its_state(practice: Practice, status: ClaimStatus) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice, status)
        record(claim, a_decision(claim, money(1, **PAID)))
        assert (claim.status, claim.paid_amount) == (status, Decimal("62.40"))


def test_money_on_the_claim_as_a_whole(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice)
        record(claim, a_decision(claim, money(1, paid="100.00"), money(0, contractual="68.00")))
        assert (claim.status, claim.contractual_amount) == ("closed", Decimal("68.00"))
        assert claim.lines.get().contractual_amount == ZERO


def test_an_unknown_line_or_claim_is_refused(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim, stranger = sent(practice), sent(practice)
        with pytest.raises(UnknownClaim, match="no line 9"):
            record(claim, a_decision(claim, money(9, paid="1.00")))
        foreign = LineMoney(line_id=stranger.lines.get().pk, line_number=1, paid=Decimal("1.00"))
        with pytest.raises(UnknownClaim):
            record(claim, a_decision(claim, foreign))
        with pytest.raises(UnknownClaim):
            record_adjudication(practice_id=other_practice.pk, decisions=[a_decision(claim)], now=NOW)


def test_a_thousand_decisions_cost_as_much_as_one(practice: Practice) -> None:
    spent = []
    for size in (1, 25):
        with practice_scope(practice.pk):
            decisions = [a_decision(sent(practice), money(1, **PAID)) for _ in range(size)]
            with CaptureQueriesContext(connection) as queries:
                record_adjudication(practice_id=practice.pk, decisions=decisions, now=NOW)
            spent.append(len(queries))
    assert spent[0] == spent[1] <= 12


def test_writing_the_rest_off_closes_the_claim(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice)
        decide(claim, denied=Decimal("168.00"))
        write_off(claim_id=claim.pk, line_number=1, amount=Decimal("100.00"), reason="small", actor=biller, now=NOW)
        closed = move_to_patient(
            claim_id=claim.pk, line_number=1, amount=Decimal("68.00"), reason="not covered", actor=biller, now=NOW
        )
        assert (closed.status, closed.denied_amount, closed.balance_amount) == ("closed", ZERO, ZERO)
        assert_columns_equal_ledger()
        assert set(AuditEvent.objects.filter(actor=biller).values_list("verb", flat=True)) == {
            "claim.written_off",
            "claim.moved_to_patient",
        }


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "168.01"])
def test_no_more_than_what_is_open_is_written_off(practice: Practice, biller: User, amount: str) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice)
        decide(claim, denied=Decimal("168.00"))
        with pytest.raises(CannotAdjust, match=r"\$168\.00 is open"):
            write_off(claim_id=claim.pk, line_number=1, amount=Decimal(amount), reason="x", actor=biller, now=NOW)


def test_an_undecided_claim_is_not_written_off(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice)
        open_items(items=[rejection(claim)], now=NOW)
        with pytest.raises(CannotAdjust, match="only a decided claim"):
            write_off(claim_id=claim.pk, line_number=1, amount=Decimal(1), reason="x", actor=biller, now=NOW)

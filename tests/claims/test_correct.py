"""Correcting what the payer has: replacement, void, resubmission; and every life a claim may lead."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.domain.status import MOVES, ClaimStatus, stands
from claims.models import Claim
from claims.operations.adjudicate import Adjudication, LineMoney, record_adjudication
from claims.operations.balance import CannotAdjust, move_to_patient, write_off
from claims.operations.build import build_claims
from claims.operations.correct import (
    CannotCorrect,
    CannotReplace,
    CannotResubmit,
    CannotVoid,
    edit_line,
    replace_claim,
    resubmit_rejected,
    void_claim,
)
from claims.operations.hold import CannotHold, CannotRelease, hold_claim, release_claim
from claims.operations.scrub import scrub_claims
from claims.queries.facts import claim_facts
from coding.domain.edits.findings import Fix, FixKind
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from ledger.domain.accounts import Account, Leg, NewEntry
from ledger.operations import post_entries
from ledger.queries import balances_by_account, document_balances
from tests.builders import NOW, a_case, a_coverage, a_payer
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.operations import NewItem, open_items

ZERO = Decimal("0.00")
TWO: tuple[tuple[Any, ...], ...] = (("99213", ["25"], 1, [1]), ("J3301", [], 4, [1]))
ADD_25 = Fix(kind=FixKind.SET_MODIFIERS, line=1, values=("25",))


@pytest.fixture
def biller(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.BILLER, practice)


def sent(practice: Practice, status: ClaimStatus = ClaimStatus.ACCEPTED, **fields: Any) -> Claim:
    """A claim that went out and has the payer's number."""
    claim = build_claims(practice_id=practice.pk, case_ids=[a_case(practice, **fields).pk], now=NOW)[0]
    scrub_claims(practice_id=practice.pk, claim_ids=[claim.pk], now=NOW)
    number = "" if status in (ClaimStatus.REJECTED, ClaimStatus.SUBMITTED) else f"ICN{claim.pk}"
    Claim.objects.filter(pk=claim.pk).update(status=status, payer_control_number=number)
    claim.refresh_from_db()
    return claim


def denied(practice: Practice) -> Claim:
    """A claim that the payer decided: nothing paid."""
    claim = sent(practice)
    decide(claim, denied=claim.charge_amount)
    claim.refresh_from_db()
    return claim


def decide(claim: Claim, *, line: int = 1, sign: int = 1, **amounts: Decimal) -> None:
    """Post a decision on one line as payments does: the ledger first, then the claim."""
    money = {name: sign * amount for name, amount in amounts.items()}
    given_to = {
        "paid": Account.REMIT_CLEARING,
        "contractual": Account.CONTRACTUAL,
        "patient": Account.PATIENT_RECEIVABLE,
    }
    legs = [
        leg
        for name, amount in money.items()
        if name in given_to and amount
        for leg in (
            Leg(account=given_to[name], amount=amount, document=claim.number, item=line),
            Leg(account=Account.PAYER_RECEIVABLE, amount=-amount, document=claim.number, item=line),
        )
    ]
    entry = NewEntry(source=f"remit:{next(_serial)}", kind="remit", effective_date=NOW.date(), legs=tuple(legs))
    post_entries(practice_id=claim.practice_id, entries=[entry], actor=None, now=NOW)
    decision = Adjudication(
        claim_id=claim.pk,
        payer_control_number=f"ICN{claim.pk}",
        lines=(LineMoney(line_id=None, line_number=line, **money),),
        denied="denied" in money,
        says="Decided.",
        tone="done",
        raw="CLP*1~",
        reversal=sign < 0,
    )
    record_adjudication(practice_id=claim.practice_id, decisions=[decision], now=NOW)


_serial = iter(range(1, 1_000_000))


def assert_columns_equal_ledger() -> None:
    """The invariant: money columns of every claim and line are what the ledger says, and the ledger sums to zero."""
    assert sum(balances_by_account().values()) == 0
    for claim in Claim.objects.prefetch_related("lines"):
        found = document_balances(claim.practice_id, [claim.number])

        def on(account: Account, item: int | None = None, book: Any = found) -> Decimal:
            rows = (amount for (_, its, place), amount in book.items() if its == account and item in (None, place))
            return sum(rows, ZERO)

        charged = claim.charge_amount if stands(claim.status, claim.frequency) else ZERO
        assert -on(Account.CHARGES) == charged, claim.number
        assert on(Account.PAYER_RECEIVABLE) == claim.balance_amount
        assert on(Account.CONTRACTUAL) == claim.contractual_amount
        assert on(Account.PATIENT_RECEIVABLE) == claim.patient_amount
        assert on(Account.WRITE_OFF) == claim.written_off_amount
        assert on(Account.REMIT_CLEARING) == claim.paid_amount
        for line in claim.lines.all():
            assert on(Account.PATIENT_RECEIVABLE, line.number) == line.patient_amount
            assert on(Account.WRITE_OFF, line.number) == line.written_off_amount
            assert on(Account.REMIT_CLEARING, line.number) == line.paid_amount


def test_a_replacement_takes_the_place_of_a_decided_claim(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        old = denied(practice)
        new = replace_claim(claim_id=old.pk, actor=biller, now=NOW, fixes=[ADD_25])
        old.refresh_from_db()
        assert (old.status, new.status, new.frequency, new.original) == ("replaced", "draft", "7", old)
        assert (new.lines.get().modifiers, new.payer_control_number) == (["25"], "")
        assert new.filing_deadline == NOW.date() + timedelta(days=90)
        assert_columns_equal_ledger()
        scrub_claims(practice_id=practice.pk, claim_ids=[new.pk], now=NOW)
        new.refresh_from_db()
        facts = claim_facts(practice.pk, [new.pk], NOW)[new.pk]
        assert (new.status, facts.original_control_number) == ("ready", old.payer_control_number)


@pytest.mark.parametrize("status", [ClaimStatus.ACCEPTED, ClaimStatus.SUBMITTED, ClaimStatus.READY, ClaimStatus.VOID])
def test_an_undecided_claim_is_not_replaced(practice: Practice, biller: User, status: ClaimStatus) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice, status)
        with pytest.raises(CannotReplace):
            replace_claim(claim_id=claim.pk, actor=biller, now=NOW)


def test_without_the_payers_number_nothing_is_replaced(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = denied(practice)
        Claim.objects.filter(pk=claim.pk).update(payer_control_number="")
        with pytest.raises(CannotReplace, match="no number"):
            replace_claim(claim_id=claim.pk, actor=biller, now=NOW)


def test_a_fix_that_does_not_fit_leaves_everything_as_it_was(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        old = denied(practice)
        with pytest.raises(CannotCorrect):
            replace_claim(claim_id=old.pk, actor=biller, now=NOW, fixes=[Fix(kind=FixKind.REMOVE_LINE, line=7)])
        old.refresh_from_db()
        assert (old.status, Claim.objects.count()) == ("adjudicated", 1)


def test_another_payer_gets_an_original_claim(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        old = denied(practice)
        cover = a_coverage(old.patient, a_payer(practice, payer_id="CH001", name="Cascadia"), rank=2)
        fix = Fix(kind=FixKind.SET_COVERAGE, value=str(cover.pk))
        new = replace_claim(claim_id=old.pk, actor=biller, now=NOW, fixes=[fix])
        assert (new.payer.name, new.frequency, new.original) == ("Cascadia", "1", old)
        assert claim_facts(practice.pk, [new.pk], NOW)[new.pk].original_control_number == ""
        assert_columns_equal_ledger()


def test_an_unsent_claim_is_simply_void(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice, ClaimStatus.READY)
        assert void_claim(claim_id=claim.pk, actor=biller, now=NOW, reason="billed in error") is None
        claim.refresh_from_db()
        assert (claim.status, Claim.objects.count()) == ("void", 1)
        assert_columns_equal_ledger()


@pytest.mark.parametrize(
    "status", [ClaimStatus.ACCEPTED, ClaimStatus.PENDED, ClaimStatus.ADJUDICATED, ClaimStatus.CLOSED]
)
def test_what_the_payer_has_is_voided_by_notice(practice: Practice, biller: User, status: ClaimStatus) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice, status)
        notice = void_claim(claim_id=claim.pk, actor=biller, now=NOW, reason="wrong patient")
        claim.refresh_from_db()
        assert notice is not None
        assert (claim.status, notice.status, notice.frequency, notice.original) == ("void", "ready", "8", claim)
        assert notice.charge_amount == claim.charge_amount
        facts = claim_facts(practice.pk, [notice.pk], NOW)[notice.pk]
        assert facts.original_control_number == claim.payer_control_number
        assert_columns_equal_ledger()
        with pytest.raises(CannotVoid, match="void itself"):
            void_claim(claim_id=notice.pk, actor=biller, now=NOW, reason="x")
        with pytest.raises(CannotCorrect, match="is a void"):
            edit_line(claim_id=notice.pk, line_number=1, units=2, actor=biller, now=NOW)


def test_voiding_an_unsent_replacement_withdraws_what_the_payer_has(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        old = denied(practice)
        new = replace_claim(claim_id=old.pk, actor=biller, now=NOW)
        notice = void_claim(claim_id=new.pk, actor=biller, now=NOW, reason="not ours")
        assert notice is not None
        assert notice.original == old
        assert_columns_equal_ledger()


@pytest.mark.parametrize(
    "status", [ClaimStatus.SUBMITTED, ClaimStatus.RECEIVED, ClaimStatus.VOID, ClaimStatus.REPLACED]
)
def test_what_is_on_its_way_is_not_voided(practice: Practice, biller: User, status: ClaimStatus) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice, status)
        with pytest.raises(CannotVoid):
            void_claim(claim_id=claim.pk, actor=biller, now=NOW, reason="x")


def test_a_rejected_claim_goes_again_once_it_is_right(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = sent(practice, ClaimStatus.REJECTED, procedures=(("99213", [], 1, []),))
        open_items(items=[rejection(claim)], now=NOW)
        with pytest.raises(CannotResubmit, match="points to no diagnosis"):
            resubmit_rejected(claim_id=claim.pk, actor=biller, now=NOW)
        change = edit_line(claim_id=claim.pk, line_number=1, pointers=[1], actor=biller, now=NOW)
        assert change.claim.status == "rejected"
        again = resubmit_rejected(claim_id=claim.pk, actor=biller, now=NOW)
        assert again.status == "ready"
        assert not WorkItem.objects.open().filter(kind=Kind.CLAIM_REJECTED).exists()
        with pytest.raises(CannotResubmit, match="not rejected"):
            resubmit_rejected(claim_id=claim.pk, actor=biller, now=NOW)


def rejection(claim: Claim) -> NewItem:
    return NewItem(
        practice_id=claim.practice_id,
        kind=Kind.CLAIM_REJECTED,
        subject_type="claims.claim",
        subject_id=claim.pk,
        reason="Line without diagnosis",
    )


VERBS = (
    "scrub", "hold", "release", "edit", "submit", "receive", "accept", "pend", "reject", "pay", "deny", "reverse",
    "write_off", "to_patient", "replace", "void", "resubmit",
)  # fmt: skip
REFUSALS = (
    CannotAdjust, CannotCorrect, CannotHold, CannotRelease, CannotReplace, CannotResubmit, CannotVoid,
)  # fmt: skip


def act(verb: str, claim: Claim, actor: User) -> None:
    """One thing that may happen to a claim; what is not possible now is refused or does nothing."""
    who: dict[str, Any] = {"claim_id": claim.pk, "actor": actor, "now": NOW}
    some = Decimal("10.00")
    moves = {"submit": "submitted", "receive": "received", "accept": "accepted", "pend": "pended", "reject": "rejected"}
    verbs: dict[str, Callable[[], object]] = {
        "scrub": lambda: scrub_claims(practice_id=claim.practice_id, claim_ids=[claim.pk], now=NOW),
        "hold": lambda: hold_claim(reason="wait", **who),
        "release": lambda: release_claim(**who),
        "edit": lambda: edit_line(line_number=1, units=1 + claim.lines.get(number=1).units % 3, **who),
        "pay": lambda: decide(claim, paid=some, contractual=some, allowed=some),
        "deny": lambda: decide(claim, denied=some),
        "reverse": lambda: decide(claim, sign=-1, paid=some),
        "write_off": lambda: write_off(line_number=1, amount=some, reason="small", **who),
        "to_patient": lambda: move_to_patient(line_number=1, amount=some, reason="not covered", **who),
        "replace": lambda: replace_claim(fixes=[ADD_25], **who),
        "void": lambda: void_claim(reason="error", **who),
        "resubmit": lambda: resubmit_rejected(**who),
    }
    with suppress(*REFUSALS):
        if verb in moves:
            Claim.objects.filter(pk=claim.pk).move_to(ClaimStatus(moves[verb]), NOW)
        elif verb not in ("pay", "deny", "reverse") or claim.payer_control_number:
            verbs[verb]()


LIVES = {
    "new": (),
    "with the payer": ("scrub", "submit", "accept"),
    "decided": ("scrub", "submit", "accept", "deny"),
    "settled": ("scrub", "submit", "accept", "pay", "write_off"),
    "refused": ("scrub", "submit", "reject"),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    life=st.sampled_from(sorted(LIVES)),
    verbs=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 2)), min_size=2, max_size=8),
)
def test_no_story_leaves_the_table_or_the_ledger(
    practice: Practice, biller: User, life: str, verbs: list[tuple[str, int]]
) -> None:
    """Random verbs: every step is one that the table of moves allows (a verb may take two), money agrees."""
    with practice_scope(practice.pk):
        first = build_claims(practice_id=practice.pk, case_ids=[a_case(practice, procedures=TWO).pk], now=NOW)[0]
        Claim.objects.filter(pk=first.pk).update(payer_control_number=f"ICN{first.pk}")
        for verb, which in (*((verb, 0) for verb in LIVES[life]), *verbs):
            claims = list(Claim.objects.filter(coding_case_id=first.coding_case_id).order_by("pk"))
            before = {claim.pk: ClaimStatus(claim.status) for claim in claims}
            act(verb, claims[which % len(claims)], biller)
            for claim in Claim.objects.filter(pk__in=before):
                assert reachable(before[claim.pk], ClaimStatus(claim.status)), (verb, before[claim.pk], claim.status)
            assert_columns_equal_ledger()


@pytest.mark.parametrize(
    ("life", "status"),
    [("new", "draft"), ("with the payer", "accepted"), ("decided", "adjudicated"), ("settled", "adjudicated"),
     ("refused", "rejected")],
)  # fmt: skip
def test_the_stories_start_where_they_say(practice: Practice, biller: User, life: str, status: str) -> None:
    with practice_scope(practice.pk):
        claim = build_claims(practice_id=practice.pk, case_ids=[a_case(practice, procedures=TWO).pk], now=NOW)[0]
        Claim.objects.filter(pk=claim.pk).update(payer_control_number="ICN")
        for verb in LIVES[life]:
            act(verb, Claim.objects.get(pk=claim.pk), biller)
        claim.refresh_from_db()
        assert claim.status == status
        assert (claim.written_off_amount > 0) == (life == "settled")


def reachable(start: ClaimStatus, end: ClaimStatus, steps: int = 2) -> bool:
    """Whether at most two moves of the table lead from one state to another."""
    if start == end:
        return True
    return steps > 0 and any(reachable(one, end, steps - 1) for one in MOVES[start])

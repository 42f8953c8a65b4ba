"""Whole stories: one visit on its way to money, by the real stages and the simulated payer, under a moving clock."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from claims.domain.status import ClaimStatus
from claims.models import Claim
from claims.operations.correct import edit_claim, resubmit_rejected, void_claim
from claims.operations.hold import release_claim
from coding.domain.edits.findings import Fix, FixKind
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice
from compliance.scope import practice_scope
from denials.domain.status import AppealStatus, DenialStatus
from denials.models import Appeal, Denial
from denials.operations import correct_and_replace, draft_appeal, save_letter, send_appeal
from ledger.domain.accounts import Account
from ledger.queries import balance, document_balances
from payments.models import Remit
from tests.builders import DAY
from tests.flow.town import Town, seed_that_overturns
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

D = Decimal


def open_work(practice: Practice) -> list[str]:
    with practice_scope(practice.pk):
        return sorted(WorkItem.objects.open().values_list("kind", flat=True))


def at_payer(town: Town, practice: Practice, diagnosis: str, procedure: str, **patient: Any) -> Claim:
    """A claim for one service, on its way."""
    coder = town.person(Role.CODER)
    town.visit(town.patient(practice, **patient), DAY, "V1")
    town.run("open_cases")
    town.code(practice, "V1", coder, [diagnosis], procedure)
    town.exchange_once()
    return town.claims(practice)[0]


def test_a_visit_becomes_paid_money(town: Town, practice: Practice) -> None:
    coder = town.person(Role.CODER)
    town.visit(town.patient(practice), DAY, "V1")
    town.run("open_cases")
    assert open_work(practice) == [Kind.CODING_CASE]
    town.code(practice, "V1", coder, ["M17.11"], "99213")
    states = []
    for stage in ("build_claims", "scrub_claims", "submit_ready_claims"):
        town.run(stage)
        states.append(town.claims(practice)[0].status)
    town.tick()
    town.run()
    states.append(town.claims(practice)[0].status)
    town.later(hours=6)
    states.append(town.claims(practice)[0].status)
    assert states == ["draft", "ready", "submitted", "received", "accepted"]
    town.later(days=8)
    town.later(hours=1)
    assert len(town.sent(practice, "276")) == 1
    town.later(days=3)
    (claim,) = town.claims(practice)
    assert claim.status == ClaimStatus.CLOSED
    assert (claim.charge_amount, claim.paid_amount, claim.patient_amount, claim.contractual_amount) == (
        D("168.00"), D("62.40"), D("30.00"), D("75.60"),
    )  # fmt: skip
    town.assert_books()
    assert [event.raw_kind for event in claim.events.all() if event.raw_kind] == [
        "837P", "999", "277CA", "277", "835",
    ]  # fmt: skip
    assert open_work(practice) == []
    with practice_scope(practice.pk):
        assert balance(Account.CASH) == D("62.40")
        assert Remit.objects.get().status == "posted"
        assert AuditEvent.objects.filter(subject_type="claims.claim", subject_id=claim.pk).count() >= 6


def test_a_denied_claim_is_corrected_and_paid(town: Town, practice: Practice) -> None:
    specialist = town.person(Role.DENIAL_SPECIALIST)
    claim = at_payer(town, practice, "I10", "20610")
    town.later(days=12)
    with practice_scope(practice.pk):
        denial = Denial.objects.get()
        assert (denial.group, denial.carc, denial.amount) == ("CO", "50", D("168.00"))
        assert Claim.objects.get(pk=claim.pk).denied_amount == D("168.00")
        fix = Fix(kind=FixKind.SET_DIAGNOSES, values=("M17.11",))
        correct_and_replace(denial_id=denial.pk, fixes=[fix], actor=specialist, now=town.now)
    town.assert_books()
    town.exchange_once()
    town.later(days=14)
    old, new = town.claims(practice)
    with practice_scope(practice.pk):
        denial.refresh_from_db()
        assert new.original_id == old.pk
    assert (old.status, new.status, new.frequency) == ("replaced", "closed", "7")
    assert (old.paid_amount, new.paid_amount) == (D("0.00"), D("82.46"))
    assert (denial.status, denial.recovered_amount) == (DenialStatus.OVERTURNED, D("82.46"))
    assert open_work(practice) == []
    town.assert_books()


def test_an_appeal_is_won_and_paid(town: Town, practice: Practice) -> None:
    town.seed = seed_that_overturns("26-000001", 0.60)
    specialist = town.person(Role.DENIAL_SPECIALIST)
    claim = at_payer(town, practice, "I10", "20610")
    town.later(days=12)
    with practice_scope(practice.pk):
        appeal = draft_appeal(
            denial_ids=list(Denial.objects.values_list("pk", flat=True)), actor=specialist, now=town.now
        )
        save_letter(
            appeal_id=appeal.pk, letter=f"{appeal.letter}\nThe knee was swollen.\n", actor=specialist, now=town.now
        )
        send_appeal(appeal_id=appeal.pk, actor=specialist, now=town.now)
    town.exchange_once()
    assert len(town.sent(practice, "json")) == len(town.sent(practice, "pdf")) == 1
    town.later(days=45)
    (claim,) = town.claims(practice)
    with practice_scope(practice.pk):
        appeal.refresh_from_db()
        assert Denial.objects.get().status == DenialStatus.OVERTURNED
        assert Appeal.objects.get().decision.startswith("The records support")
    assert appeal.status == AppealStatus.OVERTURNED
    assert (claim.status, claim.paid_amount, claim.denied_amount) == ("closed", D("82.46"), D("0.00"))
    assert open_work(practice) == []
    town.assert_books()


def test_a_rejected_claim_is_fixed_sent_again_and_paid(town: Town, practice: Practice) -> None:
    biller = town.person(Role.BILLER)
    claim = at_payer(town, practice, "M17.11", "99213", member_id="HMX999999999")
    right = next(iter(town.members.values()))["member_id"]
    town.later(hours=7)
    assert town.claims(practice)[0].status == ClaimStatus.REJECTED
    assert open_work(practice) == [Kind.CLAIM_REJECTED]
    with practice_scope(practice.pk):
        edit_claim(claim_id=claim.pk, member_id=right, actor=biller, now=town.now)
        resubmit_rejected(claim_id=claim.pk, actor=biller, now=town.now)
    town.exchange_once()
    town.later(days=12)
    (claim,) = town.claims(practice)
    assert (claim.status, claim.frequency, claim.paid_amount) == ("closed", "1", D("62.40"))
    with practice_scope(practice.pk):
        assert list(claim.submissions.order_by("pk").values_list("answer", flat=True)) == ["rejected", "accepted"]
    assert open_work(practice) == []
    town.assert_books()


def test_a_held_claim_waits_until_a_person_lets_it_go(town: Town, practice: Practice) -> None:
    biller = town.person(Role.BILLER)
    claim = at_payer(town, practice, "M17.11", "99213", birth_date=DAY + timedelta(days=9))
    assert (claim.status, town.sent(practice)) == (ClaimStatus.HELD, [])
    assert open_work(practice) == [Kind.CLAIM_HELD]
    with practice_scope(practice.pk):
        type(claim.patient).objects.filter(pk=claim.patient_id).update(birth_date="1968-04-17")
        release_claim(claim_id=claim.pk, actor=biller, now=town.now, note="Birth date corrected")
    town.exchange_once()
    assert (town.claims(practice)[0].status, open_work(practice)) == (ClaimStatus.RECEIVED, [])


def test_a_paid_claim_is_withdrawn_and_the_money_goes_back(town: Town, practice: Practice) -> None:
    biller = town.person(Role.BILLER)
    claim = at_payer(town, practice, "M17.11", "99213")
    town.later(days=12)
    with practice_scope(practice.pk):
        notice = void_claim(claim_id=claim.pk, actor=biller, now=town.now, reason="Wrong patient")
    assert notice is not None
    town.exchange_once()
    town.later(days=14)
    old, sent = town.claims(practice)
    assert (old.status, sent.status, sent.frequency) == ("void", "void", "8")
    assert (old.paid_amount, old.patient_amount, old.balance_amount) == (D("0.00"), D("0.00"), D("0.00"))
    town.assert_books()
    with practice_scope(practice.pk):
        assert balance(Account.CHARGES) == balance(Account.PAYER_RECEIVABLE) == 0


def test_a_takeback_lands_on_its_claim(town: Town, practice: Practice) -> None:
    claim = at_payer(town, practice, "M17.11", "99213")
    town.later(days=12)
    assert town.order("takeback", claim.number) == "done"
    town.visit(town.patient(practice), DAY, "V2")
    town.run("open_cases")
    town.code(practice, "V2", town.person(Role.CODER), ["M17.11"], "99213")
    town.exchange_once()
    town.later(days=14)
    town.assert_books()
    with practice_scope(practice.pk):
        taken = document_balances(practice.pk, [claim.number])[claim.number, Account.PAYER_RECEIVABLE, 0]
        assert balance(Account.CASH) == D("62.40") * 2 - taken
    assert taken > 0


def test_a_reversal_is_mirrored_and_the_correction_posted(town: Town, practice: Practice) -> None:
    claim = at_payer(town, practice, "M17.11", "99213")
    town.later(days=12)
    before = town.claims(practice)[0].paid_amount
    assert town.order("reverse", claim.number) == "done"
    town.later(days=40)
    (after,) = town.claims(practice)
    assert after.status == ClaimStatus.CLOSED
    assert D("0.00") < after.paid_amount < before
    town.assert_books()
    assert open_work(practice) == []
    with practice_scope(practice.pk):
        assert list(after.remit_claims.order_by("pk").values_list("status_code", flat=True)) == ["1", "22", "1"]
        owed = -balance(Account.PROVIDER_ADJUSTMENT)  # the payer will keep it back from its next payment
        assert owed == before - after.paid_amount == balance(Account.CASH) - after.paid_amount

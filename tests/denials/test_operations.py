"""What a specialist does: result, trail, refusal; money through claims' own verbs."""

from decimal import Decimal

import pytest

from claims.domain.status import ClaimStatus
from claims.models import Claim
from coding.domain.edits.findings import Fix, FixKind
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from denials.domain.status import DenialStatus
from denials.models import Appeal, Denial
from denials.operations import (
    CannotWork,
    bill_patient,
    correct_and_replace,
    draft_appeal,
    note_denial,
    save_letter,
    send_appeal,
    withdraw_appeal,
    write_off_denial,
)
from encounters.operations import correct_member_id
from ledger.domain.accounts import Account
from ledger.queries import document_balances
from tests.builders import NOW
from tests.denials.builders import LATER, Refuse, bring, refuse
from tests.payments.builders import D, a_claim, a_line, an_answer
from worklist.models import WorkItem, WorkNote

pytestmark = pytest.mark.django_db
MODIFIER = Fix(kind=FixKind.ADD_MODIFIER, line=1, value="25")


def open_work(kind: str = "denial.") -> list[WorkItem]:
    return list(WorkItem.objects.open().filter(kind__startswith=kind).order_by("pk"))


def trail(verb: str) -> int:
    return AuditEvent.objects.filter(verb=verb).count()


def test_correct_and_replace(refused: Refuse, specialist: User) -> None:
    (denial,) = refused("CO-4-168.00")
    new = correct_and_replace(denial_id=denial.pk, fixes=[MODIFIER], actor=specialist, now=LATER)
    denial.refresh_from_db()
    assert (denial.status, denial.first_action_at, denial.closed_at) == (DenialStatus.CORRECTED, LATER, None)
    assert (new.frequency, new.original_id, new.status) == ("7", denial.claim_id, ClaimStatus.DRAFT)
    assert new.lines.get().modifiers == ["25"]
    assert Claim.objects.get(pk=denial.claim_id).status == ClaimStatus.REPLACED
    assert open_work() == []
    assert AuditEvent.objects.get(verb="denial.corrected").actor == specialist
    with pytest.raises(CannotWork, match="corrected already"):
        correct_and_replace(denial_id=denial.pk, fixes=[MODIFIER], actor=specialist, now=LATER)


def test_all_denials_of_the_claim_are_corrected_together(inside: Practice, specialist: User) -> None:
    claim = a_claim(inside, ("99213", "168.00"), ("20610", "168.00"))
    answer = an_answer(
        claim,
        a_line(1, "99213", "168.00", "0", "CO-97-168.00"),
        a_line(2, "20610", "168.00", "0", "CO-16-168.00"),
        status="4",
    )
    bring(inside, answer)
    first = Denial.objects.order_by("pk").first()
    assert first is not None
    correct_and_replace(denial_id=first.pk, fixes=[MODIFIER], actor=specialist, now=LATER)
    assert set(Denial.objects.values_list("status", flat=True)) == {"corrected"}


def test_the_same_claim_is_not_sent_again(refused: Refuse, specialist: User) -> None:
    (denial,) = refused("CO-31-168.00")
    with pytest.raises(CannotWork, match="Correct something first"):
        correct_and_replace(denial_id=denial.pk, actor=specialist, now=LATER)
    assert Claim.objects.count() == 1
    correct_member_id(coverage_id=denial.claim.coverage_id, member_id="HMX000000777", actor=specialist, now=LATER)
    assert correct_and_replace(denial_id=denial.pk, actor=specialist, now=LATER).frequency == "7"


def test_a_fix_that_does_not_fit_is_one_sentence(refused: Refuse, specialist: User) -> None:
    (denial,) = refused("CO-4-168.00")
    fix = Fix(kind=FixKind.SET_UNITS, line=7, value="2")
    with pytest.raises(CannotWork, match="no line 7"):
        correct_and_replace(denial_id=denial.pk, fixes=[fix], actor=specialist, now=LATER)
    denial.refresh_from_db()
    assert denial.status == DenialStatus.NEW


def test_an_appeal_from_draft_to_tray(refused: Refuse, specialist: User) -> None:
    (denial,) = refused("CO-50-168.00")
    appeal = draft_appeal(denial_ids=[denial.pk], actor=specialist, now=LATER)
    assert (appeal.level, appeal.amount, appeal.deadline) == (1, D("168.00"), denial.appeal_deadline)
    assert "Theo Winslow" in appeal.letter
    assert "Primary osteoarthritis, right knee" in appeal.letter
    denial.refresh_from_db()
    assert (denial.status, denial.first_action_at) == (DenialStatus.NEW, LATER)
    assert len(open_work()) == 1
    save_letter(appeal_id=appeal.pk, letter="Dear reviewer,\r\n\r\nplease look again.\r\n", actor=specialist, now=LATER)
    sent = send_appeal(appeal_id=appeal.pk, actor=specialist, now=LATER)
    assert (sent.status, sent.stored_at, sent.letter) == ("stored", LATER, "Dear reviewer,\n\nplease look again.\n")
    assert bytes(sent.pdf).startswith(b"%PDF-")
    denial.refresh_from_db()
    assert denial.status == DenialStatus.APPEALED
    assert open_work() == []
    assert [trail(f"appeal.{verb}") for verb in ("drafted", "edited", "stored")] == [2, 1, 2]
    with pytest.raises(CannotWork, match="its text is fixed"):
        save_letter(appeal_id=appeal.pk, letter="Another", actor=specialist, now=LATER)
    with pytest.raises(CannotWork, match="its text is fixed"):
        send_appeal(appeal_id=appeal.pk, actor=specialist, now=LATER)


def test_saving_the_same_letter_twice_leaves_one_trace(refused: Refuse, specialist: User) -> None:
    (denial,) = refused()
    appeal = draft_appeal(denial_ids=[denial.pk], actor=specialist, now=NOW)
    for _ in range(2):
        save_letter(appeal_id=appeal.pk, letter="Please look again.", actor=specialist, now=NOW)
    assert trail("appeal.edited") == 1
    with pytest.raises(CannotWork, match="letter is empty"):
        save_letter(appeal_id=appeal.pk, letter=" \n ", actor=specialist, now=NOW)


def test_one_appeal_at_a_time_about_one_claim(inside: Practice, specialist: User) -> None:
    (one,), (other,) = refuse(inside), refuse(inside)
    with pytest.raises(CannotWork, match="one claim"):
        draft_appeal(denial_ids=[one.pk, other.pk], actor=specialist, now=NOW)
    draft_appeal(denial_ids=[one.pk], actor=specialist, now=NOW)
    with pytest.raises(CannotWork, match="under way already"):
        draft_appeal(denial_ids=[one.pk], actor=specialist, now=NOW)


def test_a_draft_falls_with_a_correction(refused: Refuse, specialist: User) -> None:
    (denial,) = refused()
    appeal = draft_appeal(denial_ids=[denial.pk], actor=specialist, now=NOW)
    correct_and_replace(denial_id=denial.pk, fixes=[MODIFIER], actor=specialist, now=NOW)
    appeal.refresh_from_db()
    assert appeal.status == "withdrawn"
    with pytest.raises(CannotWork, match="corrected"):
        draft_appeal(denial_ids=[denial.pk], actor=specialist, now=NOW)


def test_an_appeal_under_way_stops_other_plays(refused: Refuse, specialist: User) -> None:
    (denial,) = refused("PR-96-168.00")
    appeal = draft_appeal(denial_ids=[denial.pk], actor=specialist, now=NOW)
    send_appeal(appeal_id=appeal.pk, actor=specialist, now=NOW)
    with pytest.raises(CannotWork, match="appealed"):
        correct_and_replace(denial_id=denial.pk, fixes=[MODIFIER], actor=specialist, now=NOW)
    with pytest.raises(CannotWork, match="Withdraw it first"):
        write_off_denial(denial_id=denial.pk, reason="Small", actor=specialist, now=NOW)
    with pytest.raises(CannotWork, match="on its way"):
        withdraw_appeal(appeal_id=appeal.pk, reason="Wrong", actor=specialist, now=NOW)


def test_withdrawing_reopens_the_work(refused: Refuse, specialist: User) -> None:
    (denial,) = refused()
    appeal = draft_appeal(denial_ids=[denial.pk], actor=specialist, now=NOW)
    send_appeal(appeal_id=appeal.pk, actor=specialist, now=NOW)
    Appeal.objects.filter(pk=appeal.pk).update(status="sent", sent_at=NOW)
    with pytest.raises(CannotWork, match="Say why"):
        withdraw_appeal(appeal_id=appeal.pk, reason=" ", actor=specialist, now=LATER)
    withdraw_appeal(appeal_id=appeal.pk, reason="The claim is corrected instead", actor=specialist, now=LATER)
    denial.refresh_from_db()
    assert denial.status == DenialStatus.NEW
    assert [item.subject_id for item in open_work()] == [denial.pk]
    assert draft_appeal(denial_ids=[denial.pk], actor=specialist, now=LATER).level == 1
    with pytest.raises(CannotWork, match="nothing to withdraw"):
        withdraw_appeal(appeal_id=appeal.pk, reason="Again", actor=specialist, now=LATER)


def test_write_off(refused: Refuse, specialist: User, inside: Practice) -> None:
    (denial,) = refused("CO-18-168.00")
    write_off_denial(denial_id=denial.pk, reason="Billed twice", actor=specialist, now=LATER)
    denial.refresh_from_db()
    claim = Claim.objects.get(pk=denial.claim_id)
    assert (denial.status, denial.closed_at) == (DenialStatus.WRITTEN_OFF, LATER)
    assert (claim.written_off_amount, claim.denied_amount, claim.status) == (D("168.00"), D("0"), ClaimStatus.CLOSED)
    assert document_balances(inside.pk, [claim.number])[claim.number, Account.WRITE_OFF, 1] == D("168.00")
    assert open_work() == []
    assert AuditEvent.objects.get(verb="denial.written_off").note == "Billed twice"
    with pytest.raises(CannotWork, match="written off"):
        write_off_denial(denial_id=denial.pk, reason="Again", actor=specialist, now=LATER)


def test_giving_up_more_needs_a_supervisor(inside: Practice, specialist: User) -> None:
    (denial,) = refuse(inside, "CO-18-250.01", charge="250.01")
    with pytest.raises(CannotWork, match="needs a supervisor"):
        write_off_denial(denial_id=denial.pk, reason="Duplicate", actor=specialist, now=NOW)
    assert Denial.objects.get().status == DenialStatus.NEW
    write_off_denial(denial_id=denial.pk, reason="Duplicate", actor=specialist, now=NOW, may_write_off=True)
    assert Denial.objects.get().status == DenialStatus.WRITTEN_OFF


def test_only_what_is_open_is_written_off(inside: Practice, specialist: User) -> None:
    (denial,) = refuse(inside, "CO-97-68.00", "CO-45-40.00", paid="60.00")
    write_off_denial(denial_id=denial.pk, reason="Small", actor=specialist, now=NOW)
    claim = Claim.objects.get(pk=denial.claim_id)
    assert (claim.written_off_amount, claim.balance_amount) == (D("68.00"), D("0"))


def test_bill_patient(inside: Practice, specialist: User) -> None:
    (denial,) = refuse(inside, "PR-96-168.00")
    bill_patient(denial_id=denial.pk, reason="Signed a waiver", actor=specialist, now=LATER)
    claim = Claim.objects.get(pk=denial.claim_id)
    assert (claim.patient_amount, claim.status) == (D("168.00"), ClaimStatus.CLOSED)
    assert Denial.objects.get().status == DenialStatus.PATIENT
    (contract,) = refuse(inside, "CO-96-168.00")
    with pytest.raises(CannotWork, match="may not be billed"):
        bill_patient(denial_id=contract.pk, reason="Please", actor=specialist, now=LATER)
    with pytest.raises(CannotWork, match="Say why"):
        write_off_denial(denial_id=contract.pk, reason="  ", actor=specialist, now=LATER)


def test_a_refusal_without_dollars_can_be_ended(inside: Practice, specialist: User) -> None:
    (denial,) = refuse(inside, "CO-45-100.00", "CO-97-0.00", "PR-96-68.00")[:1]
    assert (denial.carc, denial.amount) == ("97", Decimal("0.00"))
    write_off_denial(denial_id=denial.pk, reason="Says nothing", actor=specialist, now=NOW)
    denial.refresh_from_db()
    assert denial.status == DenialStatus.WRITTEN_OFF
    assert Claim.objects.get(pk=denial.claim_id).written_off_amount == 0


def test_a_note_stands_on_the_denial(refused: Refuse, specialist: User) -> None:
    (denial,) = refused()
    note_denial(denial_id=denial.pk, text=" Called, ref 55120 ", actor=specialist, now=NOW)
    note = WorkNote.objects.get(subject_type="denials.denial", subject_id=denial.pk)
    assert (note.text, note.author) == ("Called, ref 55120", specialist)
    with pytest.raises(CannotWork, match="some words"):
        note_denial(denial_id=denial.pk, text=" ", actor=specialist, now=NOW)


def test_roles_that_may_give_up() -> None:
    from compliance.domain.permissions import roles_with

    assert Role.SUPERVISOR in roles_with("ledger.write_off")
    assert Role.DENIAL_SPECIALIST not in roles_with("ledger.write_off")

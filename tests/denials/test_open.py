"""Posted decisions become denials with work, and later decisions move them: set-based, in any order, once."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.operations.balance import write_off
from claims.operations.correct import replace_claim
from coding.domain.edits.findings import Fix, FixKind
from compliance.models import AuditEvent, Practice, User
from denials.domain.status import DenialStatus
from denials.models import Denial
from denials.operations import CannotWork, correct_and_replace, write_off_denial, write_off_denials
from denials.stages import open_denials
from payments.models import RemitClaim
from tests.builders import NOW, a_payer, an_authorization
from tests.denials.builders import LATER, Refuse, bring, refuse, replaced
from tests.payments.builders import PAID_ON, D, a_claim, a_line, an_answer, taken_back
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.operations import close_item

pytestmark = pytest.mark.django_db
MODIFIER = Fix(kind=FixKind.ADD_MODIFIER, line=1, value="25")


def work() -> list[WorkItem]:
    return list(WorkItem.objects.open().filter(kind__startswith="denial.").order_by("pk"))


def test_a_refused_line_becomes_a_denial_with_work(refused: Refuse) -> None:
    (denial,) = refused("CO-50-168.00")
    assert (denial.amount, denial.line_number, str(denial)) == (D("168.00"), 1, "CO-50")
    assert (denial.category, denial.play, denial.station, denial.avoidable) == ("necessity", "appeal", "coding", False)
    assert (denial.expected_amount, denial.odds) == (D("92.40"), 50)
    assert denial.expected_recovery == D("46.20")
    assert (denial.deadline, denial.deadline_kind) == (PAID_ON + timedelta(days=180), "appeal")
    assert denial.first
    assert denial.posted_at == NOW
    (item,) = work()
    assert (item.kind, item.subject_id, item.claim_id) == (Kind.DENIAL_NEW, denial.pk, denial.claim_id)
    assert item.reason == "Not medically necessary, payer says"
    assert len(item.reason) <= 40
    assert (item.next_step, item.amount, item.clock_date) == ("Write appeal", D("92.40"), denial.deadline)
    assert AuditEvent.objects.filter(verb="denial.opened", subject_id=denial.pk, actor=None).count() == 1


def test_paid_lines_beside_a_denied_one_and_two_reasons_on_one_line(inside: Practice) -> None:
    claim = a_claim(inside, ("99213", "168.00"), ("20610", "168.00"), ("87880", "34.00"))
    bring(
        inside,
        an_answer(
            claim,
            a_line(1, "99213", "168.00", "0", "CO-97-100.00", "CO-16-68.00"),
            a_line(2, "20610", "168.00", "82.46", "CO-45-85.54"),
            a_line(3, "87880", "34.00", "0", "PR-1-16.10", "CO-45-17.90"),
        ),
    )
    found = Denial.objects.order_by("carc")
    assert [(d.carc, d.line_number, d.amount, d.expected_amount) for d in found] == [
        ("16", 1, D("68.00"), D("0.00")),
        ("97", 1, D("100.00"), D("92.40")),
    ]


def test_a_refusal_of_the_whole_claim_belongs_to_its_lines(inside: Practice) -> None:
    claim = a_claim(inside, ("99213", "168.00"), ("20610", "168.00"))
    bring(inside, an_answer(claim, status="4", charge=D("336.00"), paid=D("0"), adjusted=("CO-29-336.00",)))
    assert [(d.line_number, d.amount) for d in Denial.objects.order_by("line_number")] == [
        (1, D("168.00")),
        (2, D("168.00")),
    ]


def test_a_denial_that_lands_on_the_patient_is_a_denial(refused: Refuse) -> None:
    (denial,) = refused("PR-96-168.00")
    assert (denial.category, denial.play, str(denial)) == ("non_covered", "patient", "PR-96")


def test_an_approval_on_file_turns_the_play(inside: Practice) -> None:
    claim = a_claim(inside)
    an_authorization(claim.patient, claim.payer, ["99213"], number="AU77")
    (denial,) = refuse(inside, "CO-197-168.00", claim=claim)
    assert (denial.category, denial.play, denial.deadline_kind) == ("authorization", "correct", "correct")
    assert denial.deadline == PAID_ON + timedelta(days=90)


def test_a_payer_that_overlooks_its_own_approval_contradicts_us(inside: Practice) -> None:
    claim = a_claim(inside, authorization_number="AU77")
    an_authorization(claim.patient, claim.payer, ["99213"], number="AU77")
    (denial,) = refuse(inside, "CO-197-168.00", claim=claim)
    assert (denial.category, denial.play, denial.avoidable) == ("payer_error", "appeal", False)


def test_medicare_counts_from_receipt(inside: Practice) -> None:
    payer = a_payer(inside, payer_id="MEDB1", name="Medicare Part B", kind="medicare", appeal_days=120)
    (denial,) = refuse(inside, payer=payer)
    assert denial.deadline == PAID_ON + timedelta(days=125)


def test_a_second_run_changes_nothing(inside: Practice) -> None:
    refuse(inside, "CO-50-168.00")
    before = list(Denial.objects.values())
    RemitClaim.objects.update(followed_at=None)
    assert open_denials.run(inside.pk, LATER) == 1
    assert open_denials.run(inside.pk, LATER) == 0
    assert list(Denial.objects.values()) == before
    assert len(work()) == 1


def test_statements_do_not_grow_with_decisions(inside: Practice) -> None:
    def spent(decisions: int) -> int:
        for _ in range(decisions):
            refuse(inside, "CO-50-168.00", opened=False)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert open_denials.run(inside.pk, NOW) == decisions
        return len(queries)

    assert spent(1) == spent(12)


def test_history_sets_the_odds_once_there_is_enough(inside: Practice) -> None:
    for at in range(20):
        (denial,) = refuse(inside, "CO-50-168.00")
        denial.answer, denial.answered_at = ("won" if at < 16 else "lost"), NOW
        denial.save()
    (denial,) = refuse(inside, "CO-50-168.00")
    assert denial.odds == 77  # (16 + 1) / (20 + 2)


def test_a_reversal_and_a_payment_win_the_denial(inside: Practice) -> None:
    (denial,) = refuse(inside, "CO-50-168.00")
    refusal = an_answer(denial.claim, a_line(1, "99213", "168.00", "0", "CO-50-168.00"), status="4")
    paid = an_answer(denial.claim, a_line(1, "99213", "168.00", "62.40", "CO-45-75.60", "PR-3-30.00"))
    bring(inside, taken_back(refusal), paid, now=LATER)
    denial.refresh_from_db()
    assert (denial.status, denial.recovered_amount, denial.closed_at) == ("overturned", D("92.40"), LATER)
    assert denial.answer == ""
    assert not work()


def test_a_reversal_alone_makes_it_moot_and_a_later_payment_wins(inside: Practice) -> None:
    (denial,) = refuse(inside, "CO-50-168.00")
    refusal = an_answer(denial.claim, a_line(1, "99213", "168.00", "0", "CO-50-168.00"), status="4")
    bring(inside, taken_back(refusal), now=LATER)
    denial.refresh_from_db()
    assert (denial.status, denial.closed_at) == ("moot", LATER)
    assert not work()
    paid = an_answer(denial.claim, a_line(1, "99213", "168.00", "92.40", "CO-45-75.60"))
    bring(inside, paid, now=LATER + timedelta(days=7))
    denial.refresh_from_db()
    assert (denial.status, denial.recovered_amount) == ("overturned", D("92.40"))


@pytest.mark.parametrize(
    ("adjusted", "paid", "status", "answer", "recovered"),
    [
        (("CO-45-75.60",), "92.40", "overturned", "won", "92.40"),
        (("CO-45-75.60", "PR-1-92.40"), "0", "overturned", "won", "92.40"),
        (("CO-50-168.00",), "0", "upheld", "lost", "0.00"),
    ],
)
def test_the_corrected_claims_decision_ends_the_denial(
    inside: Practice,
    specialist: User,
    adjusted: tuple[str, ...],
    paid: str,
    status: str,
    answer: str,
    recovered: str,
) -> None:
    (denial,) = refuse(inside, "CO-50-168.00")
    new = correct_and_replace(denial_id=denial.pk, actor=specialist, now=NOW, fixes=[MODIFIER])
    new = replaced(denial.claim)
    bring(inside, an_answer(new, a_line(1, "99213", "168.00", paid, *adjusted)), now=LATER)
    denial.refresh_from_db()
    assert (denial.status, denial.answer, denial.recovered_amount) == (status, answer, D(recovered))
    assert denial.closed_at == LATER
    again = list(Denial.objects.filter(claim=new))
    assert len(again) == (1 if status == "upheld" else 0)
    assert {item.subject_id for item in work()} == {each.pk for each in again}
    before = list(Denial.objects.order_by("pk").values())
    RemitClaim.objects.update(followed_at=None)
    open_denials.run(inside.pk, LATER + timedelta(days=1))
    assert list(Denial.objects.order_by("pk").values()) == before


def test_a_claim_replaced_on_its_own_page_is_corrected_here(inside: Practice, specialist: User) -> None:
    (denial,) = refuse(inside, "CO-50-168.00")
    replace_claim(claim_id=denial.claim_id, actor=specialist, now=NOW, fixes=[MODIFIER])
    open_denials.run(inside.pk, LATER)
    denial.refresh_from_db()
    assert (denial.status, denial.first_action_at, denial.closed_at) == ("corrected", LATER, None)
    assert not work()


def test_a_denial_given_up_on_the_claims_page_is_moot(inside: Practice, specialist: User) -> None:
    (denial,) = refuse(inside, "CO-50-168.00")
    write_off(claim_id=denial.claim_id, line_number=1, amount=D("168.00"), reason="Small", actor=specialist, now=NOW)
    open_denials.run(inside.pk, LATER)
    denial.refresh_from_db()
    assert denial.status == DenialStatus.MOOT
    assert not work()


def test_another_practices_decisions_stay_out(inside: Practice, other_practice: Practice) -> None:
    refuse(inside, "CO-50-168.00", opened=False)
    assert open_denials.run(other_practice.pk, NOW) == 0
    assert not Denial.objects.exists()


THREE = (("99213", "168.00"), ("20610", "168.00"), ("87880", "34.00"))


def three_lines(practice: Practice, now: datetime = NOW) -> list[Denial]:
    """A claim whose three lines are refused in one decision, the last for another reason."""
    claim = a_claim(practice, *THREE)
    bring(
        practice,
        an_answer(
            claim,
            a_line(1, "99213", "168.00", "0", "CO-97-168.00"),
            a_line(2, "20610", "168.00", "0", "CO-97-168.00"),
            a_line(3, "87880", "34.00", "0", "CO-50-34.00"),
            status="4",
        ),
        now=now,
    )
    return list(Denial.objects.filter(claim=claim).order_by("pk"))


def test_a_decision_that_refuses_three_lines_is_one_row(inside: Practice) -> None:
    denials = three_lines(inside)
    (item,) = work()
    assert (item.subject_id, item.claim_id) == (denials[0].pk, denials[0].claim_id)
    assert item.amount == sum(each.expected_amount for each in denials) == D("190.96")
    assert item.clock_date == min(each.deadline for each in denials)
    assert item.clock_kind == "correct"
    assert (item.category, item.reason) == ("Bundling", "3 lines: Included in another service +1")


def test_the_row_follows_what_is_left_and_closes_with_the_last_line(inside: Practice, specialist: User) -> None:
    first, second, third = three_lines(inside)
    WorkItem.objects.update(assigned_to=specialist, snoozed_until=LATER.date())
    write_off_denial(denial_id=first.pk, reason="Small", actor=specialist, now=NOW, may_write_off=True)
    (item,) = work()
    assert (item.subject_id, item.assigned_to, item.snoozed_until) == (first.pk, specialist, LATER.date())
    assert item.amount == second.expected_amount + third.expected_amount
    assert item.reason == "2 lines: Included in another service +1"
    write_off_denials(denial_ids=[second.pk, third.pk], reason="Small", actor=specialist, now=NOW, may_write_off=True)
    item.refresh_from_db()
    assert (work(), item.closed_by, item.outcome) == ([], specialist, "Written off: Small")


def test_a_row_that_a_person_closed_stays_closed(inside: Practice, specialist: User) -> None:
    first, *_ = three_lines(inside)
    (item,) = work()
    close_item(item_id=item.pk, outcome="Asked the payer", actor=specialist, now=NOW)
    write_off_denial(denial_id=first.pk, reason="Small", actor=specialist, now=NOW, may_write_off=True)
    assert work() == []


def test_a_correction_covers_every_line_and_closes_the_row(inside: Practice, specialist: User) -> None:
    denials = three_lines(inside)
    new = correct_and_replace(denial_id=denials[1].pk, actor=specialist, now=NOW, fixes=[MODIFIER])
    assert set(Denial.objects.values_list("status", flat=True)) == {"corrected"}
    assert (work(), WorkItem.objects.get(kind=Kind.DENIAL_NEW).outcome) == ([], f"Corrected by claim {new}")


def test_two_decisions_on_a_claim_are_two_rows(inside: Practice) -> None:
    claim = a_claim(inside, *THREE)
    for number, code, charge in ((1, "99213", "168.00"), (2, "20610", "168.00")):
        line = a_line(number, code, charge, "0", f"CO-50-{charge}")
        bring(inside, an_answer(claim, line, charge=D(charge), paid=D("0"), status="4"))
    assert len({each.remit_claim_id for each in Denial.objects.all()}) == len(work()) == 2


def test_all_or_nothing_is_given_up_within_the_limit(inside: Practice, specialist: User) -> None:
    denials = three_lines(inside)
    ids = [each.pk for each in denials]
    with pytest.raises(CannotWork, match="more than .250"):
        write_off_denials(denial_ids=ids, reason="Small", actor=specialist, now=NOW)
    assert set(Denial.objects.values_list("status", flat=True)) == {"new"}
    assert len(work()) == 1

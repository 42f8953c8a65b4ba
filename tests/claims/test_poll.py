"""Payers are asked at their rhythm, their answers are read, and silence becomes work."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.domain.status import ClaimStatus
from claims.models import Batch, Claim, ClaimEvent, InboundFile, StatusInquiry
from claims.operations.acknowledge import read_answer_files
from claims.operations.inquire import CannotAsk, ask_status, store_inquiries
from claims.stages import acknowledge_claims, fetch_inbound, poll_claim_status, submit_ready_claims
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from edi.status_276 import read_inquiries
from tests.builders import NOW, a_coverage, a_patient, a_payer
from tests.claims.wire import Post, a_claim, ack_277ca, claims_of, status_277, ta1
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.operations import close_item


def day(number: int) -> datetime:
    """Days after the claims went out."""
    return NOW + timedelta(days=number)


@pytest.fixture
def accepted(practice: Practice) -> Claim:
    """A claim in batch 1 that Harbor Mutual accepted on day 0. It is asked every 7 days, worried about after 30."""
    (claim,) = claims_of(practice, 1)
    submit_ready_claims.run(practice.pk, NOW)
    arrive(practice, ack_277ca(1, [(claim.number, "A2:20", "2630914402")]), at=NOW)
    return claim


def arrive(practice: Practice, content: str, at: datetime) -> None:
    with practice_scope(practice.pk):
        name = f"{InboundFile.objects.count():04d}.x12"
    Post(practice).leave(name, content)
    fetch_inbound.run(practice.pk, at)
    acknowledge_claims.run(practice.pk, at)


def ask_and_hear(practice: Practice, claim: Claim, status: str, at: datetime) -> None:
    """Poll, and the payer's answer a moment later; `status` is the STC from its first element on."""
    with practice_scope(practice.pk):
        Claim.objects.filter(pk=claim.pk).update(poll_due_at=at)
    poll_claim_status.run(practice.pk, at)
    with practice_scope(practice.pk):
        trace = StatusInquiry.objects.filter(claim=claim).latest("pk").trace
    arrive(practice, status_277([(trace, status, claim.number)], at), at)


def fresh(practice: Practice, claim: Claim) -> Claim:
    with practice_scope(practice.pk):
        return Claim.objects.get(pk=claim.pk)


def last_event(practice: Practice, claim: Claim) -> ClaimEvent:
    with practice_scope(practice.pk):
        return ClaimEvent.objects.filter(claim=claim).order_by("-pk")[0]


def work(practice: Practice, kind: Kind) -> WorkItem | None:
    with practice_scope(practice.pk):
        return WorkItem.objects.open().filter(kind=kind).first()


def set_state(practice: Practice, claim: Claim, status: ClaimStatus) -> None:
    with practice_scope(practice.pk):
        Claim.objects.filter(pk=claim.pk).update(status=status)


# --- asking ---


def test_nobody_is_asked_before_the_payers_rhythm(practice: Practice, accepted: Claim) -> None:
    assert poll_claim_status.run(practice.pk, day(6)) == 0
    assert poll_claim_status.run(practice.pk, day(7)) == 1
    assert fresh(practice, accepted).poll_due_at == day(14)
    assert poll_claim_status.run(practice.pk, day(7)) == 0
    assert poll_claim_status.run(practice.pk, day(14)) == 1


def test_the_question_names_the_claim(practice: Practice, accepted: Claim) -> None:
    poll_claim_status.run(practice.pk, day(7))
    assert Post(practice).sent() == ["000000001.837", "000000002.276"]
    (asked,) = read_inquiries(Post(practice).content("000000002.276"))
    with practice_scope(practice.pk):
        batch = Batch.objects.get(kind="276")
        inquiry = StatusInquiry.objects.get()
    assert (asked.trace, asked.claim_number, asked.payer_control_number, asked.charge) == (
        inquiry.trace, accepted.number, "2630914402", accepted.charge_amount,
    )  # fmt: skip
    assert (asked.service_from, asked.subscriber.birth_date, asked.patient) == (
        accepted.service_from, date(1968, 4, 17), None,
    )  # fmt: skip
    assert (batch.claim_count, batch.sent_at, batch.status, inquiry.asked_at) == (1, day(7), "sent", day(7))


def test_each_payer_is_asked_in_a_file_of_its_own(practice: Practice) -> None:
    with practice_scope(practice.pk):
        medicare = a_payer(practice, payer_id="MCR01", name="Medicare", poll_days=14)
        child = a_coverage(
            a_patient(practice),
            a_payer(practice),
            relationship="19",
            subscriber_last_name="Okafor",
            subscriber_first_name="Sam",
        )
        theirs = [a_claim(practice, payer=medicare), a_claim(practice), a_claim(practice, coverage=child)]
    submit_ready_claims.run(practice.pk, NOW)
    assert poll_claim_status.run(practice.pk, day(14)) == 3
    names = Post(practice).sent()[1:]
    asked = [[one.claim_number for one in read_inquiries(Post(practice).content(name))] for name in names]
    assert sorted(asked, key=len) == [[theirs[0].number], [theirs[1].number, theirs[2].number]]
    assert [fresh(practice, claim).poll_due_at for claim in theirs] == [day(28), day(21), day(21)]
    (own, dependent) = read_inquiries(Post(practice).content(names[asked.index(max(asked, key=len))]))
    assert own.patient is None
    assert dependent.patient is not None
    assert dependent.patient.name.first_name == "Denise"


@pytest.mark.parametrize("status", ["ready", "rejected", "adjudicated", "closed", "void", "replaced"])
def test_only_claims_that_the_payer_has_are_asked_about(practice: Practice, accepted: Claim, status: str) -> None:
    set_state(practice, accepted, ClaimStatus(status))
    assert poll_claim_status.run(practice.pk, day(40)) == 0


def test_a_person_asks_at_once(practice: Practice, accepted: Claim, person: Callable[..., User]) -> None:
    biller = person(Role.BILLER, practice)
    with practice_scope(practice.pk):
        ask_status(claim_id=accepted.pk, actor=biller, now=day(2))
        assert AuditEvent.objects.get(verb="claim.status_asked").actor_id == biller.pk
    assert poll_claim_status.run(practice.pk, day(2)) == 1


def test_a_decided_claim_is_not_asked_about(practice: Practice, accepted: Claim, person: Callable[..., User]) -> None:
    set_state(practice, accepted, ClaimStatus.CLOSED)
    with practice_scope(practice.pk), pytest.raises(CannotAsk, match="is closed: the payer has nothing to answer"):
        ask_status(claim_id=accepted.pk, actor=person(Role.BILLER, practice), now=day(2))


def test_a_crash_between_store_and_send_is_made_good(practice: Practice, accepted: Claim) -> None:
    with practice_scope(practice.pk):
        store_inquiries(practice_id=practice.pk, claim_ids=[accepted.pk], now=day(7))
    assert len(Post(practice).sent()) == 1
    assert poll_claim_status.run(practice.pk, day(7)) == 0
    assert Post(practice).sent()[1:] == ["000000002.276"]


def test_the_number_of_statements_does_not_grow(practice: Practice) -> None:
    with practice_scope(practice.pk):
        other = a_payer(practice, payer_id="MCR01", name="Medicare")
        few = [
            a_claim(practice, status=ClaimStatus.ACCEPTED),
            a_claim(practice, status=ClaimStatus.ACCEPTED, payer=other),
        ]
        many = [a_claim(practice, status=ClaimStatus.ACCEPTED) for _ in range(30)]

        def asking(claims: list[Claim]) -> int:
            with CaptureQueriesContext(connection) as captured:
                store_inquiries(practice_id=practice.pk, claim_ids=[c.pk for c in claims], now=day(7))
            return len(captured)

        assert asking(few) == asking(many)


# --- answers ---


@pytest.mark.parametrize("status", ["P0", "P1:20", "P2:46", "P3:123", "P4", "P5:40"])
def test_pending(practice: Practice, accepted: Claim, status: str) -> None:
    ask_and_hear(practice, accepted, f"{status}*20260511", day(7))
    with practice_scope(practice.pk):
        inquiry = StatusInquiry.objects.get()
        batch = Batch.objects.get(kind="276")
    assert fresh(practice, accepted).status == "pended"
    assert (inquiry.answered_at, inquiry.category) == (day(7), status[:2])
    assert batch.status == "received"
    assert last_event(practice, accepted).says.startswith("Harbor Mutual: ")


def test_in_process_in_plain_words(practice: Practice, accepted: Claim) -> None:
    ask_and_hear(practice, accepted, "P1:20*20260511", day(7))
    event = last_event(practice, accepted)
    assert (event.says, event.tone) == ("Harbor Mutual: in process, no action needed.", "move")
    assert (event.raw_kind, event.raw.split("~")[1]) == ("277", "STC*P1:20*20260511")


def test_pending_proves_that_the_payer_has_it(practice: Practice) -> None:
    """The 277CA never came, yet the payer works on the claim."""
    (claim,) = claims_of(practice, 1)
    submit_ready_claims.run(practice.pk, NOW)
    ask_and_hear(practice, claim, "P1:20*20260511", day(7))
    assert (fresh(practice, claim).status, fresh(practice, claim).accepted_at) == ("pended", day(7))


@pytest.mark.parametrize("category", ["R0", "R1", "R3", "R4", "R5", "R9", "R16"])
def test_a_request_for_information_is_work(practice: Practice, accepted: Claim, category: str) -> None:
    ask_and_hear(practice, accepted, f"{category}:297*20260511", day(7))
    item = work(practice, Kind.CLAIM_INFORMATION_REQUESTED)
    assert item is not None
    assert (item.reason, item.clock_date, item.clock_kind) == (
        "Payer wants: medical notes", day(37).date(), "reply",
    )  # fmt: skip
    assert fresh(practice, accepted).status == "pended"
    assert last_event(practice, accepted).says == "Harbor Mutual asks for information: medical notes."


def test_a_repeated_request_keeps_its_clock_and_stays_closed(
    practice: Practice, accepted: Claim, person: Callable[..., User]
) -> None:
    ask_and_hear(practice, accepted, "R4:297*20260511", day(7))
    ask_and_hear(practice, accepted, "R4:297*20260518", day(14))
    item = work(practice, Kind.CLAIM_INFORMATION_REQUESTED)
    assert item is not None
    assert item.clock_date == day(37).date()
    with practice_scope(practice.pk):
        close_item(item_id=item.pk, outcome="Records sent", actor=person(Role.BILLER, practice), now=day(15))
    ask_and_hear(practice, accepted, "R4:297*20260525", day(21))
    assert work(practice, Kind.CLAIM_INFORMATION_REQUESTED) is None
    ask_and_hear(practice, accepted, "R4:298*20260601", day(28))
    assert work(practice, Kind.CLAIM_INFORMATION_REQUESTED) is not None


def test_back_in_process_closes_the_request(practice: Practice, accepted: Claim) -> None:
    ask_and_hear(practice, accepted, "R4:297*20260511", day(7))
    ask_and_hear(practice, accepted, "P1:20*20260518", day(14))
    assert work(practice, Kind.CLAIM_INFORMATION_REQUESTED) is None


@pytest.mark.parametrize("status", ["D0:33", "A4:35"])
def test_not_found_is_work(practice: Practice, accepted: Claim, status: str) -> None:
    ask_and_hear(practice, accepted, f"{status}*20260511", day(7))
    item = work(practice, Kind.CLAIM_NO_RESPONSE)
    assert item is not None
    assert (item.reason, item.next_step) == ("Payer has no record", "Send again")
    assert (item.clock_date, item.clock_kind) == (accepted.filing_deadline, "file")
    assert fresh(practice, accepted).status == "accepted"


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("F0:3", "Harbor Mutual: finalized: decided, waiting for the next payment run."),
        (
            "F1:65*20260511**168*92.4*20260510**20260512*88213047",
            "Harbor Mutual has decided to pay $92.40 by 88213047 on 05/12/2026; the remittance will tell the rest.",
        ),
        ("F2:585", "Harbor Mutual has denied it; the remittance will say why."),
        ("F3:101", "Harbor Mutual: finalized after a revision: handled as an adjustment of an earlier claim."),
        ("F4:104", "Harbor Mutual has decided it without a payment; the remittance will say why."),
    ],
)
def test_finalized_without_money_becomes_work_after_seven_days(
    practice: Practice, accepted: Claim, status: str, says: str
) -> None:
    ask_and_hear(practice, accepted, status, day(7))
    assert (last_event(practice, accepted).says, fresh(practice, accepted).status) == (says, "accepted")
    poll_claim_status.run(practice.pk, day(13))
    assert work(practice, Kind.CLAIM_NO_RESPONSE) is None
    poll_claim_status.run(practice.pk, day(14))
    item = work(practice, Kind.CLAIM_NO_RESPONSE)
    assert item is not None
    assert (item.reason, item.next_step) == ("Decided, no remittance yet", "Ask for the remittance")
    ask_and_hear(practice, accepted, status, day(15))
    assert work(practice, Kind.CLAIM_NO_RESPONSE) is not None


@pytest.mark.parametrize("status", ["E1", "E2:484"])
def test_a_payer_that_is_down_is_asked_again_tomorrow(practice: Practice, accepted: Claim, status: str) -> None:
    ask_and_hear(practice, accepted, f"{status}*20260511", day(7))
    assert fresh(practice, accepted).poll_due_at == day(8)
    assert work(practice, Kind.CLAIM_NO_RESPONSE) is None


@pytest.mark.parametrize("status", ["E0:116", "E3:187", "E4"])
def test_a_question_the_payer_cannot_read_is_work(practice: Practice, accepted: Claim, status: str) -> None:
    ask_and_hear(practice, accepted, f"{status}*20260511", day(7))
    item = work(practice, Kind.CLAIM_NO_RESPONSE)
    assert item is not None
    assert item.reason == "Payer can’t answer our question"


def test_a_rejection_told_by_277_counts(practice: Practice) -> None:
    """The 277CA that rejected it was lost."""
    (claim,) = claims_of(practice, 1)
    submit_ready_claims.run(practice.pk, NOW)
    ask_and_hear(practice, claim, "A7:164:IL*20260511", day(7))
    item = work(practice, Kind.CLAIM_REJECTED)
    assert item is not None
    assert (item.reason, fresh(practice, claim).status) == ("Wrong: member number of the subscriber", "rejected")


def test_accepted_told_by_277_counts(practice: Practice) -> None:
    (claim,) = claims_of(practice, 1)
    submit_ready_claims.run(practice.pk, NOW)
    ask_and_hear(practice, claim, "A1:19:PR*20260511", day(7))
    assert fresh(practice, claim).status == "submitted"
    ask_and_hear(practice, claim, "A2:20*20260518", day(14))
    assert fresh(practice, claim).status == "accepted"


@pytest.mark.parametrize("status", ["adjudicated", "closed", "replaced", "void", "rejected", "ready"])
def test_late_answers_move_nothing(practice: Practice, accepted: Claim, status: str) -> None:
    said = ["P1:20", "R4:297", "D0:33", "A7:164:IL", "F1:65", "E0", "A2:20"]
    poll_claim_status.run(practice.pk, day(7))
    set_state(practice, accepted, ClaimStatus(status))
    with practice_scope(practice.pk):
        before = list(Claim.objects.values())
        trace = StatusInquiry.objects.get().trace
    arrive(practice, status_277([(trace, f"{each}*20260511", accepted.number) for each in said]), day(8))
    with practice_scope(practice.pk):
        assert list(Claim.objects.values()) == before
        assert not WorkItem.objects.open().exists()
        assert ClaimEvent.objects.filter(raw_kind="277").count() == len(said)


def test_an_answer_about_an_earlier_submission_moves_nothing(practice: Practice, accepted: Claim) -> None:
    poll_claim_status.run(practice.pk, day(7))
    set_state(practice, accepted, ClaimStatus.READY)
    submit_ready_claims.run(practice.pk, day(8))
    with practice_scope(practice.pk):
        trace = StatusInquiry.objects.get().trace
    arrive(practice, status_277([(trace, "A7:164:IL*20260511", accepted.number)]), day(9))
    assert fresh(practice, accepted).status == "submitted"
    assert work(practice, Kind.CLAIM_REJECTED) is None


def test_an_answer_without_our_trace_is_matched_by_claim_number(practice: Practice, accepted: Claim) -> None:
    arrive(practice, status_277([("0", "P1:20*20260511", accepted.number)]), day(3))
    assert fresh(practice, accepted).status == "pended"


def test_an_answer_to_nothing_of_ours_is_work(practice: Practice, accepted: Claim) -> None:
    arrive(practice, status_277([("000999", "P1:20*20260511", "26-999999")]), day(3))
    item = work(practice, Kind.FILE_REFUSED)
    assert item is not None
    assert item.reason == "Answers what we never sent: question 000999"


def test_the_same_answer_again_changes_nothing(practice: Practice, accepted: Claim) -> None:
    ask_and_hear(practice, accepted, "R4:297*20260511", day(7))
    with practice_scope(practice.pk):
        trace = StatusInquiry.objects.get().trace
        before: list[Any] = [list(Claim.objects.values()), list(StatusInquiry.objects.values())]
        items = list(WorkItem.objects.values())
    arrive(practice, status_277([(trace, "R4:297*20260511", accepted.number)]), day(9))
    with practice_scope(practice.pk):
        assert [list(Claim.objects.values()), list(StatusInquiry.objects.values())] == before
        assert list(WorkItem.objects.values()) == items
        file = InboundFile.objects.latest("pk")
        read_answer_files(practice_id=practice.pk, file_ids=[file.pk], now=day(10))
        assert list(WorkItem.objects.values()) == items


def test_a_refused_file_of_questions_is_work_on_the_batch(practice: Practice, accepted: Claim) -> None:
    poll_claim_status.run(practice.pk, day(7))
    arrive(practice, ta1(2, "R", "006"), day(7))
    item = work(practice, Kind.FILE_REFUSED)
    assert item is not None
    assert (item.subject_type, item.reason) == ("claims.batch", "Status questions refused (batch 2)")
    assert fresh(practice, accepted).status == "accepted"


# --- silence ---


def test_silence_past_the_payers_days_is_work(practice: Practice, accepted: Claim) -> None:
    poll_claim_status.run(practice.pk, day(29))
    assert work(practice, Kind.CLAIM_NO_RESPONSE) is None
    poll_claim_status.run(practice.pk, day(34))
    item = work(practice, Kind.CLAIM_NO_RESPONSE)
    assert item is not None
    assert (item.reason, item.next_step) == ("Accepted, no decision in 34 days", "Ask status")
    assert (item.clock_date, item.clock_kind, item.claim_id) == (day(41).date(), "follow up", accepted.pk)


def test_silence_without_any_acknowledgment(practice: Practice) -> None:
    claims_of(practice, 1)
    submit_ready_claims.run(practice.pk, NOW)
    poll_claim_status.run(practice.pk, day(31))
    item = work(practice, Kind.CLAIM_NO_RESPONSE)
    assert item is not None
    assert item.reason == "Sent, no answer in 31 days"


def test_silence_is_told_once(practice: Practice, accepted: Claim) -> None:
    poll_claim_status.run(practice.pk, day(34))
    first = work(practice, Kind.CLAIM_NO_RESPONSE)
    poll_claim_status.run(practice.pk, day(36))
    again = work(practice, Kind.CLAIM_NO_RESPONSE)
    assert first is not None
    assert again is not None
    assert (again.pk, again.reason) == (first.pk, first.reason)


def test_an_answer_closes_silence_for_another_round(practice: Practice, accepted: Claim) -> None:
    poll_claim_status.run(practice.pk, day(34))
    ask_and_hear(practice, accepted, "P1:20*20260607", day(35))
    assert work(practice, Kind.CLAIM_NO_RESPONSE) is None
    poll_claim_status.run(practice.pk, day(64))
    assert work(practice, Kind.CLAIM_NO_RESPONSE) is None
    poll_claim_status.run(practice.pk, day(65))
    assert work(practice, Kind.CLAIM_NO_RESPONSE) is not None


def test_in_process_again_past_the_usual_days_is_no_answer(practice: Practice, accepted: Claim) -> None:
    ask_and_hear(practice, accepted, "P1:20*20260507", day(8))
    poll_claim_status.run(practice.pk, day(34))
    ask_and_hear(practice, accepted, "P1:20*20260607", day(35))
    assert work(practice, Kind.CLAIM_NO_RESPONSE) is not None


def test_what_a_person_closed_is_not_opened_the_next_minute(
    practice: Practice, accepted: Claim, person: Callable[..., User]
) -> None:
    poll_claim_status.run(practice.pk, day(34))
    item = work(practice, Kind.CLAIM_NO_RESPONSE)
    assert item is not None
    with practice_scope(practice.pk):
        close_item(item_id=item.pk, outcome="Called", actor=person(Role.BILLER, practice), now=day(35))
    poll_claim_status.run(practice.pk, day(36))
    assert work(practice, Kind.CLAIM_NO_RESPONSE) is None


def test_no_decision_is_awaited_on_a_void_notice(practice: Practice) -> None:
    with practice_scope(practice.pk):
        original = a_claim(practice, status=ClaimStatus.VOID, payer_control_number="2630914402")
        notice = a_claim(practice, frequency="8", original=original)
    submit_ready_claims.run(practice.pk, NOW)
    arrive(practice, ack_277ca(1, [(notice.number, "A2:20", "2630914403")]), NOW)
    assert poll_claim_status.run(practice.pk, day(60)) == 0
    assert (fresh(practice, notice).status, fresh(practice, notice).closed_at) == ("void", NOW)
    assert last_event(practice, notice).says == (
        "Accepted by Harbor Mutual, payer number 2630914403. The claim that it voids is withdrawn there."
    )


def test_a_void_notice_is_done_when_the_payer_says_so(practice: Practice) -> None:
    """Its 277CA was lost."""
    with practice_scope(practice.pk):
        original = a_claim(practice, status=ClaimStatus.VOID, payer_control_number="2630914402")
        notice = a_claim(practice, frequency="8", original=original)
    submit_ready_claims.run(practice.pk, NOW)
    ask_and_hear(practice, notice, "F3:101*20260511", day(7))
    assert (fresh(practice, notice).status, fresh(practice, notice).accepted_at) == ("void", day(7))


def test_the_other_practice_is_not_touched(practice: Practice, other_practice: Practice, accepted: Claim) -> None:
    claims_of(other_practice, 1)
    submit_ready_claims.run(other_practice.pk, NOW)
    poll_claim_status.run(practice.pk, day(40))
    with practice_scope(other_practice.pk):
        assert not StatusInquiry.objects.exists()
        assert not WorkItem.objects.exists()
    assert Post(other_practice).sent() == ["000000001.837"]

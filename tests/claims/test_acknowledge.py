"""TA1, 999 and 277CA move batches, submissions and claims; what is late, doubled or unknown does no harm."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.domain.status import ClaimStatus
from claims.models import Batch, BatchAnswer, Claim, ClaimEvent, InboundFile, InboundStatus, Submission
from claims.queries.answers import oldest_answers, standing_of_claims
from claims.stages import acknowledge_claims, fetch_inbound, submit_ready_claims
from compliance.models import AuditEvent, Practice
from compliance.scope import practice_scope
from edi.claim_837p import read_claims
from tests.builders import NOW, a_payer
from tests.claims.wire import Post, a_claim, ack_277ca, claims_of, ta1, verdict_999
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

HOUR = timedelta(hours=1)
DAY_LATER = NOW + timedelta(days=1)


@pytest.fixture
def sent(practice: Practice) -> list[Claim]:
    """Three claims that went out in batch 1."""
    claims = claims_of(practice, 3)
    submit_ready_claims.run(practice.pk, NOW)
    return claims


def arrive(practice: Practice, *contents: str | bytes, at: Any = DAY_LATER) -> None:
    """Files come in and are read."""
    for content in contents:
        with practice_scope(practice.pk):
            name = f"{InboundFile.objects.count():04d}.x12"
        Post(practice).leave(name, content)
        fetch_inbound.run(practice.pk, at)
    acknowledge_claims.run(practice.pk, at)


def statuses(practice: Practice) -> list[str]:
    with practice_scope(practice.pk):
        return list(Claim.objects.order_by("pk").values_list("status", flat=True))


def batch(practice: Practice, control: int = 1) -> Batch:
    with practice_scope(practice.pk):
        return Batch.objects.get(control_number=control)


def answers(practice: Practice) -> list[str]:
    with practice_scope(practice.pk):
        return list(Submission.objects.order_by("pk").values_list("answer", flat=True))


def last_event(practice: Practice, claim: Claim) -> ClaimEvent:
    with practice_scope(practice.pk):
        return ClaimEvent.objects.filter(claim=claim).order_by("-pk")[0]


def work(practice: Practice, kind: Kind) -> dict[int | None, tuple[str, str, str]]:
    with practice_scope(practice.pk):
        items = WorkItem.objects.open().filter(kind=kind)
        return {item.claim_id: (item.reason, item.next_step, item.category) for item in items}


def everything(practice: Practice) -> list[Any]:
    """All that a file without news must leave alone."""
    with practice_scope(practice.pk):
        return [
            list(Claim.objects.order_by("pk").values()),
            list(Batch.objects.order_by("pk").values_list("status", "problem", "answered_at")),
            answers(practice),
            list(WorkItem.objects.exclude(kind=Kind.FILE_REFUSED).order_by("pk").values()),
        ]


def set_state(practice: Practice, claim: Claim, status: ClaimStatus) -> None:
    with practice_scope(practice.pk):
        Claim.objects.filter(pk=claim.pk).update(status=status)


# --- TA1 ---


def test_ta1_accepted_tells_that_the_file_was_taken(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, ta1(1))
    assert (batch(practice).status, batch(practice).answered_at) == ("received", DAY_LATER)
    assert statuses(practice) == ["submitted"] * 3
    with practice_scope(practice.pk):
        answer = BatchAnswer.objects.get()
    assert (answer.kind, answer.says) == ("TA1", "The clearinghouse took the file.")


def test_ta1_with_errors_is_still_taken(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, ta1(1, "E", "014"))
    assert batch(practice).status == "received"
    assert statuses(practice) == ["submitted"] * 3


def test_ta1_rejected_rejects_every_claim(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, ta1(1, "R", "006"))
    assert (batch(practice).status, batch(practice).problem) == ("rejected", "The sender id is not valid.")
    assert statuses(practice) == ["rejected"] * 3
    assert answers(practice) == ["rejected"] * 3
    event = last_event(practice, sent[0])
    assert event.says == (
        "The clearinghouse refused the whole file: The sender id is not valid. It was never adjudicated."
    )
    assert (event.tone, event.raw_kind, event.raw) == ("stop", "TA1", "TA1*000000001*260504*1400*R*006~")
    assert work(practice, Kind.CLAIM_REJECTED)[sent[0].pk] == ("The whole file was refused", "Send again", "Format")


def test_a_second_delivery_is_no_rejection(practice: Practice, sent: list[Claim]) -> None:
    """TA1 note 025: the number was used, because a crash made us hand the file over again."""
    arrive(practice, ta1(1, "R", "025"))
    assert statuses(practice) == ["submitted"] * 3
    assert (batch(practice).status, batch(practice).problem) == ("sent", "")


# --- 999 ---


def test_999_accepted(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, verdict_999(1, "A", [("0001", "A", [])]))
    assert statuses(practice) == ["received"] * 3
    assert answers(practice) == ["received"] * 3
    assert batch(practice).status == "received"
    event = last_event(practice, sent[0])
    assert (event.says, event.tone, event.raw_kind) == ("Accepted by the clearinghouse.", "done", "999")
    assert event.raw == "AK1*HC*1*005010X222A1~AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~"


def test_999_accepted_with_errors_goes_on(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, verdict_999(1, "E", [("0001", "E", ["IK3*N3*8**8", "IK4*1*166*6"])]))
    assert statuses(practice) == ["received"] * 3
    with practice_scope(practice.pk):
        assert BatchAnswer.objects.get().says.startswith("The clearinghouse accepted it with a remark: N3 (segment 8)")


@pytest.mark.parametrize("verdict", ["R", "M", "W", "X"])
def test_999_refused(practice: Practice, sent: list[Claim], verdict: str) -> None:
    arrive(practice, verdict_999(1, verdict, [("0001", verdict, [])]))
    assert statuses(practice) == ["rejected"] * 3
    assert batch(practice).status == "rejected"
    assert work(practice, Kind.CLAIM_REJECTED)[sent[1].pk] == ("The file was refused", "Send again", "Format")


def test_999_names_the_claim_at_fault(practice: Practice, sent: list[Claim]) -> None:
    (second,) = [
        claim for claim in read_claims(Post(practice).content("000000001.837")) if claim.number == sent[1].number
    ]
    position = second.segment_number - 2  # ISA and GS stand before the ST
    arrive(practice, verdict_999(1, "R", [("0001", "R", [f"IK3*HI*{position + 1}*2300*8", "IK4*1*1270*I12"])]))
    items = work(practice, Kind.CLAIM_REJECTED)
    assert items[sent[1].pk] == ("Format error in HI", "Correct and send again", "Format")
    assert items[sent[0].pk] == ("Refused with its file, not at fault", "Send again", "Format")
    assert last_event(practice, sent[1]).says == (
        f"The clearinghouse refused it before the payer saw it: HI (segment {position + 1} in loop 2300): "
        "has element errors; element 1: doesn't match the pattern that the guide asks for."
    )
    assert "IK3*HI" in last_event(practice, sent[1]).raw
    assert "because of another claim" in last_event(practice, sent[2]).says


def test_999_error_in_a_subscriber_belongs_to_the_claim_below(practice: Practice, sent: list[Claim]) -> None:
    claims = {claim.number: claim.segment_number - 2 for claim in read_claims(Post(practice).content("000000001.837"))}
    arrive(practice, verdict_999(1, "R", [("0001", "R", [f"IK3*NM1*{claims[sent[2].number] - 4}*2010BA*8"])]))
    at_fault = [pk for pk, (reason, *_) in work(practice, Kind.CLAIM_REJECTED).items() if reason.startswith("Format")]
    assert at_fault == [sent[2].pk]


def test_999_error_above_the_claims_is_nobodys_own(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, verdict_999(1, "R", [("0001", "R", ["IK3*NM1*3*1000A*8"])]))
    assert {reason for reason, *_ in work(practice, Kind.CLAIM_REJECTED).values()} == {"The file was refused"}


def test_999_partly_accepted_rejects_only_the_named_sets(practice: Practice, sent: list[Claim]) -> None:
    with practice_scope(practice.pk):
        Submission.objects.filter(claim=sent[2]).update(set_control="0002")
    arrive(practice, verdict_999(1, "P", [("0001", "A", []), ("0002", "R", [])]))
    assert statuses(practice) == ["received", "received", "rejected"]
    assert batch(practice).status == "partial"


def test_999_partly_accepted_keeps_sets_it_does_not_name(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, verdict_999(1, "P", [("0009", "R", [])]))
    assert statuses(practice) == ["received"] * 3


# --- 277CA ---


def test_277ca_accepted(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, ack_277ca(1, [(sent[0].number, "A2:20:PR", "2630914402"), (sent[1].number, "A1:19:PR", "")]))
    with practice_scope(practice.pk):
        claim = Claim.objects.get(pk=sent[0].pk)
    assert (claim.status, claim.accepted_at, claim.payer_control_number) == ("accepted", DAY_LATER, "2630914402")
    assert claim.poll_due_at == DAY_LATER + timedelta(days=7)
    assert statuses(practice) == ["accepted", "accepted", "submitted"]
    assert answers(practice) == ["accepted", "accepted", ""]
    event = last_event(practice, sent[0])
    assert event.says == ("Accepted by Harbor Mutual, payer number 2630914402. This date proves timely filing.")
    assert (event.tone, event.raw_kind) == ("done", "277CA")
    assert event.raw == (f"TRN*2*{sent[0].number}~STC*A2:20:PR*20260504*WQ*168~REF*1K*2630914402~DTP*472*D8*20260427~")
    with practice_scope(practice.pk):
        assert BatchAnswer.objects.get().says == "HARBOR MUTUAL: 2 accepted."


@pytest.mark.parametrize(
    ("status", "reason", "category"),
    [
        ("A3:21", "Something is missing or invalid (another code says what)", "Rejected"),
        ("A6:145:85", "Missing: taxonomy code of the billing provider", "Provider"),
        ("A7:164:IL", "Wrong: member number of the subscriber", "Eligibility"),
        ("A7:562:82", "Wrong: NPI of the rendering provider", "Provider"),
        ("A8:453", "Contradicts the rest: modifier", "Modifier"),
        ("A4:35", "No such claim", "Rejected"),
    ],
)
def test_277ca_refused(practice: Practice, sent: list[Claim], status: str, reason: str, category: str) -> None:
    arrive(practice, ack_277ca(1, [(sent[0].number, status, "")]))
    assert statuses(practice) == ["rejected", "submitted", "submitted"]
    assert answers(practice) == ["rejected", "", ""]
    with practice_scope(practice.pk):
        item = WorkItem.objects.open().get(kind=Kind.CLAIM_REJECTED)
        claim = Claim.objects.get(pk=sent[0].pk)
    assert (item.reason, item.category, item.next_step) == (reason, category, "Correct and send again")
    assert (item.clock_date, item.clock_kind, item.amount) == (claim.filing_deadline, "file", claim.charge_amount)
    assert (item.patient_name, item.payer_name) == ("Okafor, Denise", "Harbor Mutual")
    assert claim.poll_due_at is None
    said = last_event(practice, sent[0]).says
    assert said.startswith("Harbor Mutual rejected the claim before deciding it. ")
    assert (f". What is wrong: {reason.removeprefix('Wrong: ')}." in said) == reason.startswith("Wrong: ")
    assert said.endswith(".")
    assert ".." not in said


@pytest.mark.parametrize("status", ["A0:16", "A5:717"])
def test_277ca_on_the_way_moves_nothing(practice: Practice, sent: list[Claim], status: str) -> None:
    arrive(practice, ack_277ca(1, [(sent[0].number, status, "")], source=("AY", "CLEAR HARBOR", "CLEARHARBOR")))
    assert statuses(practice) == ["submitted"] * 3
    assert last_event(practice, sent[0]).says.startswith("The clearinghouse: ")


def test_a_clearinghouse_may_accept_what_the_payer_rejects(practice: Practice, sent: list[Claim]) -> None:
    clear = ("AY", "CLEAR HARBOR", "CLEARHARBOR")
    arrive(practice, ack_277ca(1, [(sent[0].number, "A2:20", "")], source=clear))
    arrive(practice, ack_277ca(1, [(sent[0].number, "A7:164:IL", "")]))
    assert (statuses(practice)[0], answers(practice)[0]) == ("rejected", "rejected")


def test_277ca_may_refuse_a_payers_whole_share(practice: Practice) -> None:
    with practice_scope(practice.pk):
        mine = a_claim(practice)
        other = a_claim(practice, payer=a_payer(practice, payer_id="MCR01", name="Medicare"))
    submit_ready_claims.run(practice.pk, NOW)
    arrive(practice, ack_277ca(1, [], whole="A3:24:41"))
    with practice_scope(practice.pk):
        assert dict(Claim.objects.values_list("pk", "status")) == {mine.pk: "rejected", other.pk: "submitted"}


# --- late, doubled, out of order ---


def test_answers_in_the_wrong_order_end_the_same(practice: Practice, sent: list[Claim]) -> None:
    accepted = ack_277ca(1, [(claim.number, "A2:20", f"PC{claim.pk}") for claim in sent])
    arrive(practice, accepted, verdict_999(1, "A", [("0001", "A", [])]), ta1(1))
    assert statuses(practice) == ["accepted"] * 3
    assert answers(practice) == ["accepted"] * 3
    assert batch(practice).status == "received"


@pytest.mark.parametrize("status", ["adjudicated", "closed", "replaced", "void", "pended", "rejected", "ready"])
def test_a_late_acceptance_moves_no_claim_back(practice: Practice, sent: list[Claim], status: str) -> None:
    set_state(practice, sent[0], ClaimStatus(status))
    arrive(
        practice,
        verdict_999(1, "A", [("0001", "A", [])]),
        ack_277ca(1, [(sent[0].number, "A2:20", "PC1")]),
    )
    assert statuses(practice)[0] == status
    assert last_event(practice, sent[0]).raw_kind == "277CA"


@pytest.mark.parametrize("status", ["adjudicated", "closed", "replaced", "void", "pended", "ready", "held"])
def test_a_late_rejection_moves_no_claim_back_and_opens_no_work(
    practice: Practice, sent: list[Claim], status: str
) -> None:
    set_state(practice, sent[0], ClaimStatus(status))
    arrive(practice, ta1(1, "R", "006"), ack_277ca(1, [(sent[0].number, "A7:164:IL", "")]))
    assert statuses(practice)[0] == status
    assert sent[0].pk not in work(practice, Kind.CLAIM_REJECTED)
    assert last_event(practice, sent[0]).raw_kind == "277CA"


def test_an_answer_to_an_earlier_submission_leaves_the_later_one_alone(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, ack_277ca(1, [(sent[0].number, "A7:164:IL", "")]))
    set_state(practice, sent[0], ClaimStatus.READY)
    submit_ready_claims.run(practice.pk, DAY_LATER)
    arrive(practice, ack_277ca(1, [(sent[0].number, "A6:145:85", "")]), verdict_999(1, "A", [("0001", "A", [])]))
    assert statuses(practice)[0] == "submitted"
    assert sent[0].pk not in work(practice, Kind.CLAIM_REJECTED)
    assert last_event(practice, sent[0]).says == "Accepted by the clearinghouse (an earlier submission, batch 1)."
    arrive(practice, ack_277ca(2, [(sent[0].number, "A2:20", "PC9")]))
    assert statuses(practice)[0] == "accepted"


def test_the_same_news_again_changes_nothing(practice: Practice, sent: list[Claim]) -> None:
    def news() -> list[str]:
        return [
            ta1(1),
            verdict_999(1, "A", [("0001", "A", [])]),
            ack_277ca(1, [(sent[0].number, "A2:20", "PC1"), (sent[1].number, "A7:164:IL", "")]),
        ]

    arrive(practice, *news())
    before = everything(practice)
    arrive(practice, *news(), at=DAY_LATER + HOUR)
    assert everything(practice) == before


def test_running_the_stage_again_changes_nothing(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, ack_277ca(1, [(sent[0].number, "A7:164:IL", "")]))
    with practice_scope(practice.pk):
        before = (everything(practice), ClaimEvent.objects.count(), AuditEvent.objects.count())
    assert acknowledge_claims.run(practice.pk, DAY_LATER + HOUR) == 0
    with practice_scope(practice.pk):
        assert (everything(practice), ClaimEvent.objects.count(), AuditEvent.objects.count()) == before


# --- what we can't place, what is broken ---


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (ta1(99), "batch 000000099"),
        (verdict_999(99), "batch 99"),
        (ack_277ca(99, [("26-999999", "A2:20", "X")]), "claim 26-999999"),
    ],
)
def test_what_we_never_sent_becomes_work(practice: Practice, sent: list[Claim], content: str, named: str) -> None:
    before = everything(practice)
    arrive(practice, content)
    with practice_scope(practice.pk):
        file = InboundFile.objects.get()
        item = WorkItem.objects.open().get(kind=Kind.FILE_REFUSED)
    assert (file.status, file.problem) == (InboundStatus.READ, f"It answers what we never sent: {named}.")
    assert (item.subject_id, item.reason) == (file.pk, f"Answers what we never sent: {named}")
    assert everything(practice) == before


def test_the_known_claims_of_a_file_count_beside_the_unknown(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, ack_277ca(1, [("26-999999", "A2:20", "X"), (sent[0].number, "A2:20", "PC1")]))
    assert statuses(practice) == ["accepted", "submitted", "submitted"]
    assert len(work(practice, Kind.FILE_REFUSED)) == 1


@pytest.mark.parametrize("cut", ["SE*", "GE*", "IEA*", "HL*5"])
def test_a_file_that_breaks_off_is_refused_as_a_whole(practice: Practice, sent: list[Claim], cut: str) -> None:
    whole = ack_277ca(1, [(claim.number, "A2:20", "X") for claim in sent])
    before = everything(practice)
    arrive(practice, whole[: whole.index(cut)])
    with practice_scope(practice.pk):
        file = InboundFile.objects.get()
        item = WorkItem.objects.open().get(kind=Kind.FILE_REFUSED)
    assert file.status == InboundStatus.REFUSED
    assert item.subject_id == file.pk
    assert everything(practice) == before
    assert statuses(practice) == ["submitted"] * 3


def test_the_place_of_the_fault_is_told(practice: Practice, sent: list[Claim]) -> None:
    whole = ack_277ca(1, [(sent[0].number, "A2:20", "X")])
    arrive(practice, whole.replace("SE*", "XX*"))
    with practice_scope(practice.pk):
        problem = InboundFile.objects.get().problem
    assert problem == ("The file does not add up: The transaction set is not closed with SE. (segment 24)")


def test_a_999_without_a_verdict_is_refused(practice: Practice, sent: list[Claim]) -> None:
    arrive(practice, verdict_999(1, "R", [("0001", "R", [])]).replace("AK9*R", "AK9*"))
    assert statuses(practice) == ["submitted"] * 3
    with practice_scope(practice.pk):
        assert InboundFile.objects.get().status == InboundStatus.REFUSED


def test_a_refused_file_does_not_stop_the_next_one(practice: Practice, sent: list[Claim]) -> None:
    broken = ack_277ca(1, [(sent[0].number, "A7:164:IL", "")])
    arrive(practice, broken[: broken.index("SE*")], verdict_999(1, "A", [("0001", "A", [])]))
    assert statuses(practice) == ["received"] * 3


def test_the_other_practice_is_not_touched(practice: Practice, other_practice: Practice, sent: list[Claim]) -> None:
    (theirs,) = claims_of(other_practice, 1, number=sent[0].number)
    submit_ready_claims.run(other_practice.pk, NOW)
    arrive(practice, ta1(1, "R", "006"), ack_277ca(1, [(sent[0].number, "A7:164:IL", "")]))
    assert statuses(other_practice) == ["submitted"]
    assert work(other_practice, Kind.CLAIM_REJECTED) == {}
    assert theirs.number == sent[0].number


def reading(practice: Practice, content: str) -> int:
    Post(practice).leave("count.x12", content)
    fetch_inbound.run(practice.pk, DAY_LATER)
    with CaptureQueriesContext(connection) as captured:
        acknowledge_claims.run(practice.pk, DAY_LATER)
    return len(captured)


@pytest.mark.parametrize("status", ["A2:20:PR", "A7:164:IL"])
def test_the_number_of_statements_does_not_grow_with_the_277ca(practice: Practice, status: str) -> None:
    counts = []
    for control, size in ((1, 1), (2, 30)):
        claims = claims_of(practice, size)
        submit_ready_claims.run(practice.pk, NOW)
        counts.append(reading(practice, ack_277ca(control, [(c.number, status, f"P{c.pk}") for c in claims])))
    assert counts[0] == counts[1]


def test_the_number_of_statements_does_not_grow_with_the_999(practice: Practice) -> None:
    counts = []
    for control, size in ((1, 1), (2, 30)):
        claims_of(practice, size)
        submit_ready_claims.run(practice.pk, NOW)
        counts.append(reading(practice, verdict_999(control, "A", [("0001", "A", [])])))
    assert counts[0] == counts[1]


# --- several files of one run ---


def test_files_of_one_run_are_read_in_their_order(practice: Practice, sent: list[Claim]) -> None:
    numbers = [claim.number for claim in sent]
    broken = ta1(1)[:60]
    taken = ack_277ca(1, [(numbers[0], "A2:20", "P1"), (numbers[1], "A2:20", "P2")])
    arrive(practice, ta1(1), verdict_999(1, "A", [("0001", "A", [])]), broken, taken)
    assert statuses(practice) == ["accepted", "accepted", "received"]
    with practice_scope(practice.pk):
        files = InboundFile.objects.order_by("pk").values_list("status", flat=True)
        assert list(files) == [InboundStatus.READ, InboundStatus.READ, InboundStatus.REFUSED, InboundStatus.READ]
        kinds = BatchAnswer.objects.order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == ["TA1", "999", "277CA"]
        events = ClaimEvent.objects.filter(claim=sent[0], raw_kind__in=["999", "277CA"]).order_by("pk")
        assert list(events.values_list("raw_kind", flat=True)) == ["999", "277CA"]


@pytest.mark.django_db(transaction=True)
def test_a_file_in_other_hands_holds_up_those_after_it(practice: Practice) -> None:
    for name, code in (("a.x12", "A"), ("b.x12", "E"), ("c.x12", "R")):
        Post(practice).leave(name, ta1(1, code))
    fetch_inbound.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        first, second, third = oldest_answers(practice.pk, 9, [])
        assert oldest_answers(practice.pk, 2, []) == [first, second]
        assert oldest_answers(practice.pk, 9, [first]) == [second, third]
    other = connection.copy()
    try:
        with other.cursor() as worker:
            worker.execute("BEGIN; SELECT set_config('rcm.practices', %s, true)", [str(practice.pk)])
            worker.execute("SELECT id FROM claims_inboundfile WHERE id = %s FOR UPDATE", [second])
            assert worker.fetchall() == [(second,)]
            with practice_scope(practice.pk):
                assert oldest_answers(practice.pk, 9, []) == [first]
                assert oldest_answers(practice.pk, 9, [first]) == []
    finally:
        other.close()


def test_only_a_refusal_of_the_whole_batch_concerns_claims_that_are_not_named(
    practice: Practice, sent: list[Claim]
) -> None:
    with practice_scope(practice.pk):
        own = standing_of_claims(practice.pk, [sent[0].number], [1], whole_batches=False)
        everyone = standing_of_claims(practice.pk, [sent[0].number], [1], whole_batches=True)
    assert set(own.claims) == {sent[0].pk}
    assert set(everyone.claims) == {claim.pk for claim in sent}

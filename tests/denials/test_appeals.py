"""Appeals leave once and come back decided: gateway, letters in any order, deadlines, silence."""

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from claims.gateways import CannotDeliver, FolderClearinghouse
from claims.models import ClaimEvent, InboundFile
from compliance.models import AuditEvent, Practice, User
from denials.domain.status import DenialStatus
from denials.models import Appeal, Denial
from denials.operations import CannotWork, draft_appeal, send_appeal, withdraw_appeal
from denials.operations.deliver import deliver_appeals, record_sent
from denials.stages import advance_deadlines, open_denials, read_decisions, send_appeals
from payments.models import RemitClaim
from tests.builders import NOW, a_payer
from tests.denials.builders import LATER, bring, refuse
from tests.payments.builders import D, a_line, an_answer, taken_back
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.operations import assign_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def tray(inside: Practice, tmp_path: Path, settings: Any) -> Path:
    """The practice's outgoing folder."""
    settings.EXCHANGE_DIR = tmp_path
    return tmp_path / inside.slug / "to_payer"


@pytest.fixture
def stored(inside: Practice, tray: Path, specialist: User) -> Appeal:
    (denial,) = refuse(inside, "CO-50-168.00")
    appeal = draft_appeal(denial_ids=[denial.pk], actor=specialist, now=NOW)
    return send_appeal(appeal_id=appeal.pk, actor=specialist, now=NOW)


@pytest.fixture
def sent(stored: Appeal) -> Appeal:
    assert send_appeals.run(stored.practice_id, NOW) == 1
    stored.refresh_from_db()
    return stored


def a_letter(sent: Appeal, verdict: str = "upheld", /, content: bytes | None = None, **fields: Any) -> InboundFile:
    values: dict[str, Any] = {
        "kind": "appeal_decision",
        "payer_id": sent.payer.payer_id,
        "claim_number": sent.claim.number,
        "payer_control_number": sent.claim.payer_control_number,
        "appeal": sent.pk,
        "decision": verdict,
        "reason": "The records do not show it.",
        "decided_on": "2026-06-01",
    } | fields
    content = json.dumps(values).encode() if content is None else content
    return InboundFile.objects.create(
        practice_id=sent.practice_id,
        name=f"{InboundFile.objects.count()}.letter.json",
        kind="letter",
        sha256=sha256(content + str(InboundFile.objects.count()).encode()).hexdigest(),
        content=content,
        size=len(content),
        received_at=LATER,
    )


def the_denial() -> Denial:
    return Denial.objects.get()


def work(kind: str = "denial.") -> list[WorkItem]:
    return list(WorkItem.objects.open().filter(kind__startswith=kind).order_by("pk"))


def test_letter_and_message_go_out_together(sent: Appeal, tray: Path) -> None:
    assert sorted(path.name for path in tray.iterdir()) == [f"appeal-{sent.pk}.json", f"appeal-{sent.pk}.pdf"]
    message = json.loads((tray / f"appeal-{sent.pk}.json").read_bytes())
    claim = sent.claim
    claim.refresh_from_db()
    assert message == {
        "appeal": sent.pk,
        "payer_id": "HM001",
        "claim_number": claim.number,
        "payer_control_number": claim.payer_control_number,
        "level": 1,
        "sent_on": NOW.date().isoformat(),
        "denied": [{"line": 1, "carc": "50", "amount": "168.00"}],
        "letter": f"appeal-{sent.pk}.pdf",
    }
    text = PdfReader(BytesIO((tray / f"appeal-{sent.pk}.pdf").read_bytes())).pages[0].extract_text()
    assert claim.number in text
    assert "Lakeshore Family Medicine" in text
    assert (sent.status, sent.sent_at, sent.answer_due) == ("sent", NOW, NOW.date() + timedelta(days=45))
    assert ClaimEvent.objects.filter(claim=claim, says__startswith="Appeal level 1 sent to Harbor Mutual").count() == 1


def test_sending_twice_sends_once(sent: Appeal, tray: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in tray.iterdir()}
    assert send_appeals.run(sent.practice_id, LATER) == 0
    assert {path.name: path.stat().st_mtime_ns for path in tray.iterdir()} == before


def test_a_crash_before_the_record_hands_over_nothing_new(stored: Appeal, tray: Path) -> None:
    folder = FolderClearinghouse(tray.parent)
    deliver_appeals(practice_id=stored.practice_id, clearinghouse=folder, now=NOW)
    Appeal.objects.filter(pk=stored.pk).update(status="stored", sent_at=None)  # as if the record was lost
    content = (tray / f"appeal-{stored.pk}.json").read_bytes()
    assert send_appeals.run(stored.practice_id, LATER) == 1
    assert (tray / f"appeal-{stored.pk}.json").read_bytes() == content
    assert Appeal.objects.get().status == "sent"
    assert not record_sent(appeal_id=stored.pk, now=LATER)


class Unreachable:
    """A clearinghouse that is down."""

    def deliver(self, name: str, content: bytes) -> bool:
        raise CannotDeliver("The line is dead.")

    def list_inbound(self) -> list[str]:
        raise CannotDeliver("The line is dead.")

    def read(self, name: str) -> bytes:
        raise CannotDeliver("The line is dead.")

    def archive(self, name: str) -> None:
        raise CannotDeliver("The line is dead.")

    def was_archived(self, name: str) -> bool:
        return False


def test_what_cannot_be_delivered_waits(stored: Appeal) -> None:
    assert deliver_appeals(practice_id=stored.practice_id, clearinghouse=Unreachable(), now=NOW) == 0
    assert Appeal.objects.get().status == "stored"


def test_a_lost_appeal_comes_back_to_work(sent: Appeal) -> None:
    file = a_letter(sent)
    assert read_decisions.run(sent.practice_id, LATER) == 1
    sent.refresh_from_db()
    assert (sent.status, sent.decision, sent.decided_on) == (
        "upheld",
        "The records do not show it.",
        date(2026, 6, 1),
    )
    denial = the_denial()
    assert (denial.status, denial.answer, denial.answered_at, denial.closed_at) == ("upheld", "lost", LATER, None)
    assert denial.deadline == date(2026, 6, 1) + timedelta(days=180)
    (item,) = work()
    assert (item.kind, item.state, item.reason) == (
        Kind.DENIAL_NEW,
        "upheld",
        "Lost on appeal: decide the next step",
    )
    assert (item.next_step, item.clock_date) == ("Next level or write off", denial.deadline)
    file.refresh_from_db()
    assert (file.status, file.read_at) == ("read", LATER)
    assert AuditEvent.objects.filter(verb="appeal.upheld").count() == 2


def test_the_next_level_follows(sent: Appeal, specialist: User) -> None:
    a_letter(sent)
    read_decisions.run(sent.practice_id, LATER)
    second = draft_appeal(denial_ids=[the_denial().pk], actor=specialist, now=LATER)
    assert second.level == 2
    assert "Second-level appeal" in second.letter
    send_appeal(appeal_id=second.pk, actor=specialist, now=LATER)
    assert the_denial().status == DenialStatus.APPEALED


def test_a_won_appeal_closes_and_its_payment_is_counted(sent: Appeal, inside: Practice) -> None:
    a_letter(sent, "overturned")
    read_decisions.run(inside.pk, LATER)
    denial = the_denial()
    assert (denial.status, denial.answer, denial.closed_at, denial.recovered_amount) == (
        "overturned",
        "won",
        LATER,
        D("0.00"),
    )
    assert work() == []
    refusal = an_answer(denial.claim, a_line(1, "99213", "168.00", "0", "CO-50-168.00"), status="4")
    paid = an_answer(denial.claim, a_line(1, "99213", "168.00", "92.40", "CO-45-75.60"))
    bring(inside, taken_back(refusal), paid, now=LATER + timedelta(days=5))
    denial.refresh_from_db()
    assert (denial.status, denial.recovered_amount) == ("overturned", D("92.40"))
    assert (denial.answered_at, denial.closed_at) == (LATER, LATER)


def test_the_payment_before_the_letter(sent: Appeal, inside: Practice) -> None:
    denial = the_denial()
    refusal = an_answer(denial.claim, a_line(1, "99213", "168.00", "0", "CO-50-168.00"), status="4")
    paid = an_answer(denial.claim, a_line(1, "99213", "168.00", "92.40", "CO-45-75.60"))
    bring(inside, taken_back(refusal), paid, now=LATER)
    a_letter(sent, "overturned")
    read_decisions.run(inside.pk, LATER + timedelta(days=5))
    denial.refresh_from_db()
    assert (denial.status, denial.answer, denial.answered_at) == ("overturned", "won", LATER)
    assert Appeal.objects.get().status == "overturned"


def test_a_letter_that_comes_again_changes_nothing(sent: Appeal) -> None:
    a_letter(sent)
    read_decisions.run(sent.practice_id, LATER)
    before = (list(Denial.objects.values()), list(Appeal.objects.values()), len(work()))
    a_letter(sent)
    assert read_decisions.run(sent.practice_id, LATER + timedelta(days=1)) == 1
    assert (list(Denial.objects.values()), list(Appeal.objects.values()), len(work())) == before
    assert set(InboundFile.objects.filter(kind="letter").values_list("status", flat=True)) == {"read"}


def test_a_late_letter_about_the_first_level_leaves_the_second_alone(sent: Appeal, specialist: User) -> None:
    a_letter(sent)
    read_decisions.run(sent.practice_id, LATER)
    second = draft_appeal(denial_ids=[the_denial().pk], actor=specialist, now=LATER)
    send_appeal(appeal_id=second.pk, actor=specialist, now=LATER)
    a_letter(sent)
    read_decisions.run(sent.practice_id, LATER)
    assert the_denial().status == DenialStatus.APPEALED
    second.refresh_from_db()
    assert second.status == "stored"


def test_a_letter_answers_what_was_handed_over_but_not_recorded(stored: Appeal) -> None:
    a_letter(stored, "overturned")
    read_decisions.run(stored.practice_id, LATER)
    stored.refresh_from_db()
    assert (stored.status, stored.sent_at) == ("overturned", LATER)


def test_a_letter_about_a_withdrawn_appeal_is_kept_and_no_more(sent: Appeal, specialist: User) -> None:
    withdraw_appeal(appeal_id=sent.pk, reason="Corrected instead", actor=specialist, now=LATER)
    file = a_letter(sent, "overturned")
    read_decisions.run(sent.practice_id, LATER)
    file.refresh_from_db()
    assert file.status == "read"
    assert the_denial().status == DenialStatus.NEW


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"content": b"Dear practice,"}, "can’t be read"),
        ({"content": b"\xff\xfe"}, "can’t be read"),
        ({"content": b"[]"}, "can’t be read"),
        ({"kind": "greeting"}, "wrong or missing: kind"),
        ({"decision": "maybe"}, "wrong or missing: decision"),
        ({"decided_on": "soon"}, "wrong or missing: decided_on"),
        ({"appeal": 999_999}, "not one of ours"),
        ({"payer_id": "OTHER"}, "not one of ours"),
        ({"claim_number": "26-999999"}, "not one of ours"),
    ],
)
def test_an_unreadable_letter_is_refused_with_work(sent: Appeal, fields: dict[str, Any], says: str) -> None:
    file = a_letter(sent, **fields)
    read_decisions.run(sent.practice_id, LATER)
    file.refresh_from_db()
    assert file.status == "refused"
    assert says in file.problem
    (item,) = work("file.")
    assert (item.kind, item.subject_id) == (Kind.FILE_REFUSED, file.pk)
    sent.refresh_from_db()
    assert sent.status == "sent"


def test_a_letter_that_contradicts_an_earlier_one_is_for_a_person(sent: Appeal) -> None:
    a_letter(sent, "upheld")
    a_letter(sent, "overturned")
    read_decisions.run(sent.practice_id, LATER)
    sent.refresh_from_db()
    assert sent.status == "upheld"
    assert "was upheld before" in InboundFile.objects.get(status="refused").problem


def test_another_practices_letter_finds_nothing(sent: Appeal, other_practice: Practice) -> None:
    a_letter(sent)
    assert read_decisions.run(other_practice.pk, LATER) == 0
    sent.refresh_from_db()
    assert sent.status == "sent"


def on(day: date) -> datetime:
    return datetime.combine(day, NOW.timetz())


def test_a_near_deadline_is_put_to_its_owner_once(inside: Practice, specialist: User) -> None:
    (denial,) = refuse(inside)
    (item,) = work()
    assign_item(item_id=item.pk, to=specialist, actor=specialist, now=NOW)
    assert advance_deadlines.run(inside.pk, on(denial.deadline - timedelta(days=15))) == 0
    near = on(denial.deadline - timedelta(days=14))
    assert advance_deadlines.run(inside.pk, near) == 1
    assert advance_deadlines.run(inside.pk, near) == 0
    (due,) = work()
    assert (due.kind, due.subject_id, due.assigned_to) == (Kind.DENIAL_APPEAL_DUE, denial.pk, specialist)
    due.closed_at = near
    due.save()
    assert advance_deadlines.run(inside.pk, near + timedelta(days=3)) == 0  # a person closed it


def test_too_late_to_correct_is_not_too_late_to_appeal(inside: Practice) -> None:
    (denial,) = refuse(inside, "CO-4-168.00")
    assert denial.deadline_kind == "correct"
    assert advance_deadlines.run(inside.pk, on(denial.deadline)) == 1  # near
    assert advance_deadlines.run(inside.pk, on(denial.deadline + timedelta(days=1))) == 1
    assert advance_deadlines.run(inside.pk, on(denial.deadline + timedelta(days=1))) == 0
    denial.refresh_from_db()
    assert (denial.deadline, denial.deadline_kind, denial.play) == (denial.appeal_deadline, "appeal", "appeal")
    (item,) = work()
    assert (item.kind, item.clock_date, item.clock_kind, item.next_step) == (
        Kind.DENIAL_NEW,
        denial.appeal_deadline,
        "appeal",
        "Write appeal",
    )
    assert advance_deadlines.run(inside.pk, on(denial.appeal_deadline)) == 1
    assert [each.kind for each in work()] == [Kind.DENIAL_APPEAL_DUE]


def test_denials_that_wait_for_the_payer_have_no_deadline(sent: Appeal) -> None:
    denial = the_denial()
    assert advance_deadlines.run(sent.practice_id, on(sent.answer_due or denial.deadline)) == 0
    assert work() == []


def test_silence_after_an_appeal_is_work_until_the_answer(sent: Appeal) -> None:
    assert sent.answer_due is not None
    late = on(sent.answer_due + timedelta(days=1))
    assert advance_deadlines.run(sent.practice_id, late) == 1
    assert advance_deadlines.run(sent.practice_id, late) == 0
    (item,) = work()
    assert (item.kind, item.subject_id, item.amount) == (Kind.DENIAL_NO_ANSWER, sent.pk, D("168.00"))
    a_letter(sent, "overturned")
    read_decisions.run(sent.practice_id, late)
    assert work() == []


def test_medicares_second_level_has_its_own_clock(inside: Practice, tray: Path, specialist: User) -> None:
    payer = a_payer(inside, payer_id="MEDB1", name="Medicare Part B", kind="medicare", appeal_days=120)
    (denial,) = refuse(inside, payer=payer)
    appeal = draft_appeal(denial_ids=[denial.pk], actor=specialist, now=NOW)
    assert "Request for redetermination" in appeal.letter
    send_appeal(appeal_id=appeal.pk, actor=specialist, now=NOW)
    send_appeals.run(inside.pk, NOW)
    a_letter(appeal)
    read_decisions.run(inside.pk, LATER)
    assert the_denial().deadline == date(2026, 6, 1) + timedelta(days=185)


def test_every_stage_twice_changes_nothing(sent: Appeal) -> None:
    a_letter(sent)
    for stage in (open_denials, send_appeals, read_decisions, advance_deadlines):
        stage.run(sent.practice_id, LATER)
    before = (list(Denial.objects.values()), list(Appeal.objects.defer("pdf").values("pk", "status")), len(work()))
    RemitClaim.objects.update(followed_at=None)
    InboundFile.objects.filter(kind="letter").update(status="new")
    for stage in (open_denials, send_appeals, read_decisions, advance_deadlines):
        stage.run(sent.practice_id, LATER + timedelta(days=1))
    after = (list(Denial.objects.values()), list(Appeal.objects.defer("pdf").values("pk", "status")), len(work()))
    assert after == before


def test_no_letter_after_the_denial_was_ended(inside: Practice, tray: Path, specialist: User) -> None:
    (denial,) = refuse(inside)
    appeal = draft_appeal(denial_ids=[denial.pk], actor=specialist, now=NOW)
    denial.status, denial.closed_at = DenialStatus.MOOT, NOW
    denial.save()
    with pytest.raises(CannotWork, match="since the letter was drafted"):
        send_appeal(appeal_id=appeal.pk, actor=specialist, now=NOW)
    assert not tray.exists()

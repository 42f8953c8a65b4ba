"""Reading what a payer writes about an appeal."""

from datetime import date, datetime
from typing import Literal

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims.models import Claim, InboundFile, InboundStatus
from claims.operations.files import refused_file_item
from claims.operations.history import Happened, record
from compliance.operations import record_event
from denials.domain.deadline import appeal_deadline
from denials.domain.outcome import LOST, WON
from denials.domain.status import AppealStatus, DenialStatus
from denials.models import Appeal, Denial
from denials.operations.appeal import audit_appeal, decisions_of
from denials.operations.deliver import record_sent
from denials.operations.open import clocks_of
from denials.operations.work import close_for_appeals, refresh_work
from worklist.operations import open_items

DECIDED: dict[str, AppealStatus] = {"overturned": AppealStatus.OVERTURNED, "upheld": AppealStatus.UPHELD}


class AppealDecision(BaseModel):
    """A payer's answer to an appeal, as the clearinghouse delivers it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: Literal["appeal_decision"]
    payer_id: str = Field(min_length=1, max_length=80)
    claim_number: str = Field(max_length=38)
    payer_control_number: str = Field(default="", max_length=50)
    appeal: int = Field(ge=1)
    decision: Literal["overturned", "upheld"]
    reason: str = Field(default="", max_length=2000)
    decided_on: date


@transaction.atomic
def read_letter(*, practice_id: int, file_id: int, now: datetime) -> None:
    """Read one letter. What can't be read, or can't be true, is refused with work for a person.

    A letter that comes again, late, or about an appeal that was withdrawn, changes nothing.
    """
    file = InboundFile.objects.select_for_update().get(practice_id=practice_id, pk=file_id)
    if file.status != InboundStatus.NEW:
        return
    problem = _read(file, now)
    file.status = InboundStatus.REFUSED if problem else InboundStatus.READ
    file.problem, file.read_at = problem[:400], now
    file.save(update_fields=["status", "problem", "read_at"])
    if problem:
        open_items(items=[refused_file_item(file, now)], now=now)
    record_event(actor=None, now=now, verb="file.refused" if problem else "file.read", subject=file, note=problem)


def _read(file: InboundFile, now: datetime) -> str:
    """Carry the letter out; returns why it can't be, or nothing."""
    try:
        letter = AppealDecision.model_validate_json(bytes(file.content))
    except ValidationError as error:
        where = ", ".join(dict.fromkeys(str(each["loc"][0]) if each["loc"] else "file" for each in error.errors()))
        return f"The letter can’t be read (wrong or missing: {where})."
    rows = Appeal.objects.select_for_update(of=("self",)).select_related("claim", "payer").defer("pdf", "letter")
    appeal = rows.filter(practice_id=file.practice_id, pk=letter.appeal).first()
    if appeal is None or appeal.payer.payer_id != letter.payer_id or appeal.claim.number != letter.claim_number:
        return f"The letter names appeal {letter.appeal}, which is not one of ours with this payer and claim."
    if appeal.status == AppealStatus.WITHDRAWN:
        return ""
    if appeal.status == AppealStatus.DRAFT:
        return f"The letter answers appeal {letter.appeal}, which was never sent."
    if appeal.status == AppealStatus.STORED:  # handed over, but the record of it was lost
        record_sent(appeal_id=appeal.pk, now=now)
        appeal = rows.get(pk=appeal.pk)
    to = DECIDED[letter.decision]
    if appeal.status != AppealStatus.SENT:
        if appeal.status == to:
            return ""
        return f"Appeal {appeal.pk} was {appeal.status} before; this letter says {letter.decision}."
    _decide(appeal, letter, to, now)
    return ""


def _decide(appeal: Appeal, letter: AppealDecision, to: AppealStatus, now: datetime) -> None:
    appeal.move_to(to)
    appeal.decided_at, appeal.decided_on = now, letter.decided_on
    appeal.decision = letter.reason[:240]
    appeal.save(update_fields=["status", "decided_at", "decided_on", "decision"])
    rows = Denial.objects.select_for_update(of=("self",)).select_related("claim", "patient", "payer")
    denials = [
        each for each in rows.filter(appealed__appeal=appeal).order_by("pk") if each.status == DenialStatus.APPEALED
    ]
    won = to is AppealStatus.OVERTURNED
    for each in denials:
        each.move_to(DenialStatus.OVERTURNED if won else DenialStatus.UPHELD)
        each.answer, each.answered_at = (WON if won else LOST), now
        if won:
            each.closed_at = now
        else:
            next_level = appeal_deadline(clocks_of(appeal.payer), letter.decided_on, appeal.level + 1)
            each.deadline, each.deadline_kind, each.appeal_deadline = next_level, "appeal", next_level
            each.decided_on, each.warned_at = letter.decided_on, None
    changed = ["status", "answer", "answered_at", "closed_at", "deadline", "deadline_kind", "appeal_deadline"]
    Denial.objects.bulk_update(denials, [*changed, "decided_on", "warned_at"])
    words = "Won on appeal" if won else "Lost on appeal"
    refresh_work(appeal.practice_id, decisions_of(denials), outcome=words, now=now, opens=True)
    close_for_appeals(appeal.practice_id, [appeal.pk], outcome="The payer answered", now=now)
    audit_appeal(appeal, denials, f"appeal.{to.value}", None, now, note=letter.reason)
    _tell_claim(appeal.claim, appeal, letter, now)


def _tell_claim(claim: Claim, appeal: Appeal, letter: AppealDecision, now: datetime) -> None:
    won = letter.decision == "overturned"
    verdict = "gave way on" if won else "turned down"
    says = f"{appeal.payer} {verdict} appeal level {appeal.level}: {letter.reason or 'no reason given'}"
    happened = Happened(claim=claim, verb="claim.appeal_decided", says=says, tone="done" if won else "stop")
    record(actor=None, now=now, happenings=[happened])

"""Appeals from draft to the outgoing tray: drafted from facts, edited by a person, fixed as text and PDF."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from claims.domain.status import ClaimStatus
from claims.models import Claim
from compliance.models import User
from compliance.operations import Event, record_event, record_events
from denials.domain.letter import write_letter
from denials.domain.status import AppealStatus, DenialStatus, can_move
from denials.models import Appeal, AppealedDenial, Denial
from denials.operations.letter_pdf import Letterhead, letter_pdf
from denials.operations.refusals import CannotWork
from denials.operations.work import DENIAL, close_for_appeals, refresh_work
from denials.queries.letter import letter_facts, letterhead_address
from worklist.nudge import nudge

UNDER_WAY = (AppealStatus.DRAFT, AppealStatus.STORED, AppealStatus.SENT)


@transaction.atomic
def draft_appeal(*, denial_ids: Sequence[int], actor: User, now: datetime) -> Appeal:
    """Write a first letter against denials of one claim, at the next level. Raises CannotWork."""
    ids = sorted(set(denial_ids))
    claim_ids = set(Denial.objects.filter(pk__in=ids).values_list("claim_id", flat=True))
    if len(claim_ids) != 1:
        raise CannotWork("A letter is about one claim: choose denials of the same claim.")
    claim = Claim.objects.with_parties().select_for_update(of=("self",)).get(pk=claim_ids.pop())
    denials = _locked_denials(claim, ids)
    level = _next_level(claim)
    letter = write_letter(letter_facts(claim, denials, level=level, signed_by=str(actor), today=now.date()))
    appeal = Appeal.objects.create(
        practice_id=claim.practice_id,
        claim=claim,
        payer=claim.payer,
        level=level,
        letter=letter,
        amount=sum((each.amount for each in denials), Decimal("0.00")),
        deadline=min(each.appeal_deadline for each in denials),
        drafted_by=actor,
        drafted_at=now,
    )
    AppealedDenial.objects.bulk_create(
        AppealedDenial(practice_id=claim.practice_id, appeal=appeal, denial=each) for each in denials
    )
    Denial.objects.filter(pk__in=ids, first_action_at__isnull=True).update(first_action_at=now)
    audit_appeal(appeal, denials, "appeal.drafted", actor, now, detail={"level": level, "denials": ids})
    return appeal


def _locked_denials(claim: Claim, ids: Sequence[int]) -> list[Denial]:
    rows = Denial.objects.select_for_update(of=("self",)).select_related("claim_line", "remit_claim__remit")
    denials = list(rows.filter(pk__in=ids).order_by("line_number", "pk"))
    for each in denials:
        if each.closed_at is not None or not can_move(each.status, DenialStatus.APPEALED):
            word = each.get_status_display().lower()
            raise CannotWork(f"Denial {each} of claim {claim} is {word}; it cannot be appealed now.")
    if claim.status in (ClaimStatus.REPLACED, ClaimStatus.VOID):
        raise CannotWork(f"Claim {claim} is {claim.get_status_display().lower()}; there is nothing to appeal.")
    return denials


def _next_level(claim: Claim) -> int:
    earlier = Appeal.objects.filter(claim=claim).exclude(status=AppealStatus.WITHDRAWN).order_by("-level").first()
    if earlier is None:
        return 1
    if earlier.status in UNDER_WAY:
        raise CannotWork(f"An appeal about claim {claim} is under way already. Open it instead.")
    return earlier.level + 1


@transaction.atomic
def save_letter(*, appeal_id: int, letter: str, actor: User, now: datetime) -> Appeal:
    """Keep the letter's text; the draft stays a draft. Raises CannotWork."""
    appeal = Appeal.objects.select_for_update().get(pk=appeal_id)
    _refuse_unless_draft(appeal)
    text = letter.replace("\r\n", "\n").strip()
    if not text:
        raise CannotWork("The letter is empty. Write something, or withdraw the draft.")
    if text != appeal.letter.strip():
        appeal.letter = f"{text}\n"
        appeal.save(update_fields=["letter"])
        record_event(actor=actor, now=now, verb="appeal.edited", subject=appeal, patient_id=_patient_of(appeal))
    return appeal


@transaction.atomic
def send_appeal(*, appeal_id: int, actor: User, now: datetime, letter: str | None = None) -> Appeal:
    """Fix the letter (as given, else as saved) and its PDF, and put it into the outgoing tray; a stage hands it over.

    Raises CannotWork.
    """
    if letter is not None:
        save_letter(appeal_id=appeal_id, letter=letter, actor=actor, now=now)
    appeal = _locked(appeal_id)
    _refuse_unless_draft(appeal)
    ids = list(appeal.appealed.values_list("denial_id", flat=True))
    denials = list(Denial.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    gone = next((d for d in denials if d.closed_at is not None or not can_move(d.status, DenialStatus.APPEALED)), None)
    if gone is not None:
        word = gone.get_status_display().lower()
        raise CannotWork(f"Denial {gone} is {word} since the letter was drafted. Withdraw the draft.")
    appeal.move_to(AppealStatus.STORED)
    appeal.stored_at = now
    appeal.pdf = render_letter(appeal)
    appeal.save(update_fields=["status", "stored_at", "pdf"])
    for each in denials:
        each.move_to(DenialStatus.APPEALED)
        each.first_action_at = each.first_action_at or now
    Denial.objects.bulk_update(denials, ["status", "first_action_at"])
    refresh_work(appeal.practice_id, decisions_of(denials), outcome="Appeal sent", now=now, actor=actor)
    audit_appeal(appeal, denials, "appeal.stored", actor, now, detail={"level": appeal.level})
    nudge("send_appeals")
    return appeal


@transaction.atomic
def withdraw_appeal(*, appeal_id: int, reason: str, actor: User, now: datetime) -> Appeal:
    """Give an appeal up; its denials are open for another play. Raises CannotWork."""
    appeal = _locked(appeal_id)
    if not reason.strip():
        raise CannotWork("Say why in a few words.")
    if appeal.status == AppealStatus.STORED:
        raise CannotWork("The letter is on its way to the payer; withdraw it once it is sent.")
    if appeal.status not in (AppealStatus.DRAFT, AppealStatus.SENT):
        raise CannotWork(f"This appeal is {appeal.get_status_display().lower()}; there is nothing to withdraw.")
    was_sent = appeal.status == AppealStatus.SENT
    appeal.move_to(AppealStatus.WITHDRAWN)
    appeal.decision, appeal.decided_at = f"Withdrawn: {reason.strip()}"[:240], now
    appeal.save(update_fields=["status", "decision", "decided_at"])
    rows = Denial.objects.select_for_update(of=("self",)).select_related("claim", "patient", "payer")
    denials = list(rows.filter(appealed__appeal=appeal).order_by("pk"))
    if was_sent:
        again = [each for each in denials if each.status == DenialStatus.APPEALED]
        for each in again:
            each.move_to(DenialStatus.NEW)
            each.warned_at = None
        Denial.objects.bulk_update(again, ["status", "warned_at"])
        refresh_work(appeal.practice_id, decisions_of(again), now=now, opens=True)
    close_for_appeals(appeal.practice_id, [appeal.pk], outcome="Appeal withdrawn", now=now, actor=actor)
    audit_appeal(appeal, denials, "appeal.withdrawn", actor, now, note=reason.strip())
    return appeal


def render_letter(appeal: Appeal) -> bytes:
    """The letter as a PDF, as it stands now. The appeal carries its claim and practice."""
    practice = appeal.claim.practice
    reference = f"Claim {appeal.claim.number}, appeal level {appeal.level}"
    head = Letterhead(name=practice.name, address=letterhead_address(practice), reference=reference)
    return letter_pdf(appeal.letter, head)


def decisions_of(denials: Sequence[Denial]) -> set[int]:
    """The payer's decisions that these denials are of, each worked as one row."""
    return {each.remit_claim_id for each in denials}


def _locked(appeal_id: int) -> Appeal:
    rows = Appeal.objects.select_for_update(of=("self",)).select_related("claim__practice", "payer")
    return rows.get(pk=appeal_id)


def _refuse_unless_draft(appeal: Appeal) -> None:
    if appeal.status != AppealStatus.DRAFT:
        raise CannotWork(f"This letter is {appeal.get_status_display().lower()}; its text is fixed.")


def _patient_of(appeal: Appeal) -> int:
    return Claim.objects.values_list("patient_id", flat=True).get(pk=appeal.claim_id)


def audit_appeal(
    appeal: Appeal,
    denials: Sequence[Denial],
    verb: str,
    actor: User | None,
    now: datetime,
    *,
    note: str = "",
    detail: dict[str, object] | None = None,
) -> None:
    """One event on the appeal and one on each of its denials."""
    patient = denials[0].patient_id if denials else _patient_of(appeal)
    subjects = [("denials.appeal", appeal.pk), *((DENIAL, each.pk) for each in denials)]
    record_events(
        actor=actor,
        now=now,
        events=[
            Event(
                practice_id=appeal.practice_id,
                verb=verb,
                subject_type=kind,
                subject_id=pk,
                patient_id=patient,
                note=note,
                detail=detail or {},
            )
            for kind, pk in subjects
        ],
    )

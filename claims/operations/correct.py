"""Correcting what a payer already has: replacement and void; and sending a rejected claim again.

The verbs for a claim that the payer does not have are re-exported here: one place for every correction.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from claims.domain.content import ClaimContent, applied, content_of
from claims.domain.status import ClaimStatus, Frequency, can_move
from claims.models import Claim, ClaimLine
from claims.operations.charges import post_charges, reverse_charges
from claims.operations.content import CannotCorrect, Change, ChangedMeanwhile, facts_of, locked_claim, set_parties
from claims.operations.control_numbers import next_numbers
from claims.operations.edit import LineEdit, edit_claim, edit_line, recode_claim
from claims.operations.findings import CannotOverride, override_finding
from claims.operations.fix import apply_fix, undo_fix
from claims.operations.history import CLAIM, Happened, record
from claims.operations.scrub import open_stops, scrub_claims
from claims.operations.work import close_registration_work
from coding.domain.edits.content import FixDoesNotFit, LineContent
from coding.domain.edits.findings import Fix, FixKind
from compliance.models import User
from worklist.domain.kinds import Kind
from worklist.nudge import nudge
from worklist.operations import close_items

__all__ = [
    "CannotCorrect", "CannotOverride", "CannotReplace", "CannotResubmit", "CannotVoid", "Change", "ChangedMeanwhile",
    "LineEdit", "apply_fix", "edit_claim", "edit_line", "override_finding", "recode_claim", "replace_claim",
    "resubmit_rejected", "undo_fix", "void_claim",
]  # fmt: skip

CLAIM_KINDS = (
    Kind.CLAIM_HELD,
    Kind.CLAIM_REJECTED,
    Kind.CLAIM_NO_RESPONSE,
    Kind.CLAIM_INFORMATION_REQUESTED,
)
NEVER_SENT = (ClaimStatus.DRAFT, ClaimStatus.HELD, ClaimStatus.READY, ClaimStatus.REJECTED)


class CannotReplace(Exception):
    """The payer has not decided the claim, or its number of it is not known."""


class CannotVoid(Exception):
    """The claim is on its way to the payer, withdrawn already, or a void itself."""


class CannotResubmit(Exception):
    """The claim is not rejected, or an edit stops it."""


@transaction.atomic
def replace_claim(*, claim_id: int, actor: User, now: datetime, fixes: Sequence[Fix] = ()) -> Claim:
    """Take the place of a decided claim by a corrected one, which the next scrub looks at.

    The new claim is a replacement (frequency 7) that names the payer's number of the old one. When the fixes
    bring another payer, it is an original claim to that payer instead, allowed while the old payer paid
    nothing. The old claim's charges are taken back in the ledger, the new one posts its own. Raises
    CannotReplace, and CannotCorrect for a fix that does not fit.
    """
    old = locked_claim(claim_id)
    _refuse_replacement(old)
    facts = facts_of(old, now)
    before = after = content_of(facts)
    for fix in fixes:
        try:
            after = applied(after, fix, facts.prices)
        except FixDoesNotFit as misfit:
            raise CannotCorrect(str(misfit)) from misfit
    new = _successor(old, Frequency.REPLACEMENT, now)
    new.filing_deadline = (old.adjudicated_at or now).date() + timedelta(days=old.payer.correction_days)
    set_parties(new, before, after, actor, now)
    if new.payer_id != old.payer_id:
        if old.paid_amount > 0:
            raise CannotReplace(f"{old.payer} paid on claim {old}. Void it there before another payer is billed.")
        new.frequency = Frequency.ORIGINAL.value
        new.filing_deadline = new.service_to + timedelta(days=new.payer.filing_days)
    _insert(new, after)
    post_charges(claims=[(new, list(new.lines.all()))], actor=actor, now=now)
    _withdraw(old, ClaimStatus.REPLACED, f"Replaced by {new}", actor, now)
    word = "Replacement" if new.frequency == Frequency.REPLACEMENT else "New claim to another payer"
    record(
        actor=actor,
        now=now,
        happenings=[
            Happened(claim=old, verb="claim.replaced", says=f"Replaced by claim {new}.", tone="move"),
            Happened(
                claim=new,
                verb="claim.built",
                says=f"{word}, for claim {old}, with {len(fixes)} correction{'' if len(fixes) == 1 else 's'}.",
                tone="idle",
                detail={"original": old.pk, "fixes": [fix.as_json() for fix in fixes if fix.kind != MEMBER_ID]},
            ),
        ],
    )
    nudge("scrub_claims")
    return new


MEMBER_ID = FixKind.SET_MEMBER_ID  # its value stays out of the trail of the claim: the coverage's own event has it


def _refuse_replacement(old: Claim) -> None:
    if old.frequency == Frequency.VOID:
        raise CannotReplace(f"Claim {old} is a void; there is nothing to replace.")
    if old.status not in (ClaimStatus.ADJUDICATED, ClaimStatus.CLOSED):
        raise CannotReplace(f"Claim {old} is {old.get_status_display().lower()}; only a decided claim can be replaced.")
    if not old.payer_control_number:
        raise CannotReplace(f"{old.payer} has given no number for claim {old} yet. Ask for its status first.")


@transaction.atomic
def void_claim(*, claim_id: int, actor: User, now: datetime, reason: str) -> Claim | None:
    """Withdraw a claim and take its charges back.

    One that the payer never had is simply void: None comes back. For one that the payer has, or that was to
    replace one that it has, a void (frequency 8) with the payer's number is made ready and returned. Raises
    CannotVoid.
    """
    claim = locked_claim(claim_id)
    held_by_payer = _at_payer(claim)
    if not reason.strip():
        raise CannotVoid("Say why the claim is withdrawn.")
    notice = None
    if held_by_payer is not None:
        notice = _successor(claim, Frequency.VOID, now)
        notice.original = held_by_payer
        notice.status, notice.scrubbed_at = ClaimStatus.READY.value, now
        _insert(notice, content_of(facts_of(claim, now)))
    _withdraw(claim, ClaimStatus.VOID, f"Void: {reason.strip()}", actor, now)
    happenings = [
        Happened(
            claim=claim, verb="claim.voided", says=f"Withdrawn: {reason.strip()}", tone="stop", note=reason.strip()
        )
    ]
    if notice is not None:
        says = f"Void of claim {notice.original}, ready to send."
        happenings.append(Happened(claim=notice, verb="claim.built", says=says, tone="idle"))
        nudge("submit_ready_claims")
    record(actor=actor, now=now, happenings=happenings)
    return notice


def _at_payer(claim: Claim) -> Claim | None:
    """The claim that the payer holds and must be told to void, or None. Raises CannotVoid."""
    if claim.frequency == Frequency.VOID:
        raise CannotVoid(f"Claim {claim} is a void itself.")
    if not can_move(claim.status, ClaimStatus.VOID) and claim.status != ClaimStatus.CLOSED:
        raise CannotVoid(f"Claim {claim} is {claim.get_status_display().lower()}; it cannot be withdrawn now.")
    if claim.status in NEVER_SENT:
        replaces = claim.frequency == Frequency.REPLACEMENT
        return claim.original if replaces and claim.original and claim.original.payer_control_number else None
    if not claim.payer_control_number:
        raise CannotVoid(f"{claim.payer} has given no number for claim {claim} yet. Ask for its status first.")
    return claim


@transaction.atomic
def resubmit_rejected(*, claim_id: int, actor: User, now: datetime, note: str = "") -> Claim:
    """Make a rejected claim ready for a new submission, once every edit passes. Raises CannotResubmit."""
    claim = locked_claim(claim_id)
    if claim.status != ClaimStatus.REJECTED:
        raise CannotResubmit(f"Claim {claim} is {claim.get_status_display().lower()}, not rejected.")
    scrub_claims(practice_id=claim.practice_id, claim_ids=[claim.pk], now=now, actor=actor)
    if stops := open_stops(claim):
        raise CannotResubmit(f"Claim {claim} is still stopped: {stops[0].says}")
    claim = locked_claim(claim_id)
    claim.move_to(ClaimStatus.READY, now)
    claim.touched = True
    claim.save(update_fields=["status", "status_at", "touched"])
    close_items(
        practice_id=claim.practice_id,
        kinds=[Kind.CLAIM_REJECTED],
        subject_type=CLAIM,
        subject_ids=[claim.pk],
        outcome="Corrected, ready to send again",
        now=now,
        actor=actor,
    )
    says = "Corrected, ready to send again." + (f" {note.strip()}" if note.strip() else "")
    record(
        actor=actor,
        now=now,
        happenings=[Happened(claim=claim, verb="claim.resubmitted", says=says, tone="move", note=note.strip())],
    )
    nudge("submit_ready_claims")
    return claim


def _successor(old: Claim, frequency: Frequency, now: datetime) -> Claim:
    """A new claim about the same visit, not saved yet."""
    number = next_numbers(old.practice_id, f"claim-{now:%y}", 1)[0]
    return Claim(
        practice_id=old.practice_id,
        number=f"{now:%y}-{number:06d}",
        encounter_id=old.encounter_id,
        coding_case_id=old.coding_case_id,
        patient=old.patient,
        payer=old.payer,
        coverage=old.coverage,
        payer_order=old.payer_order,
        rendering_id=old.rendering_id,
        referring_id=old.referring_id,
        location_id=old.location_id,
        frequency=frequency.value,
        original=old,
        status_at=now,
        service_from=old.service_from,
        service_to=old.service_to,
        filing_deadline=old.filing_deadline,
        created_at=now,
        touched=True,
    )


def _insert(claim: Claim, content: ClaimContent) -> None:
    claim.diagnoses = list(content.diagnoses)
    claim.authorization_number = content.authorization_number
    claim.place_of_service = content.place_of_service
    claim.charge_amount = content.charge_amount
    claim.save(force_insert=True)
    ClaimLine.objects.bulk_create(_line(claim, number, line) for number, line in enumerate(content.lines, 1))


def _line(claim: Claim, number: int, content: LineContent) -> ClaimLine:
    return ClaimLine(
        practice_id=claim.practice_id,
        claim=claim,
        number=number,
        code=content.code,
        modifiers=list(content.modifiers),
        units=content.units,
        pointers=list(content.pointers),
        charge_amount=content.charge_amount,
        service_date=content.service_date,
    )


def _withdraw(claim: Claim, to: ClaimStatus, reason: str, actor: User, now: datetime) -> None:
    if claim.status == ClaimStatus.CLOSED:
        claim.move_to(ClaimStatus.ADJUDICATED, now)
    claim.move_to(to, now)
    claim.touched, claim.poll_due_at, claim.closed_at = True, None, now
    claim.revision += 1
    claim.save(update_fields=["status", "status_at", "touched", "poll_due_at", "closed_at", "revision"])
    reverse_charges(claim=claim, actor=actor, now=now, reason=reason)
    close_items(
        practice_id=claim.practice_id,
        kinds=CLAIM_KINDS,
        subject_type=CLAIM,
        subject_ids=[claim.pk],
        outcome=reason,
        now=now,
        actor=actor,
    )
    close_registration_work(claim.practice_id, [claim.encounter_id], outcome=reason, now=now, actor=actor)

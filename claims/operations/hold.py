"""Holding a claim back on purpose, and letting it go."""

from datetime import datetime

from django.db import transaction

from claims.domain.status import ClaimStatus
from claims.models import Claim
from claims.operations.content import locked_claim
from claims.operations.history import Happened, record
from claims.operations.scrub import open_stops, scrub_claims
from claims.operations.work import work_on
from compliance.models import User
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, open_items

HOLDABLE = (ClaimStatus.DRAFT, ClaimStatus.READY, ClaimStatus.HELD)


class CannotHold(Exception):
    """The claim is with the payer, withdrawn, or held by a person already."""


class CannotRelease(Exception):
    """The claim is not held, or an edit still stops it."""


@transaction.atomic
def hold_claim(*, claim_id: int, reason: str, actor: User, now: datetime) -> Claim:
    """Keep a claim from being sent until a person releases it; edits alone do not. Raises CannotHold."""
    claim = locked_claim(claim_id)
    if claim.status not in HOLDABLE:
        raise CannotHold(f"Claim {claim} is {claim.get_status_display().lower()}, so it cannot be held.")
    if claim.held_by_person:
        raise CannotHold(f"Claim {claim} is on hold already.")
    if not reason.strip():
        raise CannotHold("Say why the claim is held.")
    if claim.status != ClaimStatus.HELD:
        claim.move_to(ClaimStatus.HELD, now)
    claim.held_by_person = claim.touched = True
    claim.save(update_fields=["status", "status_at", "held_by_person", "touched"])
    open_items(items=[_work(claim, reason.strip())], now=now)
    record(
        actor=actor,
        now=now,
        happenings=[
            Happened(
                claim=claim, verb="claim.held", says=f"On hold: {reason.strip()}", tone="hold", note=reason.strip()
            )
        ],
    )
    return claim


@transaction.atomic
def release_claim(*, claim_id: int, actor: User, now: datetime, note: str = "") -> Claim:
    """Take a claim off hold so that the next batch sends it. Every edit runs again first.

    Raises CannotRelease when it is not held, or when an edit still stops it.
    """
    claim = locked_claim(claim_id)
    if claim.status != ClaimStatus.HELD:
        raise CannotRelease(f"Claim {claim} is {claim.get_status_display().lower()}, not held.")
    claim.held_by_person, claim.touched = False, True
    claim.save(update_fields=["held_by_person", "touched"])
    record(
        actor=actor,
        now=now,
        happenings=[
            Happened(
                claim=claim,
                verb="claim.released",
                says="Released" + (f": {note.strip()}" if note.strip() else "."),
                tone="move",
                note=note.strip(),
            )
        ],
    )
    scrubbed = scrub_claims(practice_id=claim.practice_id, claim_ids=[claim.pk], now=now, actor=actor)[claim.pk]
    if stops := open_stops(claim):
        more = f" ({len(stops) - 1} more)" if len(stops) > 1 else ""
        raise CannotRelease(f"Claim {claim} is still stopped: {stops[0].says}{more}")
    return scrubbed.claim


def _work(claim: Claim, reason: str) -> NewItem:
    return work_on(claim, kind=Kind.CLAIM_HELD, reason=reason, next_step="Release", category="On hold", state="on_hold")

"""Deciding that a finding does not stop a claim."""

from datetime import datetime

from django.db import transaction

from claims.domain.scrub import BINDING
from claims.models import Claim, ClaimFinding
from claims.operations.content import editable_claim, locked_claim
from claims.operations.history import Happened, record
from claims.operations.scrub import scrub_claims
from coding.domain.edits.findings import Severity
from compliance.models import User


class CannotOverride(Exception):
    """The finding is settled, or it is one that nobody may override."""


@transaction.atomic
def override_finding(*, finding_id: int, reason: str, actor: User, now: datetime) -> Claim:
    """Let a claim pass in spite of a finding, with the reason kept; the same finding does not stop it again.

    The edits run first: a finding that registration has put right meanwhile needs no override and gets none.
    Raises CannotOverride, and CannotCorrect when the payer has the claim.
    """
    finding = ClaimFinding.objects.get(pk=finding_id)
    claim = editable_claim(finding.claim_id, now)
    finding.refresh_from_db(fields=["resolved_at"])
    if finding.resolved_at is not None:
        raise CannotOverride("This finding is settled already. Reload the claim to see what is left.")
    if finding.code in BINDING and finding.severity == Severity.STOP:
        raise CannotOverride("This cannot be overridden: the claim would be refused before the payer reads it.")
    if not reason.strip():
        raise CannotOverride("Say why the claim may go out as it is.")
    practice_id = claim.practice_id
    scrub_claims(practice_id=practice_id, claim_ids=[claim.pk], now=now, actor=actor)
    claim = locked_claim(claim.pk)
    if not ClaimFinding.objects.filter(pk=finding.pk, resolved_at__isnull=True).exists():
        return claim
    finding.overridden_by, finding.resolved_at = actor, now
    finding.save(update_fields=["overridden_by", "resolved_at"])
    claim.touched = True
    claim.save(update_fields=["touched"])
    record(
        actor=actor,
        now=now,
        happenings=[
            Happened(
                claim=claim,
                verb="claim.finding_overridden",
                says=f"Overridden: {finding.says} Reason: {reason.strip()}",
                tone="move",
                note=reason.strip(),
                detail={"edit": finding.code, "at": finding.at},
            )
        ],
    )
    return scrub_claims(practice_id=practice_id, claim_ids=[claim.pk], now=now, actor=actor)[claim.pk].claim

"""Stage: drafts, and claims that changed since they were scrubbed, go through every edit."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from claims.domain.status import ClaimStatus
from claims.models import Claim
from claims.operations.scrub import scrub_claims as scrub
from compliance.models import AuditEvent
from worklist.stages import Stage

# What registration writes into the trail when it corrects something that a held claim may wait for.
REGISTRATION = ("encounters.patient", "encounters.coverage", "encounters.authorization", "encounters.encounter")


def _due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    corrected = AuditEvent.objects.filter(
        practice_id=practice_id,
        patient_id=OuterRef("patient_id"),
        subject_type__in=REGISTRATION,
        at__gt=OuterRef("scrubbed_at"),
        at__lte=now,
    ).exclude(verb__endswith=".viewed")
    claims = Claim.objects.filter(practice_id=practice_id)
    due = (
        Q(status=ClaimStatus.DRAFT)
        | Q(status__in=[ClaimStatus.HELD, ClaimStatus.READY], scrubbed_at__isnull=True)
        | (Q(status=ClaimStatus.HELD, scrubbed_at__isnull=False) & Exists(corrected))
    )
    return list(
        claims.filter(due)
        .exclude(pk__in=skip)
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("pk", flat=True)[:limit]
    )


def _advance(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    scrub(practice_id=practice_id, claim_ids=ids, now=now)


scrub_claims = Stage(name="scrub_claims", subject="claims.claim", due=_due, advance=_advance)

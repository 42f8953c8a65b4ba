"""What comes after posting tells here that it has taken a decision up."""

from collections.abc import Sequence
from datetime import datetime

from payments.models import RemitClaim


def follow_remit_claims(*, practice_id: int, ids: Sequence[int], now: datetime) -> int:
    """Mark posted remittance claims as followed up, in the caller's transaction; returns how many were not before."""
    rows = RemitClaim.objects.filter(practice_id=practice_id, pk__in=list(ids), followed_at__isnull=True)
    return rows.update(followed_at=now)

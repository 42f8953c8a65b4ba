"""Posted decisions that nobody downstream has taken up yet."""

from collections.abc import Sequence

from payments.domain.status import RemitClaimStatus
from payments.models import RemitClaim


def lock_unfollowed(practice_id: int, limit: int, skip: Sequence[int]) -> list[int]:
    """Lock posted remittance claims that are not followed up, in the order of their keys, skipping locked ones.

    One partial index holds exactly these rows, so that the cost is that of what is due, not of all history.
    """
    rows = (
        RemitClaim.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(practice_id=practice_id, status=RemitClaimStatus.POSTED, followed_at__isnull=True)
        .exclude(pk__in=skip)
        .order_by("pk")
    )
    return list(rows.values_list("pk", flat=True)[:limit])

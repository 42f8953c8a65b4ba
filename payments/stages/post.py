"""Posting what is ready: first each remittance's own money, then its claims, a thousand at a time.

One worker posts a practice at a time, so that what a reversal takes back was posted before it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import InterfaceError, OperationalError

from payments.domain.status import RemitClaimStatus, RemitStatus
from payments.models import Remit, RemitClaim
from payments.operations.post import lock_posting, post_remit_claims, post_remit_money, stop_claim
from worklist.stages import Chain, Stage


def _money_due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> Sequence[int]:
    if not lock_posting(practice_id, wait=False):
        return []
    rows = (
        Remit.objects.select_for_update(skip_locked=True)
        .filter(practice_id=practice_id, status=RemitStatus.READY, money_posted_at__isnull=True)
        .exclude(pk__in=skip)
        .order_by("pk")
    )
    return list(rows.values_list("pk", flat=True)[:limit])


def _post_money(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    post_remit_money(practice_id=practice_id, ids=ids, now=now)


def _claims_due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> Sequence[int]:
    if not lock_posting(practice_id, wait=False):
        return []
    rows = (
        RemitClaim.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(
            practice_id=practice_id,
            status=RemitClaimStatus.READY,
            remit__status__in=(RemitStatus.READY, RemitStatus.EXCEPTIONS),
        )
        .exclude(pk__in=skip)
        .order_by("pk")
    )
    return list(rows.values_list("pk", flat=True)[:limit])


def _post_claims(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    """A chunk that fails is redone claim by claim; the claim at fault then waits for a poster."""
    if len(ids) > 1:
        post_remit_claims(practice_id=practice_id, ids=ids, now=now)
        return
    try:
        post_remit_claims(practice_id=practice_id, ids=ids, now=now)
    except (OperationalError, InterfaceError):  # the server's trouble, not the claim's
        raise
    except Exception as error:
        stop_claim(practice_id=practice_id, remit_claim_id=ids[0], error=error, now=now)


post_remits = Chain(
    name="post_remits",
    parts=(
        Stage(name="post_remits", subject="payments.remit", due=_money_due, advance=_post_money),
        Stage(name="post_remits", subject="payments.remitclaim", due=_claims_due, advance=_post_claims),
    ),
)

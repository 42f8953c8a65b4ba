"""Stage: posted decisions are taken up, then denials whose claim moved by other hands are brought up to it.

What is due is held by a partial index of payments (posted, not followed up): a decision is looked at once, whether
it refuses anything or not, and a run costs what is due instead of a search over all history.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from claims.domain.status import ClaimStatus
from denials.domain.status import WAITING_FOR_US
from denials.models import Denial
from denials.operations.open import open_denials as open_from
from denials.operations.settle import settle_withdrawn
from payments.queries.follow import lock_unfollowed
from worklist.stages import Chain, Stage


def _due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    return lock_unfollowed(practice_id, limit, skip)


def _open(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    open_from(practice_id=practice_id, remit_claim_ids=ids, now=now)


def _withdrawn(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    gone = Q(claim__status=ClaimStatus.VOID) | Q(
        claim__status__in=[ClaimStatus.REPLACED, ClaimStatus.CLOSED], status__in=WAITING_FOR_US
    )
    rows = Denial.objects.open().filter(gone, practice_id=practice_id).exclude(pk__in=skip)
    locked = rows.order_by("pk").select_for_update(skip_locked=True, of=("self",))
    return list(locked.values_list("pk", flat=True)[:limit])


def _settle(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    settle_withdrawn(practice_id=practice_id, denial_ids=ids, now=now)


open_denials = Chain(
    name="open_denials",
    parts=(
        Stage(name="open_denials", subject="payments.remitclaim", due=_due, advance=_open),
        Stage(name="open_denials", subject="denials.denial", due=_withdrawn, advance=_settle),
    ),
)

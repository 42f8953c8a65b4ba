"""Deadlines that come near, and payers that let theirs pass. Each is put to a person once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from denials.domain.categories import Play
from denials.domain.deadline import APPEAL, CORRECT
from denials.models import Appeal, Denial
from denials.operations.work import open_for_silence, refresh_work


@transaction.atomic
def turn_to_appeal(*, practice_id: int, denial_ids: Sequence[int], now: datetime) -> int:
    """Denials that can't be corrected in time any more run on the appeal's clock; returns how many.

    Work on them shows the new clock and step, and is a plain denial again until that clock comes near.
    """
    rows = Denial.objects.to_work().filter(practice_id=practice_id, pk__in=denial_ids, deadline_kind=CORRECT)
    denials = list(rows.order_by("pk"))
    for each in denials:
        each.deadline, each.deadline_kind, each.warned_at = each.appeal_deadline, APPEAL, None
        each.play = Play.APPEAL.value if each.play == Play.CORRECT else each.play
    Denial.objects.bulk_update(denials, ["deadline", "deadline_kind", "warned_at", "play"])
    refresh_work(practice_id, {each.remit_claim_id for each in denials}, now=now, opens=True)
    return len(denials)


@transaction.atomic
def warn_of_deadlines(*, practice_id: int, denial_ids: Sequence[int], now: datetime) -> int:
    """Turn the work on these denials into deadline work, with the same owner; returns how many were warned of."""
    rows = Denial.objects.to_work().filter(practice_id=practice_id, pk__in=denial_ids, warned_at__isnull=True)
    denials = dict(rows.values_list("pk", "remit_claim_id"))
    warned = Denial.objects.filter(pk__in=denials).update(warned_at=now)
    refresh_work(practice_id, denials.values(), now=now, opens=True)
    return warned


@transaction.atomic
def notice_silence(*, practice_id: int, appeal_ids: Sequence[int], now: datetime) -> int:
    """Open work on appeals that the payer has not answered in its time; returns how many."""
    rows = Appeal.objects.filter(practice_id=practice_id, pk__in=appeal_ids, reminded_at__isnull=True)
    appeals = list(rows.select_related("claim__patient", "payer").defer("pdf", "letter").order_by("pk"))
    open_for_silence(appeals, now=now)
    return Appeal.objects.filter(pk__in=[each.pk for each in appeals]).update(reminded_at=now)

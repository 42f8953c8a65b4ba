"""Saying that somebody has a case open."""

from datetime import datetime

from coding.models import CasePresence, CodingCase
from compliance.models import User


def mark_presence(*, case: CodingCase, user: User, now: datetime) -> None:
    """Keep that the person has the case open now, in one statement."""
    CasePresence.objects.bulk_create(
        [CasePresence(practice_id=case.practice_id, case=case, user=user, seen_at=now)],
        update_conflicts=True,
        unique_fields=["case", "user"],
        update_fields=["seen_at"],
    )

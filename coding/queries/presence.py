"""What is read about the people at a case."""

from datetime import datetime, timedelta

from coding.models import CasePresence, CaseVersion, CodingCase
from compliance.models import User

HERE = timedelta(seconds=45)  # three times the seconds between two signs of a page


def others_at(case: CodingCase, user: User, now: datetime) -> list[User]:
    """The other people who have the case open, by name."""
    rows = CasePresence.objects.filter(case=case, seen_at__gt=now - HERE).exclude(user=user).select_related("user")
    return sorted((row.user for row in rows), key=str)


def changed_since(case: CodingCase, revision: int) -> CaseVersion | None:
    """The last change of a case, when it is newer than this revision."""
    if case.revision <= revision:
        return None
    return CaseVersion.objects.filter(case=case, revision=case.revision).select_related("by").first()

"""Work about inbound files."""

from datetime import datetime, timedelta

from claims.models import InboundFile
from worklist.domain.kinds import Kind
from worklist.operations import NewItem

LOOK_WITHIN_DAYS = 2  # house rule


def refused_file_item(file: InboundFile, now: datetime, *, reason: str = "") -> NewItem:
    """Work about a file that can't be read, or that (`reason`) can only be read in part."""
    return NewItem(
        practice_id=file.practice_id,
        kind=Kind.FILE_REFUSED,
        subject_type="claims.inboundfile",
        subject_id=file.pk,
        reason=reason or file.problem,
        next_step="Ask the clearinghouse" if reason else "Ask for it again",
        category="File",
        clock_date=(now + timedelta(days=LOOK_WITHIN_DAYS)).date(),
    )

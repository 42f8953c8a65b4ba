"""Stage: appeals whose letter is fixed go out, outside of any transaction."""

from dataclasses import dataclass
from datetime import datetime

from claims.gateways import clearinghouse_of
from compliance.models import Practice
from denials.operations.deliver import deliver_appeals


@dataclass(frozen=True, slots=True)
class SendStage:
    """Letters are stored before; here they are handed over and recorded as sent, one by one."""

    name: str

    def run(self, practice_id: int, now: datetime) -> int:
        """Returns how many appeals were handed over."""
        practice = Practice.objects.get(pk=practice_id)
        return deliver_appeals(practice_id=practice_id, clearinghouse=clearinghouse_of(practice.slug), now=now)


send_appeals = SendStage(name="send_appeals")

"""Stage: payers are asked about claims at their rhythm, and silence past their usual days becomes work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.operations.inquire import notice_silence, store_inquiries
from claims.queries.outbound import claims_to_ask
from claims.stages.submit import CLAIMS_A_BATCH, SendingStage
from compliance.scope import practice_scope
from worklist.stages import Stage


def _ask(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    store_inquiries(practice_id=practice_id, claim_ids=ids, now=now)


@dataclass(frozen=True, slots=True)
class PollStage(SendingStage):
    """Notices silence first, so that a claim is asked about and looked at on the same day."""

    def run(self, practice_id: int, now: datetime) -> int:
        with practice_scope(practice_id):
            noticed = notice_silence(practice_id=practice_id, now=now)
        return noticed + SendingStage.run(self, practice_id, now)


poll_claim_status = PollStage(
    name="poll_claim_status",
    store=Stage(
        name="poll_claim_status", subject="claims.claim", due=claims_to_ask, advance=_ask, chunk=CLAIMS_A_BATCH
    ),
)

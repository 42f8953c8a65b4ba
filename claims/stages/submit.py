"""Stage: ready claims are stored as one interchange, then handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.gateways import clearinghouse_of
from claims.operations.batch import store_batch
from claims.operations.send import deliver_batches
from claims.queries.outbound import ready_claims
from compliance.models import Practice
from worklist.stages import Stage

CLAIMS_A_BATCH = 500


def _store(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    store_batch(practice_id=practice_id, claim_ids=ids, now=now)


@dataclass(frozen=True, slots=True)
class SendingStage:
    """Stores interchanges chunk by chunk (one transaction each), then hands over all that were not, outside of any."""

    name: str
    store: Stage

    def run(self, practice_id: int, now: datetime) -> int:
        """Returns how many rows went into interchanges."""
        stored = self.store.run(practice_id, now)
        practice = Practice.objects.get(pk=practice_id)
        deliver_batches(practice_id=practice_id, clearinghouse=clearinghouse_of(practice.slug), now=now)
        return stored


submit_ready_claims = SendingStage(
    name="submit_ready_claims",
    store=Stage(
        name="submit_ready_claims", subject="claims.claim", due=ready_claims, advance=_store, chunk=CLAIMS_A_BATCH
    ),
)

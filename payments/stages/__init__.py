"""The stages of payments: inbound 835s are stored and balanced, then posted."""

from payments.stages.ingest import ingest_remits
from payments.stages.post import post_remits

__all__ = ["ingest_remits", "post_remits"]

"""The claims station's part of the pipeline."""

from claims.stages.acknowledge import acknowledge_claims
from claims.stages.build import build_claims
from claims.stages.fetch import fetch_inbound
from claims.stages.poll import poll_claim_status
from claims.stages.scrub import scrub_claims
from claims.stages.submit import submit_ready_claims

__all__ = [
    "acknowledge_claims",
    "build_claims",
    "fetch_inbound",
    "poll_claim_status",
    "scrub_claims",
    "submit_ready_claims",
]

"""The verbs of payments that people use; stages call `ingest` and `post` themselves."""

from payments.operations.decide import (
    CannotPost,
    CannotPostDecided,
    CannotPostHere,
    CannotPostUnbalanced,
    accept_provider_adjustment,
    match_claim,
    post_clean,
    set_aside,
)

__all__ = [
    "CannotPost",
    "CannotPostDecided",
    "CannotPostHere",
    "CannotPostUnbalanced",
    "accept_provider_adjustment",
    "match_claim",
    "post_clean",
    "set_aside",
]

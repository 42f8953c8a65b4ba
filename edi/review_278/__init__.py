"""Prior authorization and referral: the request and the payer's answer (278). Guide 005010X217."""

from edi.review_278.facts import (
    Review,
    ReviewBatch,
    ReviewDecision,
    ReviewProvider,
    ReviewPurpose,
    ReviewRefusal,
    ReviewService,
)
from edi.review_278.read import read_reviews
from edi.review_278.write import write_reviews

__all__ = [
    "Review",
    "ReviewBatch",
    "ReviewDecision",
    "ReviewProvider",
    "ReviewPurpose",
    "ReviewRefusal",
    "ReviewService",
    "read_reviews",
    "write_reviews",
]

"""837P professional claim, 005010X222A1: written in batches, read one claim at a time."""

from edi.claim_837p.facts import (
    Attachment,
    BillingProvider,
    Claim,
    Drug,
    LineAdjudication,
    Note,
    OtherPayer,
    Patient,
    Payer,
    ProfessionalBatch,
    Provider,
    Receiver,
    ServiceLine,
    Submitter,
    Subscriber,
    WrittenBatch,
)
from edi.claim_837p.read import read_claims
from edi.claim_837p.write import write_claims

__all__ = [
    "Attachment",
    "BillingProvider",
    "Claim",
    "Drug",
    "LineAdjudication",
    "Note",
    "OtherPayer",
    "Patient",
    "Payer",
    "ProfessionalBatch",
    "Provider",
    "Receiver",
    "ServiceLine",
    "Submitter",
    "Subscriber",
    "WrittenBatch",
    "read_claims",
    "write_claims",
]

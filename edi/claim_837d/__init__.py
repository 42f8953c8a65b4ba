"""837D dental claim, 005010X224A2: written in batches, read one claim at a time."""

from edi.claim_837.facts import (
    Attachment,
    BillingProvider,
    Contract,
    Heading,
    LineAdjudication,
    Note,
    OtherPayer,
    OtherPayerProvider,
    Patient,
    Payer,
    PayToPlan,
    Pricing,
    Provider,
    Receiver,
    Submitter,
    Subscriber,
    WrittenBatch,
)
from edi.claim_837.write_levels import billing_segments, patient_segments, subscriber_segments
from edi.claim_837d.facts import (
    Claim,
    DentalBatch,
    Orthodontics,
    ServiceLine,
    Tooth,
    ToothStatus,
)
from edi.claim_837d.facts import DentalBatch as Batch
from edi.claim_837d.read import read_batches, read_claims
from edi.claim_837d.write import segments_of, write_claims

__all__ = [
    "Attachment",
    "Batch",
    "BillingProvider",
    "Claim",
    "Contract",
    "DentalBatch",
    "Heading",
    "LineAdjudication",
    "Note",
    "Orthodontics",
    "OtherPayer",
    "OtherPayerProvider",
    "Patient",
    "PayToPlan",
    "Payer",
    "Pricing",
    "Provider",
    "Receiver",
    "ServiceLine",
    "Submitter",
    "Subscriber",
    "Tooth",
    "ToothStatus",
    "WrittenBatch",
    "billing_segments",
    "patient_segments",
    "read_batches",
    "read_claims",
    "segments_of",
    "subscriber_segments",
    "write_claims",
]

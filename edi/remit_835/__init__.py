"""835 health care claim payment, 005010X221A1: read one claim at a time, and write."""

from edi.remit_835.facts import (
    InpatientFacts,
    OutpatientFacts,
    ProviderAdjustment,
    ProviderSummary,
    QualifiedAmount,
    QualifiedDate,
    RemitClaim,
    RemitHeader,
    RemitLine,
    RemitParty,
    RemitProcedure,
    WholeRemit,
)
from edi.remit_835.read import Remittance, read_remits
from edi.remit_835.write import segments_of, write_remit

__all__ = [
    "InpatientFacts",
    "OutpatientFacts",
    "ProviderAdjustment",
    "ProviderSummary",
    "QualifiedAmount",
    "QualifiedDate",
    "RemitClaim",
    "RemitHeader",
    "RemitLine",
    "RemitParty",
    "RemitProcedure",
    "Remittance",
    "WholeRemit",
    "read_remits",
    "segments_of",
    "write_remit",
]

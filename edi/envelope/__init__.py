"""ISA/GS/ST … SE/GE/IEA: telling files apart, reading with counts and control numbers checked, writing."""

from edi.envelope.facts import Group, Interchange, InterchangeHeader, Kind, kind_of
from edi.envelope.read import EnvelopeReader, TransactionSet, check_envelope, identify, transaction_sets
from edi.envelope.write import InterchangeWriter, write_bare

__all__ = [
    "EnvelopeReader",
    "Group",
    "Interchange",
    "InterchangeHeader",
    "InterchangeWriter",
    "Kind",
    "TransactionSet",
    "check_envelope",
    "identify",
    "kind_of",
    "transaction_sets",
    "write_bare",
]

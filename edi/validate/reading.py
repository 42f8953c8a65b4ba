"""Hands the facts of a transaction set to the rules while the structure walk sees the same segments."""

from collections.abc import Callable, Iterator
from typing import Any

from edi import ack_277ca, status_277
from edi.claim_837.read import ClaimSet
from edi.claim_837.read_claim import ClaimTables
from edi.claim_837d.read import TABLES as DENTAL
from edi.claim_837i.read import TABLES as INSTITUTIONAL
from edi.claim_837p.read import TABLES as PROFESSIONAL
from edi.envelope import EnvelopeReader, Kind, TransactionSet
from edi.remit_835.read import Remittance

Facts = Iterator[Any]
Read = Callable[[TransactionSet, EnvelopeReader], Facts]


def facts_of(transaction: TransactionSet, reader: EnvelopeReader) -> Facts:
    """What rules are about, in the order of the file; nothing for kinds that only have a structure.

    Raises X12Error when a fact stands where it can't be understood.
    """
    read = _READERS.get(transaction.kind)
    return read(transaction, reader) if read else iter(())


def _claims(tables: ClaimTables) -> Read:
    return lambda transaction, reader: iter(ClaimSet(transaction, tables))


def _remit(transaction: TransactionSet, reader: EnvelopeReader) -> Facts:
    remit = Remittance(transaction, reader)
    yield remit.header
    yield from remit.claims
    yield from remit.provider_adjustments


_READERS: dict[Kind, Read] = {
    Kind.CLAIM_837P: _claims(PROFESSIONAL),
    Kind.CLAIM_837I: _claims(INSTITUTIONAL),
    Kind.CLAIM_837D: _claims(DENTAL),
    Kind.REMIT_835: _remit,
    Kind.ACK_277CA: lambda transaction, reader: iter((ack_277ca.ack_in(transaction),)),
    Kind.STATUS_277: lambda transaction, reader: status_277.answers_in(transaction),
}

"""Every fact of a file in the order of the file, whatever kinds of transaction sets it holds.

The readers of a kind are imported when the first transaction set of that kind is met: a command that reads one
835 shouldn't wait for the tables of the other eleven kinds.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from edi.envelope import EnvelopeReader, Kind, TransactionSet
from edi.errors import X12Error

if TYPE_CHECKING:
    from edi.claim_837.read_claim import ClaimTables

Named = tuple[str, object]


def read_facts(stream: BinaryIO | bytes) -> Iterator[Named]:
    """Each fact with its name: claim_batch, claim, remit, remit_claim, ...; `problem` for what is wrong with envelopes.

    One transaction set is read at a time, one claim of it in memory. Raises X12Error when it is not X12, breaks off,
    or holds nothing that can be read.
    """
    reader = EnvelopeReader(stream)
    found = False
    unread: list[TransactionSet] = []
    for named in _read(reader, unread):
        found = True
        yield named
    if not found and unread:
        raise X12Error(
            "The file holds no transaction set of a kind that can be read.",
            segment_number=unread[0].segment_number,
            segment_id="ST",
        )
    if not found:
        raise X12Error("The file holds nothing that can be read.")


def every_fact(stream: BinaryIO | bytes) -> Iterator[Named]:
    """The same for whoever doesn't mind a file that holds nothing to read."""
    return _read(EnvelopeReader(stream), [])


def _read(reader: EnvelopeReader, unread: list[TransactionSet]) -> Iterator[Named]:
    told = 0
    for transaction in reader:
        yield from _loose(reader)
        read = READERS.get(transaction.kind)
        if read:
            yield from read(transaction, reader)
        elif not unread:
            unread.append(transaction)
        for _ in transaction.blocks:  # the problems of its SE follow it
            pass
        yield from (("problem", each) for each in reader.problems[told:])
        told = len(reader.problems)
    yield from _loose(reader)
    yield from (("problem", each) for each in reader.problems[told:])


def _loose(reader: EnvelopeReader) -> Iterator[Named]:
    """TA1 stand between the envelopes."""
    if reader.loose:
        from edi.ack_ta1 import ack_of

        for segment in reader.loose:
            yield "interchange_ack", ack_of(segment, reader.interchanges)
        reader.loose.clear()


def _claims(name: str, transaction: TransactionSet, tables: "ClaimTables") -> Iterator[Named]:
    from edi.claim_837.read import ClaimSet

    claims = ClaimSet(transaction, tables)
    yield "claim_batch", claims.heading
    for each in claims:
        yield name, each


def _professional(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.claim_837p.read import TABLES

    return _claims("claim", transaction, TABLES)


def _institutional(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.claim_837i.read import TABLES

    return _claims("institutional_claim", transaction, TABLES)


def _dental(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.claim_837d.read import TABLES

    return _claims("dental_claim", transaction, TABLES)


def _remit(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.remit_835.read import Remittance

    before = len(reader.problems)
    remit = Remittance(transaction, reader)
    yield "remit", remit.header
    for claim in remit.claims:
        yield "remit_claim", claim
    for adjustment in remit.provider_adjustments:
        yield "provider_adjustment", adjustment
    envelope = reader.problems[before:]  # whoever reads the file tells about these
    for problem in remit.problems:
        if problem not in envelope:
            yield "problem", problem


def _syntax_ack(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.ack_999 import ack_in

    yield "syntax_ack", ack_in(transaction)


def _claim_ack(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.ack_277ca import ack_in

    yield "claim_ack", ack_in(transaction)


def _status_answer(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.status_277 import answers_in

    return (("status_answer", each) for each in answers_in(transaction))


def _status_inquiry(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.status_276 import inquiries_in

    return (("status_inquiry", each) for each in inquiries_in(transaction))


def _eligibility_inquiry(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.eligibility.inquiry_270 import inquiries_in

    return (("eligibility_inquiry", each) for each in inquiries_in(transaction))


def _eligibility_answer(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.eligibility.answer_271 import answers_in

    return (("eligibility_answer", each) for each in answers_in(transaction))


def _review(transaction: TransactionSet, reader: EnvelopeReader) -> Iterator[Named]:
    from edi.review_278.read import reviews_in

    return (("review", each) for each in reviews_in(transaction))


READERS: dict[Kind, Callable[[TransactionSet, EnvelopeReader], Iterator[Named]]] = {
    Kind.CLAIM_837P: _professional,
    Kind.CLAIM_837I: _institutional,
    Kind.CLAIM_837D: _dental,
    Kind.REMIT_835: _remit,
    Kind.ACK_999: _syntax_ack,
    Kind.ACK_277CA: _claim_ack,
    Kind.STATUS_277: _status_answer,
    Kind.STATUS_276: _status_inquiry,
    Kind.ELIGIBILITY_270: _eligibility_inquiry,
    Kind.ELIGIBILITY_271: _eligibility_answer,
    Kind.REVIEW_278: _review,
}

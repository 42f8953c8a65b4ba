"""270: asking what a patient is covered for, written and read. Source: X12 005010X279A1."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from edi.elements import Values
from edi.eligibility.facts import (
    EligibilityInquiry,
    EligibilityInquiryBatch,
    EligibilityQuestion,
)
from edi.envelope import InterchangeWriter, Kind, TransactionSet, transaction_sets
from edi.errors import X12Error
from edi.hierarchy import DEPENDENT, RECEIVER, SOURCE, SUBSCRIBER, Level, read_levels
from edi.level_writing import LevelWriting
from edi.loops import Loop, first, split, text_of
from edi.members import (
    UNNAMED,
    DatedPeriod,
    Member,
    Segments,
    read_member,
    read_periods,
    read_service,
    write_member,
    write_party,
    write_service,
)
from edi.parties import read_party
from edi.segments import Repeats, Segment

GUIDE = "005010X279A1"
_PLAN_DATE = "291"


def write_eligibility_inquiries(batch: EligibilityInquiryBatch) -> bytes:
    """The 270. Neighbouring inquiries share payer and provider.

    Raises X12Error when there is nothing to ask, or a value doesn't fit.
    """
    if not batch.inquiries:
        raise X12Error("An eligibility batch needs at least one inquiry.")
    out = InterchangeWriter(batch.header, functional_id="HS", guide=GUIDE)
    written_at = batch.header.written_at
    out.begin_set("270", batch.set_control_number)
    out.segment("BHT", "0022", "13", batch.reference, f"{written_at:%Y%m%d}", f"{written_at:%H%M}")
    LevelWriting(out, _above, segments_of).write(batch.inquiries)
    out.end_set()
    return out.finish()


def _above(inquiry: EligibilityInquiry, code: str) -> Segments:
    if code == SOURCE:
        yield write_party(inquiry.payer)
    elif code == RECEIVER:
        yield write_party(inquiry.provider)
        if inquiry.provider_taxonomy:
            yield ["PRV", "PE", "PXC", inquiry.provider_taxonomy]
    else:
        yield from write_member(inquiry.subscriber, ())


def segments_of(inquiry: EligibilityInquiry) -> Segments:
    """The segments of the patient's own level, behind its HL."""
    if inquiry.trace:
        yield ["TRN", "1", inquiry.trace, inquiry.trace_company]
    asked = DatedPeriod(qualifier=_PLAN_DATE, first=inquiry.service_from, last=inquiry.service_to)
    yield from write_member(inquiry.patient or inquiry.subscriber, [asked])
    for question in inquiry.questions:
        yield ["EQ", Repeats(question.service_types), write_service(question.service), question.level]


def read_eligibility_inquiries(stream: BinaryIO | bytes) -> Iterator[EligibilityInquiry]:
    """Every inquiry of every 270 of the file. Raises X12Error when it is not X12, or a question has nobody above it."""
    for transaction in transaction_sets(stream):
        if transaction.kind is Kind.ELIGIBILITY_270:
            yield from inquiries_in(transaction)


def inquiries_in(transaction: TransactionSet) -> Iterator[EligibilityInquiry]:
    """The same of one transaction set."""
    values = Values("2000")
    payer = provider = UNNAMED
    taxonomy = ""
    subscriber = Member(party=UNNAMED)
    for level, block in read_levels(transaction, values):
        head, _ = split(block, "EQ")
        name = first(head, "NM1")
        party = read_party(name) if name else UNNAMED
        code = level.code if level else ""
        if code == SOURCE:
            payer = party
        elif code == RECEIVER:
            specialty = first(head, "PRV")
            provider, taxonomy = party, specialty[3] if specialty else ""
        elif code in (SUBSCRIBER, DEPENDENT) and level:
            member = read_member(head, values) or Member(party=UNNAMED)
            if code == SUBSCRIBER:
                subscriber = member
            if code == DEPENDENT or not level.has_children:
                asked = EligibilityInquiry(
                    payer=payer, provider=provider, provider_taxonomy=taxonomy, subscriber=subscriber
                )
                yield _inquiry(asked, level, member, block, values)


def _inquiry(
    asked: EligibilityInquiry, level: Level, member: Member, block: Loop, values: Values
) -> EligibilityInquiry:
    head, questions = split(block, "EQ")
    trace = first(head, "TRN", "1")
    dates = read_periods(head, values)
    wanted = next((each for each in dates if each.qualifier == _PLAN_DATE), None)
    if not questions:
        values.note(block[0], None, "The inquiry asks nothing (no EQ).", "missing")
    found = replace(
        asked,
        patient=member if level.code == DEPENDENT else None,
        trace=trace[2] if trace else "",
        trace_company=trace[3] if trace else "",
        service_from=wanted.first if wanted else None,
        service_to=wanted.last if wanted else None,
        questions=tuple(_question(each[0]) for each in questions),
        problems=tuple(values.problems),
        raw=text_of(block),
        segment_number=block[0].number,
    )
    values.problems.clear()
    return found


def _question(segment: Segment) -> EligibilityQuestion:
    kinds = tuple(each for each in segment.repeats(1) if each)
    return EligibilityQuestion(service_types=kinds, service=read_service(segment, 2), level=segment[3])

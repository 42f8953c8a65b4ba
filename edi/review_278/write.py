"""Writes 278 requests and answers. Source: X12 005010X217."""

from collections.abc import Iterable, Iterator, Sequence

from edi.elements import optional_text, plain
from edi.envelope import InterchangeWriter
from edi.errors import X12Error
from edi.hierarchy import RECEIVER, SOURCE, SUBSCRIBER
from edi.level_writing import LevelWriting, Node
from edi.members import Segments, write_member, write_party, write_periods, write_service
from edi.parties import write_address, write_contact, write_references
from edi.review_278.facts import (
    Review,
    ReviewBatch,
    ReviewDecision,
    ReviewProvider,
    ReviewPurpose,
    ReviewRefusal,
    ReviewService,
    ReviewType,
)
from edi.segments import Element, Repeats

GUIDE = "005010X217"
_EVENT, _SERVICE = "EV", "SS"


def write_reviews(batch: ReviewBatch) -> bytes:
    """The 278, a transaction set for each review, as the guide has it.

    Raises X12Error when there is nothing to write, or a value doesn't fit.
    """
    if not batch.reviews:
        raise X12Error("A 278 needs at least one review.")
    out = InterchangeWriter(batch.header, functional_id="HI", guide=GUIDE)
    written_at = batch.header.written_at
    for number, review in enumerate(batch.reviews, 1):
        out.begin_set("278", f"{number:04d}")
        out.segment("BHT", "0007", review.purpose, review.reference, f"{written_at:%Y%m%d}", f"{written_at:%H%M}")
        LevelWriting(out, _above, _patient, _event).write([review])
        out.end_set()
    return out.finish()


def _above(review: Review, code: str) -> Segments:
    if code == SUBSCRIBER:
        if review.subscriber:
            yield from write_member(review.subscriber, ())
        return
    party = review.payer if code == SOURCE else review.provider
    if party:
        yield write_party(party)
    level = {SOURCE: "payer", RECEIVER: "requester"}[code]
    yield from _aaa(each for each in review.refusals if each.level == level)


def _patient(review: Review) -> Segments:
    member = review.patient or review.subscriber
    refusals = _aaa(each for each in review.refusals if each.level in ("subscriber", "dependent"))
    if member:
        yield from write_member(member, (), refusals)


def _event(review: Review) -> list[Node]:
    """The level below the patient; none when the payer refused above the event."""
    if not (review.type or review.decision or review.services or review.trace):
        return []
    services = [Node(_SERVICE, _service(each, review.purpose)) for each in review.services]
    return [Node(_EVENT, _own(review), services)]


def segments_of(review: Review) -> Segments:
    """The segments of the event and its services, or of the level above that refused. Each HL has only its kind."""
    refusing = {each.level for each in review.refusals} - {"event", "service"}
    if not refusing:
        yield _level(_EVENT)
        yield from _own(review)
        for each in review.services:
            yield _level(_SERVICE)
            yield from _service(each, review.purpose)
    elif refusing <= {"payer", "requester"}:
        yield from _above(review, RECEIVER if review.provider else SOURCE)
    else:
        yield from _patient(review)


def _level(code: str) -> Sequence[Element]:
    return ["HL", "", "", code]


def _own(review: Review) -> Segments:
    if review.trace:
        yield _trace(review.purpose, review.trace, review.trace_company)
    yield from _aaa(each for each in review.refusals if each.level == "event")
    yield from _type(review.type)
    yield from _decision(review.decision)
    if review.number:
        yield ["REF", "BB", review.number]
    yield from write_periods(review.dates)
    if review.diagnoses:
        yield ["HI", *[list(each) for each in review.diagnoses]]
    if review.delivery:
        yield ["HSD", *review.delivery]
    for each in review.attachments:
        yield ["PWK", each.qualifier, "EL", "", "", "AC", each.value]
    yield from _messages(review.messages)
    yield from _providers(review.providers)


def _service(service: ReviewService, purpose: ReviewPurpose) -> Segments:
    if service.trace:
        yield _trace(purpose, service.trace, service.trace_company)
    yield from _aaa(service.refusals)
    yield from _type(service.type)
    yield from _decision(service.decision)
    if service.number:
        yield ["REF", "BB", service.number]
    yield from write_periods(service.dates)
    charge, units = optional_text(service.charge), optional_text(service.units)
    if service.kind == "SV2":
        yield ["SV2", service.revenue_code, write_service(service.service), charge, service.unit_basis, units]
    elif service.kind == "SV3":
        yield ["SV3", write_service(service.service), charge, "", "", "", units]
    elif service.service or service.units is not None:
        yield ["SV1", write_service(service.service), charge, service.unit_basis, units]
    if service.delivery:
        yield ["HSD", *service.delivery]
    yield from _messages(service.messages)
    yield from _providers(service.providers)


def _trace(purpose: ReviewPurpose, trace: str, company: str) -> Sequence[Element]:
    return ["TRN", "2" if purpose is ReviewPurpose.ANSWER else "1", trace, company]


def _type(type: ReviewType | None) -> Segments:
    if type:
        place = [type.place, type.place_qualifier] if type.place else ""
        yield ["UM", type.category, type.certification, type.service_type, place, list(type.causes), type.urgency]


def _decision(decision: ReviewDecision | None) -> Segments:
    if decision:
        opinion = "Y" if decision.second_opinion else ""
        yield ["HCR", decision.action, decision.number, Repeats(decision.reasons), opinion]


def _messages(messages: Iterable[str]) -> Segments:
    for each in messages:
        yield ["MSG", plain(each, 264)]


def _aaa(refusals: Iterable[ReviewRefusal]) -> Segments:
    for each in refusals:
        yield ["AAA", "Y" if each.valid else "N", "", each.reason, each.follow_up]


def _providers(providers: Iterable[ReviewProvider]) -> Iterator[Sequence[Element]]:
    for each in providers:
        yield write_party(each.party)
        yield from write_references(each.references)
        yield from write_address(each.address)
        for contact in each.contacts:
            yield write_contact(contact)
        yield from _aaa(each.refusals)
        if each.taxonomy:
            yield ["PRV", "PE", "PXC", each.taxonomy]

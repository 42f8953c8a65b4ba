"""Reads 278 files, one patient event at a time. Source: X12 005010X217."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from edi.elements import Values
from edi.envelope import Kind, TransactionSet, transaction_sets
from edi.hierarchy import DEPENDENT, RECEIVER, SOURCE, SUBSCRIBER, Level, read_levels
from edi.loops import Loop, first, reference, split, text_of
from edi.members import Member, read_member, read_periods, read_service
from edi.parties import NamedParty, Reference, read_address, read_contact, read_party, read_reference
from edi.review_278.facts import (
    Review,
    ReviewDecision,
    ReviewProvider,
    ReviewPurpose,
    ReviewRefusal,
    ReviewService,
    ReviewType,
)
from edi.segments import Segment

EVENT, SERVICE = "EV", "SS"
_LEVELS = {SOURCE: "payer", RECEIVER: "requester", SUBSCRIBER: "subscriber", DEPENDENT: "dependent"}


def read_reviews(stream: BinaryIO | bytes) -> Iterator[Review]:
    """Every patient event of every 278 of the file; a refusal above the events is a review without services.

    Raises X12Error when it is not X12.
    """
    for transaction in transaction_sets(stream):
        if transaction.kind is Kind.REVIEW_278:
            yield from reviews_in(transaction)


def reviews_in(transaction: TransactionSet) -> Iterator[Review]:
    """The same of one transaction set."""
    return _Reading(transaction).reviews()


class _Reading:
    """One 278 being read, level by level."""

    def __init__(self, transaction: TransactionSet) -> None:
        self.values = Values("2000")
        self.levels = read_levels(transaction, self.values)
        self.purpose = ReviewPurpose.REQUEST
        self.reference = ""
        self.payer: NamedParty | None = None
        self.provider: NamedParty | None = None
        self.subscriber: Member | None = None
        self.patient: Member | None = None

    def reviews(self) -> Iterator[Review]:
        event: Loop = []
        services: list[Loop] = []
        for level, block in self.levels:
            if level and level.code == SERVICE and event:
                services.append(block)
                continue
            if event:
                yield self._event(event, services)
                event, services = [], []
            if level is None:
                self._heading(block)
            elif level.code == EVENT:
                event = block
            elif refused := self._above(level, block):
                yield refused
        if event:
            yield self._event(event, services)

    def _heading(self, block: Loop) -> None:
        bht = first(block, "BHT")
        self.reference = bht[3] if bht else ""
        if bht and bht[2] in set(ReviewPurpose):
            self.purpose = ReviewPurpose(bht[2])
        elif bht:
            self.values.note(bht, 2, "BHT02 says neither request nor answer.")

    def _above(self, level: Level, block: Loop) -> Review | None:
        """Payer, requester, subscriber, dependent; a review when the payer refuses there."""
        name = first(block, "NM1")
        party = read_party(name) if name else None
        if level.code == SOURCE:
            self.payer, self.provider, self.subscriber, self.patient = party, None, None, None
        elif level.code == RECEIVER:
            self.provider, self.subscriber, self.patient = party, None, None
        elif level.code == SUBSCRIBER:
            self.subscriber, self.patient = read_member(block, self.values), None
        elif level.code == DEPENDENT:
            self.patient = read_member(block, self.values)
        else:
            self.values.note(block[0], 3, "HL03 names a level that a 278 doesn't have.")
        refusals = _refusals(block, _LEVELS.get(level.code, "payer"))
        return self._review(block, [], [], refusals) if refusals else None

    def _event(self, block: Loop, services: list[Loop]) -> Review:
        own, providers = split(block, "NM1")
        return self._review(
            block, own, services, _refusals(own, "event"), tuple(_provider(each, "event") for each in providers)
        )

    def _review(
        self,
        block: Loop,
        own: Loop,
        services: list[Loop],
        refusals: tuple[ReviewRefusal, ...],
        providers: tuple[ReviewProvider, ...] = (),
    ) -> Review:
        values = self.values
        trace = first(own, "TRN")
        found = Review(
            purpose=self.purpose,
            reference=self.reference,
            payer=self.payer,
            provider=self.provider,
            subscriber=self.subscriber,
            patient=self.patient,
            trace=trace[2] if trace else "",
            trace_company=trace[3] if trace else "",
            type=_type(own),
            decision=_decision(own),
            number=reference(own, "BB"),
            dates=read_periods(own, values),
            diagnoses=_diagnoses(own),
            delivery=_delivery(own),
            attachments=tuple(Reference(qualifier=each[1], value=each[6]) for each in own if each.id == "PWK"),
            messages=_messages(own),
            refusals=refusals,
            providers=providers,
            services=tuple(_service(each, values) for each in services),
            problems=tuple(values.problems),
            raw=text_of([*block, *[segment for each in services for segment in each]]),
            segment_number=block[0].number,
        )
        values.problems.clear()
        return found


def _service(block: Loop, values: Values) -> ReviewService:
    own, providers = split(block, "NM1")
    trace = first(own, "TRN")
    given = next((each for each in own if each.id in ("SV1", "SV2", "SV3")), None)
    shift = 1 if given and given.id == "SV2" else 0
    basis = {"SV1": 3, "SV2": 4}.get(given.id if given else "")
    return ReviewService(
        trace=trace[2] if trace else "",
        trace_company=trace[3] if trace else "",
        type=_type(own),
        decision=_decision(own),
        number=reference(own, "BB"),
        dates=read_periods(own, values),
        kind=given.id if given else "SV1",
        service=read_service(given, 1 + shift) if given else None,
        revenue_code=given[1] if given and shift else "",
        charge=values.optional(given, 2 + shift) if given else None,
        unit_basis=given[basis] if given and basis else "",
        units=values.optional(given, basis + 1 if basis else 6) if given else None,
        delivery=_delivery(own),
        messages=_messages(own),
        refusals=_refusals(own, "service"),
        providers=tuple(_provider(each, "service") for each in providers),
    )


def _type(own: Sequence[Segment]) -> ReviewType | None:
    um = first(own, "UM")
    if um is None:
        return None
    place, qualifier, *_ = (*um.components(4), "")
    return ReviewType(
        category=um[1],
        certification=um[2],
        service_type=um[3],
        place=place,
        place_qualifier=qualifier,
        causes=tuple(each for each in um.components(5)[:3] if each),
        urgency=um[6],
    )


def _decision(own: Sequence[Segment]) -> ReviewDecision | None:
    hcr = first(own, "HCR")
    if hcr is None:
        return None
    return ReviewDecision(
        action=hcr[1],
        number=hcr[2],
        reasons=tuple(each for each in hcr.repeats(3) if each),
        second_opinion=hcr[4] == "Y",
    )


def _diagnoses(own: Sequence[Segment]) -> tuple[tuple[str, str], ...]:
    composites = [
        each.components(place) for each in own if each.id == "HI" for place in range(1, len(each) + 1) if each[place]
    ]
    return tuple((each[0], each[1]) for each in composites if len(each) > 1)


def _delivery(own: Sequence[Segment]) -> tuple[str, ...]:
    hsd = first(own, "HSD")
    return tuple(hsd.parts[1:]) if hsd else ()


def _messages(own: Sequence[Segment]) -> tuple[str, ...]:
    return tuple(each[1] for each in own if each.id == "MSG")


def _refusals(own: Sequence[Segment], level: str) -> tuple[ReviewRefusal, ...]:
    return tuple(
        ReviewRefusal(level=level, valid=each[1] == "Y", reason=each[3], follow_up=each[4])
        for each in own
        if each.id == "AAA"
    )


def _provider(loop: Loop, level: str) -> ReviewProvider:
    specialty = first(loop, "PRV")
    return ReviewProvider(
        party=read_party(loop[0]),
        references=tuple(read_reference(each) for each in loop if each.id == "REF"),
        address=read_address(first(loop, "N3"), first(loop, "N4")),
        contacts=tuple(read_contact(each) for each in loop if each.id == "PER"),
        taxonomy=specialty[3] if specialty else "",
        refusals=_refusals(loop, level),
    )

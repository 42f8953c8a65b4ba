"""271: what the payer says a patient is covered for, read and written. Source: X12 005010X279A1."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from edi.elements import Values, optional_text, plain
from edi.eligibility.facts import (
    Benefit,
    BenefitParty,
    EligibilityAnswer,
    EligibilityAnswerBatch,
    EligibilityRefusal,
)
from edi.envelope import InterchangeWriter, Kind, TransactionSet, transaction_sets
from edi.hierarchy import DEPENDENT, RECEIVER, SOURCE, SUBSCRIBER, Level, read_levels
from edi.level_writing import LevelWriting
from edi.loops import Loop, first, split, text_of
from edi.members import (
    Member,
    Segments,
    Trace,
    read_member,
    read_periods,
    read_service,
    write_member,
    write_party,
    write_periods,
    write_service,
)
from edi.parties import (
    NamedParty,
    read_address,
    read_contact,
    read_party,
    read_reference,
    write_address,
    write_contact,
    write_references,
)
from edi.segments import Element, Repeats, Segment

GUIDE = "005010X279A1"
_LEVELS = {SOURCE: "payer", RECEIVER: "receiver", SUBSCRIBER: "subscriber", DEPENDENT: "dependent"}
_PLACE = "ZZ"  # III01
_OURS = "2"  # TRN01: the number of who asked


def read_eligibility(stream: BinaryIO | bytes) -> Iterator[EligibilityAnswer]:
    """Every answer of every 271 of the file: one per patient, and one per refusal above the patients.

    Raises X12Error when it is not X12.
    """
    for transaction in transaction_sets(stream):
        if transaction.kind is Kind.ELIGIBILITY_271:
            yield from answers_in(transaction)


def answers_in(transaction: TransactionSet) -> Iterator[EligibilityAnswer]:
    """The same of one transaction set."""
    return _Reading(transaction).answers()


class _Reading:
    """One 271 being read, level by level."""

    def __init__(self, transaction: TransactionSet) -> None:
        self.values = Values("2000")
        self.levels = read_levels(transaction, self.values)
        self.payer: NamedParty | None = None
        self.provider: NamedParty | None = None
        self.subscriber: Member | None = None

    def answers(self) -> Iterator[EligibilityAnswer]:
        for level, block in self.levels:
            if level is None:
                continue
            head, benefits = split(block, "EB")
            name = first(head, "NM1")
            if level.code == SOURCE:
                self.payer, self.provider, self.subscriber = read_party(name) if name else None, None, None
            elif level.code == RECEIVER:
                self.provider, self.subscriber = read_party(name) if name else None, None
            member = read_member(head, self.values) if level.code in (SUBSCRIBER, DEPENDENT) else None
            if level.code == SUBSCRIBER:
                self.subscriber = member
            refused = any(each.id == "AAA" for each in head)
            if benefits or refused or (member and not level.has_children):
                yield self._answer(level, block, member, benefits)

    def _answer(self, level: Level, block: Loop, member: Member | None, benefits: list[Loop]) -> EligibilityAnswer:
        head, _ = split(block, "EB")
        values = self.values
        found = EligibilityAnswer(
            payer=self.payer,
            provider=self.provider,
            subscriber=self.subscriber,
            patient=member if level.code == DEPENDENT else None,
            traces=tuple(
                Trace(number=each[2], company=each[3]) for each in head if each.id == "TRN" and each[1] == "2"
            ),
            dates=read_periods(head, values),
            refusals=_refusals(head, _LEVELS.get(level.code, "payer")),
            benefits=tuple(_benefit(each, values) for each in benefits),
            problems=tuple(values.problems),
            raw=text_of(block),
            segment_number=block[0].number,
        )
        values.problems.clear()
        return found


def _refusals(segments: Sequence[Segment], level: str) -> tuple[EligibilityRefusal, ...]:
    return tuple(
        EligibilityRefusal(level=level, valid=each[1] == "Y", reason=each[3], follow_up=each[4])
        for each in segments
        if each.id == "AAA"
    )


def _benefit(loop: Loop, values: Values) -> Benefit:
    own, parties = split(loop, "NM1")
    eb = loop[0]
    return Benefit(
        information=eb[1],
        level=eb[2],
        service_types=tuple(each for each in eb.repeats(3) if each),
        insurance_type=eb[4],
        plan=eb[5],
        period=eb[6],
        amount=values.optional(eb, 7),
        percent=values.optional(eb, 8),
        quantity_qualifier=eb[9],
        quantity=values.optional(eb, 10),
        authorization=eb[11],
        in_network=eb[12],
        service=read_service(eb, 13),
        deliveries=tuple(tuple(each.parts[1:]) for each in own if each.id == "HSD"),
        references=tuple(read_reference(each) for each in own if each.id == "REF"),
        dates=read_periods(own, values),
        places=tuple(each[2] for each in own if each.id == "III" and each[1] == _PLACE),
        messages=tuple(each[1] for each in own if each.id == "MSG"),
        refusals=_refusals(own, "benefit"),
        parties=tuple(_benefit_party(each) for each in parties),
    )


def _benefit_party(loop: Loop) -> BenefitParty:
    return BenefitParty(
        party=read_party(loop[0]),
        address=read_address(first(loop, "N3"), first(loop, "N4")),
        contacts=tuple(read_contact(each) for each in loop if each.id == "PER"),
    )


def write_eligibility(batch: EligibilityAnswerBatch) -> bytes:
    """The 271. Neighbouring answers share payer and provider. Raises X12Error when a value doesn't fit."""
    out = InterchangeWriter(batch.header, functional_id="HB", guide=GUIDE)
    written_at = batch.header.written_at
    out.begin_set("271", batch.set_control_number)
    out.segment("BHT", "0022", "11", batch.reference, f"{written_at:%Y%m%d}", f"{written_at:%H%M}")
    LevelWriting(out, _above, _own).write(batch.answers)
    out.end_set()
    return out.finish()


def _above(answer: EligibilityAnswer, code: str) -> Segments:
    party = answer.payer if code == SOURCE else answer.provider
    if code == SUBSCRIBER:
        if answer.subscriber:
            yield from write_member(answer.subscriber, ())
    elif party:
        yield write_party(party)
        yield from _aaa(each for each in answer.refusals if each.level == _LEVELS[code])


def segments_of(answer: EligibilityAnswer) -> Segments:
    """The segments of the level that the answer was given on, behind its HL: the patient's, or the one that refused."""
    if answer.subscriber:
        return _own(answer)
    return _above(answer, RECEIVER if answer.provider else SOURCE)


def _own(answer: EligibilityAnswer) -> Segments:
    member = answer.patient or answer.subscriber
    for trace in answer.traces:
        yield ["TRN", "2", trace.number, trace.company]
    if member:
        yield from write_member(member, answer.dates, _aaa(answer.refusals))
    for benefit in answer.benefits:
        yield from _write_benefit(benefit)


def _aaa(refusals: Iterator[EligibilityRefusal] | Sequence[EligibilityRefusal]) -> Segments:
    for each in refusals:
        yield ["AAA", "Y" if each.valid else "N", "", each.reason, each.follow_up]


def _write_benefit(benefit: Benefit) -> Segments:
    yield [
        "EB",
        benefit.information,
        benefit.level,
        Repeats(benefit.service_types),
        benefit.insurance_type,
        plain(benefit.plan, 50),
        benefit.period,
        optional_text(benefit.amount),
        optional_text(benefit.percent),
        benefit.quantity_qualifier,
        optional_text(benefit.quantity),
        benefit.authorization,
        benefit.in_network,
        write_service(benefit.service),
    ]
    for delivery in benefit.deliveries:
        yield ["HSD", *delivery]
    yield from write_references(benefit.references)
    yield from write_periods(benefit.dates)
    yield from _aaa(benefit.refusals)
    for message in benefit.messages:
        yield ["MSG", plain(message, 264)]
    for place in benefit.places:
        yield ["III", _PLACE, place]
    if benefit.parties:
        yield ["LS", "2120"]
        for each in benefit.parties:
            yield from _write_benefit_party(each)
        yield ["LE", "2120"]


def _write_benefit_party(each: BenefitParty) -> Iterator[Sequence[Element]]:
    yield write_party(each.party)
    yield from write_address(each.address)
    for contact in each.contacts:
        yield write_contact(contact)

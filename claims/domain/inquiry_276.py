"""From a claim to the question about it. Source: X12 005010X212."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from claims.domain.facts import PersonFacts
from claims.domain.outbound_837p import SELF, header_of
from edi.parties import Organization, Person
from edi.status_276 import (
    InquiryPatient,
    InquiryProvider,
    InquirySubscriber,
    StatusInquiry,
    StatusInquiryBatch,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One claim to ask about. Dollars."""

    claim_id: int
    trace: str
    claim_number: str
    payer_control_number: str
    charge: Decimal
    service_from: date
    service_to: date
    relationship: str
    member_id: str
    subscriber: PersonFacts
    patient: PersonFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """The practice that asks, and through whom."""

    name: str
    npi: str
    submitter_id: str
    clearinghouse_id: str


def questions_to(
    *, payer_id: str, payer_name: str, asker: Asker, questions: tuple[Question, ...], control_number: int, at: datetime
) -> StatusInquiryBatch:
    """The interchange that asks one payer."""
    return StatusInquiryBatch(
        header=header_of(asker.submitter_id, asker.clearinghouse_id, control_number, at, receipt=False),
        payer_name=payer_name,
        payer_id=payer_id,
        receiver_name=asker.name,
        receiver_id=asker.submitter_id,
        reference=str(control_number),
        inquiries=tuple(_inquiry(each, asker) for each in questions),
    )


def _inquiry(question: Question, asker: Asker) -> StatusInquiry:
    own = question.relationship == SELF
    subscriber, patient = question.subscriber, question.patient
    ends = question.service_to if question.service_to != question.service_from else None
    return StatusInquiry(
        provider=InquiryProvider(name=Organization(name=asker.name), npi=asker.npi),
        subscriber=InquirySubscriber(
            name=_person(subscriber),
            member_id=question.member_id,
            birth_date=subscriber.birth_date if own else None,
            sex=_sex(subscriber) if own else "",
        ),
        patient=None
        if own
        else InquiryPatient(name=_person(patient), birth_date=patient.birth_date, sex=_sex(patient)),
        trace=question.trace,
        payer_control_number=question.payer_control_number,
        claim_number=question.claim_number,
        charge=question.charge,
        service_from=question.service_from,
        service_to=ends,
    )


def _person(person: PersonFacts) -> Person:
    return Person(last_name=person.last_name, first_name=person.first_name, middle_name=person.middle_name)


def _sex(person: PersonFacts) -> str:
    return person.sex if person.sex in ("F", "M") else ""

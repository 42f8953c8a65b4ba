"""From the facts of a claim to the claim that the 837P carries. Source: X12 005010X222A1."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from claims.domain.facts import AddressFacts, ClaimFacts, PersonFacts, PracticeFacts, ProviderFacts
from claims.domain.status import Frequency
from coding.domain.edits.facts import LineFacts
from edi import claim_837p as x12
from edi.envelope import InterchangeHeader
from edi.parties import Address, Contact, Organization, Person

SELF = "18"
SET_NUMBER = "0001"  # one transaction set an interchange
UNKNOWN_PLUS_FOUR = "9998"  # the guide wants nine digits; this is what stands for a ZIP+4 that nobody knows
ELSEWHERE = frozenset({"02", "10", "12"})  # telehealth and the patient's home are no facility


def batch_of(
    claims: tuple[x12.Claim, ...], practice: PracticeFacts, control_number: int, at: datetime
) -> x12.ProfessionalBatch:
    """The interchange of these claims of one practice; its control number is also our name for the batch."""
    return x12.ProfessionalBatch(
        header=header_of(practice.submitter_id, practice.clearinghouse_id, control_number, at),
        submitter=x12.Submitter(
            name=Organization(name=practice.name), id=practice.submitter_id, contact=_contact(practice)
        ),
        receiver=x12.Receiver(
            name=practice.clearinghouse_name or practice.clearinghouse_id, id=practice.clearinghouse_id
        ),
        reference=str(control_number),
        set_control_number=SET_NUMBER,
        claims=claims,
    )


def header_of(
    sender_id: str, receiver_id: str, control_number: int, at: datetime, *, receipt: bool = True
) -> InterchangeHeader:
    """The envelope: ISA13 and GS06 are the same number, so that TA1 and 999 both name the batch.

    `receipt` asks for a TA1 (ISA14); a status inquiry needs none, its answer is receipt enough.
    """
    return InterchangeHeader(
        sender_id=sender_id,
        receiver_id=receiver_id,
        control_number=control_number,
        group_control_number=control_number,
        written_at=at,
        acknowledgment_requested=receipt,
    )


def missing_from(facts: ClaimFacts) -> list[str]:
    """What the claim lacks to be written at all, in plain words; empty when it can be sent."""
    return list(_missing(facts))


def _missing(facts: ClaimFacts) -> Iterator[str]:
    practice, subscriber = facts.practice, facts.subscriber
    for value, says in (
        (practice.npi, "the practice’s NPI"),
        (practice.tax_id, "the practice’s tax id"),
        (practice.phone, "the practice’s phone number"),
        (_is_complete(practice.address), "the practice’s address"),
        (facts.coverage.member_id, "the member ID"),
        (subscriber.last_name, "the subscriber’s name"),
        (facts.rendering.npi, "the rendering provider’s NPI"),
        (facts.place_of_service, "the place of service"),
        (facts.diagnoses, "a diagnosis"),
        (facts.lines, "a service line"),
        (facts.patient.birth_date, "the patient’s birth date"),
        (_is_complete(facts.patient.address), "the patient’s address"),
    ):
        if not value:
            yield says
    if facts.frequency != Frequency.ORIGINAL and not facts.original_control_number:
        yield "the payer’s number of the claim it corrects"
    if any(not line.pointers or not facts.pointed(line) for line in facts.lines):
        yield "a diagnosis for every line"


def _is_complete(address: AddressFacts) -> bool:
    return all((address.street, address.city, address.state, address.zip_code))


def claim_of(facts: ClaimFacts) -> x12.Claim:
    """The claim with all loops above it."""
    own = facts.coverage.relationship == SELF
    return x12.Claim(
        billing=_billing(facts.practice),
        subscriber=_subscriber(facts, own),
        payer=x12.Payer(name=facts.payer.name, id=facts.payer.payer_id),
        patient=None if own else _patient(facts),
        number=facts.number,
        charge=facts.charge_amount,
        place_of_service=facts.place_of_service,
        frequency=facts.frequency,
        prior_authorization=facts.authorization_number,
        payer_control_number=facts.original_control_number if facts.frequency != Frequency.ORIGINAL else "",
        diagnoses=tuple(code.replace(".", "") for code in facts.diagnoses),
        referring=_provider(facts.referring) if facts.referring else None,
        rendering=_provider(facts.rendering, taxonomy=True) if facts.rendering.npi != facts.practice.npi else None,
        service_facility=_facility(facts),
        lines=tuple(_line(line) for line in facts.lines),
    )


def _billing(practice: PracticeFacts) -> x12.BillingProvider:
    return x12.BillingProvider(
        name=Organization(name=practice.name),
        npi=practice.npi,
        tax_id=practice.tax_id.replace("-", ""),
        taxonomy=practice.taxonomy,
        address=_address(practice.address, nine=True),
    )


def _contact(practice: PracticeFacts) -> Contact:
    return Contact(name=practice.name, phone=practice.phone)


def _subscriber(facts: ClaimFacts, own: bool) -> x12.Subscriber:
    coverage, person = facts.coverage, facts.subscriber
    return x12.Subscriber(
        responsibility=facts.payer_order,
        relationship=SELF if own else "",
        group_number=coverage.group_number,
        filing_indicator=coverage.payer.filing_indicator,
        name=_person(person),
        member_id=coverage.member_id,
        address=_address(person.address) if own else None,
        birth_date=person.birth_date if own else None,
        sex=(person.sex or "U") if own else "",
    )


def _patient(facts: ClaimFacts) -> x12.Patient:
    person = facts.patient
    return x12.Patient(
        relationship=facts.coverage.relationship,
        name=_person(person),
        address=_address(person.address),
        birth_date=person.birth_date,
        sex=person.sex or "U",
    )


def _person(person: PersonFacts) -> Person:
    return Person(last_name=person.last_name, first_name=person.first_name, middle_name=person.middle_name)


def _provider(provider: ProviderFacts, *, taxonomy: bool = False) -> x12.Provider:
    return x12.Provider(
        name=Person(last_name=provider.last_name, first_name=provider.first_name),
        npi=provider.npi,
        taxonomy=provider.taxonomy if taxonomy else "",
    )


def _facility(facts: ClaimFacts) -> x12.Provider | None:
    """Loop 2310C, only when the service was given somewhere else than at the billing provider's address."""
    place, practice = facts.location, facts.practice
    if not _is_complete(place.address) or facts.place_of_service in ELSEWHERE:
        return None
    elsewhere = _address(place.address, nine=True) != _address(practice.address, nine=True)
    if not elsewhere and place.npi in ("", practice.npi):
        return None
    return x12.Provider(name=Organization(name=place.name), npi=place.npi, address=_address(place.address, nine=True))


def _address(address: AddressFacts, *, nine: bool = False) -> Address:
    postal_code = address.zip_code.replace("-", "")
    if nine and len(postal_code) == 5:
        postal_code += UNKNOWN_PLUS_FOUR
    return Address(line1=address.street, city=address.city, state=address.state, postal_code=postal_code)


def _line(line: LineFacts) -> x12.ServiceLine:
    return x12.ServiceLine(
        number=line.number,
        code=line.code,
        modifiers=line.modifiers,
        charge=line.charge_amount,
        units=Decimal(line.units),
        pointers=line.pointers,
        service_from=line.service_date,
        line_control_number=str(line.number),
    )

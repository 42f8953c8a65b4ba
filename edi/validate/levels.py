"""Rules about the levels above the claims: billing provider, subscriber, payer, patient (SNIP 4 and 5).

One billing provider stands above many claims, so its faults are told once, at the first of them.
"""

import re
from collections.abc import Iterator

from edi.claim_837.facts import BillingProvider, Patient, Subscriber
from edi.npi import is_npi
from edi.parties import Person
from edi.validate.addresses import address_findings, is_post_box, phone_fault, tax_id_fault
from edi.validate.claims import Claim, every_set, in_level
from edi.validate.finding import WARNING, Finding
from edi.validate.rules import Place
from edi.validate.tables import Tables, tables_of

_LETTER = "AC-HJKMNP-RT-Y"
_MEMBER_ID = re.compile(rf"[1-9][{_LETTER}][{_LETTER}0-9]\d[{_LETTER}][{_LETTER}0-9]\d[{_LETTER}]{{2}}\d\d")
_MEDICARE = ("MA", "MB")


@every_set
class Levels:
    """Tells the faults of a level when the first claim below it comes."""

    def __init__(self) -> None:
        self._billing: BillingProvider | None = None
        self._subscriber: Subscriber | None = None
        self._patient: Patient | None = None

    def take(self, fact: object, place: Place) -> Iterator[Finding]:
        """A claim of the set."""
        if not isinstance(fact, Claim):
            return
        tables = tables_of(place)
        if fact.billing is not self._billing:
            self._billing = fact.billing
            yield from billing_findings(fact.billing, place, tables)
        if fact.subscriber is not self._subscriber or fact.patient is not self._patient:
            yield from one_patient(fact, place)
        if fact.subscriber is not self._subscriber:
            self._subscriber = fact.subscriber
            yield from subscriber_findings(fact, place, tables)
        if fact.patient is not self._patient:
            self._patient = fact.patient
            if fact.patient:
                yield from patient_findings(fact.patient, place, tables)

    def end(self, place: Place) -> Iterator[Finding]:
        """Nothing is left to say."""
        return iter(())


def billing_findings(billing: BillingProvider, place: Place, tables: Tables) -> Iterator[Finding]:
    """Everything about the billing provider."""
    yield from billing_npi(billing, place)
    yield from billing_taxonomy(billing, place, tables)
    yield from billing_address(billing, place, tables)
    yield from billing_tax_id(billing, place)
    yield from billing_phone(billing, place)
    yield from pay_to_address(billing, place, tables)


def billing_npi(billing: BillingProvider, place: Place) -> Iterator[Finding]:
    """A billing provider has an NPI with a right check digit, or another number of the payer's.

    Source: 837 guides, loop 2010AA NM109; 45 CFR 162.410.
    """
    if is_npi(billing.npi):
        return
    number = in_level(billing, place, "NM1", entity="85")
    if billing.npi:
        yield place.finding(
            "npi",
            "The billing provider's NPI fails its check digit.",
            level=5,
            loop="2010AA",
            segment="NM1",
            element=9,
            segment_number=number,
        )
    elif not billing.references:
        yield place.finding(
            "npi-missing",
            "The billing provider has neither an NPI nor another number.",
            level=4,
            loop="2010AA",
            segment="NM1",
            element=9,
            segment_number=number,
        )


def billing_taxonomy(billing: BillingProvider, place: Place, tables: Tables) -> Iterator[Finding]:
    """PRV03 is a code of the taxonomy list. Source: 837 guides, loop 2000A PRV; code source 682."""
    if billing.taxonomy and not tables.is_taxonomy(billing.taxonomy):
        yield place.finding(
            "taxonomy",
            "The billing provider's specialty is not a taxonomy code.",
            level=5,
            loop="2000A",
            segment="PRV",
            element=3,
            segment_number=in_level(billing, place, "PRV", qualifier="BI"),
        )


def billing_address(billing: BillingProvider, place: Place, tables: Tables) -> Iterator[Finding]:
    """A street, never a post box, with a ZIP code of nine digits. Source: 837 guides, loop 2010AA N3 and N4 notes."""
    address = billing.address
    if is_post_box(address.line1) or is_post_box(address.line2):
        yield place.finding(
            "post-box",
            "The billing address is a post box; it must be a street address.",
            level=4,
            loop="2010AA",
            segment="N3",
            element=1,
            segment_number=in_level(billing, place, "N3", entity="85"),
        )
    yield from address_findings(
        address,
        place,
        tables,
        loop="2010AA",
        at=lambda: in_level(billing, place, "N4", entity="85"),
        nine_digits=True,
    )


def billing_tax_id(billing: BillingProvider, place: Place) -> Iterator[Finding]:
    """REF*EI or REF*SY: nine digits, no hyphen. Source: 837 guides, loop 2010AA REF; IRS publication 1635."""
    fault = tax_id_fault(billing.tax_id_qualifier, billing.tax_id) if billing.tax_id else ""
    if fault:
        yield place.finding(
            "tax-id",
            fault,
            level=5,
            loop="2010AA",
            segment="REF",
            element=2,
            segment_number=in_level(billing, place, "REF", entity="85", qualifier=billing.tax_id_qualifier),
        )


def billing_phone(billing: BillingProvider, place: Place) -> Iterator[Finding]:
    """PER04 with TE: ten digits. Source: 837 guides, PER notes."""
    contact = billing.contact
    fault = phone_fault(contact.phone) if contact and contact.phone else ""
    if fault:
        yield place.finding(
            "phone",
            fault,
            level=4,
            severity=WARNING,
            loop="2010AA",
            segment="PER",
            element=4,
            segment_number=in_level(billing, place, "PER", entity="85"),
        )


def pay_to_address(billing: BillingProvider, place: Place, tables: Tables) -> Iterator[Finding]:
    """Loop 2010AB is sent only when payment goes elsewhere. Source: 837 guides, loop 2010AB."""
    if billing.pay_to is None:
        return
    yield from address_findings(
        billing.pay_to, place, tables, loop="2010AB", at=lambda: in_level(billing, place, "N4", entity="87")
    )
    if billing.pay_to == billing.address:
        yield place.finding(
            "pay-to-same",
            "The pay-to address is the billing address and should be left out.",
            level=4,
            severity=WARNING,
            loop="2010AB",
            segment="NM1",
            segment_number=in_level(billing, place, "NM1", entity="87"),
        )


def subscriber_findings(claim: Claim, place: Place, tables: Tables) -> Iterator[Finding]:
    """Everything about the subscriber and his place in the payers' order."""
    subscriber = claim.subscriber
    yield from subscriber_is_patient(claim, place)
    yield from medicare_member_id(subscriber, place)
    yield from medicare_second(subscriber, place)
    yield from address_findings(
        subscriber.address,
        place,
        tables,
        loop="2010BA",
        at=lambda: in_level(subscriber, place, "N4", entity="IL"),
    )
    yield from address_findings(
        claim.payer.address,
        place,
        tables,
        loop="2010BB",
        at=lambda: in_level(subscriber, place, "N4", entity="PR"),
    )


def subscriber_is_patient(claim: Claim, place: Place) -> Iterator[Finding]:
    """A subscriber who is the patient has address, birth date and sex. Source: 837 guides, loop 2010BA N3, DMG."""
    subscriber = claim.subscriber
    if claim.patient is not None:
        return
    address = subscriber.address
    if address is None or not (address.line1 and address.city):
        segment = "N3" if address is None or not address.line1 else "N4"
        yield place.finding(
            "missing-subscriber-address",
            "The subscriber is the patient, so the address must be there.",
            level=4,
            loop="2010BA",
            segment=segment,
            segment_number=in_level(subscriber, place, "NM1", entity="IL"),
        )
    if not _has(subscriber, place, "DMG"):
        yield place.finding(
            "missing-subscriber-birth",
            "The subscriber is the patient, so birth date and sex must be there.",
            level=4,
            loop="2010BA",
            segment="DMG",
            segment_number=in_level(subscriber, place, "NM1", entity="IL"),
        )
    if isinstance(subscriber.name, Person) and not subscriber.name.first_name:
        yield place.finding(
            "first-name",
            "The patient has no first name.",
            level=4,
            severity=WARNING,
            loop="2010BA",
            segment="NM1",
            element=4,
            segment_number=in_level(subscriber, place, "NM1", entity="IL"),
        )


def _has(level: Subscriber | Patient, place: Place, name: str) -> bool:
    marks = place.delimiters
    return bool(level.birth_date and level.sex) or f"{marks.segment}{name}{marks.element}" in level.raw


def one_patient(claim: Claim, place: Place) -> Iterator[Finding]:
    """SBR02 says "self" just when there is no patient level. Source: 837 guides, loops 2000B SBR02 and 2000C."""
    subscriber = claim.subscriber
    if claim.patient is not None and subscriber.relationship == "18":
        yield place.finding(
            "patient-level",
            "SBR02 says that the subscriber is the patient, yet a patient level follows.",
            level=4,
            loop="2000B",
            segment="SBR",
            element=2,
            segment_number=in_level(subscriber, place, "SBR"),
        )
    elif claim.patient is None and subscriber.relationship != "18":
        yield place.finding(
            "patient-level",
            "The subscriber is not said to be the patient, yet no patient level follows.",
            level=4,
            loop="2000B",
            segment="SBR",
            element=2,
            segment_number=in_level(subscriber, place, "SBR"),
        )


def medicare_member_id(subscriber: Subscriber, place: Place) -> Iterator[Finding]:
    """A Medicare number has eleven characters in a pattern. Source: CMS, Medicare Beneficiary Identifier format."""
    if subscriber.filing_indicator not in _MEDICARE or not subscriber.member_id:
        return
    if _MEMBER_ID.fullmatch(subscriber.member_id.replace("-", "")) is None:
        yield place.finding(
            "medicare-number",
            "The member number doesn't have the pattern of a Medicare number.",
            level=5,
            severity=WARNING,
            loop="2010BA",
            segment="NM1",
            element=9,
            segment_number=in_level(subscriber, place, "NM1", entity="IL"),
        )


def medicare_second(subscriber: Subscriber, place: Place) -> Iterator[Finding]:
    """When Medicare isn't first, SBR05 says why; else it stays empty. Source: 837P guide, loop 2000B SBR05."""
    number = subscriber.segment_number
    second = subscriber.filing_indicator in _MEDICARE and subscriber.responsibility not in ("P", "U", "")
    if second and not subscriber.insurance_type:
        yield place.finding(
            "medicare-second",
            "Medicare is not the first payer, so SBR05 must say why.",
            level=4,
            loop="2000B",
            segment="SBR",
            element=5,
            segment_number=in_level(subscriber, place, "SBR") or number,
        )
    elif subscriber.insurance_type and subscriber.responsibility == "P" and subscriber.filing_indicator in _MEDICARE:
        yield place.finding(
            "medicare-first",
            "Medicare is the first payer, so SBR05 should be empty.",
            level=4,
            severity=WARNING,
            loop="2000B",
            segment="SBR",
            element=5,
            segment_number=in_level(subscriber, place, "SBR"),
        )


def patient_findings(patient: Patient, place: Place, tables: Tables) -> Iterator[Finding]:
    """Everything about a patient who isn't the subscriber."""
    yield from patient_relationship(patient, place)
    yield from patient_first_name(patient, place)
    yield from address_findings(
        patient.address,
        place,
        tables,
        loop="2010CA",
        at=lambda: in_level(patient, place, "N4", entity="QC"),
    )


def patient_relationship(patient: Patient, place: Place) -> Iterator[Finding]:
    """PAT01 says how the patient belongs to the subscriber, and never "self". Source: 837 guides, loop 2000C PAT01."""
    if patient.relationship in ("", "18"):
        yield place.finding(
            "relationship",
            "PAT01 must say how the patient belongs to the subscriber.",
            level=4,
            loop="2000C",
            segment="PAT",
            element=1,
            segment_number=in_level(patient, place, "PAT"),
        )


def patient_first_name(patient: Patient, place: Place) -> Iterator[Finding]:
    """A first name helps the payer to find the patient. Source: 837 guides, loop 2010CA NM104."""
    if not patient.name.first_name:
        yield place.finding(
            "first-name",
            "The patient has no first name.",
            level=4,
            severity=WARNING,
            loop="2010CA",
            segment="NM1",
            element=4,
            segment_number=in_level(patient, place, "NM1", entity="QC"),
        )

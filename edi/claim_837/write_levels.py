"""Writes what stands above the claims of an 837. Source: X12 005010X222A1, loops 1000 to 2010 (the same in the others).

The HL itself is not among the segments: its ids belong to the file.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from edi.claim_837.facts import AnyBatch, BillingProvider, Patient, Payer, Subscriber
from edi.claim_837.writing import (
    Writing,
    day_text,
    optional_amount,
    write_address,
    write_birth,
    write_name,
    write_per,
    write_references,
)
from edi.parties import Organization
from edi.segments import DEFAULT_DELIMITERS, Delimiters


def billing_segments(billing: BillingProvider, delimiters: Delimiters = DEFAULT_DELIMITERS) -> Iterator[list[str]]:
    """The segments of loops 2000A to 2010AC as the writer writes them, without their HL."""
    w = Writing(delimiters)
    write_billing(w, billing)
    w.text()
    yield from w.out


def subscriber_segments(
    subscriber: Subscriber, payer: Payer, delimiters: Delimiters = DEFAULT_DELIMITERS
) -> Iterator[list[str]]:
    """The segments of loops 2000B to 2010BB as the writer writes them, without their HL."""
    w = Writing(delimiters)
    write_subscriber(w, subscriber, payer)
    w.text()
    yield from w.out


def patient_segments(patient: Patient, delimiters: Delimiters = DEFAULT_DELIMITERS) -> Iterator[list[str]]:
    """The segments of loops 2000C and 2010CA as the writer writes them, without their HL."""
    w = Writing(delimiters)
    write_patient(w, patient)
    w.text()
    yield from w.out


def write_heading(w: Writing, batch: AnyBatch) -> None:
    """BHT, loops 1000A and 1000B."""
    at = batch.header.written_at
    w.out.append(
        ["BHT", "0019", batch.purpose, batch.reference, f"{at:%Y%m%d}", f"{at:%H%M}", batch.claim_kind],
    )
    write_name(w, "41", batch.submitter.name, "46", batch.submitter.id)
    write_per(w, batch.submitter.contact)
    write_name(w, "40", Organization(name=batch.receiver.name), "46", batch.receiver.id)


def write_billing(w: Writing, billing: BillingProvider) -> None:
    """Loops 2000A and 2010AA to AC."""
    out = w.out
    if billing.taxonomy:
        out.append(["PRV", "BI", "PXC", billing.taxonomy])
    if billing.currency:
        out.append(["CUR", "85", billing.currency])
    write_name(w, "85", billing.name, "XX", billing.npi)
    write_address(w, billing.address)
    out.append(["REF", billing.tax_id_qualifier, billing.tax_id])
    write_references(w, billing.references)
    write_per(w, billing.contact)
    if billing.pay_to:
        out.append(["NM1", "87", "2" if isinstance(billing.name, Organization) else "1"])
        write_address(w, billing.pay_to)
    if plan := billing.pay_to_plan:
        write_name(w, "PE", Organization(name=plan.name), plan.id_qualifier, plan.id)
        write_address(w, plan.address)
        write_references(w, plan.references)
        if plan.tax_id:
            out.append(["REF", "EI", plan.tax_id])


def write_subscriber(w: Writing, subscriber: Subscriber, payer: Payer) -> None:
    """Loops 2000B, 2010BA and 2010BB."""
    w.out.append(
        [
            "SBR",
            subscriber.responsibility,
            subscriber.relationship,
            subscriber.group_number,
            w.free(subscriber.group_name, 60),
            subscriber.insurance_type,
            "",
            "",
            "",
            subscriber.filing_indicator,
        ]
    )
    if subscriber.death_date or subscriber.weight is not None or subscriber.pregnant:
        _write_state(w, "", subscriber.death_date, subscriber.weight, subscriber.pregnant)
    write_name(w, "IL", subscriber.name, subscriber.member_id_qualifier, subscriber.member_id)
    write_address(w, subscriber.address)
    write_birth(w, subscriber.birth_date, subscriber.sex)
    if subscriber.references:
        write_references(w, subscriber.references)
    if subscriber.contact:
        write_per(w, subscriber.contact)
    w.again(payer, lambda: write_payer(w, payer))


def write_payer(w: Writing, payer: Payer) -> None:
    """Loop 2010BB."""
    write_name(w, "PR", Organization(name=payer.name), payer.id_qualifier, payer.id)
    write_address(w, payer.address)
    write_references(w, payer.references)


def write_patient(w: Writing, patient: Patient) -> None:
    """Loops 2000C and 2010CA."""
    _write_state(w, patient.relationship, patient.death_date, patient.weight, patient.pregnant)
    write_name(w, "QC", patient.name)
    write_address(w, patient.address)
    write_birth(w, patient.birth_date, patient.sex)
    write_references(w, patient.references)
    write_per(w, patient.contact)


def _write_state(w: Writing, relationship: str, died: date | None, weight: Decimal | None, pregnant: bool) -> None:
    """PAT; for a subscriber only when there is something to say."""
    if relationship or died or weight is not None or pregnant:
        death = ["D8", day_text(died)] if died else ["", ""]
        pounds = ["01", optional_amount(weight)] if weight is not None else ["", ""]
        w.out.append(["PAT", relationship, "", "", "", *death, *pounds, "Y" if pregnant else ""])

"""Loops that the claims of all kinds share, written. Source: X12 005010X222A1, X223A2, X224A2, loops 2310 to 2430."""

from collections.abc import Iterable, Mapping

from edi.claim_837.facts import AnyClaim, AnyLine, Drug, LineAdjudication, OtherPayer, Provider
from edi.claim_837.writing import (
    Writing,
    amount_text,
    day_text,
    optional_amount,
    write_address,
    write_cas_segments,
    write_name,
    write_per,
    write_references,
)
from edi.parties import Organization

_USUAL_ROLE = "PE"


def write_provider(w: Writing, entity: str, provider: Provider, role: str = "PE") -> None:
    """Loops 2310 and 2420; `role` is PRV01."""
    write_name(w, entity, provider.name, "XX", provider.npi)
    if provider.taxonomy:
        w.out.append(["PRV", role, "PXC", provider.taxonomy])
    if provider.address:
        write_address(w, provider.address)
    if provider.references:
        write_references(w, provider.references)
    if provider.contact:
        write_per(w, provider.contact)


def write_providers(
    w: Writing, names: Mapping[str, str], found: Iterable[Provider | None], roles: Mapping[str, str]
) -> None:
    """Every provider that is there, by entity code; `found` in the order of `names`."""
    for entity, provider in zip(names, found, strict=True):
        if provider:
            write_provider(w, entity, provider, roles.get(entity, _USUAL_ROLE))


def write_numbers(w: Writing, names: Mapping[str, str], found: Iterable[str]) -> None:
    """REF for every number that is there, by qualifier; `found` in the order of `names`."""
    w.out += [["REF", qualifier, value] for qualifier, value in zip(names, found, strict=True) if value]


def write_other_payers(w: Writing, claim: AnyClaim) -> None:
    """Loops 2320 and 2330."""
    for each in claim.other_payers:
        _write_other_payer(w, each)


def _write_other_payer(w: Writing, other: OtherPayer) -> None:
    out = w.out
    out.append(
        [
            "SBR",
            other.responsibility,
            other.relationship,
            other.group_number,
            w.free(other.group_name, 60),
            other.insurance_type,
            "",
            "",
            "",
            other.filing_indicator,
        ]
    )
    write_cas_segments(w, other.adjustments)
    for qualifier, amount in (("D", other.paid), ("A8", other.noncovered), ("EAF", other.patient_liability)):
        if amount is not None:
            out.append(["AMT", qualifier, amount_text(amount)])
    out.append(["OI", "", "", other.benefits_assigned, other.signature_source, "", other.release])
    if other.inpatient:
        out.append(["MIA", *other.inpatient.elements])
    _write_moa(w, other)
    write_name(w, "IL", other.subscriber, other.member_id_qualifier, other.member_id)
    write_address(w, other.subscriber_address)
    write_references(w, other.subscriber_references)
    payer = other.payer
    if payer.name or payer.id:
        write_name(w, "PR", Organization(name=payer.name), payer.id_qualifier, payer.id)
    write_address(w, payer.address)
    if other.decided_on:
        out.append(["DTP", "573", "D8", day_text(other.decided_on)])
    write_references(w, payer.references)
    for each in other.providers:
        out.append(["NM1", each.entity, "1" if each.is_person else "2"])
        write_references(w, each.references)


def _write_moa(w: Writing, other: OtherPayer) -> None:
    amounts = other.reimbursement_rate, other.payable, other.esrd_paid, other.professional_component
    if other.remark_codes or amounts != (None, None, None, None):
        rate, payable, esrd, professional = map(optional_amount, amounts)
        remarks = [*other.remark_codes, "", "", "", "", ""][:5]
        w.out.append(["MOA", rate, payable, *remarks, esrd, professional])


def write_adjudications(w: Writing, line: AnyLine) -> None:
    """Loops 2430."""
    for each in line.adjudications:
        _write_adjudication(w, each)


def _write_adjudication(w: Writing, each: LineAdjudication) -> None:
    w.out.append(
        [
            "SVD",
            each.payer_id,
            amount_text(each.paid),
            w.procedure(each.qualifier, each.code, each.modifiers, each.description),
            each.revenue_code,
            amount_text(each.units),
            str(each.bundled_line) if each.bundled_line else "",
        ]
    )
    write_cas_segments(w, each.adjustments)
    if each.decided_on:
        w.out.append(["DTP", "573", "D8", day_text(each.decided_on)])
    if each.patient_liability is not None:
        w.out.append(["AMT", "EAF", amount_text(each.patient_liability)])


def write_drug(w: Writing, drug: Drug | None) -> None:
    """Loop 2410."""
    if drug:
        w.out.append(["LIN", "", drug.qualifier, drug.ndc])
        w.out.append(["CTP", "", "", "", amount_text(drug.units), w.composite((drug.unit,))])
        if drug.prescription_number:
            w.out.append(["REF", "XZ", drug.prescription_number])
        if drug.link_number:
            w.out.append(["REF", "VY", drug.link_number])

"""The loops inside the levels and claims of an 837P. Source: X12 005010X222A1."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from edi.adjustments import Adjustment, read_cas
from edi.claim_837p.facts import (
    Drug,
    LineAdjudication,
    Note,
    OtherPayer,
    Payer,
    Provider,
    ServiceLine,
)
from edi.claim_837p.names import LINE_PROVIDERS, LINE_REFERENCES
from edi.elements import ZERO, Values
from edi.loops import Loop, first, split
from edi.parties import Address, Name, Organization, Reference, read_address, read_name, read_reference
from edi.segments import Segment


def read_loop_address(group: Loop) -> Address | None:
    return read_address(first(group, "N3"), first(group, "N4"))


def read_references(group: Loop) -> tuple[Reference, ...]:
    return tuple(read_reference(each) for each in group if each.id == "REF")


def read_birth(group: Loop, values: Values) -> tuple[date | None, str]:
    demographics = first(group, "DMG")
    return (values.day(demographics, 2), demographics[3]) if demographics else (None, "")


def find_party(loops: list[Loop], entity: str) -> Loop:
    return next((each for each in loops if each[0][1] == entity), [])


def read_loop_name(loop: Loop) -> Name:
    return read_name(loop[0]) if loop else Organization(name="")


def read_payer(loop: Loop) -> Payer:
    return Payer(
        name=loop[0][3] if loop else "",
        id=loop[0][9] if loop else "",
        id_qualifier=loop[0][8] if loop else "PI",
        address=read_loop_address(loop),
        references=read_references(loop),
    )


def read_provider(group: Loop) -> Provider:
    specialty = first(group, "PRV")
    return Provider(
        name=read_loop_name(group),
        npi=group[0][9] if group[0][8] == "XX" else "",
        taxonomy=specialty[3] if specialty else "",
        address=read_loop_address(group),
        references=read_references(group),
    )


def read_other_payer(group: Loop, values: Values) -> OtherPayer:
    head, loops = split(group, "NM1")
    sbr, insurance, remarks = group[0], first(head, "OI"), first(head, "MOA")
    amounts = {each[1]: values.money(each, 2) for each in head if each.id == "AMT"}
    insured, payer = find_party(loops, "IL"), find_party(loops, "PR")
    decided = first(payer, "DTP", "573")
    return OtherPayer(
        responsibility=sbr[1],
        relationship=sbr[2],
        group_number=sbr[3],
        group_name=sbr[4],
        insurance_type=sbr[5],
        filing_indicator=sbr[9],
        adjustments=_adjustments(head, values),
        paid=amounts.get("D"),
        noncovered=amounts.get("A8"),
        patient_liability=amounts.get("EAF"),
        benefits_assigned=insurance[3] if insurance else "",
        release=insurance[6] if insurance else "",
        signature_source=insurance[4] if insurance else "",
        remark_codes=tuple(each for each in remarks.parts[3:8] if each) if remarks else (),
        subscriber=read_loop_name(insured),
        member_id=insured[0][9] if insured else "",
        subscriber_address=read_loop_address(insured),
        payer=read_payer(payer),
        decided_on=values.period(decided, 2)[0] if decided else None,
    )


def _adjustments(group: Loop, values: Values) -> tuple[Adjustment, ...]:
    return tuple(each for segment in group if segment.id == "CAS" for each in read_cas(segment, values))


def read_line(group: Loop, values: Values) -> ServiceLine:
    own, loops = split(group, "LIN", "NM1", "SVD", "LQ")
    sv1 = first(own, "SV1")
    start = sv1 or group[0]
    if sv1 is None:
        values.note(start, None, "The line has no SV1.", "missing")
    qualifier, code, modifiers, description = _procedure(start, 1)
    fields = _line_fields(own, values)
    adjudications = []
    for loop in loops:
        opening = loop[0]
        if opening.id == "LIN":
            fields["drug"] = _drug(loop, values)
        elif opening.id == "SVD":
            adjudications.append(_adjudication(loop, values))
        elif opening.id == "NM1" and (field := LINE_PROVIDERS.get(opening[1])):
            fields[field] = read_provider(loop)
    return ServiceLine(
        number=values.number(group[0], 1),
        qualifier=qualifier,
        code=code,
        modifiers=modifiers,
        description=description,
        charge=values.money(start, 2) if sv1 else ZERO,
        unit_basis=start[3] if sv1 else "",
        units=values.money(start, 4) if sv1 else ZERO,
        place_of_service=start[5],
        pointers=tuple(_pointers(start.components(7), start, values)),
        emergency=start[9] == "Y",
        epsdt=start[11] == "Y",
        family_planning=start[12] == "Y",
        adjudications=tuple(adjudications),
        **fields,
    )


def _pointers(texts: list[str], sv1: Segment, values: Values) -> Iterator[int]:
    for text in texts:
        if text.isascii() and text.isdecimal() and len(text) < 3:
            yield int(text)
        else:
            values.note(sv1, 7, "A diagnosis pointer is missing or not a number.")


def _line_fields(own: Loop, values: Values) -> dict[str, Any]:
    fields: dict[str, Any] = {"service_from": None}
    for segment in own:
        match segment.id:
            case "DTP" if segment[1] == "472":
                fields["service_from"], fields["service_to"] = values.period(segment, 2)
            case "REF" if (field := LINE_REFERENCES.get(segment[1])) and field not in fields:
                fields[field] = segment[2]
            case "NTE" if "note" not in fields:
                fields["note"] = Note(kind=segment[1], text=segment[2])
    if first(own, "DTP", "472") is None:
        values.note(own[0], None, "The line has no date of service (DTP*472).", "missing")
    return fields


def _procedure(segment: Segment, position: int) -> tuple[str, str, tuple[str, ...], str]:
    """Qualifier, code, modifiers and description of a composite."""
    qualifier, code, *rest, description = (*segment.components(position), *[""] * 6)[:7]
    return qualifier, code, tuple(each for each in rest if each), description


def _drug(loop: Loop, values: Values) -> Drug:
    count, prescription = first(loop, "CTP"), first(loop, "REF")
    return Drug(
        ndc=loop[0][3],
        units=values.money(count, 4) if count else ZERO,
        unit=count.components(5)[0] if count else "",
        prescription_number=prescription[2] if prescription else "",
    )


def _adjudication(loop: Loop, values: Values) -> LineAdjudication:
    svd = loop[0]
    qualifier, code, modifiers, _ = _procedure(svd, 3)
    decided, liability = first(loop, "DTP", "573"), first(loop, "AMT", "EAF")
    return LineAdjudication(
        payer_id=svd[1],
        paid=values.money(svd, 2),
        qualifier=qualifier,
        code=code,
        modifiers=modifiers,
        units=values.money(svd, 5),
        bundled_line=values.number(svd, 6) if svd[6] else None,
        adjustments=_adjustments(loop, values),
        decided_on=values.period(decided, 2)[0] if decided else None,
        patient_liability=values.money(liability, 2) if liability else None,
    )

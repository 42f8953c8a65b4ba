"""What only institutional claims have. Source: X12 005010X223A2, loops 2300 and 2400."""

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from edi.claim_837.read import ClaimSet, read_sets
from edi.claim_837.read_claim import ClaimTables
from edi.claim_837.reading import (
    Fields,
    Handler,
    Parts,
    Reading,
    amounts,
    note_of,
    read_attachment,
    read_condition,
    read_contract,
    read_file_information,
    read_notes,
    read_pricing,
    references,
)
from edi.claim_837i import names
from edi.claim_837i.facts import Claim, CodedValue, Diagnosis, Occurrence, OccurrenceSpan, Procedure, ServiceLine
from edi.elements import ZERO, as_date
from edi.envelope import Kind

_HI_PADDING = [""] * 9
_SV2_PADDING = [""] * 8
_EMPTY_CLAIM: dict[str, Any] = {"principal": None, "statement_from": None, "statement_to": None}
_EMPTY_LINE: dict[str, Any] = {
    "revenue_code": "",
    "charge": ZERO,
    "unit_basis": "",
    "units": ZERO,
    "service_from": None,
}


def read_claims(stream: BinaryIO | bytes) -> Iterator[Claim]:
    """Every claim of every 837I transaction set, in the order of the file; other transaction sets are passed over.

    Raises X12Error when the file is not X12, breaks off, or a claim stands outside the hierarchy. A value that can't
    be read is a problem of its claim.
    """
    for each in read_sets(stream, TABLES):
        yield from cast(Iterator[Claim], each)


def read_batches(stream: BinaryIO | bytes) -> Iterator[ClaimSet]:
    """The same with the heading of each transaction set; iterating over one gives its claims."""
    return read_sets(stream, TABLES)


def _clm(fields: Fields, parts: Parts, reading: Reading) -> None:
    place = parts[5].split(reading.component)
    fields["facility_type"] = place[0]
    fields["frequency"] = place[2] if len(place) > 2 else ""


def _date(fields: Fields, parts: Parts, reading: Reading) -> None:
    qualifier = parts[1] if len(parts) > 1 else ""
    text = parts[3] if len(parts) > 3 else ""
    if qualifier == "434":
        first, last = reading.period(parts)
        fields["statement_from"], fields["statement_to"] = first, last or first
    elif qualifier == "435":
        fields["admission_date"] = reading.day(parts)
        fields["admission_hour"] = text[8:12]
    elif qualifier == "096":
        if text.isascii() and text.isdecimal() and len(text) == 4:
            fields["discharge_hour"] = text
        else:
            reading.note(3, "DTP03 is not an hour.")
    elif qualifier == "050":
        fields["repricer_received_date"] = reading.day(parts)


def _cl1(fields: Fields, parts: Parts, reading: Reading) -> None:
    parts = parts + [""] * (4 - len(parts))
    fields["admission_type"], fields["admission_source"], fields["patient_status"] = parts[1:4]


_plain_reference = references(names.CLAIM_REFERENCES)


def _reference(fields: Fields, parts: Parts, reading: Reading) -> None:
    if parts[1:2] == ["LX"] and len(parts) == 3:
        reading.add(fields, "device_exemptions", parts[2])
    else:
        _plain_reference(fields, parts, reading)


def _hi(fields: Fields, parts: Parts, reading: Reading) -> None:
    """The code lists of the claim; a segment holds up to twelve entries of one list."""
    for position in range(1, len(parts)):
        entry = parts[position].split(reading.component)
        if len(entry) < 2 or not entry[1]:
            reading.note(position, "HI has a code list without a code.")
            continue
        read = _LISTS.get(entry[0])
        if read:
            if len(entry) < 9:
                entry += _HI_PADDING[len(entry) :]
            read(fields, entry, reading, position)


def _principal(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    fields["principal"] = Diagnosis(code=entry[1], present_on_admission=entry[8])
    if entry[0] == "BK":
        fields["diagnosis_version"] = 9


def _admitting(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    fields["admitting"] = entry[1]


def _drg(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    fields["drg"] = entry[1]


def _principal_procedure(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    fields["principal_procedure"] = Procedure(code=entry[1], on=_day(entry[3], reading, position))


def _other_procedure(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    reading.add(fields, "other_procedures", Procedure(code=entry[1], on=_day(entry[3], reading, position)))


def _visit_reason(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    reading.add(fields, "visit_reasons", entry[1])


def _condition(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    reading.add(fields, "condition_codes", entry[1])


def _treatment(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    reading.add(fields, "treatment_codes", entry[1])


def _external_cause(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    reading.add(fields, "external_causes", Diagnosis(code=entry[1], present_on_admission=entry[8]))


def _other_diagnosis(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    reading.add(fields, "other_diagnoses", Diagnosis(code=entry[1], present_on_admission=entry[8]))


def _occurrence(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    reading.add(fields, "occurrences", Occurrence(code=entry[1], on=_day(entry[3], reading, position)))


def _span(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    first, _, last = entry[3].partition("-")
    days = _day(first, reading, position), _day(last, reading, position)
    reading.add(fields, "occurrence_spans", OccurrenceSpan(code=entry[1], first=days[0], last=days[1]))


def _value(fields: Fields, entry: Parts, reading: Reading, position: int) -> None:
    amount = reading.money(["HI", *[""] * (position - 1), entry[4]], position)
    reading.add(fields, "coded_values", CodedValue(code=entry[1], amount=amount))


def _day(text: str, reading: Reading, position: int) -> Any:
    found = as_date(text)
    if found is None:
        reading.note(position, f"HI{position:02d} has no date, or one that can't be read.")
    return found


_LISTS = {
    **dict.fromkeys(names.PRINCIPAL, _principal),
    **dict.fromkeys(names.ADMITTING, _admitting),
    **dict.fromkeys(names.VISIT_REASON, _visit_reason),
    **dict.fromkeys(names.EXTERNAL_CAUSE, _external_cause),
    **dict.fromkeys(names.OTHER_DIAGNOSIS, _other_diagnosis),
    **dict.fromkeys(names.PRINCIPAL_PROCEDURE, _principal_procedure),
    **dict.fromkeys(names.OTHER_PROCEDURE, _other_procedure),
    names.DRG: _drg,
    names.OCCURRENCE_SPAN: _span,
    names.OCCURRENCE: _occurrence,
    names.VALUE: _value,
    names.CONDITION: _condition,
    names.TREATMENT: _treatment,
}


def _sv2(fields: Fields, parts: Parts, reading: Reading) -> None:
    size = len(parts)
    if size < 8:
        parts = parts + _SV2_PADDING[size:]
    fields["revenue_code"] = parts[1]
    if parts[2]:
        fields["qualifier"], fields["code"], modifiers, description = reading.procedure(parts[2])
        if modifiers:
            fields["modifiers"] = modifiers
        if description:
            fields["description"] = description
    fields["charge"] = reading.money(parts, 3)
    fields["unit_basis"] = parts[4]
    fields["units"] = reading.money(parts, 5)
    if parts[7]:
        fields["noncovered"] = reading.money(parts, 7)


def _line_date(fields: Fields, parts: Parts, reading: Reading) -> None:
    if parts[1:2] == ["472"] and fields["service_from"] is None:
        fields["service_from"], fields["service_to"] = reading.period(parts)


def _line_note(fields: Fields, parts: Parts, reading: Reading) -> None:
    note = note_of(parts)
    if note.kind == "TPO":
        fields.setdefault("third_party_note", note.text)


_CLAIM_SEGMENTS: dict[str, Handler] = {
    "DTP": _date,
    "CL1": _cl1,
    "PWK": read_attachment,
    "CN1": read_contract,
    "AMT": amounts({"F3": "patient_due"}),
    "REF": _reference,
    "K3": read_file_information,
    "NTE": read_notes,
    "CRC": read_condition,
    "HI": _hi,
    "HCP": read_pricing,
}
_LINE_SEGMENTS: dict[str, Handler] = {
    "SV2": _sv2,
    "PWK": read_attachment,
    "DTP": _line_date,
    "REF": references(names.LINE_REFERENCES),
    "AMT": amounts(names.LINE_AMOUNTS),
    "NTE": _line_note,
    "HCP": read_pricing,
}
TABLES = ClaimTables(
    kind=Kind.CLAIM_837I,
    claim=Claim,
    line=ServiceLine,
    read_clm=_clm,
    empty_claim=_EMPTY_CLAIM,
    empty_line=_EMPTY_LINE,
    claim_segments=_CLAIM_SEGMENTS,
    line_segments=_LINE_SEGMENTS,
    claim_providers=names.CLAIM_PROVIDERS,
    line_providers=names.LINE_PROVIDERS,
    service="SV2",
    needs_day=False,
)

"""What only professional claims have. Source: X12 005010X222A1, loops 2300 and 2400."""

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from edi.claim_837.facts import Note
from edi.claim_837.read import ClaimSet, read_sets
from edi.claim_837.read_claim import ClaimTables
from edi.claim_837.reading import (
    Fields,
    Handler,
    Parts,
    Reading,
    amounts,
    code_of,
    dates,
    note_of,
    read_attachment,
    read_condition,
    read_contract,
    read_file_information,
    read_note,
    read_place_and_causes,
    read_pricing,
    references,
)
from edi.claim_837p.facts import (
    Answer,
    Claim,
    Equipment,
    EquipmentCertificate,
    Form,
    Purchase,
    ServiceLine,
    SpinalManipulation,
    TestResult,
    Transport,
)
from edi.claim_837p.names import (
    CLAIM_DATES,
    CLAIM_PROVIDERS,
    CLAIM_REFERENCES,
    LINE_AMOUNTS,
    LINE_DATES,
    LINE_PROVIDERS,
    LINE_QUANTITIES,
    LINE_REFERENCES,
)
from edi.elements import DECIMALS, ZERO, as_date
from edi.envelope import Kind

_SV1_PADDING = [""] * 16


def read_claims(stream: BinaryIO | bytes) -> Iterator[Claim]:
    """Every claim of every 837P transaction set, in the order of the file; other transaction sets are passed over.

    Raises X12Error when the file is not X12, breaks off, or a claim stands outside the hierarchy. A value that can't
    be read is a problem of its claim.
    """
    for each in read_sets(stream, TABLES):
        yield from cast(Iterator[Claim], each)


def read_batches(stream: BinaryIO | bytes) -> Iterator[ClaimSet]:
    """The same with the heading of each transaction set; iterating over one gives its claims."""
    return read_sets(stream, TABLES)


def _clm(fields: Fields, parts: Parts, reading: Reading) -> None:
    read_place_and_causes(fields, parts, reading)
    fields["signature_source"] = parts[10]


_plain_date = dates(CLAIM_DATES)


def _claim_date(fields: Fields, parts: Parts, reading: Reading) -> None:
    if parts[1:2] == ["314"]:
        fields["disability_from"], fields["disability_to"] = reading.period(parts)
    else:
        _plain_date(fields, parts, reading)


def _hi(fields: Fields, parts: Parts, reading: Reading) -> None:
    for composite in parts[1:]:
        kind, code = code_of(composite, reading)
        if not code:
            continue
        if kind in ("ABK", "ABF"):
            reading.add(fields, "diagnoses", code)
        elif kind in ("BK", "BF"):
            reading.add(fields, "diagnoses", code)
            fields["diagnosis_version"] = 9
        elif kind in ("BP", "BO"):
            reading.add(fields, "anesthesia_procedures", code)
        elif kind == "BG":
            reading.add(fields, "condition_codes", code)


def _transport(fields: Fields, parts: Parts, reading: Reading) -> None:
    parts = parts + [""] * (11 - len(parts))
    fields["transport"] = Transport(
        weight=reading.optional(parts, 2),
        reason=parts[4],
        miles=reading.money(parts, 6),
        round_trip_purpose=parts[9],
        stretcher_purpose=parts[10],
    )


def _spinal(fields: Fields, parts: Parts, reading: Reading) -> None:
    parts = parts + [""] * (12 - len(parts))
    fields["spinal_manipulation"] = SpinalManipulation(condition=parts[8], description=parts[10], more=parts[11])


def _sv1(fields: Fields, parts: Parts, reading: Reading) -> None:
    size = len(parts)
    if size < 8:
        parts = parts + _SV1_PADDING[size:]
    _, composite, charge, basis, units, place, _, pointers = parts[:8]
    known = reading.procedures.get(composite) or reading.procedure(composite)
    fields["qualifier"], fields["code"], modifiers, description = known
    if modifiers:
        fields["modifiers"] = modifiers
    if description:
        fields["description"] = description
    amount, count = DECIMALS[charge], DECIMALS[units]
    fields["charge"] = reading.money(parts, 2) if amount is None else amount
    fields["unit_basis"] = basis
    fields["units"] = reading.money(parts, 4) if count is None else count
    fields["pointers"] = reading.numbers.get(pointers) or reading.pointers(pointers, 7)
    if place:
        fields["place_of_service"] = place
    if size > 9:
        parts = parts + _SV1_PADDING[size:]
        fields["emergency"] = parts[9] == "Y"
        fields["epsdt"] = parts[11] == "Y"
        fields["family_planning"] = parts[12] == "Y"
        fields["copay_exempt"] = parts[15] == "0"


def _sv5(fields: Fields, parts: Parts, reading: Reading) -> None:
    parts = parts + [""] * (7 - len(parts))
    fields["equipment"] = Equipment(
        code=reading.procedure(parts[1])[1],
        days=reading.money(parts, 3),
        rental=reading.money(parts, 4),
        purchase=reading.money(parts, 5),
        frequency=parts[6],
    )


def _certificate(fields: Fields, parts: Parts, reading: Reading) -> None:
    parts = parts + [""] * (4 - len(parts))
    fields["certificate"] = EquipmentCertificate(kind=parts[1], months=reading.money(parts, 3))


_plain_line_date = dates(LINE_DATES)


def _line_date(fields: Fields, parts: Parts, reading: Reading) -> None:
    if len(parts) < 2 or parts[1] != "472":
        _plain_line_date(fields, parts, reading)
    elif fields["service_from"] is None:
        if len(parts) == 4 and parts[2] == "D8":
            fields["service_from"] = as_date(parts[3]) or reading.day(parts)
        else:
            fields["service_from"], fields["service_to"] = reading.period(parts)


def _measure(fields: Fields, parts: Parts, reading: Reading) -> None:
    parts = parts + [""] * (4 - len(parts))
    found = TestResult(reference=parts[1], kind=parts[2], value=reading.money(parts, 3))
    reading.add(fields, "test_results", found)


def _line_note(fields: Fields, parts: Parts, reading: Reading) -> None:
    note: Note = note_of(parts)
    if note.kind == "TPO":
        fields.setdefault("third_party_note", note.text)
    else:
        fields.setdefault("note", note)


def _purchase(fields: Fields, parts: Parts, reading: Reading) -> None:
    parts = parts + [""] * (3 - len(parts))
    fields["purchase"] = Purchase(provider_id=parts[1], charge=reading.money(parts, 2))


def _form(segments: list[Parts], start: int, stop: int, reading: Reading) -> Form:
    answers = []
    for index in range(start + 1, stop):
        parts = segments[index]
        if parts[0] == "FRM":
            reading.index = index
            parts = parts + [""] * (6 - len(parts))
            answer = Answer(
                question=parts[1],
                response=parts[2],
                text=parts[3],
                on=reading.day(["FRM", "D8", parts[4]], 2) if parts[4] else None,
                percent=reading.optional(parts, 5),
            )
            answers.append(answer)
    kind, number = (segments[start] + ["", ""])[1:3]
    return Form(kind=kind, number=number, answers=tuple(answers))


_CLAIM_SEGMENTS: dict[str, Handler] = {
    "DTP": _claim_date,
    "PWK": read_attachment,
    "CN1": read_contract,
    "AMT": amounts({"F5": "patient_paid"}),
    "REF": references(CLAIM_REFERENCES),
    "K3": read_file_information,
    "NTE": read_note,
    "CR1": _transport,
    "CR2": _spinal,
    "CRC": read_condition,
    "HI": _hi,
    "HCP": read_pricing,
}
_LINE_SEGMENTS: dict[str, Handler] = {
    "SV1": _sv1,
    "SV5": _sv5,
    "PWK": read_attachment,
    "CR1": _transport,
    "CR3": _certificate,
    "CRC": read_condition,
    "DTP": _line_date,
    "QTY": amounts(LINE_QUANTITIES),
    "MEA": _measure,
    "CN1": read_contract,
    "REF": references(LINE_REFERENCES),
    "AMT": amounts(LINE_AMOUNTS),
    "K3": read_file_information,
    "NTE": _line_note,
    "PS1": _purchase,
    "HCP": read_pricing,
}
_EMPTY_CLAIM: dict[str, Any] = {"diagnoses": ()}
_EMPTY_LINE: dict[str, Any] = {
    "qualifier": "",
    "code": "",
    "charge": ZERO,
    "unit_basis": "",
    "units": ZERO,
    "pointers": (),
    "service_from": None,
}
TABLES = ClaimTables(
    kind=Kind.CLAIM_837P,
    claim=Claim,
    line=ServiceLine,
    read_clm=_clm,
    empty_claim=_EMPTY_CLAIM,
    empty_line=_EMPTY_LINE,
    claim_segments=_CLAIM_SEGMENTS,
    line_segments=_LINE_SEGMENTS,
    claim_providers=CLAIM_PROVIDERS,
    line_providers=LINE_PROVIDERS,
    service="SV1",
    needs_day=True,
    read_form=_form,
)

"""What only dental claims have. Source: X12 005010X224A2, loops 2300 and 2400."""

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
    code_of,
    dates,
    read_attachment,
    read_contract,
    read_file_information,
    read_notes,
    read_place_and_causes,
    read_pricing,
    references,
)
from edi.claim_837d.facts import Claim, Orthodontics, ServiceLine, Tooth, ToothStatus
from edi.claim_837d.names import (
    CLAIM_DATES,
    CLAIM_PROVIDERS,
    CLAIM_REFERENCES,
    LINE_DATES,
    LINE_PROVIDERS,
    LINE_REFERENCES,
)
from edi.elements import ZERO
from edi.envelope import Kind

PREDETERMINATION = "PB"
_SV3_PADDING = [""] * 12
_EMPTY_CLAIM: dict[str, Any] = {"service_from": None}
_EMPTY_LINE: dict[str, Any] = {"qualifier": "", "code": "", "charge": ZERO, "service_from": None}


def read_claims(stream: BinaryIO | bytes) -> Iterator[Claim]:
    """Every claim of every 837D transaction set, in the order of the file; other transaction sets are passed over.

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
    fields["is_predetermination"] = parts[19] == PREDETERMINATION


_plain_date = dates(CLAIM_DATES)
_plain_line_date = dates(LINE_DATES)


def _claim_date(fields: Fields, parts: Parts, reading: Reading) -> None:
    if parts[1:2] != ["472"]:
        _plain_date(fields, parts, reading)
    elif fields["service_from"] is None:
        fields["service_from"], fields["service_to"] = reading.period(parts)


def _line_date(fields: Fields, parts: Parts, reading: Reading) -> None:
    if parts[1:2] != ["472"]:
        _plain_line_date(fields, parts, reading)
    elif fields["service_from"] is None:
        fields["service_from"], fields["service_to"] = reading.period(parts)


def _orthodontics(fields: Fields, parts: Parts, reading: Reading) -> None:
    parts = parts + [""] * (5 - len(parts))
    months, remaining = reading.optional(parts, 1), reading.optional(parts, 2)
    fields["orthodontics"] = Orthodontics(months=months, months_remaining=remaining, indicator=parts[4])


def _tooth_status(fields: Fields, parts: Parts, reading: Reading) -> None:
    parts = parts + [""] * (3 - len(parts))
    reading.add(fields, "tooth_statuses", ToothStatus(number=parts[1], status=parts[2]))


def _hi(fields: Fields, parts: Parts, reading: Reading) -> None:
    for composite in parts[1:]:
        kind, code = code_of(composite, reading)
        if code and kind in ("ABK", "ABF", "BK", "BF"):
            reading.add(fields, "diagnoses", code)
            if kind in ("BK", "BF"):
                fields["diagnosis_version"] = 9


def _sv3(fields: Fields, parts: Parts, reading: Reading) -> None:
    size = len(parts)
    if size < 12:
        parts = parts + _SV3_PADDING[size:]
    fields["qualifier"], fields["code"], modifiers, description = reading.procedure(parts[1])
    if modifiers:
        fields["modifiers"] = modifiers
    if description:
        fields["description"] = description
    fields["charge"] = reading.money(parts, 2)
    fields["place_of_service"] = parts[3]
    if parts[4]:
        fields["oral_cavities"] = tuple([each for each in parts[4].split(reading.component) if each])
    fields["prosthesis"] = parts[5]
    if parts[6]:
        fields["units"] = reading.money(parts, 6)
    if parts[11]:
        fields["pointers"] = reading.pointers(parts[11], 11)


def _tooth(fields: Fields, parts: Parts, reading: Reading) -> None:
    parts = parts + [""] * (4 - len(parts))
    surfaces = tuple([each for each in parts[3].split(reading.component) if each])
    reading.add(fields, "teeth", Tooth(number=parts[2], surfaces=surfaces))


_CLAIM_SEGMENTS: dict[str, Handler] = {
    "DTP": _claim_date,
    "DN1": _orthodontics,
    "DN2": _tooth_status,
    "PWK": read_attachment,
    "CN1": read_contract,
    "AMT": amounts({"F5": "patient_paid"}),
    "REF": references(CLAIM_REFERENCES),
    "K3": read_file_information,
    "NTE": read_notes,
    "HI": _hi,
    "HCP": read_pricing,
}
_LINE_SEGMENTS: dict[str, Handler] = {
    "SV3": _sv3,
    "TOO": _tooth,
    "DTP": _line_date,
    "CN1": read_contract,
    "REF": references(LINE_REFERENCES),
    "AMT": amounts({"T": "sales_tax"}),
    "K3": read_file_information,
    "HCP": read_pricing,
}
TABLES = ClaimTables(
    kind=Kind.CLAIM_837D,
    claim=Claim,
    line=ServiceLine,
    read_clm=_clm,
    empty_claim=_EMPTY_CLAIM,
    empty_line=_EMPTY_LINE,
    claim_segments=_CLAIM_SEGMENTS,
    line_segments=_LINE_SEGMENTS,
    claim_providers=CLAIM_PROVIDERS,
    line_providers=LINE_PROVIDERS,
    service="SV3",
    needs_day=False,
)

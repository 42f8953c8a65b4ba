"""A claim without a fault, as facts; each test breaks one thing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from claims.domain.facts import (
    AddressFacts,
    ClaimFacts,
    CoverageFacts,
    LocationFacts,
    PayerFacts,
    PersonFacts,
    PracticeFacts,
    ProviderFacts,
)
from claims.domain.scrub import scrub
from coding.domain.edit_tables import NO_VALUE, AddOn, EditTables, Limit, Pair
from coding.domain.edits.facts import CodeFacts, LineFacts
from coding.domain.edits.findings import Finding

DAY = date(2026, 4, 27)
TODAY = date(2026, 5, 4)
HOME = AddressFacts(street="4 Elm St", city="Lakeshore", state="OH", zip_code="44107")
SHORE = AddressFacts(street="12 Shore Rd", city="Lakeshore", state="OH", zip_code="441071234")
PRICES = {
    code: Decimal(price)
    for code, price in {
        "99213": "168.00", "99203": "265.00", "20610": "168.00", "J3301": "19.00", "97530": "82.00", "97140": "68.00",
        "99396": "285.00", "99397": "305.00", "93000": "62.00", "93015": "265.00", "90472": "32.00", "72148": "1180.00",
    }.items()
}  # fmt: skip

PAYER = PayerFacts(
    id=1,
    payer_id="HM001",
    name="Harbor Mutual",
    kind="commercial",
    filing_indicator="CI",
    filing_days=180,
    correction_days=90,
    member_id_pattern=r"HMX\d{9}",
    authorization_codes=frozenset({"72148"}),
)
COVER = CoverageFacts(
    id=1,
    payer=PAYER,
    rank=1,
    member_id="HMX204418731",
    group_number="",
    relationship="18",
    effective_from=date(2025, 1, 1),
    effective_to=None,
)
DENISE = PersonFacts(last_name="Okafor", first_name="Denise", birth_date=date(1968, 4, 17), sex="F", address=HOME)
ANNA = ProviderFacts(
    id=1,
    npi="1730458811",
    last_name="Lindqvist",
    first_name="Anna",
    credential="MD",
    taxonomy="207Q00000X",
    specialty="Family medicine",
)


def a_code(code: str, wording: str, **fields: Any) -> CodeFacts:
    return CodeFacts(code=code, wording=wording, **fields)


CODES = {
    one.code: one
    for one in (
        a_code("M17.11", "Unilateral primary osteoarthritis, right knee"),
        a_code("E11.9", "Type 2 diabetes mellitus without complications"),
        a_code("I10", "Essential (primary) hypertension"),
    )
}


TABLES = EditTables(
    pairs={("93015", "93000"): Pair("93015", "93000", "0")},
    limits={"J3301": Limit(16, "3")},
    add_ons={"90472": AddOn(frozenset({"90471"}), "1")},
    values={("20610", ""): NO_VALUE._replace(code="20610", bilateral="1")},
)


def line(number: int = 1, code: str = "99213", *modifiers: str, **fields: Any) -> LineFacts:
    """A priced line; the charge follows units unless it is given."""
    units = fields.get("units", 1)
    price = PRICES.get(code)
    values: dict[str, Any] = {
        "number": number,
        "code": code,
        "modifiers": modifiers,
        "pointers": (1,),
        "charge_amount": (price or Decimal(0)) * units,
        "service_date": DAY,
        "price": price,
    } | fields
    return LineFacts(**values)


def claim(*lines: LineFacts, **fields: Any) -> ClaimFacts:
    """A sound claim with these lines (one office visit by default)."""
    rows = lines or (line(),)
    values: dict[str, Any] = {
        "id": 1,
        "number": "26-000002",
        "revision": 0,
        "status": "draft",
        "practice": PracticeFacts(
            id=1,
            name="Lakeshore Family Medicine",
            npi="1992753883",
            tax_id="123456789",
            taxonomy="207Q00000X",
            phone="2165550100",
            address=SHORE,
            submitter_id="LAKESHORE",
            clearinghouse_id="CLEARHARBOR",
            clearinghouse_name="Clear Harbor Exchange",
        ),
        "patient_id": 1,
        "patient": DENISE,
        "subscriber": fields.get("patient", DENISE),
        "coverage": COVER,
        "coverages": (fields.get("coverage", COVER),),
        "rendering": ANNA,
        "location": LocationFacts(name="Office", place_of_service="11", npi="", address=SHORE),
        "place_of_service": "11",
        "service_from": DAY,
        "service_to": DAY,
        "diagnoses": ("M17.11",),
        "lines": rows,
        "charge_amount": sum((row.charge_amount for row in rows), Decimal("0.00")),
        "filing_deadline": DAY + timedelta(days=180),
        "today": TODAY,
        "codes": CODES,
        "diagnosis_set_loaded": True,
        "prices": PRICES,
        "tables": TABLES,
    } | fields
    return ClaimFacts(**values)


def codes_found(facts: ClaimFacts) -> set[str]:
    return {finding.code for finding in scrub(facts)}


def found(facts: ClaimFacts, code: str) -> Finding:
    """The one finding of that code. Raises AssertionError when there is none, or more than one."""
    matching = [finding for finding in scrub(facts) if finding.code == code]
    assert len(matching) == 1, f"{code}: {[one.code for one in scrub(facts)]}"
    return matching[0]

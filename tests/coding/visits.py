"""A visit's codes without a fault, as facts; each test breaks one thing."""

from datetime import date
from decimal import Decimal
from typing import Any

from coding.domain.edit_tables import ASKED, NO_VALUE, AddOn, EditTables, Limit, Pair
from coding.domain.edits import findings_on
from coding.domain.edits.facts import CaseFacts, ClinicianFacts, CodeFacts, LineFacts, PatientFacts
from coding.domain.edits.findings import Finding

DAY = date(2026, 4, 27)
PRICES = {
    code: Decimal(price)
    for code, price in {
        "99213": "168.00", "99203": "265.00", "20610": "168.00", "J3301": "19.00", "99396": "285.00",
        "29881": "2150.00", "90834": "140.00", "97110": "75.00", "71046": "60.00",
    }.items()
}  # fmt: skip
WOMAN = PatientFacts(birth_date=date(1968, 4, 17), sex="F")
MAN = PatientFacts(birth_date=date(1968, 4, 17), sex="M")
Related = tuple[tuple[str, str, bool], ...]


def a_code(code: str, wording: str, **fields: Any) -> CodeFacts:
    return CodeFacts(code=code, wording=wording, **fields)


def related(*codes: tuple[str, str]) -> Related:
    return tuple((code, wording, True) for code, wording in codes)


KNEES = related(
    ("M17.10", "Unilateral primary osteoarthritis, unspecified knee"),
    ("M17.11", "Unilateral primary osteoarthritis, right knee"),
    ("M17.12", "Unilateral primary osteoarthritis, left knee"),
)
CODES = {
    one.code: one
    for one in (
        a_code("M17.1", "Unilateral primary osteoarthritis of knee", billable=False, children=KNEES),
        a_code("M17.10", "Unilateral primary osteoarthritis, unspecified knee", siblings=KNEES),
        a_code("M17.11", "Unilateral primary osteoarthritis, right knee", siblings=KNEES),
        a_code("I10", "Essential (primary) hypertension"),
        a_code(
            "E11.9",
            "Type 2 diabetes mellitus without complications",
            use_additional=("insulin (Z79.4)", "oral hypoglycemic drugs (Z79.84)"),
        ),
        a_code("O24.410", "Gestational diabetes mellitus, diet controlled", excludes1=(("E11", "E11"),)),
        a_code("F02.80", "Dementia in other diseases classified elsewhere", code_first=("Alzheimer's (G30.-)",)),
        a_code("G30.9", "Alzheimer's disease, unspecified"),
        a_code("I50.9", "Heart failure, unspecified", code_first=("heart failure due to hypertension (I11.0)",)),
        a_code("I11.0", "Hypertensive heart disease with heart failure"),
        a_code("Z79.4", "Long term (current) use of insulin"),
        a_code("N18.3", "Chronic kidney disease, stage 3", deleted_on=date(2020, 10, 1), replaced_by="N18.30"),
        a_code("N18.30", "Chronic kidney disease, stage 3 unspecified", valid_from=date(2020, 10, 1)),
        a_code("T99.9", "A code of the next release", valid_from=date(2026, 10, 1)),
        a_code(
            "S93.401",
            "Sprain of unspecified ligament of right ankle",
            billable=False,
            children=related(
                ("S93.401A", "Sprain of right ankle, initial encounter"),
                ("S93.401D", "Sprain of right ankle, subsequent encounter"),
                ("S93.401S", "Sprain of right ankle, sequela"),
            ),
        ),
        a_code("S93.401A", "Sprain of unspecified ligament of right ankle, initial encounter"),
        a_code("W18.30XA", "Fall on same level, unspecified, initial encounter"),
        a_code("Z68.31", "Body mass index [BMI] 31.0-31.9, adult"),
        a_code("Z00.00", "Encounter for general adult medical examination without abnormal findings"),
        a_code("R05.9", "Cough, unspecified"),
        a_code(
            "J45.909",
            "Unspecified asthma, uncomplicated",
            siblings=related(("J45.901", "Unspecified asthma with (acute) exacerbation"),
                             ("J45.902", "Unspecified asthma with status asthmaticus")),
        ),
    )
}  # fmt: skip
INDICATORS = {  # global days, PC/TC, bilateral, assistant, co-surgeon, team
    "20610": "000 0 1 1 0 0",
    "29881": "090 0 1 1 0 0",
    "27447": "090 0 1 2 1 0",
    "71046": "XXX 1 0 9 9 9",
    "45378": "000 0 0 0 0 0",
}
PAIRS = (
    Pair("93015", "93000", "0"),
    Pair("45385", "45380", "1"),
    Pair("11042", "97597", "9"),
    Pair("20610", "99213", "1"),
)
TABLES = EditTables(
    loaded=ASKED,
    pairs={(pair.column_one, pair.column_two): pair for pair in PAIRS},
    limits={"J3301": Limit(16, "3"), "29881": Limit(1, "2"), "97110": Limit(4, "1")},
    add_ons={"90472": AddOn(frozenset({"90471"}), "1"), "0054T": AddOn(frozenset(), "2")},
    values={
        (code, ""): NO_VALUE._replace(
            global_days=days, pctc=pctc, bilateral=bilateral, assistant=assistant, co_surgeon=co_surgeon, team=team
        )
        for code, values in INDICATORS.items()
        for days, pctc, bilateral, assistant, co_surgeon, team in [values.split()]
    },
)


def line(number: int = 1, code: str = "99213", *modifiers: str, **fields: Any) -> LineFacts:
    """A line of the visit's day, pointing at A."""
    price = PRICES.get(code)
    values: dict[str, Any] = {
        "number": number,
        "code": code,
        "modifiers": modifiers,
        "pointers": (1,),
        "charge_amount": (price or Decimal(0)) * fields.get("units", 1),
        "service_date": DAY,
        "price": price,
    } | fields
    return LineFacts(**values)


def visit(*lines: LineFacts, **fields: Any) -> CaseFacts:
    """Sound codes with these lines (one office visit by default) and knee arthritis."""
    values: dict[str, Any] = {
        "patient": WOMAN,
        "rendering": ClinicianFacts(id=1, specialty="Family medicine"),
        "place_of_service": "11",
        "service_from": DAY,
        "diagnoses": ("M17.11",),
        "lines": lines or (line(),),
        "codes": CODES,
        "diagnosis_set_loaded": True,
        "prices": PRICES,
        "tables": TABLES,
        "payer_kind": "commercial",
    } | fields
    return CaseFacts(**values)


def with_dx(*codes: str, **fields: Any) -> CaseFacts:
    return visit(diagnoses=codes, **fields)


def found(facts: CaseFacts, code: str) -> Finding:
    """The first finding of that code. Raises AssertionError when there is none."""
    matching = [finding for finding in findings_on(facts) if finding.code == code]
    assert matching, f"{code}: {[one.code for one in findings_on(facts)]}"
    return matching[0]

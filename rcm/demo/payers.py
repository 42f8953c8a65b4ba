"""The six fictional payers: limits, plan terms, and the rules by which they pay or refuse."""

from dataclasses import dataclass
from decimal import Decimal

from rcm.demo.facts import Address, Bundle, Payer
from rcm.demo.identity import member_pattern
from rcm.demo.prices import fee_schedule
from rcm.demo.scenarios import ORTHOPEDICS, SCENARIOS

OFFICE_VISITS = ("99202", "99203", "99204", "99205", "99211", "99212", "99213", "99214", "99215")
PREVENTIVE_VISITS = (
    "99383",
    "99384",
    "99385",
    "99386",
    "99387",
    "99393",
    "99394",
    "99395",
    "99396",
    "99397",
)

# Procedures that take in the visit of the day unless it carries modifier 25.
_WITH_VISIT = (
    "10060",
    "11102",
    "11104",
    "11200",
    "12001",
    "17000",
    "17110",
    "20526",
    "20550",
    "20605",
    "20610",
    "20611",
    "29125",
    "29515",
    "46221",
    "69210",
    "90471",
    "96372",
    "G0008",
    *PREVENTIVE_VISITS,
)
_PAIRS = (
    Bundle("17000", "11102", "59"),
    Bundle("17110", "11102", "59"),
    Bundle("17110", "17000", "59"),
    Bundle("45385", "45380", "59"),
    Bundle("97530", "97140", "59"),
    Bundle("43239", "43235", ""),
    Bundle("45380", "45378", ""),
    Bundle("45385", "45378", ""),
    Bundle("20611", "20610", ""),
    Bundle("93015", "93000", ""),
)

# Pairs in the manner of the national correct coding edits: every payer has them and the practice knows them.
NATIONAL_BUNDLES: tuple[Bundle, ...] = (
    *(Bundle(one, visit, "25") for one in _WITH_VISIT for visit in OFFICE_VISITS),
    *_PAIRS,
)

# Procedure → first letters of the diagnoses that justify it.
COVERED_DIAGNOSES: dict[str, tuple[str, ...]] = {
    "17000": ("L57.0",),
    "45385": ("D12", "K62.1", "K63.5"),
    "69210": ("H61.2",),
    "80061": ("E11", "E78", "I25", "Z13.220"),
    "82306": ("E20", "E21", "E55", "K90", "M80", "M81", "N18"),
    "83036": ("E08", "E09", "E10", "E11", "E13", "R73"),
    "84443": ("E02", "E03", "E04", "E05", "E06"),
    "91200": ("B18", "K74", "K76"),
    "93000": ("I11", "I20", "I21", "I25", "I44", "I45", "I47", "I48", "I49", "I50", "R00", "R07", "R55"),
    "93306": ("I11", "I25", "I34", "I35", "I42", "I48", "I50", "R01", "R06"),
    "94010": ("J41", "J42", "J43", "J44", "J45", "R05", "R06"),
    "99406": ("F17", "Z87.891"),
}


def _visits_need_25(*procedures: str) -> tuple[Bundle, ...]:
    return tuple(Bundle(one, visit, "25") for one in procedures for visit in OFFICE_VISITS)


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is particular to one payer; `own_bundles` are pairs that only this payer has."""

    payer_id: str
    name: str
    plan_name: str
    kind: str
    claim_filing: str
    city: str
    zip_code: str
    shape: str
    days: tuple[int, int, int, int, int, int]  # filing, the payer's own filing, appeal, correction, silence, poll
    decision_days: tuple[int, int]
    pay_weekday: int | None
    money: tuple[str, str, str]  # deductible, coinsurance, copay
    needs: str
    unknown_needs: str
    covered: str
    own_bundles: tuple[Bundle, ...]


_TERMS: tuple[_Terms, ...] = (
    _Terms(
        "MEDB1",
        "Medicare Part B",
        "Tri-Lakes Medicare Contractor",
        "medicare",
        "MB",
        "Fort Alder",
        "490010001",
        "1@*#@*#@@##",
        (365, 365, 120, 365, 30, 10),
        (14, 20),
        None,
        ("257.00", "0.20", "0.00"),
        "",
        "",
        "17000 45385 69210 80061 82306 83036 93000 93306 94010 99406",
        (),
    ),
    _Terms(
        "MCD01",
        "State Medicaid",
        "Lakeland State Medical Assistance",
        "medicaid",
        "MC",
        "Capitol Point",
        "489090002",
        "SM#########",
        (95, 95, 60, 60, 45, 14),
        (18, 32),
        2,
        ("0.00", "0.00", "0.00"),
        "72148 73721 78452 29881 J7325 93306",
        "93306",
        "69210 82306 83036 91200 94010",
        (*_visits_need_25("94640"), Bundle("90791", "96127", "59"), Bundle("90792", "96127", "59")),
    ),
    _Terms(
        "HM001",
        "Harbor Mutual",
        "Harbor Mutual PPO",
        "commercial",
        "12",
        "Harbor Point",
        "495010003",
        "HMX#########",
        (180, 180, 180, 90, 30, 7),
        (9, 21),
        2,
        ("500.00", "0.20", "30.00"),
        "72148 73721 78452 29881",
        "73721",
        "80061 82306 93000",
        (*_visits_need_25("93000", "96127"), Bundle("90791", "96127", "59")),
    ),
    _Terms(
        "CH001",
        "Cascadia Health",
        "Cascadia Choice",
        "commercial",
        "CI",
        "Cedar Falls Bay",
        "495020004",
        "HC######",
        (180, 180, 90, 90, 30, 7),
        (10, 24),
        4,
        ("1000.00", "0.20", "25.00"),
        "72148 73721 78452 93306",
        "93306",
        "17000 80061 82306 84443",
        _visits_need_25("91200", "93306", "94010"),
    ),
    _Terms(
        "SP001",
        "Summit PPO",
        "Summit Preferred",
        "commercial",
        "12",
        "Summit Ridge",
        "495030005",
        "SP########",
        (120, 120, 180, 60, 28, 7),
        (8, 18),
        None,
        ("750.00", "0.30", "40.00"),
        "29881 78452 J7325",
        "J7325",
        "82306 91200 99406",
        (*_visits_need_25("83013", "93000", "93224"), Bundle("90792", "96127", "59")),
    ),
    _Terms(
        "UB001",
        "Union Benefit",
        "Union Benefit Trust Fund",
        "commercial",
        "CI",
        "Foundry Town",
        "495040006",
        "UB########",
        (120, 90, 90, 60, 40, 10),
        (14, 30),
        5,
        ("300.00", "0.10", "20.00"),
        "72148 29881 43239 90837",
        "43239",
        "17000 45385 69210 82306",
        (
            *_visits_need_25("73030", "73610"),
            Bundle("94640", "94010", "59"),
            Bundle("90834", "96127", "59"),
            Bundle("90791", "96127", "59"),
        ),
    ),
)

SHAPES: dict[str, str] = {each.payer_id: each.shape for each in _TERMS}


def unspecific_codes(payer_id: str) -> frozenset[str]:
    """Diagnoses the payer refuses for lack of detail: commercial plans all, the public ones a part."""
    chosen = [each for each in SCENARIOS if payer_id != "MEDB1" or each.specialty == ORTHOPEDICS]
    vague = sorted({one.vague for each in chosen for one in each.dx if one.vague})
    kept = vague[::2] if payer_id in ("MCD01", "UB001") else vague
    return frozenset(code for one in kept for code in _sides(one))


def _sides(code: str) -> tuple[str, ...]:
    if "{lat}" in code:
        return code.format(lat="1"), code.format(lat="2")
    return (code,)


def build_payers() -> tuple[Payer, ...]:
    """The six payers with their schedules and rules."""
    return tuple(_payer(terms, number) for number, terms in enumerate(_TERMS))


def _payer(terms: _Terms, number: int) -> Payer:
    filing, own_filing, appeal, correction, silence, poll = terms.days
    deductible, coinsurance, copay = terms.money
    needs = frozenset(terms.needs.split())
    return Payer(
        payer_id=terms.payer_id,
        name=terms.name,
        plan_name=terms.plan_name,
        kind=terms.kind,
        claim_filing=terms.claim_filing,
        address=Address(f"PO Box {4100 + number * 37}", terms.city, "MI", terms.zip_code),
        phone=f"80055501{40 + number}",
        filing_days=filing,
        payer_filing_days=own_filing,
        appeal_days=appeal,
        correction_days=correction,
        silence_days=silence,
        status_poll_days=poll,
        member_id_pattern=member_pattern(terms.shape),
        acknowledge_hours=4 + number,
        decision_days=terms.decision_days,
        pay_weekday=terms.pay_weekday,
        deductible=Decimal(deductible),
        coinsurance=Decimal(coinsurance),
        copay=Decimal(copay),
        fee_schedule=fee_schedule(terms.payer_id),
        needs_authorization=needs,
        known_authorization=needs - frozenset(terms.unknown_needs.split()),
        covered_diagnoses={code: COVERED_DIAGNOSES[code] for code in terms.covered.split()},
        bundles=NATIONAL_BUNDLES + terms.own_bundles,
        unspecific_diagnoses=unspecific_codes(terms.payer_id),
    )

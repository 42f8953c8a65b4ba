"""A professional claim as data. Source: X12 005010X222A1; loop and element in the trailing comments."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from edi.claim_837.facts import (
    AnyBatch,
    AnyClaim,
    Attachment,
    Condition,
    Contract,
    Drug,
    Note,
    PlacedLine,
    Provider,
)

GUIDE = "005010X222A1"


@dataclass(frozen=True, kw_only=True)
class Transport:
    """CR1: an ambulance trip."""

    weight: Decimal | None = None  # CR102, pounds
    reason: str = ""  # CR104: A-E
    miles: Decimal  # CR106
    round_trip_purpose: str = ""  # CR109
    stretcher_purpose: str = ""  # CR110


@dataclass(frozen=True, kw_only=True)
class SpinalManipulation:
    """CR2: what the chiropractor found."""

    condition: str  # CR208: A, C, D, E, F, G, M
    description: str = ""  # CR210
    more: str = ""  # CR211


@dataclass(frozen=True, kw_only=True)
class Equipment:
    """SV5: rent and price of durable medical equipment, in dollars."""

    code: str  # SV501-2
    days: Decimal  # SV503
    rental: Decimal  # SV504
    purchase: Decimal  # SV505
    frequency: str  # SV506: 1 weekly, 4 monthly, 6 daily


@dataclass(frozen=True, kw_only=True)
class EquipmentCertificate:
    """CR3: how long the equipment is needed."""

    kind: str  # CR301: I initial, R renewal, S revised
    months: Decimal  # CR303


@dataclass(frozen=True, kw_only=True)
class TestResult:
    """MEA."""

    reference: str  # MEA01: TR test result, OG original starting dosage
    kind: str  # MEA02: HT height (inches), R1 hemoglobin, R2 hematocrit, R3 epoetin, R4 creatinine
    value: Decimal  # MEA03


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """PS1: a service bought from another provider."""

    provider_id: str  # PS101
    charge: Decimal  # PS102, dollars


@dataclass(frozen=True, kw_only=True)
class Answer:
    """FRM: one question of a form."""

    question: str  # FRM01
    response: str = ""  # FRM02: Y, N, W
    text: str = ""  # FRM03
    on: date | None = None  # FRM04
    percent: Decimal | None = None  # FRM05


@dataclass(frozen=True, kw_only=True)
class Form:
    """Loop 2440: a form of a payer or of Medicare's equipment contractors, answered."""

    number: str  # LQ02
    kind: str = "UT"  # LQ01: UT Medicare certificate of medical necessity, AS other
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ServiceLine(PlacedLine):
    """Loop 2400. `units` in `unit_basis` (UN units, MJ minutes: anesthesia)."""

    qualifier: str = "HC"  # SV101-1
    code: str  # SV101-2; modifiers SV101-3..6, description SV101-7
    unit_basis: str = "UN"  # SV103
    units: Decimal  # SV104
    pointers: tuple[int, ...] = (1,)  # SV107, 1-based into Claim.diagnoses
    emergency: bool = False  # SV109
    epsdt: bool = False  # SV111
    family_planning: bool = False  # SV112
    copay_exempt: bool = False  # SV115
    equipment: Equipment | None = None  # SV5
    attachments: tuple[Attachment, ...] = ()  # PWK
    transport: Transport | None = None  # CR1
    certificate: EquipmentCertificate | None = None  # CR3
    conditions: tuple[Condition, ...] = ()  # CRC 07, 70, 09
    service_from: date | None  # DTP*472; None only when a file that was read has none
    prescription_date: date | None = None  # DTP*471
    certification_revision_date: date | None = None  # DTP*607
    therapy_begin_date: date | None = None  # DTP*463
    last_certification_date: date | None = None  # DTP*461
    last_seen_date: date | None = None  # DTP*304
    hemoglobin_test_date: date | None = None  # DTP*738
    creatinine_test_date: date | None = None  # DTP*739
    shipped_date: date | None = None  # DTP*011
    last_xray_date: date | None = None  # DTP*455
    initial_treatment_date: date | None = None  # DTP*454
    patient_count: Decimal | None = None  # QTY*PT
    extra_anesthesia_units: Decimal | None = None  # QTY*FL
    test_results: tuple[TestResult, ...] = ()  # MEA
    contract: Contract | None = None  # CN1
    prior_authorization: str = ""  # REF*G1
    referral_number: str = ""  # REF*9F
    mammography_number: str = ""  # REF*EW
    clia_number: str = ""  # REF*X4
    referring_clia_number: str = ""  # REF*F4
    immunization_batch: str = ""  # REF*BT
    sales_tax: Decimal | None = None  # AMT*T
    postage: Decimal | None = None  # AMT*F4
    file_information: tuple[str, ...] = ()  # K3
    note: Note | None = None  # NTE ADD, DCP
    third_party_note: str = ""  # NTE*TPO
    purchase: Purchase | None = None  # PS1
    drug: Drug | None = None  # 2410
    rendering: Provider | None = None  # 2420A
    purchased_from: Provider | None = None  # 2420B
    service_facility: Provider | None = None  # 2420C
    supervising: Provider | None = None  # 2420D
    ordering: Provider | None = None  # 2420E
    referring: Provider | None = None  # 2420F DN
    primary_care: Provider | None = None  # 2420F P3
    pickup: Provider | None = None  # 2420G
    dropoff: Provider | None = None  # 2420H
    forms: tuple[Form, ...] = ()  # 2440


@dataclass(frozen=True, kw_only=True)
class Claim(AnyClaim):
    """One professional claim.

    `diagnoses` are codes without the dot, the first one principal (HI ABK, then ABF; BK/BF when
    `diagnosis_version` is 9).
    """

    place_of_service: str  # CLM05-1
    provider_signature: bool = True  # CLM06
    signature_source: str = ""  # CLM10: P
    causes: tuple[str, ...] = ()  # CLM11-1..2: AA auto, EM employment, OA other accident
    accident_state: str = ""  # CLM11-4
    accident_country: str = ""  # CLM11-5
    special_program: str = ""  # CLM12
    onset_date: date | None = None  # DTP*431
    initial_treatment_date: date | None = None  # DTP*454
    last_seen_date: date | None = None  # DTP*304
    acute_manifestation_date: date | None = None  # DTP*453
    accident_date: date | None = None  # DTP*439
    last_menstrual_date: date | None = None  # DTP*484
    last_xray_date: date | None = None  # DTP*455
    prescription_date: date | None = None  # DTP*471, hearing and vision
    disability_from: date | None = None  # DTP*360, or 314 with both
    disability_to: date | None = None  # DTP*361, or 314 with both
    last_worked_date: date | None = None  # DTP*297
    return_to_work_date: date | None = None  # DTP*296
    admission_date: date | None = None  # DTP*435
    discharge_date: date | None = None  # DTP*096
    assumed_care_date: date | None = None  # DTP*090
    relinquished_care_date: date | None = None  # DTP*091
    first_contact_date: date | None = None  # DTP*444, property and casualty
    patient_paid: Decimal | None = None  # AMT*F5
    medicare_crossover: str = ""  # REF*F5, section 4081
    mammography_number: str = ""  # REF*EW
    clia_number: str = ""  # REF*X4
    device_exemption: str = ""  # REF*LX
    medical_record_number: str = ""  # REF*EA
    demonstration_project: str = ""  # REF*P4
    care_plan_oversight: str = ""  # REF*1J
    note: Note | None = None  # NTE
    transport: Transport | None = None  # CR1
    spinal_manipulation: SpinalManipulation | None = None  # CR2
    conditions: tuple[Condition, ...] = ()  # CRC 07, E1-E3, 75, ZZ
    diagnoses: tuple[str, ...]  # HI, 1 to 12
    anesthesia_procedures: tuple[str, ...] = ()  # HI BP, BO: the surgery
    condition_codes: tuple[str, ...] = ()  # HI BG
    referring: Provider | None = None  # 2310A DN
    primary_care: Provider | None = None  # 2310A P3
    rendering: Provider | None = None  # 2310B
    service_facility: Provider | None = None  # 2310C
    supervising: Provider | None = None  # 2310D
    pickup: Provider | None = None  # 2310E
    dropoff: Provider | None = None  # 2310F
    lines: tuple[ServiceLine, ...]


@dataclass(frozen=True, kw_only=True)
class ProfessionalBatch(AnyBatch):
    """One interchange with professional claims."""

    guide: str = GUIDE
    claims: tuple[Claim, ...]

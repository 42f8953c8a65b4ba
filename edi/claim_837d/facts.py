"""A dental claim as data. Source: X12 005010X224A2; loop and element in the trailing comments."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from edi.claim_837.facts import AnyBatch, AnyClaim, Contract, Note, PlacedLine, Provider

GUIDE = "005010X224A2"


@dataclass(frozen=True, kw_only=True)
class Tooth:
    """TOO: a tooth of a line and its surfaces."""

    number: str  # TOO02, universal national numbering
    surfaces: tuple[str, ...] = ()  # TOO03: B, D, F, I, L, M, O


@dataclass(frozen=True, kw_only=True)
class ToothStatus:
    """DN2: a tooth that is missing or to be extracted."""

    number: str  # DN201
    status: str  # DN202: M missing, E to be extracted


@dataclass(frozen=True, kw_only=True)
class Orthodontics:
    """DN1: months of the whole treatment and those that remain."""

    months: Decimal | None = None  # DN101
    months_remaining: Decimal | None = None  # DN102
    indicator: str = ""  # DN104: Y when months are not given


@dataclass(frozen=True, kw_only=True)
class ServiceLine(PlacedLine):
    """Loop 2400."""

    qualifier: str = "AD"  # SV301-1
    code: str  # SV301-2; modifiers SV301-3..6, description SV301-7
    oral_cavities: tuple[str, ...] = ()  # SV304: 00 whole mouth, 01, 02, 10, 20, 30, 40
    prosthesis: str = ""  # SV305: I initial, R replacement
    units: Decimal = Decimal(1)  # SV306, how many times
    pointers: tuple[int, ...] = ()  # SV311, 1-based into Claim.diagnoses
    teeth: tuple[Tooth, ...] = ()  # TOO
    service_from: date | None = None  # DTP*472, unless the claim has it; none in a predetermination
    prior_placement_date: date | None = None  # DTP*441
    appliance_date: date | None = None  # DTP*452
    replacement_date: date | None = None  # DTP*446
    treatment_start_date: date | None = None  # DTP*196
    treatment_end_date: date | None = None  # DTP*198
    contract: Contract | None = None  # CN1
    predetermination_number: str = ""  # REF*G3
    prior_authorization: str = ""  # REF*G1
    referral_number: str = ""  # REF*9F
    sales_tax: Decimal | None = None  # AMT*T
    file_information: tuple[str, ...] = ()  # K3
    rendering: Provider | None = None  # 2420A
    assistant_surgeon: Provider | None = None  # 2420B
    supervising: Provider | None = None  # 2420C
    service_facility: Provider | None = None  # 2420D


@dataclass(frozen=True, kw_only=True)
class Claim(AnyClaim):
    """One dental claim, or with `is_predetermination` the question what it would pay."""

    place_of_service: str  # CLM05-1
    provider_signature: bool = True  # CLM06
    causes: tuple[str, ...] = ()  # CLM11-1..2: AA auto, EM employment, OA other accident
    accident_state: str = ""  # CLM11-4
    accident_country: str = ""  # CLM11-5
    special_program: str = ""  # CLM12
    is_predetermination: bool = False  # CLM19 = PB
    accident_date: date | None = None  # DTP*439
    appliance_date: date | None = None  # DTP*452
    service_from: date | None = None  # DTP*472
    service_to: date | None = None  # given: a range is written
    orthodontics: Orthodontics | None = None  # DN1
    tooth_statuses: tuple[ToothStatus, ...] = ()  # DN2, up to 35
    patient_paid: Decimal | None = None  # AMT*F5
    predetermination_number: str = ""  # REF*G3
    notes: tuple[Note, ...] = ()  # NTE*ADD, up to 5
    diagnoses: tuple[str, ...] = ()  # HI ABK, ABF (BK, BF in old files), up to 4
    referring: Provider | None = None  # 2310A DN
    primary_care: Provider | None = None  # 2310A P3
    rendering: Provider | None = None  # 2310B
    service_facility: Provider | None = None  # 2310C
    assistant_surgeon: Provider | None = None  # 2310D
    supervising: Provider | None = None  # 2310E
    lines: tuple[ServiceLine, ...]


@dataclass(frozen=True, kw_only=True)
class DentalBatch(AnyBatch):
    """One interchange with dental claims."""

    guide: str = GUIDE
    claims: tuple[Claim, ...]

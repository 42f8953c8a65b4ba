"""A professional claim as data. Source: X12 005010X222A1; loop and element in the trailing comments."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from edi.adjustments import Adjustment
from edi.envelope import InterchangeHeader
from edi.errors import Problem
from edi.parties import Address, Contact, Name, Person, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitter:
    """Loop 1000A."""

    name: Name
    id: str  # NM109, qualifier 46
    contact: Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Loop 1000B."""

    name: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingProvider:
    """Loops 2000A, 2010AA, 2010AB. The address is a street address with a 9-digit ZIP."""

    name: Name
    npi: str
    tax_id: str
    tax_id_qualifier: str = "EI"  # EI employer number, SY social security number
    taxonomy: str = ""  # PRV*BI
    address: Address
    contact: Contact | None = None
    pay_to: Address | None = None  # 2010AB
    references: tuple[Reference, ...] = ()  # 2010AA REF other than the tax id (0B, 1G)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Loops 2000B, 2010BA. Address, birth date and sex are required when the subscriber is the patient."""

    responsibility: str = "P"  # SBR01: P primary, S secondary, T tertiary, A-H later ones, U unknown
    relationship: str = "18"  # SBR02: "18" when subscriber = patient, else ""
    group_number: str = ""  # SBR03
    group_name: str = ""  # SBR04
    insurance_type: str = ""  # SBR05, Medicare secondary reason
    filing_indicator: str  # SBR09: 12, 13, CI, BL, MB, MC, ...
    name: Name
    member_id: str
    address: Address | None = None
    birth_date: date | None = None
    sex: str = ""  # F, M, U
    references: tuple[Reference, ...] = ()  # SY, Y4


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Loops 2000C, 2010CA: only when the patient is not the subscriber."""

    relationship: str  # PAT01: 01 spouse, 19 child, 20, 21, 39, 40, 53, G8
    name: Person
    address: Address
    birth_date: date | None = None
    sex: str = ""
    references: tuple[Reference, ...] = ()  # Y4, 1W


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """Loop 2010BB (and 2330B)."""

    name: str
    id: str
    id_qualifier: str = "PI"  # PI or XV
    address: Address | None = None
    references: tuple[Reference, ...] = ()  # 2U, EI, FY, NF, G2, LU


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider of a claim or line (loops 2310A-D, 2420A-F). `taxonomy` only where the guide has PRV."""

    name: Name
    npi: str = ""
    taxonomy: str = ""
    address: Address | None = None
    references: tuple[Reference, ...] = ()  # 0B, 1G, G2, LU


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """NTE."""

    text: str
    kind: str = "ADD"  # claim: ADD, CER, DCP, DGN, TPO; line: ADD, DCP


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """PWK."""

    report: str  # PWK01, e.g. OZ, 03, CT
    transmission: str  # PWK02: BM mail, EL electronic, EM e-mail, FX fax, FT file, AA on request
    control_number: str = ""  # PWK06, qualifier AC


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPayer:
    """Loops 2320, 2330A, 2330B: another payer of the same claim and what it decided. Amounts in dollars."""

    responsibility: str  # SBR01
    relationship: str = "18"  # SBR02: patient to that subscriber
    group_number: str = ""
    group_name: str = ""
    insurance_type: str = ""
    filing_indicator: str
    adjustments: tuple[Adjustment, ...] = ()  # claim level CAS
    paid: Decimal | None = None  # AMT*D
    noncovered: Decimal | None = None  # AMT*A8
    patient_liability: Decimal | None = None  # AMT*EAF
    benefits_assigned: str = "Y"  # OI03
    release: str = "Y"  # OI06
    signature_source: str = ""  # OI04
    remark_codes: tuple[str, ...] = ()  # MOA03-07
    subscriber: Name
    member_id: str
    subscriber_address: Address | None = None
    payer: Payer  # its id is repeated in SVD01; its REF may hold F8 (that payer's claim number), G1, 9F
    decided_on: date | None = None  # 2330B DTP*573; leave empty when the lines carry it


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAdjudication:
    """Loop 2430: what another payer decided on this line."""

    payer_id: str  # SVD01 = OtherPayer.payer.id
    paid: Decimal  # SVD02
    qualifier: str = "HC"
    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal  # SVD05
    bundled_line: int | None = None  # SVD06
    adjustments: tuple[Adjustment, ...] = ()
    decided_on: date | None  # DTP*573
    patient_liability: Decimal | None = None  # AMT*EAF


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """Loop 2410: LIN*N4, CTP, REF*XZ."""

    ndc: str  # 11 digits
    units: Decimal
    unit: str = "UN"  # F2, GR, ME, ML, UN
    prescription_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """Loop 2400. `charge` in dollars; `units` in `unit_basis` (UN units, MJ minutes)."""

    number: int  # LX01
    qualifier: str = "HC"  # SV101-1
    code: str  # SV101-2
    modifiers: tuple[str, ...] = ()  # SV101-3..6
    description: str = ""  # SV101-7
    charge: Decimal  # SV102
    unit_basis: str = "UN"  # SV103
    units: Decimal  # SV104
    place_of_service: str = ""  # SV105, only when other than the claim's
    pointers: tuple[int, ...] = (1,)  # SV107, 1-based into Claim.diagnoses
    emergency: bool = False  # SV109
    epsdt: bool = False  # SV111
    family_planning: bool = False  # SV112
    service_from: date | None  # DTP*472; None only when a file that was read has none
    service_to: date | None = None  # given: a range is written
    line_control_number: str = ""  # REF*6R
    prior_authorization: str = ""  # REF*G1
    referral_number: str = ""  # REF*9F
    clia_number: str = ""  # REF*X4
    note: Note | None = None
    drug: Drug | None = None
    rendering: Provider | None = None  # 2420A
    supervising: Provider | None = None  # 2420D
    ordering: Provider | None = None  # 2420E
    referring: Provider | None = None  # 2420F
    service_facility: Provider | None = None  # 2420C
    adjudications: tuple[LineAdjudication, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim with all that the hierarchy says about it, so that it can be read and written alone.

    `diagnoses` are codes without the dot, the first one principal (HI ABK, then ABF; BK/BF when
    `diagnosis_version` is 9). `raw` is the claim's own text (CLM to its last segment) when it was read from a file.
    """

    billing: BillingProvider
    subscriber: Subscriber
    payer: Payer
    patient: Patient | None = None
    number: str  # CLM01, at most 20 characters that payers return
    charge: Decimal  # CLM02
    place_of_service: str  # CLM05-1
    frequency: str = "1"  # CLM05-3: 1 original, 7 replacement, 8 void
    provider_signature: bool = True  # CLM06
    assignment: str = "A"  # CLM07: A assigned, B lab only, C not assigned
    benefits_assigned: str = "Y"  # CLM08: Y, N, W
    release: str = "Y"  # CLM09: Y, I
    signature_source: str = ""  # CLM10: P
    causes: tuple[str, ...] = ()  # CLM11-1..2: AA auto, EM employment, OA other accident
    accident_state: str = ""  # CLM11-4
    accident_country: str = ""  # CLM11-5
    special_program: str = ""  # CLM12
    delay_reason: str = ""  # CLM20
    onset_date: date | None = None  # DTP*431
    initial_treatment_date: date | None = None  # DTP*454
    last_seen_date: date | None = None  # DTP*304
    acute_manifestation_date: date | None = None  # DTP*453
    accident_date: date | None = None  # DTP*439
    last_menstrual_date: date | None = None  # DTP*484
    last_xray_date: date | None = None  # DTP*455
    last_worked_date: date | None = None  # DTP*297
    return_to_work_date: date | None = None  # DTP*296
    admission_date: date | None = None  # DTP*435
    discharge_date: date | None = None  # DTP*096
    attachments: tuple[Attachment, ...] = ()  # PWK
    patient_paid: Decimal | None = None  # AMT*F5
    prior_authorization: str = ""  # REF*G1
    referral_number: str = ""  # REF*9F
    payer_control_number: str = ""  # REF*F8
    clia_number: str = ""  # REF*X4
    mammography_number: str = ""  # REF*EW
    device_exemption: str = ""  # REF*LX
    clearinghouse_number: str = ""  # REF*D9
    medical_record_number: str = ""  # REF*EA
    references: tuple[Reference, ...] = ()  # any other claim REF, in order
    note: Note | None = None
    diagnoses: tuple[str, ...]  # HI, 1 to 12
    diagnosis_version: int = 10
    referring: Provider | None = None  # 2310A DN
    primary_care: Provider | None = None  # 2310A P3
    rendering: Provider | None = None  # 2310B
    service_facility: Provider | None = None  # 2310C
    supervising: Provider | None = None  # 2310D
    other_payers: tuple[OtherPayer, ...] = ()
    lines: tuple[ServiceLine, ...]
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfessionalBatch:
    """One interchange, one group, one 837 transaction set."""

    header: InterchangeHeader
    submitter: Submitter
    receiver: Receiver
    reference: str  # BHT03: our own name for the batch, comes back in the 277CA
    set_control_number: str = "0001"  # ST02, 4 to 9 digits
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBatch:
    """The file and where each claim is in it.

    `claims`: claim number to its own text (CLM to its last segment, an exact slice of `content`).
    `contexts`: claim number to the loops above it (billing provider, subscriber, patient) as written.
    `positions`: claim number to (first, last) segment position inside the transaction set, ST = 1, the way a 999
    counts in IK302.
    """

    content: bytes
    claims: dict[str, str]
    contexts: dict[str, str]
    positions: dict[str, tuple[int, int]]

    def claim_at(self, position: int) -> str | None:
        """Claim number at a segment position of the transaction set, as a 999 reports it; None outside claims."""
        for number, (first, last) in self.positions.items():
            if first <= position <= last:
                return number
        return None

"""What every kind of 837 says, as data. Source: X12 005010X222A1, X223A2, X224A2; loop and element in the comments.

Facts of a level hold the text they were read from in `raw` (HL to the level's last segment, line breaks left out).
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from edi.adjustments import Adjustment
from edi.envelope import InterchangeHeader
from edi.errors import Problem
from edi.parties import Address, Contact, Name, Person, Reference


@dataclass(frozen=True, kw_only=True)
class Submitter:
    """Loop 1000A."""

    name: Name
    id: str  # NM109, qualifier 46
    contact: Contact


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Loop 1000B."""

    name: str
    id: str


@dataclass(frozen=True, kw_only=True)
class PayToPlan:
    """Loop 2010AC: the plan that gets the money, in claims from payer to payer (subrogation)."""

    name: str
    id: str
    id_qualifier: str = "PI"  # PI or XV
    address: Address | None = None
    tax_id: str = ""  # REF*EI
    references: tuple[Reference, ...] = ()  # 2U, FY, NF


@dataclass(frozen=True, kw_only=True)
class BillingProvider:
    """Loops 2000A, 2010AA, 2010AB, 2010AC. The address is a street address with a 9-digit ZIP."""

    name: Name
    npi: str
    tax_id: str
    tax_id_qualifier: str = "EI"  # EI employer number, SY social security number
    taxonomy: str = ""  # PRV*BI
    currency: str = ""  # CUR02, only when not US dollars
    address: Address
    contact: Contact | None = None
    pay_to: Address | None = None  # 2010AB
    pay_to_plan: PayToPlan | None = None  # 2010AC
    references: tuple[Reference, ...] = ()  # 2010AA REF other than the tax id (0B, 1G)
    problems: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Subscriber:
    """Loops 2000B, 2010BA. Address, birth date and sex are required when the subscriber is the patient.

    `death_date`, `weight` and `pregnant` are the patient's, so they stand here only when that is the subscriber.
    """

    responsibility: str = "P"  # SBR01: P primary, S secondary, T tertiary, A-H later ones, U unknown
    relationship: str = "18"  # SBR02: "18" when subscriber = patient, else ""
    group_number: str = ""  # SBR03
    group_name: str = ""  # SBR04
    insurance_type: str = ""  # SBR05, Medicare secondary reason
    filing_indicator: str  # SBR09: 12, 13, CI, BL, MB, MC, ...
    death_date: date | None = None  # PAT06
    weight: Decimal | None = None  # PAT08, pounds
    pregnant: bool = False  # PAT09
    name: Name
    member_id: str
    member_id_qualifier: str = "MI"  # MI member number, II standard health identifier
    address: Address | None = None
    birth_date: date | None = None
    sex: str = ""  # F, M, U
    references: tuple[Reference, ...] = ()  # SY, Y4
    contact: Contact | None = None  # property and casualty
    problems: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    raw: str = field(default="", compare=False, repr=False)  # the payer's loop is in it
    segment_number: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Patient:
    """Loops 2000C, 2010CA: only when the patient is not the subscriber."""

    relationship: str  # PAT01: 01 spouse, 19 child, 20, 21, 39, 40, 53, G8
    death_date: date | None = None  # PAT06
    weight: Decimal | None = None  # PAT08, pounds
    pregnant: bool = False  # PAT09
    name: Person
    address: Address
    birth_date: date | None = None
    sex: str = ""
    references: tuple[Reference, ...] = ()  # Y4, 1W
    contact: Contact | None = None  # property and casualty
    problems: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Payer:
    """Loop 2010BB (and 2330B)."""

    name: str
    id: str
    id_qualifier: str = "PI"  # PI or XV
    address: Address | None = None
    references: tuple[Reference, ...] = ()  # 2U, EI, FY, NF, G2, LU


@dataclass(frozen=True, kw_only=True)
class Provider:
    """A provider or place of a claim or line (loops 2310, 2420). `taxonomy` only where the guide has PRV.

    Ambulance pick-up and drop-off are places: an address, and for the drop-off perhaps a name.
    """

    name: Name
    npi: str = ""
    taxonomy: str = ""
    address: Address | None = None
    references: tuple[Reference, ...] = ()  # 0B, 1G, G2, LU
    contact: Contact | None = None  # service facility, ordering provider


@dataclass(frozen=True, kw_only=True)
class Note:
    """NTE."""

    text: str
    kind: str = "ADD"  # NTE01: which ones a claim or line may have is in its guide


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """PWK."""

    report: str  # PWK01, e.g. OZ, 03, CT
    transmission: str  # PWK02: BM mail, EL electronic, EM e-mail, FX fax, FT file, AA on request
    control_number: str = ""  # PWK06, qualifier AC


@dataclass(frozen=True, kw_only=True)
class Contract:
    """CN1. `amount` in dollars, `percent` and `discount_percent` of 100."""

    kind: str  # CN101: 01 DRG, 02 per diem, 03 variable per diem, 04 flat, 05 capitated, 06 percent, 09 other
    amount: Decimal | None = None  # CN102
    percent: Decimal | None = None  # CN103
    code: str = ""  # CN104
    discount_percent: Decimal | None = None  # CN105
    version: str = ""  # CN106


@dataclass(frozen=True, kw_only=True)
class Pricing:
    """HCP: what a repricer made of the charge. Amounts in dollars."""

    method: str  # HCP01
    allowed: Decimal  # HCP02
    savings: Decimal | None = None  # HCP03
    organization: str = ""  # HCP04, the repricer's id
    rate: Decimal | None = None  # HCP05, per diem or flat
    group_code: str = ""  # HCP06: ambulatory patient group or DRG
    group_amount: Decimal | None = None  # HCP07
    revenue_code: str = ""  # HCP08
    qualifier: str = ""  # HCP09
    code: str = ""  # HCP10, the procedure as approved
    unit_basis: str = ""  # HCP11
    units: Decimal | None = None  # HCP12
    rejection: str = ""  # HCP13
    compliance: str = ""  # HCP14
    exception: str = ""  # HCP15


@dataclass(frozen=True, kw_only=True)
class Condition:
    """CRC: a kind of question, whether the conditions apply, and which."""

    category: str  # CRC01: 07 ambulance, 09 DME, 70 hospice, 75 homebound, E1-E3 vision, ZZ EPSDT
    applies: bool  # CRC02
    codes: tuple[str, ...]  # CRC03-07


@dataclass(frozen=True, kw_only=True)
class OtherPayerProvider:
    """Loops 2330C and on: what another payer calls a provider of the claim."""

    entity: str  # NM101: DN, 82, 77, DQ, 85, 71, 72, ...
    is_person: bool = False  # NM102
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InpatientDecision:
    """MIA, every element as sent (index 0 = MIA01), the way an 835 gives it."""

    elements: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OtherPayer:
    """Loops 2320, 2330: another payer of the same claim and what it decided. Amounts in dollars."""

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
    inpatient: InpatientDecision | None = None  # MIA
    reimbursement_rate: Decimal | None = None  # MOA01
    payable: Decimal | None = None  # MOA02, HCPCS payable
    remark_codes: tuple[str, ...] = ()  # MOA03-07
    esrd_paid: Decimal | None = None  # MOA08
    professional_component: Decimal | None = None  # MOA09
    subscriber: Name
    member_id: str
    member_id_qualifier: str = "MI"
    subscriber_address: Address | None = None
    subscriber_references: tuple[Reference, ...] = ()  # SY
    payer: Payer  # its id is repeated in SVD01; its REF may hold F8 (that payer's claim number), G1, 9F
    decided_on: date | None = None  # 2330B DTP*573; leave empty when the lines carry it
    providers: tuple[OtherPayerProvider, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LineAdjudication:
    """Loop 2430: what another payer decided on this line."""

    payer_id: str  # SVD01 = OtherPayer.payer.id
    paid: Decimal  # SVD02
    qualifier: str = "HC"
    code: str
    modifiers: tuple[str, ...] = ()
    description: str = ""
    revenue_code: str = ""  # SVD04, institutional
    units: Decimal  # SVD05
    bundled_line: int | None = None  # SVD06
    adjustments: tuple[Adjustment, ...] = ()
    decided_on: date | None  # DTP*573
    patient_liability: Decimal | None = None  # AMT*EAF


@dataclass(frozen=True, kw_only=True)
class Drug:
    """Loop 2410: LIN, CTP, REF."""

    ndc: str  # 11 digits when the qualifier is N4
    qualifier: str = "N4"  # LIN02
    units: Decimal
    unit: str = "UN"  # F2, GR, ME, ML, UN
    prescription_number: str = ""  # REF*XZ
    link_number: str = ""  # REF*VY, ties the parts of a compound


@dataclass(frozen=True, kw_only=True)
class AnyLine:
    """What the service lines of all kinds have (loop 2400). `charge` in dollars."""

    number: int  # LX01
    qualifier: str
    code: str
    modifiers: tuple[str, ...] = ()
    description: str = ""
    charge: Decimal
    units: Decimal
    service_from: date | None
    service_to: date | None = None  # given: a range is written
    line_control_number: str = ""  # REF*6R
    repriced_number: str = ""  # REF*9B
    adjusted_repriced_number: str = ""  # REF*9D
    references: tuple[Reference, ...] = ()  # any other line REF, in order
    pricing: Pricing | None = None  # HCP
    adjudications: tuple[LineAdjudication, ...] = ()  # 2430


@dataclass(frozen=True, kw_only=True)
class PlacedLine(AnyLine):
    """What lines of professional and dental claims have beyond that."""

    place_of_service: str = ""  # SV105, SV303: only when other than the claim's
    pointers: tuple[int, ...]  # SV107, SV311: 1-based into Claim.diagnoses


@dataclass(frozen=True, kw_only=True)
class AnyClaim:
    """What the claims of all kinds have: one claim with all that the hierarchy says about it, so that it can be read
    and written alone. `raw` is the claim's own text (CLM to its last segment) when it was read from a file.
    """

    billing: BillingProvider
    subscriber: Subscriber
    payer: Payer
    patient: Patient | None = None
    number: str  # CLM01, at most 20 characters that payers return
    charge: Decimal  # CLM02
    frequency: str = "1"  # CLM05-3: 1 original, 7 replacement, 8 void
    assignment: str = "A"  # CLM07: A assigned, B lab only, C not assigned
    benefits_assigned: str = "Y"  # CLM08: Y, N, W
    release: str = "Y"  # CLM09: Y, I
    delay_reason: str = ""  # CLM20
    repricer_received_date: date | None = None  # DTP*050
    attachments: tuple[Attachment, ...] = ()  # PWK
    contract: Contract | None = None  # CN1
    service_exception: str = ""  # REF*4N
    referral_number: str = ""  # REF*9F
    prior_authorization: str = ""  # REF*G1
    payer_control_number: str = ""  # REF*F8
    repriced_number: str = ""  # REF*9A
    adjusted_repriced_number: str = ""  # REF*9C
    clearinghouse_number: str = ""  # REF*D9
    references: tuple[Reference, ...] = ()  # any other claim REF, in order
    file_information: tuple[str, ...] = ()  # K3
    pricing: Pricing | None = None  # HCP
    diagnosis_version: int = 10  # 9 only in old files
    other_payers: tuple[OtherPayer, ...] = ()
    lines: tuple[AnyLine, ...]
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class AnyBatch:
    """One interchange, one group, one 837 transaction set."""

    header: InterchangeHeader
    submitter: Submitter
    receiver: Receiver
    reference: str  # BHT03: our own name for the batch, comes back in the 277CA
    purpose: str = "00"  # BHT02: 00 original, 18 sent again
    claim_kind: str = "CH"  # BHT06: CH chargeable, RP encounter reporting, 31 subrogation
    set_control_number: str = "0001"  # ST02, 4 to 9 digits


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What stands above the first level of a transaction set: ST, BHT, loops 1000A and 1000B."""

    set_control_number: str  # ST02
    guide: str  # ST03, else GS08
    reference: str  # BHT03
    purpose: str  # BHT02
    created_on: date | None  # BHT04
    claim_kind: str  # BHT06
    submitter: Submitter
    receiver: Receiver
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
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

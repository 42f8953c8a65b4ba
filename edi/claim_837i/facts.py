"""An institutional claim as data. Source: X12 005010X223A2 (and A3); loop and element in the trailing comments."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from edi.claim_837.facts import AnyBatch, AnyClaim, AnyLine, Attachment, Condition, Drug, Note, Provider

GUIDE = "005010X223A2"


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """A code without the dot, and whether the patient came with it."""

    code: str
    present_on_admission: str = ""  # Y, N, U, W; empty when exempt or not inpatient


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """An inpatient procedure (ICD-10-PCS; ICD-9 volume 3 in old files) and its day."""

    code: str
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """HI BH: an event and its day."""

    code: str
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class OccurrenceSpan:
    """HI BI: an event and its days."""

    code: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class CodedValue:
    """HI BE: an amount in dollars, or a count, as the code says."""

    code: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class ServiceLine(AnyLine):
    """Loop 2400. `units` in `unit_basis` (UN units, DA days)."""

    revenue_code: str  # SV201
    qualifier: str = ""  # SV202-1: HC, HP (HIPPS), ...; empty when the line has a revenue code alone
    code: str = ""  # SV202-2; modifiers SV202-3..6, description SV202-7
    unit_basis: str = "UN"  # SV204
    units: Decimal  # SV205
    noncovered: Decimal | None = None  # SV207, dollars
    attachments: tuple[Attachment, ...] = ()  # PWK
    service_from: date | None = None  # DTP*472
    service_tax: Decimal | None = None  # AMT*GT
    facility_tax: Decimal | None = None  # AMT*N8
    third_party_note: str = ""  # NTE*TPO
    drug: Drug | None = None  # 2410
    operating: Provider | None = None  # 2420A
    other_operating: Provider | None = None  # 2420B
    rendering: Provider | None = None  # 2420C
    referring: Provider | None = None  # 2420D


@dataclass(frozen=True, kw_only=True)
class Claim(AnyClaim):
    """One institutional claim. Codes stand without the dot; hours are HHMM text, as sent."""

    facility_type: str  # CLM05-1: the first two digits of the type of bill; the third is `frequency`
    discharge_hour: str = ""  # DTP*096 TM
    statement_from: date | None  # DTP*434; None only when a file that was read has none
    statement_to: date | None  # DTP*434
    admission_date: date | None = None  # DTP*435
    admission_hour: str = ""  # DTP*435 DT
    admission_type: str = ""  # CL101
    admission_source: str = ""  # CL102
    patient_status: str = ""  # CL103
    patient_due: Decimal | None = None  # AMT*F3
    device_exemptions: tuple[str, ...] = ()  # REF*LX
    accident_state: str = ""  # REF*LU
    medical_record_number: str = ""  # REF*EA
    demonstration_project: str = ""  # REF*P4
    peer_review_number: str = ""  # REF*G4
    notes: tuple[Note, ...] = ()  # NTE: claim notes, then the billing note (ADD)
    conditions: tuple[Condition, ...] = ()  # CRC ZZ (EPSDT)
    principal: Diagnosis | None  # HI ABK; None only when a file that was read has none
    admitting: str = ""  # HI ABJ
    visit_reasons: tuple[str, ...] = ()  # HI APR
    external_causes: tuple[Diagnosis, ...] = ()  # HI ABN
    drg: str = ""  # HI DR
    other_diagnoses: tuple[Diagnosis, ...] = ()  # HI ABF, up to 24
    principal_procedure: Procedure | None = None  # HI BBR
    other_procedures: tuple[Procedure, ...] = ()  # HI BBQ, up to 24
    occurrence_spans: tuple[OccurrenceSpan, ...] = ()  # HI BI
    occurrences: tuple[Occurrence, ...] = ()  # HI BH
    coded_values: tuple[CodedValue, ...] = ()  # HI BE
    condition_codes: tuple[str, ...] = ()  # HI BG
    treatment_codes: tuple[str, ...] = ()  # HI TC
    attending: Provider | None = None  # 2310A
    operating: Provider | None = None  # 2310B
    other_operating: Provider | None = None  # 2310C
    rendering: Provider | None = None  # 2310D
    service_facility: Provider | None = None  # 2310E
    referring: Provider | None = None  # 2310F
    lines: tuple[ServiceLine, ...]

    @property
    def type_of_bill(self) -> str:
        """Three digits: kind of facility and bill, then the frequency (form locator 4 without its leading zero)."""
        return self.facility_type + self.frequency

    @property
    def diagnoses(self) -> tuple[str, ...]:
        """Codes of principal and other diagnoses, in order."""
        first = (self.principal.code,) if self.principal else ()
        return first + tuple(each.code for each in self.other_diagnoses)


@dataclass(frozen=True, kw_only=True)
class InstitutionalBatch(AnyBatch):
    """One interchange with institutional claims."""

    guide: str = GUIDE
    claims: tuple[Claim, ...]

"""A remittance as data, money in dollars with the sign as sent. Source: X12 005010X221A1, elements as comments."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from edi.adjustments import Adjustment
from edi.envelope import Group, Interchange
from edi.errors import Problem
from edi.parties import Address, Contact, NamedParty, Reference


@dataclass(frozen=True, kw_only=True)
class QualifiedDate:
    """DTM."""

    qualifier: str
    on: date


@dataclass(frozen=True, kw_only=True)
class QualifiedAmount:
    """AMT (dollars) or QTY (units)."""

    qualifier: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class RemitParty:
    """N1 loop: the payer (1000A) or the payee (1000B)."""

    name: str = ""
    id_qualifier: str = ""  # XV; XX, FI
    id: str = ""
    address: Address | None = None
    references: tuple[Reference, ...] = ()  # payee: TJ tax id, PQ
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RemitHeader:
    """All that stands before the first claim."""

    interchange: Interchange | None = field(default=None, compare=False, repr=False)
    group: Group | None = field(default=None, compare=False, repr=False)
    set_control_number: str = "0001"  # ST02
    handling: str  # BPR01: I money + remittance, H notification only, C, D, P, U, X
    paid: Decimal  # BPR02
    credit_debit: str = "C"  # BPR03: C credit, D debit
    method: str  # BPR04: ACH, CHK, NON, FWT, BOP
    payment_format: str = ""  # BPR05: CCP, CTX
    originating_company: str = ""  # BPR10
    payment_date: date | None = None  # BPR16
    trace_number: str  # TRN02: check or EFT number
    payer_id: str = ""  # TRN03: 1 + payer's tax id, the company id of the EFT
    trace_supplement: str = ""  # TRN04
    receiver_id: str = ""  # REF*EV
    references: tuple[Reference, ...] = ()  # other REF of the header
    production_date: date | None = None  # DTM*405
    payer: RemitParty
    payee: RemitParty
    raw: str = field(default="", compare=False, repr=False)  # from ST to the last segment before LX
    segment_number: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class RemitProcedure:
    """The composite of SVC01 or SVC06."""

    qualifier: str = ""  # HC, NU, AD, N4, WK, HP, ER, IV, ZZ
    code: str = ""
    modifiers: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class RemitLine:
    """Loop 2110."""

    number: int  # 1-based place within the claim
    procedure: RemitProcedure  # SVC01: as adjudicated
    charge: Decimal  # SVC02
    paid: Decimal  # SVC03
    revenue_code: str = ""  # SVC04
    units: Decimal | None = None  # SVC05; the guide reads an absent one as 1
    billed: RemitProcedure | None = None  # SVC06: as billed, when the payer changed it
    billed_units: Decimal | None = None  # SVC07
    dates: tuple[QualifiedDate, ...] = ()  # 150, 151, 472
    adjustments: tuple[Adjustment, ...] = ()
    references: tuple[Reference, ...] = ()  # 6R our line control number, and others
    amounts: tuple[QualifiedAmount, ...] = ()  # B6 allowed, ...
    quantities: tuple[QualifiedAmount, ...] = ()
    remark_codes: tuple[str, ...] = ()  # LQ02, all of them
    remark_lists: tuple[str, ...] = ()  # LQ01 of each; none when all are HE
    segment_number: int = field(default=0, compare=False)

    @property
    def service_from(self) -> date | None:
        """First day of service (DTM 472, else 150), None when the payer gave none on the line."""
        return _first_date(self.dates, ("472", "150"))

    @property
    def service_to(self) -> date | None:
        """Last day of service."""
        return _first_date(self.dates, ("151", "472", "150"))

    @property
    def line_control_number(self) -> str:
        """REF*6R, empty when the payer didn't return it."""
        return _first_reference(self.references, "6R")

    @property
    def allowed(self) -> Decimal | None:
        """AMT*B6."""
        return _first_amount(self.amounts, "B6")


@dataclass(frozen=True, kw_only=True)
class InpatientFacts:
    """MIA, every element as sent (index 0 = MIA01)."""

    elements: tuple[str, ...]
    remark_codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OutpatientFacts:
    """MOA, every element as sent (index 0 = MOA01)."""

    elements: tuple[str, ...]
    remark_codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProviderSummary:
    """TS3 and TS2 below an LX: totals of one provider's claims, every element as sent (index 0 = TS301, TS201)."""

    elements: tuple[str, ...] = ()
    inpatient: tuple[str, ...] = ()
    raw: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class RemitClaim:
    """Loop 2100. `raw` is its text from CLP to its last segment."""

    number: str  # CLP01: our claim number as the payer returns it
    status: str  # CLP02
    charge: Decimal  # CLP03
    paid: Decimal  # CLP04
    patient_responsibility: Decimal | None = None  # CLP05
    filing_indicator: str = ""  # CLP06
    payer_control_number: str = ""  # CLP07
    facility_code: str = ""  # CLP08
    frequency: str = ""  # CLP09
    drg: str = ""  # CLP11
    drg_weight: Decimal | None = None  # CLP12
    discharge_fraction: Decimal | None = None  # CLP13
    adjustments: tuple[Adjustment, ...] = ()
    patient: NamedParty | None = None  # NM1*QC
    insured: NamedParty | None = None  # NM1*IL
    corrected_insured: NamedParty | None = None  # NM1*74
    rendering: NamedParty | None = None  # NM1*82
    crossover_carrier: NamedParty | None = None  # NM1*TT
    corrected_payer: NamedParty | None = None  # NM1*PR
    other_insured: NamedParty | None = None  # NM1*GB
    inpatient: InpatientFacts | None = None  # MIA
    outpatient: OutpatientFacts | None = None  # MOA
    references: tuple[Reference, ...] = ()
    dates: tuple[QualifiedDate, ...] = ()  # 232, 233 statement, 050 received, 036 expired
    contacts: tuple[Contact, ...] = ()
    amounts: tuple[QualifiedAmount, ...] = ()  # I interest, AU covered, D8 discount, F5 ...
    quantities: tuple[QualifiedAmount, ...] = ()
    lines: tuple[RemitLine, ...] = ()
    header_number: str = ""  # LX01 above it
    summary: ProviderSummary | None = None  # TS3 and TS2 above it
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)

    @property
    def is_reversal(self) -> bool:
        return self.status == "22"

    @property
    def is_predetermination(self) -> bool:
        """An estimate: nothing to post."""
        return self.status == "25"

    @property
    def remark_codes(self) -> tuple[str, ...]:
        """Claim-level remarks of MIA and MOA."""
        inpatient = self.inpatient.remark_codes if self.inpatient else ()
        outpatient = self.outpatient.remark_codes if self.outpatient else ()
        return inpatient + outpatient

    @property
    def all_adjustments(self) -> tuple[Adjustment, ...]:
        """Claim-level ones first, then line by line."""
        return self.adjustments + tuple(each for line in self.lines for each in line.adjustments)

    @property
    def service_from(self) -> date | None:
        """Earliest day of service: of the lines, else the statement's."""
        days = [day for line in self.lines if (day := line.service_from)]
        return min(days) if days else _first_date(self.dates, ("232",))

    @property
    def received_date(self) -> date | None:
        """The day the payer says it got the claim (DTM*050)."""
        return _first_date(self.dates, ("050",))

    @property
    def interest(self) -> Decimal | None:
        """AMT*I. Part of the money of PLB L6, not of CLP04."""
        return _first_amount(self.amounts, "I")

    def reference(self, qualifier: str) -> str:
        """First REF02 with that qualifier, or an empty string."""
        return _first_reference(self.references, qualifier)


@dataclass(frozen=True, kw_only=True)
class ProviderAdjustment:
    """One pair of a PLB. A positive amount lowers the payment, a negative one raises it."""

    provider_id: str  # PLB01
    fiscal_date: date | None  # PLB02
    code: str  # PLB03-1: WO, FB, CS, 72, L6, ...
    reference: str = ""  # PLB03-2
    amount: Decimal  # PLB04
    segment_number: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class WholeRemit:
    """A remittance that is completely in memory: for small files, tests and writing."""

    header: RemitHeader
    claims: tuple[RemitClaim, ...] = ()
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    problems: tuple[Problem, ...] = ()


def _first_date(dates: Iterable[QualifiedDate], qualifiers: tuple[str, ...]) -> date | None:
    by_qualifier = {each.qualifier: each.on for each in reversed(tuple(dates))}
    return next((by_qualifier[each] for each in qualifiers if each in by_qualifier), None)


def _first_amount(amounts: Iterable[QualifiedAmount], qualifier: str) -> Decimal | None:
    return next((each.amount for each in amounts if each.qualifier == qualifier), None)


def _first_reference(references: Iterable[Reference], qualifier: str) -> str:
    return next((each.value for each in references if each.qualifier == qualifier), "")

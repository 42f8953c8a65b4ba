"""What is asked and answered about coverage. Source: X12 005010X279A1; loop and element in the trailing comments."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from edi.envelope import InterchangeHeader
from edi.errors import Problem
from edi.members import DatedPeriod, Member, ServiceCode, Trace
from edi.parties import Address, Contact, NamedParty, Reference

ACTIVE = frozenset("12345")  # EB01: active, by kind of risk
INACTIVE = frozenset("678")
DEDUCTIBLE, COINSURANCE, COPAY, OUT_OF_POCKET = "C", "A", "B", "G"  # EB01


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityQuestion:
    """Loop 2110, EQ: service types, or one procedure."""

    service_types: tuple[str, ...] = ()  # EQ01: 30 the plan as a whole
    service: ServiceCode | None = None  # EQ02
    level: str = ""  # EQ03: FAM


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityInquiry:
    """One patient to ask about. `patient` only when not the subscriber; without a date the payer takes today."""

    payer: NamedParty  # NM1*PR
    provider: NamedParty  # NM1*1P: who asks
    provider_taxonomy: str = ""  # PRV03
    subscriber: Member
    patient: Member | None = None
    trace: str = ""  # TRN02, comes back
    trace_company: str = ""  # TRN03: 9 + nine digits of who asks
    service_from: date | None = None  # DTP*291
    service_to: date | None = None
    questions: tuple[EligibilityQuestion, ...] = (EligibilityQuestion(service_types=("30",)),)
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityInquiryBatch:
    """One interchange with one 270."""

    header: InterchangeHeader
    reference: str  # BHT03
    set_control_number: str = "0001"
    inquiries: tuple[EligibilityInquiry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityRefusal:
    """AAA: why nothing (or not all) was answered."""

    level: str  # payer, receiver, subscriber, dependent, benefit
    valid: bool  # AAA01 = Y: the question was understood, the answer is no
    reason: str  # AAA03: 42 try later, 71 birth date, 72 member id, 73 name, 75 not found, ...
    follow_up: str = ""  # AAA04: C correct and resend, N don't, R resend, S don't, wait


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitParty:
    """Loop 2120: another payer, a primary care provider, ..."""

    party: NamedParty
    address: Address | None = None
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """Loop 2110, EB: one statement about coverage. `amount` in dollars, `percent` as a share (0.2 = 20 %)."""

    information: str  # EB01: 1 active, 6 inactive, A coinsurance, B copay, C deductible, G out of pocket, ...
    level: str = ""  # EB02: IND, FAM, ...
    service_types: tuple[str, ...] = ()  # EB03
    insurance_type: str = ""  # EB04
    plan: str = ""  # EB05
    period: str = ""  # EB06: 23 calendar year, 27 visit, 29 remaining, ...
    amount: Decimal | None = None  # EB07
    percent: Decimal | None = None  # EB08
    quantity_qualifier: str = ""  # EB09
    quantity: Decimal | None = None  # EB10
    authorization: str = ""  # EB11: Y needed, N not, U unknown
    in_network: str = ""  # EB12: Y, N, U, W both
    service: ServiceCode | None = None  # EB13
    deliveries: tuple[tuple[str, ...], ...] = ()  # HSD, the elements of each as sent
    references: tuple[Reference, ...] = ()
    dates: tuple[DatedPeriod, ...] = ()
    places: tuple[str, ...] = ()  # III*ZZ: place of service codes
    messages: tuple[str, ...] = ()  # MSG
    refusals: tuple[EligibilityRefusal, ...] = ()
    parties: tuple[BenefitParty, ...] = ()

    @property
    def remaining(self) -> bool:
        """What is left of a limit or deductible, not the whole of it."""
        return self.period == "29"


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityAnswer:
    """The answer about one patient, or a refusal at payer or receiver level (then there is no subscriber)."""

    payer: NamedParty | None = None
    provider: NamedParty | None = None
    subscriber: Member | None = None
    patient: Member | None = None  # only when not the subscriber
    traces: tuple[Trace, ...] = ()  # TRN with TRN01 = 2: ours coming back
    dates: tuple[DatedPeriod, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    refusals: tuple[EligibilityRefusal, ...] = ()
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)

    @property
    def is_active(self) -> bool | None:
        """Whether the plan covers the patient; None when the payer didn't say."""
        plan = [each for each in self.benefits if not each.service_types or "30" in each.service_types]
        said = {each.information for each in plan} or {each.information for each in self.benefits}
        if said & ACTIVE:
            return True
        return False if said & INACTIVE else None

    def money(self, information: str, service_type: str = "30") -> tuple[Benefit, ...]:
        """Every statement of one kind (deductible C, copay B, ...) that names a service type and an amount or share."""
        return tuple(
            each
            for each in self.benefits
            if each.information == information
            and service_type in each.service_types
            and (each.amount is not None or each.percent is not None)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityAnswerBatch:
    """One interchange with one 271."""

    header: InterchangeHeader
    reference: str  # BHT03, as asked
    set_control_number: str = "0001"
    answers: tuple[EligibilityAnswer, ...]

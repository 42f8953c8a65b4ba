"""A request for authorization (or referral, or admission) and its answer: one shape, as the guide has it.

Source: X12 005010X217; loop and element in the trailing comments. An answer repeats what was asked and adds
decisions and refusals.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from edi.envelope import InterchangeHeader
from edi.errors import Problem
from edi.members import DatedPeriod, Member, ServiceCode
from edi.parties import Address, Contact, NamedParty, Reference


class ReviewPurpose(StrEnum):
    """BHT02."""

    REQUEST = "13"
    CANCEL = "01"
    ANSWER = "11"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """HCR."""

    action: str  # HCR01: A1 certified, A2 in part, A3 not, A4 pended, A6 modified, C cancelled, CT call, NA not needed
    number: str = ""  # HCR02: the authorization
    reasons: tuple[str, ...] = ()  # HCR03: why not, or why pended
    second_opinion: bool = False  # HCR04

    @property
    def is_certified(self) -> bool:
        """The service may be given (in full, in part, or changed), or needs no authorization."""
        return self.action in ("A1", "A2", "A6", "NA")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRefusal:
    """AAA: why the request couldn't be taken."""

    level: str  # payer, requester, subscriber, dependent, event, service
    valid: bool  # AAA01
    reason: str  # AAA03
    follow_up: str = ""  # AAA04


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewProvider:
    """Loops 2010EA (event) and 2010F (service): who will do it."""

    party: NamedParty  # NM101: SJ who serves, 71 attending, 72 operating, 77 place, FA facility, P3, DK, DN, ...
    references: tuple[Reference, ...] = ()
    address: Address | None = None
    contacts: tuple[Contact, ...] = ()
    taxonomy: str = ""  # PRV03
    refusals: tuple[ReviewRefusal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewType:
    """UM: what is asked for."""

    category: str = ""  # UM01: HS services, SC specialty care, AR admission, IN individual
    certification: str = ""  # UM02: I first, R renewal, 3 cancel, 4 extension, S revised, 1 appeal, ...
    service_type: str = ""  # UM03
    place: str = ""  # UM04-1: place of service or first two places of the type of bill
    place_qualifier: str = ""  # UM04-2: A type of bill, B place of service
    causes: tuple[str, ...] = ()  # UM05-1..3: AA, AP, EM, ...
    urgency: str = ""  # UM06: U urgent, E elective, 03 emergency


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewService:
    """Level SS, loop 2000F: one service. `charge` in dollars."""

    trace: str = ""  # TRN02
    trace_company: str = ""  # TRN03
    type: ReviewType | None = None  # only when other than the event's
    decision: ReviewDecision | None = None
    number: str = ""  # REF*BB: an authorization given before
    dates: tuple[DatedPeriod, ...] = ()  # 472 service, 007 certified, 036 expires, 102 issued
    kind: str = "SV1"  # SV1 professional, SV2 institutional, SV3 dental
    service: ServiceCode | None = None
    revenue_code: str = ""  # SV201
    charge: Decimal | None = None
    unit_basis: str = ""
    units: Decimal | None = None
    delivery: tuple[str, ...] = ()  # HSD, its elements as sent
    messages: tuple[str, ...] = ()  # MSG
    refusals: tuple[ReviewRefusal, ...] = ()
    providers: tuple[ReviewProvider, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Level EV, loop 2000E: one patient event with its services. `patient` only when not the subscriber."""

    purpose: ReviewPurpose = ReviewPurpose.REQUEST
    reference: str = ""  # BHT03: comes back in the answer
    payer: NamedParty | None = None  # NM1*X3
    provider: NamedParty | None = None  # NM1*1P: who asks
    subscriber: Member | None = None
    patient: Member | None = None
    trace: str = ""  # TRN02, comes back
    trace_company: str = ""  # TRN03
    type: ReviewType | None = None
    decision: ReviewDecision | None = None
    number: str = ""  # REF*BB
    dates: tuple[DatedPeriod, ...] = ()  # AAH event, 435 admission, 096 discharge, 439 accident, 007 certified
    diagnoses: tuple[tuple[str, str], ...] = ()  # HI: qualifier (ABK, ABF, ABJ) and code without the dot
    delivery: tuple[str, ...] = ()  # HSD, its elements as sent
    attachments: tuple[Reference, ...] = ()  # PWK: report type and control number
    messages: tuple[str, ...] = ()
    refusals: tuple[ReviewRefusal, ...] = ()
    providers: tuple[ReviewProvider, ...] = ()
    services: tuple[ReviewService, ...] = ()
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)  # the event with its services
    segment_number: int = field(default=0, compare=False)

    @property
    def authorization(self) -> str:
        """The number that the claim must carry: of the event, else of its first certified service."""
        decisions = [self.decision, *[each.decision for each in self.services]]
        return next((each.number for each in decisions if each and each.is_certified and each.number), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBatch:
    """One interchange with a transaction set for each review."""

    header: InterchangeHeader
    reviews: tuple[Review, ...]

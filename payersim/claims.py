"""What the payers know of a claim: as it came in, and as it was decided. Plain frozen data with a JSON form."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Person:
    last_name: str
    first_name: str = ""
    middle_name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One service line (loop 2400). Charge in dollars for all units."""

    number: int
    qualifier: str
    code: str
    modifiers: tuple[str, ...]
    charge: Decimal
    units: Decimal
    diagnoses: tuple[str, ...]
    service_from: date
    service_to: date
    control: str = ""
    authorization: str = ""
    prior_paid: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim (loop 2300) with the billing provider and subscriber it was sent under."""

    claim_number: str
    payer_id: str
    payer_name: str
    frequency: str
    original_control: str
    charge: Decimal
    place: str
    filing_code: str
    payer_order: str
    batch: str
    billing_name: str
    billing_npi: str
    billing_tax_id: str
    member_id: str
    subscriber: Person
    birth_date: date | None
    sex: str
    patient: Person
    rendering: Person
    rendering_npi: str
    diagnoses: tuple[str, ...]
    authorization: str
    prior_paid: Decimal
    clearinghouse_trace: str
    lines: tuple[Line, ...]

    @property
    def first_day(self) -> date:
        """First day of service on the claim."""
        return min(line.service_from for line in self.lines)

    @property
    def last_day(self) -> date:
        """Last day of service on the claim."""
        return max(line.service_to for line in self.lines)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question of a 276: what became of this claim?"""

    payer_id: str
    payer_name: str
    receiver_name: str
    receiver_id: str
    provider_name: str
    provider_npi: str
    member_id: str
    subscriber: Person
    dependent: Person | None
    trace: str
    payer_control: str
    claim_number: str
    charge: Decimal | None
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One CAS triplet. Amount in dollars, signed as sent."""

    group: str
    reason: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LineDecision:
    number: int
    charge: Decimal
    allowed: Decimal
    paid: Decimal
    adjustments: tuple[Adjustment, ...]
    remarks: tuple[str, ...] = ()
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What the payer decided. `deductible` is what each calendar year's accumulator took, in dollars."""

    lines: tuple[LineDecision, ...]
    deductible: Mapping[int, Decimal]
    secondary: bool = False

    @property
    def charge(self) -> Decimal:
        """Charges decided on, in dollars (CLP03)."""
        return sum((line.charge for line in self.lines), ZERO)

    @property
    def paid(self) -> Decimal:
        """Dollars paid on the claim (CLP04)."""
        return sum((line.paid for line in self.lines), ZERO)

    @property
    def allowed(self) -> Decimal:
        """Dollars the plan allows for the claim (AMT*AU)."""
        return sum((line.allowed for line in self.lines), ZERO)

    @property
    def patient(self) -> Decimal:
        """Dollars left to the patient (CLP05): the sum of the PR adjustments."""
        return sum((each.amount for line in self.lines for each in line.adjustments if each.group == "PR"), ZERO)

    @property
    def denied(self) -> bool:
        """Whether every line was denied."""
        return all(line.denied for line in self.lines)

    @property
    def status(self) -> str:
        """CLP02: 4 when every line was denied, else 1, or 2 for a secondary payer."""
        return "4" if self.denied else "2" if self.secondary else "1"


def to_json(record: Claim | Decision | Inquiry) -> str:
    """The record as JSON; amounts and dates as text."""
    return json.dumps(asdict(record), default=str, separators=(",", ":"))


def claim_of(text: str) -> Claim:
    """The claim that `to_json` wrote."""
    raw = json.loads(text)
    raw["lines"] = tuple(_line(each) for each in raw["lines"])
    for name in ("charge", "prior_paid"):
        raw[name] = Decimal(raw[name])
    for name in ("subscriber", "patient", "rendering"):
        raw[name] = Person(**raw[name])
    raw["birth_date"] = _day(raw["birth_date"])
    raw["diagnoses"] = tuple(raw["diagnoses"])
    return Claim(**raw)


def decision_of(text: str) -> Decision:
    """The decision that `to_json` wrote."""
    raw = json.loads(text)
    return Decision(
        lines=tuple(_line_decision(each) for each in raw["lines"]),
        deductible={int(year): Decimal(amount) for year, amount in raw["deductible"].items()},
        secondary=raw["secondary"],
    )


def inquiry_of(text: str) -> Inquiry:
    """The inquiry that `to_json` wrote."""
    raw = json.loads(text)
    raw["subscriber"] = Person(**raw["subscriber"])
    raw["dependent"] = Person(**raw["dependent"]) if raw["dependent"] else None
    raw["charge"] = Decimal(raw["charge"]) if raw["charge"] is not None else None
    raw["first_day"], raw["last_day"] = _day(raw["first_day"]), _day(raw["last_day"])
    return Inquiry(**raw)


def _line(raw: dict[str, Any]) -> Line:
    for name in ("charge", "units", "prior_paid"):
        raw[name] = Decimal(raw[name])
    for name in ("modifiers", "diagnoses"):
        raw[name] = tuple(raw[name])
    for name in ("service_from", "service_to"):
        raw[name] = date.fromisoformat(raw[name])
    return Line(**raw)


def _line_decision(raw: dict[str, Any]) -> LineDecision:
    adjustments = tuple(
        Adjustment(each["group"], each["reason"], Decimal(each["amount"])) for each in raw["adjustments"]
    )
    return LineDecision(
        number=raw["number"],
        charge=Decimal(raw["charge"]),
        allowed=Decimal(raw["allowed"]),
        paid=Decimal(raw["paid"]),
        adjustments=adjustments,
        remarks=tuple(raw["remarks"]),
        denied=raw["denied"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""The payers file: who the practices are, which payers exist, and by which plan each payer decides."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any


class PlanError(Exception):
    """The payers file can't be used; the text says which part is wrong."""


@dataclass(frozen=True, slots=True)
class Practice:
    slug: str
    name: str
    npi: str
    tax_id: str
    submitter_id: str


@dataclass(frozen=True, slots=True)
class Member:
    member_id: str
    last_name: str
    first_name: str
    birth_date: date
    sex: str
    active_from: date
    active_to: date | None


@dataclass(frozen=True, slots=True)
class Authorization:
    number: str
    member_id: str
    codes: frozenset[str]
    first_day: date
    last_day: date

    def covers(self, *, member_id: str, code: str, on: date) -> bool:
        """Whether this authorization was given for the member, the procedure code and the day."""
        return self.member_id == member_id and code in self.codes and self.first_day <= on <= self.last_day


@dataclass(frozen=True, slots=True)
class Bundle:
    """`column_two` is not paid beside `column_one` on one day, unless it carries `modifier` ("" = never)."""

    column_one: str
    column_two: str
    modifier: str


@dataclass(frozen=True, slots=True)
class Events:
    """How often (0 to 1) something out of the ordinary happens; each is drawn per claim or file from the seed."""

    reversal_rate: float = 0.006
    takeback_rate: float = 0.003
    interest_rate: float = 0.005
    repeat_file_rate: float = 0.01
    reorder_rate: float = 0.02
    unknown_claim_rate: float = 0.001
    lost_claim_rate: float = 0.003
    unbalanced_rate: float = 0.0
    delay_days: int = 0


@dataclass(frozen=True, slots=True)
class Payer:
    """One payer's plan. Amounts in dollars, `coinsurance` and `sequestration` as shares (0.20 = 20 %)."""

    payer_id: str
    name: str
    kind: str
    filing_days: int
    acknowledge_hours: float
    decision_days: tuple[int, int]
    pay_weekday: int | None
    deductible: Decimal
    coinsurance: Decimal
    copay: Decimal
    sequestration: Decimal
    filing_indicator: str
    fee_schedule: Mapping[str, Decimal]
    needs_authorization: frozenset[str]
    covered_diagnoses: Mapping[str, tuple[str, ...]]
    bundles: tuple[Bundle, ...]
    unspecific_diagnoses: frozenset[str]
    members: Mapping[str, Member]
    authorizations: Mapping[str, tuple[Authorization, ...]]
    events: Events = field(default_factory=Events)


@dataclass(frozen=True, slots=True)
class Network:
    """Everything the payers file says."""

    seed: int
    clearinghouse_id: str
    clearinghouse_name: str
    practices: tuple[Practice, ...]
    payers: Mapping[str, Payer]


def load_network(path: Path) -> Network:
    """Read the payers file.

    Raises PlanError when the file is missing, is no JSON, or a part of it has the wrong shape.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return network_of(raw)
    except OSError as error:
        raise PlanError(f"The payers file can't be read: {error.strerror}.") from error
    except KeyError as error:
        raise PlanError(f"The payers file lacks {error}.") from error
    except (ValueError, TypeError, ArithmeticError, AttributeError) as error:
        raise PlanError(f"The payers file has a part of the wrong shape: {error}.") from error


def network_of(raw: Mapping[str, Any]) -> Network:
    """Build the network from the payers file's JSON object."""
    shared = raw.get("events", {})
    payers = [_payer(each, shared) for each in raw["payers"]]
    return Network(
        seed=int(raw["seed"]),
        clearinghouse_id=raw["clearinghouse"]["id"],
        clearinghouse_name=raw["clearinghouse"]["name"],
        practices=tuple(
            Practice(each["slug"], each["name"], each["npi"], each["tax_id"], each["submitter_id"])
            for each in raw["practices"]
        ),
        payers={payer.payer_id: payer for payer in payers},
    )


def plain_code(code: str) -> str:
    """A diagnosis code without its dot, as the 837 carries it."""
    return code.replace(".", "").upper()


_INDICATORS = {"medicare": "MB", "medicaid": "MC"}


def _payer(raw: Mapping[str, Any], shared_events: Mapping[str, Any]) -> Payer:
    first, last = raw["decision_days"]
    kind = raw.get("kind", "commercial")
    authorizations: dict[str, tuple[Authorization, ...]] = {}
    for each in raw.get("authorizations", []):
        one = _authorization(each)
        authorizations[one.number] = (*authorizations.get(one.number, ()), one)
    return Payer(
        payer_id=raw["payer_id"],
        name=raw["name"],
        kind=kind,
        filing_days=int(raw["filing_days"]),
        acknowledge_hours=float(raw.get("acknowledge_hours", 6)),
        decision_days=(int(first), int(last)),
        pay_weekday=raw.get("pay_weekday"),
        deductible=Decimal(str(raw.get("deductible") or "0")),
        coinsurance=Decimal(str(raw.get("coinsurance") or "0")),
        copay=Decimal(str(raw.get("copay") or "0")),
        sequestration=Decimal(str(raw.get("sequestration") or "0")),
        filing_indicator=raw.get("filing_indicator") or _INDICATORS.get(kind, "12"),
        fee_schedule={code: Decimal(str(fee)) for code, fee in raw.get("fee_schedule", {}).items()},
        needs_authorization=frozenset(raw.get("needs_authorization", [])),
        covered_diagnoses={
            code: tuple(plain_code(prefix) for prefix in prefixes)
            for code, prefixes in raw.get("covered_diagnoses", {}).items()
        },
        bundles=tuple(
            Bundle(each["column_one"], each["column_two"], each.get("modifier", "")) for each in raw.get("bundles", [])
        ),
        unspecific_diagnoses=frozenset(plain_code(code) for code in raw.get("unspecific_diagnoses", [])),
        members={each["member_id"]: _member(each) for each in raw.get("members", [])},
        authorizations=authorizations,
        events=_events({**shared_events, **raw.get("events", {})}),
    )


def _member(raw: Mapping[str, Any]) -> Member:
    return Member(
        member_id=raw["member_id"],
        last_name=raw["last_name"],
        first_name=raw["first_name"],
        birth_date=date.fromisoformat(raw["birth_date"]),
        sex=raw.get("sex", "U"),
        active_from=date.fromisoformat(raw["active_from"]),
        active_to=date.fromisoformat(raw["active_to"]) if raw.get("active_to") else None,
    )


def _authorization(raw: Mapping[str, Any]) -> Authorization:
    return Authorization(
        number=raw["number"],
        member_id=raw["member_id"],
        codes=frozenset(raw["codes"]),
        first_day=date.fromisoformat(raw["from"]) if raw.get("from") else date.min,
        last_day=date.fromisoformat(raw["to"]) if raw.get("to") else date.max,
    )


def _events(raw: Mapping[str, Any]) -> Events:
    known = {name: raw[name] for name in Events.__dataclass_fields__ if name in raw}
    if "reorder" in raw:
        known["reorder_rate"] = float(raw["reorder"])
    return Events(**known)

"""What an edit says about a claim, and the change that would put it right. Plain data, JSON round-trippable."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    STOP = "stop"  # the claim is held until it is put right or a person overrides
    WARN = "warn"  # goes out, but a person may want to look
    REPAIR = "repair"  # put right at once, and recorded
    INFO = "info"  # said to a coder; never on a claim


class Family(StrEnum):
    """Families of edits: the words of the queue's facet."""

    PROVIDER = "Provider"
    PERSON = "Missing info"
    ELIGIBILITY = "Eligibility"
    COORDINATION = "Coordination"
    AUTHORIZATION = "Authorization"
    DIAGNOSIS = "Diagnosis"
    PROCEDURE = "Procedure"
    POINTER = "Pointer"
    MODIFIER = "Modifier"
    BUNDLING = "Bundling"
    UNITS = "Units"
    PLACE = "Place"
    HISTORY = "New or established"
    COVERAGE = "Medical policy"
    DUPLICATE = "Duplicate"
    FILING = "Timely filing"
    DEMOGRAPHIC = "Age and sex"
    CHARGE = "Charge"
    DATES = "Dates"
    RESUBMISSION = "Resubmission"


# What only the patient or the plan can tell: without a fix known from what is on file, the front desk asks.
ASKED_AT_FRONT_DESK = frozenset({Family.ELIGIBILITY, Family.COORDINATION, Family.AUTHORIZATION})


def is_for_front_desk(*, family: str, severity: str, has_fix: bool) -> bool:
    """Whether a finding waits for the front desk, and for nobody else, to be put right."""
    return severity == Severity.STOP and not has_fix and family in ASKED_AT_FRONT_DESK


class FixKind(StrEnum):
    """Each change that one keystroke can make; what a fix's `value` and `values` hold stands beside."""

    ADD_MODIFIER = "add_modifier"  # value: modifier
    SET_MODIFIERS = "set_modifiers"  # values: modifiers in order
    SET_UNITS = "set_units"  # value: units
    SET_POINTERS = "set_pointers"  # values: diagnosis positions from 1
    SET_CODE = "set_code"  # value: procedure code
    SET_CHARGE = "set_charge"  # value: dollars
    REMOVE_LINE = "remove_line"
    MERGE_LINES = "merge_lines"  # value: the other line; values: modifiers of the one that stays
    REPLACE_DIAGNOSIS = "replace_diagnosis"  # value: new code; values: (old code,)
    ADD_DIAGNOSIS = "add_diagnosis"  # value: code, put last
    REMOVE_DIAGNOSIS = "remove_diagnosis"  # value: position from 1
    PUT_DIAGNOSIS_FIRST = "put_diagnosis_first"  # value: position from 1
    SET_DIAGNOSES = "set_diagnoses"  # values: codes in order; pointers keep their positions
    SET_AUTHORIZATION = "set_authorization"  # value: number
    SET_MEMBER_ID = "set_member_id"  # value: member id
    SET_COVERAGE = "set_coverage"  # value: coverage row
    SET_REFERRING = "set_referring"  # value: provider row, empty for none
    SET_PLACE = "set_place"  # value: place of service code
    SET_SERVICE_DATE = "set_service_date"  # value: ISO date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One change to the codes of a visit, or to its claim."""

    kind: FixKind
    line: int = 0
    value: str = ""
    values: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "line": self.line, "value": self.value, "values": list(self.values)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Fix":
        """The fix that `as_json` gave. Raises KeyError or ValueError for anything else."""
        return cls(
            kind=FixKind(data["kind"]),
            line=int(data.get("line", 0)),
            value=str(data.get("value", "")),
            values=tuple(str(each) for each in data.get("values", ())),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What an edit found.

    `at` is the field it points at (`line.1.modifiers`, `patient.birth_date`, `coverage.member_id`). `brief` is
    the queue's reason (at most 40 characters), `says` the sentence under the field (at most 120, with the proof).
    `fix_label` is the next step in two or three words; with a `fix` one keystroke takes it, without one a person must.
    """

    code: str
    family: Family
    severity: Severity
    at: str
    brief: str
    says: str
    fix_label: str = ""
    fix: Fix | None = None
    see: tuple[str, str] | None = None  # a coverage determination and its procedure: their page lists what is covered

    @property
    def for_front_desk(self) -> bool:
        """Whether the front desk, and not billing, puts it right."""
        return is_for_front_desk(family=self.family, severity=self.severity, has_fix=self.fix is not None)

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes a finding the same one on the next scrub."""
        return (self.code, self.at, self.says)

"""What goes into a suggestion and what comes out of it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

OUTPATIENT = "outpatient"
INPATIENT = "inpatient"

ICD10CM = "icd10cm"
CPT = "cpt"
HCPCS = "hcpcs"


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteFacts:
    """A signed note and what is known of its visit. `is_new`: no visit to this group in three years."""

    text: str
    sex: str = ""  # F, M or unknown
    age: int | None = None  # full years
    setting: str = OUTPATIENT
    service_date: date | None = None
    is_new: bool | None = None
    place_of_service: str = ""
    specialty: str = ""


class Span(NamedTuple):
    """Words of a note: offsets into its text, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggested:
    """One code with its evidence. `confidence`: of a hundred such suggestions, so many are right.

    `pointers` are positions (from 1) among the suggested diagnoses that a procedure was done for.
    """

    system: str
    code: str
    confidence: int
    spans: tuple[Span, ...]
    reason: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    pointers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Diagnoses in the proposed sequence, procedures, and what the note mentions but must not be coded."""

    diagnoses: tuple[Suggested, ...] = ()
    procedures: tuple[Suggested, ...] = ()
    withheld: tuple[Suggested, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """Which mentions count. The default follows the ICD-10-CM Official Guidelines, Sections II–IV.

    `as_stated`: a condition that is denied, uncertain, past or another person's is a candidate like any other;
    only for measuring against annotations that were made so. `least`: the lowest confidence that is proposed.
    """

    as_stated: bool = False
    least: int = 40
    procedures: bool = True

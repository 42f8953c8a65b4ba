"""What is read from the files: rows whose fields are the columns of the tables in coding.models."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

Notes = dict[str, list[str]]


class CodeRow(NamedTuple):
    """A code (Code). ICD-10-CM codes have their dot."""

    system: str
    code: str
    wording: str
    billable: bool = True
    parent: str = ""
    kind: str = ""
    notes: Notes = {}


class NoteRow(NamedTuple):
    """The tabular list's own instructions of one code (Code.notes)."""

    code: str
    notes: Notes


class TermRow(NamedTuple):
    """Words that lead to a code (Term)."""

    text: str
    code: str
    kind: str
    optional: str = ""
    see: str = ""
    system: str = "icd10cm"


class PairRow(NamedTuple):
    """A procedure-to-procedure edit (PairEdit)."""

    column_one: str
    column_two: str
    effective_from: date | None
    deleted_on: date | None
    modifier_indicator: str
    rationale: str = ""


class UnitRow(NamedTuple):
    """A medically unlikely edit (UnitLimit)."""

    code: str
    units: int
    adjudication: str
    rationale: str = ""


class AddOnRow(NamedTuple):
    """An add-on code with one primary (AddOnEdit)."""

    add_on: str
    primary: str
    edit_type: str
    effective_from: date | None = None
    deleted_on: date | None = None


class ValueRow(NamedTuple):
    """A line of the physician fee schedule (RelativeValue)."""

    code: str
    modifier: str
    status: str
    work: Decimal
    pe_nonfacility: Decimal
    nonfacility_na: bool
    pe_facility: Decimal
    facility_na: bool
    malpractice: Decimal
    pctc: str
    global_days: str
    preoperative: Decimal
    intraoperative: Decimal
    postoperative: Decimal
    multiple: str
    bilateral: str
    assistant: str
    co_surgeon: str
    team: str
    endoscopic_base: str
    conversion_factor: Decimal
    supervision: str
    imaging_family: str


class GpciRow(NamedTuple):
    """Cost indices of a locality (Gpci)."""

    contractor: str
    locality: str
    state: str
    name: str
    work: Decimal
    practice_expense: Decimal
    malpractice: Decimal


class LocalityRow(NamedTuple):
    """Counties of a locality (Locality)."""

    contractor: str
    locality: str
    state: str
    area: str
    counties: str


class AnesthesiaRow(NamedTuple):
    """Dollars for one anesthesia unit (AnesthesiaFactor)."""

    contractor: str
    locality: str
    name: str
    factor: Decimal


class DrgRow(NamedTuple):
    """Weight and length of stay of an MS-DRG (DrgWeight)."""

    drg: str
    mdc: str
    type: str
    title: str
    weight: Decimal
    geometric_days: Decimal
    arithmetic_days: Decimal


class CoverageRow(NamedTuple):
    """A procedure with a diagnosis in a coverage determination (CoveragePolicy)."""

    policy: str
    title: str
    contractor: str
    procedure: str
    diagnosis: str
    rule: str
    effective_from: date | None
    effective_to: date | None


Row = tuple[Any, ...]  # any of the above

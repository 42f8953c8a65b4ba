"""Everything that an edit needs to know about one visit's codes, as frozen data. Dollars, days, plain dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from coding.domain.edit_tables import EditTables


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFacts:
    """What edits ask about a patient. `sex` is F, M, U or empty."""

    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianFacts:
    """Who rendered the visit; `specialty` in the practice's own words."""

    id: int
    specialty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFacts:
    """A code of a code set. `siblings` are the codes under the same parent, `children` the ones below it.

    `excludes1` are code ranges (first, last) by prefix that must not stand beside it. These and the instructions
    (each one line of the tabular list) include those of the headings above it.
    """

    code: str
    wording: str
    billable: bool = True
    parent: str = ""
    kind: str = ""
    children: tuple[tuple[str, str, bool], ...] = ()  # code, wording, billable
    siblings: tuple[tuple[str, str, bool], ...] = ()
    excludes1: tuple[tuple[str, str], ...] = ()
    code_first: tuple[str, ...] = ()
    use_additional: tuple[str, ...] = ()
    code_also: tuple[str, ...] = ()
    valid_from: date | None = None  # None: as long as the loaded releases reach back
    deleted_on: date | None = None  # the first day on which it is no code any more
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """A service line. `price` is the practice's charge for one unit, None when the charge master has none."""

    number: int  # LX01
    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    pointers: tuple[int, ...] = (1,)  # positions from 1
    charge_amount: Decimal
    service_date: date
    price: Decimal | None = None
    kind: str = ""  # coding.models.Code.kind: visit, procedure, lab, imaging, drug, vaccine, therapy
    known: bool = True  # False: procedure code sets are loaded, and none has the code
    valid_from: date | None = None  # where it is no code yet on the day: from when
    deleted_on: date | None = None  # where it is no code any more: since when
    replaced_by: tuple[str, ...] = ()
    ndc: str = ""  # LIN03: national drug code as given


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierVisit:
    """A visit of the patient to this practice within the three years before this one."""

    service_date: date
    specialty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierService:
    """A service that the practice coded for the patient on this or an earlier day, in another visit."""

    code: str
    modifiers: tuple[str, ...] = ()
    service_date: date
    rendering_id: int
    specialty: str
    diagnoses: tuple[str, ...] = ()  # what it was done for


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """The codes of one visit with all that is known around them: what every edit that needs no payer reads.

    A coding case is one of these as it stands (`CaseFacts`); a claim's facts hold more (`ClaimFacts`).
    """

    patient: PatientFacts
    rendering: ClinicianFacts
    place_of_service: str  # CLM05-1
    service_from: date
    diagnoses: tuple[str, ...]  # with their dots; the first one is the first-listed
    lines: tuple[LineFacts, ...]
    note: str = ""  # the visit's clinical note
    earlier_visits: tuple[EarlierVisit, ...] = ()  # only looked up when a new-patient code is billed
    earlier_services: tuple[EarlierService, ...] = ()  # of the longest global period (90 days) before, and the same day
    tables: EditTables = field(default_factory=EditTables)
    contractors: frozenset[str] = frozenset()  # Medicare's for the place of the visit; empty: not known
    clia_certificate: str = ""  # kind of the practice's CLIA certificate: "waiver" …; empty: not known
    codes: Mapping[str, CodeFacts] = field(default_factory=dict)  # diagnoses known to the code set
    diagnosis_set_loaded: bool = False  # False: nothing can be said about a code that is not in `codes`
    prices: Mapping[str, Decimal] = field(default_factory=dict)  # charge master on the service date

    @property
    def payer_kind(self) -> str:
        """Who pays first, by encounters.domain.status.PayerKind; empty when nobody is known."""
        return ""

    @property
    def usual_place(self) -> str:
        """The place of service of the location where the visit was."""
        return self.place_of_service

    def pointed(self, line: LineFacts) -> tuple[str, ...]:
        """The diagnoses that a line points at, in its order."""
        return tuple(self.diagnoses[place - 1] for place in line.pointers if 0 < place <= len(self.diagnoses))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts(VisitFacts):
    """The codes of a case while they are being entered."""

    payer_kind: str = ""

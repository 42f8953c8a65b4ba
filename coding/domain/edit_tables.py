"""What CMS's tables say about the codes of one day, as frozen data that edits decide on. Counts, no money."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from coding.domain.codefiles.kinds import ReleaseKind
from coding.domain.codefiles.rows import ValueRow


class Setting(StrEnum):
    """Who bills: the NCCI tables differ."""

    PRACTITIONER = "practitioner"
    OUTPATIENT = "outpatient"
    DME = "dme"


PAIR_KIND: dict[Setting, ReleaseKind] = {
    Setting.PRACTITIONER: ReleaseKind.PTP_PRACTITIONER,
    Setting.OUTPATIENT: ReleaseKind.PTP_OUTPATIENT,
    Setting.DME: ReleaseKind.PTP_PRACTITIONER,
}
UNIT_KIND: dict[Setting, ReleaseKind] = {
    Setting.PRACTITIONER: ReleaseKind.MUE_PRACTITIONER,
    Setting.OUTPATIENT: ReleaseKind.MUE_OUTPATIENT,
    Setting.DME: ReleaseKind.MUE_DME,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Column two is not paid beside column one; `modifier_indicator` 0: never, 1: with a modifier, 9: no edit."""

    column_one: str
    column_two: str
    modifier_indicator: str
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """Most units of a day; `adjudication` (MAI) 1: of a line, 2: of the day, absolute, 3: of the day, by appeal."""

    units: int
    adjudication: str
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class AddOn:
    """Codes of which one must stand beside an add-on code.

    `edit_type` 1: only these; 2: what the contractor says, so that `primaries` is empty; 3: these and the contractor's.
    """

    primaries: frozenset[str]
    edit_type: str


@dataclass(frozen=True, slots=True)
class Determination:
    """What Medicare covers one procedure for (LCD or NCD), as far as some diagnoses are concerned.

    `covered` and `excluded` are codes, or headings that hold for all below them; of those that were asked for only.
    """

    policy: str
    title: str = ""
    contractors: frozenset[str] = frozenset()  # empty: everywhere
    covers_some: bool = True  # False: it only lists what is excluded
    covered: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


ZERO = Decimal(0)
NO_VALUE = ValueRow(
    code="",
    modifier="",
    status="",
    work=ZERO,
    pe_nonfacility=ZERO,
    nonfacility_na=False,
    pe_facility=ZERO,
    facility_na=False,
    malpractice=ZERO,
    pctc="",
    global_days="",
    preoperative=ZERO,
    intraoperative=ZERO,
    postoperative=ZERO,
    multiple="",
    bilateral="",
    assistant="",
    co_surgeon="",
    team="",
    endoscopic_base="",
    conversion_factor=ZERO,
    supervision="",
    imaging_family="",
)  # of a code that the fee schedule does not have: every indicator is empty
ASKED = frozenset(
    {
        ReleaseKind.PTP_PRACTITIONER,
        ReleaseKind.MUE_PRACTITIONER,
        ReleaseKind.ADD_ON,
        ReleaseKind.RVU,
        ReleaseKind.COVERAGE,
    }
)


@dataclass(frozen=True, slots=True)
class EditTables:
    """What the tables in force on one day say about some codes.

    `loaded` are the official ones: of others there are a few built-in rows at most, and what they lack says nothing.
    """

    loaded: frozenset[ReleaseKind] = frozenset()
    pairs: Mapping[tuple[str, str], Pair] = field(default_factory=dict)  # by (column one, column two)
    limits: Mapping[str, Limit] = field(default_factory=dict)
    add_ons: Mapping[str, AddOn] = field(default_factory=dict)
    values: Mapping[tuple[str, str], ValueRow] = field(default_factory=dict)  # by (code, modifier)
    determinations: Mapping[str, tuple[Determination, ...]] = field(default_factory=dict)  # by procedure

    def of(self, code: str) -> ValueRow:
        """The fee schedule's indicators of a code, without a modifier."""
        return self.values.get((code, ""), NO_VALUE)

    @property
    def of_few_rows(self) -> frozenset[ReleaseKind]:
        """The tables that edits ask and that are not loaded officially."""
        return ASKED - self.loaded

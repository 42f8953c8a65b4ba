"""What a scenario template says: a visit's note with slots, and the codes that the note supports."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Slot = str | Mapping[str, str]

ANY_PAYER = ("medicare", "medicaid", "commercial")
NOT_MEDICARE = ("medicaid", "commercial")

SIDE: tuple[Slot, ...] = (
    {"side": "right", "lat": "1", "mod": "RT", "other": "left"},
    {"side": "left", "lat": "2", "mod": "LT", "other": "right"},
)
WEEKS: tuple[Slot, ...] = ("two", "three", "four", "six", "eight")
MONTHS: tuple[Slot, ...] = ("two", "three", "four", "five", "six")
PAIN: tuple[Slot, ...] = ("4", "5", "6", "7")


@dataclass(frozen=True, slots=True)
class Dx:
    """One diagnosis. `code` may hold slots ("M17.1{lat}").

    `says`: phrases of the note it rests on (with slots). `vague`: an unspecified sibling a hurried coder picks.
    `stale`: a number that was deleted or stops short of a billable code.
    """

    code: str
    says: tuple[str, ...]
    vague: str = ""
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One service. `code` is a number, or OFFICE2…OFFICE5 / PREVENTIVE, settled by patient and payer.

    `dx` holds 1-based diagnosis places; `modifiers` are space-separated; modifiers that the payer's pair edits
    ask for (25, 59) are added when the visit is made. `says`: the words of the note for it.
    """

    code: str
    dx: tuple[int, ...] = (1,)
    modifiers: str = ""
    units: str = "1"
    wrong_units: int = 0
    says: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of visit. `by` restricts the provider's credentials; `pos` is the place of service."""

    key: str
    reason: str
    history: str
    exam: str
    plan: tuple[str, ...]
    dx: tuple[Dx, ...]
    lines: tuple[Line, ...]
    results: str = ""
    slots: Mapping[str, tuple[Slot, ...]] = field(default_factory=dict)
    ages: tuple[int, int] = (19, 88)
    sex: str = ""
    pos: str = "11"
    payers: tuple[str, ...] = ANY_PAYER
    by: tuple[str, ...] = ()
    referred: bool = False
    weight: int = 4
    specialty: str = ""

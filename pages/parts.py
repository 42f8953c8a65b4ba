"""What views hand to the shared partials in `templates/house/`. Plain frozen data, no queries.

facets.html(facets) · views.html(views) · pager.html(pager) · bulk.html(bulk) · fix.html(fix) · timeline.html(events)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a filter: a link with a count. `status` (a state code) puts the shape before the label."""

    label: str
    url: str
    count: int | None = None
    current: bool = False
    status: str = ""


@dataclass(frozen=True)
class Facet:
    """A filter: the first `inline` values stand in the row (`narrow` of them under 1200 px), the rest behind More.

    A chosen value is always in the row. `wide` drops the whole facet under 1200 px.
    """

    label: str
    values: Sequence[FacetValue]
    inline: int = 5
    narrow: int = 3
    wide: bool = False

    @cached_property
    def _ordered(self) -> list[FacetValue]:
        hidden = [v for i, v in enumerate(self.values) if v.current and i >= self.narrow]
        return [*hidden, *(v for v in self.values if v not in hidden)] if hidden else list(self.values)

    @property
    def always(self) -> list[FacetValue]:
        """Values in the row at any width."""
        return self._ordered[: self.narrow]

    @property
    def roomy(self) -> list[FacetValue]:
        """Values in the row on a wide screen, behind More on a narrow one."""
        return self._ordered[self.narrow : self.inline]

    @property
    def rest(self) -> list[FacetValue]:
        """Values behind More at any width."""
        return self._ordered[max(self.inline, self.narrow) :]


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: a word with a count. `wide` drops it under 1200 px."""

    label: str
    url: str
    count: int | None = None
    current: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands: "1–25 of 146, $61,204.00". `total` None when it was not counted."""

    first: int
    last: int
    total: int | None = None
    amount: Decimal | None = None
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a bulk action that asks something first (whom to assign to)."""

    label: str
    value: str
    may: str = ""  # rows that it is for, by their `data-needs`, with blanks between; empty: every row


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A verb on the picked rows: POSTs `pick=…` for each of them to `url`.

    `label` may hold # for the number picked ("Apply # fixes"). With `choices` the verb opens a list and
    posts the answer as `name`; with `asks` it opens a one-line field of that label and posts it as `name`.
    """

    label: str
    key: str
    url: str
    name: str = ""
    choices: Sequence[Choice] = ()
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Bulk:
    """The bar that takes the foot's place while rows are picked. `noun` is plural: "claims". `target` is swapped."""

    noun: str
    actions: Sequence[BulkAction]
    target: str = "#list"


@dataclass(frozen=True, slots=True)
class Fix:
    """What is wrong, the proof, and the one-key repair. Without `url` it only says so.

    `id` is what the field's aria-describedby names. `target` is the element that the answer replaces.
    """

    says: str
    shape: str = "stop"
    button: str = ""
    url: str = ""
    number: int | None = None
    id: str = ""
    lead: str = ""
    proof: str = ""
    proof_url: str = ""
    target: str = "#record"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened: a plain sentence (may be SafeString with links), who did it, raw X12 if any."""

    at: datetime | date
    says: str
    shape: str = "idle"
    who: str = ""
    raw_name: str = ""
    raw: str = ""
    opened: bool = False

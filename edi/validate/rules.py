"""Where rules about claims (SNIP 3 to 5) are put down, and what they are handed.

A rule is a function of one fact (a claim, a remittance claim) and its place that gives back findings. A rule about a
whole transaction set is a class: one instance per set sees every fact and says what is left to say at the end.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib import import_module
from itertools import islice
from typing import Any, Protocol, TypeVar

from edi.envelope import Kind
from edi.segments import DEFAULT_DELIMITERS, Delimiters
from edi.validate.finding import ERROR, Finding

RULE_MODULES: tuple[str, ...] = (
    "edi.validate.levels",
    "edi.validate.balances",
    "edi.validate.situations",
    "edi.validate.diagnoses",
    "edi.validate.providers",
    "edi.validate.lines",
    "edi.validate.service_needs",
    "edi.validate.other_payers",
    "edi.validate.institutional",
    "edi.validate.dental",
    "edi.validate.remits",
    "edi.validate.answers",
)
"""Modules that register rules when they are imported."""


class Place:
    """Where a fact stands in its file: makes findings that know their segment.

    `raw` is the text of the run of segments that the fact was read from, `number` the number of the first of them.
    `written_on` is the day the file was written (GS04).
    """

    __slots__ = ("_elements", "_numbers", "delimiters", "loop", "number", "offset_of", "raw", "tables", "written_on")

    def __init__(
        self,
        *,
        raw: str,
        number: int,
        loop: str | None = None,
        delimiters: Delimiters = DEFAULT_DELIMITERS,
        offset_of: Callable[[int], int | None] = lambda number: None,
        tables: Any = None,
        written_on: date | None = None,
    ) -> None:
        self.raw = raw
        self.number = number
        self.loop = loop
        self.delimiters = delimiters
        self.offset_of = offset_of
        self.tables = tables
        self.written_on = written_on
        self._elements: list[list[str]] | None = None
        self._numbers: dict[str, list[int]] | None = None

    @property
    def elements(self) -> list[list[str]]:
        """The run's segments split into elements: `elements[0]` is the segment with the number `number`."""
        if self._elements is None:
            marks = self.delimiters
            self._elements = [each.split(marks.element) for each in self.raw.split(marks.segment)[:-1]]
        return self._elements

    def find(self, name: str, *, qualifier: str = "", nth: int = 1, after: int = 0) -> int | None:
        """Number in the file of the nth segment of the run with that id (and start of its first element).

        `after` is a segment number to start behind, so that a line's own segments can be found from its LX.
        """
        if self._numbers is None:
            self._numbers = {}
            for at, parts in enumerate(self.elements, self.number):
                self._numbers.setdefault(parts[0], []).append(at)
        found = self._numbers.get(name, [])
        start = bisect_right(found, after)
        if not qualifier:
            return found[start + nth - 1] if start + nth <= len(found) else None
        for at in islice(found, start, None):
            if (self.elements[at - self.number][1:2] or [""])[0].startswith(qualifier):
                nth -= 1
                if not nth:
                    return at
        return None

    def finding(
        self,
        code: str,
        says: str,
        *,
        level: int,
        severity: str = ERROR,
        loop: str | None = None,
        segment: str | None = None,
        qualifier: str = "",
        nth: int = 1,
        after: int = 0,
        element: int | None = None,
        component: int | None = None,
        segment_number: int | None = None,
    ) -> Finding:
        """A finding at a segment: the one with `segment_number`, else the nth `segment` of the run, else its start."""
        if segment_number is None and segment is not None:
            segment_number = self.find(segment, qualifier=qualifier, nth=nth, after=after)
        number = segment_number or self.number
        return Finding(
            level=level,
            severity=severity,
            code=code,
            says=says,
            loop=loop or self.loop,
            segment=segment,
            element=element,
            component=component,
            segment_number=number,
            byte_offset=self.offset_of(number),
        )


Rule = Callable[[Any, Place], Iterable[Finding]]
R = TypeVar("R", bound=Rule)


class SetRule(Protocol):
    """A rule about a whole transaction set; made anew (without arguments) for each one."""

    def take(self, fact: Any, place: Place) -> Iterable[Finding]:
        """See the next fact of the set, in the order of the file."""

    def end(self, place: Place) -> Iterable[Finding]:
        """The set is over."""


S = TypeVar("S", bound=type[SetRule])

_rules: dict[tuple[Kind, type], list[Rule]] = {}
_set_rules: dict[Kind, list[type[SetRule]]] = {}


def rule(*kinds: Kind, of: type) -> Callable[[R], R]:
    """Register a rule for every fact of that class in transaction sets of those kinds."""

    def register(function: R) -> R:
        for kind in kinds:
            _rules.setdefault((kind, of), []).append(function)
        return function

    return register


def set_rule(*kinds: Kind) -> Callable[[S], S]:
    """Register a class of rules that need the whole transaction set (sums, duplicates)."""

    def register(cls: S) -> S:
        for kind in kinds:
            _set_rules.setdefault(kind, []).append(cls)
        return cls

    return register


class RulesOfSet:
    """The rules that one transaction set is put to."""

    def __init__(self, kind: Kind) -> None:
        load_rules()
        self._kind = kind
        self._whole: list[SetRule] = [each() for each in _set_rules.get(kind, ())]

    def take(self, fact: Any, place: Place) -> Iterator[Finding]:
        """What the rules say about one fact."""
        for each in _rules.get((self._kind, type(fact)), ()):
            yield from each(fact, place)
        for watch in self._whole:
            yield from watch.take(fact, place)

    def end(self, place: Place) -> Iterator[Finding]:
        """What they say when the set is over."""
        for watch in self._whole:
            yield from watch.end(place)


def load_rules() -> None:
    """Import every module of rules, once."""
    for name in RULE_MODULES:
        import_module(name)

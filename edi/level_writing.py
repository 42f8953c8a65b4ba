"""Writes the hierarchy that 270, 271 and 278 share: payer, who asks, subscriber, dependent."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import Generic, Protocol, TypeVar

from edi.envelope import InterchangeWriter
from edi.hierarchy import DEPENDENT, RECEIVER, SOURCE, SUBSCRIBER
from edi.members import Member, Segments
from edi.parties import NamedParty


class Asked(Protocol):
    """An inquiry or an answer: whom it is about, from the payer down."""

    @property
    def payer(self) -> NamedParty | None: ...
    @property
    def provider(self) -> NamedParty | None: ...
    @property
    def subscriber(self) -> Member | None: ...
    @property
    def patient(self) -> Member | None: ...


A = TypeVar("A", bound=Asked)


@dataclass(frozen=True)
class Node:
    """A level with its segments (behind the HL) and the levels below it."""

    code: str
    segments: Segments
    children: Sequence["Node"] = ()


@dataclass(frozen=True)
class LevelWriting(Generic[A]):
    """Writes HL after HL; neighbours share the payer, the provider who asks, and the subscriber of dependents.

    `above(item, level)` gives the segments of a payer's (20), provider's (21) or, when the item is about a
    dependent, subscriber's (22) level; `own(item)` those of the patient's own level; `below(item)` the levels under it.
    """

    out: InterchangeWriter
    above: Callable[[A, str], Segments]
    own: Callable[[A], Segments]
    below: Callable[[A], Sequence[Node]] = lambda item: ()
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def write(self, items: Iterable[A]) -> None:
        for _, of_payer in groupby(items, key=lambda each: each.payer):
            payer_items = list(of_payer)
            asking = [each for each in payer_items if each.provider]
            top = self._level("", SOURCE, self.above(payer_items[0], SOURCE), children=bool(asking))
            for _, of_provider in groupby(asking, key=lambda each: each.provider):
                provider_items = list(of_provider)
                people = [each for each in provider_items if each.subscriber]
                own = self._level(top, RECEIVER, self.above(provider_items[0], RECEIVER), children=bool(people))
                self._people(own, people)

    def _people(self, parent: str, items: list[A]) -> None:
        for (_, has_dependent), of_subscriber in groupby(items, key=lambda each: (each.subscriber, bool(each.patient))):
            if not has_dependent:
                for item in of_subscriber:
                    self._patient(parent, SUBSCRIBER, item)
                continue
            dependents = list(of_subscriber)
            family = self._level(parent, SUBSCRIBER, self.above(dependents[0], SUBSCRIBER), children=True)
            for item in dependents:
                self._patient(family, DEPENDENT, item)

    def _patient(self, parent: str, code: str, item: A) -> None:
        self._tree(parent, Node(code, self.own(item), self.below(item)))

    def _tree(self, parent: str, node: Node) -> None:
        own = self._level(parent, node.code, node.segments, children=bool(node.children))
        for each in node.children:
            self._tree(own, each)

    def _level(self, parent: str, code: str, segments: Segments, *, children: bool) -> str:
        number = str(next(self.numbers))
        self.out.segment("HL", number, parent, code, str(int(children)))
        self.out.segments(segments)
        return number

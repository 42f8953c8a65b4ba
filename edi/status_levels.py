"""Writes the HL levels of a 277 and a 277CA: neighbours share what stands above them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from edi.envelope import InterchangeWriter
from edi.hierarchy import PROVIDER, RECEIVER, SOURCE, SUBSCRIBER
from edi.parties import NamedParty, write_name
from edi.segments import DEFAULT_DELIMITERS, Delimiters, Element

Head = tuple[str, list[Sequence[Element]]]  # HL03, and the segments that tell one level from another
_MAY_HAVE_CHILDREN = (SOURCE, RECEIVER, PROVIDER, SUBSCRIBER)


@dataclass
class _Level:
    head: Head
    own: list[Sequence[Element]] = field(default_factory=list)
    below: list["_Level"] = field(default_factory=list)


class StatusLevels:
    """Gathers levels in the order they are placed, then writes them."""

    def __init__(self) -> None:
        self._top: list[_Level] = []

    def place(self, path: Sequence[Head], segments: Iterable[Sequence[Element]], *, fresh: bool = False) -> None:
        """Put segments on the last level of the path, which is a new one when the one before has another head.

        So it is when it has levels below it already (what belongs to a level stands before those), or with `fresh`.
        A subscriber who is a patient, too, has one level for that and another one above the dependents.
        """
        siblings = self._top
        last: _Level | None = None
        for depth, head in enumerate(path, 1):
            level = siblings[-1] if siblings else None
            ends = depth == len(path)
            if level is None or level.head != head or (_is_patient(level) if not ends else fresh or level.below):
                level = _Level(head)
                siblings.append(level)
            siblings, last = level.below, level
        if last:
            last.own += segments

    def write(self, out: InterchangeWriter) -> None:
        """Every level with its HL, numbered from 1."""
        self._write(out, self._top, "", 0)

    def _write(self, out: InterchangeWriter, levels: list[_Level], parent: str, number: int) -> int:
        for level in levels:
            number += 1
            code, head = level.head
            children = str(int(bool(level.below))) if code in _MAY_HAVE_CHILDREN else ""
            out.segment("HL", str(number), parent, code, children)
            out.segments(head)
            out.segments(level.own)
            number = self._write(out, level.below, str(number), number)
        return number


def _is_patient(level: _Level) -> bool:
    return level.head[0] == SUBSCRIBER and bool(level.own)


def write_named(party: NamedParty | None, delimiters: Delimiters = DEFAULT_DELIMITERS) -> list[Sequence[Element]]:
    """NM1, nothing for None."""
    if party is None:
        return []
    return [write_name(party.entity, party.name, party.id_qualifier, party.id, delimiters=delimiters)]

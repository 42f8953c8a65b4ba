"""HL: the levels of 837, 276, 277 and 277CA."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from edi.elements import Values
from edi.loops import Loop
from edi.segments import Segment

SOURCE = "20"
RECEIVER = "21"
PROVIDER = "19"
SUBSCRIBER = "22"
DEPENDENT = "23"
PATIENT = "PT"  # 277CA


@dataclass(frozen=True, kw_only=True)
class Level:
    """An HL: its id, its parent's, and what it is."""

    id: str
    parent: str
    code: str
    has_children: bool


def read_level(segment: Segment, known: set[str], values: Values) -> Level:
    """HL, checked against the ids met so far in the transaction set (`known` grows)."""
    id, parent, code, children = checked_level(
        segment.parts, known, lambda position, says: values.note(segment, position, says)
    )
    return Level(id=id, parent=parent, code=code, has_children=children == "1")


def checked_level(parts: list[str], known: set[str], note: Callable[[int, str], None]) -> list[str]:
    """HL01 to HL04, checked in the same way; `note` is told the element and what is wrong with it."""
    found = parts[1:] if len(parts) == 5 else [*parts, "", "", "", ""][1:5]
    id, parent = found[0], found[1]
    if id in known:
        note(1, "Two levels have the same HL id.")
    if parent and parent not in known:
        note(2, "HL02 names a level that isn't there.")
    known.add(id)
    return found


def read_levels(segments: Iterable[Segment], values: Values) -> Iterator[tuple[Level | None, Loop]]:
    """The segments of a transaction set cut at its HL: first the heading (level None), then one level at a time."""
    known: set[str] = set()
    level: Level | None = None
    block: Loop = []
    for segment in segments:
        if segment.id in ("HL", "SE"):
            yield level, block
            if segment.id == "SE":
                return
            level, block = read_level(segment, known, values), []
        block.append(segment)

"""Reads the compact notation of the tables.

A guide is lines; indentation is nesting, order is the order in the file:

    loop 2010AA R1              a loop: id, usage, how often (* is any number)
      NM1 R1 R=85 R=1,2 R S     a segment: id, usage and repeat, then its elements in order
      use address               the lines of a shared block stand here

An element is R (required), S (situational) or N (not used), `N4` four of the last; elements not written are not used.
A small r is required by the guide, but senders leave it out and are not refused. `=` gives the codes that the guide
allows, `=$name` a list with that name, `=^` the same codes as the element before; codes behind `~` are not the
guide's, but taken.
`R(R=HC R S)` is a composite with its components, `x11` behind one repeats it.

The dictionary has a line per segment or composite: types with shortest and longest length (`AN1-60`, `ID2`), `^10`
how often an element may repeat, and behind `|` the syntax notes (P0304 both or none, R at least one, C the others
when the first is there, L at least one other when the first is there, E at most one).

Neighbours that begin with the same segment id may stand in any order, as in the guides.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TYPE = re.compile(r"(AN|ID|N0|N2|R|DT|TM|FQ|DP|B)(\d+)(?:-(\d+))?(?:\^(\d+))?")
_COMPOSITE = re.compile(r"(C\d{3})(?:\^(\d+))?")
_TOKEN = re.compile(r"[^\s()]+\([^()]*\)(?:x\d+)?|[^\s()]+")


@dataclass(frozen=True, slots=True)
class Type:
    """What an element can hold: `kind` of characters, shortest and longest, how often it may repeat.

    FQ is a date format qualifier and DP the date or period that it describes. A composite has `parts`.
    """

    kind: str
    least: int = 0
    most: int = 0
    repeat: int = 1
    parts: "tuple[Type, ...]" = ()


Note = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment of the dictionary: its elements and syntax notes."""

    types: tuple[Type, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One element of a segment as a guide uses it."""

    usage: str
    type: Type
    codes: frozenset[str] | None = None
    parts: "tuple[Slot, ...]" = ()
    tolerated: frozenset[str] = frozenset()
    soft: bool = False  # required, but its absence is only a warning


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One segment at one place of a guide. `most` is 0 when it may repeat without end."""

    id: str
    usage: str
    most: int
    slots: tuple[Slot, ...]
    notes: tuple[Note, ...]
    soft: bool = False

    @property
    def first(self) -> "Use":
        """Itself: what a child of a loop begins with."""
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """One loop of a guide with its segments and loops in order."""

    id: str
    usage: str
    most: int
    children: "list[Use | Loop]" = field(default_factory=list)

    @property
    def first(self) -> Use:
        """The segment that begins the loop."""
        return self.children[0].first


def read_dictionary(text: str) -> dict[str, Entry]:
    """The dictionary's lines by segment id."""
    composites: dict[str, tuple[Type, ...]] = {}
    entries: dict[str, Entry] = {}
    for line in text.strip().splitlines():
        left, _, right = line.partition("|")
        name, *words = left.split()
        types = tuple(_type(word, composites) for word in words)
        if _COMPOSITE.fullmatch(name):
            composites[name] = types
        else:
            entries[name] = Entry(types, tuple(_note(word) for word in right.split()))
    return entries


def read_guide(text: str, dictionary: Mapping[str, Entry], blocks: Mapping[str, str], lists: Mapping[str, str]) -> Loop:
    """The tree of a guide: a loop ST whose children are everything from ST to SE."""
    root = Loop("ST", "R", 1)
    open_loops: list[tuple[int, Loop]] = [(-1, root)]
    for indent, line in _lines(text, blocks, 0):
        while open_loops[-1][0] >= indent:
            open_loops.pop()
        name, use, rest = (*line.split(maxsplit=2), "")[:3]
        if name == "loop":
            loop = Loop(use, rest[0], _most(rest[1:]))
            open_loops[-1][1].children.append(loop)
            open_loops.append((indent, loop))
        else:
            entry = dictionary[name]
            slots = _slots(rest, entry.types, lists)
            notes = tuple(_notes_left(entry.notes, slots))
            open_loops[-1][1].children.append(
                Use(name, use[0].upper(), _most(use[1:]), slots, notes, soft=use[0] == "r")
            )
    return root


def _lines(text: str, blocks: Mapping[str, str], deeper: int) -> Iterator[tuple[int, str]]:
    for line in text.splitlines():
        bare = line.strip()
        indent = deeper + len(line) - len(line.lstrip())
        if bare.startswith("use "):
            yield from _lines(blocks[bare[4:]], blocks, indent)
        elif bare:
            yield indent, bare


def _most(text: str) -> int:
    return 0 if text == "*" else int(text)


def _type(word: str, composites: Mapping[str, tuple[Type, ...]]) -> Type:
    if match := _COMPOSITE.fullmatch(word):
        return Type("C", 0, 0, int(match[2] or 1), composites[match[1]])
    match = _TYPE.fullmatch(word)
    if not match:
        raise ValueError(f"no such type: {word}")
    return Type(match[1], int(match[2]), int(match[3] or match[2]), int(match[4] or 1))


def _note(word: str) -> Note:
    return word[0], tuple(int(word[at : at + 2]) for at in range(1, len(word), 2))


def _notes_left(notes: tuple[Note, ...], slots: tuple[Slot, ...]) -> Iterator[Note]:
    """The syntax notes that still say something when the guide leaves elements out."""
    for code, elements in notes:
        used = tuple(each for each in elements if slots[each - 1].usage != "N")
        if code in "CL" and elements[0] not in used:
            continue
        if len(used) > 1 and not all(slots[each - 1].usage == "R" for each in used):
            yield code, used


def _slots(text: str, types: tuple[Type, ...], lists: Mapping[str, str]) -> tuple[Slot, ...]:
    """Elements in the notation against their types; what is not written is not used."""
    slots: list[Slot] = []
    codes: frozenset[str] | None = None
    for token in _TOKEN.findall(text):
        head, _, inside = token.partition("(")
        if inside:
            inside, _, times = inside.rpartition(")")
            for _ in range(int(times[1:] or 1)):
                kind = types[len(slots)]
                slots.append(Slot(head, kind, parts=_slots(inside, kind.parts, lists)))
        elif head[0] == "N":
            slots += [Slot("N", types[len(slots) + at]) for at in range(int(head[1:] or 1))]
        else:
            allowed, _, more = head[2:].partition("~")
            codes = _codes(allowed, codes, lists)
            kind = types[len(slots)]
            parts = tuple(Slot("S", each) for each in kind.parts)  # a composite whose parts the guide leaves open
            tolerated = frozenset(more.split(",")) if more else frozenset()
            slots.append(Slot(head[0].upper(), kind, codes, parts, tolerated, soft=head[0] == "r"))
    slots += [Slot("N", each) for each in types[len(slots) :]]
    return tuple(slots)


def _codes(text: str, before: frozenset[str] | None, lists: Mapping[str, str]) -> frozenset[str] | None:
    if text == "^":
        return before
    if text.startswith("$"):
        text = lists[text[1:]]
    return frozenset(text.split(",")) if text else None

"""Two people's codes for one visit made into one: what only one of them changed is kept from both.

Three-way: `base` is what both began with, `theirs` what was saved meanwhile, `mine` what is being saved now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from coding.domain.codes import CaseCodes, Service

FIRST = "first"  # the clash is about which diagnosis comes first
LINE = "line"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A service with its diagnoses by code, so that it means the same wherever they move."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    diagnoses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Clash:
    """A line (or the first-listed diagnosis) that both changed, each in another way. Theirs stands until decided.

    `nth` counts lines of the same code from 0. A line of None was taken away. For FIRST, `code` is mine.
    """

    kind: str
    code: str
    nth: int = 0
    mine: Line | None = None
    theirs: Line | None = None
    first: str = ""  # theirs, for FIRST


@dataclass(frozen=True, slots=True)
class Merged:
    """The codes of both, and what a person has to decide."""

    codes: CaseCodes
    clashes: tuple[Clash, ...] = field(default=())


Key = tuple[str, int]
K = TypeVar("K")


def merge(base: CaseCodes, theirs: CaseCodes, mine: CaseCodes) -> Merged:
    """Both people's changes to `base`; where both changed the same line, theirs, and the clash."""
    before, other, own = (_lines(codes) for codes in (base, theirs, mine))
    chosen, clashes = _chosen(before, other, own)
    order = _ordered(list(before), list(other), list(own))
    lines = [chosen[key] for key in order if key in chosen]
    wanted = {code for line in lines for code in line.diagnoses}
    diagnoses, first = _diagnoses(base.diagnoses, theirs.diagnoses, mine.diagnoses, wanted)
    codes = CaseCodes(tuple(diagnoses), tuple(_service(line, diagnoses) for line in lines))
    return Merged(codes, (*first, *clashes))


def mine_instead(codes: CaseCodes, clash: Clash) -> CaseCodes:
    """The codes with my side of a clash. Diagnoses that my line points at come back when they are gone."""
    if clash.kind == FIRST:
        at = codes.diagnoses.index(clash.code) + 1 if clash.code in codes.diagnoses else 0
        return codes.with_first(at)
    for code in clash.mine.diagnoses if clash.mine else ():
        codes = codes.with_diagnosis(code)
    lines = _lines(codes)
    key = (clash.code, clash.nth)
    if clash.mine is None:
        lines.pop(key, None)
    else:
        lines[key] = clash.mine
    return CaseCodes(codes.diagnoses, tuple(_service(line, codes.diagnoses) for line in lines.values()))


def _lines(codes: CaseCodes) -> dict[Key, Line]:
    """Each service under its code and how many of that code stood before it."""
    found: dict[Key, Line] = {}
    for service in codes.services:
        nth = sum(1 for code, _ in found if code == service.code)
        pointed = tuple(codes.diagnoses[p - 1] for p in service.pointers if 1 <= p <= len(codes.diagnoses))
        found[service.code, nth] = Line(
            code=service.code, modifiers=service.modifiers, units=service.units, diagnoses=pointed
        )
    return found


def _service(line: Line, diagnoses: Sequence[str]) -> Service:
    pointers = tuple(diagnoses.index(code) + 1 for code in line.diagnoses if code in diagnoses)
    return Service(code=line.code, modifiers=line.modifiers, units=line.units, pointers=pointers)


def _chosen(
    before: Mapping[Key, Line], other: Mapping[Key, Line], own: Mapping[Key, Line]
) -> tuple[dict[Key, Line], list[Clash]]:
    """The line that stands for each key, and the clashes."""
    chosen: dict[Key, Line] = {}
    clashes = []
    for key in dict.fromkeys([*before, *other, *own]):
        base, theirs, mine = before.get(key), other.get(key), own.get(key)
        if mine not in (base, theirs) and theirs != base:
            clashes.append(Clash(kind=LINE, code=key[0], nth=key[1], mine=mine, theirs=theirs))
        kept = mine if theirs == base else theirs
        if kept is not None:
            chosen[key] = kept
    return chosen, clashes


def _diagnoses(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str], wanted: set[str]
) -> tuple[list[str], list[Clash]]:
    """Diagnoses of both: gone when one took it away, unless a line that stands still points at it."""
    both = [c for c in dict.fromkeys([*theirs, *mine]) if c not in base or (c in theirs and c in mine) or c in wanted]
    order = _ordered(base, theirs, mine)
    clash = []
    first = [next((c for c in side if c in both), "") for side in (base, theirs, mine)]
    if len(set(first)) == len(first) and all(first):
        clash = [Clash(kind=FIRST, code=first[2], first=first[1])]
    return [code for code in order if code in both], clash


def _ordered(base: Sequence[K], theirs: Sequence[K], mine: Sequence[K]) -> list[K]:
    """Everything once, in the order of the one who changed the order; theirs when both did."""
    common = [key for key in base if key in theirs and key in mine]
    moved = [key for key in theirs if key in common] != common
    leading, following = (theirs, mine) if moved or _same_order(common, mine) else (mine, theirs)
    return list(dict.fromkeys([*leading, *following]))


def _same_order(common: Sequence[K], side: Sequence[K]) -> bool:
    return [key for key in side if key in common] == list(common)

"""CMS's tables as edits read them: NCCI pairs, unit limits, add-on codes, fee schedule indicators. Numbers only.

Queries fill them from the loaded releases with just the codes of a visit. For a table that is not loaded the few
rows that are built in stand in, and the coder is told so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from coding.domain.edits.pairs import ADD_ONS, ALWAYS, BILATERAL, MOST_UNITS, UNLESS_SEPARATE


class Table(StrEnum):
    """The tables, in the words that a coder reads."""

    PAIRS = "NCCI pairs"
    LIMITS = "unit limits (MUE)"
    ADD_ONS = "add-on codes"
    INDICATORS = "fee schedule indicators"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairEdit:
    """The second of two codes is not paid beside the first. Source: NCCI procedure-to-procedure edits.

    `indicator` 0: never; 1: unless a modifier tells them apart; 9: the pair was taken back as if it had never been.
    """

    indicator: str
    effective_from: date | None = None
    deleted_on: date | None = None  # last day in force

    def in_force(self, day: date) -> bool:
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.deleted_on is None or day <= self.deleted_on)


@dataclass(frozen=True, slots=True)
class UnitLimit:
    """Most units of a code. Source: NCCI medically unlikely edits.

    `adjudication` 1: on a line; 2: on a day, absolute; 3: on a day, more may be appealed with records.
    """

    units: int
    adjudication: str


@dataclass(frozen=True, slots=True)
class AddOn:
    """What an add-on code needs beside it. Source: NCCI add-on code edits.

    `kind` 1: one of `primaries`; 2: a primary that each contractor names; 3: one of `primaries` or of the contractor's.
    """

    kind: str
    primaries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """How Medicare's fee schedule treats a code; empty: not known. Source: PPRRVU record layout."""

    global_days: str = ""  # 000 010 090 MMM XXX YYY ZZZ
    pctc: str = ""  # 0–9: whether 26 and TC split it
    bilateral: str = ""  # 0 1 2 3 9: what 50 means
    assistant: str = ""  # 0 1 2 9
    co_surgeon: str = ""  # 0 1 2 9
    team: str = ""  # 0 1 2 9


NOTHING_KNOWN = Indicators()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTables:
    """The rows of CMS's tables that concern the codes of a visit."""

    pairs: Mapping[tuple[str, str], PairEdit] = field(default_factory=dict)  # (column one, column two)
    limits: Mapping[str, UnitLimit] = field(default_factory=dict)
    add_ons: Mapping[str, AddOn] = field(default_factory=dict)
    indicators: Mapping[str, Indicators] = field(default_factory=dict)
    not_loaded: frozenset[Table] = frozenset()

    def pair(self, first: str, second: str, day: date) -> PairEdit | None:
        """The edit by which the second code is part of the first on a day."""
        found = self.pairs.get((first, second))
        return found if found and found.in_force(day) else None

    def of(self, code: str) -> Indicators:
        """What the fee schedule says about a code."""
        return self.indicators.get(code, NOTHING_KNOWN)


@cache
def built_in_tables() -> EditTables:
    """The few rows that the product brings along, for tables that are not loaded."""
    return EditTables(
        pairs={
            **dict.fromkeys(ALWAYS, PairEdit(indicator="0")),
            **dict.fromkeys(UNLESS_SEPARATE, PairEdit(indicator="1")),
        },
        limits={code: UnitLimit(units, "3") for code, units in MOST_UNITS.items()},
        add_ons={code: AddOn("1", primaries) for code, primaries in ADD_ONS.items()},
        indicators=dict.fromkeys(BILATERAL, Indicators(bilateral="1")),
        not_loaded=frozenset(Table),
    )

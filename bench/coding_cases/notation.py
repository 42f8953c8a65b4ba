"""Reads coding cases from their text files. The notation is described in README.md beside this module."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
HELD_OUT = FOLDER / "held_out"
SEALED = FOLDER / "sealed"

TRAP_KINDS = (
    "negated",
    "family",
    "history_of",
    "rule_out",
    "laterality",
    "combination",
    "sequencing",
    "excludes1",
    "resolved",
    "screening",
    "medication_only",
    "allergy",
    "abbreviation",
)

_HEADER = re.compile(
    r"=== (?P<id>(s-)?[a-z]+-\d{3}) \| (?P<age>\d+)(?P<unit>[ymd]) (?P<sex>[FM])(?P<flags>( \| [a-z]+)*)"
)
_NEVER_JUDGED = ("Z79.899", "Y92.", "Y93.", "Y99.")
"""Optional everywhere: other long-term drug therapy, and place, activity and status of external causes."""

_LINES = ("dx", "first", "also", "px", "trap")
_PROCEDURE = re.compile(r"(?P<code>\w{5})(?P<alternatives>(/\w{5})*)(?P<modifiers>(-\w\w)*)( x(?P<units>\d+))?")


class MalformedCase(ValueError):
    """A line that the notation does not know; the message names file and line."""


@dataclass(frozen=True, slots=True)
class RightCode:
    """A diagnosis that the note supports, with the exact words (any one of them is enough) that say so.

    `alternatives`: codes that satisfy the case as well as `code` does, where coders honestly differ.
    """

    code: str
    alternatives: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """A service that the note supports. `units` as billed (4 for 40 mg of a drug counted per 10 mg).

    `alternatives`: other levels of the visit that an auditor could defend.
    """

    code: str
    alternatives: tuple[str, ...]
    modifiers: tuple[str, ...]
    units: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that tempt to a wrong code; `sequencing`: to a right code in the first place, where it may not stand."""

    kind: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """One note and the judgement on it. `codes` in the right order: the first is the first-listed or principal one.

    `also_first`: right codes that could stand first as well, where the guidelines leave it open. `also_ok`: codes that
    count neither for nor against. `age_days`: the age in days (a year counts 365, a month 30).
    """

    id: str
    specialty: str
    setting: str
    age_days: int
    sex: str
    new: bool
    note: str
    codes: tuple[RightCode, ...]
    also_first: tuple[str, ...]
    also_ok: tuple[str, ...]
    procedures: tuple[Procedure, ...]
    traps: tuple[Trap, ...]

    def judges(self, code: str) -> bool:
        """Whether suggesting this code counts at all, for or against."""
        return code not in self.also_ok and not code.startswith(_NEVER_JUDGED)

    @property
    def age(self) -> int:
        """Full years."""
        return self.age_days // 365


def open_cases() -> list[Case]:
    """The cases that whoever tunes the suggestions may read."""
    return _cases_in(FOLDER)


def held_out_cases() -> list[Case]:
    """The cases kept aside for the last measurement."""
    return _cases_in(HELD_OUT)


def sealed_cases() -> list[Case]:
    """The cases measured only at the end of a round; nobody who tunes the suggestions reads them."""
    return _cases_in(SEALED)


def cases_of(path: Path) -> Iterator[Case]:
    """The cases of one file in its order; its name without `fresh_` is their specialty. Raises MalformedCase."""
    blocks: list[tuple[int, list[str]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("=== "):
            blocks.append((number, []))
        if blocks:
            blocks[-1][1].append(line)
    for number, lines in blocks:
        try:
            yield _case(path.stem.removeprefix("fresh_"), lines)
        except ValueError as error:
            raise MalformedCase(f"{path.name}, case at line {number}: {error}") from error


def _cases_in(folder: Path) -> list[Case]:
    return [case for path in sorted(folder.glob("*.txt")) for case in cases_of(path)]


def _case(specialty: str, lines: list[str]) -> Case:
    header = _HEADER.fullmatch(lines[0])
    if header is None or "---" not in lines:
        raise ValueError("expected '=== id | age sex', the note, a line '---' and the codes.")
    flags = set(header["flags"].split(" | ")) - {""}
    if flags - {"new", "inpatient"}:
        raise ValueError(f"unknown flag in {sorted(flags)}.")
    cut = lines.index("---")
    rows = [line.split(" ", 1) for line in lines[cut + 1 :] if line.strip() and not line.startswith("#")]
    if unknown := {row[0] for row in rows} - set(_LINES):
        raise ValueError(f"unknown line {sorted(unknown)}.")
    told = {kind: [row[1] for row in rows if row[0] == kind] for kind in _LINES}
    return Case(
        id=header["id"],
        specialty=specialty,
        setting="inpatient" if "inpatient" in flags else "outpatient",
        age_days=int(header["age"]) * {"y": 365, "m": 30, "d": 1}[header["unit"]],
        sex=header["sex"],
        new="new" in flags,
        note="\n".join(lines[1:cut]).strip(),
        codes=tuple(_right_code(text) for text in told["dx"]),
        also_first=tuple(code for text in told["first"] for code in text.split()),
        also_ok=tuple(code for text in told["also"] for code in text.split()),
        procedures=tuple(_procedure(text) for text in told["px"]),
        traps=tuple(_trap(text) for text in told["trap"]),
    )


def _right_code(text: str) -> RightCode:
    codes, *evidence = text.split(" | ")
    code, *alternatives = codes.split("/")
    return RightCode(code, tuple(alternatives), tuple(evidence))


def _procedure(text: str) -> Procedure:
    head, *evidence = text.split(" | ")
    parts = _PROCEDURE.fullmatch(head)
    if parts is None:
        raise ValueError(f"'{head}' is not a procedure such as '99213-25' or 'J3301 x4'.")
    return Procedure(
        code=parts["code"],
        alternatives=tuple(parts["alternatives"].split("/")[1:]),
        modifiers=tuple(parts["modifiers"].split("-")[1:]),
        units=int(parts["units"] or 1),
        evidence=tuple(evidence),
    )


def _trap(text: str) -> Trap:
    head, words = text.split(" | ", 1)
    kind, code = head.split(" ")
    if kind not in TRAP_KINDS:
        raise ValueError(f"unknown trap kind '{kind}'.")
    return Trap(kind, code, words)

"""A code in its place: what is above and below it, and the instructions of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coding.models import Code

SHORTEST = 3  # letters of a heading
INSTRUCTIONS = {
    "inclusion_terms": "Also called",
    "includes": "Includes",
    "excludes1": "Excludes 1: never coded together",
    "excludes2": "Excludes 2: not included here",
    "code_first": "Code first",
    "use_additional": "Use additional code",
    "code_also": "Code also",
    "seventh": "7th character",
    "notes": "Notes",
}
INHERITED = tuple(name for name in INSTRUCTIONS if name != "inclusion_terms")  # what holds for all codes below


@dataclass(frozen=True)
class Instruction:
    """Lines of one kind, and the heading they stand at when that is above the code."""

    label: str
    lines: Sequence[str]
    stands_at: str = ""


@dataclass(frozen=True)
class CodePage:
    """A code with its headings, outermost first, the codes below it, and the instructions that hold for it."""

    code: Code
    above: Sequence[Code]
    below: Sequence[Code]
    instructions: Sequence[Instruction]


def code_page(system: str, code: str, day: date) -> CodePage | None:
    """A code as it holds on a day; None when no loaded code set has it then. Two queries."""
    of_day = Code.objects.on(day).filter(system=system)
    beginnings = [code[:size] for size in range(SHORTEST, len(code) + 1)]  # a heading is the beginning of its codes
    rows = {row.code: row for row in of_day.filter(code__in=beginnings).select_related("release")}
    found = rows.pop(code, None)
    if found is None:
        return None
    above: list[Code] = []
    while parent := rows.pop((above[0] if above else found).parent, None):
        above.insert(0, parent)
    below = of_day.defer("notes").filter(parent=code).order_by("code")
    return CodePage(found, above, list(below), list(_instructions(found, above)))


def _instructions(code: Code, above: Sequence[Code]) -> list[Instruction]:
    """The code's own, then those of its headings, the nearest first."""
    own = [Instruction(label, code.notes[name]) for name, label in INSTRUCTIONS.items() if code.notes.get(name)]
    inherited = [
        Instruction(INSTRUCTIONS[name], heading.notes[name], heading.code)
        for heading in reversed(above)
        for name in INHERITED
        if heading.notes.get(name)
    ]
    return own + inherited

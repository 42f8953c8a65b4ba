"""Reading the instructions of the ICD-10-CM tabular list. Source: ICD-10-CM Official Guidelines, section I.A."""

import re
from collections.abc import Iterable

CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"
REFERENCE = re.compile(rf"({CODE})(?:\.?-({CODE}))?")
IN_BRACKETS = re.compile(r"\(([^()]*)\)")


def code_ranges(notes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The codes that notes name in brackets, as (first, last) prefixes: "gout (M10.-)" gives ("M10", "M10").

    A reference that holds for some of its codes only ("E08-E13 with .42") is passed over: it would name too many.
    """
    found: dict[tuple[str, str], None] = {}
    for note in notes:
        for inside in IN_BRACKETS.findall(note):
            if " with " in inside:
                continue
            for match in REFERENCE.finditer(inside):
                first = match.group(1)
                found[(first, match.group(2) or first)] = None
    return tuple(found)


def names(ranges: Iterable[tuple[str, str]], code: str) -> bool:
    """Whether any of the ranges holds the code."""
    return any(first <= code[: len(first)] and code[: len(last)] <= last for first, last in ranges)


def ancestors(code: str) -> tuple[str, ...]:
    """The code and the shorter ones above it, longest first, down to its three-character category."""
    return tuple(code[:size].rstrip(".") for size in range(len(code), 2, -1) if code[size - 1] != ".")

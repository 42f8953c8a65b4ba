"""Lists of codes with their wording: CPT under the practice's own licence, modifiers, places of service, revenue codes,
types of bill, and NUCC's provider taxonomy. A CSV or a tab-separated file whose first two columns are the code and its
wording, with a heading.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from coding.domain.codefiles.rows import CodeRow
from coding.domain.codefiles.wrong import WrongFile, shown, table

SHAPES = {
    "cpt": re.compile(r"\d{4}[0-9AFTUM]"),
    "modifier": re.compile(r"[0-9A-Z]{2}"),
    "place": re.compile(r"\d{2}"),
    "revenue": re.compile(r"\d{4}"),
    "bill": re.compile(r"0?[0-9A-Z]{2}[0-9A-Z]?"),
    "taxonomy": re.compile(r"[0-9A-Z]{9}X"),
}
TAXONOMY_COLUMNS = ("Code", "Grouping", "Classification", "Specialization")

Reader = Callable[[Iterable[str]], Iterator[CodeRow]]


def word_list(system: str, what: str) -> Reader:
    """A reader of a list of one code system; `what` is what a sentence calls its codes."""

    def read(lines: Iterable[str]) -> Iterator[CodeRow]:
        shape = SHAPES[system]
        for number, row in enumerate(_cells(lines), 1):
            code = row[0].strip() if row else ""
            if not code or (number == 1 and not shape.fullmatch(code)):  # the heading
                continue
            if not shape.fullmatch(code) or len(row) < 2 or not row[1].strip():
                raise WrongFile(f"Line {number} is not {what} and its wording: {shown(row)}.")
            yield CodeRow(system, code, row[1].strip(), kind=row[2].strip()[:16] if len(row) > 2 else "")

    return read


def taxonomy_csv(lines: Iterable[str]) -> Iterator[CodeRow]:
    """NUCC's taxonomy: grouping, classification and specialization become one wording."""
    for row in table(lines, TAXONOMY_COLUMNS, "NUCC's taxonomy"):
        yield CodeRow("taxonomy", row[0], " – ".join(part for part in row[1:4] if part))


def _cells(lines: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(lines)
    first = next(rest, "")
    return csv.reader(chain([first], rest), delimiter="\t" if "\t" in first else ",")

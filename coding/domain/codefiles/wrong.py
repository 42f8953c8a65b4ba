"""What a reader says of a file that it cannot take."""

import csv
from collections.abc import Iterable, Iterator, Sequence


class WrongFile(Exception):
    """The file is not what it should be. The text is one sentence for the person who loads it."""


def table(lines: Iterable[str], columns: Sequence[str], what: str, delimiter: str = ",") -> Iterator[list[str]]:
    """The rows of a table below its heading, as many cells as `columns`, trimmed; empty rows are left out.

    `columns` are how the heading's cells begin. Raises WrongFile for another heading or a row of another length.
    """
    rows = csv.reader(lines, delimiter=delimiter)
    heading = next(rows, [])
    if not heading_is(heading, columns):
        raise WrongFile(f"{what} begins with the columns {', '.join(columns)}; this file begins with {shown(heading)}.")
    for number, row in enumerate(rows, 2):
        if any(row):
            if len(row) < len(columns):
                raise WrongFile(f"Line {number} has {len(row)} columns, not {len(columns)}: the file is cut short.")
            yield [cell.strip() for cell in row]


def heading_is(heading: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether each cell of a heading begins as it should, whatever its case."""
    cells = [" ".join(cell.split()).lower() for cell in heading]
    return len(cells) >= len(columns) and all(
        cell.startswith(name.lower()) for cell, name in zip(cells, columns, strict=False)
    )


def shown(cells: Sequence[str]) -> str:
    """The first cells of a line, short enough for a sentence."""
    text = ", ".join(cell.strip() for cell in cells[:8])[:80]
    return text or "an empty line"

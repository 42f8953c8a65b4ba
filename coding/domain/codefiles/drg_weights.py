"""Weights and lengths of stay of the MS-DRGs. Source: CMS, IPPS final rule, table 5, as CSV or tab-separated text.

Columns are found by their headings: MS-DRG, MDC, TYPE, MS-DRG Title, Weights, Geometric Mean LOS, Arithmetic Mean LOS.
"""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from coding.domain.codefiles.fees import decimal
from coding.domain.codefiles.rows import DrgRow
from coding.domain.codefiles.wrong import WrongFile, shown

HEADINGS = ("ms-drg", "mdc", "type", "ms-drg title", "weights", "geometric", "arithmetic")


def drg_weights(lines: Iterable[str]) -> Iterator[DrgRow]:
    """One row an MS-DRG; a length of stay that CMS does not compute is 0."""
    rest = iter(lines)
    first = next(rest, "")
    rows = enumerate(csv.reader(chain([first], rest), delimiter="\t" if "\t" in first else ","), 1)
    at = _columns(row for _, row in rows)
    for number, row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells) or not cells[at[0]].isdigit():
            continue  # footnotes
        if len(cells) <= max(at):
            raise WrongFile(f"Line {number} is cut short: {shown(row)}.")
        drg, mdc, kind, title, *numbers = (cells[column] for column in at)
        weight, geometric, arithmetic = (_number(text, number) for text in numbers)
        yield DrgRow(drg.zfill(3), mdc, kind, title, weight, geometric, arithmetic)


def _columns(rows: Iterable[list[str]]) -> list[int]:
    for row in rows:
        cells = [" ".join(cell.split()).lower() for cell in row]
        exact = {cell: n for n, cell in enumerate(cells)}
        at = [exact.get(name, next((n for n, c in enumerate(cells) if c.startswith(name)), -1)) for name in HEADINGS]
        if "ms-drg" in exact and -1 not in at:
            return at
    raise WrongFile(f"IPPS table 5 has a heading with {', '.join(HEADINGS)}; this file has none.")


def _number(text: str, line: int) -> Decimal:
    return Decimal(0) if text.upper() in ("", "NA", "N/A", "*") else decimal(text, line)

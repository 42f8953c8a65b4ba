"""The tables of the National Correct Coding Initiative. Source: CMS, Medicare NCCI, quarterly.

Pairs (procedure-to-procedure): column 1, column 2, *=in existence before 1996, effective date, deletion date (* none),
modifier indicator, rationale; separated by tabs, below a few lines of heading. Units (medically unlikely edits):
code, value, adjudication indicator, rationale. Add-on codes: primary, add-on and type.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from coding.domain.codefiles.rows import AddOnRow, PairRow, UnitRow
from coding.domain.codefiles.wrong import WrongFile, shown

CODE = re.compile(r"[0-9A-Z]{5}")
ADD_ON_LINE = ("primary", "add-on", "edit type")


def ncci_pairs(lines: Iterable[str]) -> Iterator[PairRow]:
    """Pairs, those deleted included, because they hold for older days."""
    started = False
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) < 6 or not (len(cells[0]) == len(cells[1]) == 5 and cells[0].isalnum()):
            if started and line.strip():
                raise WrongFile(f"Line {number} is not an NCCI pair, the file is cut short or damaged: {shown(cells)}.")
            continue  # the heading
        started = True
        one, two, _, begins, deleted, indicator, *rest = cells
        if indicator not in ("0", "1", "9"):
            raise WrongFile(f"Line {number} has the modifier indicator {indicator or 'nothing'}, not 0, 1 or 9.")
        yield PairRow(one, two, day(begins), day(deleted), indicator, rest[0].strip()[:80] if rest else "")


def ncci_units(lines: Iterable[str]) -> Iterator[UnitRow]:
    """Most units of a code on one day. The indicator is the number that the text begins with."""
    started = False
    for number, row in enumerate(csv.reader(lines), 1):
        cells = [cell.strip() for cell in row]
        if len(cells) < 3 or not CODE.fullmatch(cells[0]):
            if started and any(cells):
                raise WrongFile(f"Line {number} is not a medically unlikely edit, the file is cut short: {shown(row)}.")
            continue  # the heading, and CMS's notice of copyright above it
        started = True
        if not cells[1].isdigit() or cells[2][:1] not in ("1", "2", "3"):
            raise WrongFile(f"Line {number} has no number of units with its adjudication indicator: {shown(row)}.")
        yield UnitRow(cells[0], int(cells[1]), cells[2][0], cells[3][:80] if len(cells) > 3 else "")


def add_on_edits(lines: Iterable[str]) -> Iterator[AddOnRow]:
    """Add-on codes by primary code, from the CSV with the columns Primary Code, Add-on Code, Edit Type."""
    rows = csv.reader(lines)
    heading = [cell.strip().lower() for cell in next(rows, [])]
    if not all(any(cell.startswith(name) for cell in heading) for name in ADD_ON_LINE):
        raise WrongFile(f"Add-on edits have the columns Primary Code, Add-on Code, Edit Type, not {shown(heading)}.")
    at = {name: next(n for n, cell in enumerate(heading) if cell.startswith(name)) for name in ADD_ON_LINE}
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < len(heading):
            raise WrongFile(f"Line {number} is cut short: {shown(row)}.")
        primary, add_on, kind = (row[at[name]].strip() for name in ADD_ON_LINE)
        if not (CODE.fullmatch(primary) and CODE.fullmatch(add_on) and kind[:1] in ("1", "2", "3")):
            raise WrongFile(f"Line {number} is not an add-on edit: {shown(row)}.")
        yield AddOnRow(add_on, primary, kind[0])


@cache
def day(text: str) -> date | None:
    """A date as ccyymmdd; none for an empty cell or a star. Raises WrongFile for anything else."""
    text = text.strip()
    if text in ("", "*"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongFile(f"{text} is not a date in the form ccyymmdd.") from None

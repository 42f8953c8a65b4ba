"""The Medicare physician fee schedule. Source: CMS, PFS relative value files (PPRRVU, GPCI, LOCCO, ANES), as CSV."""

import csv
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from coding.domain.codefiles.rows import AnesthesiaRow, GpciRow, LocalityRow, ValueRow
from coding.domain.codefiles.wrong import WrongFile, shown

CODE = re.compile(r"[0-9A-Z]{5}")
RVU_COLUMNS = 28  # of 31: the last three are the caps by OPPS


def relative_values(lines: Iterable[str]) -> Iterator[ValueRow]:
    """The lines of PPRRVU below its heading, which ends with the line that begins HCPCS,MOD."""
    rows = enumerate(csv.reader(lines), 1)
    for _, row in rows:
        if [cell.strip() for cell in row[:2]] == ["HCPCS", "MOD"]:
            break
    else:
        raise WrongFile("A PPRRVU file has a line that begins with HCPCS,MOD; this file has none.")
    for number, row in rows:
        if not any(row):
            continue
        if len(row) < RVU_COLUMNS or not CODE.fullmatch(row[0]):
            raise WrongFile(f"Line {number} is no line of a PPRRVU file, or is cut short: {shown(row)}.")
        yield _value([cell.strip() for cell in row], number)


def _value(row: list[str], number: int) -> ValueRow:
    def amount(at: int) -> Decimal:
        return decimal(row[at] or "0", number)

    return ValueRow(
        code=row[0],
        modifier=row[1],
        status=row[3],
        work=amount(5),
        pe_nonfacility=amount(6),
        nonfacility_na=row[7] == "NA",
        pe_facility=amount(8),
        facility_na=row[9] == "NA",
        malpractice=amount(10),
        pctc=row[13],
        global_days=row[14],
        preoperative=amount(15),
        intraoperative=amount(16),
        postoperative=amount(17),
        multiple=row[18],
        bilateral=row[19],
        assistant=row[20],
        co_surgeon=row[21],
        team=row[22],
        endoscopic_base=row[23],
        conversion_factor=amount(24),
        supervision=row[25],
        imaging_family=row[27],
    )


def gpcis(lines: Iterable[str]) -> Iterator[GpciRow]:
    """Cost indices of each locality: contractor, state, locality, name, work, practice expense, malpractice."""
    for number, row in _located(lines, at=2, width=7, what="a GPCI file"):
        work, expense, malpractice = (decimal(cell, number) for cell in row[4:7])
        yield GpciRow(row[0].zfill(5), row[2].zfill(2), row[1], row[3].rstrip("*"), work, expense, malpractice)


def localities(lines: Iterable[str]) -> Iterator[LocalityRow]:
    """Counties of each locality. A state is written on its first line only."""
    state = ""
    for _, row in _located(lines, at=1, width=5, what="a file of localities and counties"):
        state = row[2] or state
        yield LocalityRow(row[0].zfill(5), row[1].zfill(2), state, row[3].rstrip("*"), row[4])


def anesthesia_factors(lines: Iterable[str]) -> Iterator[AnesthesiaRow]:
    """Dollars for one anesthesia unit in each locality."""
    for number, row in _located(lines, at=1, width=4, what="a file of anesthesia conversion factors"):
        factor = decimal(row[3].lstrip("$"), number)
        yield AnesthesiaRow(row[0].zfill(5), row[1].zfill(2), row[2].rstrip("*"), factor)


def _located(lines: Iterable[str], at: int, width: int, what: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that begin with a contractor and have a locality in column `at`; headings and footnotes are passed over."""
    for number, row in enumerate(csv.reader(lines), 1):
        cells = [cell.strip() for cell in row]
        if not cells or not (cells[0].isdigit() and len(cells[0]) in (4, 5)):
            continue
        if len(cells) < width or not cells[at].isdigit() or not cells[width - 1]:
            raise WrongFile(f"Line {number} is no line of {what}, or is cut short: {shown(row)}.")
        yield number, cells


def decimal(text: str, number: int) -> Decimal:
    """An exact number. Raises WrongFile naming the line."""
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise WrongFile(f"Line {number} has {text or 'nothing'} where a number belongs.") from None

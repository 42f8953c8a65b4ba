"""Takes over a code list as its owner publishes it: CSV, TSV, an HTML page with a table, or plain text.

All or nothing: a file with one bad row changes nothing. The same file again changes nothing either.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from io import StringIO
from itertools import chain
from pathlib import Path

from edi.codes.load import KINDS, Kind, read_stored, stored_at, write_stored
from edi.codes.table import Code

LARGEST = 256 * 1024 * 1024  # bytes
_SHOWN = 10


class CannotImport(Exception):
    """The file isn't this list, or some rows of it can't be read; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an import did to a table."""

    kind: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  # other words or dates
    total: int = 0

    @property
    def nothing(self) -> bool:
        """The list was imported before just as it is."""
        return not (self.added or self.removed or self.changed)

    @property
    def says(self) -> str:
        """In one line."""
        if self.nothing:
            return f"{self.kind}: nothing changed, {self.total} codes."
        counts = f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed"
        return f"{self.kind}: {counts}, now {self.total} codes."


def import_list(kind: str, content: bytes, directory: Path) -> Change:
    """Put the codes of an official list into `directory` and say what changed.

    Raises CannotImport when the kind isn't known or the file isn't that list as a whole.
    """
    if kind not in KINDS:
        raise CannotImport(f"There is no list named {kind}; the lists are {', '.join(sorted(KINDS))}.")
    codes = read_list(kind, content)
    path = stored_at(kind, directory)
    before = {each.code: each for each in read_stored(path)} if path.exists() else {}
    after = {each.code: each for each in codes}
    change = Change(
        kind=kind,
        added=tuple(each for each in after if each not in before),
        removed=tuple(each for each in before if each not in after),
        changed=tuple(code for code, each in after.items() if code in before and before[code] != each),
        total=len(after),
    )
    if not change.nothing:
        write_stored(path, codes)
    return change


def read_list(kind: str, content: bytes) -> list[Code]:
    """The codes of an official file, sorted. Raises CannotImport."""
    rule = KINDS[kind]
    if len(content) > LARGEST:
        raise CannotImport("The file is too large for a code list.")
    found: dict[str, Code] = {}
    faults: list[str] = []
    for number, cells in _rows(content):
        try:
            code = _code(cells, rule)
        except ValueError as fault:
            faults.append(f"row {number}: {fault}")
            continue
        if code is None:
            continue
        if code.code in found and found[code.code] != code:
            faults.append(f"row {number}: {code.code} stands in the file twice, with other words or dates")
        found[code.code] = code
    if faults:
        more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise CannotImport(f"Nothing was imported. {'; '.join(faults[:_SHOWN])}{more}.")
    if len(found) < rule.least:
        raise CannotImport(f"Only {len(found)} codes of {kind} in the file; the list has at least {rule.least}.")
    return sorted(found.values(), key=lambda each: each.code)


# --- rows: (number, {column: text}) with columns code, says, start, stop -------------------------------------------

Cells = dict[str, str]

_COLUMNS = {
    "code": (
        "code", "codes", "hcpcs", "hcpcs code", "hcpc", "icd10cm", "icd-10-cm code", "carc", "rarc", "reason code",
        "remark code", "taxonomy code", "place of service code", "place of service code(s)", "pos", "ndc",
        "ndcpackagecode",
    ),
    "says": (
        "place of service name", "display name", "long description", "description", "short description",
        "short_description", "long_description", "name", "definition", "classification", "words", "meaning",
        "valid description", "descriptor", "desc", "packagedescription",
    ),
    "start": (
        "start", "start date", "start_date", "effective date", "effective", "add dt", "act eff dt", "begin",
        "startmarketingdate",
    ),
    "stop": (
        "stop", "stop date", "stop_date", "end date", "end_date", "deactivation date", "termination date", "term dt",
        "deactivated", "last valid date", "endmarketingdate",
    ),
}  # fmt: skip
_DATES = re.compile(r"\b(Start|Stop|Last Modified|Notes)\s*:\s*(\d{1,2}/\d{1,2}/\d{2,4})?", re.IGNORECASE)
_DAY = re.compile(r"(?:\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d|\d{8})?")
_EMPTY_PLACES = ("unassigned", "reserved for")  # rows that say that a code is no code
_HYPHENED = re.compile(r"(\d{4,5})-(\d{3,4})-(\d{1,2})")
_ORDER_FILE = re.compile(r"\d{5} ([0-9A-Z]{3,7}) +([01]) (.{60}) ?(.*)")


def _rows(content: bytes) -> Iterator[tuple[int, Cells]]:
    text = _decoded(content)
    head = text[:4096].lower()
    if "<tr" in text.lower():
        yield from _named(_html_rows(text))
    elif _ORDER_FILE.fullmatch(text.partition("\n")[0].rstrip("\r").ljust(77)):
        yield from _order_rows(text)
    elif "\t" in head.partition("\n")[0]:
        yield from _named(enumerate(csv.reader(StringIO(text), delimiter="\t"), 1))
    elif _is_comma_file(head):
        yield from _named(enumerate(csv.reader(StringIO(text)), 1))
    else:
        yield from _plain_rows(text)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _is_comma_file(head: str) -> bool:
    lines = [each for each in head.splitlines()[:-1] or [head] if each.strip()]
    return sum("," in each for each in lines) * 2 > len(lines) and bool(re.match(r'"?[\w .()/-]{1,30}"?,', lines[0]))


def _order_rows(text: str) -> Iterator[tuple[int, Cells]]:
    """The ICD-10 order file: only what may be billed is a code."""
    for number, line in enumerate(text.splitlines(), 1):
        match = _ORDER_FILE.fullmatch(line.ljust(77))
        if match and match[2] == "1":
            yield number, {"code": match[1], "says": match[4].strip() or match[3].strip()}
        elif not match and line.strip():
            yield number, {"code": line[:12]}


def _plain_rows(text: str) -> Iterator[tuple[int, Cells]]:
    """A code, blanks, words."""
    for number, line in enumerate(text.splitlines(), 1):
        code, _, words = line.strip().partition(" ")
        if code:
            yield number, {"code": code.rstrip(":"), "says": words}


def _named(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, Cells]]:
    """Cells by column, from the first row that has a heading for the code; without one: code, words, start, stop."""
    waiting: list[tuple[int, list[str]]] = []
    places: dict[str, int] = {}
    for number, cells in rows:
        if places:
            yield number, _cells(cells, places)
            continue
        places = _places(cells)
        waiting.append((number, cells))
        if not places and len(waiting) == 20:
            break
    if places:
        return
    for number, cells in chain(waiting, rows):
        dated = len(cells) > 2 and all(_DAY.fullmatch(each.strip()) for each in cells[2:4])
        yield number, _cells(cells, {"code": 0, "says": 1, **({"start": 2, "stop": 3} if dated else {})})


def _places(cells: list[str]) -> dict[str, int]:
    heads = [each.strip().strip("*").lower() for each in cells]
    found: dict[str, int] = {}
    for column, names in _COLUMNS.items():
        place = next((heads.index(name) for name in names if name in heads), None)
        if place is None and column == "says":
            place = next((at for at, head in enumerate(heads) if "descri" in head), None)
        if place is not None:
            found[column] = place
    return found if "code" in found and len(found) > 1 else {}


def _cells(cells: list[str], places: dict[str, int]) -> Cells:
    found = {column: cells[at].strip() for column, at in places.items() if at < len(cells)}
    if sum(bool(each.strip()) for each in cells) == 1 and " " in "".join(cells).strip():
        found["code"] = ""  # a heading or a copyright line that fills one cell
    return found


class _Table(HTMLParser):
    """The rows of every table of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._cell = []
        elif tag in ("br", "p", "span", "div") and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def _html_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    parser = _Table()
    parser.feed(text)
    parser.close()
    yield from enumerate((each for each in parser.rows if each), 1)


def _code(cells: Cells, rule: Kind) -> Code | None:
    """One entry; None for a row without a code. Raises ValueError with what is wrong."""
    code = _whole(cells.get("code", "").replace("\u200b", "").strip().upper())
    if not code or cells.get("says", "").lower().startswith(_EMPTY_PLACES):
        return None
    if rule.matches(code) is None:
        raise ValueError(f"{code[:20]!r} is not a code of this list")
    words, start, stop = _without_dates(cells.get("says", ""))
    if not words:
        raise ValueError(f"{code} has no words")
    return Code(
        code.replace(".", ""),
        words,
        _day(cells.get("start", "")) or start,
        _day(cells.get("stop", "")) or stop,
    )


def _whole(code: str) -> str:
    """The eleven digits of a drug code that its owner writes with two hyphens; anything else as it is."""
    match = _HYPHENED.fullmatch(code)
    return f"{match[1]:0>5}{match[2]:0>4}{match[3]:0>2}" if match else code


def _without_dates(words: str) -> tuple[str, date | None, date | None]:
    """Words without the "Start: … | Stop: …" that the published pages put behind them."""
    days: dict[str, str] = {}
    cut = len(words)
    for match in _DATES.finditer(words):
        if match[2] or match[1].lower() == "notes":
            cut = min(cut, match.start())
            days.setdefault(match[1].lower(), match[2] or "")
    text = " ".join(words[:cut].split()).rstrip(" |")
    return text, _day(days.get("start", "")), _day(days.get("stop", ""))


def _day(text: str) -> date | None:
    """A date in the ways such lists write it; None for an empty cell. Raises ValueError for anything else."""
    if not text or text in ("-", "N/A", "00000000"):
        return None
    for form in ("%m/%d/%Y", "%Y-%m-%d", "%Y%m%d", "%m/%d/%y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a date without a clock has no zone
        except ValueError:
            continue
    raise ValueError(f"{text[:20]!r} is not a date")

"""The alphabetic index of ICD-10-CM with its tables of neoplasms and drugs, and the index of external causes.

Source: CDC/NCHS. Read from the XML as CDC publishes it, or from the same flattened to CSV (RowID, Letter, Level, Term,
See, SeeAlso, NonEssModif, Code; the tables with a column for each kind of code).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from coding.domain.codefiles.icd10cm_tabular import ended, words
from coding.domain.codefiles.rows import TermRow
from coding.domain.codefiles.wrong import table

INDEX_COLUMNS = ("RowID", "Letter", "Level", "Term", "See", "SeeAlso", "NonEssModif", "Code")
NEOPLASM_WORDS = (
    "malignant primary",
    "malignant secondary",
    "in situ",
    "benign",
    "uncertain behavior",
    "unspecified behavior",
)
NEOPLASM_COLUMNS = ("RowID", "Level", "Term", "SeeAlso", "NonEssModif", "MalignantPrimary", "MalignantSecondary")
DRUG_WORDS = (
    "poisoning accidental",
    "poisoning intentional self-harm",
    "poisoning assault",
    "poisoning undetermined",
    "adverse effect",
    "underdosing",
)
DRUG_COLUMNS = ("RowID", "Letter", "Level", "Term", "SeeAlso", "NonEssModif", "PoisoningAccidental")
CODE = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?")
SEPARATORS = re.compile(r"[\s,]+")

Reader = Callable[[Iterable[str]], Iterator[TermRow]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an index at its depth below the main term (0). `codes` stand in the order of the columns."""

    level: int
    term: str
    see: str
    optional: str
    codes: tuple[str, ...]


def index_csv(kind: str) -> Reader:
    """A reader of a flattened index; `kind` is index or external."""
    return lambda lines: _terms(_index_rows(lines), kind)


def index_xml(kind: str) -> Reader:
    """A reader of an index in CDC's XML; `kind` is index or external."""
    return lambda lines: _terms(_xml_entries(lines), kind)


def neoplasm_csv(lines: Iterable[str]) -> Iterator[TermRow]:
    """The neoplasm table: up to six codes a site."""
    rows = table(lines, NEOPLASM_COLUMNS, "The flattened neoplasm table")
    entries = (Entry(int(row[1]), row[2], row[3], row[4], tuple(row[5:11])) for row in rows)
    return _table_terms(entries, "neoplasm", NEOPLASM_WORDS)


def neoplasm_xml(lines: Iterable[str]) -> Iterator[TermRow]:
    """The neoplasm table in CDC's XML."""
    return _table_terms(_xml_entries(lines), "neoplasm", NEOPLASM_WORDS)


def drug_csv(lines: Iterable[str]) -> Iterator[TermRow]:
    """The table of drugs and chemicals: up to six codes a substance."""
    rows = table(lines, DRUG_COLUMNS, "The flattened table of drugs")
    entries = (Entry(int(row[2]), row[3], row[4], row[5], tuple(row[6:12])) for row in rows)
    return _table_terms(entries, "drug", DRUG_WORDS)


def drug_xml(lines: Iterable[str]) -> Iterator[TermRow]:
    """The table of drugs and chemicals in CDC's XML."""
    return _table_terms(_xml_entries(lines), "drug", DRUG_WORDS)


def _index_rows(lines: Iterable[str]) -> Iterator[Entry]:
    for row in table(lines, INDEX_COLUMNS, "A flattened ICD-10-CM index"):
        yield Entry(int(row[2]), row[3], row[4] or row[5], row[6], (row[7],))


def _xml_entries(lines: Iterable[str]) -> Iterator[Entry]:
    for main in ended(lines, "mainTerm"):
        yield from _with_terms_below(main, 0)
        main.clear()


def _with_terms_below(element: Element, level: int) -> Iterator[Entry]:
    title = element.find("title")
    optional = [words(one) for one in element.iterfind("title/nemod")]
    term = words(title) if title is not None else ""
    for one in optional:
        term = term.replace(one, " ")
    cells = {cell.get("col", ""): words(cell) for cell in element.findall("cell")}
    codes = tuple(cells.get(str(column), "") for column in range(2, 8)) if cells else (element.findtext("code") or "",)
    see = element.findtext("see") or element.findtext("seeAlso") or ""
    yield Entry(level, " ".join(term.split()), " ".join(see.split()), " ".join(optional), codes)
    for below in element.findall("term"):
        yield from _with_terms_below(below, level + 1)


def _paths(entries: Iterable[Entry]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Each entry with the names of the entries above it and its own."""
    above: list[str] = []
    for entry in entries:
        del above[entry.level :]
        above.append(entry.term.lower())
        yield tuple(above), entry


def _terms(entries: Iterable[Entry], kind: str) -> Iterator[TermRow]:
    """Terms of an index; one that only sends on gets the code of the entry that it sends to."""
    found = list(_paths(entries))
    codes: dict[str, str] = {}
    for path, entry in found:
        if code := _code(entry.codes[0]):
            codes.setdefault(_key(" ".join(path)), code)
            codes.setdefault(_first_names(path), code)
    for path, entry in found:
        code = _code(entry.codes[0]) or codes.get(_key(entry.see), "")
        if code or entry.see:
            yield TermRow(" ".join(path), code, kind, entry.optional, entry.see)


def _first_names(above: Sequence[str]) -> str:
    """How others send to an entry: of two names of one thing, as in "abdomen, abdominal", the first."""
    return _key(" ".join(name.partition(",")[0] for name in above))


def _key(path: str) -> str:
    return SEPARATORS.sub(" ", path).strip().lower()


def _table_terms(entries: Iterable[Entry], kind: str, columns: Sequence[str]) -> Iterator[TermRow]:
    """A term for each code of a row of a table, its column's words last."""
    for path, entry in _paths(entries):
        text = " ".join(path).replace("neoplasm, neoplastic", "neoplasm", 1)
        coded = [(_code(cell), column) for cell, column in zip(entry.codes, columns, strict=False)]
        for code, column in coded:
            if code:
                yield TermRow(f"{text} {column}", code, kind, entry.optional, entry.see)
        if entry.see and not any(code for code, _ in coded):
            yield TermRow(text, "", kind, entry.optional, entry.see)


def _code(cell: str) -> str:
    """The code of a cell without the dash or the stop that says that more characters follow."""
    found = CODE.match(cell.strip())
    return found[0] if found else ""

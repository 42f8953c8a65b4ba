"""The public code tables of ../shared/reference as codes and texts, read by the product's own readers."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from coding.catalogue import PROCEDURES
from coding.domain.codefiles.hcpcs import hcpcs_csv
from coding.domain.codefiles.icd10_order import icd10cm_order, icd10pcs_codes
from coding.domain.codefiles.icd10cm_index import drug_csv, index_csv, neoplasm_csv
from coding.domain.codefiles.rows import CodeRow
from coding.lexicon import Source, Text

Codes = list[tuple[str, bool]]
BRACKETS = re.compile(r"\([^()]*\)")
INDEXES = {
    "icd10cm_alphabetic_index_fy2025.csv": index_csv("index"),
    "icd10cm_external_causes_index_fy2025.csv": index_csv("external"),
    "icd10cm_neoplasm_table_fy2025.csv": neoplasm_csv,
    "icd10cm_drug_table_fy2025.csv": drug_csv,
}


def icd10cm(folder: Path) -> tuple[Codes, list[Text]]:
    """The order file: every heading and code with its long wording."""
    return _coded(icd10cm_order(_zipped(folder / "icd10cm_order_fy2025.zip", "icd10cm_order_2025.txt")))


def icd10pcs(folder: Path) -> tuple[Codes, list[Text]]:
    """The code file of the procedure classification."""
    return _coded(icd10pcs_codes(_zipped(folder / "icd10pcs_codes_fy2025.zip", "icd10pcs_codes_2025.txt")))


def hcpcs(folder: Path) -> tuple[Codes, list[Text]]:
    """HCPCS Level II with short descriptors."""
    return _coded(hcpcs_csv(_lines(folder / "hcpcs_level2_short_2026q2.csv")))


def cpt_numbers(folder: Path) -> Codes:
    """CPT numbers without words, from the physician fee schedule."""
    rows = csv.reader(_lines(folder / "PPRRVU2025_Oct_no_descriptions.csv"))
    found = {row[0] for row in rows if row and len(row[0]) == 5 and row[0][:4].isdigit()}
    return [(code, True) for code in sorted(found)]


def index_terms(folder: Path) -> list[Text]:
    """The paths of the alphabetic index and of the tables beside it that lead to a code, optional words last."""
    return [
        Text(term.code, f"{term.text} {term.optional}".strip(), Source.INDEX)
        for name, read in INDEXES.items()
        for term in read(_lines(folder / name))
        if term.code
    ]


def inclusion_terms() -> list[Text]:
    """The inclusion terms of the tabular list that simple-icd-10-cm carries."""
    import simple_icd_10_cm as icd

    codes = [code for code in icd.get_all_codes(True) if not icd.is_chapter_or_block(code)]
    return [Text(code, term, Source.INCLUSION) for code in codes for term in icd.get_inclusion_term(code)]


def built_in_icd10cm() -> tuple[Codes, list[Text]]:
    """The tabular list that simple-icd-10-cm carries, with its inclusion terms."""
    import simple_icd_10_cm as icd

    found = [code for code in icd.get_all_codes(True) if not icd.is_chapter_or_block(code)]
    texts = [Text(code, icd.get_description(code)) for code in found]
    return [(code, icd.is_leaf(code)) for code in found], texts + inclusion_terms()


def built_in_procedures() -> tuple[Codes, list[Text]]:
    """The procedure numbers that the product knows without any file."""
    return [(entry.code, True) for entry in PROCEDURES], [Text(entry.code, entry.wording) for entry in PROCEDURES]


def without_brackets(text: str) -> str:
    """A path of the index without its nonessential modifiers."""
    return " ".join(BRACKETS.sub(" ", text).split())


def _coded(rows: Iterable[CodeRow]) -> tuple[Codes, list[Text]]:
    kept = list(rows)
    return [(row.code, row.billable) for row in kept], [Text(row.code, row.wording) for row in kept]


def _zipped(path: Path, name: str) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return io.TextIOWrapper(archive.open(name), "utf-8").read().splitlines()


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines(keepends=True)

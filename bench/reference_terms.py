"""Code rows and index terms for the coding benchmark, read from the official files as they are published."""

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from coding.suggestion.knowledge import CodeRow, TermRow

INDEX = "icd10cm_alphabetic_index_fy2025.csv"
NEOPLASMS = "icd10cm_neoplasm_table_fy2025.csv"
DRUGS = "icd10cm_drug_table_fy2025.csv"
EXTERNAL = "icd10cm_external_causes_index_fy2025.csv"
ORDER = ("icd10cm_order_fy2025.zip", "icd10cm_order_2025.txt")

NEOPLASM_COLUMNS = {
    "MalignantPrimary": "malignant neoplasm",
    "MalignantSecondary": "metastasis",
    "CaInSitu": "carcinoma in situ",
    "Benign": "benign neoplasm",
    "UncertainBehavior": "neoplasm of uncertain behavior",
    "UnspecifiedBehavior": "neoplasm of unspecified behavior",
}
_NOT_A_CODE = re.compile(r"^(-+|)$")


def tabular_rows() -> Iterator[CodeRow]:
    """The installed ICD-10-CM release with its instructions."""
    import simple_icd_10_cm as icd

    for code in dict.fromkeys(icd.get_all_codes(True)):
        if icd.is_chapter(code) or "-" in code:  # B20 and Z66 are block and category in one
            continue
        notes = {
            "inclusion_terms": icd.get_inclusion_term(code),
            "includes": icd.get_includes(code),
            "excludes1": icd.get_excludes1(code),
            "excludes2": icd.get_excludes2(code),
            "code_first": icd.get_code_first(code).splitlines(),
            "use_additional": icd.get_use_additional_code(code).splitlines(),
        }
        parent = "" if icd.is_category(code) else icd.get_parent(code)
        yield CodeRow(code, icd.get_description(code), icd.is_leaf(code), parent, notes)


def term_rows(folder: Path) -> Iterator[TermRow]:
    """Every term of the index, the neoplasm table and the external-cause index that leads to a code, where there."""
    if not (folder / INDEX).exists():
        return
    yield from _index_terms(folder / INDEX, "index")
    yield from _neoplasm_terms(folder / NEOPLASMS)
    yield from _index_terms(folder / EXTERNAL, "external")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _index_terms(path: Path, kind: str) -> Iterator[TermRow]:
    rows = _rows(path)
    paths: list[tuple[str, ...]] = []
    stack: list[str] = []
    code_at: dict[tuple[str, ...], str] = {}
    for row in rows:
        del stack[int(row["Level"]) :]
        stack.append(row["Term"].strip())
        paths.append(tuple(stack))
        if not _NOT_A_CODE.match(row["Code"]):
            for way in _ways(tuple(stack)):
                code_at.setdefault(tuple(_plain(part) for part in way), row["Code"])
    for row, full in zip(rows, paths, strict=True):
        code = row["Code"]
        if _NOT_A_CODE.match(code) and row["See"]:
            code = _see(row["See"], code_at)
        if _NOT_A_CODE.match(code):
            continue
        for way in _ways(full):
            yield TermRow(" ".join(way), code.rstrip("-").rstrip("."), kind)


def _see(reference: str, code_at: dict[tuple[str, ...], str]) -> str:
    parts = tuple(_plain(part) for part in reference.split(","))
    return code_at.get(parts) or code_at.get((parts[0], " ".join(parts[1:]))) or ""


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)", " ", text).lower().replace(",", " ").split())


def _ways(full: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The path's alternatives: "Abdomen, abdominal" is two words for one thing, "Asthma, asthmatic" too."""
    return list(itertools.islice(itertools.product(*(_alternatives(part) for part in full)), 8))


def _alternatives(part: str) -> list[str]:
    plain = re.sub(r"\([^)]*\)", " ", part)
    pieces = [" ".join(piece.split()) for piece in plain.split(",") if piece.strip()]
    if len(pieces) > 1 and all(piece[:3].lower() == pieces[0][:3].lower() for piece in pieces):
        return pieces
    return [" ".join(pieces)] if pieces else [part]


def _neoplasm_terms(path: Path) -> Iterator[TermRow]:
    stack: list[str] = []
    for row in _rows(path):
        level = int(row["Level"])
        del stack[level:]
        stack.append("" if level == 0 else row["Term"].strip())
        for column, behavior in NEOPLASM_COLUMNS.items():
            if _NOT_A_CODE.match(row[column]) or not row[column][0].isalpha():
                continue
            for way in _ways(tuple(part for part in stack if part)):
                yield TermRow(" ".join((behavior, *way)), row[column].rstrip("-").rstrip("."), "neoplasm")


def order_file_codes(folder: Path) -> set[str]:
    """Every code and heading of the official order file, with its dot."""
    archive, name = ORDER
    with zipfile.ZipFile(folder / archive) as packed, packed.open(name) as file:
        lines = io.TextIOWrapper(file, encoding="utf-8")
        codes = {line[6:14].strip() for line in lines}
    return {code if len(code) < 4 else f"{code[:3]}.{code[3:]}" for code in codes}

"""The public code tables of ../shared/reference as codes and texts, for the search benchmark."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bench.alphabetic import IndexRow, index_paths
from coding.catalogue import PROCEDURES
from coding.lexicon import Source, Text

Codes = list[tuple[str, bool]]
BRACKETS = re.compile(r"\([^()]*\)")
NEOPLASM = {
    "MalignantPrimary": "malignant primary",
    "MalignantSecondary": "malignant secondary",
    "CaInSitu": "carcinoma in situ",
    "Benign": "benign",
    "UncertainBehavior": "uncertain behavior",
    "UnspecifiedBehavior": "unspecified behavior",
}
DRUG = {
    "PoisoningAccidental": "poisoning accidental",
    "PoisoningIntentionalSelfHarm": "poisoning intentional self harm",
    "PoisoningAssault": "poisoning assault",
    "PoisoningUndetermined": "poisoning undetermined",
    "AdverseEffect": "adverse effect",
    "Underdosing": "underdosing",
}


def dotted(code: str) -> str:
    """An ICD-10-CM code with its dot."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def icd10cm(folder: Path) -> tuple[Codes, list[Text]]:
    """The order file: every heading and code with its long wording."""
    codes, texts = [], []
    with zipfile.ZipFile(folder / "icd10cm_order_fy2025.zip") as archive:
        for line in io.TextIOWrapper(archive.open("icd10cm_order_2025.txt"), "utf-8"):
            code = dotted(line[6:14].strip())
            codes.append((code, line[14] == "1"))
            texts.append(Text(code, line[77:].strip()))
    return codes, texts


def icd10pcs(folder: Path) -> tuple[Codes, list[Text]]:
    """The code file of the procedure classification."""
    with zipfile.ZipFile(folder / "icd10pcs_codes_fy2025.zip") as archive:
        lines = io.TextIOWrapper(archive.open("icd10pcs_codes_2025.txt"), "utf-8").read().splitlines()
    return [(line[:7], True) for line in lines], [Text(line[:7], line[8:].strip()) for line in lines]


def hcpcs(folder: Path) -> tuple[Codes, list[Text]]:
    """HCPCS Level II with short descriptors."""
    rows = list(_rows(folder / "hcpcs_level2_short_2026q2.csv"))
    return [(row["HCPCS"], True) for row in rows], [Text(row["HCPCS"], row["Short Descriptor"]) for row in rows]


def cpt_numbers(folder: Path) -> Codes:
    """CPT numbers without words, from the physician fee schedule."""
    with (folder / "PPRRVU2025_Oct_no_descriptions.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {row[0] for row in csv.reader(file) if row and len(row[0]) == 5 and row[0][:4].isdigit()}
    return [(code, True) for code in sorted(found)]


def index_terms(folder: Path) -> list[Text]:
    """The paths of the alphabetic index and of the tables beside it, with the codes they lead to."""
    terms: list[Text] = []
    for name in ("alphabetic", "external_causes"):
        rows = (
            IndexRow(int(row["Level"]), row["Term"], row["See"] or "", row["Code"] or "", row["NonEssModif"] or "")
            for row in _rows(folder / f"icd10cm_{name}_index_fy2025.csv")
        )
        terms += [Text(code, f"{path} {optional}", Source.INDEX) for path, optional, code in index_paths(rows)]
    terms += _table(folder / "icd10cm_neoplasm_table_fy2025.csv", NEOPLASM)
    return terms + _table(folder / "icd10cm_drug_table_fy2025.csv", DRUG)


def _table(path: Path, columns: dict[str, str]) -> list[Text]:
    """A table whose columns are codes: the path of words with the column's meaning."""
    terms: list[Text] = []
    for column, says in columns.items():
        rows = [
            IndexRow(int(row["Level"]), row["Term"], "", row[column] or "", row["NonEssModif"] or "")
            for row in _rows(path)
        ]
        terms += [Text(code, f"{term} {says} {optional}", Source.INDEX) for term, optional, code in index_paths(rows)]
    return terms


def built_in_icd10cm() -> tuple[Codes, list[Text]]:
    """The tabular list that simple-icd-10-cm carries, with its inclusion terms."""
    import simple_icd_10_cm as icd

    found = [code for code in icd.get_all_codes(True) if not icd.is_chapter_or_block(code)]
    texts = [Text(code, icd.get_description(code)) for code in found]
    return [(code, icd.is_leaf(code)) for code in found], texts + inclusion_terms()


def built_in_procedures() -> tuple[Codes, list[Text]]:
    """The procedure numbers that the product knows without any file."""
    return [(entry.code, True) for entry in PROCEDURES], [Text(entry.code, entry.wording) for entry in PROCEDURES]


def inclusion_terms() -> list[Text]:
    """The inclusion terms of the tabular list that simple-icd-10-cm carries."""
    import simple_icd_10_cm as icd

    return [
        Text(code, term, Source.INCLUSION)
        for code in icd.get_all_codes(True)
        if not icd.is_chapter_or_block(code)
        for term in icd.get_inclusion_term(code)
    ]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def without_brackets(text: str) -> str:
    """A path of the index without its nonessential modifiers."""
    return " ".join(BRACKETS.sub(" ", text).split())

"""From the names of files, as their publishers write them: which release it is, and from which day it holds.

ICD-10 and MS-DRG follow the federal fiscal year, which begins on October 1 of the year before; ICD-10-CM has a second
edition on April 1. NCCI, HCPCS and the fee schedule are quarterly. NUCC's taxonomy nn.0 holds from April 1, nn.1 from
October 1.
"""

import re
from collections.abc import Sequence
from datetime import date

from coding.domain.codefiles.kinds import ReleaseKind as Kind

FISCAL = frozenset(
    {
        Kind.ICD10CM,
        Kind.ICD10CM_TABULAR,
        Kind.ICD10CM_INDEX,
        Kind.ICD10CM_NEOPLASM,
        Kind.ICD10CM_DRUG,
        Kind.ICD10CM_EXTERNAL,
        Kind.ICD10PCS,
        Kind.MS_DRG,
    }
)
YEARLY = frozenset({Kind.GPCI, Kind.LOCALITY, Kind.ANESTHESIA, Kind.CPT})
MONTHS = {"jan": 1, "apr": 4, "jul": 7, "oct": 10}
YEAR = re.compile(r"(?<!\d)(20[1-9]\d)(?!\d)")
SHORT_YEAR = re.compile(r"(?<!\d)([1-9]\d)(?=LOCCO|ANES|GPCI)|(?:RVU|GPCI|ANES|FY)([1-9]\d)(?!\d)", re.IGNORECASE)
MONTH = re.compile(r"(?<![a-z])(jan|apr|jul|oct)(?:uary|il|y|ober)?(?![a-z])", re.IGNORECASE)
QUARTER = re.compile(r"(?<!\d)(20[1-9]\d)[-_ ]?q([1-4])(?!\d)", re.IGNORECASE)
RVU_LETTER = re.compile(r"RVU(\d\d)([A-D])", re.IGNORECASE)
EFFECTIVE = re.compile(r"eff[-_ .]*(\d{1,2})[-_.](\d{1,2})[-_.](\d{4})", re.IGNORECASE)
NCCI_VERSION = re.compile(r"v(\d\d)([0-3])r\d", re.IGNORECASE)
FIRST_NCCI_YEAR = 1994  # version 30.0 held from January 1, 2024
TAXONOMY = re.compile(r"taxonomy_(\d\d)([01])", re.IGNORECASE)


def release_named(kind: Kind, names: Sequence[str], heading: str = "") -> tuple[str, date] | None:
    """The release's name and its first day, from the names of the file and what is in it, else from its heading.

    None when they do not say: then a person must.
    """
    for text in (*names, heading):
        if found := _exact(text) or _by_kind(kind, text):
            return found
    return None


def _exact(text: str) -> tuple[str, date] | None:
    """Names that say a quarter or a day by themselves."""
    if found := EFFECTIVE.search(text):
        month, day, year = map(int, found.groups())
        return _quarter(year, month) if day == 1 and month in MONTHS.values() else (found[0], date(year, month, day))
    if found := QUARTER.search(text):
        return _quarter(int(found[1]), int(found[2]) * 3 - 2)
    if found := RVU_LETTER.search(text):
        return _quarter(2000 + int(found[1]), "ABCD".index(found[2].upper()) * 3 + 1)
    if found := NCCI_VERSION.search(text):
        return _quarter(FIRST_NCCI_YEAR + int(found[1]), int(found[2]) * 3 + 1)
    if found := TAXONOMY.search(text):
        return f"{found[1]}.{found[2]}", date(2000 + int(found[1]), 10 if found[2] == "1" else 4, 1)
    return None


def _by_kind(kind: Kind, text: str) -> tuple[str, date] | None:
    """Names that say a year, and perhaps a month."""
    year = _year(text)
    if year is None:
        return None
    month = MONTH.search(text.replace("_", " "))
    number = MONTHS[month[1].lower()] if month else 0
    if kind in FISCAL:
        return (f"FY{year} April", date(year, 4, 1)) if number == 4 else (f"FY{year}", date(year - 1, 10, 1))
    if kind in YEARLY:
        return str(year), date(year, 1, 1)
    return _quarter(year, number) if number else None


def _year(text: str) -> int | None:
    if found := YEAR.search(text.replace("fy", "").replace("FY", "")) or re.search(r"[A-Za-z](20[1-9]\d)(?!\d)", text):
        return int(found[1])
    short = SHORT_YEAR.search(text)
    return 2000 + int(short[1] or short[2]) if short else None


def _quarter(year: int, month: int) -> tuple[str, date]:
    return f"{year}q{(month + 2) // 3}", date(year, month, 1)

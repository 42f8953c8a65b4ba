"""Every file that can be loaded: of which kind, what it looks like, who reads it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from coding.domain.codefiles.coverage import coverage_policies
from coding.domain.codefiles.drg_weights import drg_weights
from coding.domain.codefiles.fees import anesthesia_factors, gpcis, localities, relative_values
from coding.domain.codefiles.hcpcs import hcpcs_contractor, hcpcs_csv
from coding.domain.codefiles.icd10_order import icd10cm_order, icd10pcs_codes, icd10pcs_order
from coding.domain.codefiles.icd10cm_index import (
    drug_csv,
    drug_xml,
    index_csv,
    index_xml,
    neoplasm_csv,
    neoplasm_xml,
)
from coding.domain.codefiles.icd10cm_tabular import icd10cm_tabular
from coding.domain.codefiles.kinds import ReleaseKind as Kind
from coding.domain.codefiles.ncci import add_on_edits, ncci_pairs, ncci_units
from coding.domain.codefiles.rows import Row
from coding.domain.codefiles.wordlists import taxonomy_csv, word_list

HEAD = 8192  # characters of a file that are enough to know it


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One layout of one kind of file.

    `looks` is searched in the file's beginning. `initials` are first characters of codes of which a whole file has
    every one, so that half a file is seen; it is asked for from a thousand rows on.
    """

    kind: Kind
    name: str
    looks: re.Pattern[str]
    read: Callable[[Iterable[str]], Iterator[Row]]
    initials: str = ""


def _format(
    kind: Kind, name: str, looks: str, read: Callable[[Iterable[str]], Iterator[Row]], initials: str = ""
) -> FileFormat:
    return FileFormat(kind, name, re.compile(looks, re.IGNORECASE | re.MULTILINE), read, initials)


_CSV_INDEX = r"\A\W*RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\s*\n1,A,0,"
_PAIRS = r"^(?:Column ?1\s*\t|[0-9A-Z]{5}\t[0-9A-Z]{5}\t)"
_UNITS = r"^\W*HCPCS/?\s*CPT Code\W*,"

FORMATS: tuple[FileFormat, ...] = (
    _format(Kind.ICD10CM, "an ICD-10-CM order file", r"\A\d{5} [A-Z]\d\w{1,5} +[01] ", icd10cm_order, "AZ"),
    _format(Kind.ICD10CM_TABULAR, "the ICD-10-CM tabular list", r"<ICD10CM\.tabular", icd10cm_tabular, "AZ"),
    _format(
        Kind.ICD10CM_INDEX, "the flattened ICD-10-CM index", _CSV_INDEX + r"A(?!bandonment,,,\()", index_csv("index")
    ),
    _format(
        Kind.ICD10CM_EXTERNAL,
        "the flattened index of external causes",
        _CSV_INDEX + r"Abandonment,,,\(",
        index_csv("external"),
    ),
    _format(
        Kind.ICD10CM_INDEX,
        "the ICD-10-CM index",
        r"<ICD10CM\.index>(?:(?!</title>)[\s\S])*INDEX TO DISEASES",
        index_xml("index"),
    ),
    _format(
        Kind.ICD10CM_EXTERNAL,
        "the index of external causes",
        r"<ICD10CM\.index>(?:(?!</title>)[\s\S])*EXTERNAL CAUSE",
        index_xml("external"),
    ),
    _format(
        Kind.ICD10CM_NEOPLASM, "the flattened neoplasm table", r"\A\W*RowID,Level,Term,.*MalignantPrimary", neoplasm_csv
    ),
    _format(Kind.ICD10CM_NEOPLASM, "the neoplasm table", r"<title>[^<]*NEOPLASMS", neoplasm_xml),
    _format(Kind.ICD10CM_DRUG, "the flattened table of drugs", r"\A\W*RowID,.*PoisoningAccidental", drug_csv),
    _format(Kind.ICD10CM_DRUG, "the table of drugs", r"<title>[^<]*DRUGS", drug_xml),
    _format(Kind.ICD10PCS, "an ICD-10-PCS order file", r"\A\d{5} \d\w{2,6} +[01] ", icd10pcs_order, "0X"),
    _format(Kind.ICD10PCS, "an ICD-10-PCS codes file", r"\A[0-9A-HJ-NP-Z]{7} \w", icd10pcs_codes, "0X"),
    _format(Kind.HCPCS, "CMS's HCPCS file", r"\A[A-Z]\d{4}\d{5}3.{80}", hcpcs_contractor, "AV"),
    _format(Kind.HCPCS, "a short HCPCS file", r"\A\W*HCPCS,Short Desc", hcpcs_csv, "AV"),
    _format(Kind.TAXONOMY, "NUCC's taxonomy", r"\A\W*Code,\W*Grouping", taxonomy_csv),
    _format(Kind.MS_DRG, "IPPS table 5", r"^MS-DRG[,\t]", drg_weights),
    _format(Kind.RVU, "a PPRRVU file", r"Relative Value File|^HCPCS,MOD,DESCRIPTION", relative_values, "09GA"),
    _format(Kind.GPCI, "a GPCI file", r"^Medicare Admin[^\n]*,State,Locality Number,[^\n]*GPCI", gpcis),
    _format(Kind.LOCALITY, "a file of localities", r"^Medicare Admin[^\n]*,Locality Number,State", localities),
    _format(Kind.ANESTHESIA, "a file of anesthesia factors", r"^Contractor,Locality,[^\n]*Anes", anesthesia_factors),
    _format(Kind.PTP_PRACTITIONER, "a file of NCCI pairs", _PAIRS, ncci_pairs, "09J"),
    _format(Kind.PTP_OUTPATIENT, "a file of NCCI pairs", _PAIRS, ncci_pairs, "09J"),
    _format(Kind.MUE_PRACTITIONER, "a file of medically unlikely edits", _UNITS, ncci_units, "09J"),
    _format(Kind.MUE_OUTPATIENT, "a file of medically unlikely edits", _UNITS, ncci_units, "09J"),
    _format(Kind.MUE_DME, "a file of medically unlikely edits", _UNITS, ncci_units, "AE"),
    _format(Kind.ADD_ON, "a file of add-on edits", r"\A[^\n]*Primary Code[^\n]*Add-on Code", add_on_edits),
    _format(Kind.COVERAGE, "a file of coverage determinations", r"\A\W*policy,title,contractor", coverage_policies),
    _format(Kind.CPT, "a list of CPT codes", r"^\W*\d{4}[0-9AFTUM]\W*[,\t]\D", word_list("cpt", "a CPT code")),
    _format(Kind.MODIFIER, "a list of modifiers", r"^\W*[0-9A-Z]{2}\W*[,\t]\D", word_list("modifier", "a modifier")),
    _format(Kind.PLACE, "a list of places of service", r"^\W*\d\d\W*[,\t]\D", word_list("place", "a place of service")),
    _format(Kind.REVENUE, "a list of revenue codes", r"^\W*\d{4}\W*[,\t]\D", word_list("revenue", "a revenue code")),
    _format(Kind.BILL_TYPE, "a list of types of bill", r"^\W*0?\w{2,3}\W*[,\t]\D", word_list("bill", "a type of bill")),
)
# Of these two kinds of table there is one layout for several settings, which only the file's name or heading tells.
SETTINGS: dict[Kind, str] = {
    Kind.PTP_PRACTITIONER: r"pra|practitioner",
    Kind.PTP_OUTPATIENT: r"oph|outpatient|hospital",
    Kind.MUE_PRACTITIONER: r"practitioner",
    Kind.MUE_OUTPATIENT: r"outpatient|hospital",
    Kind.MUE_DME: r"dme|supplier",
}


def format_of(kind: Kind, head: str) -> FileFormat | None:
    """The layout of this kind that a file's beginning shows."""
    return next((one for one in FORMATS if one.kind == kind and one.looks.search(head)), None)


def looks_like(head: str) -> FileFormat | None:
    """The layout of any kind that a file's beginning shows; lists of codes are too plain to be told apart."""
    plain = {Kind.CPT, Kind.MODIFIER, Kind.PLACE, Kind.REVENUE, Kind.BILL_TYPE}
    return next((one for one in FORMATS if one.kind not in plain and one.looks.search(head)), None)


def setting_differs(kind: Kind, name: str) -> Kind | None:
    """The other setting that a file's name speaks of, if it does not speak of this one."""
    family = kind.value[:3]
    if kind not in SETTINGS or re.search(SETTINGS[kind], name, re.IGNORECASE):
        return None
    others = (other for other in SETTINGS if other.value[:3] == family and other != kind)
    return next((other for other in others if re.search(SETTINGS[other], name, re.IGNORECASE)), None)

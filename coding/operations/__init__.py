"""The verbs of coding."""

from coding.domain.codes import CaseCodes, Service
from coding.operations.bill import mark_billed
from coding.operations.cases import (
    CannotCode,
    ChangedMeanwhile,
    Coding,
    code_cases,
    finalize_case,
    finalize_cases,
    save_codes,
)
from coding.operations.load import is_loaded, load_icd10cm, load_procedures, merge_codes

__all__ = [
    "CannotCode",
    "CaseCodes",
    "ChangedMeanwhile",
    "Coding",
    "Service",
    "code_cases",
    "finalize_case",
    "finalize_cases",
    "is_loaded",
    "load_icd10cm",
    "load_procedures",
    "mark_billed",
    "merge_codes",
    "save_codes",
]

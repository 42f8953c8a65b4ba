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
from coding.operations.load import WrongFile, load_built_in, load_files

__all__ = [
    "CannotCode",
    "CaseCodes",
    "ChangedMeanwhile",
    "Coding",
    "Service",
    "WrongFile",
    "code_cases",
    "finalize_case",
    "finalize_cases",
    "load_built_in",
    "load_files",
    "mark_billed",
    "save_codes",
]

"""The verbs of coding."""

from coding.domain.codes import Service
from coding.operations.bill import mark_billed
from coding.operations.cases import CannotCode, ChangedMeanwhile, finalize_case, save_codes
from coding.operations.load import is_loaded, load_icd10cm, load_procedures, merge_codes

__all__ = [
    "CannotCode",
    "ChangedMeanwhile",
    "Service",
    "finalize_case",
    "is_loaded",
    "load_icd10cm",
    "load_procedures",
    "mark_billed",
    "merge_codes",
    "save_codes",
]

"""The verbs of coding."""

from coding.operations.cases import (
    CannotCode,
    ChangedMeanwhile,
    Service,
    finalize_case,
    save_codes,
    unknown_codes,
)
from coding.operations.load import is_loaded, load_icd10cm, load_procedures, merge_codes

__all__ = [
    "CannotCode",
    "ChangedMeanwhile",
    "Service",
    "finalize_case",
    "is_loaded",
    "load_icd10cm",
    "load_procedures",
    "merge_codes",
    "save_codes",
    "unknown_codes",
]

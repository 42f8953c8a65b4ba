"""The coding queue and the workbench."""

from coding.views.cases import (
    case_codes,
    case_detail,
    case_finish,
    case_list,
    case_save,
    case_search,
    case_undo,
    case_why,
)
from coding.views.presence import case_presence
from coding.views.rules import auto_complete_set, coding_rules, learned_detail, learned_use, specialties_set

__all__ = [
    "auto_complete_set",
    "case_codes",
    "case_detail",
    "case_finish",
    "case_list",
    "case_presence",
    "case_save",
    "case_search",
    "case_undo",
    "case_why",
    "coding_rules",
    "learned_detail",
    "learned_use",
    "specialties_set",
]

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

__all__ = [
    "case_codes",
    "case_detail",
    "case_finish",
    "case_list",
    "case_presence",
    "case_save",
    "case_search",
    "case_undo",
    "case_why",
]

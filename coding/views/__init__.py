"""The coding queue, the workbench, and the search for codes."""

from coding.views.cases import case_detail, case_finish, case_list, case_save
from coding.views.search import case_search, code_detail

__all__ = ["case_detail", "case_finish", "case_list", "case_save", "case_search", "code_detail"]

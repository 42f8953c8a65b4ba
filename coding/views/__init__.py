"""The coding queue and the workbench."""

from coding.views.cases import case_detail, case_finish, case_list, case_save, case_search

__all__ = ["case_detail", "case_finish", "case_list", "case_save", "case_search"]

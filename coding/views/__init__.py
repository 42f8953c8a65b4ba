"""The coding queue, the workbench, and the releases of code sets."""

from coding.views.cases import case_detail, case_finish, case_list, case_save, case_search
from coding.views.releases import release_detail, release_list

__all__ = ["case_detail", "case_finish", "case_list", "case_save", "case_search", "release_detail", "release_list"]

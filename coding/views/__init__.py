"""The coding queue, the workbench, the search for codes, and the releases of code sets."""

from coding.views.cases import case_detail, case_finish, case_list, case_save
from coding.views.releases import release_detail, release_list
from coding.views.search import case_search, code_detail

__all__ = [
    "case_detail",
    "case_finish",
    "case_list",
    "case_save",
    "case_search",
    "code_detail",
    "release_detail",
    "release_list",
]

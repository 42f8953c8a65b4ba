"""Coding over the API: cases and codes, to read."""

from coding.api.cases import CaseDetail, CaseList
from coding.api.codes import CodeDetail, CodeSearch

__all__ = ["CaseDetail", "CaseList", "CodeDetail", "CodeSearch"]

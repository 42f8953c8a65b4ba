"""Coding over the API, to read: cases, codes, questions to providers and audits."""

from coding.api.audits import AuditDetail, AuditList
from coding.api.cases import CaseDetail, CaseList
from coding.api.codes import CodeDetail, CodeSearch
from coding.api.provider_queries import QueryDetail, QueryList

__all__ = [
    "AuditDetail",
    "AuditList",
    "CaseDetail",
    "CaseList",
    "CodeDetail",
    "CodeSearch",
    "QueryDetail",
    "QueryList",
]

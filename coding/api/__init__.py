"""Coding over the API: cases, questions to providers and audits, to read."""

from coding.api.audits import AuditDetail, AuditList
from coding.api.cases import CaseDetail, CaseList
from coding.api.provider_queries import QueryDetail, QueryList

__all__ = ["AuditDetail", "AuditList", "CaseDetail", "CaseList", "QueryDetail", "QueryList"]

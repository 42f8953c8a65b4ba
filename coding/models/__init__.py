"""Code sets, the codes a coder gave to a visit, questions to providers, and audits."""

from coding.models.audits import AuditedCode, AuditPlan, CodingAudit
from coding.models.cases import CaseDiagnosis, CaseProcedure, CodingCase
from coding.models.codes import Code, CodeSystem
from coding.models.provider_queries import ProviderQuery

__all__ = [
    "AuditPlan",
    "AuditedCode",
    "CaseDiagnosis",
    "CaseProcedure",
    "Code",
    "CodeSystem",
    "CodingAudit",
    "CodingCase",
    "ProviderQuery",
]

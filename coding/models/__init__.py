"""Code sets by release, the tables behind edits and fees, coded visits, suggestions, questions to providers, audits."""

from coding.domain.codefiles import ReleaseKind
from coding.models.audits import AuditedCode, AuditPlan, CodingAudit
from coding.models.cases import CaseDiagnosis, CasePresence, CaseProcedure, CaseVersion, CodingCase
from coding.models.codes import Code, CodeSystem, Term, TermKind
from coding.models.edit_tables import AddOnEdit, CoveragePolicy, PairEdit, UnitLimit
from coding.models.fee_tables import AnesthesiaFactor, DrgWeight, Gpci, Locality, RelativeValue
from coding.models.provider_queries import ProviderQuery
from coding.models.releases import Release, ReleasedQuerySet
from coding.models.search import SearchIndex
from coding.models.suggestions import CoderSpecialty, CodingPolicy, LearnedModel, Suggestion

__all__ = [
    "AddOnEdit",
    "AnesthesiaFactor",
    "AuditPlan",
    "AuditedCode",
    "CaseDiagnosis",
    "CasePresence",
    "CaseProcedure",
    "CaseVersion",
    "Code",
    "CodeSystem",
    "CoderSpecialty",
    "CodingAudit",
    "CodingCase",
    "CodingPolicy",
    "CoveragePolicy",
    "DrgWeight",
    "Gpci",
    "LearnedModel",
    "Locality",
    "PairEdit",
    "ProviderQuery",
    "RelativeValue",
    "Release",
    "ReleaseKind",
    "ReleasedQuerySet",
    "SearchIndex",
    "Suggestion",
    "Term",
    "TermKind",
    "UnitLimit",
]

"""Code sets, the codes a coder gave to a visit, and what was suggested."""

from coding.models.cases import CaseDiagnosis, CasePresence, CaseProcedure, CaseVersion, CodingCase
from coding.models.codes import Code, CodeSystem
from coding.models.suggestions import CoderSpecialty, CodingPolicy, LearnedModel, Suggestion

__all__ = [
    "CaseDiagnosis",
    "CasePresence",
    "CaseProcedure",
    "CaseVersion",
    "Code",
    "CodeSystem",
    "CoderSpecialty",
    "CodingCase",
    "CodingPolicy",
    "LearnedModel",
    "Suggestion",
]

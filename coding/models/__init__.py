"""Code sets by release, the tables behind edits and fees, the codes a coder gave to a visit, and what was suggested."""

from coding.domain.codefiles import ReleaseKind
from coding.models.cases import CaseDiagnosis, CasePresence, CaseProcedure, CaseVersion, CodingCase
from coding.models.codes import Code, CodeSystem, Term, TermKind
from coding.models.edit_tables import AddOnEdit, CoveragePolicy, PairEdit, UnitLimit
from coding.models.fee_tables import AnesthesiaFactor, DrgWeight, Gpci, Locality, RelativeValue
from coding.models.releases import Release, ReleasedQuerySet
from coding.models.suggestions import CoderSpecialty, CodingPolicy, LearnedModel, Suggestion

__all__ = [
    "AddOnEdit",
    "AnesthesiaFactor",
    "CaseDiagnosis",
    "CasePresence",
    "CaseProcedure",
    "CaseVersion",
    "Code",
    "CodeSystem",
    "CoderSpecialty",
    "CodingCase",
    "CodingPolicy",
    "CoveragePolicy",
    "DrgWeight",
    "Gpci",
    "LearnedModel",
    "Locality",
    "PairEdit",
    "RelativeValue",
    "Release",
    "ReleaseKind",
    "ReleasedQuerySet",
    "Suggestion",
    "Term",
    "TermKind",
    "UnitLimit",
]

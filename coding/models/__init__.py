"""Code sets by release, the tables behind edits and fees, and the codes a coder gave to a visit."""

from coding.domain.codefiles import ReleaseKind
from coding.models.cases import CaseDiagnosis, CaseProcedure, CodingCase
from coding.models.codes import Code, CodeSystem, Term, TermKind
from coding.models.edit_tables import AddOnEdit, CoveragePolicy, PairEdit, UnitLimit
from coding.models.fee_tables import AnesthesiaFactor, DrgWeight, Gpci, Locality, RelativeValue
from coding.models.releases import Release, ReleasedQuerySet

__all__ = [
    "AddOnEdit",
    "AnesthesiaFactor",
    "CaseDiagnosis",
    "CaseProcedure",
    "Code",
    "CodeSystem",
    "CodingCase",
    "CoveragePolicy",
    "DrgWeight",
    "Gpci",
    "Locality",
    "PairEdit",
    "RelativeValue",
    "Release",
    "ReleaseKind",
    "ReleasedQuerySet",
    "Term",
    "TermKind",
    "UnitLimit",
]

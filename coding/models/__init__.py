"""Code sets, and the codes a coder gave to a visit."""

from coding.models.cases import CaseDiagnosis, CaseProcedure, CodingCase
from coding.models.codes import Code, CodeSystem

__all__ = ["CaseDiagnosis", "CaseProcedure", "Code", "CodeSystem", "CodingCase"]

"""The verbs of coding."""

from coding.domain.codes import CaseCodes, Service
from coding.operations.bill import mark_billed
from coding.operations.cases import code_cases, finalize_case, finalize_cases, save_codes
from coding.operations.learning import NothingToLearn, learn_practice, use_learned
from coding.operations.load import WrongFile, load_built_in, load_files
from coding.operations.outcome import CannotCode, ChangedMeanwhile, Coding, Outcome, Together
from coding.operations.presence import mark_presence
from coding.operations.rules import CannotSet, set_auto_complete, set_specialties
from coding.operations.suggestions import propose_codes
from coding.operations.undo import undo_codes

__all__ = [
    "CannotCode",
    "CannotSet",
    "CaseCodes",
    "ChangedMeanwhile",
    "Coding",
    "NothingToLearn",
    "Outcome",
    "Service",
    "Together",
    "WrongFile",
    "code_cases",
    "finalize_case",
    "finalize_cases",
    "learn_practice",
    "load_built_in",
    "load_files",
    "mark_billed",
    "mark_presence",
    "propose_codes",
    "save_codes",
    "set_auto_complete",
    "set_specialties",
    "undo_codes",
    "use_learned",
]

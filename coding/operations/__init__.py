"""The verbs of coding."""

from coding.domain.codes import CaseCodes, Service
from coding.operations.audits import (
    CannotAudit,
    Rates,
    answer_note,
    fix_second,
    save_second,
    send_note,
    set_audit_plan,
    settle_dispute,
    take_audit,
)
from coding.operations.bill import mark_billed
from coding.operations.cases import code_cases, finalize_case, finalize_cases, save_codes
from coding.operations.load import WrongFile, load_built_in, load_files
from coding.operations.outcome import CannotCode, ChangedMeanwhile, Coding, Outcome, Together
from coding.operations.presence import mark_presence
from coding.operations.provider_queries import (
    CannotAnswer,
    CannotAsk,
    CannotWithdraw,
    answer_query,
    ask_provider,
    withdraw_query,
)
from coding.operations.reopen import reopen_case, why_not_reopened
from coding.operations.rules import CannotSet, set_auto_complete, set_specialties, use_learned
from coding.operations.search import keep_search_indexes
from coding.operations.suggestions import propose_codes
from coding.operations.undo import undo_codes

__all__ = [
    "CannotAnswer",
    "CannotAsk",
    "CannotAudit",
    "CannotCode",
    "CannotSet",
    "CannotWithdraw",
    "CaseCodes",
    "ChangedMeanwhile",
    "Coding",
    "Outcome",
    "Rates",
    "Service",
    "Together",
    "WrongFile",
    "answer_note",
    "answer_query",
    "ask_provider",
    "code_cases",
    "finalize_case",
    "finalize_cases",
    "fix_second",
    "keep_search_indexes",
    "load_built_in",
    "load_files",
    "mark_billed",
    "mark_presence",
    "propose_codes",
    "reopen_case",
    "save_codes",
    "save_second",
    "send_note",
    "set_audit_plan",
    "set_auto_complete",
    "set_specialties",
    "settle_dispute",
    "take_audit",
    "undo_codes",
    "use_learned",
    "why_not_reopened",
    "withdraw_query",
]

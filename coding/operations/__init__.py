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
from coding.operations.cases import (
    CannotCode,
    ChangedMeanwhile,
    Coding,
    code_cases,
    finalize_case,
    finalize_cases,
    save_codes,
)
from coding.operations.load import WrongFile, load_built_in, load_files
from coding.operations.provider_queries import (
    CannotAnswer,
    CannotAsk,
    CannotWithdraw,
    answer_query,
    ask_provider,
    withdraw_query,
)
from coding.operations.search import keep_search_indexes

__all__ = [
    "CannotAnswer",
    "CannotAsk",
    "CannotAudit",
    "CannotCode",
    "CannotWithdraw",
    "CaseCodes",
    "ChangedMeanwhile",
    "Coding",
    "Rates",
    "Service",
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
    "save_codes",
    "save_second",
    "send_note",
    "set_audit_plan",
    "settle_dispute",
    "take_audit",
    "withdraw_query",
]

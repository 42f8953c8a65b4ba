"""Pages of coding: queue, workbench, rules, search, code sets, questions to providers, audits, coding quality."""

from coding.views.audits import (
    audit_answer,
    audit_detail,
    audit_explain,
    audit_fix,
    audit_list,
    audit_save,
    audit_search,
    audit_settle,
    audit_take,
)
from coding.views.cases import (
    case_codes,
    case_detail,
    case_finish,
    case_list,
    case_reopen,
    case_save,
    case_undo,
    case_why,
)
from coding.views.policies import policy_detail
from coding.views.presence import case_presence
from coding.views.provider_queries import case_finish_unanswered, query_ask, query_detail, query_list, query_withdraw
from coding.views.quality import audit_plan, audited_code_list, coding_quality
from coding.views.questions import question_detail, question_list
from coding.views.releases import release_detail, release_list
from coding.views.rules import auto_complete_set, coding_rules, learned_detail, learned_use, specialties_set
from coding.views.search import case_search, code_detail

__all__ = [
    "audit_answer",
    "audit_detail",
    "audit_explain",
    "audit_fix",
    "audit_list",
    "audit_plan",
    "audit_save",
    "audit_search",
    "audit_settle",
    "audit_take",
    "audited_code_list",
    "auto_complete_set",
    "case_codes",
    "case_detail",
    "case_finish",
    "case_finish_unanswered",
    "case_list",
    "case_presence",
    "case_reopen",
    "case_save",
    "case_search",
    "case_undo",
    "case_why",
    "code_detail",
    "coding_quality",
    "coding_rules",
    "learned_detail",
    "learned_use",
    "policy_detail",
    "query_ask",
    "query_detail",
    "query_list",
    "query_withdraw",
    "question_detail",
    "question_list",
    "release_detail",
    "release_list",
    "specialties_set",
]

"""The coding queue, the workbench, the search for codes, questions to providers, audits and coding quality."""

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
from coding.views.cases import case_detail, case_finish, case_list, case_save
from coding.views.provider_queries import case_finish_unanswered, query_ask, query_detail, query_list, query_withdraw
from coding.views.quality import audit_plan, audited_code_list, coding_quality
from coding.views.questions import question_detail, question_list
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
    "case_detail",
    "case_finish",
    "case_finish_unanswered",
    "case_list",
    "case_save",
    "case_search",
    "code_detail",
    "coding_quality",
    "query_ask",
    "query_detail",
    "query_list",
    "query_withdraw",
    "question_detail",
    "question_list",
]

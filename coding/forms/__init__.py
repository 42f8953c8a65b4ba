"""Shape and presence of what people send about codes, questions to providers and audits."""

from coding.forms.audits import AnswerNoteForm, ExplainForm, PlanForm, SettleForm
from coding.forms.codes import Act, CodesForm, TypedLine, as_typed, clash_text
from coding.forms.provider_queries import AnswerForm, AskForm, ReasonForm

__all__ = [
    "Act",
    "AnswerForm",
    "AnswerNoteForm",
    "AskForm",
    "CodesForm",
    "ExplainForm",
    "PlanForm",
    "ReasonForm",
    "SettleForm",
    "TypedLine",
    "as_typed",
    "clash_text",
]

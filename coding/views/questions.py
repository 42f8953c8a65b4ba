"""The provider's own room: questions about one's own visits, and answering them."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from coding import operations
from coding.domain.provider_queries import UNABLE, QueryStatus
from coding.forms import AnswerForm
from coding.models import ProviderQuery
from coding.queries.provider_queries import query_record, questions_to
from coding.views.provider_queries import STATES, history
from compliance.access import needs, record_list, record_views
from compliance.models import User
from encounters.domain.age import age_on
from encounters.domain.note import note_sections

OWN_STATES = STATES | {"asked": "to_answer"}


@needs("queries.answer")
def question_list(request: HttpRequest) -> HttpResponse:
    """What this provider was asked: what waits by its day, then what was answered lately."""
    user = cast(User, request.user)
    waiting, answered = questions_to(user, answered=False), questions_to(user, answered=True, limit=20)
    shown = [(one.practice_id, one.pk, one.case.encounter.patient_id) for one in (*waiting, *answered)]
    record_list(request, page="questions", shown=shown)
    context = {
        "waiting": waiting,
        "answered": [(one, OWN_STATES[one.status]) for one in answered],
        "today": timezone.localdate(),
    }
    return render(request, "coding/question_list.html", context)


@needs("queries.answer")
def question_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question beside the note (GET), and its signed answer (POST)."""
    user = cast(User, request.user)
    query = _own(pk, user)
    visit = query.case.encounter
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_query(query_id=pk, actor=user, now=timezone.now(), **form.cleaned_data)
        except operations.CannotAnswer as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Answer signed, {visit.patient}")
            return redirect("question_list")
    record_views(request, page="question", subjects=[(query.practice_id, "coding.providerquery", pk, visit.patient_id)])
    context = {
        "question": query,
        "visit": visit,
        "age": age_on(visit.service_date, visit.patient.birth_date),
        "sections": note_sections(visit.note),
        "options": query.options or [UNABLE],
        "chosen": form["choice"].value() or "",
        "form": form,
        "editable": query.status == QueryStatus.ASKED,
        "state": OWN_STATES[query.status],
        "events": history(query),
        "today": timezone.localdate(),
    }
    return render(request, "coding/question_detail.html", context, status=422 if form.errors else 200)


def _own(pk: int, user: User) -> ProviderQuery:
    """A question about a visit of this provider; another's does not exist for them."""
    try:
        query = query_record(pk)
    except ProviderQuery.DoesNotExist:
        raise Http404 from None
    if query.provider.user_id != user.pk:
        raise Http404
    return query

"""Asking a provider, and what became of the questions: the coder's side."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from coding import operations
from coding.domain.provider_queries import TEMPLATES, QueryKind, passages
from coding.domain.status import CaseStatus
from coding.forms import AskForm, ReasonForm
from coding.models import CodingCase, ProviderQuery
from coding.queries import case_record, questions_on
from coding.queries.provider_queries import VIEWS, query_page, query_record
from compliance.access import allows, needs, record_list, record_views
from compliance.models import User
from encounters.domain.age import age_on
from encounters.domain.note import note_sections
from pages.links import Links, page_number
from pages.paging import pager
from pages.parts import TimelineEvent, View

WORDS = {"": "Waiting", "answered": "Answered", "done": "Done"}
STATES = {"asked": "waiting_provider", "answered": "provider_answered", "closed": "closed", "withdrawn": "withdrawn"}
REFUSED = 422


@needs("coding.read")
def query_list(request: HttpRequest) -> HttpResponse:
    """Questions to providers by what became of them, those that wait by their day."""
    view = request.GET.get("view", "")
    view = view if view in VIEWS else ""
    today = timezone.localdate()
    page = query_page(view, today, page_number(request))
    shown = [(one.practice_id, one.pk, one.case.encounter.patient_id) for one in page.rows]
    record_list(request, page="queries", shown=shown)
    links = Links(request, reverse("query_list"))
    context = {
        "rows": [(one, STATES[one.status]) for one in page.rows],
        "page": page,
        "view": view,
        "views": [View(WORDS[each], links.to(view=each), page.counts[each], each == view) for each in VIEWS],
        "pager": pager(page, links),
        "today": today,
    }
    return render(request, "coding/query_list.html", context)


@needs("coding.read")
def query_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: what was asked and quoted, the answer, and what happened."""
    query = _query(pk)
    visit = query.case.encounter
    record_views(request, page="query", subjects=[(query.practice_id, "coding.providerquery", pk, visit.patient_id)])
    context = {
        "question": query,
        "visit": visit,
        "state": STATES[query.status],
        "events": history(query),
        "sections": note_sections(visit.note),
        "waits": query.status == "asked",
        "may_code": allows(request, "coding.code"),
        "today": timezone.localdate(),
    }
    return render(request, "coding/query_detail.html", context)


def history(query: ProviderQuery) -> list[TimelineEvent]:
    """What happened to a question, the newest first."""
    withdrawn = query.status == "withdrawn"
    told = (
        (query.asked_at, "Asked.", "move", str(query.asked_by)),
        (query.asked_again_at, "Asked again: no answer in three days.", "you", ""),
        (query.escalated_at, "Brought to the supervisor: no answer in seven days.", "stop", ""),
        (query.answered_at, "Answered and added to the record.", "done", str(query.answered_by or "")),
        (
            query.closed_at,
            f"Withdrawn: {query.withdrawn_for}" if withdrawn else "Taken up: the case was coded.",
            "idle" if withdrawn else "done",
            str(query.closed_by or ""),
        ),
    )
    found = [TimelineEvent(timezone.localtime(at), says, shape, who) for at, says, shape, who in told if at]
    return sorted(found, key=lambda event: event.at)[::-1]


@needs("coding.code")
def query_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a question about an open case (GET), and send it (POST)."""
    case = _case(pk)
    visit = case.encounter
    kind = _kind(request.GET.get("kind", ""))
    form = AskForm(visit.note, request.POST if request.method == "POST" else None, kind)
    if request.method == "POST":
        if form.is_valid() and _sent(request, case, form):
            return redirect("case_detail", pk=pk)
    elif request.headers.get("HX-Request"):
        return render(request, "coding/query_fields.html", {"form": form, "template": TEMPLATES[kind]})
    record_views(request, page="query_ask", subjects=[(case.practice_id, "coding.codingcase", pk, visit.patient_id)])
    context = {
        "case": case,
        "visit": visit,
        "age": age_on(visit.service_date, visit.patient.birth_date),
        "form": form,
        "template": TEMPLATES[_kind(form["kind"].value())],
        "passages": [(each, f"{each.start}-{each.end}") for each in passages(visit.note)],
        "asked": questions_on(pk),
        "editable": case.status == CaseStatus.OPEN,
        "today": timezone.localdate(),
    }
    return render(request, "coding/query_ask.html", context, status=REFUSED if form.errors else 200)


def _sent(request: HttpRequest, case: CodingCase, form: AskForm) -> bool:
    try:
        operations.ask_provider(case_id=case.pk, draft=form.draft(), actor=cast(User, request.user), now=timezone.now())
    except operations.CannotAsk as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"Question sent to {case.encounter.provider}")
    return True


def _kind(given: object) -> QueryKind:
    return next((kind for kind in QueryKind if kind == given), QueryKind.SPECIFICITY)


@needs("coding.code")
def query_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why (GET), then take the question back (POST)."""
    query = _query(pk)

    def withdraw(reason: str) -> None:
        operations.withdraw_query(query_id=pk, reason=reason, actor=cast(User, request.user), now=timezone.now())

    context = {
        "url": reverse("query_withdraw", args=[pk]),
        "title": "Withdraw this question?",
        "says": f"{query.provider} no longer sees it, and the visit comes back to its coder.",
        "verb": "Withdraw",
    }
    done = reverse("query_detail", args=[pk])
    return _ask_why(request, withdraw, context, done, "Question withdrawn")


@needs("coding.code")
def case_finish_unanswered(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a case is finished although a provider has not answered (GET), then finish it (POST)."""
    _case(pk)

    def finish(reason: str) -> None:
        operations.finalize_case(case_id=pk, actor=cast(User, request.user), now=timezone.now(), unanswered=reason)

    context = {
        "url": reverse("case_finish_unanswered", args=[pk]),
        "title": "Finish without the answer?",
        "says": "The codes are fixed as they stand, and the question is withdrawn.",
        "verb": "Finish",
    }
    return _ask_why(request, finish, context, reverse("case_list"), "Coded without the answer")


def _ask_why(
    request: HttpRequest, act: Callable[[str], None], context: dict[str, str], done: str, says: str
) -> HttpResponse:
    """The dialog that asks for a reason, and the act itself with what it refuses."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except (operations.CannotCode, operations.CannotWithdraw) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, says)
            if request.headers.get("HX-Request"):
                return HttpResponse(status=204, headers={"HX-Redirect": done})
            return redirect(done)
    return render(request, "coding/query_reason.html", context | {"form": form}, status=REFUSED if form.errors else 200)


def _query(pk: int) -> ProviderQuery:
    try:
        return query_record(pk)
    except ProviderQuery.DoesNotExist:
        raise Http404 from None


def _case(pk: int) -> CodingCase:
    try:
        return case_record(pk)
    except CodingCase.DoesNotExist:
        raise Http404 from None

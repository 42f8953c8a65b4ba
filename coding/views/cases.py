"""The list of cases, and one case: see it, save its codes, find codes, finish it."""

from dataclasses import replace
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from coding import operations
from coding.domain.status import CaseStatus
from coding.forms import CodesForm
from coding.models import CodingCase
from coding.queries import (
    case_clock,
    case_record,
    coded_before,
    known_on,
    place_in_queue,
    questions_on,
    specialties_of,
)
from coding.queries.audits import blind_audit
from coding.views.desk import Desk, desk
from coding.views.saving import Saved, save
from compliance.access import allows, needs, record_views
from compliance.models import User
from encounters.domain.age import age_on
from encounters.queries import coverage_on
from worklist.queries import QueuePage, kinds_of, notes_on
from worklist.views.queue import Screen, queue_screen

KINDS = kinds_of(("coding.",))
REFUSED = 422  # htmx shows the answer in place


@needs("coding.read")
def case_list(request: HttpRequest) -> HttpResponse:
    """Visits that wait for a coder: by deadline, money, specialty, and what this coder knows."""
    skills = specialties_of(cast(User, request.user))
    mine = (("My specialties", "skill=mine"),) if skills else ()
    screen = Screen(
        title="Coding",
        page="cases",
        url=reverse("case_list"),
        kinds=KINDS,
        noun="cases",
        views=(("All open", ""), ("Mine", "owner=me"), *mine, ("Due this week", "due=7"), ("Nobody’s", "owner=nobody")),
        empty="No visit waits to be coded",
        amount="Worth",
        why="Specialty",
        skills=frozenset(name[:24] for name in skills),  # as long as a work item's category
        also=(
            ("Questions to providers", reverse("query_list")),
            ("Audits", reverse("audit_list")),
            *((("Coding rules", reverse("coding_rules")),) if allows(request, "coding.rules") else ()),
        ),
    )
    return queue_screen(request, screen, _start if allows(request, "coding.code") else None)


def _start(page: QueuePage) -> dict[str, object]:
    """The main action: open the first case of the list as it is filtered and sorted."""
    first = next((item.subject_id for item in page.rows), None)
    return {"screen_action": "coding/start.html", "first_case": first}


@needs("coding.read")
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbench: note left, codes right."""
    case = _case(pk)
    if (audit_id := blind_audit(pk, cast(User, request.user))) is not None:
        return redirect("audit_detail", pk=audit_id)  # a second coder does not see the first coding
    visit, user, today = case.encounter, cast(User, request.user), timezone.localdate()
    record_views(request, page="case", subjects=[(case.practice_id, "coding.codingcase", pk, visit.patient_id)])
    is_open = case.status == CaseStatus.OPEN
    context = {
        "case": case,
        "visit": visit,
        "plan": coverage_on(visit.patient, visit.service_date),
        "age": age_on(visit.service_date, visit.patient.birth_date),
        "before": coded_before(case),
        "questions": questions_on(pk),
        "notes": notes_on("coding.codingcase", pk),
        "may_note": allows(request, "work.act"),
        "desk": desk(case, user),
        "editable": is_open and allows(request, "coding.code"),
        "reopenable": allows(request, "coding.code") and not is_open and not operations.why_not_reopened(case, user),
        "due": case_clock(pk) if is_open else None,
        "place": place_in_queue(pk, user, today) if is_open else None,
        "today": today,
    }
    return render(request, "coding/case_detail.html", context)


@require_POST
@needs("coding.code")
def case_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the codes as they are on the page, after the act that a button asked for."""
    form = CodesForm(request.POST)
    return _answer(request, pk, form, save(_row(pk), form, cast(User, request.user)))


@require_POST
@needs("coding.code")
def case_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the person's own last change back."""
    user, refusal = cast(User, request.user), ""
    try:
        operations.undo_codes(case_id=_row(pk).pk, actor=user, now=timezone.now())
    except operations.CannotCode as reason:
        refusal = str(reason)
    return _answer(request, pk, None, Saved(refusal))


@needs("coding.read")
def case_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """The codes as they stand now: what somebody else saved while this page was open."""
    case = _case(pk)
    record_views(
        request, page="case", subjects=[(case.practice_id, "coding.codingcase", pk, case.encounter.patient_id)]
    )
    return _codes(request, case, desk(case, cast(User, request.user)))


@needs("coding.read")
def case_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a code was suggested, beside the page: the reason, the words, what was decided."""
    case, code = _case(pk), request.GET.get("code", "").upper()[:10]
    row = next((each for each in case.suggestions.all() if each.code == code), None)
    known = known_on(case.encounter.service_date, [code]).get(code)
    note, patient = case.encounter.note, case.encounter.patient_id
    record_views(request, page="suggestion", subjects=[(case.practice_id, "coding.codingcase", pk, patient)])
    context = {
        "code": code,
        "known": known,
        "row": row,
        "words": [note[start:end] for start, end in row.spans] if row else [],
    }
    return render(request, "coding/why.html", context)


@require_POST
@needs("coding.code")
def case_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is on the page, fix the codes, and open the next case that waits."""
    form, user = CodesForm(request.POST), cast(User, request.user)
    place = place_in_queue(pk, user, timezone.localdate())
    saved = save(_row(pk), form, user)
    if saved.refusal:
        return _answer(request, pk, form, saved)
    refusal = "Choose between the two versions below, then finish." if saved.clashes else ""
    try:
        if not refusal:
            operations.finalize_case(case_id=pk, actor=user, now=timezone.now())
    except operations.CannotCode as reason:
        refusal = str(reason)
    if refusal:
        return _answer(request, pk, None, replace(saved, refusal=refusal))
    messages.success(request, f"{_case(pk).encounter.patient} is coded", extra_tags=reverse("case_reopen", args=[pk]))
    return _go(request, reverse("case_detail", args=[place.next_case]) if place.next_case else reverse("case_list"))


@require_POST
@needs("coding.code")
def case_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the person's own finish back, as long as nothing was built on it."""
    row = _row(pk)
    try:
        operations.reopen_case(case_id=row.pk, actor=cast(User, request.user), now=timezone.now())
    except operations.CannotCode as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "The case is open again")
    return redirect("case_detail", pk=pk)


def _answer(request: HttpRequest, pk: int, form: CodesForm | None, saved: Saved) -> HttpResponse:
    """The page's codes after a save; after one that kept nothing, as they were typed."""
    if not request.headers.get("HX-Request"):
        if saved.refusal:
            messages.error(request, saved.refusal)
        return redirect("case_detail", pk=pk)
    case, typed = _case(pk), form if form and form.whole and saved.refusal else None
    shown = desk(case, cast(User, request.user), saved, typed)
    return _codes(request, case, shown, status=REFUSED if saved.refusal else 200)


def _codes(request: HttpRequest, case: CodingCase, shown: Desk, status: int = 200) -> HttpResponse:
    editable = case.status == CaseStatus.OPEN and allows(request, "coding.code")
    context = {"case": case, "desk": shown, "editable": editable}
    return render(request, "coding/saved.html", context, status=status)


def _row(pk: int) -> CodingCase:
    """The case and its visit alone: what a save needs before it locks it."""
    case = CodingCase.objects.select_related("encounter").filter(pk=pk).first()
    if case is None:
        raise Http404
    return case


def _case(pk: int) -> CodingCase:
    try:
        return case_record(pk)
    except CodingCase.DoesNotExist:
        raise Http404 from None


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)

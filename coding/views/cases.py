"""The list of cases, and one case: see it, save its codes, find codes, finish it."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from coding import operations
from coding.domain.checks import out_of_force
from coding.domain.codes import CaseCodes
from coding.domain.status import CaseStatus
from coding.forms import Act, CodesForm
from coding.models import CodingCase
from coding.queries import (
    case_clock,
    case_record,
    coded_before,
    known_on,
    place_in_queue,
    questions_on,
)
from coding.queries.audits import blind_audit
from coding.views.desk import desk
from coding.views.live_edits import fixed
from compliance.access import allows, needs, record_views
from compliance.models import User
from encounters.domain.age import age_on
from encounters.domain.note import note_sections
from encounters.queries import coverage_on
from worklist.queries import QueuePage, kinds_of
from worklist.views.queue import Screen, queue_screen

KINDS = kinds_of(("coding.",))
REFUSED = 422  # htmx shows the answer in place


@needs("coding.read")
def case_list(request: HttpRequest) -> HttpResponse:
    """Visits that wait for a coder, by deadline."""
    screen = Screen(
        title="Coding",
        page="cases",
        url=reverse("case_list"),
        kinds=KINDS,
        noun="cases",
        views=(("All open", ""), ("Mine", "owner=me"), ("Due this week", "due=7"), ("Nobody’s", "owner=nobody")),
        empty="No visit waits to be coded",
        amount="",
        also=(("Questions to providers", reverse("query_list")), ("Audits", reverse("audit_list"))),
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
        "sections": note_sections(visit.note),
        "before": coded_before(case),
        "desk": desk(case),
        "questions": questions_on(pk),
        "editable": is_open and allows(request, "coding.code"),
        "due": case_clock(pk) if is_open else None,
        "place": place_in_queue(pk, user, today) if is_open else None,
        "today": today,
    }
    return render(request, "coding/case_detail.html", context)


@require_POST
@needs("coding.code")
def case_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the codes as they are on the page, after the act that a button asked for."""
    case, form = _case(pk), CodesForm(request.POST)
    refusal = _save(case, form, cast(User, request.user))
    if not request.headers.get("HX-Request"):
        if refusal:
            messages.error(request, refusal)
        return redirect("case_detail", pk=pk)
    shown = desk(case, form if form.whole else None, refusal) if refusal else desk(_case(pk))
    context = {"case": case, "desk": shown, "editable": True}
    return render(request, "coding/saved.html", context, status=REFUSED if refusal else 200)


@require_POST
@needs("coding.code")
def case_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is on the page, fix the codes, and open the next case that waits."""
    case, form, user = _case(pk), CodesForm(request.POST), cast(User, request.user)
    place = place_in_queue(pk, user, timezone.localdate())
    refusal = _save(case, form, user)
    kept = not refusal
    if kept:
        try:
            operations.finalize_case(case_id=pk, actor=user, now=timezone.now())
        except operations.CannotCode as reason:
            refusal = str(reason)
    if not refusal:
        messages.success(request, f"{case.encounter.patient} is coded")
        return _go(request, reverse("case_detail", args=[place.next_case]) if place.next_case else reverse("case_list"))
    if not request.headers.get("HX-Request"):
        messages.error(request, refusal)
        return redirect("case_detail", pk=pk)
    shown = desk(_case(pk) if kept else case, None if kept or not form.whole else form, refusal)
    return render(request, "coding/saved.html", {"case": case, "desk": shown, "editable": True}, status=REFUSED)


def _case(pk: int) -> CodingCase:
    try:
        return case_record(pk)
    except CodingCase.DoesNotExist:
        raise Http404 from None


def _save(case: CodingCase, form: CodesForm, user: User) -> str:
    """Save the page's codes; returns why not, or nothing."""
    if not form.whole:
        return "The page did not send all its fields. Reload it, then make your change again."
    if not form.is_valid():
        return "Correct the marked field; nothing of this change is saved yet."
    codes, refusal = _acted(case, form.codes(), form.act)
    if refusal:
        return refusal
    try:
        operations.save_codes(
            case_id=case.pk,
            diagnoses=codes.diagnoses,
            services=codes.services,
            actor=user,
            now=timezone.now(),
            revision=form.revision,
        )
    except (operations.CannotCode, operations.ChangedMeanwhile) as reason:
        return str(reason)
    return ""


def _acted(case: CodingCase, codes: CaseCodes, act: Act | None) -> tuple[CaseCodes, str]:
    """The codes after the act that a button asked for, and why it cannot be done on the day of service."""
    if act is None:
        return codes, ""
    if act.verb == "add":
        known = known_on(case.encounter.service_date, [act.code]).get(act.code)
        if known is None:
            return codes, f"{act.code} is in no loaded code set. Look for it by its words."
        if not known.holds:
            return codes, " ".join(out_of_force(act.code, known))
        return (codes.with_diagnosis(act.code) if known.is_diagnosis else codes.with_service(act.code)), ""
    if act.verb == "fix":
        return fixed(case, codes, act.code)
    moved = {
        "drop_diagnosis": codes.without_diagnosis,
        "drop_service": codes.without_service,
        "first": codes.with_first,
    }
    return moved[act.verb](act.position), ""


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)

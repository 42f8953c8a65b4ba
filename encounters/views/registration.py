"""What registration puts right: member IDs, coverage, approvals."""

from collections.abc import Callable, Sequence
from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from compliance.access import needs
from compliance.models import User
from encounters import operations
from encounters.forms import ApprovalForm, AuthorizationForm, CoverageForm, MemberIdForm, PlanForm
from encounters.models import Coverage, Encounter, Patient
from encounters.operations.registration import (
    CannotRegister,
    NewCoverage,
    correct_coverage,
    register_authorization,
    replace_coverage,
)
from encounters.queries import codes_to_approve, ordered_coverages, payers_of
from encounters.views.visits import plan_of
from encounters.views.waiting import waiting_context


@require_POST
@needs("encounters.write")
def member_id_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the member ID of a coverage, from its inline field; answers with the field."""
    coverage = _coverage(pk)
    form, error = MemberIdForm(request.POST), "Type the member ID as it is on the card."
    if form.is_valid():
        try:
            coverage = operations.correct_member_id(
                coverage_id=pk, actor=cast(User, request.user), now=timezone.now(), **form.cleaned_data
            )
            error = ""
        except operations.CannotCorrect as reason:
            error = str(reason)
    if not request.headers.get("HX-Request"):
        messages.add_message(
            request, messages.ERROR if error else messages.SUCCESS, error or f"Member ID is {coverage.member_id} now"
        )
        return redirect("patient_detail", pk=coverage.patient_id)
    visit = _visit_of(request, coverage.patient_id)
    typed = request.POST.get("member_id", "")[:30] if error else None
    plan = plan_of(coverage, visit.service_date if visit else timezone.localdate(), typed, error)
    context = {"plan": plan, "visit": visit, "may_write": True, "saved": not error}
    answer = render(request, "encounters/member_id.html", context, status=422 if error else 200)
    if visit and not error:
        waiting = {**waiting_context(request, visit, timezone.now()), "oob": True}
        answer.write(render_to_string("encounters/waiting.html", waiting, request))
    return answer


@needs("encounters.write")
def coverage_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a plan's dates and rank (GET), then correct them (POST)."""
    coverage = _coverage(pk)
    given = {name: getattr(coverage, name) for name in ("effective_from", "effective_to", "rank")}
    form = CoverageForm(request.POST or None, initial=given)

    def act() -> None:
        correct_coverage(coverage_id=pk, actor=cast(User, request.user), now=timezone.now(), **form.cleaned_data)

    context = {"coverage": coverage, "form": form, "visit": _visit_of(request, coverage.patient_id)}
    return _asked(request, "encounters/coverage_correct.html", context, act, "Coverage corrected", coverage.patient_id)


@needs("encounters.write")
def plan_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another plan of a patient as its card shows it (GET), then register it (POST)."""
    patient = Patient.objects.filter(pk=pk).first()
    if patient is None:
        raise Http404
    visit = _visit_of(request, pk)
    plans: Sequence[Coverage] = list(ordered_coverages().filter(patient=patient))
    start = {"effective_from": visit.service_date if visit else timezone.localdate(), "rank": 1}
    form = PlanForm(payers_of(patient.practice_id), plans, request.POST or None, initial=start)

    def act() -> None:
        given = {**form.cleaned_data, "payer_id": form.cleaned_data["payer"]}
        names = NewCoverage.__dataclass_fields__
        replace_coverage(
            patient_id=patient.pk,
            new=NewCoverage(**{name: given[name] for name in names}),
            ends_coverage_id=form.cleaned_data["follows"],
            ended_on=form.ended_on,
            actor=cast(User, request.user),
            now=timezone.now(),
        )

    context = {"patient": patient, "form": form, "visit": visit}
    return _asked(request, "encounters/plan_add.html", context, act, "Plan registered", pk)


@needs("encounters.write")
def authorization_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a payer's approval for a visit (GET), then put it on file and on the visit (POST)."""
    visit = Encounter.objects.select_related("patient").filter(pk=pk).first()
    if visit is None:
        raise Http404
    plan, codes = codes_to_approve(visit)
    start = {
        "payer": plan.payer_id if plan else None,
        "codes": " ".join(codes),
        "valid_from": visit.service_date,
        "valid_to": visit.service_date,
    }
    form = ApprovalForm(payers_of(visit.practice_id), request.POST or None, initial=start)

    def act() -> None:
        given = {**form.cleaned_data, "payer_id": form.cleaned_data["payer"]}
        del given["payer"]
        register_authorization(
            patient_id=visit.patient_id,
            encounter_id=visit.pk,
            actor=cast(User, request.user),
            now=timezone.now(),
            **given,
        )

    context = {"form": form, "visit": visit}
    return _asked(
        request, "encounters/authorization_add.html", context, act, "Authorization recorded", visit.patient_id
    )


@require_POST
@needs("encounters.write")
def authorization_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Tie an authorization on file to a visit."""
    form = AuthorizationForm(request.POST)
    visit = Encounter.objects.filter(pk=pk).first()
    if visit is None:
        raise Http404
    if form.is_valid():
        try:
            operations.set_authorization(
                encounter_id=pk,
                authorization_id=form.cleaned_data["authorization"],
                actor=cast(User, request.user),
                now=timezone.now(),
            )
            messages.success(request, "Authorization set")
        except operations.CannotCorrect as reason:
            messages.error(request, str(reason))
    return _go(request, _page(visit, visit.patient_id))


def _asked(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    act: Callable[[], None],
    done: str,
    patient_id: int,
) -> HttpResponse:
    """A dialog that asks (GET), acts (POST) and leads back to the page it came from, which watches what follows."""
    form, visit = cast(Form, context["form"]), cast("Encounter | None", context["visit"])
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except CannotRegister as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return _go(request, _page(visit, patient_id))
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _coverage(pk: int) -> Coverage:
    coverage = Coverage.objects.select_related("payer").filter(pk=pk).first()
    if coverage is None:
        raise Http404
    return coverage


def _visit_of(request: HttpRequest, patient_id: int) -> Encounter | None:
    """The visit from whose page registration was opened."""
    given = request.POST.get("visit") or request.GET.get("visit", "")
    return Encounter.objects.filter(pk=given, patient_id=patient_id).first() if given.isdecimal() else None


def _page(visit: Encounter | None, patient_id: int) -> str:
    if visit is None:
        return reverse("patient_detail", args=[patient_id])
    return f"{reverse('encounter_detail', args=[visit.pk])}?since={int(timezone.now().timestamp())}"


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)

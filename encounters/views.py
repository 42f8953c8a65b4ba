"""Visits, patients and who pays for them."""

from dataclasses import dataclass, fields
from datetime import date
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from compliance.access import allows, needs, record_views
from compliance.models import User
from encounters import operations
from encounters.domain.note import note_sections
from encounters.forms import AuthorizationForm, MemberIdForm
from encounters.models import Coverage, Encounter, Patient
from encounters.queries import (
    PatientPage,
    VisitFilter,
    VisitPage,
    encounter_record,
    patient_page,
    patient_record,
    visit_page,
)
from pages.links import Links, page_number
from pages.parts import Facet, FacetValue, Pager

WORDS = {"unsigned": "Not signed", "to_code": "To code", "coded": "Coded", "billed": "Billed"}


@needs("encounters.read")
def encounter_list(request: HttpRequest) -> HttpResponse:
    """Visits, newest first."""
    names = [f.name for f in fields(VisitFilter)]
    chosen = VisitFilter(**{name: request.GET.get(name, "")[:40] for name in names})
    page = visit_page(chosen, page_number(request))
    links = Links(request, reverse("encounter_list"))
    context = {
        "rows": [(visit, page.payers.get(visit.patient_id, "")) for visit in page.rows],
        "facets": _facets(chosen, page, links),
        "pager": _pager(page, links),
        "chosen": chosen,
    }
    return render(request, "encounters/encounter_list.html", context)


def _pager(page: VisitPage | PatientPage, links: Links) -> Pager:
    return Pager(
        first=page.first,
        last=page.last,
        total=page.total,
        previous_url=links.to(page=str(page.number - 1)) if page.number > 1 else "",
        next_url=links.to(page=str(page.number + 1)) if page.last < page.total else "",
    )


def _facets(chosen: VisitFilter, page: VisitPage, links: Links) -> list[Facet]:
    def values(name: str, rows: list[tuple[str, str, int]]) -> list[FacetValue]:
        current = getattr(chosen, name)
        return [
            FacetValue(words, links.to(**{name: "" if current == value else value}), count, current == value)
            for value, words, count in rows
        ]

    states = [(state, WORDS[state], count) for state, count in page.states.items()]
    everything = FacetValue("All", links.to(state=""), sum(page.states.values()), not chosen.state)
    return [
        Facet("Status", [everything, *values("state", states)], inline=5, narrow=5),
        Facet("Month", values("month", page.months), inline=2, narrow=1, wide=True),
        Facet("Provider", values("provider", page.providers), inline=3, narrow=2),
        Facet("Place", values("location", page.locations), inline=2, narrow=1),
    ]


@needs("encounters.read")
def encounter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit: note, coverage, authorization, and what became of it."""
    try:
        visit = encounter_record(pk)
    except Encounter.DoesNotExist:
        raise Http404 from None
    _record(request, "encounter", visit.practice_id, "encounters.encounter", visit.pk, visit.patient_id)
    context = {
        "visit": visit,
        "sections": note_sections(visit.note),
        "plans": _plans(visit.patient, visit.service_date),
        "day": visit.service_date,
        "may_write": allows(request, "encounters.write"),
        "may_code": allows(request, "coding.read"),
        "may_claim": allows(request, "claims.read"),
        "today": timezone.localdate(),
    }
    return render(request, "encounters/encounter_detail.html", context)


@dataclass(frozen=True)
class Plan:
    """A coverage as a page shows it: in force on the day or not, and what was wrong with the member ID typed."""

    coverage: Coverage
    active: bool
    typed: str
    error: str = ""


def _plans(patient: Patient, day: date) -> list[Plan]:
    return [_plan(coverage, day) for coverage in patient.coverages.all()]


def _plan(coverage: Coverage, day: date, typed: str | None = None, error: str = "") -> Plan:
    active = coverage.effective_from <= day and (coverage.effective_to is None or coverage.effective_to >= day)
    return Plan(coverage, active, coverage.member_id if typed is None else typed, error)


@needs("encounters.read")
def patient_list(request: HttpRequest) -> HttpResponse:
    """Patients by name, found by name, record number or member ID."""
    q = request.GET.get("q", "").strip()[:60]
    page = patient_page(q, page_number(request))
    seen = [(one.practice_id, "encounters.patient", one.pk, one.pk) for one in page.rows] if q else []
    record_views(request, page="patients", subjects=list(seen))
    context = {"rows": page.rows, "q": q, "pager": _pager(page, Links(request, reverse("patient_list")))}
    return render(request, "encounters/patient_list.html", context)


@needs("encounters.read")
def patient_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One patient: coverage, authorizations, visits."""
    try:
        patient = patient_record(pk)
    except Patient.DoesNotExist:
        raise Http404 from None
    _record(request, "patient", patient.practice_id, "encounters.patient", patient.pk, patient.pk)
    today = timezone.localdate()
    context = {
        "patient": patient,
        "plans": _plans(patient, today),
        "day": today,
        "may_write": allows(request, "encounters.write"),
        "today": today,
    }
    return render(request, "encounters/patient_detail.html", context)


def _record(request: HttpRequest, page: str, practice: int, kind: str, pk: int, patient: int) -> None:
    record_views(request, page=page, subjects=[(practice, kind, pk, patient)])


@require_POST
@needs("encounters.write")
def member_id_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the member ID of a coverage, from its inline field; answers with the field."""
    coverage = Coverage.objects.select_related("payer").filter(pk=pk).first()
    if coverage is None:
        raise Http404
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
    typed = request.POST.get("member_id", "")[:30] if error else None
    plan = _plan(coverage, timezone.localdate(), typed, error)
    context = {"plan": plan, "may_write": True, "saved": not error}
    return render(request, "encounters/member_id.html", context, status=422 if error else 200)


@require_POST
@needs("encounters.write")
def authorization_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Tie an authorization on file to a visit."""
    form = AuthorizationForm(request.POST)
    if not Encounter.objects.filter(pk=pk).exists():
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
    return _reload(request, reverse("encounter_detail", args=[pk]))


def _reload(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(url)

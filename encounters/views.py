"""Visits, patients and who pays for them."""

from dataclasses import fields
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
from encounters.queries import VisitFilter, VisitPage, encounter_record, patient_record, visit_page
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
        "page": page,
        "facets": _facets(chosen, page, links),
        "pager": Pager(
            first=page.first,
            last=page.last,
            total=page.total,
            previous_url=links.to(page=str(page.number - 1)) if page.number > 1 else "",
            next_url=links.to(page=str(page.number + 1)) if page.last < page.total else "",
        ),
        "chosen": chosen,
    }
    return render(request, "encounters/encounter_list.html", context)


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
        Facet("Provider", values("provider", page.providers), inline=4, narrow=2),
        Facet("Place", values("location", page.locations), inline=3, narrow=1),
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
        "may_write": allows(request, "encounters.write"),
        "today": timezone.localdate(),
    }
    return render(request, "encounters/encounter_detail.html", context)


@needs("encounters.read")
def patient_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One patient: coverage, authorizations, visits."""
    try:
        patient = patient_record(pk)
    except Patient.DoesNotExist:
        raise Http404 from None
    _record(request, "patient", patient.practice_id, "encounters.patient", patient.pk, patient.pk)
    context = {"patient": patient, "may_write": allows(request, "encounters.write"), "today": timezone.localdate()}
    return render(request, "encounters/patient_detail.html", context)


def _record(request: HttpRequest, page: str, practice: int, kind: str, pk: int, patient: int) -> None:
    record_views(request, page=page, subjects=[(practice, kind, pk, patient)])


@require_POST
@needs("encounters.write")
def member_id_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the member ID of a coverage, from its inline field."""
    coverage = Coverage.objects.filter(pk=pk).first()
    if coverage is None:
        raise Http404
    form = MemberIdForm(request.POST)
    if form.is_valid():
        try:
            operations.correct_member_id(
                coverage_id=pk, actor=cast(User, request.user), now=timezone.now(), **form.cleaned_data
            )
            messages.success(request, "Member ID corrected")
        except operations.CannotCorrect as reason:
            messages.error(request, str(reason))
    return _reload(request, reverse("patient_detail", args=[coverage.patient_id]))


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

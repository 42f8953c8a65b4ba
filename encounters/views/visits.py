"""Visits, patients and who pays for them, to look at."""

from dataclasses import dataclass, fields
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from compliance.access import allows, needs, record_list, record_views
from encounters.domain.note import note_sections
from encounters.models import Coverage, Encounter, Patient
from encounters.queries import (
    VisitFilter,
    VisitPage,
    encounter_record,
    patient_page,
    patient_record,
    visit_page,
)
from encounters.views.waiting import waiting_context
from pages.links import Links, page_number
from pages.paging import pager
from pages.parts import Facet, FacetValue

WORDS = {"unsigned": "Not signed", "to_code": "To code", "coded": "Coded", "billed": "Billed"}


@needs("encounters.read")
def encounter_list(request: HttpRequest) -> HttpResponse:
    """Visits, newest first."""
    names = [f.name for f in fields(VisitFilter)]
    chosen = VisitFilter(**{name: request.GET.get(name, "")[:40] for name in names})
    page = visit_page(chosen, page_number(request))
    record_list(request, page="encounters", shown=[(each.practice_id, each.pk, each.patient_id) for each in page.rows])
    links = Links(request, reverse("encounter_list"))
    context = {
        "rows": [(visit, page.payers.get(visit.patient_id, "")) for visit in page.rows],
        "facets": _facets(chosen, page, links),
        "pager": pager(page, links),
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
        "plans": plans_of(visit.patient, visit.service_date),
        "day": visit.service_date,
        "may_write": allows(request, "encounters.write"),
        "may_code": allows(request, "coding.read"),
        "may_claim": allows(request, "claims.read"),
        "today": timezone.localdate(),
        **waiting_context(request, visit),
    }
    return render(request, "encounters/encounter_detail.html", context)


@dataclass(frozen=True)
class Plan:
    """A coverage as a page shows it: in force on the day or not, and what was wrong with the member ID typed."""

    coverage: Coverage
    active: bool
    typed: str
    error: str = ""


def plans_of(patient: Patient, day: date) -> list[Plan]:
    """The patient's prefetched coverages as a page of this day shows them."""
    return [plan_of(coverage, day) for coverage in patient.coverages.all()]


def plan_of(coverage: Coverage, day: date, typed: str | None = None, error: str = "") -> Plan:
    """A coverage on a day; `typed` is what a person wrote that was refused."""
    active = coverage.effective_from <= day and (coverage.effective_to is None or coverage.effective_to >= day)
    return Plan(coverage, active, coverage.member_id if typed is None else typed, error)


@needs("encounters.read")
def patient_list(request: HttpRequest) -> HttpResponse:
    """Patients by name, found by name, record number or member ID."""
    q = request.GET.get("q", "").strip()[:60]
    page = patient_page(q, page_number(request))
    record_list(request, page="patients", shown=[(one.practice_id, one.pk, one.pk) for one in page.rows])
    context = {"rows": page.rows, "q": q, "pager": pager(page, Links(request, reverse("patient_list")))}
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
        "plans": plans_of(patient, today),
        "day": today,
        "may_write": allows(request, "encounters.write"),
        "today": today,
    }
    return render(request, "encounters/patient_detail.html", context)


def _record(request: HttpRequest, page: str, practice: int, kind: str, pk: int, patient: int) -> None:
    record_views(request, page=page, subjects=[(practice, kind, pk, patient)])

"""Searching codes on a visit, and one code with its place and instructions."""

from datetime import date
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from coding.models import Code, CodeSystem, CodingCase
from coding.queries import case_record, code_page, coded_before, favourites_of, search_codes
from coding.queries.audits import blind_audit
from coding.views.options import option_groups
from compliance.access import needs
from compliance.models import User

SHORTEST = 2  # letters from which results are shown
PROCEDURES, DIAGNOSES, HEADINGS = 5, 7, 3  # results of each kind at most


@needs("coding.read")
def case_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Codes for the combobox, with what each would mean on this visit; the coder's own most used first."""
    try:
        case = case_record(pk)
    except CodingCase.DoesNotExist:
        raise Http404 from None
    if blind_audit(pk, cast(User, request.user)) is not None:
        raise Http404
    text = request.GET.get("q", "").strip()
    asked = len(text) >= SHORTEST
    groups = option_groups(case, _found(case, cast(User, request.user), text), coded_before(case)) if asked else []
    context = {"groups": groups, "text": text, "asked": asked, "day": case.encounter.service_date}
    return render(request, "coding/options.html", context)


def _found(case: CodingCase, user: User, text: str) -> list[Code]:
    """The best of each kind, so that many diagnoses leave room for a procedure."""
    visit = case.encounter
    procedures = [CodeSystem.CPT, CodeSystem.HCPCS]
    if visit.is_stay:
        procedures.append(CodeSystem.ICD10PCS)
    favourites = favourites_of(user, visit.provider.specialty, case.practice_id, timezone.now())
    found = search_codes(
        text,
        day=visit.service_date,
        systems=[CodeSystem.ICD10CM, *procedures],
        limit=(PROCEDURES + DIAGNOSES + HEADINGS) * 2,
        favourites=favourites,
        headings=True,
    )
    return [
        *[code for code in found if code.billable and code.system in procedures][:PROCEDURES],
        *[code for code in found if code.billable and code.system not in procedures][:DIAGNOSES],
        *[code for code in found if not code.billable][:HEADINGS],
    ]


@needs("coding.read")
def code_detail(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """A code with what is above and below it and its instructions, as a page or, for the combobox, as a part of one."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        day = timezone.localdate()
    found = code_page(system, code.upper(), day)
    if found is None:
        raise Http404
    part = bool(request.headers.get("HX-Request"))
    context = {"page": found, "day": day, "part": part}
    return render(request, "coding/code.html" if part else "coding/code_detail.html", context)

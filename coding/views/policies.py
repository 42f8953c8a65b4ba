"""A coverage determination: what Medicare covers a procedure for, to be searched."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from coding.queries import policy_page
from compliance.access import needs

SHOWN = 200
MOST_DIGITS = 18


@require_GET
@needs("coding.read")
def policy_detail(request: HttpRequest, policy: str, procedure: str) -> HttpResponse:
    """The diagnoses that a determination covers or excludes on a day of service."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        day = timezone.localdate()
    text = request.GET.get("q", "")[:80]
    page = policy_page(policy, procedure.upper(), day, text)
    if page is None:
        raise Http404
    case = request.GET.get("case", "")
    context = {
        "page": page,
        "shown": page.found[:SHOWN],
        "day": day,
        "text": text,
        "case": case if case.isdecimal() and len(case) < MOST_DIGITS else "",  # where the reader came from
    }
    return render(request, "coding/policy_detail.html", context)

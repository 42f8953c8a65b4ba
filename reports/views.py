"""The supervisor's overview."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from compliance.access import needs
from reports.queries import overview


@needs("reports.read")
def report_overview(request: HttpRequest) -> HttpResponse:
    """Six figures, where claims stand, what waits, and the proof that the books balance."""
    today = timezone.localdate()
    found = overview(today)
    context = {
        "overview": found,
        "today": today,
        "most_claims": max((row.claims for row in found.standing), default=0),
        "claims": sum(row.claims for row in found.standing),
        "most_owed": max((age.amount for age in found.ages), default=0),
        "owed_claims": sum(age.claims for age in found.ages),
        "charges": sum(row.amount for row in found.standing),
        "work": sum(row.items for row in found.waiting),
    }
    return render(request, "reports/overview.html", context)

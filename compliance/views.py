"""The audit trail, for the compliance officer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from compliance.access import needs
from compliance.forms import TrailForm
from compliance.queries import trail_page


@needs("audit.read")
def audit_trail(request: HttpRequest) -> HttpResponse:
    """Who did and saw what, newest first; filtered by person, act, patient and day."""
    form = TrailForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = trail_page(**chosen)
    earlier = request.GET.copy()
    if page.next_before:
        earlier["before"] = str(page.next_before)
    return render(
        request,
        "compliance/audit_trail.html",
        {"form": form, "page": page, "today": timezone.localdate(), "earlier": earlier.urlencode()},
    )

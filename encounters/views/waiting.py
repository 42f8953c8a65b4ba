"""What a visit waits for at the front desk, and watching its claim being checked again once that is put right."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from compliance.access import allows, needs
from encounters.models import Encounter
from encounters.queries import registration_work, waits_for_check

MOST_LOOKS = 15  # about as many seconds


@require_GET
@needs("encounters.read")
def encounter_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the visit's claim was checked again since: the same words, or the page as it is then."""
    visit = Encounter.objects.filter(pk=pk).first()
    if visit is None:
        raise Http404
    context = waiting_context(request, visit)
    if context["looks"]:
        return render(request, "encounters/waiting.html", context)
    if not waits_for_check(visit, _since(request)):
        left = context["work"]
        messages.success(request, "Checked again: something is left" if left else "Put right: nothing waits here now")
    else:
        messages.warning(request, "The claim is not checked yet. That happens by itself; you may go on.")
    url = reverse("encounter_detail", args=[pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def waiting_context(request: HttpRequest, visit: Encounter, changed_at: datetime | None = None) -> dict[str, object]:
    """What is open at the front desk about a visit; `looks` when the page asks again whether it was checked."""
    since, looks = changed_at or _since(request), _looks(request) + 1
    watching = since is not None and looks <= MOST_LOOKS and waits_for_check(visit, since)
    return {
        "visit": visit,
        "work": registration_work(visit.pk),
        "looks": looks if watching else 0,
        "since": int(since.timestamp()) if since else 0,
        "may_write": allows(request, "encounters.write"),
        "today": timezone.localdate(),
    }


def _since(request: HttpRequest) -> datetime | None:
    """When registration changed something, by the address (seconds); junk is never."""
    given = request.GET.get("since", "")
    return datetime.fromtimestamp(int(given), UTC) if given.isdecimal() and len(given) < 12 else None


def _looks(request: HttpRequest) -> int:
    given = request.GET.get("looks", "")
    return int(given) if given.isdecimal() and len(given) < 4 else 0

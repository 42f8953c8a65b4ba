"""Who else has a case open."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from coding import operations
from coding.models import CodingCase
from coding.queries import changed_since, others_at
from compliance.access import needs
from compliance.models import User


@require_POST
@needs("coding.read")
def case_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that this person is here, and answer who else is, and whether the page has fallen behind."""
    case = CodingCase.objects.filter(pk=pk).first()
    if case is None:
        raise Http404
    user, now, given = cast(User, request.user), timezone.now(), request.POST.get("revision", "")
    operations.mark_presence(case=case, user=user, now=now)
    seen = int(given) if given.isdigit() and len(given) < 10 else case.revision
    context = {
        "case": case,
        "others": others_at(case, user, now),
        "change": changed_since(case, seen),
        "today": timezone.localdate(),
    }
    return render(request, "coding/presence.html", context)

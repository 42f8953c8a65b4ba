"""Watching what was told to go out until it has left.

The stage writes the batch and hands it over, whoever waits for it; a page that says "Sending" asks once a second
whether that has happened, for as long as a batch usually takes, and then says what is so. Nothing is kept about the
waiting: a process that is killed, or a page that is reloaded, loses no more than the word.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims.domain.status import ClaimStatus
from claims.models import Claim
from compliance.access import SignedIn, allows, needs

MOST_LOOKS = 20  # about as many seconds


class Telling(SignedIn):
    """A request that told claims to go out: the page it answers with watches them leave."""

    sending: bool


@require_GET
@needs("claims.read")
def claims_sending(request: HttpRequest) -> HttpResponse:
    """How many ready claims have not left yet, for the head of the queue."""
    looks = looks_so_far(request)
    return render(request, "claims/send_ready.html", ready_context(request, looks if looks < MOST_LOOKS else None))


def ready_context(request: HttpRequest, looks: int | None = None) -> dict[str, object]:
    """What that part reads; `looks` is how often was looked whether they left, None when nobody is watching."""
    return {
        "ready": Claim.objects.in_state(ClaimStatus.READY).count(),
        "may_send": allows(request, "claims.release"),
        "looks": None if looks is None else looks + 1,
    }


def looks_so_far(request: HttpRequest) -> int:
    """The number in the address; junk is none."""
    given = request.GET.get("looks", "")
    return int(given) if given.isdecimal() and len(given) < 4 else 0

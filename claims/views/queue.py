"""The claims queue: every claim that waits for a person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim
from claims.queries.record import first_fix, standing
from claims.views.ready import ready_context
from compliance.access import allows, needs, record_views
from pages.parts import BulkAction
from worklist.models import WorkItem
from worklist.queries import QueuePage, kinds_of, notes_on
from worklist.views import Screen, queue_screen

VIEWS = (
    ("My queue", ""),
    ("Due this week", "due=7"),
    ("Rejected at clearinghouse", "state=rejected"),
    ("No answer", "state=no_answer"),
    ("Over $1,000", "over=1000"),
    ("Everybody’s", "owner=all"),
)


def claims_screen(request: HttpRequest) -> Screen:
    """The queue's own words, work and verbs for this person."""
    actions = []
    if allows(request, "claims.fix"):
        actions.append(BulkAction("Apply # fixes", "F", reverse("claims_fix")))
    if allows(request, "claims.release"):
        actions.append(BulkAction("Send", "S", reverse("claims_send")))
        actions.append(BulkAction("Hold", "H", reverse("claims_hold"), name="reason", asks="Why are they held?"))
    return Screen(
        title="Claims",
        page="claims",
        url=reverse("claim_list"),
        kinds=kinds_of(("claim.", "denial.")),
        noun="claims",
        views=VIEWS,
        actions=actions,
        empty="No claim waits here",
        mine=True,
        peek="claim_peek",
        amount="Charge",
        also=(("All claims", reverse("claim_index")), ("Batches", reverse("batch_list"))),
    )


@needs("claims.read")
def claim_list(request: HttpRequest) -> HttpResponse:
    """Claims that an edit, the clearinghouse or a payer stopped, soonest deadline first."""

    def ready(page: QueuePage) -> dict[str, object]:
        watching = 0 if getattr(request, "sending", False) else None
        return {"screen_action": "claims/send_ready.html", **ready_context(request, watching)}

    return queue_screen(request, claims_screen(request), ready)


@needs("claims.read")
def claim_peek(request: HttpRequest, pk: int) -> HttpResponse:
    """Who, why, money, last event and fix of one claim, beside the list."""
    item = get_object_or_404(WorkItem.objects.select_related("assigned_to"), pk=pk)
    claim = Claim.objects.with_parties().filter(pk=item.claim_id or 0).first()
    if claim is None:
        raise Http404
    record_views(request, page="peek", subjects=[(claim.practice_id, "claims.claim", claim.pk, claim.patient_id)])
    context = {
        "item": item,
        "claim": claim,
        "state": standing(claim),
        "event": claim.events.order_by("-at", "-pk").first(),
        "fix": first_fix(claim.pk) if item.has_fix else None,
        "notes": notes_on("claims.claim", claim.pk)[:1],
        "may_fix": allows(request, "claims.fix"),
        "today": timezone.localdate(),
    }
    return render(request, "claims/peek.html", context)

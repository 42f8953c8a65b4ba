"""Verbs on the picked rows of a queue, the first fix of a row, and taking fixes back."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from claims.domain.status import ClaimStatus
from claims.forms import ReasonForm
from claims.models import Claim
from claims.operations.content import CannotCorrect, ChangedMeanwhile
from claims.operations.fix import apply_fix, undo_fix
from claims.operations.hold import CannotHold, hold_claim
from claims.queries.record import first_fix, undoable
from claims.views.ready import Telling, ready_context
from claims.views.record import existing
from claims.views.verbs import CANNOT_SEND, send
from compliance.access import needs
from compliance.models import User
from worklist.forms import PickedForm
from worklist.models import WorkItem
from worklist.nudge import nudge
from worklist.views import list_again

MOST_UNDONE = 200
REFUSED = (CannotCorrect, ChangedMeanwhile, CannotHold, *CANNOT_SEND)


class NothingToFix(CannotCorrect):
    """No finding of the claim has a fix that one key can apply."""


@require_POST
@needs("claims.fix")
def claim_fix_first(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply the fix that a claim's row offers, and show the list without it."""
    claim = existing(pk)
    try:
        label, event = _fix(claim, cast(User, request.user))
    except REFUSED as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{claim.patient}: {label}", extra_tags=reverse("claim_undo", args=[event]))
    return list_again(request)


@require_POST
@needs("claims.fix")
def claims_fix(request: HttpRequest) -> HttpResponse:
    """Apply the first fix of every picked claim."""
    events: list[int] = []
    done = _on_picked(request, lambda claim: events.append(_fix(claim, cast(User, request.user))[1]))
    if done:
        undo = reverse("claim_undo", args=[",".join(str(event) for event in events)])
        messages.success(request, f"{_number(done, 'fix', 'fixes')} applied", extra_tags=undo)
    return list_again(request)


@require_POST
@needs("claims.release")
def claims_send(request: HttpRequest) -> HttpResponse:
    """Send every picked claim that nothing stops."""
    done = _on_picked(request, lambda claim: send(claim, cast(User, request.user)))
    if done:
        cast(Telling, request).sending = True
        messages.success(request, f"{_number(done, 'claim is', 'claims are')} being sent")
    return list_again(request)


@require_POST
@needs("claims.release")
def claims_send_ready(request: HttpRequest) -> HttpResponse:
    """Hurry the batch with every claim that passed its edits."""
    ready = Claim.objects.in_state(ClaimStatus.READY).count()
    if ready:
        nudge("submit_ready_claims")
        messages.success(request, f"{_number(ready, 'ready claim is', 'ready claims are')} being sent")
    else:
        messages.warning(request, "No claim is ready to send.")
    if not request.headers.get("HX-Request"):
        return list_again(request)
    return render(request, "claims/send_ready.html", {**ready_context(request, 0), "alone": True})


@require_POST
@needs("claims.release")
def claims_hold(request: HttpRequest) -> HttpResponse:
    """Keep every picked claim back, with one reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why the claims are held.")
        return list_again(request)
    why = form.cleaned_data["reason"]
    actor = cast(User, request.user)
    done = _on_picked(request, lambda claim: hold_claim(claim_id=claim.pk, reason=why, actor=actor, now=timezone.now()))
    if done:
        messages.success(request, f"{_number(done, 'claim', 'claims')} on hold")
    return list_again(request)


@require_POST
@needs("claims.fix")
def claim_undo(request: HttpRequest, events: str) -> HttpResponse:
    """Take changes back, as long as nothing was built on them."""
    numbers = [int(one) for one in events.split(",") if one.isdecimal() and len(one) < 19][:MOST_UNDONE]
    found = undoable(numbers)
    if not found:
        raise Http404
    undone = 0
    for event in found:
        try:
            undo_fix(event_id=event.pk, actor=cast(User, request.user), now=timezone.now())
            undone += 1
        except REFUSED as reason:
            messages.error(request, str(reason))
    if undone:
        messages.success(request, "Taken back" if undone == 1 else f"{undone} changes taken back")
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else reverse("claim_detail", args=[found[0].subject_id]))


def _fix(claim: Claim, actor: User) -> tuple[str, int]:
    """The label of the fix that was made, and the event by which it is taken back."""
    finding = first_fix(claim.pk)
    if finding is None:
        raise NothingToFix(f"Claim {claim} has no fix that one key can apply.")
    change = apply_fix(finding_id=finding.pk, actor=actor, now=timezone.now())
    return finding.fix_label, change.event_id


def _on_picked(request: HttpRequest, act: Callable[[Claim], object]) -> int:
    """Carry a verb out on the claims of the picked rows; says which were refused, returns how many were not."""
    form = PickedForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.sentence)
        return 0
    items = WorkItem.objects.filter(pk__in=form.picked, claim_id__isnull=False)
    claims = list(Claim.objects.with_parties().filter(pk__in=items.values("claim_id")).order_by("pk"))
    refusals = []
    for claim in claims:
        try:
            act(claim)
        except REFUSED as reason:
            refusals.append(str(reason))
    if refusals:
        messages.warning(request, f"{len(refusals)} of {len(claims)} not changed: {refusals[0]}")
    return len(claims) - len(refusals)


def _number(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"

"""What a person does with a claim as a whole: send, hold, ask, replace, void, note."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from claims.domain.status import ClaimStatus
from claims.forms import ClaimNoteForm, ReasonForm
from claims.models import Claim
from claims.operations.content import CannotCorrect
from claims.operations.correct import (
    CannotReplace,
    CannotResubmit,
    CannotVoid,
    replace_claim,
    resubmit_rejected,
    void_claim,
)
from claims.operations.hold import CannotHold, CannotRelease, hold_claim, release_claim
from claims.operations.inquire import CannotAsk, ask_status
from claims.views.ready import MOST_LOOKS, looks_so_far
from claims.views.record import existing, record_answer, refused
from compliance.access import needs
from compliance.models import User
from worklist.nudge import nudge
from worklist.operations import add_note

CANNOT_SEND = (CannotRelease, CannotResubmit, CannotCorrect)


def send(claim: Claim, actor: User) -> None:
    """Let a claim go out: off hold, again after a rejection, or with the batch that is due. Raises CANNOT_SEND."""
    now = timezone.now()
    match claim.status:
        case ClaimStatus.READY:
            nudge("submit_ready_claims")
        case ClaimStatus.REJECTED:
            resubmit_rejected(claim_id=claim.pk, actor=actor, now=now)
        case _:
            release_claim(claim_id=claim.pk, actor=actor, now=now)


@require_POST
@needs("claims.release")
def claim_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a held claim, send a rejected one again, or hurry a ready one."""
    claim = existing(pk)
    try:
        send(claim, cast(User, request.user))
    except CANNOT_SEND as reason:
        return refused(request, pk, reason)
    return record_answer(request, pk, sending=True)


@require_GET
@needs("claims.read")
def claim_sending(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the claim has left: the word again, or the record as it is then."""
    claim, looks = existing(pk), looks_so_far(request)
    if claim.status == ClaimStatus.READY and looks < MOST_LOOKS:
        return render(request, "claims/sending.html", {"claim": claim, "looks": looks + 1})
    if claim.status == ClaimStatus.READY:
        messages.warning(request, "The batch has not left yet. The claim goes out by itself with the next one.")
    elif claim.status == ClaimStatus.SUBMITTED:
        messages.success(request, f"Claim {claim} is sent")
    answer = record_answer(request, pk)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#record", "outerHTML"
    return answer


@require_POST
@needs("claims.release")
def claim_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a claim back, with the reason."""
    existing(pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return refused(request, pk, "Say why the claim is held.")
    try:
        hold_claim(claim_id=pk, actor=cast(User, request.user), now=timezone.now(), **form.cleaned_data)
    except CannotHold as reason:
        return refused(request, pk, reason)
    messages.success(request, "On hold until somebody releases it")
    return record_answer(request, pk)


@require_POST
@needs("claims.release")
def claim_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the payer what became of the claim."""
    claim = existing(pk)
    try:
        ask_status(claim_id=pk, actor=cast(User, request.user), now=timezone.now())
    except CannotAsk as reason:
        return refused(request, pk, reason)
    messages.success(request, f"{claim.payer} is asked; the answer appears here")
    return record_answer(request, pk)


@needs("claims.release")
def claim_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a replacement does, then put a corrected claim in the place of this one."""
    claim = existing(pk)
    if request.method != "POST":
        return render(request, "claims/replace.html", {"claim": claim})
    try:
        new = replace_claim(claim_id=pk, actor=cast(User, request.user), now=timezone.now())
    except (CannotReplace, CannotCorrect) as reason:
        return refused(request, pk, reason)
    messages.success(request, f"Claim {new} takes the place of {claim}. Correct it here, then send it.")
    return _go(request, new)


@needs("claims.release")
def claim_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Name what a void does in money and ask why, then withdraw the claim."""
    claim = existing(pk)
    form = ReasonForm(request.POST or None)
    if request.method != "POST":
        return render(request, "claims/void.html", {"claim": claim, "form": form})
    if form.is_valid():
        try:
            notice = void_claim(claim_id=pk, actor=cast(User, request.user), now=timezone.now(), **form.cleaned_data)
        except CannotVoid as reason:
            form.add_error("reason", str(reason))
        else:
            told = f" {claim.payer} is told with claim {notice}." if notice else ""
            messages.success(request, f"Claim {claim} is withdrawn.{told}")
            return record_answer(request, pk)
    answer = render(request, "claims/void.html", {"claim": claim, "form": form}, status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#dialog", "innerHTML"
    return answer


@require_POST
@needs("work.act")
def claim_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a note to a claim."""
    claim, form = existing(pk), ClaimNoteForm(request.POST)
    if not form.is_valid():
        return refused(request, pk, "Write the note first.")
    add_note(
        practice_id=claim.practice_id,
        subject_type="claims.claim",
        subject_id=pk,
        text=form.cleaned_data["text"],
        actor=cast(User, request.user),
        now=timezone.now(),
    )
    messages.success(request, "Note added")
    return record_answer(request, pk)


def _go(request: HttpRequest, claim: Claim) -> HttpResponse:
    url = reverse("claim_detail", args=[claim.pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)

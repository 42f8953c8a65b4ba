"""The workbench of one appeal: evidence at the left, the letter at the right."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from compliance.access import allows, needs, record_views
from compliance.models import AuditEvent, User
from denials import operations
from denials.domain.status import AppealStatus
from denials.domain.words import code_of, says
from denials.forms import LetterForm, ReasonForm
from denials.models import Appeal
from denials.queries.record import AppealRecord, appeal_record, stored_pdf
from denials.views.record import TOLD
from pages.parts import TimelineEvent


def _record(pk: int) -> AppealRecord:
    try:
        return appeal_record(pk)
    except Appeal.DoesNotExist:
        raise Http404 from None


@needs("denials.read")
def appeal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal: what was denied and what the note says, beside the letter."""
    record = _record(pk)
    appeal = record.appeal
    _viewed(request, appeal, "appeal")
    return render(request, "denials/appeal_detail.html", _context(request, record))


def _context(request: HttpRequest, record: AppealRecord) -> dict[str, object]:
    appeal = record.appeal
    may_work = allows(request, "denials.work")
    return {
        "record": record,
        "appeal": appeal,
        "claim": appeal.claim,
        "denials": [(each, says(each.carc), code_of(each.group, each.carc)) for each in record.denials],
        "sections": record.note,
        "events": [_event(each) for each in record.trail if each.verb in TOLD],
        "editable": may_work and appeal.status == AppealStatus.DRAFT,
        "may_withdraw": may_work and appeal.status in (AppealStatus.DRAFT, AppealStatus.SENT),
        "today": timezone.localdate(),
    }


def _event(event: AuditEvent) -> TimelineEvent:
    shape, sentence = TOLD[event.verb]
    said = sentence.format(note=event.note)
    return TimelineEvent(timezone.localtime(event.at), said, shape, str(event.actor) if event.actor else "")


def _viewed(request: HttpRequest, appeal: Appeal, page: str) -> None:
    subject = (appeal.practice_id, "denials.appeal", appeal.pk, appeal.claim.patient_id)
    record_views(request, page=page, subjects=[subject])


@require_POST
@needs("denials.work")
def appeal_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the letter as it stands in the editor."""
    _record(pk)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return HttpResponse("Not saved: the letter is too long.", status=422)
    try:
        operations.save_letter(
            appeal_id=pk, letter=form.cleaned_data["letter"], actor=cast(User, request.user), now=timezone.now()
        )
    except operations.CannotWork as refusal:
        return HttpResponse(f"Not saved: {refusal}", status=422)
    if request.headers.get("HX-Request"):
        return render(request, "denials/saved.html", {"at": timezone.localtime()})
    return redirect("appeal_detail", pk=pk)


@require_POST
@needs("denials.work")
def appeal_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the letter as it stands in the editor, and send it."""
    appeal = _record(pk).appeal
    form = LetterForm(request.POST)
    letter = form.cleaned_data["letter"] if form.is_valid() and "letter" in request.POST else None
    try:
        operations.send_appeal(appeal_id=pk, actor=cast(User, request.user), now=timezone.now(), letter=letter)
        messages.success(request, f"Appeal to {appeal.payer} is on its way")
    except operations.CannotWork as refusal:
        messages.error(request, str(refusal))
    return redirect("appeal_detail", pk=pk)


@needs("denials.work")
def appeal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why (GET), then give the appeal up (POST)."""
    record = _record(pk)
    form = ReasonForm(request.POST or None)
    context = {"appeal": record.appeal, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "denials/withdraw.html", context, status=422 if request.method == "POST" else 200)
    try:
        operations.withdraw_appeal(
            appeal_id=pk, actor=cast(User, request.user), now=timezone.now(), reason=form.cleaned_data["reason"]
        )
    except operations.CannotWork as refusal:
        form.add_error(None, str(refusal))
        return render(request, "denials/withdraw.html", context, status=422)
    messages.success(request, "Appeal withdrawn")
    url = reverse("appeal_detail", args=[pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


@needs("denials.read")
def appeal_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as the payer gets it; of a draft, as it would look now."""
    appeal = _record(pk).appeal
    _viewed(request, appeal, "appeal_letter")
    content = stored_pdf(appeal) or operations.render_letter(appeal)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="appeal-{appeal.pk}.pdf"'
    return answer

"""Correcting a claim in place: cells, one-key fixes, overrides."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from claims.forms import CellForm, ClaimCellForm, LineCellForm, ReasonForm
from claims.models import ClaimFinding
from claims.operations.content import CannotCorrect, Change, ChangedMeanwhile
from claims.operations.edit import edit_claim, edit_line
from claims.operations.findings import CannotOverride, override_finding
from claims.operations.fix import apply_fix
from claims.views.record import Typed, existing, record_answer, refused
from compliance.access import needs
from compliance.models import User

RELOAD = "Reload it, then make your change again."


@require_POST
@needs("claims.fix")
def claim_line_edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change one field of a service line."""
    claim, form = existing(pk), LineCellForm(request.POST)
    if not claim.lines.filter(number=number).exists():
        raise Http404
    if not form.is_valid():
        return _kept(request, pk, number, form, form.sentence)
    try:
        change = edit_line(
            claim_id=pk,
            line_number=number,
            actor=cast(User, request.user),
            now=timezone.now(),
            revision=form.cleaned_data["revision"],
            **form.cleaned_data["edit"],
        )
    except (CannotCorrect, ChangedMeanwhile) as reason:
        return _kept(request, pk, number, form, reason)
    return _done(request, pk, change, f"{form.cleaned_data['field'].capitalize()} of line {number} changed")


@require_POST
@needs("claims.fix")
def claim_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one of the claim's own fields."""
    existing(pk)
    form = ClaimCellForm(request.POST)
    if not form.is_valid():
        return _kept(request, pk, 0, form, form.sentence)
    try:
        change = edit_claim(
            claim_id=pk,
            actor=cast(User, request.user),
            now=timezone.now(),
            revision=form.cleaned_data["revision"],
            **form.cleaned_data["edit"],
        )
    except (CannotCorrect, ChangedMeanwhile) as reason:
        return _kept(request, pk, 0, form, reason)
    words = form.cleaned_data["field"].replace("_", " ").replace(" id", " ID").capitalize()
    return _done(request, pk, change, f"{words} changed")


@require_POST
@needs("claims.fix")
def claim_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply the fix that a finding proposes."""
    finding = _finding(pk)
    try:
        change = apply_fix(finding_id=pk, actor=cast(User, request.user), now=timezone.now())
    except (CannotCorrect, ChangedMeanwhile) as reason:
        return refused(request, finding.claim_id, reason)
    return _done(request, finding.claim_id, change, f"{finding.fix_label} done")


@needs("claims.fix")
def claim_override(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a finding may be passed over, then let the claim pass in spite of it."""
    finding = _finding(pk)
    form = ReasonForm(request.POST or None)
    if request.method != "POST":
        return render(request, "claims/override.html", {"finding": finding, "form": form})
    if form.is_valid():
        try:
            override_finding(finding_id=pk, actor=cast(User, request.user), now=timezone.now(), **form.cleaned_data)
        except (CannotOverride, CannotCorrect) as reason:
            form.add_error("reason", str(reason))
        else:
            messages.success(request, "Overridden; the reason is in the audit trail")
            return record_answer(request, finding.claim_id)
    answer = render(request, "claims/override.html", {"finding": finding, "form": form}, status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#dialog", "innerHTML"
    return answer


def _finding(pk: int) -> ClaimFinding:
    finding = ClaimFinding.objects.select_related("claim").filter(pk=pk).first()
    if finding is None:
        raise Http404
    return finding


def _done(request: HttpRequest, pk: int, change: Change, words: str) -> HttpResponse:
    messages.success(request, words, extra_tags=reverse("claim_undo", args=[change.event_id]))
    return record_answer(request, pk)


def _kept(request: HttpRequest, pk: int, line: int, form: CellForm, reason: Exception | str) -> HttpResponse:
    """The record as it is, with what was typed still in its field and the reason under it."""
    field, value = form.data.get("field", ""), form.data.get("value", "")[:200]
    says, again = str(reason), ""
    if isinstance(reason, ChangedMeanwhile):
        what = f"line {line}" if line else field.replace("_", " ")
        messages.warning(request, f"{says.removesuffix(RELOAD)}Your edit to {what} is not saved.")
        says = f"You typed “{value or 'nothing'}”. The rest of the claim is shown as it stands now."
        again = reverse("claim_line_edit", args=[pk, line]) if line else reverse("claim_edit", args=[pk])
    typed = Typed(line=line, field=field, value=value, says=says, again_url=again)
    return record_answer(request, pk, status=422, typed=typed)

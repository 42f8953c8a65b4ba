"""What a person does to work: assign, put off, note, close, look."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from compliance.access import needs, record_views
from compliance.models import User
from worklist import operations
from worklist.forms import AssignForm, BulkNoteForm, CloseForm, NoteForm, PickedForm, SaveViewForm, SnoozeForm
from worklist.links import subject_url
from worklist.models import SavedView, WorkItem
from worklist.queries import notes_on


def _on_picked(request: HttpRequest, form: PickedForm, verb: Callable[[WorkItem], object], done: str) -> HttpResponse:
    """Carry a verb out on every picked row, then send the browser back to its list with what happened."""
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return _back(request)
    items = list(WorkItem.objects.filter(pk__in=form.picked))
    refused = []
    for item in items:
        try:
            verb(item)
        except operations.CannotAct as reason:
            refused.append(str(reason))
    if refused:
        messages.warning(request, f"{len(refused)} of {len(items)} not changed: {refused[0]}")
    if len(items) > len(refused):
        messages.success(request, f"{len(items) - len(refused)} {done}")
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """The page the person was on: htmx loads it whole, so that counts and rows agree."""
    answer = HttpResponse(status=204)
    if request.headers.get("HX-Request"):
        answer["HX-Refresh"] = "true"
        return answer
    return redirect("work_list")


@require_POST
@needs("work.act")
def work_assign(request: HttpRequest) -> HttpResponse:
    """Give the picked work to a person."""
    user, form = cast(User, request.user), AssignForm(request.POST)
    given = request.POST.get("to", "")
    to = user if given == "me" else User.objects.filter(pk=given).first() if given.isdigit() else None
    return _on_picked(
        request,
        form,
        lambda item: operations.assign_item(item_id=item.pk, to=to, actor=user, now=timezone.now()),
        f"assigned to {to}" if to else "assigned to nobody",
    )


@require_POST
@needs("work.act")
def work_snooze(request: HttpRequest) -> HttpResponse:
    """Put the picked work off until a day."""
    user, form = cast(User, request.user), SnoozeForm(request.POST)
    day = form.day(timezone.localdate()) if form.is_valid() else timezone.localdate()
    return _on_picked(
        request,
        form,
        lambda item: operations.snooze_item(item_id=item.pk, until=day, actor=user, now=timezone.now()),
        f"put off until {day:%m/%d/%y}",
    )


@require_POST
@needs("work.act")
def work_note(request: HttpRequest) -> HttpResponse:
    """Put the same note on the records of the picked work."""
    user, form = cast(User, request.user), BulkNoteForm(request.POST)
    return _on_picked(
        request,
        form,
        lambda item: operations.add_note(
            practice_id=item.practice_id,
            subject_type=item.subject_type,
            subject_id=item.subject_id,
            text=form.cleaned_data["text"],
            actor=user,
            now=timezone.now(),
        ),
        "noted",
    )


@require_POST
@needs("work.act")
def note_add(request: HttpRequest, subject_type: str, subject_id: int) -> HttpResponse:
    """Add a note to a record the person may see, from that record's page."""
    item = (
        WorkItem.objects.filter(subject_type=subject_type, subject_id=subject_id).first()
        or WorkItem.objects.filter(claim_id=subject_id).first()
    )
    form = NoteForm(request.POST)
    if item and form.is_valid():
        operations.add_note(
            practice_id=item.practice_id,
            subject_type=subject_type,
            subject_id=subject_id,
            text=form.cleaned_data["text"],
            actor=cast(User, request.user),
            now=timezone.now(),
        )
    return _back(request)


@needs("work.read")
def work_peek(request: HttpRequest, pk: int) -> HttpResponse:
    """Who, why, money and the last note of one item, beside the list."""
    item = get_object_or_404(WorkItem.objects.select_related("assigned_to"), pk=pk)
    record_views(request, page="peek", subjects=[(item.practice_id, "worklist.workitem", item.pk, item.patient_id)])
    context = {
        "item": item,
        "today": timezone.localdate(),
        "url": subject_url(item.subject_type, item.subject_id, item.pk),
        "notes": notes_on(item.subject_type, item.subject_id)[:2],
    }
    return render(request, "worklist/peek.html", context)


@needs("work.read")
def work_item(request: HttpRequest, pk: int) -> HttpResponse:
    """A work item on a page of its own: for work whose record has no page."""
    item = get_object_or_404(WorkItem.objects.select_related("assigned_to", "practice"), pk=pk)
    record_views(request, page="work", subjects=[(item.practice_id, "worklist.workitem", item.pk, item.patient_id)])
    context = {"item": item, "today": timezone.localdate(), "notes": notes_on(item.subject_type, item.subject_id)}
    return render(request, "worklist/work_item.html", context | {"form": CloseForm()})


@require_POST
@needs("work.act")
def work_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an item by hand, saying what was done."""
    item, form = get_object_or_404(WorkItem, pk=pk), CloseForm(request.POST)
    if not form.is_valid():
        return render(
            request, "worklist/work_item.html", {"item": item, "form": form, "today": timezone.localdate()}, status=422
        )
    try:
        operations.close_item(item_id=item.pk, actor=cast(User, request.user), now=timezone.now(), **form.cleaned_data)
    except operations.CannotAct as reason:
        messages.error(request, str(reason))
    return redirect("work_list")


@needs("work.read")
def view_save(request: HttpRequest) -> HttpResponse:
    """Name the filter on the screen and keep it for this person."""
    page = request.POST.get("page") or request.GET.get("page", "work")
    form = SaveViewForm(request.POST or None, initial={"query": request.GET.get("query", "")})
    if request.method == "POST" and form.is_valid():
        operations.save_view(actor=cast(User, request.user), page=page[:40], **form.cleaned_data)
        messages.success(request, f"View “{form.cleaned_data['name']}” saved")
        return redirect(f"{_page_url(page)}?{form.cleaned_data['query']}")
    return render(request, "worklist/view_save.html", {"form": form, "page": page}, status=422 if form.errors else 200)


@require_POST
@needs("work.read")
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of the person's own saved views."""
    try:
        page = operations.delete_view(actor=cast(User, request.user), view_id=pk)
    except SavedView.DoesNotExist:
        raise Http404 from None
    return redirect(_page_url(page))


def _page_url(page: str) -> str:
    try:
        return reverse({"claims": "claim_list", "denials": "denial_list"}.get(page, "work_list"))
    except NoReverseMatch:
        return reverse("work_list")

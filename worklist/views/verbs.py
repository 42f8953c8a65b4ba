"""What a person does to work: assign, put off, note, close, look."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from compliance.access import SignedIn, allows, needs, record_views
from compliance.models import User
from worklist import operations
from worklist.forms import AssignForm, BulkNoteForm, CloseForm, NoteForm, PickedForm, SaveViewForm, SnoozeForm
from worklist.links import subject_url
from worklist.models import SavedView, WorkItem, WorkItemQuerySet
from worklist.queries import notes_on, saved_views
from worklist.views.again import list_again


def _work(request: HttpRequest) -> WorkItemQuerySet:
    """The work that this person may see."""
    return WorkItem.objects.open_to(cast(SignedIn, request).roles, cast(User, request.user))


def _on_picked(request: HttpRequest, form: PickedForm, verb: Callable[[WorkItem], object], done: str) -> HttpResponse:
    """Carry a verb out on every picked row, then send the browser back to its list with what happened."""
    if not form.is_valid():
        messages.error(request, form.sentence)
        return list_again(request)
    items = list(_work(request).filter(pk__in=form.picked))
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
    return list_again(request)


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
    """Add a note to a record that has work, from that record's page."""
    item = _work(request).filter(subject_type=subject_type, subject_id=subject_id).order_by("-pk").first()
    if item is None:
        raise Http404
    form = NoteForm(request.POST)
    if form.is_valid():
        operations.add_note(
            practice_id=item.practice_id,
            subject_type=subject_type,
            subject_id=subject_id,
            text=form.cleaned_data["text"],
            actor=cast(User, request.user),
            now=timezone.now(),
        )
        messages.success(request, "Note added")
    else:
        messages.error(request, "Write the note first.")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(subject_url(subject_type, subject_id, item.pk))


@needs("work.read")
def work_peek(request: HttpRequest, pk: int) -> HttpResponse:
    """Who, why, money and the last note of one item, beside the list."""
    item = get_object_or_404(_work(request).select_related("assigned_to"), pk=pk)
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
    item = get_object_or_404(_work(request).select_related("assigned_to", "practice", "closed_by"), pk=pk)
    record_views(request, page="work", subjects=[(item.practice_id, "worklist.workitem", item.pk, item.patient_id)])
    return _item_page(request, item, CloseForm())


def _item_page(request: HttpRequest, item: WorkItem, form: CloseForm, status: int = 200) -> HttpResponse:
    url = subject_url(item.subject_type, item.subject_id)
    context = {
        "item": item,
        "form": form,
        "today": timezone.localdate(),
        "notes": notes_on(item.subject_type, item.subject_id),
        "note_form": NoteForm(auto_id="note_%s"),
        "record_url": url,
        "may_act": allows(request, "work.act"),
    }
    return render(request, "worklist/work_item.html", context, status=status)


@require_POST
@needs("work.act")
def work_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an item by hand, saying what was done."""
    item, form = get_object_or_404(_work(request), pk=pk), CloseForm(request.POST)
    if not form.is_valid():
        return _item_page(request, item, form, status=422)
    try:
        operations.close_item(item_id=item.pk, actor=cast(User, request.user), now=timezone.now(), **form.cleaned_data)
    except operations.CannotAct as reason:
        messages.error(request, str(reason))
    return redirect("work_list")


@needs("work.read")
def view_save(request: HttpRequest) -> HttpResponse:
    """Name the filter on the screen and keep it for this person."""
    user = cast(User, request.user)
    page = (request.POST.get("page") or request.GET.get("page", "work"))[:40]
    query = request.GET.get("query", "")
    form = SaveViewForm(request.POST or None, initial={"query": query})
    back = _page_url(page)
    if request.method == "POST" and form.is_valid():
        operations.save_view(actor=user, page=page, **form.cleaned_data)
        messages.success(request, f"View “{form.cleaned_data['name']}” saved")
        return redirect(f"{back}?{form.cleaned_data['query']}")
    context = {
        "form": form,
        "page": page,
        "views": saved_views(user, page),
        "back": back,
        "back_url": f"{back}?{query}" if query else back,
    }
    return render(request, "worklist/view_save.html", context, status=422 if form.errors else 200)


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
        return reverse({"cases": "case_list", "claims": "claim_list", "denials": "denial_list"}.get(page, "work_list"))
    except NoReverseMatch:
        return reverse("work_list")

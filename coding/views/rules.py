"""What a supervisor sets for coding: what may finish alone, who knows which specialty, what was learned."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from coding import operations
from coding.models import LearnedModel
from coding.queries import lessons, practice_rules
from compliance.access import needs
from compliance.models import User
from compliance.scope import scoped_practices


@needs("coding.rules")
def coding_rules(request: HttpRequest) -> HttpResponse:
    """The rules of every practice on the screen."""
    return render(request, "coding/rules.html", {"rules": practice_rules(), "today": timezone.localdate()})


@require_POST
@needs("coding.rules")
def auto_complete_set(request: HttpRequest) -> HttpResponse:
    """Say from which confidence cases may finish by themselves; an empty field switches it off."""
    typed = request.POST.get("lowest", "").strip()
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 4):
        messages.error(request, "Give a confidence as a number, or leave it empty to switch this off.")
        return redirect("coding_rules")
    lowest = int(typed) if typed else None
    return _set(
        request,
        lambda practice_id: operations.set_auto_complete(
            practice_id=practice_id, lowest=lowest, actor=cast(User, request.user), now=timezone.now()
        ),
        "Auto-complete is off" if lowest is None else f"Auto-complete from {lowest}",
    )


@require_POST
@needs("coding.rules")
def specialties_set(request: HttpRequest) -> HttpResponse:
    """Say which specialties a coder knows."""
    person = request.POST.get("coder", "")
    user_id = int(person) if person.isdigit() and len(person) < 10 else 0
    return _set(
        request,
        lambda practice_id: operations.set_specialties(
            practice_id=practice_id,
            user_id=user_id,
            specialties=set(request.POST.getlist("specialty")[:60]),
            actor=cast(User, request.user),
            now=timezone.now(),
        ),
        "Specialties kept",
    )


def _set(request: HttpRequest, verb: Callable[[int], object], done: str) -> HttpResponse:
    """Carry a verb out on the practice that the form names, then show the page again with what happened."""
    named = request.POST.get("practice", "")
    practice_id = int(named) if named.isdigit() and len(named) < 10 else 0
    if practice_id not in scoped_practices():
        raise Http404
    try:
        verb(practice_id)
    except operations.CannotSet as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, done)
    return redirect("coding_rules")


@needs("coding.rules")
def learned_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version of what was learned says that the one before did not."""
    learned = LearnedModel.objects.select_related("practice").filter(pk=pk).first()
    if learned is None:
        raise Http404
    context = {
        "learned": learned,
        "lessons": lessons(learned),
        "today": timezone.localdate(),
    }
    return render(request, "coding/learned_detail.html", context)


@require_POST
@needs("coding.rules")
def learned_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Suggest with this version of what was learned, or with none."""
    on = not request.POST.get("off")
    try:
        row = operations.use_learned(learned_id=pk, on=on, actor=cast(User, request.user), now=timezone.now())
    except LearnedModel.DoesNotExist:
        raise Http404 from None
    messages.success(request, f"Version {row.version} is in use" if on else "Nothing learned is in use")
    return redirect("coding_rules")

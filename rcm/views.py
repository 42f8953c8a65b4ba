"""The home page, search, and a person's own settings."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from coding.queries import open_questions
from compliance.access import PRACTICE_CHOICE, SignedIn, needs, on_screen, record_list
from compliance.domain.permissions import GRANTS, Role
from compliance.models import User
from compliance.operations import set_preferences
from compliance.queries import practices_allowing, practices_of, roles_by_practice
from compliance.scope import enter_scope
from pages.charts import days_ahead
from pages.presentation import dollars, short_date
from rcm.queries import Change, changes_since, find, my_work, waiting_on_payers
from worklist.links import subject_url
from worklist.models import WorkItem


@needs("work.read")
def home(request: HttpRequest) -> HttpResponse:
    """My work: what needs this person now, by clock; what rests; what moved without them."""
    user, today = cast(User, request.user), timezone.localdate()
    work = my_work(user, cast(SignedIn, request).roles, today)
    items = [*work.items, *work.resting]
    record_list(request, page="home", shown=[(item.practice_id, item.pk, item.patient_id) for item in items])
    permissions = _permissions(request)
    context = {
        "work": work,
        "questions": open_questions(user) if "queries.answer" in permissions else 0,
        "today": today,
        "rows": [_row(item) for item in work.items],
        "resting": [_row(item) for item in work.resting],
        "payers": waiting_on_payers() if "claims.read" in permissions else [],
        "days": days_ahead(work.due, late=work.late, today=today, url=_day_url),
        "changes": _changes(request),
    }
    return render(request, "home/my_work.html", context)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A piece of work as a sentence: who, what about it, and where it leads."""

    item: WorkItem
    url: str
    says: str
    about: str


def _row(item: WorkItem) -> Row:
    url = subject_url(item.subject_type, item.subject_id, item.pk)
    who = item.patient_name
    reason = item.reason[:1].lower() + item.reason[1:] if who and item.reason[1:2].islower() else item.reason
    says = f"{who}: {reason.replace(': ', ', ', 1)}".rstrip(".") if who else reason  # one colon a sentence
    label = item.get_kind_display()
    visit = f"visit {short_date(item.service_date)}" if item.service_date else ""
    about = [label, item.category if item.category != label else "", visit]
    return Row(
        item=item,
        url=f"{url}?from=work",
        says=f"{says}, {item.payer_name}" if item.payer_name else says,
        about=" · ".join(part for part in about if part),
    )


def _day_url(day: object) -> str:
    return f"{reverse('work_list')}?day={day}" if day else f"{reverse('work_list')}?due=0"


def _changes(request: HttpRequest) -> list[Change]:
    moved = changes_since(timezone.now() - timedelta(days=1))
    allowed = _permissions(request)
    lines = [
        ("paid", "Paid by payers", dollars(moved["paid"]), "remit_list", "remits.read"),
        ("denied", "Denied", moved["denied"], "denial_list", "denials.read"),
        ("rejected", "Rejected", moved["rejected"], "claim_list", "claims.read"),
        ("accepted", "Accepted by payers", moved["accepted"], "claim_list", "claims.read"),
        ("submitted", "Sent to payers", moved["sent"], "batch_list", "claims.read"),
        ("ready", "Passed every edit, ready to send", moved["ready"], "claim_list", "claims.read"),
    ]
    return [
        Change(state, says, figure, _url(name))
        for state, says, figure, name, needed in lines
        if needed in allowed and figure not in (0, "$0.00")
    ]


def _permissions(request: HttpRequest) -> frozenset[str]:
    held = frozenset[Role]().union(*cast(SignedIn, request).roles.values())
    return frozenset[str]().union(*(GRANTS[role] for role in held))


@needs("work.read")
def search(request: HttpRequest) -> HttpResponse:
    """One box over patients, claims and remittances; a single hit opens at once."""
    text = request.GET.get("q", "").strip()[:60]
    found = find(text, cast(SignedIn, request).roles) if len(text) > 1 else []
    if len(found) == 1:
        return redirect(found[0].name, found[0].pk)
    for kind in ("Claim", "Patient"):
        of_patients = [one for one in found if one.kind == kind]
        shown = [(one.practice_id, one.pk, one.patient_id) for one in of_patients]
        record_list(request, page=f"search.{kind.lower()}", shown=shown)
    return render(
        request, "home/search.html", {"query": text, "found": [(one, _url(one.name, one.pk)) for one in found]}
    )


@login_required
def help_page(request: HttpRequest) -> HttpResponse:
    """What everybody does here, the words, the keys. Open to every role; the frame counts the work that waits."""
    user = cast(User, request.user)
    enter_scope(on_screen(request, practices_allowing(roles_by_practice(user), "work.read")), actor_id=user.pk)
    return render(request, "help/help.html")


@require_POST
@login_required
def choose_practice(request: HttpRequest) -> HttpResponse:
    """Narrow the screen to one practice, or widen it to all that the person serves."""
    chosen = request.POST.get("practice", "")
    mine = {str(practice.pk) for practice in practices_of(cast(User, request.user))}
    if chosen in mine:
        request.session[PRACTICE_CHOICE] = int(chosen)
    else:
        request.session.pop(PRACTICE_CHOICE, None)
    return HttpResponseRedirect(_next(request))


@require_POST
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the person's theme or single-key choice."""
    set_preferences(
        user=cast(User, request.user), theme=request.POST.get("theme"), single_keys=request.POST.get("single_keys")
    )
    return HttpResponseRedirect(_next(request))


def _next(request: HttpRequest) -> str:
    given = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if safe else reverse("home")


def _url(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 in the house's words. People whose role has no room here (administrators) land on the help page instead."""
    if request.user.is_authenticated and request.path == reverse("home"):
        return redirect("help")
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: it does not exist, or belongs to another practice; the page does not say which."""
    if request.path.startswith("/api/"):
        return _problem(404, "There is no such address.")
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: said plainly, with nothing of the error's own text."""
    if request.path.startswith("/api/"):
        return _problem(500, "Our mistake. Nothing was changed; try again later.")
    return render(request, "errors/500.html", status=500)


def _problem(status: int, detail: str) -> JsonResponse:
    """What a program gets where a person gets a page (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")

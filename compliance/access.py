"""The guard at every door: who is it, may they, and for which practices."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from compliance.domain.permissions import PERMISSIONS, Role, may
from compliance.models import LISTED, User
from compliance.operations import Event, record_events
from compliance.queries import practices_allowing, roles_by_practice
from compliance.scope import enter_scope

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

NOT_FILTERS = frozenset({"page", "page_size", "cursor", "next", "before", "sort", "from"})
PRACTICE_CHOICE = "practice"  # session key: the one practice a person narrowed the screen to


class SignedIn(HttpRequest):
    """A request that passed a guard: its user is known, and so are the roles held."""

    user: User
    roles: dict[int, frozenset[Role]]


def on_screen(request: HttpRequest, allowed: list[int]) -> list[int]:
    """Of the practices a person may see, those the screen shows: the one chosen in the top bar, else all."""
    chosen = request.session.get(PRACTICE_CHOICE)
    return [chosen] if chosen in allowed else allowed


def needs(
    permission: str,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let a view run only for people who hold the permission, over the practices where they hold it.

    The transaction's row-level scope becomes exactly those practices (or the one chosen in the top
    bar), so a row of any other practice is simply not found. Raises PermissionDenied when no
    practice grants the permission.
    """
    if permission not in PERMISSIONS:
        raise KeyError(permission)

    def guard(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = cast(User, request.user)
            roles = roles_by_practice(user)
            allowed = practices_allowing(roles, permission)
            if not allowed:
                raise PermissionDenied(f"Your role does not include: {PERMISSIONS[permission].lower()}.")
            enter_scope(on_screen(request, allowed), actor_id=user.pk)
            cast(SignedIn, request).roles = roles
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the tests over the URL map
        return guarded

    return guard


def allows(request: HttpRequest, permission: str) -> bool:
    """Whether the signed-in person holds the permission anywhere: what a page offers, never what it permits."""
    roles: dict[int, frozenset[Role]] = getattr(request, "roles", {})
    return any(may(held, permission) for held in roles.values())


def record_views(request: HttpRequest, *, page: str, subjects: list[tuple[int, str, int, int | None]]) -> None:
    """Record that a page showed PHI: (practice_id, subject_type, subject_id, patient_id) for each record opened."""
    record_events(
        actor=cast(User, request.user),
        now=timezone.now(),
        events=[
            Event(
                practice_id=practice,
                verb=f"{page}.viewed",
                subject_type=kind,
                subject_id=pk,
                patient_id=patient,
            )
            for practice, kind, pk, patient in subjects
        ],
    )


def record_list(request: HttpRequest, *, page: str, shown: Iterable[tuple[int, int, int | None]]) -> None:
    """Record that a list showed PHI: (practice_id, row, patient_id) for each row. One statement.

    One event for each practice on the page names the list, its rows and their patients. How the list was narrowed is
    kept by the names of the filters only: what was searched for may be a patient's name.
    """
    rows: defaultdict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for practice_id, pk, patient_id in shown:
        rows[practice_id].append((pk, patient_id))
    filters = sorted(name for name, value in request.GET.items() if value and name not in NOT_FILTERS)
    record_events(
        actor=cast(User, request.user),
        now=timezone.now(),
        events=[
            Event(
                practice_id=practice_id,
                verb=f"{page}{LISTED}",
                subject_type="list",
                subject_id=0,
                note=f"narrowed by {', '.join(filters)}" if filters else "",
                detail={
                    "rows": [pk for pk, _ in found],
                    "patients": sorted({patient for _, patient in found if patient is not None}),
                },
            )
            for practice_id, found in rows.items()
        ],
    )

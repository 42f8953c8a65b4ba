"""The guard at every door: who is it, may they, and for which practices."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from compliance.domain.permissions import PERMISSIONS, Role, may
from compliance.models import User
from compliance.operations import Event, record_events
from compliance.queries import practices_allowing, roles_by_practice
from compliance.scope import enter_scope

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

PRACTICE_CHOICE = "practice"  # session key: the one practice a person narrowed the screen to


class SignedIn(HttpRequest):
    """A request that passed a guard: its user is known, and so are the roles held."""

    user: User
    roles: dict[int, frozenset[Role]]


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
            chosen = request.session.get(PRACTICE_CHOICE)
            enter_scope([chosen] if chosen in allowed else allowed, actor_id=user.pk)
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

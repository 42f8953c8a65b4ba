"""What compliance knows about people: their roles, practices and trail."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from compliance.domain.permissions import Role, may
from compliance.models import LISTED, AuditEvent, Membership, Practice, User
from compliance.scope import practice_scope


def roles_by_practice(user: User) -> dict[int, frozenset[Role]]:
    """Each practice the user serves, with the roles held there."""
    found: defaultdict[int, set[Role]] = defaultdict(set)
    with practice_scope(actor_id=user.pk):
        for practice_id, role in Membership.objects.filter(user=user).values_list("practice_id", "role"):
            found[practice_id].add(Role(role))
    return {practice_id: frozenset(roles) for practice_id, roles in found.items()}


def practices_allowing(roles: Mapping[int, frozenset[Role]], permission: str) -> list[int]:
    """The practices in which these roles grant the permission."""
    return sorted(pk for pk, held in roles.items() if may(held, permission))


def practices_of(user: User) -> QuerySet[Practice]:
    """Every practice the user serves, by name."""
    return Practice.objects.filter(pk__in=roles_by_practice(user))


@dataclass(frozen=True)
class TrailPage:
    """One page of the audit trail; `next_before` leads to the next, None at the end."""

    rows: list[AuditEvent]
    next_before: int | None


def trail_page(
    *,
    person: str = "",
    act: str = "",
    patient: int | None = None,
    day: date | None = None,
    before: int | None = None,
    size: int = 50,
) -> TrailPage:
    """The trail of the practices in scope, newest first: one query, the same cost on every page."""
    rows = AuditEvent.objects.select_related("actor", "practice").order_by("-pk")
    if person:
        named = Q(actor__username__iexact=person) | Q(actor__first_name__istartswith=person)
        rows = rows.filter(named | Q(actor__last_name__istartswith=person))
    if act:
        rows = rows.filter(verb__startswith=act)
    if patient is not None:
        on_a_list = Q(verb__endswith=LISTED, detail__contains={"patients": [patient]})
        rows = rows.filter(Q(patient_id=patient) | on_a_list)
    if day:
        rows = rows.filter(at__date=day)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    more = len(found) > size
    return TrailPage(rows=found[:size], next_before=found[size - 1].pk if more else None)

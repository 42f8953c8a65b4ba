"""What compliance knows about people: their roles, practices and trail."""

from collections import defaultdict

from django.db.models import QuerySet

from compliance.domain.permissions import Role, may
from compliance.models import AuditEvent, Membership, Practice, User
from compliance.scope import practice_scope


def roles_by_practice(user: User) -> dict[int, frozenset[Role]]:
    """Each practice the user serves, with the roles held there."""
    found: defaultdict[int, set[Role]] = defaultdict(set)
    with practice_scope(actor_id=user.pk):
        for practice_id, role in Membership.objects.filter(user=user).values_list(
            "practice_id", "role"
        ):
            found[practice_id].add(Role(role))
    return {practice_id: frozenset(roles) for practice_id, roles in found.items()}


def practices_allowing(roles: dict[int, frozenset[Role]], permission: str) -> list[int]:
    """The practices in which these roles grant the permission."""
    return sorted(pk for pk, held in roles.items() if may(held, permission))


def practices_of(user: User) -> QuerySet[Practice]:
    """Every practice the user serves, by name."""
    return Practice.objects.filter(pk__in=roles_by_practice(user))


def recent_events() -> QuerySet[AuditEvent]:
    """The audit trail of the practices in scope, newest first."""
    return AuditEvent.objects.select_related("actor", "practice").order_by("-at", "-pk")

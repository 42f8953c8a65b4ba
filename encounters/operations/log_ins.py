"""Linking a clinician to the log-in under which questions are answered."""

from datetime import datetime

from django.db import transaction

from compliance.domain.permissions import Role, may
from compliance.models import Membership, User
from compliance.operations import record_event
from encounters.models import Provider


class CannotLink(Exception):
    """The practice has no such provider, or the log-in may not answer questions there."""


@transaction.atomic
def link_provider(*, practice_id: int, npi: str, username: str, actor: User | None, now: datetime) -> Provider:
    """Let a log-in, and no other, answer for the provider with this NPI. Raises CannotLink."""
    provider = Provider.objects.select_for_update().filter(practice_id=practice_id, npi=npi).first()
    if provider is None:
        raise CannotLink("This practice has no provider with that NPI.")
    roles = Membership.objects.filter(practice_id=practice_id, user__username=username).values_list("role", flat=True)
    if not may(frozenset(Role(role) for role in roles), "queries.answer"):
        raise CannotLink("This log-in has no provider role in the practice. Give it that role first.")
    user = User.objects.get(username=username)
    Provider.objects.filter(practice_id=practice_id, user=user).exclude(pk=provider.pk).update(user=None)
    provider.user = user
    provider.save(update_fields=["user"])
    record_event(actor=actor, now=now, verb="provider.linked", subject=provider, note=f"to {username}")
    return provider

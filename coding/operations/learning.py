"""Choosing among the versions of what a practice's cases taught."""

from datetime import datetime

from django.db import transaction

from coding.models import LearnedModel
from compliance.models import User
from compliance.operations import record_event


@transaction.atomic
def use_learned(*, learned_id: int, on: bool, actor: User | None, now: datetime) -> LearnedModel:
    """Suggest with this version from now on (or, with `on` False, without anything learned).

    Cases that have suggestions keep them. Raises LearnedModel.DoesNotExist for a version that is not there.
    """
    chosen = LearnedModel.objects.select_for_update().get(pk=learned_id)
    LearnedModel.objects.filter(practice_id=chosen.practice_id, active=True).update(active=False)
    chosen.active = on
    chosen.save(update_fields=["active"])
    note = f"version {chosen.version}" if on else "none"
    record_event(actor=actor, now=now, verb="coding.learned_used", subject=chosen, note=note)
    return chosen

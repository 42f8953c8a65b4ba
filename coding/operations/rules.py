"""What a supervisor sets for a practice's coding."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from coding.domain.status import CaseStatus
from coding.domain.suggestions import LOW
from coding.models import CoderSpecialty, CodingCase, CodingPolicy, LearnedModel
from compliance.models import Membership, User
from compliance.operations import record_event


class CannotSet(Exception):
    """The rule makes no sense, or is about somebody who does not work there."""


@transaction.atomic
def set_auto_complete(*, practice_id: int, lowest: int | None, actor: User, now: datetime) -> CodingPolicy:
    """Let cases finish by themselves when every suggestion has at least this confidence (0–100); None: never.

    Cases that were looked at under another rule are looked at again. Raises CannotSet below what a person would have
    to decide anyway, or above 100.
    """
    if lowest is not None and not LOW <= lowest <= 100:
        raise CannotSet(f"Give a confidence from {LOW} to 100, or leave it empty to switch this off.")
    policy, _ = CodingPolicy.objects.update_or_create(practice_id=practice_id, defaults={"auto_complete_from": lowest})
    CodingCase.objects.filter(practice_id=practice_id, status=CaseStatus.OPEN).exclude(auto_checked_at=None).update(
        auto_checked_at=None
    )
    note = "off" if lowest is None else f"from {lowest}"
    record_event(actor=actor, now=now, verb="coding.auto_complete_set", subject=policy, note=note)
    return policy


@transaction.atomic
def set_specialties(
    *, practice_id: int, user_id: int, specialties: Collection[str], actor: User, now: datetime
) -> None:
    """Say which specialties a coder knows. Raises CannotSet for somebody who does not work in the practice."""
    member = Membership.objects.filter(practice_id=practice_id, user_id=user_id).first()
    if member is None:
        raise CannotSet("This person does not work in the practice any more. Reload the page.")
    CoderSpecialty.objects.filter(practice_id=practice_id, user_id=user_id).delete()
    CoderSpecialty.objects.bulk_create(
        CoderSpecialty(practice_id=practice_id, user_id=user_id, specialty=name[:40]) for name in sorted(specialties)
    )
    note = f"{user_id}: {', '.join(sorted(specialties)) or 'none'}"
    record_event(actor=actor, now=now, verb="coding.specialties_set", subject=member, note=note)


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

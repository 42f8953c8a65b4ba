"""Learning from a practice's own finalized cases, and choosing among the versions of it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from coding.models import LearnedModel
from coding.queries import decided_cases
from coding.suggestion.habits import ACCEPTED, Decided, learn, to_json
from compliance.models import User
from compliance.operations import record_event


class NothingToLearn(Exception):
    """No finalized case of the practice has a suggestion on which somebody decided."""


@transaction.atomic
def learn_practice(*, practice_id: int, actor: User | None, now: datetime) -> LearnedModel:
    """Learn from all finalized cases of one practice, and use it from now on; the versions before are kept.

    Raises NothingToLearn. Nothing of another practice is read: its rows are not in scope.
    """
    cases = [case.decisions for case in decided_cases(practice_id)]
    if not cases:
        raise NothingToLearn("No finalized case has suggestions that a person decided on yet.")
    habits = learn(one for decisions in cases for one in decisions)
    last = LearnedModel.objects.filter(practice_id=practice_id).aggregate(last=Max("version"))["last"] or 0
    row = LearnedModel.objects.create(
        practice_id=practice_id,
        version=last + 1,
        trained_at=now,
        cases=len(cases),
        payload=to_json(habits),
        metrics=_metrics(cases),
    )
    note = f"version {row.version} from {row.cases} cases"
    record_event(actor=actor, now=now, verb="coding.learned", subject=row, note=note)
    return use_learned(learned_id=row.pk, on=True, actor=actor, now=now)


def _metrics(cases: list[list[Decided]]) -> dict[str, int]:
    """How many suggestions were decided, and how many of them accepted as they stood."""
    decided = [one for decisions in cases for one in decisions]
    return {"decided": len(decided), "accepted": sum(one.decision == ACCEPTED for one in decided)}


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

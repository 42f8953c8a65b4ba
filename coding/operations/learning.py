"""Learning from a practice's own finalized cases.

Not among `coding.operations` itself: it loads the libraries that learn, which take seconds and which no page needs.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from coding.models import LearnedModel
from coding.operations.rules import use_learned
from coding.queries import knowledge_on
from coding.queries.experience import final_cases
from coding.suggestion.experience import Experience, FinalCase, learn_from
from coding.suggestion.habits import ACCEPTED
from coding.suggestion.trial import Trial, try_out
from compliance.models import Practice, User
from compliance.operations import record_event
from compliance.scope import practice_scope


class NothingToLearn(Exception):
    """No case of the practice was finalized by a person."""


def learn_practice(*, practice_id: int, actor: User | None, now: datetime) -> LearnedModel:
    """Learn from the latest finalized cases of one practice and keep that as a version; those before stay.

    The version is tried first: what the earlier cases teach, on the latest quarter. It is used from now on unless
    suggestions agree less with the final codes there than with nothing learned. Takes up to minutes, in which no
    transaction is open; it opens its own, in which no other practice's row is in scope. Raises NothingToLearn.
    """
    with practice_scope(practice_id):
        cases = final_cases(practice_id)
        days = [case.note.service_date for case in cases if case.note.service_date]
        if not days:
            raise NothingToLearn("Nobody has finalized a case with a note yet.")
        knowledge = knowledge_on([max(days)])[max(days)]
    trial = try_out(cases, knowledge)
    experience = learn_from(cases, knowledge)
    with practice_scope(practice_id):
        return _keep(practice_id, cases, experience, trial, actor, now)


def _keep(
    practice_id: int,
    cases: Sequence[FinalCase],
    experience: Experience,
    trial: Trial | None,
    actor: User | None,
    now: datetime,
) -> LearnedModel:
    Practice.objects.select_for_update().get(pk=practice_id)  # one version after the other
    last = LearnedModel.objects.filter(practice_id=practice_id).aggregate(last=Max("version"))["last"] or 0
    row = LearnedModel.objects.create(
        practice_id=practice_id,
        version=last + 1,
        trained_at=now,
        cases=len(cases),
        payload=experience.to_bytes(),
        metrics=_metrics(cases, trial),
    )
    note = f"version {row.version} from {row.cases} cases"
    record_event(actor=actor, now=now, verb="coding.learned", subject=row, note=note)
    if trial and trial.harms:
        return row
    return use_learned(learned_id=row.pk, on=True, actor=actor, now=now)


def _metrics(cases: Sequence[FinalCase], trial: Trial | None) -> dict[str, Any]:
    """How many suggestions were decided and accepted as they stood; precision and recall of the trial in percent."""
    decided = [one for case in cases for one in case.decisions]
    found: dict[str, Any] = {"decided": len(decided), "accepted": sum(one.decision == ACCEPTED for one in decided)}
    if trial:
        found["tried"] = trial.cases
        for name, each in (("without", trial.without), ("learned", trial.learned)):
            found[name] = {"precision": round(100 * each.precision, 1), "recall": round(100 * each.recall, 1)}
    return found

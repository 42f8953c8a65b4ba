"""Taking back the last change of a case."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from coding.domain.codes import from_data
from coding.domain.suggestions import Decision, Verdict
from coding.models import CaseVersion, CodingCase
from coding.operations.cases import locked
from coding.operations.change import Change, store
from coding.operations.outcome import CannotCode, Outcome
from compliance.models import User


@transaction.atomic
def undo_codes(*, case_id: int, actor: User, now: datetime) -> CodingCase:
    """Put codes and decisions back as they stood before the person's own last change; again goes one further back.

    Raises CannotCode when the case is not open, or the last change is somebody else's or was the first.
    """
    outcome = Outcome()
    cases = locked([case_id], outcome)
    if not cases:
        raise outcome.refused[case_id]
    (case,) = cases
    versions = {version.revision: version for version in CaseVersion.objects.filter(case=case)}
    last = versions.get(case.revision)
    if last is None or last.by_id != actor.pk or last.undo_to is None:
        raise CannotCode("There is no change of yours to take back. Change the codes instead.")
    goal = versions[last.undo_to]
    undone = _verdicts(case, goal)
    further = goal.undo_to if goal.by_id == actor.pk else None
    store([Change(case, from_data(goal.codes), undone, further, f"took back: {last.says}")], actor, now)
    return case


def _verdicts(case: CodingCase, goal: CaseVersion) -> list[Verdict]:
    """What was decided about each proposal at a version."""
    kept: Mapping[str, tuple[str, str]] = goal.decisions
    found = [kept.get(str(each.pk), (Decision.PROPOSED, "")) for each in case.suggestions.all()]
    return [Verdict(Decision(decision), instead) for decision, instead in found]

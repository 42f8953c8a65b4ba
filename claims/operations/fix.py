"""One-key fixes: what an edit proposes, applied and taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from claims.domain.content import applied, as_json, content_of, from_json
from claims.models import ClaimFinding
from claims.operations.content import (
    CannotCorrect,
    Change,
    changed_meanwhile,
    editable_claim,
    facts_of,
    write_content,
)
from claims.operations.history import CLAIM
from coding.domain.edits.content import FixDoesNotFit
from coding.domain.edits.findings import Fix
from compliance.models import AuditEvent, User

UNDOABLE = ("claim.fixed", "claim.edited")


@transaction.atomic
def apply_fix(*, finding_id: int, actor: User, now: datetime, revision: int | None = None) -> Change:
    """Make the change that a finding proposes, and run the edits again at once.

    Raises CannotCorrect when the finding is resolved, has no fix, or does not fit the claim any more, and
    ChangedMeanwhile when `revision` is stale.
    """
    finding = ClaimFinding.objects.get(pk=finding_id)
    claim = editable_claim(finding.claim_id, now, revision)
    finding.refresh_from_db(fields=["resolved_at"])
    if finding.resolved_at is not None:
        raise CannotCorrect("This finding is settled already. Reload the claim to see what is left.")
    if not finding.fix:
        raise CannotCorrect("No fix is known for this finding. Correct the field it points at.")
    facts = facts_of(claim, now)
    try:
        after = applied(content_of(facts), Fix.from_json(finding.fix), facts.prices)
    except FixDoesNotFit as misfit:
        raise CannotCorrect(str(misfit)) from misfit
    says = f"{finding.says} Corrected with “{finding.fix_label}”."
    return write_content(claim=claim, facts=facts, after=after, actor=actor, now=now, verb="claim.fixed", says=says)


@transaction.atomic
def undo_fix(*, event_id: int, actor: User, now: datetime) -> Change:
    """Take a fix or an edit back, as long as the payer does not have the claim and nobody changed the same fields.

    `event_id` is the one that the change returned. Raises CannotCorrect and ChangedMeanwhile.
    """
    event = AuditEvent.objects.filter(pk=event_id, subject_type=CLAIM, verb__in=UNDOABLE).first()
    if event is None:
        raise CannotCorrect("This cannot be undone.")
    claim = editable_claim(event.subject_id, now)
    facts = facts_of(claim, now)
    current: dict[str, Any] = as_json(content_of(facts))
    if any(current[name] != value for name, value in event.detail["after"].items()):
        raise changed_meanwhile(claim, now)
    after = from_json({**current, **event.detail["before"]})
    return write_content(
        claim=claim, facts=facts, after=after, actor=actor, now=now, verb="claim.undone", says="Last change undone."
    )

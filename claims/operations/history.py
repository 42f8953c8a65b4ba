"""One line in a claim's own history and one in the audit trail, for any number of claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from claims.models import Claim, ClaimEvent
from compliance.models import AuditEvent, User
from compliance.operations import Event, record_events

CLAIM = "claims.claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What happened to a claim. `says` is the sentence of its history; empty: only the audit trail keeps it."""

    claim: Claim
    verb: str
    says: str
    tone: str
    note: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def record(*, actor: User | None, now: datetime, happenings: Sequence[Happened]) -> None:
    """Write history and audit trail in two statements, in the caller's transaction."""
    if not happenings:
        return
    ClaimEvent.objects.bulk_create(
        ClaimEvent(
            practice_id=one.claim.practice_id,
            claim=one.claim,
            at=now,
            tone=one.tone,
            says=one.says[:400],
            actor=actor,
        )
        for one in happenings
        if one.says
    )
    record_events(
        actor=actor,
        now=now,
        events=[
            Event(
                practice_id=one.claim.practice_id,
                verb=one.verb,
                subject_type=CLAIM,
                subject_id=one.claim.pk,
                patient_id=one.claim.patient_id,
                note=one.note,
                detail=one.detail,
            )
            for one in happenings
        ],
    )


def last_event(claim: Claim, verbs: Sequence[str] = ()) -> AuditEvent | None:
    """The newest audit event about a claim that is not a page view."""
    events = AuditEvent.objects.filter(practice_id=claim.practice_id, subject_type=CLAIM, subject_id=claim.pk)
    if verbs:
        events = events.filter(verb__in=verbs)
    return events.exclude(verb__endswith=".viewed").select_related("actor").order_by("-pk").first()

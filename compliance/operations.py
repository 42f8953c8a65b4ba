"""Writing the trail."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from compliance.models import ApiToken, AuditEvent, IdempotencyKey, User


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One line of the audit trail before it is written. `detail` holds no more PHI than the change needs."""

    practice_id: int
    verb: str
    subject_type: str
    subject_id: int
    patient_id: int | None = None
    note: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def about(
        cls,
        subject: models.Model,
        verb: str,
        *,
        patient_id: int | None = None,
        note: str = "",
        detail: Mapping[str, Any] | None = None,
    ) -> "Event":
        """An event about a tenant-owned row. `patient_id` is taken from the subject when it has one."""
        return cls(
            practice_id=subject.practice_id,  # type: ignore[attr-defined]  # every tenant-owned row has it
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            patient_id=patient_id if patient_id is not None else getattr(subject, "patient_id", None),
            note=note,
            detail=detail or {},
        )


def record_event(
    *,
    actor: User | None,
    now: datetime,
    verb: str,
    subject: models.Model,
    patient_id: int | None = None,
    note: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one audit event about a tenant-owned row, in the caller's transaction.

    `actor` is None when a stage acted. `patient_id` is taken from the subject when it has one.
    """
    event = Event.about(subject, verb, patient_id=patient_id, note=note, detail=detail)
    record_events(actor=actor, now=now, events=[event])


def record_events(*, actor: User | None, now: datetime, events: Iterable[Event]) -> None:
    """Write many audit events in one statement, in the caller's transaction."""
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                practice_id=event.practice_id,
                at=now,
                actor=actor,
                verb=event.verb,
                subject_type=event.subject_type,
                subject_id=event.subject_id,
                patient_id=event.patient_id,
                note=event.note[:400],
                detail=dict(event.detail),
            )
            for event in events
        ]
    )


def set_preferences(*, user: User, theme: str | None = None, single_keys: str | None = None) -> None:
    """Keep a person's theme (system, light, dark) and single-key choice (on, off); anything else changes nothing."""
    if theme in {"system", "light", "dark"}:
        user.theme = theme
    if single_keys in {"on", "off"}:
        user.single_keys = single_keys == "on"
    user.save(update_fields=["theme", "single_keys"])


def issue_token(
    *, user: User, name: str, scopes: Sequence[str], now: datetime, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make an API key for a user; returns its row and the key itself, which is never shown again."""
    key = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        key_sha256=hashlib.sha256(key.encode()).hexdigest(),
        scopes=list(scopes),
        created_at=now,
        expires_at=expires_at,
    )
    return token, key


def take_key(*, practice_id: int, key: str, request_sha256: str, now: datetime) -> tuple[IdempotencyKey, bool]:
    """Take an idempotency key before the work is done; returns its row and whether it was free.

    A second request with the same key waits here until the first one's transaction ends.
    """
    return IdempotencyKey.objects.get_or_create(
        practice_id=practice_id,
        key=key,
        defaults={"request_sha256": request_sha256, "status": 0, "body": {}, "at": now},
    )


def keep_answer(*, kept: IdempotencyKey, status: int, body: Any) -> None:
    """Keep the answer that the same request will get again."""
    kept.status, kept.body = status, body
    kept.save(update_fields=["status", "body"])

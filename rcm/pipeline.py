"""The pipeline: the table of contents of the product. Every stage pulls what is due; nothing is pushed.

Celery runs the stages on a schedule and is nudged when something commits; a nudge that is lost costs
seconds, never work, because PostgreSQL is the truth. `manage.py run_pipeline --once` runs them by hand.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from compliance.models import Practice


class RunsInPractice(Protocol):
    """What a stage offers: its name, and running everything due in one practice."""

    @property
    def name(self) -> str: ...

    def run(self, practice_id: int, now: datetime) -> int: ...


def stages() -> tuple[RunsInPractice, ...]:
    """All stages in the order that data flows."""
    from claims import stages as claims
    from coding import stages as coding
    from denials import stages as denials
    from payments import stages as payments

    return (
        coding.open_cases,
        coding.suggest_codes,
        coding.complete_cases,
        coding.follow_up_queries,
        coding.draw_audits,
        claims.build_claims,
        claims.scrub_claims,
        claims.submit_ready_claims,
        claims.fetch_inbound,
        claims.acknowledge_claims,
        claims.poll_claim_status,
        payments.ingest_remits,
        payments.post_remits,
        denials.open_denials,
        denials.send_appeals,
        denials.read_decisions,
        denials.advance_deadlines,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Ran:
    """One stage's result in one practice."""

    stage: str
    practice: str
    rows: int


def run_once(
    now: Callable[[], datetime], only: Collection[str] | None = None, among: Collection[int] | None = None
) -> Iterator[Ran]:
    """Run every stage (or only some) over every practice (or only some) once, in order, yielding what each did."""
    found = Practice.objects.all() if among is None else Practice.objects.filter(pk__in=among)
    practices = list(found.order_by("pk").values_list("pk", "name"))
    for stage in stages():
        if only is None or stage.name in only:
            for practice_id, name in practices:
                yield Ran(stage=stage.name, practice=name, rows=stage.run(practice_id, now()))

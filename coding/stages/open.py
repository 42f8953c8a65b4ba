"""Closed visits become coding cases with proposed codes; those that need no person are finished without one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from coding.domain.status import CaseStatus
from coding.models import CasePresence, CodingCase
from coding.operations import finalize_cases, propose_codes
from coding.queries import auto_complete_from, knowledge_on, known_codes, note_facts
from coding.queries.experience import experience_in_use
from coding.queries.presence import HERE
from coding.suggestion.facts import NoteFacts, Suggestions
from compliance.operations import Event, record_events
from encounters.domain.status import EncounterStatus
from encounters.models import Encounter
from encounters.operations import hand_on
from encounters.queries import first_payer_names
from worklist.domain.kinds import Kind
from worklist.nudge import nudge
from worklist.operations import NewItem, open_items
from worklist.stages import Stage

ENGINE = "2"  # raised when the engine may find other codes in the same note
CODE_WITHIN_DAYS = 3  # house rule: a visit is coded within three days of the signed note


def _due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    visits = Encounter.objects.filter(
        practice_id=practice_id,
        status=EncounterStatus.CLOSED,
        handed_on_at__isnull=True,
        closed_at__lte=now,
        coding_case__isnull=True,
    ).exclude(pk__in=skip)
    return list(
        visits.order_by("pk").select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:limit]
    )


def _open(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    visits = list(Encounter.objects.filter(pk__in=ids).select_related("patient", "provider"))
    cases = CodingCase.objects.bulk_create(
        [CodingCase(practice_id=practice_id, encounter=visit, opened_at=now) for visit in visits]
    )
    hand_on(ids, now)
    payers = first_payer_names([visit.patient_id for visit in visits])
    open_items(
        items=[
            NewItem(
                practice_id=practice_id,
                kind=Kind.CODING_CASE,
                subject_type="coding.codingcase",
                subject_id=case.pk,
                reason=case.encounter.reason or "Visit without a reason",
                next_step="Code the visit",
                category=case.encounter.provider.specialty,
                clock_date=(case.encounter.closed_at or now).date() + timedelta(days=CODE_WITHIN_DAYS),
                patient_id=case.encounter.patient_id,
                patient_name=str(case.encounter.patient),
                payer_name=payers.get(case.encounter.patient_id, ""),
                service_date=case.encounter.service_date,
            )
            for case in cases
        ],
        now=now,
    )
    record_events(
        actor=None,
        now=now,
        events=[
            Event(
                practice_id=practice_id,
                verb="case.opened",
                subject_type="coding.codingcase",
                subject_id=case.pk,
                patient_id=case.encounter.patient_id,
            )
            for case in cases
        ],
    )
    nudge("suggest_codes")


open_cases = Stage(name="open_cases", subject="encounters.encounter", due=_due, advance=_open)


def _due_suggestions(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    cases = CodingCase.objects.filter(
        practice_id=practice_id, status=CaseStatus.OPEN, suggested_at__isnull=True, opened_at__lte=now
    )
    return list(
        cases.exclude(pk__in=skip)
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("pk", flat=True)[:limit]
    )


def _suggest(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    """Read the notes and put what they say on the cases."""
    notes = note_facts(ids)
    known = knowledge_on(note.service_date for note in notes.values() if note.service_date)
    learned, experience = experience_in_use(practice_id)
    found = {pk: experience.suggest(note, known[note.service_date]) for pk, note in notes.items() if note.service_date}
    found = _in_force(found, notes)
    propose_codes(found=found, engine_version=ENGINE, learned_version=learned, now=now)


def _in_force(found: Mapping[int, Suggestions], notes: Mapping[int, NoteFacts]) -> dict[int, Suggestions]:
    """Without services that no loaded code set has on the day of service: nobody could finish with them."""
    asked: defaultdict[date, set[str]] = defaultdict(set)
    for pk, suggestions in found.items():
        if day := notes[pk].service_date:
            asked[day].update(service.code for service in suggestions.procedures)
    known = known_codes(asked)
    return {
        pk: replace(
            suggestions,
            procedures=tuple(
                service
                for service in suggestions.procedures
                if (day := notes[pk].service_date) and (row := known[day].get(service.code)) and row.holds
            ),
        )
        for pk, suggestions in found.items()
    }


# A chunk is as small as keeps a case's lock short: reading a note takes some ten milliseconds.
suggest_codes = Stage(
    name="suggest_codes", subject="coding.codingcase", due=_due_suggestions, advance=_suggest, chunk=25
)


def _due_alone(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    """Open cases whose every suggestion is sure enough for this practice, that nobody has begun or has open now."""
    lowest = auto_complete_from(practice_id)
    if lowest is None:
        return []
    looking = CasePresence.objects.filter(case=OuterRef("pk"), seen_at__gt=now - HERE)
    cases = CodingCase.objects.filter(
        practice_id=practice_id,
        status=CaseStatus.OPEN,
        suggested_at__lte=now,
        lowest_confidence__gte=lowest,
        coder__isnull=True,
        revision=1,  # filled in from the note, and nothing since
        auto_checked_at__isnull=True,
    ).exclude(pk__in=skip)
    return list(
        cases.filter(~Exists(looking))
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("pk", flat=True)[:limit]
    )


def _finish_alone(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    """Finish them; one that a check stops is a person's, and is not tried again under this rule."""
    refused = finalize_cases(revisions=dict.fromkeys(ids), actor=None, now=now).refused
    CodingCase.objects.filter(practice_id=practice_id, pk__in=list(refused)).update(auto_checked_at=now)


complete_cases = Stage(
    name="complete_cases", subject="coding.codingcase", due=_due_alone, advance=_finish_alone, chunk=100
)

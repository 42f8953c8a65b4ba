"""What learning reads, and the version of what was learned that is in use.

Not among `coding.queries` itself: it loads the libraries that rank, which take seconds and which no page needs.
"""

from collections import defaultdict
from functools import lru_cache

from coding.domain.suggestions import Decision
from coding.models import CodingCase, LearnedModel, Suggestion
from coding.queries.notes import note_facts
from coding.suggestion.experience import NOTHING, Experience, FinalCase
from coding.suggestion.habits import Decided

LEARNED_FROM = 1000  # the latest cases: habits change, and learning takes time with the square of them


def final_cases(practice_id: int) -> list[FinalCase]:
    """The latest cases that people finalized, oldest first, in six queries; none that finished alone."""
    rows = (
        CodingCase.objects.filter(
            practice_id=practice_id, finalized_at__isnull=False, coder__isnull=False, auto_completed_at__isnull=True
        )
        .exclude(encounter__note="")
        .order_by("-finalized_at", "-pk")
        .prefetch_related("diagnoses", "procedures")[:LEARNED_FROM]
    )
    cases = list(reversed(rows))
    notes = note_facts(case.pk for case in cases)
    decisions = _decisions({pk: note.text for pk, note in notes.items()})
    return [
        FinalCase(
            note=notes[case.pk],
            diagnoses=tuple(row.code for row in case.diagnoses.all()),
            procedures=tuple(row.code for row in case.procedures.all()),
            decisions=tuple(decisions[case.pk]),
        )
        for case in cases
    ]


def _decisions(notes: dict[int, str]) -> dict[int, list[Decided]]:
    """What people decided about suggestions; of withheld ones only those that a person put on the case all the same."""
    rows = (
        Suggestion.objects.filter(case_id__in=list(notes), decided_by__isnull=False)
        .exclude(decision=Decision.PROPOSED)
        .order_by("case_id", "pk")
        .values_list("case_id", "code", "spans", "decision", "replaced_by")
    )
    found: dict[int, list[Decided]] = defaultdict(list)
    for case_id, code, spans, decision, replaced_by in rows:
        words = tuple(notes[case_id][start:end] for start, end in spans)
        found[case_id].append(Decided(code, words, decision, replaced_by))
    return found


def experience_in_use(practice_id: int) -> tuple[int | None, Experience]:
    """The version in use and what it says; None and nothing where none is. One query, and one more when it is new."""
    row = LearnedModel.objects.filter(practice_id=practice_id, active=True).values_list("pk", "version").first()
    return (row[1], _read(row[0])) if row else (None, NOTHING)


@lru_cache(maxsize=8)  # some MB each
def _read(learned_id: int) -> Experience:
    """One practice's version. A version never changes, so a process reads it once."""
    return Experience.from_bytes(_payload(learned_id))


def _payload(learned_id: int) -> bytes:
    return bytes(LearnedModel.objects.values_list("payload", flat=True).get(pk=learned_id))

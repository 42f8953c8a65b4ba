"""What learning reads, and which version of what was learned is in use."""

from collections.abc import Iterator
from dataclasses import dataclass

from coding.domain.suggestions import Decision
from coding.models import LearnedModel, Suggestion
from coding.suggestion.habits import Decided, Habit, Habits, from_json


@dataclass(frozen=True)
class DecidedCase:
    """The decisions of one finalized case."""

    case_id: int
    decisions: list[Decided]


def decided_cases(practice_id: int) -> Iterator[DecidedCase]:
    """Every finalized case on which people decided, oldest first, in one query; none that finished alone."""
    rows = (
        Suggestion.objects.filter(
            practice_id=practice_id,
            withheld=False,
            decided_by__isnull=False,
            case__finalized_at__isnull=False,
            case__auto_completed_at__isnull=True,
        )
        .exclude(decision=Decision.PROPOSED)
        .order_by("case_id", "pk")
        .values_list("case_id", "code", "spans", "decision", "replaced_by", "case__encounter__note")
    )
    current: DecidedCase | None = None
    for case_id, code, spans, decision, replaced_by, note in rows.iterator(chunk_size=2000):
        if current is None or current.case_id != case_id:
            if current:
                yield current
            current = DecidedCase(case_id, [])
        words = tuple(note[start:end] for start, end in spans)
        current.decisions.append(Decided(code, words, decision, replaced_by))
    if current:
        yield current


def learned_habits(practice_id: int) -> tuple[int | None, Habits]:
    """The version in use and its habits; None and nothing where none is."""
    row = LearnedModel.objects.filter(practice_id=practice_id, active=True).first()
    return (row.version, from_json(bytes(row.payload))) if row else (None, {})


@dataclass(frozen=True)
class Lesson:
    """One habit of a version, beside what it was in the version before."""

    words: str
    code: str
    now: Habit
    before: Habit | None

    @property
    def instead(self) -> str:
        """The codes put in its place, with counts."""
        return ", ".join(f"{code} {times} ×" for code, times in self.now.instead.most_common())


def lessons(learned: LearnedModel) -> list[Lesson]:
    """What is new or different in a version, the most decided first."""
    earlier = (
        LearnedModel.objects.filter(practice_id=learned.practice_id, version__lt=learned.version)
        .order_by("-version")
        .first()
    )
    old = from_json(bytes(earlier.payload)) if earlier else {}
    found = [
        Lesson(words, code, habit, old.get((words, code)))
        for (words, code), habit in from_json(bytes(learned.payload)).items()
        if old.get((words, code)) != habit
    ]
    return sorted(found, key=lambda lesson: (-lesson.now.total, lesson.words, lesson.code))

"""What each version of what was learned says that the one before it did not."""

from dataclasses import dataclass

from coding.models import LearnedModel
from coding.suggestion.habits import Habit
from coding.suggestion.storage import Phrase, Stored, unpack


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


@dataclass(frozen=True)
class Told:
    """Words that bring a code, beside what the version before said of them."""

    now: Phrase
    before: Phrase | None


@dataclass(frozen=True)
class Lessons:
    """What is new or different in a version: the most decided and the most seen first; and which phrases it lost."""

    habits: list[Lesson]
    phrases: list[Told]
    gone: list[Phrase]


def lessons(learned: LearnedModel) -> Lessons:
    """What a version says that the one before it did not."""
    now = unpack(bytes(learned.payload))
    earlier = (
        LearnedModel.objects.filter(practice_id=learned.practice_id, version__lt=learned.version)
        .order_by("-version")
        .first()
    )
    old = unpack(bytes(earlier.payload)) if earlier else Stored()
    habits = [
        Lesson(words, code, habit, old.habits.get((words, code)))
        for (words, code), habit in now.habits.items()
        if old.habits.get((words, code)) != habit
    ]
    phrases, said = _by_words(now), _by_words(old)
    return Lessons(
        sorted(habits, key=lambda lesson: (-lesson.now.total, lesson.words, lesson.code)),
        sorted(
            (Told(one, said.get(key)) for key, one in phrases.items() if said.get(key) != one),
            key=lambda told: (-told.now.coded, told.now.code, told.now.words),
        ),
        [one for key, one in said.items() if key not in phrases],
    )


def _by_words(stored: Stored) -> dict[tuple[str, str], Phrase]:
    """What brings a diagnosis, and what brings a service."""
    services = (Phrase(one.words, one.code, one.coded, one.cases) for one in stored.services)
    return {(one.words, one.code): one for one in (*stored.phrases, *services)}

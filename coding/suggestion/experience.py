"""What one practice's finalized cases taught, in one piece: learned, followed, explained and stored here.

Two parts. The *habits* count what became of suggestions, services too, and act from the first few decisions on. The
*ranking* learns from notes and final diagnoses, those that coders added by hand among them, once there are enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from coding.suggestion import habits
from coding.suggestion.facts import NoteFacts, Suggestions
from coding.suggestion.features import prepare
from coding.suggestion.habits import Decided, Habits
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.learning import LEAST_CASES, VERSION, CodedNote, Learned, learn
from coding.suggestion.storage import Phrase, Stored, pack, unpack
from coding.suggestion.suggest import suggest

TOLD_OF_A_CODE = 4  # phrases shown of each code, the surest
TOLD_FROM = 2  # cases in which a phrase and a code stood together, before that is shown


@dataclass(frozen=True, slots=True)
class FinalCase:
    """A case that a person finalized: its note, its final codes, and what was decided about its suggestions."""

    note: NoteFacts
    diagnoses: tuple[str, ...]
    procedures: tuple[str, ...]
    decisions: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class Experience:
    """What was learned. `ranking`: None while the practice has too few cases for one."""

    habits: Habits = field(default_factory=dict)
    ranking: Learned | None = None
    phrases: tuple[Phrase, ...] = ()

    def suggest(self, note: NoteFacts, knowledge: Knowledge) -> Suggestions:
        """The suggestions for a note as this practice codes."""
        return habits.follow(suggest(note, knowledge, self.ranking), note.text, self.habits)

    def to_bytes(self) -> bytes:
        """For keeping; see `coding.suggestion.storage`."""
        ranking = self.ranking.to_bytes() if self.ranking else b""
        return pack(Stored(self.habits, self.phrases, ranking, VERSION))

    @classmethod
    def from_bytes(cls, payload: bytes) -> "Experience":
        """Read what `to_bytes` wrote. Raises ValueError for anything else.

        A ranking that another version of the engine made is left aside: habits act alone until the next learning.
        """
        stored = unpack(payload)
        usable = stored.ranking and stored.engine == VERSION
        return cls(stored.habits, Learned.from_bytes(stored.ranking) if usable else None, stored.phrases)


NOTHING = Experience()


def learn_from(cases: Sequence[FinalCase], knowledge: Knowledge) -> Experience:
    """Learn from the finalized cases of one practice: habits from any number, a ranking from `LEAST_CASES` on."""
    counted = habits.counted(one for case in cases for one in case.decisions)
    coded = [CodedNote(case.note.text, case.diagnoses) for case in cases if case.diagnoses and case.note.text.strip()]
    if len(coded) < LEAST_CASES:
        return Experience(counted)
    ranking = learn(coded, knowledge)
    return Experience(counted, ranking, _told(ranking, coded, knowledge))


def _told(ranking: Learned, coded: Sequence[CodedNote], knowledge: Knowledge) -> tuple[Phrase, ...]:
    """The surest phrases of each code, in the words of the first note that has them."""
    chosen: dict[str, list[tuple[str, int, int]]] = {}
    for phrase, code, both, with_it in ranking.explain(len(ranking.table.together)):
        mine = chosen.setdefault(code, [])
        if both >= TOLD_FROM and len(mine) < TOLD_OF_A_CODE:
            mine.append((phrase, both, with_it))
    wanted = {phrase for mine in chosen.values() for phrase, _, _ in mine}
    words: dict[str, str] = {}
    for note in coded:
        if not wanted:
            break
        found = prepare(note.text, knowledge, ranking.encounters).phrases
        for phrase in wanted & found.keys():
            words[phrase] = habits.plain_words(note.text[found[phrase].start : found[phrase].end])
        wanted -= words.keys()
    return tuple(
        Phrase(words[phrase], code, both, with_it)
        for code, mine in sorted(chosen.items())
        for phrase, both, with_it in mine
        if phrase in words
    )

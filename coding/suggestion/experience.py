"""What one practice's finalized cases taught, in one piece: learned, followed, explained and stored here.

Three parts. The *habits* count what became of suggestions, services too, and act from the first few decisions on. The
*services* are those that coders add by hand, with the words that foretell them. The *ranking* learns from notes and
final diagnoses, those that coders added by hand among them, once there are enough.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coding.suggestion import habits
from coding.suggestion.facts import NoteFacts, Suggestions
from coding.suggestion.habits import Decided, Habits
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.learning import LEAST_CASES, VERSION, CodedNote, Learned, learn
from coding.suggestion.prepared import prepare
from coding.suggestion.storage import Phrase, ServiceRule, Stored, pack, unpack
from coding.suggestion.suggest import suggest
from coding.suggestion.usual_services import CodedServices, add_services, learn_services

_PAUSE = re.compile(r"[.,:;()\n]")
TOLD_OF_A_CODE = 4  # phrases shown of each code, the surest
TOLD_FROM, TOLD_SHARE = 2, 0.3  # a pair is shown from so many cases and this share of those with the phrase


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
    services: tuple[ServiceRule, ...] = ()

    def suggest(self, note: NoteFacts, knowledge: Knowledge) -> Suggestions:
        """The suggestions for a note as this practice codes; none for an empty one."""
        if not note.text.strip():
            return Suggestions()
        found = add_services(suggest(note, knowledge, self.ranking), note, self.services)
        return habits.follow(found, note.text, self.habits)

    def to_bytes(self) -> bytes:
        """For keeping; see `coding.suggestion.storage`."""
        ranking = self.ranking.to_bytes() if self.ranking else b""
        return pack(Stored(self.habits, self.phrases, self.services, ranking, VERSION))

    @classmethod
    def from_bytes(cls, payload: bytes) -> "Experience":
        """Read what `to_bytes` wrote. Raises ValueError for anything else.

        A ranking that another version of the engine made is left aside: habits act alone until the next learning.
        """
        stored = unpack(payload)
        usable = stored.ranking and stored.engine == VERSION
        ranking = Learned.from_bytes(stored.ranking) if usable else None
        return cls(stored.habits, ranking, stored.phrases, stored.services)


NOTHING = Experience()


def learn_from(cases: Sequence[FinalCase], knowledge: Knowledge) -> Experience:
    """Learn from the finalized cases of one practice: a ranking from `LEAST_CASES` on, the rest from any number."""
    counted = habits.counted(one for case in cases for one in case.decisions)
    services = learn_services([_coded_services(case, knowledge) for case in cases if case.note.text.strip()])
    coded = [CodedNote(case.note.text, case.diagnoses) for case in cases if case.diagnoses and case.note.text.strip()]
    if len(coded) < LEAST_CASES:
        return Experience(counted, services=services)
    ranking = learn(coded, knowledge)
    return Experience(counted, ranking, _told(ranking, coded, knowledge), services)


def _coded_services(case: FinalCase, knowledge: Knowledge) -> CodedServices:
    proposed = frozenset(one.code for one in suggest(case.note, knowledge).procedures)
    return CodedServices(case.note.text, frozenset(case.procedures), proposed)


def _told(ranking: Learned, coded: Sequence[CodedNote], knowledge: Knowledge) -> tuple[Phrase, ...]:
    """The surest phrases of each code, two words rather than one or three, none repeating another's words."""
    words = _in_words(ranking, coded, knowledge)
    rules = [
        rule
        for rule in ranking.explain(len(ranking.taught.table.together))
        if rule[0] in words and rule[2] >= TOLD_FROM and rule[2] >= TOLD_SHARE * rule[3]
    ]
    rules.sort(key=lambda rule: (-rule[2] / (rule[3] + 1), abs(len(_keys(rule[0])) - 2)))
    told: dict[str, list[Phrase]] = {}
    used: dict[str, set[str]] = {}
    for phrase, code, both, with_it in rules:
        mine, keys = told.setdefault(code, []), used.setdefault(code, set())
        if len(mine) < TOLD_OF_A_CODE and keys.isdisjoint(_keys(phrase)):
            mine.append(Phrase(words[phrase], code, both, with_it))
            keys.update(_keys(phrase))
    return tuple(phrase for _, mine in sorted(told.items()) for phrase in mine)


def _keys(phrase: str) -> list[str]:
    return phrase.replace("~", " ").split(" ")


def _in_words(ranking: Learned, coded: Sequence[CodedNote], knowledge: Knowledge) -> dict[str, str]:
    """Each learned phrase as the first note has it that says it in one breath."""
    words: dict[str, str] = {}
    for note in coded:
        for phrase, span in prepare(note.text, knowledge, ranking.encounters).phrases.items():
            text = note.text[span.start : span.end]
            if phrase not in words and not _PAUSE.search(text):
                words[phrase] = habits.plain_words(text)
    return words

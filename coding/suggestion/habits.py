"""What a practice's coders make of suggestions, and following it: which words they let stand for which code.

Counted from decisions alone, of diagnoses and services: it acts from the first few on and reads in plain words. What
the note denies stays withheld, whatever coders did elsewhere.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coding.suggestion.facts import Span, Suggested, Suggestions

LEAST = 4  # decisions about the same words and code before a habit counts
BELIEF = 4  # how many decisions the engine's own confidence weighs as much as
MOSTLY = 0.75  # share of decisions from which a code is left out, or another put in its place

ACCEPTED, DROPPED, REPLACED = "accepted", "dropped", "replaced"


@dataclass(frozen=True, slots=True)
class Decided:
    """A suggestion that a person decided: its code, its words, and what was done with it."""

    code: str
    words: tuple[str, ...]
    decision: str
    replaced_by: str = ""


@dataclass(slots=True)
class Habit:
    """What became of a code suggested for these words. `instead` counts the codes put in its place."""

    accepted: int = 0
    dropped: int = 0
    instead: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How often somebody decided."""
        return self.accepted + self.dropped + self.instead.total()


Habits = Mapping[tuple[str, str], Habit]  # (words, code) → what became of it


def plain_words(text: str) -> str:
    """Words as they are compared: lower case, single blanks."""
    return " ".join(text.lower().split())


def counted(decisions: Iterable[Decided]) -> dict[tuple[str, str], Habit]:
    """Count what was decided for each words and code."""
    found: defaultdict[tuple[str, str], Habit] = defaultdict(Habit)
    for one in decisions:
        for words in {plain_words(each) for each in one.words}:
            habit = found[words, one.code]
            if one.decision == ACCEPTED:
                habit.accepted += 1
            elif one.decision == REPLACED and one.replaced_by:
                habit.instead[one.replaced_by] += 1
            else:
                habit.dropped += 1
    return dict(found)


def follow(found: Suggestions, text: str, habits: Habits) -> Suggestions:
    """The suggestions as this practice's coders would leave them: surer, unsure, replaced, or withheld."""
    barred = {one.code for one in found.withheld}
    diagnoses, held = _followed(found.diagnoses, text, habits, barred)
    procedures, more = _followed(found.procedures, text, habits, barred)
    if len(diagnoses) < len(found.diagnoses):
        procedures = _pointing_anew(procedures, found.diagnoses, diagnoses)
    return Suggestions(tuple(diagnoses), tuple(procedures), (*found.withheld, *held, *more))


def _followed(
    group: Sequence[Suggested], text: str, habits: Habits, barred: set[str]
) -> tuple[list[Suggested], list[Suggested]]:
    """Those that stay, and those that are withheld. A code that stands already or is `barred` replaces nothing."""
    kept: dict[str, Suggested] = {}
    held = []
    codes = barred | {one.code for one in group}
    for one in group:
        words, habit = _strongest(one.spans, one.code, text, habits)
        if habit is None or habit.total < LEAST:
            kept.setdefault(one.code, one)
            continue
        other, times = next(iter(habit.instead.most_common(1)), ("", 0))
        if times >= MOSTLY * habit.total and other not in codes:
            says = f"Coders here chose it over {one.code} for “{words}” in {times} of {habit.total} cases."
            kept[other] = replace(one, code=other, confidence=_sure(one, times, habit.total), reason=says)
        elif habit.accepted <= (1 - MOSTLY) * habit.total:
            gone = habit.total - habit.accepted
            says = f"Coders here dropped it for “{words}” in {gone} of {habit.total} cases."
            held.append(replace(one, confidence=_sure(one, habit.accepted, habit.total), reason=says))
        else:
            kept[one.code] = replace(one, confidence=_sure(one, habit.accepted, habit.total))
    return list(kept.values()), held


def _strongest(spans: Sequence[Span], code: str, text: str, habits: Habits) -> tuple[str, Habit | None]:
    """The words of a suggestion about which the most was decided."""
    candidates = [plain_words(text[span.start : span.end]) for span in spans]
    known = [(words, habits[words, code]) for words in candidates if (words, code) in habits]
    return max(known, key=lambda pair: pair[1].total, default=("", None))


def _sure(one: Suggested, right: int, total: int) -> int:
    """The engine's confidence and the practice's own experience, weighed together."""
    return round((one.confidence * BELIEF + 100 * right) / (BELIEF + total))


def _pointing_anew(
    procedures: Sequence[Suggested], before: Sequence[Suggested], after: Sequence[Suggested]
) -> list[Suggested]:
    """Procedures that still point at their diagnoses after some left."""
    place = {one.code: at for at, one in enumerate(after, 1)}
    return [
        replace(
            one,
            pointers=tuple(
                place[before[p - 1].code] for p in one.pointers if 1 <= p <= len(before) and before[p - 1].code in place
            ),
        )
        for one in procedures
    ]


def to_json(habits: Habits) -> bytes:
    """Habits as text that a person can read and a later version can."""
    rows = [[words, code, h.accepted, h.dropped, dict(h.instead)] for (words, code), h in sorted(habits.items())]
    return json.dumps({"format": 1, "habits": rows}, ensure_ascii=False, separators=(",", ":")).encode()


def from_json(payload: bytes) -> dict[tuple[str, str], Habit]:
    """The habits that `to_json` wrote down. Raises ValueError for anything else."""
    data = json.loads(payload)
    if not isinstance(data, dict) or data.get("format") != 1:
        raise ValueError("These are no habits of this format.")
    return {
        (words, code): Habit(accepted, dropped, Counter(instead))
        for words, code, accepted, dropped, instead in data["habits"]
    }

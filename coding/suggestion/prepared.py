"""A note read once for learning or ranking: its mentions, its phrases, and what the rules would take."""

from collections.abc import Callable
from dataclasses import dataclass, field

from coding.suggestion import selection
from coding.suggestion.facts import Span
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import Mention, ReadNote, find_mentions, read_note
from coding.suggestion.phrases import phrases_of
from coding.suggestion.specificity import is_extended, padded


@dataclass(slots=True)
class Prepared:
    """A note read once for learning or ranking."""

    note: ReadNote
    mentions: list[Mention]
    phrases: dict[str, Span]
    best: dict[str, Mention] = field(default_factory=dict)  # code → its best mention
    keys: frozenset[str] = frozenset()
    picked: dict[str, Mention] = field(default_factory=dict)  # codes that the rules would take
    picked_categories: frozenset[str] = frozenset()


def prepare(text: str, knowledge: Knowledge, encounters: bool = True) -> Prepared:
    """Read a note and find everything that the figures need.

    `encounters`: whether codes carry their seventh character; some code systems stop before it.
    """
    note = read_note(text)
    mentions = find_mentions(note, knowledge)
    spelled = _spelling(knowledge, encounters)
    for mention in mentions:
        mention.codes = tuple(dict.fromkeys((spelled(code), kind) for code, kind in mention.term.targets))
    picked = selection.picked(note, mentions, knowledge)
    ready = Prepared(note, mentions, phrases_of(note, mentions), picked={spelled(c): m for c, m in picked.items()})
    worth: dict[str, float] = {}
    for mention in mentions:
        value = mention.term.weight * mention.tightness - (2 if mention.inside else 0)
        for code, _ in mention.codes:
            if value > worth.get(code, -99.0):
                worth[code], ready.best[code] = value, mention
    ready.picked_categories = frozenset(code[:3] for code in ready.picked)
    ready.keys = frozenset(key for sentence in note.sentences for key in sentence.places)
    return ready


def _spelling(knowledge: Knowledge, encounters: bool) -> Callable[[str], str]:
    """How codes with a seventh character are written: with it, or only filled up to it."""

    def spelled(code: str) -> str:
        if encounters:
            return code
        if is_extended(code):
            return code[:7]
        children = knowledge.children.get(code, ())
        return padded(code) if children and is_extended(children[0]) else code

    return spelled

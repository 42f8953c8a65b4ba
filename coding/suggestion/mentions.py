"""Finding the terms of the code sets in a note: words in any order, close together, in one sentence."""

from dataclasses import dataclass

from coding.suggestion import context
from coding.suggestion.knowledge import NAMED, Knowledge, Term, marks_of, same_as
from coding.suggestion.sections import DENIED, DIFFERENTIAL, PRECAUTIONS, Sections, sections_of
from coding.suggestion.words import STOP_WORDS, Word, plain, sentences, words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place among the note's, its words and its context triggers."""

    number: int
    start: int
    end: int
    words: tuple[Word, ...]
    keys: tuple[str, ...]  # of each word, equal meanings made equal; empty for stop words
    cues: list[context.Cue]
    places: dict[str, list[int]]  # key → positions

    def denies(self, at: int) -> bool:
        """Whether the sentence denies what stands at an offset of the note."""
        return any(cue.kind == context.NEGATED and cue.start <= at < cue.end for cue in self.cues)


@dataclass(slots=True)
class Mention:
    """A term found: which words of which sentence, and what the context says about it."""

    term: Term
    sentence: int
    positions: tuple[int, ...]
    start: int
    end: int
    tightness: float  # share of the window's telling words that are the term's
    context: frozenset[str]
    section: str
    inside: bool = False  # its words are part of a longer mention
    codes: tuple[tuple[str, str], ...] = ()  # the term's codes as the learned code system writes them


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note taken apart."""

    text: str
    low: str
    sentences: tuple[Sentence, ...]
    sections: Sections

    def sentence_at(self, at: int) -> Sentence | None:
        """The sentence that an offset stands in."""
        return next((one for one in self.sentences if one.start <= at < one.end), None)


def read_note(text: str) -> ReadNote:
    """Take a note apart into sentences, words and sections."""
    low = plain(text)
    read: list[Sentence] = []
    for number, (start, end) in enumerate(sentences(text)):
        found = tuple(words(text[start:end], start))
        keys = tuple("" if word.form in STOP_WORDS else same_as(word.key) for word in found)
        places: dict[str, list[int]] = {}
        for at, (word, key) in enumerate(zip(found, keys, strict=True)):
            if key:
                places.setdefault(key, []).append(at)
                for mark in marks_of(word.form):
                    places.setdefault(mark, []).append(at)
        read.append(Sentence(number, start, end, found, keys, context.cues(low, start, end), places))
    return ReadNote(text, low, tuple(read), sections_of(text))


def find_mentions(note: ReadNote, knowledge: Knowledge) -> list[Mention]:
    """Every term of the code sets in the note; shorter ones inside longer ones are kept and marked."""
    found: list[Mention] = []
    for sentence in note.sentences:
        mine = _in_sentence(note, sentence, knowledge)
        _mark_inside(mine)
        found += mine
    return found


def find_names(note: ReadNote, knowledge: Knowledge) -> list[Mention]:
    """Where the note has a code's whole wording, word by word, as problem lists are pasted; the longest at a place."""
    found: list[Mention] = []
    for sentence in note.sentences:
        said = tuple(word.form for word in sentence.words)
        at = 0
        while at < len(said) - 1:
            longest = min(knowledge.name_lengths.get(said[at : at + 2], 0), len(said) - at)
            length = next((n for n in range(longest, 1, -1) if said[at : at + n] in knowledge.names), 0)
            if length:
                found.append(_named(note, sentence, at, length, knowledge.names[said[at : at + length]]))
            at += length or 1
    return found


def _named(note: ReadNote, sentence: Sentence, at: int, length: int, code: str) -> Mention:
    start, end = sentence.words[at].start, sentence.words[at + length - 1].end
    section = note.sections.at(start)
    said = context.context_of(note.low, sentence.cues, start, end, sentence.end) | _UNDER.get(section, _NOTHING)
    term = Term(frozenset(), 0.0, ((code, NAMED),))
    return Mention(term, sentence.number, tuple(range(at, at + length)), start, end, 1.0, said, section)


def _in_sentence(note: ReadNote, sentence: Sentence, knowledge: Knowledge) -> list[Mention]:
    found: list[Mention] = []
    present = sentence.places.keys()
    for key in present:
        for number in knowledge.by_key.get(key, ()):
            term = knowledge.terms[number]
            if term.keys <= present:
                found += _mentions_of(note, sentence, term, key)
    return found


def _mentions_of(note: ReadNote, sentence: Sentence, term: Term, rarest: str) -> list[Mention]:
    best: tuple[int, ...] = ()
    best_width = 10**6
    for anchor in sentence.places[rarest]:
        chosen = [anchor]
        chosen += [_nearest(sentence.places[key], anchor) for key in term.keys if key != rarest]
        width = max(chosen) - min(chosen) + 1
        if width < best_width:
            best, best_width = tuple(sorted(set(chosen))), width
    if best_width > 3 * len(term.keys) + 4:
        return []
    first, last = best[0], best[-1]
    telling = sum(1 for at in range(first, last + 1) if sentence.keys[at])
    start, end = sentence.words[first].start, sentence.words[last].end
    head = sentence.words[first].start
    section = note.sections.at(start)
    said = context.context_of(note.low, sentence.cues, head, end, sentence.end) | _UNDER.get(section, _NOTHING)
    return [Mention(term, sentence.number, best, start, end, len(best) / max(telling, 1), said, section)]


# What a heading says of everything under it.
_UNDER = {
    DENIED: frozenset({context.NEGATED}),
    DIFFERENTIAL: frozenset({context.UNCERTAIN}),
    PRECAUTIONS: frozenset({context.CONDITIONAL}),
}
_NOTHING: frozenset[str] = frozenset()


def _nearest(places: list[int], anchor: int) -> int:
    return min(places, key=lambda at: abs(at - anchor))


def _mark_inside(mentions: list[Mention]) -> None:
    covers = [frozenset(mention.positions) for mention in mentions]
    order = sorted(range(len(mentions)), key=lambda at: -len(covers[at]))
    bigger: list[frozenset[int]] = []
    for at in order:
        if any(covers[at] < cover for cover in bigger):
            mentions[at].inside = True
        elif len(covers[at]) > 1:
            bigger.append(covers[at])

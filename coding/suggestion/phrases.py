"""Phrases of coded notes and the codes they stand for, counted, and shared out among the phrases of a note.

Two figures are kept for every phrase and code. `together` of `notes_with`: how many notes with the phrase have the
code. `chance`: each phrase of a note brings a code with a chance of its own (a noisy-or); expectation-maximization
shares every code of a note among its phrases by their present chances, so that a phrase that only happened to stand
beside the telling one loses its share. What the phrase has in common with the code's wording is the prior.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from coding.suggestion.facts import Span
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import Mention, ReadNote

LONGEST = 5  # words of a phrase
SKIP = 6  # how many telling words further the second word of a loose pair may stand
SLOTS = 8  # words of a phrase that are compared with a code's words
ROUNDS = 4
BELIEF = 0.1  # how much a phrase is believed that has no word in common with the code
LEAST_LINK, LEAST_COMMON = 0.5, 0.2  # what a phrase must share with a code seen once with it: seen once itself, or more
CREDIT_OFF, NOTES_ON = 0.35, 0.3  # taken from a phrase's credit, added to its notes: what is rare is believed less
SHRINK = 0.7  # notes without the code that are added to every share
# A pair of phrase and code is kept when it says something.
LEAST_SHARE, LEAST_CHANCE = 0.08, 0.01

WORD, RUN, PAIR, TERM, CODE = 0, 1, 2, 3, 4

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Words = frozenset[str]


def phrases_of(note: ReadNote, mentions: Sequence[Mention]) -> dict[str, Span]:
    """The phrases of a note with the place of their first use.

    Runs of up to four telling words ("abdomen pain"), loose pairs ("kidne~mass"), terms of the code sets in any order
    ("#cyst kidne") and the codes and categories that they lead to ("=N28.1", "=N28").
    """
    found: dict[str, Span] = {}
    for sentence in note.sentences:
        telling = [(key, word) for key, word in zip(sentence.keys, sentence.words, strict=True) if key]
        for at, (key, word) in enumerate(telling):
            phrase = key
            found.setdefault(phrase, Span(word.start, word.end))
            for further, last in telling[at + 1 : at + LONGEST]:
                phrase = f"{phrase} {further}"
                found.setdefault(phrase, Span(word.start, last.end))
            for further, last in telling[at + 1 : at + SKIP]:
                first, second = sorted((key, further))
                found.setdefault(f"{first}~{second}", Span(word.start, last.end))
    for mention in mentions:
        span = Span(mention.start, mention.end)
        found.setdefault("#" + " ".join(sorted(mention.term.keys)), span)
        for code, _ in mention.codes:
            found.setdefault(f"={code}", span)
            found.setdefault(f"={code[:3]}", span)
    return found


def kind_of(phrase: str) -> int:
    """What sort of phrase this is."""
    if phrase[0] in "#=":
        return TERM if phrase[0] == "#" else CODE
    return PAIR if "~" in phrase else RUN if " " in phrase else WORD


_ARRAYS = ("kinds", "lengths", "notes_with", "usual", "starts", "code_of", "together", "like", "chance")


@dataclass(slots=True)
class PhraseTable:
    """Phrase → codes in rows of compressed arrays; `usual` is the share of notes that have a code."""

    phrases: dict[str, int]
    codes: list[str]
    kinds: npt.NDArray[np.int8]
    lengths: npt.NDArray[np.int8]
    notes: int
    notes_with: Ints
    usual: Floats
    starts: Longs
    code_of: Ints
    together: Ints
    like: Floats
    chance: Floats

    def head(self) -> dict[str, object]:
        """What is not an array, for storing."""
        return {"phrases": list(self.phrases), "codes": self.codes, "notes": self.notes}

    def arrays(self, prefix: str) -> dict[str, npt.NDArray[np.generic]]:
        """The arrays by name, for storing."""
        return {f"{prefix}_{name}": getattr(self, name) for name in _ARRAYS}

    @classmethod
    def from_arrays(cls, head: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> "PhraseTable":
        """Read what `head` and `arrays` gave."""
        numbers = {phrase: number for number, phrase in enumerate(head["phrases"])}
        mine = {name: arrays[f"{prefix}_{name}"] for name in _ARRAYS}
        return cls(phrases=numbers, codes=head["codes"], notes=head["notes"], **mine)

    def entries(self, numbers: Ints) -> Longs:
        """Where the rows of these phrases lie in the arrays."""
        first, lengths = self.starts[numbers], self.starts[numbers + 1] - self.starts[numbers]
        total = int(lengths.sum())
        before = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else lengths
        return np.repeat(first - before, lengths) + np.arange(total)

    def numbers(self, phrases: dict[str, Span]) -> Ints:
        """The numbers of the phrases that were learned."""
        return np.array([self.phrases[p] for p in phrases if p in self.phrases], dtype=np.int32)


class Corpus:
    """Notes as rows of phrase numbers with their codes; any part of them can be learned from."""

    def __init__(
        self, notes: Sequence[Mapping[str, Span]], coded: Sequence[Iterable[str]], vocabulary_of: Callable[[str], Words]
    ) -> None:
        used = Counter(phrase for note in notes for phrase in note)
        self.codes = sorted({code for codes in coded for code in codes})
        number_of = {code: number for number, code in enumerate(self.codes)}
        self.coded = [np.array([number_of[code] for code in sorted(set(codes))], dtype=np.int32) for codes in coded]
        vocabularies = [vocabulary_of(code) for code in self.codes]
        self.phrases: dict[str, int] = {}
        self.rows: list[Ints] = []
        for note, codes in zip(notes, self.coded, strict=True):
            known = frozenset[str]().union(*(vocabularies[code] for code in codes))
            kept = (phrase for phrase in note if used[phrase] > 1 or _touches(phrase, known))
            numbers = [self.phrases.setdefault(phrase, len(self.phrases)) for phrase in kept]
            self.rows.append(np.array(numbers, dtype=np.int32))
        self.kinds = np.array([kind_of(p) for p in self.phrases], dtype=np.int8)
        self.lengths = np.array([p.count(" ") + 1 for p in self.phrases], dtype=np.int8)
        self._pair_up()
        self.like = _links(self.phrases, self.codes, vocabularies, used, len(notes), self.phrase_of, self.code_of)

    def _pair_up(self) -> None:
        """Every phrase of a note with every code of it: `inverse` leads to the distinct pairs."""
        size = len(self.codes)
        pairs: list[Longs] = []
        notes: list[Ints] = []
        owners: list[Ints] = []
        count = 0
        for number, (row, codes) in enumerate(zip(self.rows, self.coded, strict=True)):
            pairs.append((row.astype(np.int64)[:, None] * size + codes[None, :]).ravel())
            notes.append(np.full(len(row) * len(codes), number, dtype=np.int32))
            owners.append(np.tile(np.arange(count, count + len(codes), dtype=np.int32), len(row)))
            count += len(codes)
        unique, inverse = np.unique(np.concatenate(pairs), return_inverse=True)
        self.phrase_of = (unique // size).astype(np.int32)
        self.code_of = (unique % size).astype(np.int32)
        self.inverse = inverse.astype(np.int32)
        self.note_of, self.owner, self.owners = np.concatenate(notes), np.concatenate(owners), count

    def learn(self, chosen: Sequence[int]) -> PhraseTable:
        """The table of the chosen notes."""
        use = np.zeros(len(self.rows), dtype=bool)
        use[list(chosen)] = True
        notes_with = np.bincount(np.concatenate([self.rows[n] for n in chosen]), minlength=len(self.phrases))
        given = np.bincount(np.concatenate([self.coded[n] for n in chosen]), minlength=len(self.codes))
        at = np.flatnonzero(use[self.note_of])
        together = np.bincount(self.inverse[at], minlength=len(self.phrase_of)).astype(np.int32)
        # A pair seen once is only believed when the code's words are in the phrase.
        telling = (together > 1) | (together > 0) & (
            self.like >= np.where(notes_with[self.phrase_of] > 1, LEAST_COMMON, LEAST_LINK)
        )
        pairs = np.flatnonzero(telling)
        place = np.cumsum(telling, dtype=np.int32) - 1
        at = at[telling[self.inverse[at]]]
        phrase_of, code_of = self.phrase_of[pairs], self.code_of[pairs]
        together, like = together[pairs], self.like[pairs]
        with_it = notes_with[phrase_of]
        chance = self._chances(place[self.inverse[at]], self.owner[at], together, with_it, like)
        kept = (together >= 2) & (together / (with_it + SHRINK) >= LEAST_SHARE) | (chance > LEAST_CHANCE)
        starts = np.zeros(len(self.phrases) + 1, dtype=np.int64)
        np.cumsum(np.bincount(phrase_of[kept], minlength=len(self.phrases)), out=starts[1:])
        return PhraseTable(
            self.phrases, self.codes, self.kinds, self.lengths, len(chosen), notes_with.astype(np.int32),
            (given / max(len(chosen), 1)).astype(np.float32), starts, code_of[kept], together[kept], like[kept],
            chance[kept].astype(np.float32),
        )  # fmt: skip

    def _chances(
        self, pair: Ints, owner: Ints, together: Ints, with_it: Longs, like: Floats
    ) -> npt.NDArray[np.float64]:
        """Share every code of a note out among its phrases until the chances settle."""
        believed = BELIEF + (1 - BELIEF) * like
        chance = np.clip((together - 0.4) / (with_it + 0.6) * 0.5 * believed, 1e-4, 0.95)
        for _ in range(ROUNDS):
            miss = np.log1p(-chance)
            total = np.bincount(owner, weights=miss[pair], minlength=self.owners)
            blame = 1 / np.maximum(1 - np.exp(total), 1e-6)
            credit = chance * np.bincount(pair, weights=blame[owner], minlength=len(chance))
            chance = np.clip((credit - CREDIT_OFF) / (with_it + NOTES_ON), 0, 0.97)
        return np.asarray(chance, dtype=np.float64)


def vocabularies(knowledge: Knowledge) -> Callable[[str], Words]:
    """The words that the code sets use for a code, with those of its parent."""
    words: dict[str, set[str]] = defaultdict(set)
    for term in knowledge.terms:
        for code, _ in term.targets:
            words[code] |= term.keys

    def words_for(code: str) -> Words:
        known = code if code in knowledge.codes else code.rstrip("X").rstrip(".")  # "S00.33X" is "S00.33" filled up
        row = knowledge.codes.get(known)
        return frozenset(words[known] | words[row.parent if row else ""])

    return words_for


def category_vocabularies(knowledge: Knowledge) -> Callable[[str], Words]:
    """The words that the code sets use for any code of a category."""
    words: dict[str, set[str]] = defaultdict(set)
    for term in knowledge.terms:
        for code, _ in term.targets:
            words[code[:3]] |= term.keys
    return lambda category: frozenset(words[category])


def words_of(phrase: str) -> list[str]:
    """The words of a phrase; none for one that stands for a code."""
    if phrase[0] == "=":
        return []
    return phrase[1:].split(" ") if phrase[0] == "#" else phrase.replace("~", " ").split(" ")


def _touches(phrase: str, known: Words) -> bool:
    words = words_of(phrase)
    return bool(words) and 2 * sum(word in known for word in words) >= len(words)


def _links(
    phrases: Mapping[str, int], codes: Sequence[str], vocabularies: Sequence[Words], used: Counter[str], notes: int,
    phrase_of: Ints, code_of: Ints,
) -> Floats:  # fmt: skip
    """The share of a phrase's words, rare ones counting more, that the code sets use for the code: 0 to 1."""
    numbers: dict[str, int] = {}
    slots = np.zeros((len(phrases), SLOTS), dtype=np.int32)
    for phrase, at in phrases.items():
        for slot, key in enumerate(words_of(phrase)[:SLOTS]):
            slots[at, slot] = numbers.setdefault(key, len(numbers) + 1)
    weights = np.zeros(len(numbers) + 1, dtype=np.float32)
    for key, number in numbers.items():
        weights[number] = np.log(1 + notes / (1 + used[key]))
    member = np.zeros((len(numbers) + 1, len(codes)), dtype=np.float32)
    for column, vocabulary in enumerate(vocabularies):
        for key in vocabulary:
            if number := numbers.get(key, 0):
                member[number, column] = weights[number]
    common = np.zeros(len(phrase_of), dtype=np.float32)
    whole = weights[slots].sum(axis=1)
    for slot in range(SLOTS):
        common += member[slots[phrase_of, slot], code_of]
    link = common / np.maximum(whole[phrase_of], 1e-6)
    for phrase, at in phrases.items():
        if phrase[0] == "=":
            first, last = np.searchsorted(phrase_of, [at, at + 1])
            for pair in range(first, last):
                code = codes[code_of[pair]]
                link[pair] = 1.0 if code == phrase[1:] else 0.5 if code[:3] == phrase[1:4] else 0.0
    return np.asarray(link, dtype=np.float32)

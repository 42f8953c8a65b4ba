"""Phrases of coded notes and the codes they stand for, counted, and shared out among the phrases of a note.

Two figures are kept for every phrase and code. `together` of `notes_with`: how many notes with the phrase have the
code. `chance`: each phrase of a note brings a code with a chance of its own (a noisy-or); expectation-maximization
shares every code of a note among its phrases by their present chances, so that a phrase that only happened to stand
beside the telling one loses its share. What the phrase has in common with the code's wording is the prior.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestion.facts import Span
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import Mention, ReadNote

LONGEST = 4  # words of a phrase
SKIP = 4  # how far apart the two words of a loose pair may stand
ROUNDS = 5
SHRINK = 0.7  # notes without the code that are added to every share
# A pair of phrase and code is kept when it says something.
LEAST_SHARE, LEAST_CHANCE, LEAST_LIKENESS = 0.08, 0.02, 0.02

WORD, RUN, PAIR, TERM, CODE = 0, 1, 2, 3, 4

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


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
            for further, last in telling[at + 2 : at + 1 + SKIP]:
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

    def __init__(self, notes: Sequence[dict[str, Span]], coded: Sequence[Sequence[str]], knowledge: Knowledge) -> None:
        self.phrases: dict[str, int] = {}
        self.rows = [
            np.array([self.phrases.setdefault(p, len(self.phrases)) for p in note], dtype=np.int32) for note in notes
        ]
        self.codes = sorted({code for codes in coded for code in codes})
        number_of = {code: number for number, code in enumerate(self.codes)}
        self.coded = [np.array([number_of[code] for code in sorted(set(codes))], dtype=np.int32) for codes in coded]
        self.kinds = np.array([kind_of(p) for p in self.phrases], dtype=np.int8)
        self.lengths = np.array([p.count(" ") + 1 for p in self.phrases], dtype=np.int8)
        self._pair_up()
        self.like = _likeness(self.phrases, self.codes, knowledge, self.phrase_of, self.code_of)

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
        at = np.flatnonzero(use[self.note_of])
        inverse, owner = self.inverse[at], self.owner[at]
        together = np.bincount(inverse, minlength=len(self.phrase_of)).astype(np.int32)
        notes_with = np.bincount(np.concatenate([self.rows[n] for n in chosen]), minlength=len(self.phrases))
        given = np.bincount(np.concatenate([self.coded[n] for n in chosen]), minlength=len(self.codes))
        chance = self._chances(inverse, owner, notes_with[self.phrase_of] + 1.0)
        share = together / (notes_with[self.phrase_of] + SHRINK)
        rare = (together == 1) & (notes_with[self.phrase_of] <= 2) & (self.like > LEAST_LIKENESS)
        kept = (together > 0) & ((share >= LEAST_SHARE) & (together >= 2) | rare | (chance > LEAST_CHANCE))
        starts = np.zeros(len(self.phrases) + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.phrase_of[kept], minlength=len(self.phrases)), out=starts[1:])
        return PhraseTable(
            self.phrases, self.codes, self.kinds, self.lengths, len(chosen), notes_with.astype(np.int32),
            (given / max(len(chosen), 1)).astype(np.float32), starts, self.code_of[kept], together[kept],
            self.like[kept], chance[kept].astype(np.float32),
        )  # fmt: skip

    def _chances(self, inverse: Ints, owner: Ints, weight: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        chance = self.like.astype(np.float64)
        for _ in range(ROUNDS):
            miss = np.log1p(-np.minimum(chance, 0.999))
            total = np.bincount(owner, weights=miss[inverse], minlength=self.owners)
            blame = 1 / np.maximum(1 - np.exp(total), 1e-6)
            share = np.bincount(inverse, weights=blame[owner], minlength=len(chance))
            chance = np.minimum((share * chance + self.like) / weight, 0.995)
        return chance


def _likeness(
    phrases: dict[str, int], codes: Sequence[str], knowledge: Knowledge, phrase_of: Ints, code_of: Ints
) -> Floats:
    """From 0.005 (no word of the phrase is in the code's wording) to 0.6 (it is the wording)."""
    numbers: dict[str, int] = {}
    slots = np.zeros((len(phrases), LONGEST), dtype=np.int32)
    for phrase, at in phrases.items():
        if phrase[0] != "=":
            for slot, key in enumerate(phrase.lstrip("#").replace("~", " ").split(" ")[:LONGEST]):
                slots[at, slot] = numbers.setdefault(key, len(numbers) + 1)
    weights = np.zeros(len(numbers) + 1, dtype=np.float32)
    for key, number in numbers.items():
        weights[number] = knowledge.weight(key)
    member = np.zeros((len(numbers) + 1, len(codes)), dtype=np.float32)
    whole_wording = np.ones(len(codes), dtype=np.float32)
    for column, code in enumerate(codes):
        wording = knowledge.wording_of(code)
        whole_wording[column] = sum(knowledge.weight(key) for key in wording) or 1.0
        for key in wording & numbers.keys():
            member[numbers[key], column] = knowledge.weight(key)
    common = np.zeros(len(phrase_of), dtype=np.float32)
    whole = np.zeros(len(phrase_of), dtype=np.float32)
    for slot in range(LONGEST):
        keys = slots[phrase_of, slot]
        common += member[keys, code_of]
        whole += weights[keys]
    like = (common / np.maximum(whole, 1e-6)) * np.sqrt(np.minimum(common / whole_wording[code_of], 1))
    return np.asarray(0.005 + 0.6 * like**2, dtype=np.float32)

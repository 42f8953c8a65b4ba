"""Phrases of coded notes and the codes they stand for: found by letting the phrases of a note share its codes.

Model: each phrase p of a note brings code c with a chance t(p, c) of its own (a noisy-or). Expectation-maximization
shares every code of a note among the note's phrases by their present chances, so that a phrase that only happened to
stand beside the telling one loses its share. What a phrase's words say about the code's wording is the prior.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestion.mentions import ReadNote

LONGEST = 4  # words of a phrase
SKIP = 4  # how far apart two words of a loose pair may stand
ROUNDS = 8
PRIOR_NOTES = 1.0  # how many notes the prior counts for
LEAST_CHANCE = 0.004  # smaller chances are not kept

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


def phrases_of(note: ReadNote) -> dict[str, tuple[int, int]]:
    """The phrases of a note with the place of their first use: runs of up to four telling words and loose pairs."""
    found: dict[str, tuple[int, int]] = {}
    for sentence in note.sentences:
        telling = [(key, word) for key, word in zip(sentence.keys, sentence.words, strict=True) if key]
        for at, (key, word) in enumerate(telling):
            phrase = key
            found.setdefault(phrase, (word.start, word.end))
            for further, last in telling[at + 1 : at + LONGEST]:
                phrase = f"{phrase} {further}"
                found.setdefault(phrase, (word.start, last.end))
            for further, last in telling[at + 2 : at + 1 + SKIP]:
                first, second = sorted((key, further))
                found.setdefault(f"{first}~{second}", (word.start, last.end))
    return found


@dataclass(slots=True)
class PhraseTable:
    """Chances of phrase → code in rows of compressed arrays."""

    phrases: dict[str, int]
    codes: list[str]
    notes_with: Ints  # per phrase: learned notes that have it
    starts: npt.NDArray[np.int64]  # per phrase: where its row begins
    code_of: Ints
    together: Ints  # notes with phrase and code
    chance: Floats

    def rows(self, phrase: str) -> Iterator[tuple[str, float, int, int]]:
        """Code, chance, notes with both, notes with the phrase."""
        number = self.phrases.get(phrase)
        if number is None:
            return
        for at in range(self.starts[number], self.starts[number + 1]):
            yield (
                self.codes[self.code_of[at]],
                float(self.chance[at]),
                int(self.together[at]),
                int(self.notes_with[number]),
            )


class Corpus:
    """Notes as rows of phrase numbers, and their codes; any subset of the notes can be learned from."""

    def __init__(self, notes: Sequence[dict[str, tuple[int, int]]], coded: Sequence[Sequence[str]]) -> None:
        self.phrases: dict[str, int] = {}
        self.rows: list[Ints] = []
        for note in notes:
            numbers = [self.phrases.setdefault(phrase, len(self.phrases)) for phrase in note]
            self.rows.append(np.array(numbers, dtype=np.int32))
        self.codes = sorted({code for codes in coded for code in codes})
        number_of = {code: number for number, code in enumerate(self.codes)}
        self.coded = [np.array([number_of[code] for code in codes], dtype=np.int32) for codes in coded]

    def learn(self, chosen: Sequence[int], likeness: "Likeness") -> PhraseTable:
        """Chances from the chosen notes."""
        size = len(self.codes)
        pairs, note_codes, at_code = self._pairs(chosen)
        unique, inverse = np.unique(pairs, return_inverse=True)
        phrase_of = (unique // size).astype(np.int32)
        code_of = (unique % size).astype(np.int32)
        together = np.bincount(inverse).astype(np.int32)
        notes_with = np.bincount(np.concatenate([self.rows[n] for n in chosen]), minlength=len(self.phrases))
        prior = likeness.prior(phrase_of, code_of)
        chance = prior.copy()
        weight = notes_with[phrase_of] + PRIOR_NOTES
        for _ in range(ROUNDS):
            miss = np.log1p(-np.minimum(chance, 0.999))
            total = np.bincount(at_code, weights=miss[inverse], minlength=note_codes)
            found = 1 - np.exp(total)
            share = np.bincount(inverse, weights=(1 / np.maximum(found, 1e-6))[at_code], minlength=len(unique))
            chance = (share * chance + PRIOR_NOTES * prior) / weight
            chance = np.minimum(chance, 0.995)
        return self._table(phrase_of, code_of, together, chance.astype(np.float32), notes_with.astype(np.int32))

    def _pairs(self, chosen: Sequence[int]) -> tuple[npt.NDArray[np.int64], int, Ints]:
        size = len(self.codes)
        pairs: list[npt.NDArray[np.int64]] = []
        owners: list[Ints] = []
        count = 0
        for number in chosen:
            row = self.rows[number].astype(np.int64) * size
            for code in self.coded[number]:
                pairs.append(row + code)
                owners.append(np.full(len(row), count, dtype=np.int32))
                count += 1
        return np.concatenate(pairs), count, np.concatenate(owners)

    def _table(self, phrase_of: Ints, code_of: Ints, together: Ints, chance: Floats, notes_with: Ints) -> PhraseTable:
        kept = chance >= LEAST_CHANCE
        starts = np.zeros(len(self.phrases) + 1, dtype=np.int64)
        np.cumsum(np.bincount(phrase_of[kept], minlength=len(self.phrases)), out=starts[1:])
        return PhraseTable(self.phrases, self.codes, notes_with, starts, code_of[kept], together[kept], chance[kept])


class Likeness:
    """How far a phrase's words are the words of a code's wording, as the prior of its chance."""

    def __init__(self, phrases: dict[str, int], codes: Sequence[str], knowledge: "Wordings") -> None:
        numbers: dict[str, int] = {}
        self.slots = np.zeros((len(phrases), LONGEST), dtype=np.int32)
        for phrase, at in phrases.items():
            for slot, key in enumerate(phrase.replace("~", " ").split(" ")):
                self.slots[at, slot] = numbers.setdefault(key, len(numbers) + 1)
        self.weights = np.zeros(len(numbers) + 1, dtype=np.float32)
        for key, number in numbers.items():
            self.weights[number] = knowledge.weight(key)
        self.member = np.zeros((len(numbers) + 1, len(codes)), dtype=np.float32)
        self.title = np.ones(len(codes), dtype=np.float32)
        for column, code in enumerate(codes):
            wording = knowledge.wording_keys(code)
            self.title[column] = sum(knowledge.weight(key) for key in wording) or 1.0
            for key in wording:
                if key in numbers:
                    self.member[numbers[key], column] = knowledge.weight(key)

    def prior(self, phrase_of: Ints, code_of: Ints) -> Floats:
        """Between 0.005 (no word in common) and 0.6 (the wording itself)."""
        common = np.zeros(len(phrase_of), dtype=np.float32)
        whole = np.zeros(len(phrase_of), dtype=np.float32)
        for slot in range(LONGEST):
            keys = self.slots[phrase_of, slot]
            common += self.member[keys, code_of]
            whole += self.weights[keys]
        like = (common / np.maximum(whole, 1e-6)) * np.sqrt(np.minimum(common / self.title[code_of], 1))
        return np.asarray(0.005 + 0.6 * like**2, dtype=np.float32)


class Wordings:
    """What the prior needs of the code sets."""

    def weight(self, key: str) -> float:
        """How telling a word is."""
        raise NotImplementedError

    def wording_keys(self, code: str) -> frozenset[str]:
        """The words of a code's title."""
        raise NotImplementedError

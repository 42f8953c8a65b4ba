"""Which words of a vocabulary a typed word may mean: itself, its completions, its relatives, its misspellings."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from coding.lexicon.index import Floats, Index, Ints, letter_set

# How sure each way of reading a typed word is.
SAME = 1.0
ONE_OFF, TWO_OFF = 0.8, 0.55  # misspelled by one or two letters (a swap of neighbours is one)
BEGINNING, RELATED = 0.75, 0.6  # “hyperten” for hypertension; “hypertensive” for hypertension
ONE_OFF_A_KNOWN_WORD = 0.35  # the typed word exists, but may be a slip for its neighbour

ENDING = re.compile(
    r"(?:ically|ications?|ations?|ities|itis|osis|oses|ical|ions?|ive|ial|ous|ing|ed|ic|al|ary|ia|is|es|y|e)$"
)
LONGEST_ENDING = 5
SHORTEST_TRUNK = 5
AFTER_Z = "{"
NOBODY: Ints = np.empty(0, np.int32)

Part = tuple[Ints, Floats]


@dataclass(frozen=True)
class Meanings:
    """Words by number, the dearest last, with what a text that holds each earns; `most` is the most it could."""

    words: Ints
    earned: Floats
    most: float


def meanings(index: Index, choices: dict[str, float], *, unfinished: bool) -> Meanings:
    """What one place of a query may mean: words, each with how sure it is; the last place may be unfinished.

    None earns more than the typed word itself, else a rare relative would beat it; when the typed word is unknown,
    none earns more than a word that is as common as all its readings together.
    """
    parts = [part for word, sure in choices.items() for part in _readings(index, word, sure, unfinished)]
    parts = [part for part in parts if len(part[0])]
    if not parts:
        return Meanings(np.empty(0, np.int32), np.empty(0, np.float32), rarity(index, 1))
    numbers = np.concatenate([numbers for numbers, _ in parts])
    sure = np.concatenate([sure for _, sure in parts])
    typed = index.word_numbers.get(next(iter(choices)))
    cap = rarity(index, int(index.counts[numbers].sum())) if typed is None else float(index.weights[typed])
    earned = (np.minimum(index.weights[numbers], np.float32(cap)) * sure).astype(np.float32)
    order = np.argsort(earned, kind="stable")
    return Meanings(numbers[order], earned[order], float(earned[order[-1]]))


def rarity(index: Index, count: int) -> float:
    """The weight of a word that stands in so many texts."""
    return float(np.log1p(len(index.text_code) / max(count, 1)) ** 2)


def _readings(index: Index, word: str, sure: float, unfinished: bool) -> list[Part]:
    """Every way to read one word."""
    number = index.word_numbers.get(word)
    parts: list[Part] = []
    if number is not None:
        parts.append(_alike(np.array([number], dtype=np.int32), sure * SAME))
    if len(word) > 2 or unfinished:
        parts.append(_beginnings(index, word, sure))
    if len(word) > 2 and not any(letter.isdigit() for letter in word):
        parts.append(_relatives(index, word, sure))
        parts.append(_misspelled(index, word, sure, number is not None))
        if unfinished and len(word) > 4 and not any(len(found) for found, _ in parts):
            parts.append(_misspelled_beginnings(index, word, sure))
    return parts


def _alike(numbers: Ints, sure: float) -> Part:
    return numbers, np.full(len(numbers), sure, dtype=np.float32)


def _range(index: Index, beginning: str) -> Ints:
    """The words that begin so."""
    low = bisect_left(index.vocabulary, beginning)
    high = bisect_left(index.vocabulary, beginning + AFTER_Z, lo=low)
    return np.arange(low, high, dtype=np.int32)


def _beginnings(index: Index, word: str, sure: float) -> Part:
    """Longer words with this beginning; the less is missing, the surer."""
    numbers = _range(index, word)
    numbers = numbers[index.lengths[numbers] > len(word)]
    typed = np.float32(len(word)) / index.lengths[numbers]
    return numbers, (sure * (BEGINNING + 0.15 * typed)).astype(np.float32)


def _relatives(index: Index, word: str, sure: float) -> Part:
    """Words with the same trunk and a short ending: diabetic, diabetes."""
    trunk = ENDING.sub("", word)
    if len(trunk) < SHORTEST_TRUNK or trunk == word:
        return _alike(NOBODY, sure)
    numbers = _range(index, trunk)
    return _alike(numbers[index.lengths[numbers] <= len(trunk) + LONGEST_ENDING], sure * RELATED)


def _misspelled(index: Index, word: str, sure: float, exists: bool) -> Part:
    """Words one letter away, or two when the word is long and none is nearer."""
    if exists:
        return _alike(_off_by(index, word, 1) if len(word) > 4 else NOBODY, sure * ONE_OFF_A_KNOWN_WORD)
    near = _off_by(index, word, 1)
    if len(near) or len(word) < 6:
        return _alike(near, sure * ONE_OFF)
    return _alike(_off_by(index, word, 2), sure * TWO_OFF)


def _off_by(index: Index, word: str, most: int) -> Ints:
    """The words at this distance. Their sets of letters are compared first: that is one machine instruction each."""
    differ = np.bitwise_count(index.letters ^ np.uint64(letter_set(word)))
    longer = np.abs(index.lengths.astype(np.int16) - len(word))
    numbers = np.flatnonzero((differ <= 2 * most) & (longer <= most)).astype(np.int32)
    distance = _distances(word, [index.vocabulary[number] for number in numbers], most)
    return numbers[(distance <= most) & (distance > 0)]


def _misspelled_beginnings(index: Index, word: str, sure: float) -> Part:
    """Words whose beginning is one letter away from what is typed so far."""
    missing = np.bitwise_count(np.uint64(letter_set(word)) & ~index.letters)
    numbers = np.flatnonzero((missing <= 1) & (index.lengths >= len(word))).astype(np.int32)
    distance = _distances(word, [index.vocabulary[number][: len(word)] for number in numbers], 1)
    return _alike(numbers[distance <= 1], sure * RELATED)


def _distances(word: str, candidates: list[str], most: int) -> NDArray[np.uint8]:
    """Each candidate's distance in letters changed, left out, put in or swapped; more than `most` when farther."""
    if not candidates:
        return np.empty(0, np.uint8)
    return cdist([word], candidates, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]


def split(index: Index, word: str) -> tuple[str, str] | None:
    """Two known words that were typed as one (“kneepain”), the most common pair; nothing when there is none."""
    known = index.word_numbers
    cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    pairs = [pair for pair in cuts if pair[0] in known and pair[1] in known]
    return max(pairs, key=lambda pair: min(index.counts[known[part]] for part in pair), default=None)


def joined(index: Index, typed: list[str]) -> list[tuple[int, str]]:
    """Neighbours that are one known word when written together (“non displaced”), each with its place."""
    together = [(at, left + right) for at, (left, right) in enumerate(pairwise(typed))]
    return [(at, word) for at, word in together if word in index.word_numbers]

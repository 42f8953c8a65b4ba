"""Which words of a vocabulary a typed word may mean: itself, its completions, its relatives, its misspellings."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from coding.lexicon.index import Floats, Index, Ints, letter_set
from coding.lexicon.words import LONGEST_ENDING, trunk

# How sure each way of reading a typed word is.
SAME = 1.0
ONE_OFF, TWO_OFF = 0.8, 0.55  # misspelled by one or two letters (a swap of neighbours is one)
BEGINNING, RELATED = 0.75, 0.6  # “hyperten” for hypertension; “hypertensive” for hypertension

CUT_SHORT = 0.5  # “inj” in a short descriptor for injection

SHORTEST_CUT = 3
SHORTEST_BEGINNING = {False: 3, True: 2}  # letters, by whether the word is still being typed
KEPT_READINGS = 2_000
AFTER_Z = "{"
NOBODY: Ints = np.empty(0, np.int32)

Part = tuple[Ints, Floats]


@dataclass(frozen=True)
class Meanings:
    """Words by number, the dearest last, with what a text that holds each earns; `most` is what the very word earns."""

    words: Ints
    earned: Floats
    most: float


def meanings(index: Index, choices: dict[str, float], *, unfinished: bool) -> Meanings:
    """What one place of a query may mean: words, each with how sure it is; the last place may be unfinished.

    None earns more than the typed word or the commonest of its other names, else a rare relative would beat them;
    when none of these is known, none earns more than a word as common as all readings together.
    """
    readings = [(_readings(index, word, unfinished), sure) for word, sure in choices.items()]
    numbers = np.concatenate([numbers for (numbers, _), _ in readings])
    if not len(numbers):
        return Meanings(numbers, np.empty(0, np.float32), rarity(index, 1))
    sure = np.concatenate([each * np.float32(factor) for (_, each), factor in readings])
    known = [float(index.weights[index.word_numbers[word]]) for word in choices if word in index.word_numbers]
    cap = min(known, default=0.0) or rarity(index, int(index.counts[numbers].sum()))
    earned = np.minimum(index.weights[numbers], np.float32(cap)) * sure
    order = np.argsort(earned, kind="stable")
    return Meanings(numbers[order], earned[order], cap)


def rarity(index: Index, count: int) -> float:
    """The weight of a word that stands in so many texts."""
    return float(np.log1p(len(index.text_code) / max(count, 1)) ** 2)


def _readings(index: Index, word: str, unfinished: bool) -> Part:
    """Every way to read one word. Kept for a while: the next keystroke asks for the same words again."""
    kept = index.readings.get((word, unfinished))
    if kept is None:
        if len(index.readings) >= KEPT_READINGS:
            index.readings.clear()
        parts = list(_ways(index, word, unfinished))
        kept = np.concatenate([numbers for numbers, _ in parts]), np.concatenate([sure for _, sure in parts])
        index.readings[word, unfinished] = kept
    return kept


def _ways(index: Index, word: str, unfinished: bool) -> Iterator[Part]:
    number = index.word_numbers.get(word)
    yield _alike(np.array([] if number is None else [number], dtype=np.int32), SAME)
    completed = len(word) >= SHORTEST_BEGINNING[unfinished]
    longer = _beginnings(index, word) if completed else _alike(NOBODY, BEGINNING)
    yield longer
    if len(word) < 3 or any(letter.isdigit() for letter in word):
        return
    yield _relatives(index, word)
    yield _cut_short(index, word)
    if number is None:
        near = _misspelled(index, word)
        yield near
        if unfinished and len(word) > 4 and not (len(longer[0]) or len(near[0])):
            yield _misspelled_beginnings(index, word)


def _alike(numbers: Ints, sure: float) -> Part:
    return numbers, np.full(len(numbers), sure, dtype=np.float32)


def _range(index: Index, beginning: str) -> Ints:
    """The words that begin so."""
    low = bisect_left(index.vocabulary, beginning)
    high = bisect_left(index.vocabulary, beginning + AFTER_Z, lo=low)
    return np.arange(low, high, dtype=np.int32)


def _beginnings(index: Index, word: str) -> Part:
    """Longer words with this beginning; the less is missing, the surer."""
    numbers = _range(index, word)
    numbers = numbers[index.lengths[numbers] > len(word)]
    typed = np.float32(len(word)) / index.lengths[numbers]
    return numbers, (BEGINNING + np.float32(0.15) * typed).astype(np.float32)


def _relatives(index: Index, word: str) -> Part:
    """Words with the same trunk and a short ending: diabetic, diabetes."""
    shorter = trunk(word)
    if shorter == word:
        return _alike(NOBODY, RELATED)
    numbers = _range(index, shorter)
    return _alike(numbers[index.lengths[numbers] <= len(shorter) + LONGEST_ENDING], RELATED)


def _cut_short(index: Index, word: str) -> Part:
    """Words that are the typed word cut off, as short descriptors have them: inj, diab."""
    cut = (word[:size] for size in range(SHORTEST_CUT, len(word) - 1))
    found = [index.word_numbers[each] for each in cut if each in index.word_numbers]
    return _alike(np.array(found, dtype=np.int32), CUT_SHORT)


def _misspelled(index: Index, word: str) -> Part:
    """Words one letter away, or two when the word is long and none is nearer."""
    near = _off_by(index, word, 1)
    if len(near) or len(word) < 6:
        return _alike(near, ONE_OFF)
    return _alike(_off_by(index, word, 2), TWO_OFF)


def _off_by(index: Index, word: str, most: int) -> Ints:
    """The words at this distance. Their sets of letters are compared first: that is one machine instruction each."""
    differ = np.bitwise_count(index.letters ^ np.uint64(letter_set(word)))
    longer = np.abs(index.lengths - len(word))
    numbers = np.flatnonzero((differ <= 2 * most) & (longer <= most)).astype(np.int32)
    distance = _distances(word, [index.vocabulary[number] for number in numbers], most)
    return numbers[(distance <= most) & (distance > 0)]


def _misspelled_beginnings(index: Index, word: str) -> Part:
    """Words whose beginning is one letter away from what is typed so far."""
    missing = np.bitwise_count(np.uint64(letter_set(word)) & ~index.letters)
    numbers = np.flatnonzero((missing <= 1) & (index.lengths >= len(word))).astype(np.int32)
    distance = _distances(word, [index.vocabulary[number][: len(word)] for number in numbers], 1)
    return _alike(numbers[distance <= 1], RELATED)


def _distances(word: str, candidates: list[str], most: int) -> NDArray[np.uint8]:
    """Each candidate's distance in letters changed, left out, put in or swapped; more than `most` when farther."""
    if not candidates:
        return np.empty(0, np.uint8)
    found: NDArray[np.uint8] = cdist([word], candidates, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
    return found


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

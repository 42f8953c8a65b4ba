"""The search index of one code system: which texts hold which word, as flat arrays of numbers."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from coding.lexicon.entries import Text
from coding.lexicon.words import words

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

# Words of official wordings that coders leave out; they count little when a text is compared.
FILLERS = frozenset("unspecified other specified nos nec not elsewhere classified".split())
FILLER_WEIGHT = 0.25


@dataclass(frozen=True)
class Index:
    """Codes in the order of their letters and digits, the words, and for each word the texts that hold it."""

    codes: list[str]
    billable: NDArray[np.bool_]
    vocabulary: list[str]  # sorted, so that the words with one beginning are neighbours
    starts: Ints  # for each word where its postings begin; one more at the end
    postings: Ints  # numbers of texts, ascending for each word
    text_code: Ints  # for each text the code it leads to
    text_source: NDArray[np.uint8]

    @cached_property
    def bare(self) -> list[str]:
        """The codes without their dots, in the same order."""
        return [code.replace(".", "") for code in self.codes]

    @cached_property
    def counts(self) -> Ints:
        """For each word, in how many texts it is."""
        return np.diff(self.starts)

    @cached_property
    def weights(self) -> Floats:
        """For each word what it says: the square of its inverse document frequency."""
        found = np.log1p(len(self.text_code) / np.maximum(self.counts, 1)) ** 2
        fillers = [at for at, word in enumerate(self.vocabulary) if word in FILLERS]
        found[fillers] *= FILLER_WEIGHT
        return found.astype(np.float32)

    @cached_property
    def text_weights(self) -> Floats:
        """For each text the sum of its words' weights."""
        per_posting = np.repeat(self.weights, self.counts)
        summed = np.bincount(self.postings, weights=per_posting, minlength=len(self.text_code))
        return np.maximum(summed, 1e-3).astype(np.float32)

    @cached_property
    def lengths(self) -> NDArray[np.uint8]:
        """For each word its number of letters."""
        return np.array([min(len(word), 255) for word in self.vocabulary], dtype=np.uint8)

    @cached_property
    def letters(self) -> NDArray[np.uint64]:
        """For each word the set of its letters and digits, one bit each."""
        return np.array([letter_set(word) for word in self.vocabulary], dtype=np.uint64)

    @cached_property
    def word_numbers(self) -> dict[str, int]:
        """For each word its place in the vocabulary."""
        return {word: number for number, word in enumerate(self.vocabulary)}

    def warm(self) -> "Index":
        """Work out what the first search would otherwise wait for."""
        _ = (self.bare, self.text_weights, self.lengths, self.letters, self.word_numbers)
        return self


def letter_set(word: str) -> int:
    """The letters and digits of a plain word as bits: a to z, then 0 to 9."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - 97 if letter >= "a" else ord(letter) - 22)
    return bits


def build(codes: Iterable[tuple[str, bool]], texts: Iterable[Text]) -> Index:
    """Index codes (each with whether it is billable) by their texts.

    A text whose code is not among the codes is left out; so is one that says the same words of a code again.
    """
    in_order = sorted(dict(codes).items(), key=lambda pair: pair[0].replace(".", ""))
    numbers = {code: number for number, (code, _) in enumerate(in_order)}
    word_numbers: dict[str, int] = {}
    flat, sizes, text_code, sources = array("i"), array("i"), array("i"), bytearray()
    seen: set[tuple[int, int]] = set()
    for code, text, source in sorted(texts, key=lambda each: (numbers.get(each.code, -1), each.source)):
        number = numbers.get(code)
        found = sorted({word_numbers.setdefault(word, len(word_numbers)) for word in words(text)})
        if number is None or not found or (same := (number, hash(tuple(found)))) in seen:
            continue
        seen.add(same)
        flat.extend(found)
        sizes.append(len(found))
        text_code.append(number)
        sources.append(source)
    vocabulary, starts, postings = _inverted(word_numbers, _ints(flat), _ints(sizes))
    return Index(
        codes=[code for code, _ in in_order],
        billable=np.array([billable for _, billable in in_order], dtype=np.bool_),
        vocabulary=vocabulary,
        starts=starts,
        postings=postings,
        text_code=_ints(text_code),
        text_source=np.frombuffer(bytes(sources), dtype=np.uint8),
    )


def _inverted(word_numbers: dict[str, int], flat: Ints, sizes: Ints) -> tuple[list[str], Ints, Ints]:
    """The words in order, and the texts of each, from the words of each text."""
    vocabulary = sorted(word_numbers)
    place = np.empty(len(vocabulary), dtype=np.int32)
    place[[word_numbers[word] for word in vocabulary]] = np.arange(len(vocabulary), dtype=np.int32)
    placed = place[flat] if len(flat) else flat
    order = np.argsort(placed, kind="stable")
    postings = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[order]
    starts = np.concatenate([[0], np.cumsum(np.bincount(placed, minlength=len(vocabulary)))])
    return vocabulary, starts.astype(np.int32), postings.astype(np.int32)


def _ints(numbers: "array[int]") -> Ints:
    return np.frombuffer(numbers.tobytes(), dtype=np.int32)

"""The search index of one code system: which texts hold which word, as flat arrays of numbers."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from coding.lexicon.entries import Text
from coding.lexicon.words import essential, trunk, words

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

# Words of official wordings that coders leave out; they count little when a text is compared. What is unspecified
# is what a coder means who says no more; what is other is not.
FILLERS = {"unspecified": 0.1, "nos": 0.1, "other": 0.4, "specified": 0.4, "nec": 0.25, "not": 0.25}
FILLERS |= {"elsewhere": 0.25, "classified": 0.25, "type": 0.5}
OPTIONAL_SHARE = 0.25  # what a word in brackets, which may be said or not, weighs


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
    text_weights: Floats  # for each text the sum of its essential words' weights

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
        return word_weights(self.vocabulary, self.counts, len(self.text_code))

    @cached_property
    def lengths(self) -> NDArray[np.int16]:
        """For each word its number of letters."""
        return np.array([len(word) for word in self.vocabulary], dtype=np.int16)

    @cached_property
    def letters(self) -> NDArray[np.uint64]:
        """For each word the set of its letters and digits, one bit each."""
        return np.array([letter_set(word) for word in self.vocabulary], dtype=np.uint64)

    @cached_property
    def word_numbers(self) -> dict[str, int]:
        """For each word its place in the vocabulary."""
        return {word: number for number, word in enumerate(self.vocabulary)}

    @cached_property
    def readings(self) -> dict[tuple[str, bool], tuple[Ints, Floats]]:
        """What typed words were found to mean lately, for the next keystroke."""
        return {}

    def warm(self) -> "Index":
        """Work out what the first search would otherwise wait for."""
        _ = (self.bare, self.weights, self.lengths, self.letters, self.word_numbers)
        return self


def letter_set(word: str) -> int:
    """The letters and digits of a plain word as bits: a to z, then 0 to 9."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - 97 if letter >= "a" else ord(letter) - 22)
    return bits


def word_weights(vocabulary: list[str], counts: Ints, texts: int) -> Floats:
    """For each word the square of its inverse document frequency; fillers less."""
    found = np.log1p(texts / np.maximum(counts, 1)) ** 2
    for at, word in enumerate(vocabulary):
        if word in FILLERS:
            found[at] *= FILLERS[word]
    return found.astype(np.float32)


def build(codes: Iterable[tuple[str, bool]], texts: Iterable[Text]) -> Index:
    """Index codes (each with whether it is billable) by their texts.

    A text whose code is not among the codes is left out; so is one that says the same words of a code again.
    """
    in_order = sorted(dict(codes).items(), key=lambda pair: pair[0].replace(".", ""))
    numbers = {code: number for number, (code, _) in enumerate(in_order)}
    kept = _Kept()
    for code, text, source in sorted(texts, key=lambda each: (numbers.get(each.code, -1), each.source)):
        if (number := numbers.get(code)) is not None:
            kept.add(number, text, source)
    return kept.index([code for code, _ in in_order], [billable for _, billable in in_order])


class _Kept:
    """The texts taken so far, as flat arrays."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.flat, self.sizes, self.codes = array("i"), array("i"), array("i")
        self.shares = array("f")  # for each of `flat` how much of the word's weight counts for the text's
        self.sources = bytearray()
        self.seen: set[tuple[int, int]] = set()

    def add(self, code: int, text: str, source: int) -> None:
        """Take a text. Of words of one family the first weighs; words in brackets weigh little."""
        every = words(text)
        families = {trunk(word): word for word in reversed(every)}
        said = set(words(essential(text))) or set(every)
        shares = {word: word in said or OPTIONAL_SHARE for word in families.values()}
        found = sorted({(self.words.setdefault(word, len(self.words)), shares.get(word, 0.0)) for word in every})
        if not found or (same := (code, hash(tuple(found)))) in self.seen:
            return
        self.seen.add(same)
        self.flat.extend(number for number, _ in found)
        self.shares.extend(share for _, share in found)
        self.sizes.append(len(found))
        self.codes.append(code)
        self.sources.append(source)

    def index(self, codes: list[str], billable: list[bool]) -> Index:
        """The index of what was taken."""
        vocabulary = sorted(self.words)
        place = np.empty(len(vocabulary), dtype=np.int32)
        place[[self.words[word] for word in vocabulary]] = np.arange(len(vocabulary), dtype=np.int32)
        texts = np.repeat(np.arange(len(self.sizes), dtype=np.int32), _ints(self.sizes))
        placed = place[_ints(self.flat)]
        counts = np.bincount(placed, minlength=len(vocabulary)).astype(np.int32)
        weights = word_weights(vocabulary, counts, len(self.sizes))[placed] * np.frombuffer(self.shares, np.float32)
        return Index(
            codes=codes,
            billable=np.array(billable, dtype=np.bool_),
            vocabulary=vocabulary,
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
            postings=texts[np.argsort(placed, kind="stable")],
            text_code=_ints(self.codes),
            text_source=np.frombuffer(bytes(self.sources), dtype=np.uint8),
            text_weights=np.maximum(np.bincount(texts, weights, len(self.sizes)), 0.1).astype(np.float32),
        )


def _ints(numbers: "array[int]") -> Ints:
    return np.frombuffer(numbers.tobytes(), dtype=np.int32)

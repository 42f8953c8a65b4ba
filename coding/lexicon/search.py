"""Finding codes by what a coder types: a code's beginning, or words in any order, short, misspelled, or in lay terms.

A text scores by how much of the query it holds, and by how little else it says; a code scores by its best text.
Rare words count more than common ones (inverse document frequency).
"""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import chain

import numpy as np

from coding.lexicon.aliases import built_in
from coding.lexicon.entries import Hit, Source
from coding.lexicon.index import Floats, Index, Ints
from coding.lexicon.likeness import AFTER_Z, Meanings, meanings
from coding.lexicon.query import Variant, code_beginning, variants
from coding.lexicon.words import said

LONGEST_QUERY = 300  # characters; the longest official wording is shorter
MOST_WORDS = 32
MOST_CODES = 5_000  # with one beginning that are compared
SHORTNESS = 0.4  # how much it counts that a text says little else
NEAR_BEST = 0.5  # texts that hold less than this share of what the best one holds are not compared
KEPT = 600  # texts that are folded into codes
HEADING = 0.985  # of a heading and a code that fit equally well the code is of more use
SOURCES = np.array([1.0, 1.0, 0.97], dtype=np.float32)  # by Source
FAVOURITE = 0.35  # what the most used code gains

Favourites = Mapping[str, float]  # code → 0 to 1; 1 is the coder's own most used


def search(index: Index, text: str, *, limit: int = 12, favourites: Favourites | None = None) -> list[Hit]:
    """The codes of one system that fit best, best first; none for a text without words."""
    return [hit for _, hit in search_all({"": index}, text, limit=limit, favourites=favourites)]


def search_all(
    indexes: Mapping[str, Index], text: str, *, limit: int = 12, favourites: Favourites | None = None
) -> list[tuple[str, Hit]]:
    """The codes of several systems that fit best, each with its system.

    What looks like a code finds the codes that begin so; when there are none, or when it is an abbreviation that
    coders use (DM2), it is taken as words.
    """
    text, chosen = text.strip()[:LONGEST_QUERY], favourites or {}
    beginning = code_beginning(text)
    if beginning and not built_in().names(text):
        coded = [(name, hit) for name, index in indexes.items() for hit in _by_code(index, beginning, chosen, limit)]
        if coded:
            return sorted(coded, key=lambda pair: -pair[1].score)[:limit]
    typed = tuple(said(text)[:MOST_WORDS])
    unfinished = text[-1:].isalnum()
    found = chain.from_iterable(
        ((name, hit) for hit in _by_words(index, typed, unfinished, chosen, limit)) for name, index in indexes.items()
    )
    return sorted(found, key=lambda pair: -pair[1].score)[:limit]


def _by_code(index: Index, beginning: str, favourites: Favourites, limit: int) -> list[Hit]:
    """The codes that begin so: the very code, then favourites, then in order, headings last."""
    low = bisect_left(index.bare, beginning)
    high = bisect_left(index.bare, beginning + AFTER_Z, lo=low)

    def rank(number: int) -> tuple[bool, float, bool, int]:
        code = index.codes[number]
        return index.bare[number] != beginning, -favourites.get(code, 0.0), not index.billable[number], number

    found = sorted(range(low, min(high, low + MOST_CODES)), key=rank)[:limit]
    return [_hit(index, number, 1 - place / 1000, Source.WORDING) for place, number in enumerate(found)]


def _by_words(index: Index, typed: tuple[str, ...], unfinished: bool, favourites: Favourites, limit: int) -> list[Hit]:
    """The codes whose texts fit the words best."""
    if not typed or not index.vocabulary:
        return []
    best: dict[int, tuple[float, int]] = {}
    gains = _gains(index, favourites)
    for variant in variants(index, typed, built_in()):
        texts, scores = _scored(index, variant, unfinished)
        _fold(index, texts, scores, gains, best)
    ranked = sorted(best.items(), key=lambda pair: (-pair[1][0], pair[0]))[:limit]
    return [_hit(index, number, score, Source(source)) for number, (score, source) in ranked]


def _hit(index: Index, number: int, score: float, source: Source) -> Hit:
    return Hit(index.codes[number], score, bool(index.billable[number]), source)


def _scored(index: Index, variant: Variant, unfinished: bool) -> tuple[Ints, Floats]:
    """The texts that hold most of the query, with their scores."""
    held = np.zeros(len(index.text_code), dtype=np.float32)
    asked = 0.0
    last = len(variant.places) - 1
    for at, choices in enumerate(variant.places):
        meant = meanings(index, choices, unfinished=unfinished and at == last)
        asked += meant.most
        _add(index, held, meant)
    best = float(held.max(initial=0.0))
    texts = np.flatnonzero(held >= max(NEAR_BEST * best, 1e-6)).astype(np.int32)
    share = held[texts]
    concise = np.minimum(share / index.text_weights[texts], np.float32(1.0))
    return texts, (share * np.float32(variant.sure / asked) * concise ** np.float32(SHORTNESS)).astype(np.float32)


def _add(index: Index, held: Floats, meant: Meanings) -> None:
    """Give every text what its dearest word of these earns.

    A text may hold several of the words: numpy's `+=` by positions keeps the last value for each position, and the
    words are in ascending order, so the dearest one counts and none is counted twice.
    """
    if len(meant.words) == 1:
        word = int(meant.words[0])
        held[index.postings[index.starts[word] : index.starts[word + 1]]] += meant.earned[0]
    elif len(meant.words):
        counts = index.counts[meant.words]
        begun = np.cumsum(counts) - counts  # where each word's postings begin among those of all
        places = np.repeat(index.starts[meant.words] - begun, counts) + np.arange(counts.sum())
        held[index.postings[places]] += np.repeat(meant.earned, counts)


def _gains(index: Index, favourites: Favourites) -> Floats:
    """For each code what it gains: codes over headings, favourites over the rest."""
    gains = np.where(index.billable, np.float32(1.0), np.float32(HEADING))
    for code, share in favourites.items():
        at = bisect_left(index.bare, code.replace(".", ""))
        if at < len(index.bare) and index.codes[at] == code:
            gains[at] *= 1 + FAVOURITE * share
    return gains


def _fold(index: Index, texts: Ints, scores: Floats, gains: Floats, best: dict[int, tuple[float, int]]) -> None:
    """Keep for each code the best score of its texts and where that text comes from."""
    codes, sources = index.text_code[texts], index.text_source[texts]
    scores = scores * gains[codes] * SOURCES[sources]
    if len(scores) > KEPT:
        top = np.argpartition(-scores, KEPT)[:KEPT]
        codes, sources, scores = codes[top], sources[top], scores[top]
    for code, source, score in zip(codes.tolist(), sources.tolist(), scores.tolist(), strict=True):
        if score > best.get(code, (0.0, 0))[0]:
            best[code] = (score, source)

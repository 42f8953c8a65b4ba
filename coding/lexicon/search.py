"""Finding codes by what a coder types: a code's beginning, or words in any order, short, misspelled, or in lay terms.

A text scores by how much of the query it holds, and by how little else it says; a code scores by its best text.
Rare words count more than common ones (inverse document frequency).
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from coding.lexicon import aliases as alias_tables
from coding.lexicon.aliases import Aliases, Phrase
from coding.lexicon.entries import Hit, Source
from coding.lexicon.index import Floats, Index, Ints
from coding.lexicon.likeness import AFTER_Z, Meanings, joined, meanings, split
from coding.lexicon.words import normal, said

LONGEST_QUERY = 300  # characters; the longest official wording is shorter
MOST_WORDS = 32
MOST_VARIANTS = 3
CODE = re.compile(r"[A-Z]?\d[0-9A-Z]*(\.[0-9A-Z]*)?-*|[A-Z]\d[0-9A-Z]*(\.[0-9A-Z]*)?-*|[A-Z]{2}\d[0-9A-Z]*")
ALIAS, JOINED = 0.9, 0.9  # how sure another name is, and two words written as one
SHORTNESS = 0.4  # how much it counts that a text says little else
NEAR_BEST = 0.5  # texts that hold less than this share of what the best one holds are not compared
KEPT = 600  # texts that are folded into codes
HEADING = 0.92  # a heading is of less use than a code that may be billed
SOURCES = np.array([1.0, 1.0, 0.97], dtype=np.float32)  # by Source
FAVOURITE = 0.35  # what the most used code gains at most

Favourites = Mapping[str, float]  # code → 0 to 1, the coder's own most used is 1


@dataclass(frozen=True)
class Variant:
    """One way to say the query: for each place the words it may be, each with how sure."""

    places: tuple[dict[str, float], ...]
    sure: float = 1.0


def search(
    index: Index,
    text: str,
    *,
    limit: int = 12,
    favourites: Favourites | None = None,
    aliases: Aliases | None = None,
) -> list[Hit]:
    """The codes that fit best, best first; none for a text without words.

    What looks like a code finds the codes that begin so; when there are none it is taken as words.
    """
    text = text.strip()[:LONGEST_QUERY]
    chosen = favourites or {}
    if beginning := code_beginning(text):
        if found := _by_code(index, beginning, chosen, limit):
            return found
    typed = said(text)[:MOST_WORDS]
    if not typed:
        return []
    unfinished = text[-1:].isalnum()
    best: dict[int, tuple[float, int]] = {}
    for variant in variants(index, tuple(typed), aliases or alias_tables.built_in()):
        texts, scores = _scored(index, variant, unfinished=unfinished)
        _fold(index, texts, scores, _gains(index, chosen), best)
    ranked = sorted(best.items(), key=lambda pair: (-pair[1][0], pair[0]))[:limit]
    return [
        Hit(index.codes[number], score, bool(index.billable[number]), Source(source))
        for number, (score, source) in ranked
    ]


def code_beginning(text: str) -> str:
    """The beginning of a code without dot and dash when the text looks like one: “e11.4-” is E114."""
    upper = text.upper()
    return upper.replace(".", "").rstrip("-") if CODE.fullmatch(upper) else ""


def _by_code(index: Index, beginning: str, favourites: Favourites, limit: int) -> list[Hit]:
    """The codes that begin so: the very code, then favourites, then in order, headings last."""
    low = bisect_left(index.bare, beginning)
    high = bisect_left(index.bare, beginning + AFTER_Z, lo=low)

    def rank(number: int) -> tuple[bool, float, bool, int]:
        return (
            index.bare[number] != beginning,
            -favourites.get(index.codes[number], 0.0),
            not bool(index.billable[number]),
            number,
        )

    found = sorted(range(low, min(high, low + 5_000)), key=rank)[:limit]
    return [
        Hit(index.codes[n], 1.0 - place / 1000, bool(index.billable[n]), Source.WORDING)
        for place, n in enumerate(found)
    ]


def variants(index: Index, typed: Phrase, aliases: Aliases) -> list[Variant]:
    """The query as typed, and with abbreviations and lay phrases said in other words."""
    usual = [normal(word) for word in typed]
    plain: list[dict[str, float]] = [{word: 1.0} for word in usual]
    for at, word in joined(index, usual):
        plain[at][word] = plain[at + 1][word] = JOINED
    longer: list[tuple[int, int, Phrase]] = []
    taken = 0
    for at in range(len(typed)):
        for size, meant in aliases.at(typed, at):
            for other in meant:
                if size == 1 and len(other) == 1:
                    plain[at].setdefault(other[0], ALIAS)
                elif at >= taken or size == 1:
                    longer.append((at, size, other))
            if size > 1:
                taken = at + size
                break
    found = [Variant(tuple(plain))]
    if len({at for at, _, _ in longer}) > 1:
        found.append(_all_at_once(plain, longer))
    found += _parted(index, usual, plain)
    found += [Variant((*plain[:at], *_places(other), *plain[at + size :]), ALIAS) for at, size, other in longer]
    return list({repr(variant.places): variant for variant in reversed(found)}.values())[::-1][:MOST_VARIANTS]


def _all_at_once(plain: list[dict[str, float]], longer: list[tuple[int, int, Phrase]]) -> Variant:
    """Every phrase said by its first other name."""
    places: list[dict[str, float]] = []
    at = 0
    first = {place: (size, other) for place, size, other in reversed(longer)}
    while at < len(plain):
        size, other = first.get(at, (1, ()))
        places += _places(other) if other else [plain[at]]
        at += size
    return Variant(tuple(places), ALIAS)


def _parted(index: Index, typed: list[str], plain: list[dict[str, float]]) -> list[Variant]:
    """The query with unknown words parted in two known ones."""
    places: list[dict[str, float]] = []
    for word, choices in zip(typed, plain, strict=True):
        pair = split(index, word) if word not in index.word_numbers and len(word) > 5 else None
        places += _places(pair) if pair else [choices]
    return [Variant(tuple(places), ALIAS)] if len(places) > len(plain) else []


def _places(phrase: Phrase) -> list[dict[str, float]]:
    return [{word: 1.0} for word in phrase]


def _scored(index: Index, variant: Variant, *, unfinished: bool) -> tuple[Ints, Floats]:
    """The texts that hold most of the query, with their scores."""
    held = np.zeros(len(index.text_code), dtype=np.float32)
    asked = 0.0
    last = len(variant.places) - 1
    for at, choices in enumerate(variant.places):
        meant = meanings(index, choices, unfinished=unfinished and at == last)
        asked += meant.most
        _add(index, held, meant)
    best = held.max(initial=0.0)
    if best <= 0:
        return np.empty(0, np.int32), np.empty(0, np.float32)
    texts = np.flatnonzero(held >= NEAR_BEST * best).astype(np.int32)
    share = held[texts]
    concise = np.minimum(share / index.text_weights[texts], np.float32(1.0))
    return texts, (share / np.float32(asked) * concise**SHORTNESS * np.float32(variant.sure)).astype(np.float32)


def _add(index: Index, held: Floats, meant: Meanings) -> None:
    """Give every text what its dearest word of these earns.

    A text may hold several of the words: numpy's `+=` by positions keeps the last value for each position, and the
    words are in ascending order, so the dearest one counts and none is counted twice.
    """
    counts = index.counts[meant.words]
    total = int(counts.sum())
    if not total:
        return
    ends = np.cumsum(counts)
    positions = np.arange(total, dtype=np.int32) + np.repeat(index.starts[meant.words] - (ends - counts), counts)
    held[index.postings[positions]] += np.repeat(meant.earned, counts)


def _gains(index: Index, favourites: Favourites) -> Floats:
    """For each code what it gains: billable codes over headings, favourites over the rest."""
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

"""The ways to say what a coder typed: as it stands, with abbreviations and lay phrases in the words of code sets."""

import re
from dataclasses import dataclass

from coding.lexicon.aliases import Aliases, Phrase
from coding.lexicon.index import Index
from coding.lexicon.likeness import joined, split
from coding.lexicon.words import normal

CODE = re.compile(r"(?:[A-Z]?\d[0-9A-Z]*|[A-Z]{1,2}\d[0-9A-Z]*)(?:\.[0-9A-Z]*)?-*")
MOST_VARIANTS = 3
OFFICIAL = 8  # words; a longer query repeats an official wording and is not said in other words
ALIAS, JOINED = 0.9, 0.9  # how sure another name is, and two words written as one
SHORTEST_RUN_TOGETHER = 6


Places = tuple[dict[str, float], ...]
Change = tuple[int, int, Phrase]  # at this place so many words become these


@dataclass(frozen=True)
class Variant:
    """One way to say the query: for each place the words it may be, the typed one first, each with how sure."""

    places: Places
    sure: float = 1.0


def code_beginning(text: str) -> str:
    """The beginning of a code without dot and dash when the text looks like one: “e11.4-” is E114."""
    upper = text.upper()
    return upper.replace(".", "").rstrip("-") if CODE.fullmatch(upper) else ""


def variants(index: Index, typed: Phrase, aliases: Aliases) -> list[Variant]:
    """The query as typed with other names for its words, then with whole phrases said in other words."""
    usual = [normal(word) for word in typed]
    plain: list[dict[str, float]] = [{word: 1.0} for word in usual]
    for at, word in joined(index, usual):
        plain[at][word] = plain[at + 1][word] = JOINED
    changes = list(_renamed(typed, plain, aliases))
    found = [Variant(tuple(plain))]
    if len(typed) > OFFICIAL:
        return found
    if len({at for at, _, _ in changes}) > 1:
        found.append(Variant(_all_changed(plain, changes), ALIAS))
    if (parted := _parted(index, usual, plain)) != found[0].places:
        found.append(Variant(parted, ALIAS))
    found += [Variant((*plain[:at], *_places(other), *plain[at + size :]), ALIAS) for at, size, other in changes]
    different = {repr(variant.places): variant for variant in reversed(found)}
    return list(different.values())[::-1][:MOST_VARIANTS]


def _renamed(typed: Phrase, plain: list[dict[str, float]], aliases: Aliases) -> list[Change]:
    """Add one-word names of one word to its place; return those that change the number of words.

    The longest phrase at a place counts, and no phrase that begins within one already taken.
    """
    changes: list[Change] = []
    taken = 0
    for at in range(len(typed)):
        for size, meant in aliases.at(typed, at):
            for other in meant:
                if size == 1 and len(other) == 1:
                    plain[at].setdefault(other[0], ALIAS)
                elif at >= taken:
                    changes.append((at, size, other))
            if size > 1 and at >= taken:
                taken = at + size
                break
    return changes


def _all_changed(plain: list[dict[str, float]], changes: list[Change]) -> Places:
    """Every phrase said by its first other name."""
    first = {at: (size, other) for at, size, other in reversed(changes)}
    places: list[dict[str, float]] = []
    at = 0
    while at < len(plain):
        size, other = first.get(at, (1, ()))
        places += _places(other) if other else [plain[at]]
        at += size
    return tuple(places)


def _parted(index: Index, typed: list[str], plain: list[dict[str, float]]) -> Places:
    """The query with unknown words parted in two known ones."""
    places: list[dict[str, float]] = []
    for word, choices in zip(typed, plain, strict=True):
        unknown = word not in index.word_numbers and len(word) >= SHORTEST_RUN_TOGETHER
        pair = split(index, word) if unknown else None
        places += _places(pair) if pair else [choices]
    return tuple(places)


def _places(phrase: Phrase) -> list[dict[str, float]]:
    return [{word: 1.0} for word in phrase]

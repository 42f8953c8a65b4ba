"""What coders say and what code sets say: abbreviations, lay words, synonyms, from this package's own tables."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import permutations

from coding.lexicon.words import normal, said, words

Phrase = tuple[str, ...]
ABBREVIATIONS = "abbreviations.tsv"  # as they are typed: “aids” is no plural
LAY_TERMS = "lay_terms.tsv"
SYNONYMS = "synonyms.tsv"


@dataclass(frozen=True)
class Aliases:
    """Phrases with what else they may be called."""

    means: Mapping[Phrase, Sequence[Phrase]]

    @cached_property
    def longest(self) -> int:
        """The number of words of the longest phrase."""
        return max(map(len, self.means), default=0)

    @cached_property
    def in_order(self) -> list[Phrase]:
        """The phrases of several words, sorted."""
        return sorted(phrase for phrase in self.means if len(phrase) > 1)

    def names(self, text: str) -> bool:
        """Whether the whole text is one of the phrases: “DM2” is no code."""
        return tuple(said(text)) in self.means

    def at(self, typed: Phrase, place: int) -> Iterator[tuple[int, Sequence[Phrase]]]:
        """The phrases that begin at a place, longest first: how many words each takes and what it means.

        `typed` are plain words. The last one may be unfinished: “heart att” is “heart attack”.
        """
        for size in range(min(self.longest, len(typed) - place), 0, -1):
            phrase = typed[place : place + size]
            usual = tuple(map(normal, phrase))
            if found := self.means.get(phrase) or self.means.get(usual):
                yield size, found
            elif size > 1 and place + size == len(typed) and (whole := self._completed(usual)):
                yield size, self.means[whole]

    def _completed(self, phrase: Phrase) -> Phrase | None:
        """The first phrase that differs only in that its last word is longer."""
        at = bisect_left(self.in_order, phrase)
        if at == len(self.in_order) or len(phrase[-1]) < 3:
            return None
        found = self.in_order[at]
        same = len(found) == len(phrase) and found[:-1] == phrase[:-1] and found[-1].startswith(phrase[-1])
        return found if same else None


@cache
def built_in() -> Aliases:
    """The tables of this package."""
    means: dict[Phrase, list[Phrase]] = defaultdict(list)
    for phrase, meant in _pairs():
        if phrase and meant and phrase != meant and meant not in means[phrase]:
            means[phrase].append(meant)
    return Aliases({phrase: tuple(meant) for phrase, meant in means.items() if meant})


def _pairs() -> Iterator[tuple[Phrase, Phrase]]:
    for short, *meant in _rows(ABBREVIATIONS):
        for other in meant:
            yield tuple(said(short)), tuple(words(other))
    for lay, *meant in _rows(LAY_TERMS):
        for other in meant:
            yield tuple(words(lay)), tuple(words(other))
    for group in _rows(SYNONYMS):
        yield from permutations([tuple(words(each)) for each in group], 2)


def _rows(table: str) -> Iterator[list[str]]:
    """The lines of a table, their fields parted by tabs; “#” begins a remark."""
    for line in files(__package__).joinpath(table).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [field.strip() for field in line.split("\t") if field.strip()]

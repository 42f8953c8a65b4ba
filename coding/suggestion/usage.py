"""How usual things are in coded notes: codes, categories, the words of terms and what stands beside them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from coding.suggestion.mentions import Mention
from coding.suggestion.prepared import Prepared


@dataclass(slots=True)
class Usage:
    """How often codes that a note's terms lead to were given, by the words of the term and what stands beside it."""

    seen: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    notes: int = 0

    def share(self, sign: str) -> float:
        """The share of candidates with this sign that were given, drawn to the usual fifth when few were seen."""
        return (self.given.get(sign, 0) + 0.8) / (self.seen.get(sign, 0) + 4)

    @classmethod
    def of(cls, notes: Iterable[tuple[Prepared, frozenset[str]]]) -> "Usage":
        """Count over coded notes."""
        usage = cls()
        for ready, gold in notes:
            usage.notes += 1
            usage.categories.update(code[:3] for code in gold)
            for code, mention in ready.best.items():
                for sign in (*signs(ready, code, mention), f"c{code[:3]}", f"l{code[:2]}"):
                    usage.seen[sign] += 1
                    usage.given[sign] += code in gold
            for code in ready.picked:
                usage.seen[f"q{code}"] += 1
                usage.given[f"q{code}"] += code in gold
        return usage


def signs(ready: Prepared, code: str, mention: Mention) -> list[str]:
    """What is counted of a code that a mention leads to: words, neighbors, code, words with code."""
    before, after = beside(ready, mention)
    return [
        *(f"k{key}" for key in mention.term.keys), f"p{before}", f"x{after}", f"o{code}",
        f"t{' '.join(sorted(mention.term.keys))}>{code}",
    ]  # fmt: skip


def beside(ready: Prepared, mention: Mention) -> tuple[str, str]:
    """The words before and after a mention."""
    words = ready.note.sentences[mention.sentence].words
    first, last = mention.positions[0] - 1, mention.positions[-1] + 1
    return (words[first].form if first >= 0 else "^", words[last].form if last < len(words) else "$")

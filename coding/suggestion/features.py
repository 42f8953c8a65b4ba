"""What speaks for and against every candidate code of a note, as one row of figures per code.

Three sources: what the code sets' terms in the note say (`_term_figures`), what phrases of learned notes say
(`_phrase_figures`), and how usual things are: codes, categories, words of terms (`Usage`).
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from coding.suggestion import context
from coding.suggestion.knowledge import EXTERNAL, INCLUSION, INDEX, LEXICON, NEOPLASM, TITLE, Knowledge
from coding.suggestion.mentions import Mention
from coding.suggestion.neighbors import Neighbors
from coding.suggestion.phrases import CODE, PAIR, RUN, SHRINK, TERM, WORD, Floats, PhraseTable
from coding.suggestion.prepared import Prepared
from coding.suggestion.usage import Usage, beside
from coding.suggestion.words import key_of

_SOURCES = {LEXICON: 0, TITLE: 1, INCLUSION: 2, INDEX: 3, NEOPLASM: 4, EXTERNAL: 5}
_SIDE_BITS = {"right": 1, "left": 2, "bilateral": 4}
PHRASE_FIGURES, TERM_FIGURES, CODE_FIGURES = 26, 19, 33
_MISSED, _BEST_WORTH = 11, 11  # columns among the phrases' figures and among the terms'
MISSING = np.nan


@dataclass(frozen=True, slots=True)
class Wording:
    """A code's wording as figures: `keys` with their weights, `whole` their sum, `sides` the sides it names as bits."""

    keys: tuple[tuple[str, float], ...]
    whole: float
    billable: float
    vagueness: float
    sides: int

    @classmethod
    def of(cls, code: str, knowledge: Knowledge) -> "Wording":
        """Look a code up."""
        row = knowledge.codes.get(code)
        keys = tuple((key, knowledge.weight(key)) for key in sorted(knowledge.wording_of(code)))
        low = row.wording.lower() if row else ""
        vagueness = ("unspecified" in low) + 2 * low.startswith("other") + 4 * (" with " in low)
        sides = sum(bit for word, bit in _SIDE_BITS.items() if word in low)
        return cls(keys, sum(w for _, w in keys), -1.0 if row is None else float(row.billable), vagueness, sides)


@dataclass(slots=True)
class Taught:
    """What coded notes taught: phrases with codes, phrases with categories, how usual things are, similar notes."""

    table: PhraseTable
    groups: PhraseTable
    usage: Usage
    neighbors: Neighbors
    wordings: dict[str, Wording] = field(default_factory=dict)  # kept once asked for; not stored

    def wording(self, code: str, knowledge: Knowledge) -> "Wording":
        """What the figures need of a code's wording."""
        if code not in self.wordings:
            self.wordings[code] = Wording.of(code, knowledge)
        return self.wordings[code]


def figures(ready: Prepared, taught: Taught, knowledge: Knowledge) -> tuple[list[str], Floats]:
    """The candidate codes of a note and one row of figures for each."""
    table, usage = taught.table, taught.usage
    similar = taught.neighbors.scores(ready.phrases)
    phrases = _phrase_figures(ready, table)
    terms = _term_figures(ready)
    learned = (c for c, f in phrases.items() if f[0] >= 0.12 or f[10] > 0.05)
    codes = list(dict.fromkeys([*terms, *ready.picked, *learned]))
    rows = np.full((len(codes), PHRASE_FIGURES + TERM_FIGURES + CODE_FIGURES), MISSING, dtype=np.float32)
    chances = {code: -math.expm1(-float(phrases[code][_MISSED])) for code in codes if code in phrases}
    total: dict[str, float] = defaultdict(float)
    for code, chance in chances.items():
        total[code[:3]] += chance
    ranks = _ranks(codes, chances, terms)
    group = _group_chances(ready, taught.groups)
    usual = dict(zip(table.codes, table.usual, strict=True))
    sides = _sides(ready)
    for at, code in enumerate(codes):
        if code in phrases:
            rows[at, :PHRASE_FIGURES] = phrases[code]
        if code in terms:
            rows[at, PHRASE_FIGURES : PHRASE_FIGURES + TERM_FIGURES] = terms[code]
        mine = _code_figures(
            ready, code, taught, knowledge, float(usual.get(code, 0.0)) * table.notes, sides.get(code, 0)
        )
        rows[at, PHRASE_FIGURES + TERM_FIGURES :] = [
            *mine,
            *ranks[code],
            len(codes),
            *similar.get(code, (MISSING, MISSING)),
            *group.get(code[:3], (MISSING, MISSING)),
            chances[code] / max(total[code[:3]], 1e-6) if code in chances else MISSING,
            *_practice(ready, code, usage),
        ]
    return codes, rows


def _practice(ready: Prepared, code: str, usage: Usage) -> list[float]:
    """How the best term was taken for this code, how the code was when any term led to it and when the rules did."""
    mention = ready.best.get(code)
    found: list[float] = [MISSING] * 6
    if mention is not None:
        for at, sign in ((0, f"t{' '.join(sorted(mention.term.keys))}>{code}"), (2, f"o{code}")):
            found[at], found[at + 1] = usage.share(sign), usage.seen[sign]
    if code in ready.picked:
        found[4], found[5] = usage.share(f"q{code}"), usage.seen[f"q{code}"]
    return found


def _group_chances(ready: Prepared, groups: PhraseTable) -> dict[str, tuple[float, float]]:
    at = groups.entries(groups.numbers(ready.phrases))
    size = len(groups.codes)
    missed = np.bincount(groups.code_of[at], weights=-np.log1p(-groups.chance[at].astype(np.float64)), minlength=size)
    best = np.zeros(size)
    np.maximum.at(best, groups.code_of[at], groups.chance[at])
    return dict(zip(groups.codes, zip(missed.tolist(), best.tolist(), strict=True), strict=True))


def _phrase_figures(ready: Prepared, table: PhraseTable) -> dict[str, Floats]:
    at = table.entries(table.numbers(ready.phrases))
    if not len(at):
        return {}
    code_of, together = table.code_of[at], table.together[at].astype(np.float64)
    phrase_of = np.searchsorted(table.starts, at, side="right") - 1
    with_it = table.notes_with[phrase_of].astype(np.float64)
    usual, chance, like = table.usual[code_of], table.chance[at], table.like[at]
    kinds = table.kinds[phrase_of]
    drawn = (together + 2 * usual) / (with_it + 2)
    share = together / (with_it + SHRINK)
    safe = share - np.sqrt(np.maximum(drawn * (1 - drawn), 0.01) / (with_it + 1))
    order = np.lexsort((safe, code_of))
    sorted_codes = code_of[order]
    last = np.flatnonzero(np.append(sorted_codes[1:] != sorted_codes[:-1], True))
    first = np.concatenate([[0], last[:-1] + 1])
    best = order[last]  # the surest phrase of each code

    def most(values: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        return np.asarray(np.maximum.reduceat(values[order], first), dtype=np.float64)

    def total(values: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        return np.asarray(np.add.reduceat(values[order], first), dtype=np.float64)

    missed = -np.log1p(-np.minimum(chance, 0.999)).astype(np.float64)
    columns: list[npt.NDArray[np.generic]] = [
        most(share), most(safe), most(drawn), drawn[best], together[best], with_it[best], like[best], chance[best],
        kinds[best], table.lengths[phrase_of[best]], most(chance), total(missed),
        most(like), total((share > 0.3) * 1.0), total((share > 0.6) * 1.0), total(np.maximum(share - 0.2, 0)),
        most(np.where(kinds == WORD, safe, -1)), most(np.where((kinds == RUN) | (kinds == PAIR), safe, -1)),
        most(np.where(kinds == TERM, safe, -1)), most(np.where(kinds == CODE, safe, -1)),
        most(together * np.log((together + 0.1) / (with_it * usual + 0.1))), total(np.ones_like(share)),
        most(np.where(together >= 3, share, 0)),
        total(np.where(kinds < TERM, missed, 0)), total(np.where(kinds >= TERM, missed, 0)),
        total((chance > 0.1) * 1.0),
    ]  # fmt: skip
    matrix = np.stack(columns, axis=1).astype(np.float32)
    return {table.codes[sorted_codes[place]]: matrix[row] for row, place in enumerate(last)}


def _term_figures(ready: Prepared) -> dict[str, Floats]:
    numbers: dict[str, int] = {}
    code_of: list[int] = []
    leads: list[tuple[float, ...]] = []
    for mention in ready.mentions:
        mine = _mention_figures(mention)
        for code, kind in mention.codes:
            code_of.append(numbers.setdefault(code, len(numbers)))
            leads.append((*mine, _SOURCES.get(kind, 6), kind == INDEX, kind == LEXICON))
    if not leads:
        return {}
    order = np.argsort(code_of, kind="stable")
    count = np.bincount(code_of)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    values = np.array(leads, dtype=np.float64)[order]
    most, least = np.maximum.reduceat(values, first), np.minimum.reduceat(values, first)
    total = np.add.reduceat(values, first)
    places = np.unique(np.stack([np.array(code_of)[order], values[:, _START].astype(np.int64)]), axis=1)
    length = max(len(ready.note.text), 1)
    columns = [
        count, most[:, _WEIGHT], most[:, _TIGHT], *(total[:, _SAID + n] / count for n in range(len(_CONTEXTS))),
        least[:, _SOURCE], least[:, _INSIDE], most[:, _KEYS], most[:, _WORTH], least[:, _CODES],
        np.bincount(places[0]), total[:, _SOURCE + 1], total[:, _SOURCE + 2], least[:, _WIDTH],
        least[:, _START] / length, most[:, _START] / length,
    ]  # fmt: skip
    return dict(zip(numbers, np.stack(columns, axis=1).astype(np.float32), strict=True))


# Columns of `_mention_figures`, and after them what its source adds.
_WEIGHT, _TIGHT, _INSIDE, _KEYS, _WORTH, _CODES, _WIDTH, _START, _SAID = range(9)
_CONTEXTS = (context.NEGATED, context.PAST, context.UNCERTAIN, context.FAMILY, context.CONDITIONAL)
_SOURCE = _SAID + len(_CONTEXTS)


def _mention_figures(mention: Mention) -> tuple[float, ...]:
    term, said = mention.term, mention.context
    return (
        term.weight,
        mention.tightness,
        mention.inside,
        len(term.keys),
        term.weight * mention.tightness,
        len(mention.codes),
        mention.end - mention.start,
        mention.start,
        *(kind in said for kind in _CONTEXTS),
    )


def _code_figures(
    ready: Prepared, code: str, taught: Taught, knowledge: Knowledge, given: float, side: int
) -> list[float]:
    wording, usage = taught.wording(code, knowledge), taught.usage
    covered = sum(weight for key, weight in wording.keys if key in ready.keys)
    wanted = wording.sides
    mention = ready.best.get(code)
    signs: list[float] = [MISSING] * 6 if mention is None else _sign_figures(ready, mention, usage, knowledge)
    return [
        covered / wording.whole if wording.whole else 0.0,
        wording.whole,
        wording.billable,
        math.log(given + 0.3),
        ord(code[0]),
        wording.vagueness,
        wanted,
        0 if not wanted or not side else 1 if side & wanted == wanted else -1,
        len(code),
        *signs,
        code in ready.picked,
        code[:3] in ready.picked_categories,
        usage.share(f"c{code[:3]}"),
        usage.categories[code[:3]] / max(usage.notes, 1),
    ]


def _sign_figures(ready: Prepared, mention: Mention, usage: Usage, knowledge: Knowledge) -> list[float]:
    """How often terms with these words and these neighbors were taken."""
    shares = [(knowledge.weight(key), usage.share(f"k{key}")) for key in mention.term.keys]
    mean = sum(weight * share for weight, share in shares) / (sum(weight for weight, _ in shares) or 1.0)
    before, after = beside(ready, mention)
    least, most = min(share for _, share in shares), max(share for _, share in shares)
    return [least, most, mean, max(shares)[1], usage.share(f"p{before}"), usage.share(f"x{after}")]


def _sides(ready: Prepared) -> dict[str, int]:
    """The sides named near the mentions of each code, as bits."""
    sides: dict[str, int] = {}
    for mention in ready.mentions:
        keys = ready.note.sentences[mention.sentence].keys
        near = keys[max(0, mention.positions[0] - 4) : mention.positions[-1] + 5]
        bits = sum(bit for word, bit in _SIDE_BITS.items() if key_of(word) in near)
        for code, _ in mention.codes:
            sides[code] = sides.get(code, 0) | bits
    return sides


def _ranks(codes: Sequence[str], chances: dict[str, float], terms: dict[str, Floats]) -> dict[str, list[float]]:
    """Where a code stands among the candidates of its category: rank and distance to the best."""
    worth = {c: chances.get(c, 0.0) + (float(terms[c][_BEST_WORTH]) / 50 if c in terms else 0.0) for c in codes}
    families: dict[str, list[str]] = {}
    for code in codes:
        families.setdefault(code[:3], []).append(code)
    ranks: dict[str, list[float]] = {}
    for family in families.values():
        family.sort(key=lambda code: -worth[code])
        best = worth[family[0]]
        for rank, code in enumerate(family):
            ranks[code] = [rank, best - worth[code]]
    return ranks

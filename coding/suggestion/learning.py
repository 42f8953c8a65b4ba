"""What one practice's finalized cases teach: which phrases stand for which codes, and how much each sign is worth.

Everything that is learned can be looked at (`explain`), stored without pickle (`to_bytes`) and thrown away again: the
product works without it.
"""

import io
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import lightgbm
import numpy as np
import numpy.typing as npt

from coding.suggestion.facts import Span
from coding.suggestion.features import Taught, figures
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.neighbors import Neighbors
from coding.suggestion.phrases import Corpus, Floats, PhraseTable, category_vocabularies, vocabularies
from coding.suggestion.prepared import Prepared, prepare
from coding.suggestion.specificity import is_extended
from coding.suggestion.usage import Usage

VERSION = 3
LEAST_CASES = 50
# The figures of a note come from the notes of other folds, so that no note explains itself. A code that is rare among
# those others is likelier to be the note's own, and a ranking would learn that; folds of several sizes blur it.
DIVISIONS = (10, 4, 4)  # folds of each
CHECKED = 5  # folds of the cross-validation
ENSEMBLE = 3
TREES = 320
# A first, small ranking leaves most candidates behind: those with a chance under `HOPELESS`.
SIEVE = {"learning_rate": 0.12, "num_leaves": 16, "min_data_in_leaf": 20, "feature_fraction": 0.5}
SIEVE_TREES = 40
HOPELESS = 0.003
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.04,
    "num_leaves": 24,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.15,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "max_bin": 127,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
}


View = list[tuple[list[str], Floats]]  # of each note: its candidates and a row of figures for each


@dataclass(frozen=True, slots=True)
class CodedNote:
    """A finalized case: its note and its diagnoses."""

    text: str
    codes: tuple[str, ...]


@dataclass(slots=True)
class Learned:
    """What was learned from one practice's cases. `threshold`: the chance from which proposing pays."""

    version: int
    cases: int
    taught: Taught
    sieve: lightgbm.Booster
    models: list[lightgbm.Booster]
    threshold: float
    encounters: bool = True  # whether codes carry their seventh character
    metrics: dict[str, float] = field(default_factory=dict)

    def rank(self, ready: Prepared, knowledge: Knowledge) -> list[tuple[str, float]]:
        """Every candidate code of a note with the chance that a coder of this practice gives it, best first."""
        codes, rows = figures(ready, self.taught, knowledge)
        if not codes:
            return []
        chances = _told_by(self.sieve, rows)
        hopeful = chances >= HOPELESS
        if hopeful.any():
            chances[hopeful] = np.mean([_told_by(model, rows[hopeful]) for model in self.models], axis=0)
        order = np.argsort(-chances, kind="stable")
        return [(codes[at], float(chances[at])) for at in order]

    def evidence(self, ready: Prepared, code: str) -> tuple[tuple[Span, ...], str]:
        """Where the phrases stand that speak most for a code, and why in words."""
        told: list[tuple[float, Span, str]] = []
        table = self.taught.table
        if code in table.codes:
            number = table.codes.index(code)
            for phrase, span in ready.phrases.items():
                row = table.phrases.get(phrase)
                if row is None or phrase[0] == "=":
                    continue
                for at in range(table.starts[row], table.starts[row + 1]):
                    if table.code_of[at] == number:
                        both, with_it = int(table.together[at]), int(table.notes_with[row])
                        told.append(
                            (both / (with_it + 1), span, f"coded in {both} of {with_it} cases with these words")
                        )
        if told:
            told.sort(key=lambda t: -t[0])
            return tuple(dict.fromkeys(span for _, span, _ in told[:2])), told[0][2].capitalize() + "."
        mention = ready.best.get(code)
        return ((Span(mention.start, mention.end),) if mention else (), "The code sets' own words.")

    def explain(self, most: int = 500) -> list[tuple[str, str, int, int]]:
        """The surest rules: phrase, code, cases with both, cases with the phrase."""
        table = self.taught.table
        names = {number: phrase for phrase, number in table.phrases.items()}
        phrase_of = np.repeat(np.arange(len(table.starts) - 1), np.diff(table.starts))
        worth = table.together / (table.notes_with[phrase_of] + 1)
        rules = []
        for at in np.argsort(-worth, kind="stable"):
            phrase = names[int(phrase_of[at])]
            if phrase[0] not in "#=":
                both, with_it = int(table.together[at]), int(table.notes_with[phrase_of[at]])
                rules.append((phrase, table.codes[table.code_of[at]], both, with_it))
            if len(rules) == most:
                break
        return rules

    def to_bytes(self) -> bytes:
        """One compressed file of arrays and text; nothing in it is executed when it is read."""
        t = self.taught
        head = {
            "version": self.version, "cases": self.cases, "threshold": self.threshold, "metrics": self.metrics,
            "encounters": self.encounters, "models": [model.model_to_string() for model in self.models],
            "sieve": self.sieve.model_to_string(),
            "table": t.table.head(), "groups": t.groups.head(), "notes": t.usage.notes, "seen": t.usage.seen,
            "given": t.usage.given, "categories": t.usage.categories,
            "neighbor_words": list(t.neighbors.words), "neighbor_codes": t.neighbors.codes,
        }  # fmt: skip
        buffer = io.BytesIO()
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "head": np.frombuffer(json.dumps(head).encode(), dtype=np.uint8),
            **t.table.arrays("t"), **t.groups.arrays("g"), **t.neighbors.arrays(),
        }  # fmt: skip
        np.savez_compressed(buffer, allow_pickle=False, **arrays)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Learned":
        """Read what `to_bytes` wrote. Raises ValueError for what another version wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes().decode())
            if head["version"] != VERSION:
                raise ValueError("Another version of the program learned this. Learn again from the finalized cases.")
            arrays = dict(file)
        usage = Usage(Counter(head["seen"]), Counter(head["given"]), Counter(head["categories"]), head["notes"])
        taught = Taught(
            PhraseTable.from_arrays(head["table"], arrays, "t"), PhraseTable.from_arrays(head["groups"], arrays, "g"),
            usage, Neighbors.from_arrays(head["neighbor_words"], head["neighbor_codes"], arrays),
        )  # fmt: skip
        models = [lightgbm.Booster(model_str=text) for text in head["models"]]
        sieve = lightgbm.Booster(model_str=head["sieve"])
        return cls(
            head["version"], head["cases"], taught, sieve, models, head["threshold"], head["encounters"],
            head["metrics"],
        )  # fmt: skip


def learn(cases: Sequence[CodedNote], knowledge: Knowledge, seed: int = 0) -> Learned:
    """Learn from the coded notes of one practice. Raises ValueError for fewer than `LEAST_CASES`.

    The threshold is the one that serves F1 best when every note is ranked by models that have not seen it.
    """
    if len(cases) < LEAST_CASES:
        raise ValueError(f"Learning needs {LEAST_CASES} finalized cases; there are {len(cases)}. Finalize more first.")
    encounters = not any(code[0] in "ST" for case in cases for code in case.codes) or any(
        is_extended(code) for case in cases for code in case.codes
    )
    ready = [prepare(case.text, knowledge, encounters) for case in cases]
    gold = [frozenset(case.codes) for case in cases]
    corpora = _corpora(ready, gold, knowledge)
    views = [_view(count, seed + number, corpora, ready, gold, knowledge) for number, count in enumerate(DIVISIONS)]
    sieve = _trained(views[:1], gold, range(len(cases)), 0, {**PARAMETERS, **SIEVE}, SIEVE_TREES)
    views = [[_hopeful(codes, rows, sieve) for codes, rows in view] for view in views]
    threshold, metrics = _cross_validated(views, gold, _folds(len(cases), CHECKED, seed))
    models = [_trained(views, gold, range(len(cases)), number) for number in range(ENSEMBLE)]
    taught = _taught_by(range(len(cases)), corpora, ready, gold)
    return Learned(VERSION, len(cases), taught, sieve, models, threshold, encounters, metrics)


def _told_by(model: lightgbm.Booster, rows: Floats) -> npt.NDArray[np.float64]:
    """Chances by one model; a second thread costs more than so few rows repay."""
    return np.asarray(model.predict(rows, num_threads=1))


def _hopeful(codes: list[str], rows: Floats, sieve: lightgbm.Booster) -> tuple[list[str], Floats]:
    """The candidates that the sieve lets through."""
    if not codes:
        return codes, rows
    kept = np.flatnonzero(_told_by(sieve, rows) >= HOPELESS)
    return [codes[at] for at in kept], rows[kept]


def _view(
    folds: int, seed: int, corpora: tuple[Corpus, Corpus], ready: Sequence[Prepared],
    gold: Sequence[frozenset[str]], knowledge: Knowledge,
) -> View:  # fmt: skip
    """Candidates and figures of every note as the notes of the other folds teach them."""
    view: View = [([], np.empty((0, 0), dtype=np.float32))] * len(ready)
    for fold in _folds(len(ready), folds, seed):
        taught = _taught_by(sorted(set(range(len(ready))) - set(fold)), corpora, ready, gold)
        for number in fold:
            view[number] = figures(ready[number], taught, knowledge)
    return view


def _corpora(ready: Sequence[Prepared], gold: Sequence[frozenset[str]], knowledge: Knowledge) -> tuple[Corpus, Corpus]:
    """Phrases with codes, and phrases with categories."""
    phrases = [r.phrases for r in ready]
    groups = [frozenset(code[:3] for code in codes) for codes in gold]
    return (
        Corpus(phrases, gold, vocabularies(knowledge)),
        Corpus(phrases, groups, category_vocabularies(knowledge)),
    )


def _folds(notes: int, count: int, seed: int) -> list[list[int]]:
    order = list(range(notes))
    random.Random(seed).shuffle(order)
    return [order[start::count] for start in range(count)]


def _taught_by(
    chosen: Sequence[int], corpora: tuple[Corpus, Corpus], ready: Sequence[Prepared], gold: Sequence[frozenset[str]]
) -> Taught:
    usage = Usage.of((ready[n], gold[n]) for n in chosen)
    neighbors = Neighbors.of([ready[n].phrases for n in chosen], [gold[n] for n in chosen])
    return Taught(corpora[0].learn(chosen), corpora[1].learn(chosen), usage, neighbors)


def _trained(
    views: Sequence[View], gold: Sequence[frozenset[str]], chosen: Sequence[int], seed: int,
    parameters: Mapping[str, object] = PARAMETERS, trees: int = TREES,
) -> lightgbm.Booster:  # fmt: skip
    figures_of = np.concatenate([view[n][1] for view in views for n in chosen if view[n][0]])
    given = np.concatenate([[code in gold[n] for code in view[n][0]] for view in views for n in chosen])
    return lightgbm.train({**parameters, "seed": seed}, lightgbm.Dataset(figures_of, given.astype(np.int8)), trees)


def _cross_validated(
    views: Sequence[View], gold: Sequence[frozenset[str]], folds: Sequence[Sequence[int]]
) -> tuple[float, dict[str, float]]:
    ranked: list[tuple[float, bool]] = []
    averages: list[float] = []
    for start, held in enumerate(folds):
        model = _trained(views, gold, sorted(set(range(len(gold))) - set(held)), start)
        for number in held:
            codes, figures_of = views[0][number]
            chances = _told_by(model, figures_of) if codes else np.empty(0)
            hits = np.array([code in gold[number] for code in codes], dtype=bool)
            ranked += zip(chances.tolist(), hits.tolist(), strict=True)
            averages.append(average_precision(hits[np.argsort(-chances, kind="stable")], len(gold[number])))
    _, precision, recall, f1 = best_threshold(ranked, sum(len(codes) for codes in gold))
    # For true chances the best threshold is half the best F1 (Lipton, Elkan, Naryanaswamy 2014); the one that happened
    # to be best on these notes wanders.
    return f1 / 2, {"precision": precision, "recall": recall, "f1": f1, "map": float(np.mean(averages))}


def average_precision(hits: npt.NDArray[np.bool_], right: int) -> float:
    """Average precision of one ranking: the mean precision at every right code, missing ones counting zero."""
    if not right:
        return 0.0
    places = np.flatnonzero(hits) + 1
    return float(np.sum(np.arange(1, len(places) + 1) / places) / right)


def best_threshold(ranked: list[tuple[float, bool]], right: int) -> tuple[float, float, float, float]:
    """The chance that gives the best F1 over all notes, with precision, recall and F1 there."""
    ranked = sorted(ranked, reverse=True)
    hits = np.cumsum([hit for _, hit in ranked])
    taken = np.arange(1, len(ranked) + 1)
    f1 = 2 * hits / (taken + right)
    best = int(np.argmax(f1))
    return ranked[best][0], float(hits[best] / taken[best]), float(hits[best] / right), float(f1[best])

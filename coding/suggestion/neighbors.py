"""Codes of similar notes: kernel ridge regression from a note's words and terms to codes, in closed form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestion.facts import Span
from coding.suggestion.phrases import Floats

RIDGE = 0.3


@dataclass(slots=True)
class Neighbors:
    """Notes as weighted words, and what each adds to the score of each code."""

    words: dict[str, int]
    codes: list[str]
    weights: Floats  # of words
    starts: npt.NDArray[np.int64]  # per word: where the notes that have it begin in `notes`
    notes: npt.NDArray[np.int32]
    values: Floats
    usual: Floats  # share of notes with each code
    pull: Floats  # notes × codes
    size: int  # notes

    @classmethod
    def of(cls, notes: Sequence[Mapping[str, Span]], coded: Sequence[frozenset[str]]) -> "Neighbors":
        """Learn from notes and their codes."""
        codes = sorted({code for given in coded for code in given})
        number_of = {code: number for number, code in enumerate(codes)}
        words: dict[str, int] = {}
        rows = [
            np.array([words.setdefault(w, len(words)) for w in note if _counts(w)], dtype=np.int64) for note in notes
        ]
        counts = np.bincount(np.concatenate(rows), minlength=len(words))
        weights = np.where(counts > 1, np.log(1 + len(notes) / np.maximum(counts, 1)), 0).astype(np.float32)
        owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        word_of = np.concatenate(rows)
        norms = np.sqrt(np.maximum(np.bincount(owner, weights=weights[word_of] ** 2, minlength=len(rows)), 1e-9))
        values = (weights[word_of] / norms[owner]).astype(np.float32)
        order = np.argsort(word_of, kind="stable")
        starts = np.zeros(len(words) + 1, dtype=np.int64)
        np.cumsum(counts, out=starts[1:])
        given = np.zeros((len(notes), len(codes)), dtype=np.float32)
        for number, mine in enumerate(coded):
            given[number, [number_of[code] for code in mine]] = 1
        model = cls(
            words, codes, weights, starts, owner[order].astype(np.int32), values[order],
            given.mean(axis=0).astype(np.float32), np.empty((0, 0), dtype=np.float32), len(notes),
        )  # fmt: skip
        likeness = np.stack([model._likeness(note) for note in notes])
        model.pull = np.linalg.solve(likeness + RIDGE * np.eye(len(notes)), given - model.usual).astype(np.float32)
        return model

    def scores(self, note: Mapping[str, Span]) -> dict[str, tuple[float, float]]:
        """For each learned code its score, and how far that is above the usual."""
        above = self._likeness(note) @ self.pull
        return dict(zip(self.codes, zip((above + self.usual).tolist(), above.tolist(), strict=True), strict=True))

    def _likeness(self, note: Mapping[str, Span]) -> Floats:
        numbers = np.array([self.words[w] for w in note if w in self.words], dtype=np.int64)
        mine = self.weights[numbers]
        lengths = self.starts[numbers + 1] - self.starts[numbers]
        before = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else lengths
        at = np.repeat(self.starts[numbers] - before, lengths) + np.arange(int(lengths.sum()))
        norm = float(np.sqrt(np.maximum(np.sum(mine**2), 1e-9)))
        shared = self.values[at] * np.repeat(mine / norm, lengths)
        return np.bincount(self.notes[at], weights=shared, minlength=self.size).astype(np.float32)

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """For storing."""
        return {
            "n_weights": self.weights, "n_starts": self.starts, "n_notes": self.notes, "n_values": self.values,
            "n_usual": self.usual, "n_pull": self.pull,
        }  # fmt: skip

    @classmethod
    def from_arrays(
        cls, words: list[str], codes: list[str], arrays: Mapping[str, npt.NDArray[np.generic]]
    ) -> "Neighbors":
        """Read what `arrays` gave."""
        return cls(
            words={word: number for number, word in enumerate(words)},
            codes=codes,
            weights=arrays["n_weights"].astype(np.float32),
            starts=arrays["n_starts"].astype(np.int64),
            notes=arrays["n_notes"].astype(np.int32),
            values=arrays["n_values"].astype(np.float32),
            usual=arrays["n_usual"].astype(np.float32),
            pull=arrays["n_pull"].astype(np.float32),
            size=len(arrays["n_pull"]),
        )


def _counts(word: str) -> bool:
    return "~" not in word and word.count(" ") < 2

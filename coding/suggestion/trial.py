"""Whether learning helps: what the earlier cases teach, tried on the later ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coding.suggestion.experience import NOTHING, Experience, FinalCase, learn_from
from coding.suggestion.knowledge import Knowledge

LEAST_TRIED = 20  # cases from which a trial says something
MOST_TRIED = 200  # notes read in a trial, so that it takes seconds


class Agreement(NamedTuple):
    """How far suggestions and final codes agree, over all diagnoses and services of some cases."""

    right: int
    suggested: int
    final: int

    @property
    def precision(self) -> float:
        """The share of suggested codes that are final."""
        return self.right / max(self.suggested, 1)

    @property
    def recall(self) -> float:
        """The share of final codes that were suggested."""
        return self.right / max(self.final, 1)

    @property
    def f1(self) -> float:
        """Both in one figure: their harmonic mean."""
        return 2 * self.right / max(self.suggested + self.final, 1)


@dataclass(frozen=True, slots=True)
class Trial:
    """Suggestions for the latest cases with nothing learned, and with what the cases before them taught."""

    cases: int
    without: Agreement
    learned: Agreement

    @property
    def harms(self) -> bool:
        """Whether suggestions agree less with the final codes than with nothing learned."""
        return self.learned.f1 < self.without.f1


def try_out(cases: Sequence[FinalCase], knowledge: Knowledge) -> Trial | None:
    """Learn from the earlier three quarters (`cases` are oldest first) and measure on the rest; None: too few."""
    if len(cases) < LEAST_TRIED:
        return None
    cut = len(cases) * 3 // 4
    later = cases[cut:][:MOST_TRIED]
    earlier = learn_from(cases[:cut], knowledge)
    return Trial(len(later), agreement(later, knowledge, NOTHING), agreement(later, knowledge, earlier))


def agreement(cases: Sequence[FinalCase], knowledge: Knowledge, experience: Experience) -> Agreement:
    """Compare what is suggested for each note with what its coder made final."""
    right = suggested = final = 0
    for case in cases:
        found = experience.suggest(case.note, knowledge)
        for group, codes in ((found.diagnoses, case.diagnoses), (found.procedures, case.procedures)):
            proposed = {one.code for one in group}
            right += len(proposed & set(codes))
            suggested += len(proposed)
            final += len(set(codes))
    return Agreement(right, suggested, final)

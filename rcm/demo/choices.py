"""Which visits a mistake can happen in: every scenario with every payer, tried once and weighted."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random

from rcm.demo.facts import Mistake, Payer, Person
from rcm.demo.mistakes import KINDS, Kind, Visit, planted_coding
from rcm.demo.notes import draw_values, right_coding
from rcm.demo.scenarios import SCENARIOS, SPECIALTY_WEIGHTS, Scenario

_COMMERCIAL_SHARES = {"HM001": 0.32, "CH001": 0.25, "SP001": 0.20, "UB001": 0.23}
_MEDICARE_AGE = 65
_LAST_AGE = {"medicaid": 64, "commercial": 68}


@dataclass(frozen=True, slots=True)
class Option:
    """A scenario with a payer, and the ages that fit both."""

    scenario: Scenario
    payer: Payer
    ages: tuple[int, int]


_Table = tuple[list[Option], list[float]]


class Choices:
    """Draws a scenario and a payer for a visit, such that the visit can carry a given mistake."""

    def __init__(self, payers: tuple[Payer, ...]) -> None:
        weighted = [(option, weight) for each in SCENARIOS for option, weight in _options(each, payers)]
        self._tables: dict[Kind | None, _Table] = {None: _table(weighted)}
        for kind in KINDS:
            fitting = [(option, weight) for option, weight in weighted if _can_carry(kind, option)]
            self._tables[kind] = _table(fitting)

    def draw(self, rng: Random, kind: Kind | None) -> Option:
        """One option, by weight."""
        options, sums = self._tables[kind]
        return options[min(bisect(sums, rng.random() * sums[-1]), len(options) - 1)]


def _table(weighted: list[tuple[Option, float]]) -> _Table:
    return [option for option, _ in weighted], list(accumulate(weight for _, weight in weighted))


def _options(scenario: Scenario, payers: tuple[Payer, ...]) -> Iterator[tuple[Option, float]]:
    specialty = [each for each in SCENARIOS if each.specialty == scenario.specialty]
    base = SPECIALTY_WEIGHTS[scenario.specialty] * scenario.weight / sum(each.weight for each in specialty)
    low, high = scenario.ages
    old = max(0, high - max(low, _MEDICARE_AGE) + 1) / (high - low + 1)
    for payer in payers:
        if payer.kind not in scenario.payers:
            continue
        if payer.kind == "medicare":
            ages, share = (max(low, _MEDICARE_AGE), high), old * 0.9
        else:
            medicaid = 0.38 if high < 19 else 0.17
            part = medicaid if payer.kind == "medicaid" else (1 - medicaid) * _COMMERCIAL_SHARES[payer.payer_id]
            ages, share = (low, min(high, _LAST_AGE[payer.kind])), (1 - old * 0.9) * part
        if ages[0] <= ages[1] and share > 0:
            yield Option(scenario, payer, ages), base * share


def _can_carry(kind: Kind, option: Option) -> bool:
    if kind.mistake == Mistake.INACTIVE_COVERAGE and option.payer.kind == "medicare":
        return False  # Medicare does not end
    rng, age = Random(0), option.ages[0]
    nobody = Person("", "", date.min, option.scenario.sex or "F")
    values = draw_values(rng, option.scenario, nobody, age)
    coding = right_coding(option.scenario, values, option.payer, age=age, is_new=False)
    return planted_coding(kind, Visit(option.scenario, values, option.payer, coding, age, is_new=False)) is not None

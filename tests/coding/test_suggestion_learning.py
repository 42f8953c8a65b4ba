"""What cases teach: found again in new notes, explained, stored and read back the same."""

from dataclasses import replace

import numpy as np
import pytest

from coding.suggestion.facts import NoteFacts, Policy
from coding.suggestion.learning import CodedNote, Learned, average_precision, best_threshold, learn
from coding.suggestion.prepared import prepare
from coding.suggestion.suggest import suggest
from tests.coding.suggestion_samples import small_knowledge

_OPENINGS = ("Seen today.", "Here again.", "Comes for a visit.", "Returns.", "Walk-in.")
_KINDS = (
    ("{} Zebra sign at the left ear.", ("H61.892",)),
    ("{} Hypertension at goal.", ("I10",)),
    ("{} Cough for a week, zebra sign too.", ("R05.9", "H61.892")),
    ("{} Obesity, wants to walk more.", ("E66.9",)),
)
CASES = [CodedNote(kind.format(opening), codes) for opening in _OPENINGS * 4 for kind, codes in _KINDS]


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn(CASES, small_knowledge())


def test_a_practices_own_phrase_is_learned(learned: Learned) -> None:
    ranked = learned.rank(prepare("Zebra sign seen.", small_knowledge()), small_knowledge())
    assert ranked[0][0] == "H61.892"
    assert ranked[0][1] > 0.5


def test_what_was_learned_is_explained_with_counts(learned: Learned) -> None:
    rules = {(phrase, code): (both, with_it) for phrase, code, both, with_it in learned.explain()}
    assert rules["zebra", "H61.892"] == (40, 40)


def test_a_learned_code_is_suggested_with_its_words(learned: Learned) -> None:
    text = "Assessment: zebra sign."
    found = suggest(NoteFacts(text=text), small_knowledge(), learned)
    (code,) = [d for d in found.diagnoses if d.code == "H61.892"]
    assert any("zebra" in text[span.start : span.end] for span in code.spans)
    assert "40 of 40 cases" in code.reason


def test_a_denied_condition_stays_withheld_after_learning(learned: Learned) -> None:
    found = suggest(NoteFacts(text="Assessment: obesity. No hypertension."), small_knowledge(), learned)
    assert [d.code for d in found.diagnoses] == ["E66.9"]


def test_stored_and_read_back_it_ranks_the_same(learned: Learned) -> None:
    again = Learned.from_bytes(learned.to_bytes())
    ready = prepare("Cough and zebra sign.", small_knowledge())
    assert again.rank(ready, small_knowledge()) == learned.rank(ready, small_knowledge())
    assert again.explain() == learned.explain()
    assert (again.cases, again.threshold, again.metrics) == (learned.cases, learned.threshold, learned.metrics)


def test_as_stated_counts_a_denied_finding_like_any_other() -> None:
    policy = Policy(as_stated=True)
    found = suggest(NoteFacts(text="No hypertension."), small_knowledge(), policy=policy)
    assert "I10" in [d.code for d in found.diagnoses]


def test_average_precision_counts_missing_codes_as_zero() -> None:
    assert average_precision(np.array([True, False, True]), 4) == pytest.approx((1 + 2 / 3) / 4)


def test_the_best_threshold_serves_f1() -> None:
    threshold, precision, recall, f1 = best_threshold([(0.9, True), (0.8, True), (0.3, False), (0.2, True)], 3)
    assert (threshold, precision, recall) == (0.2, 0.75, 1.0)
    assert f1 == pytest.approx(6 / 7)


def test_too_few_cases_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="needs 50 finalized cases; there are 3"):
        learn(CASES[:3], small_knowledge())


def test_what_another_version_learned_is_refused(learned: Learned) -> None:
    older = replace(learned, version=0)
    with pytest.raises(ValueError, match="Learn again"):
        Learned.from_bytes(older.to_bytes())

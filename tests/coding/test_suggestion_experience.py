"""A practice's experience: followed without bringing back what a note denies, stored, tried."""

from dataclasses import replace

import pytest

from coding.suggestion.experience import NOTHING, Experience, FinalCase, learn_from
from coding.suggestion.facts import NoteFacts, Suggestions
from coding.suggestion.habits import Decided
from coding.suggestion.learning import LEAST_CASES
from coding.suggestion.storage import pack, unpack
from coding.suggestion.trial import agreement, try_out
from tests.coding.suggestion_samples import small_knowledge

_SAYINGS = (
    ("Zebra sign at the knee.", ("M17.11",)),
    ("Hypertension at last reading, on lisinopril.", ("I10",)),
    ("Cough for a week.", ("R05.9",)),
    ("Obesity, wants to walk more.", ("E66.9",)),
)
DROPPED = tuple([Decided("R05.9", ("cough",), "dropped")] * 5)


def final_cases(count: int) -> list[FinalCase]:
    """Visits of a practice that codes a zebra sign as arthritis."""
    found = []
    for number in range(count):
        words, codes = _SAYINGS[number % 4]
        found.append(FinalCase(NoteFacts(text=f"Visit {number}. Assessment: {words}", age=55), codes, ()))
    return found


@pytest.fixture(scope="module")
def experience() -> Experience:
    return learn_from(final_cases(80), small_knowledge())


def suggested(experience: Experience, text: str) -> Suggestions:
    return experience.suggest(NoteFacts(text=text, age=55), small_knowledge())


def codes(experience: Experience, text: str) -> list[str]:
    return [one.code for one in suggested(experience, text).diagnoses]


def test_a_code_that_no_rule_finds_is_learned(experience: Experience) -> None:
    assert "M17.11" not in codes(NOTHING, "Assessment: zebra sign.")
    assert "M17.11" in codes(experience, "Assessment: zebra sign.")


@pytest.mark.parametrize(
    "words",
    [
        "No zebra sign.",
        "Zebra sign was ruled out.",
        "Rule out zebra sign.",
        "Possible zebra sign.",
        "Mother has a zebra sign.",
        "Family history: zebra sign.",
        "Return if zebra sign.",
    ],
)
def test_learned_words_that_the_note_denies_or_leaves_open_bring_no_code(experience: Experience, words: str) -> None:
    assert "M17.11" not in codes(experience, f"Assessment: {words} Obesity.")


@pytest.mark.parametrize("words", ["No cough.", "Denies cough or fever.", "Mother has hypertension.", "R/o pneumonia."])
def test_what_the_rules_withhold_stays_withheld(experience: Experience, words: str) -> None:
    text = f"Assessment: obesity. {words}"
    assert set(codes(experience, text)) <= set(codes(NOTHING, text))


def test_a_habit_puts_no_withheld_code_in_another_ones_place() -> None:
    replaced = [Decided("E66.9", ("Obesity",), "replaced", "R05.9")] * 6
    taught = learn_from([replace(case, decisions=tuple(replaced)) for case in final_cases(1)], small_knowledge())
    assert codes(taught, "Assessment: Obesity.") == ["R05.9"]
    assert codes(taught, "Assessment: Obesity. No cough.") == []


def test_few_cases_give_habits_and_no_ranking() -> None:
    taught = learn_from([replace(case, decisions=DROPPED) for case in final_cases(LEAST_CASES - 1)], small_knowledge())
    assert taught.ranking is None
    assert codes(taught, "Assessment: cough.") == []


def test_stored_and_read_back_it_says_the_same(experience: Experience) -> None:
    again = Experience.from_bytes(experience.to_bytes())
    text = "Assessment: zebra sign, cough."
    assert suggested(again, text) == suggested(experience, text)
    assert ("zebra sign", "M17.11", 20, 20) in again.phrases


def test_a_ranking_of_another_engine_is_left_aside(experience: Experience) -> None:
    stored = unpack(experience.to_bytes())
    older = Experience.from_bytes(pack(replace(stored, engine=0)))
    assert (older.ranking, older.phrases) == (None, experience.phrases)


@pytest.mark.parametrize("payload", [b"", b"[]", b"PK\x03\x04"])
def test_anything_else_is_refused_with_what_to_do(payload: bytes) -> None:
    with pytest.raises(ValueError, match="Run coding_learn again"):
        unpack(payload)


def test_a_trial_compares_with_nothing_learned() -> None:
    trial = try_out(final_cases(80), small_knowledge())
    assert trial is not None
    assert (trial.cases, trial.harms) == (20, False)
    assert trial.learned.recall > trial.without.recall
    assert try_out(final_cases(8), small_knowledge()) is None


def test_agreement_counts_codes_once() -> None:
    case = FinalCase(NoteFacts(text="Assessment: obesity.", age=55), ("E66.9", "I10"), ())
    found = agreement([case], small_knowledge(), NOTHING)
    assert found[:2] == (1, found.suggested)
    assert found.final == 2

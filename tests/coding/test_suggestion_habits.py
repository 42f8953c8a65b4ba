"""What a practice's coders make of suggestions is counted in plain words, and followed."""

import pytest

from coding.suggestion.facts import Span, Suggested, Suggestions
from coding.suggestion.habits import Decided, counted, follow, from_json, to_json

NOTE = "Type 2  diabetes, numb feet. Blood pressure up."
SUGAR, PRESSURE = Span(0, 16), Span(29, 46)


def suggested(code: str, span: Span, confidence: int = 80, pointers: tuple[int, ...] = ()) -> Suggested:
    return Suggested(
        system="icd10cm", code=code, confidence=confidence, spans=(span,), reason="Said.", pointers=pointers
    )


def taught(code: str, words: str, **times: int) -> list[Decided]:
    return [
        Decided(code, (words,), decision.partition("_")[0], decision.partition("_")[2].replace("_", "."))
        for decision, count in times.items()
        for _ in range(count)
    ]


FOUND = Suggestions(
    (suggested("E11.9", SUGAR), suggested("I10", PRESSURE)),
    (suggested("99213", PRESSURE, pointers=(1, 2)),),
)


def test_what_coders_accept_becomes_surer_and_what_they_drop_less_sure() -> None:
    habits = counted(
        taught("E11.9", "type 2 diabetes", accepted=6) + taught("I10", "blood pressure up", accepted=2, dropped=4)
    )
    diagnoses = follow(FOUND, NOTE, habits).diagnoses
    assert [(one.code, one.confidence) for one in diagnoses] == [("E11.9", 92), ("I10", 52)]


def test_what_coders_nearly_always_drop_is_withheld_and_says_why() -> None:
    habits = counted(taught("E11.9", "TYPE 2 diabetes", accepted=1, dropped=5))
    found = follow(FOUND, NOTE, habits)
    assert [one.code for one in found.diagnoses] == ["I10"]
    assert found.withheld[0].reason == "Coders here dropped it for “type 2 diabetes” in 5 of 6 cases."
    assert found.procedures[0].pointers == (1,)


def test_what_coders_nearly_always_replace_is_replaced() -> None:
    habits = counted(taught("E11.9", "type 2 diabetes", accepted=1, replaced_E11_42=5))
    first = follow(FOUND, NOTE, habits).diagnoses[0]
    assert (first.code, first.spans) == ("E11.42", (SUGAR,))
    assert first.reason == "Coders here chose it over E11.9 for “type 2 diabetes” in 5 of 6 cases."


def test_few_decisions_and_other_words_change_nothing() -> None:
    few = counted(taught("E11.9", "type 2 diabetes", dropped=3) + taught("I10", "hypertension", dropped=9))
    assert follow(FOUND, NOTE, few) == FOUND
    assert follow(FOUND, NOTE, {}) == FOUND


def test_habits_are_kept_as_readable_text() -> None:
    habits = counted(taught("E11.9", "type 2 diabetes", accepted=1, dropped=2, replaced_E11_42=3))
    kept = to_json(habits)
    assert b'["type 2 diabetes","E11.9",1,2,{"E11.42":3}]' in kept
    assert from_json(kept) == habits
    with pytest.raises(ValueError, match="no habits"):
        from_json(b"[]")

"""What a note denies, doubts, remembers or says of others is never coded; what it affirms is, however it is worded."""

from functools import cache

import pytest

from bench.reference_terms import tabular_rows
from coding.suggestion.facts import NoteFacts
from coding.suggestion.knowledge import Knowledge, compile_knowledge
from coding.suggestion.suggest import suggest
from tests.coding import context_sentences as told


@cache
def whole_code_set() -> Knowledge:
    return compile_knowledge(tabular_rows(), ())


def _rows(table: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    rows = []
    for line in table.strip().splitlines():
        if line.endswith("|"):
            line += " "
        text, right, wrong = line.rsplit("|", 2)
        rows.append((text.strip().replace("\\n", "\n"), tuple(right.split()), tuple(wrong.split())))
    return rows


def _codes(text: str, setting: str = "outpatient") -> list[str]:
    return [d.code for d in suggest(NoteFacts(text=text, setting=setting), whole_code_set()).diagnoses]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [row for table in told.ALL for row in _rows(table)],
)
def test_only_what_is_affirmed_of_the_patient_is_coded(
    text: str, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    for note in (text,) if ":\n" in text else (text, f"Assessment: {text}"):
        found = _codes(note)
        assert [r for r in right if not any(code.startswith(r) for code in found)] == [], (note, found)
        assert [code for code in found if wrong and code.startswith(wrong)] == [], (note, found)


@pytest.mark.parametrize("word", ["probable", "suspected", "likely", "possible", "rule out"])
def test_an_uncertain_diagnosis_is_coded_at_discharge_from_hospital(word: str) -> None:
    assert _codes(f"Discharge diagnosis: {word} pneumonia.", "inpatient") == ["J18.9"]


@pytest.mark.parametrize(
    "text",
    [
        "pneumonia ruled out",
        "no pneumonia",
        "pneumonia was excluded by CT",
        "pneumonia considered at first but not supported",
        "pneumonia suspected, later dismissed",
    ],
)
def test_what_was_ruled_out_in_hospital_is_not(text: str) -> None:
    assert "J18.9" not in _codes(f"Discharge diagnosis: cough, {text}.", "inpatient")

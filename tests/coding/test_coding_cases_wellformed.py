"""Our own coding cases: codes exist and are billable, words stand in the note, traps of every kind are there.

A case that contradicts itself would judge the suggestions wrongly, so each rule is tried on every case.
"""

from collections import Counter
from pathlib import Path

import pytest
import simple_icd_10_cm as icd

from bench.coding_cases.notation import TRAP_KINDS, Case, MalformedCase, cases_of, held_out_cases, open_cases
from coding.catalogue import PROCEDURES

OPEN = open_cases()
HELD_OUT = held_out_cases()
CASES = OPEN + HELD_OUT
KNOWN_PROCEDURES = {procedure.code for procedure in PROCEDURES}
EACH_CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
"""Number of cases that each file set must hold in all, open and held out together."""
FEWEST = {
    "behavioral_health": 28,
    "cardiology": 30,
    "dermatology": 28,
    "family_medicine": 48,
    "gastroenterology": 28,
    "inpatient": 28,
    "orthopedics": 32,
    "pediatrics": 18,
    "pulmonology_endocrinology": 20,
    "urgent_care": 22,
    "womens_health": 18,
}


def accepted(case: Case) -> list[str]:
    return [code for right in case.codes for code in (right.code, *right.alternatives)]


def billable(code: str) -> bool:
    return "-" not in code and icd.is_valid_item(code) and icd.is_leaf(code)


@EACH_CASE
def test_every_code_exists_and_is_billable(case: Case) -> None:
    named = accepted(case) + [code for code in case.also_ok if code not in KNOWN_PROCEDURES]
    assert [code for code in named if not billable(code)] == []
    assert [trap.code for trap in case.traps if not icd.is_valid_item(trap.code)] == []
    assert {code for done in case.procedures for code in (done.code, *done.alternatives)} <= KNOWN_PROCEDURES


@EACH_CASE
def test_every_word_of_evidence_and_of_a_trap_stands_in_the_note(case: Case) -> None:
    told = [coded.evidence for coded in case.codes] + [service.evidence for service in case.procedures]
    assert all(told)
    quoted = [words for evidence in told for words in evidence] + [trap.words for trap in case.traps]
    assert [words for words in quoted if words not in case.note] == []


@EACH_CASE
def test_no_code_is_both_right_and_wrong(case: Case) -> None:
    right = [coded.code for coded in case.codes]
    assert right
    assert len(accepted(case)) == len(set(accepted(case)))
    assert all(case.judges(code) for code in accepted(case))
    assert set(case.also_first) <= set(right[1:])
    for trap in case.traps:
        if trap.kind == "sequencing":
            assert trap.code in set(right[1:]) - set(case.also_first), "a right code that may not stand first"
        else:
            assert trap.code not in accepted(case)
            assert case.judges(trap.code)


@EACH_CASE
def test_right_codes_do_not_exclude_each_other(case: Case) -> None:
    right = [coded.code for coded in case.codes]
    assert [(code, note) for code in right for note in _excluded(code) if _names_one_of(note, right)] == []


def test_ids_are_unique_and_the_sets_are_large_enough() -> None:
    assert [case_id for case_id, count in Counter(case.id for case in CASES).items() if count > 1] == []
    assert len(CASES) >= 320
    assert 0.2 <= len(HELD_OUT) / len(CASES) <= 0.3
    by_specialty = Counter(case.specialty for case in CASES)
    assert {name: by_specialty[name] for name, fewest in FEWEST.items() if by_specialty[name] < fewest} == {}
    assert set(by_specialty) == set(FEWEST)
    assert {case.specialty for case in HELD_OUT} == set(FEWEST)


def test_every_kind_of_trap_is_met_often_enough_to_judge_by() -> None:
    met = Counter(trap.kind for case in CASES for trap in case.traps)
    assert {kind: met[kind] for kind in TRAP_KINDS if met[kind] < 8} == {}
    assert sum(bool(case.traps) for case in CASES) >= 0.4 * len(CASES)
    assert sum(bool(case.procedures) for case in CASES) >= 0.3 * len(CASES)
    assert sum(case.setting == "inpatient" for case in CASES) >= 28


def test_a_line_that_the_notation_does_not_know_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "family_medicine.txt"
    path.write_text("=== fm-900 | 40y F\nCough.\n---\ndiagnosis R05.9 | Cough\n", encoding="utf-8")
    with pytest.raises(MalformedCase, match="family_medicine.txt, case at line 1"):
        list(cases_of(path))


def _excluded(code: str) -> list[str]:
    """What the code, its parents and their chapter forbid beside it (Excludes1)."""
    return [note for item in (code, *icd.get_ancestors(code)) for note in icd.get_excludes1(item)]


def _names_one_of(note: str, codes: list[str]) -> bool:
    """Whether the note names one of the codes in full: '(I10)'. Ranges and categories need a coder's eye."""
    return any(f"({code})" in note for code in codes)

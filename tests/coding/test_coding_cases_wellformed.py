"""Our own coding cases: codes exist and are billable, words stand in the note, traps of every kind are there.

A case that contradicts itself would judge the suggestions wrongly, so each rule is tried on every case; what a failing
test prints is the cases at fault by id.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import simple_icd_10_cm as icd

from bench.coding_cases.notation import (
    TRAP_KINDS,
    Case,
    MalformedCase,
    cases_of,
    held_out_cases,
    open_cases,
    sealed_cases,
)
from coding.catalogue import PROCEDURES

HELD_OUT = held_out_cases()
CASES = open_cases() + HELD_OUT
SEALED = sealed_cases()
FRESH = [case for case in CASES if case.id.startswith("n-")]
KNOWN_PROCEDURES = {procedure.code for procedure in PROCEDURES}
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
"""Cases that each specialty must hold, open and held out together. Smaller ones share `fresh_specialties.txt`."""


def faults(fault_of: Callable[[Case], list[str]]) -> dict[str, list[str]]:
    return {case.id: found for case in CASES + SEALED if (found := fault_of(case))}


def accepted(case: Case) -> list[str]:
    return [code for right in case.codes for code in (right.code, *right.alternatives)]


def billable(code: str) -> bool:
    return "-" not in code and icd.is_valid_item(code) and icd.is_leaf(code)


def test_every_code_exists_and_is_billable() -> None:
    def unknown(case: Case) -> list[str]:
        done = [code for service in case.procedures for code in (service.code, *service.alternatives)]
        named = accepted(case) + [code for code in case.also_ok if code not in KNOWN_PROCEDURES]
        return [
            *(code for code in named if not billable(code)),
            *(trap.code for trap in case.traps if not icd.is_valid_item(trap.code)),
            *(code for code in done if code not in KNOWN_PROCEDURES),
        ]

    assert faults(unknown) == {}


def test_every_word_of_evidence_and_of_a_trap_stands_in_the_note() -> None:
    def not_in_note(case: Case) -> list[str]:
        quoted = [trap.words for trap in case.traps]
        for right in case.codes:
            quoted.extend(right.evidence or ["no evidence"])
        for service in case.procedures:
            quoted.extend(service.evidence or ["no evidence"])
        return [words for words in quoted if words not in case.note]

    assert faults(not_in_note) == {}


def test_no_code_is_both_right_and_wrong() -> None:
    def contradictions(case: Case) -> list[str]:
        right = accepted(case)
        wrong = [trap.code for trap in case.traps if trap.kind != "sequencing"]
        twice = [code for code, count in Counter(right).items() if count > 1]
        return [*twice, *set(right).intersection(wrong), *(code for code in (*right, *wrong) if not case.judges(code))]

    assert faults(contradictions) == {}


def test_only_a_right_code_that_may_not_stand_first_is_a_trap_of_sequence() -> None:
    def misplaced(case: Case) -> list[str]:
        later = {right.code for right in case.codes[1:]}
        out_of_order = {trap.code for trap in case.traps if trap.kind == "sequencing"}
        return [*(set(case.also_first) - later), *(out_of_order - later), *(out_of_order & set(case.also_first))]

    assert faults(misplaced) == {}


def test_right_codes_do_not_exclude_each_other() -> None:
    """Codes named in full only, such as '(I10)': a range in an Excludes1 note needs a coder's eye."""

    def excluded(case: Case) -> list[str]:
        right = [coded.code for coded in case.codes]
        notes = [(code, note) for code in right for item in _family(code) for note in icd.get_excludes1(item)]
        return [f"{code}: {note}" for code, note in notes if any(f"({other})" in note for other in right)]

    assert faults(excluded) == {}


def test_ids_are_unique_and_every_specialty_has_its_cases() -> None:
    by_specialty = Counter(case.specialty for case in CASES)
    assert [case_id for case_id, count in Counter(case.id for case in CASES + SEALED).items() if count > 1] == []
    assert {name: by_specialty[name] for name, fewest in FEWEST.items() if by_specialty[name] < fewest} == {}
    assert set(by_specialty) - {"specialties"} == {case.specialty for case in HELD_OUT} == set(FEWEST)
    assert len(CASES) >= 460
    assert 0.2 <= len(HELD_OUT) / (len(CASES) - len(FRESH)) <= 0.3


def test_the_sealed_set_covers_every_specialty_and_shares_no_note_with_the_others() -> None:
    assert len(SEALED) >= 90
    assert all(case.id.startswith("s-") for case in SEALED)
    assert {case.specialty for case in SEALED} == set(FEWEST)
    assert {case.note for case in SEALED}.isdisjoint(case.note for case in CASES)


def test_every_kind_of_trap_is_met_often_enough_to_judge_by() -> None:
    met = Counter(trap.kind for case in CASES for trap in case.traps)
    assert {kind: met[kind] for kind in TRAP_KINDS if met[kind] < 8} == {}
    assert {trap.kind for case in HELD_OUT for trap in case.traps} == set(TRAP_KINDS)
    assert sum(bool(case.procedures) for case in CASES) >= len(CASES) / 3
    assert sum(case.setting == "inpatient" for case in CASES) >= 28


def test_a_line_that_the_notation_does_not_know_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "family_medicine.txt"
    path.write_text("=== fm-900 | 40y F\nCough.\n---\ndiagnosis R05.9 | Cough\n", encoding="utf-8")
    with pytest.raises(MalformedCase, match="family_medicine.txt, case at line 1"):
        list(cases_of(path))


def _family(code: str) -> list[str]:
    """The code, its parents and their chapter: an exclusion stands at any of them."""
    return [code, *icd.get_ancestors(code)]

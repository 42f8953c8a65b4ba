"""Every code of the demo is real, priced and worded; every note holds the words its codes rest on."""

import itertools
import re
from collections.abc import Iterator
from random import Random

import pytest
import simple_icd_10_cm as icd

from coding.catalogue import PROCEDURES
from rcm.demo.facts import Person, World
from rcm.demo.mistakes import KINDS
from rcm.demo.notes import draw_values, evidence_of, right_coding, write_note
from rcm.demo.payers import COVERED_DIAGNOSES, build_payers
from rcm.demo.prices import CHARGES, fee_schedule
from rcm.demo.scenarios import SCENARIOS, SPECIALTY_WEIGHTS, Scenario

from .conftest import TODAY


def spelled_out(scenario: Scenario, template: str) -> Iterator[str]:
    """Every code that a template with slots can become."""
    names = set(re.findall(r"\{(\w+)\}", template))
    choices = [
        [{name: one} if isinstance(one, str) else dict(one) for one in options]
        for name, options in scenario.slots.items()
        if names & ({name} | {key for one in options if not isinstance(one, str) for key in one})
    ]
    for combination in itertools.product(*choices):
        values = {key: value for one in combination for key, value in one.items()}
        yield template.format_map(values)


def billable(code: str) -> bool:
    return bool(icd.is_valid_item(code) and icd.is_leaf(code))


def test_there_are_ten_scenarios_or_more_in_each_of_six_specialties() -> None:
    counts = {name: sum(each.specialty == name for each in SCENARIOS) for name in SPECIALTY_WEIGHTS}
    assert len(counts) == 6
    assert min(counts.values()) >= 10
    assert len({each.key for each in SCENARIOS}) == len(SCENARIOS) >= 60


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.key)
def test_diagnosis_codes(scenario: Scenario) -> None:
    for one in scenario.dx:
        for code in spelled_out(scenario, one.code):
            assert billable(code), code
        for code in spelled_out(scenario, one.vague) if one.vague else ():
            assert billable(code), code
        for code in spelled_out(scenario, one.stale) if one.stale else ():
            assert not billable(code), code


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.key)
def test_note_holds_the_evidence(scenario: Scenario) -> None:
    payer = next(each for each in build_payers() if each.kind in scenario.payers)
    person = Person("A", "B", TODAY, scenario.sex or "M")
    for seed in range(25):
        values = draw_values(Random(seed), scenario, person, scenario.ages[0])
        note = write_note(scenario, values, is_new=False, referring=None)
        coding = right_coding(scenario, values, payer, age=scenario.ages[0], is_new=False)
        for evidence in evidence_of(scenario, values, coding):
            assert evidence.phrases
            for phrase in evidence.phrases:
                assert phrase in note
        assert "{" not in note
        assert len(scenario.reason.format_map(values)) <= 120


def test_notes_have_their_sections_and_vary(world: World) -> None:
    for each in world.encounters:
        titles = [line for line in each.note.splitlines() if line in ("Reason for visit", "History", "Exam")]
        assert titles == ["Reason for visit", "History", "Exam"]
        assert "\n\nAssessment and plan\n1. " in each.note
    originals = [each.note for each in world.encounters if each.duplicate_of is None]
    assert len(set(originals)) > 0.97 * len(originals)


def test_evidence_covers_every_diagnosis(world: World) -> None:
    for each in world.encounters:
        assert set(each.true_codes.diagnoses) <= {one.code for one in each.evidence}
        assert all(phrase in each.note for one in each.evidence for phrase in one.phrases)


def test_every_service_is_worded_and_priced(large_world: World) -> None:
    known = {each.code for each in PROCEDURES}
    assert len(known) == len(PROCEDURES) >= 90
    assert set(CHARGES) == known
    for each in large_world.encounters:
        for line in (*each.true_codes.lines, *each.entered_codes.lines):
            assert line.code in known


def test_wordings_are_short() -> None:
    assert all(2 <= len(each.wording.split()) <= 8 and len(each.wording) <= 44 for each in PROCEDURES)


def test_payers_allow_less_than_is_charged() -> None:
    for payer in build_payers():
        assert all(0 < amount < CHARGES[code] for code, amount in fee_schedule(payer.payer_id).items())


def test_payers_price_what_their_members_get(large_world: World) -> None:
    schedules = {each.payer_id: each.fee_schedule for each in large_world.payers}
    for each in large_world.encounters:
        assert all(line.code in schedules[each.payer_id] for line in each.true_codes.lines)


def test_policies_name_real_diagnoses() -> None:
    for prefixes in COVERED_DIAGNOSES.values():
        assert all(icd.is_valid_item(prefix) for prefix in prefixes)


def test_pointers_point_at_diagnoses(large_world: World) -> None:
    for each in large_world.encounters:
        for line in each.true_codes.lines:
            assert line.pointers
            assert all(1 <= place <= len(each.true_codes.diagnoses) for place in line.pointers)
            assert len(line.pointers) <= 4
            assert line.units >= 1


def test_kinds_of_mistakes_are_told_apart() -> None:
    assert len({(each.mistake, each.variant) for each in KINDS}) == len(KINDS)

"""Signed visits become coding cases, at a cost that depends on what is due only."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coding.models import CodeSystem, CodingCase, ReleaseKind
from coding.queries import codes_of, expected_amounts
from coding.stages import open_cases, suggest_codes
from compliance.models import Practice
from compliance.scope import practice_scope
from encounters.domain.status import EncounterStatus
from encounters.models import Encounter
from tests.builders import NOW, a_patient, a_release, a_visit, add_codes
from tests.coding.samples import NOTE, load_samples, waiting_case
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db
HISTORY = 600


def test_a_signed_visit_gets_one_case_and_leaves_the_stages_sight(practice: Practice) -> None:
    with practice_scope(practice.pk):
        visit = a_visit(practice)
        unsigned = a_visit(practice, patient=visit.patient, status=EncounterStatus.OPEN, closed_at=None)
    assert [open_cases.run(practice.pk, NOW) for _ in range(2)] == [1, 0]
    with practice_scope(practice.pk):
        assert CodingCase.objects.get().encounter == visit
        visit.refresh_from_db()
        unsigned.refresh_from_db()
        assert (visit.handed_on_at, unsigned.handed_on_at) == (NOW, None)


def test_what_was_handed_on_long_ago_is_not_looked_at(practice: Practice) -> None:
    with practice_scope(practice.pk):
        patient = a_patient(practice)
        first = a_visit(practice, patient=patient)
        fields = {"practice": practice, "patient": patient, "provider": first.provider, "location": first.location}
        Encounter.objects.bulk_create(
            Encounter(
                external_id=f"OLD{n}", note="x" * 400, status=EncounterStatus.CLOSED, service_date=first.service_date,
                created_at=NOW, closed_at=NOW - timedelta(days=n), handed_on_at=NOW, **fields,
            )
            for n in range(HISTORY)
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE encounters_encounter")
    with practice_scope(practice.pk):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert open_cases.due(practice.pk, NOW, 100, ()) == [first.pk]
        (query,) = [each["sql"] for each in seen if "FOR UPDATE" in each["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
            plan = cursor.fetchone()[0]
    plan = plan if isinstance(plan, list) else json.loads(plan)
    assert looked_at(plan[0]["Plan"]) <= 2


def looked_at(node: dict[str, Any]) -> int:
    """Rows of visits that a plan reads, those it throws away included."""
    own = 0
    if node.get("Relation Name") == Encounter._meta.db_table:
        own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return int(own) * int(node["Actual Loops"]) + sum(looked_at(each) for each in node.get("Plans", ()))


@pytest.fixture
def opened(practice: Practice) -> CodingCase:
    load_samples()
    with practice_scope(practice.pk):
        return waiting_case(practice, note=NOTE)


def test_a_note_becomes_proposed_codes_once(practice: Practice, opened: CodingCase) -> None:
    assert [suggest_codes.run(practice.pk, NOW) for _ in range(2)] == [1, 0]
    with practice_scope(practice.pk):
        case = CodingCase.objects.get(pk=opened.pk)
        found = case.suggestions.filter(withheld=False)
        assert "I10" in found.values_list("code", flat=True)
        assert (case.suggested_at, case.lowest_confidence) == (NOW, min(row.confidence for row in found))
        words = [NOTE[start:end] for start, end in found.get(code="I10").spans]
        assert any("ypertension" in text for text in words)
        assert "I10" in codes_of(case).diagnoses
        worth = WorkItem.objects.get(subject_id=case.pk).amount
        assert worth == sum(expected_amounts([case.pk]).values())


def test_a_case_without_a_note_is_left_to_its_coder(practice: Practice) -> None:
    load_samples()
    with practice_scope(practice.pk):
        case = waiting_case(practice, note="")
    assert [suggest_codes.run(practice.pk, NOW) for _ in range(2)] == [1, 0]
    with practice_scope(practice.pk):
        case.refresh_from_db()
        assert (case.suggested_at, case.lowest_confidence, case.revision) == (NOW, None, 0)


def test_many_notes_cost_as_much_as_one(practice: Practice, opened: CodingCase) -> None:
    suggest_codes.run(practice.pk, NOW)
    spent = []
    for size in (1, 20):
        with practice_scope(practice.pk):
            for _ in range(size):
                waiting_case(practice, note=NOTE)
        with CaptureQueriesContext(connection) as seen:
            assert suggest_codes.run(practice.pk, NOW) == size
        spent.append(len(seen))
    assert spent[0] == spent[1]


def test_a_newly_loaded_release_is_read_without_a_restart(practice: Practice, opened: CodingCase) -> None:
    suggest_codes.run(practice.pk, NOW)
    newer = a_release(ReleaseKind.ICD10CM, name="newer", effective_from=NOW.date() - timedelta(days=60))
    add_codes(CodeSystem.ICD10CM, {"J45.909": "Unspecified asthma, uncomplicated"}, newer)
    with practice_scope(practice.pk):
        case = waiting_case(practice, note="Assessment\n1. Unspecified asthma, uncomplicated. Albuterol as needed.")
    suggest_codes.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        diagnoses = case.suggestions.filter(system=CodeSystem.ICD10CM)
        assert list(diagnoses.values_list("code", flat=True)) == ["J45.909"]

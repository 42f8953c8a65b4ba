"""How a stage runs: chunks, what fails, what is left for a person."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest
from django.db import connection

from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from encounters.domain.status import EncounterStatus
from encounters.models import Encounter
from tests.builders import NOW, a_visit
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.operations import close_item
from worklist.stages import Stage


class Poison(Exception):
    """What a bad row raises."""


def due(practice_id: int, now: datetime, limit: int, skip: Sequence[int]) -> list[int]:
    rows = Encounter.objects.filter(practice_id=practice_id, status=EncounterStatus.OPEN).exclude(pk__in=skip)
    return list(rows.order_by("pk").select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])


def close(practice_id: int, ids: Sequence[int], now: datetime) -> None:
    rows = Encounter.objects.filter(pk__in=ids)
    rows.update(status=EncounterStatus.CLOSED)
    if rows.filter(reason="poison").exists():
        raise Poison("Okafor, Denise")


STAGE = Stage(name="close_visits", subject="encounters.encounter", due=due, advance=close, chunk=3)


@pytest.fixture
def visits(practice: Practice) -> list[Encounter]:
    with practice_scope(practice.pk):
        return [a_visit(practice, status=EncounterStatus.OPEN) for _ in range(7)]


def still_open(practice: Practice) -> list[int]:
    with practice_scope(practice.pk):
        return list(Encounter.objects.filter(status=EncounterStatus.OPEN).values_list("pk", flat=True))


def test_everything_due_is_advanced_in_chunks(practice: Practice, visits: list[Encounter]) -> None:
    assert list(STAGE.chunks(practice.pk, NOW)) == [3, 3, 1]
    assert still_open(practice) == []
    assert STAGE.run(practice.pk, NOW) == 0


def test_another_practice_is_left_alone(practice: Practice, other_practice: Practice, visits: list[Encounter]) -> None:
    assert STAGE.run(other_practice.pk, NOW) == 0
    assert len(still_open(practice)) == 7


def test_a_bad_row_becomes_work_and_the_good_ones_land(
    practice: Practice, visits: list[Encounter], caplog: pytest.LogCaptureFixture
) -> None:
    bad = visits[4]
    with practice_scope(practice.pk):
        Encounter.objects.filter(pk=bad.pk).update(reason="poison")
    STAGE.run(practice.pk, NOW)
    assert still_open(practice) == [bad.pk]
    with practice_scope(practice.pk):
        item = WorkItem.objects.get()
    assert (item.kind, item.subject_id) == (Kind.STAGE_FAILED, bad.pk)
    assert "Poison" in item.reason
    assert "Okafor" not in caplog.text + item.reason


def test_a_bad_row_is_tried_again_when_a_person_closed_its_work(
    practice: Practice, visits: list[Encounter], person: Callable[..., User]
) -> None:
    with practice_scope(practice.pk):
        Encounter.objects.filter(pk=visits[0].pk).update(reason="poison")
    STAGE.run(practice.pk, NOW)
    assert STAGE.run(practice.pk, NOW) == 0
    with practice_scope(practice.pk):
        Encounter.objects.filter(pk=visits[0].pk).update(reason="cured")
        close_item(
            item_id=WorkItem.objects.get().pk, outcome="Corrected", actor=person(Role.SUPERVISOR, practice), now=NOW
        )
    assert STAGE.run(practice.pk, NOW) == 1
    assert still_open(practice) == []


def test_the_number_of_statements_does_not_grow_with_the_chunk(practice: Practice, visits: list[Encounter]) -> None:
    def statements(chunk: int) -> int:
        stage = Stage(name="close_visits", subject="encounters.encounter", due=due, advance=close, chunk=chunk)
        before = len(connection.queries_log)
        next(stage.chunks(practice.pk, NOW))
        return len(connection.queries_log) - before

    connection.force_debug_cursor = True
    try:
        assert statements(1) == statements(5)
    finally:
        connection.force_debug_cursor = False

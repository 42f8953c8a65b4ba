"""Numbers that are given out once, to many hands at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from claims.operations.control_numbers import next_numbers
from compliance.models import Practice
from compliance.scope import practice_scope

HANDS, TAKES = 6, 15


class Undone(Exception):
    """The transaction that took the numbers is rolled back."""


def take(practice_id: int, hand: int) -> list[int]:
    """What a hand takes in many transactions; every third one is rolled back."""
    kept: list[int] = []
    try:
        for turn in range(TAKES):
            try:
                with practice_scope(practice_id), transaction.atomic():
                    numbers = next_numbers(practice_id, "interchange", 1 + (hand + turn) % 3)
                    if turn % 3 == 2:
                        raise Undone
                    kept += numbers
            except Undone:
                continue
    finally:
        connection.close()
    return kept


@pytest.mark.django_db(transaction=True)
def test_many_hands_take_numbers_without_a_gap_or_a_double(practice: Practice) -> None:
    with ThreadPoolExecutor(HANDS) as hands:
        taken = [number for kept in hands.map(take, [practice.pk] * HANDS, range(HANDS)) for number in kept]
    assert sorted(taken) == list(range(1, len(taken) + 1))
    assert len(taken) == sum(1 + (hand + turn) % 3 for hand in range(HANDS) for turn in range(TAKES) if turn % 3 != 2)

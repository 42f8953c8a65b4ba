"""Idempotency keys under the worst timing: two requests with one key at once."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from compliance.api import once
from compliance.models import IdempotencyKey, Practice
from compliance.scope import practice_scope


def request_with(key: str) -> Request:
    made = RequestFactory().post(
        "/api/v1/things/", data="{}", content_type="application/json", HTTP_IDEMPOTENCY_KEY=key
    )
    return Request(made, parsers=[JSONParser()])


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_simultaneous_requests_gets_the_first_ones_answer(practice: Practice) -> None:
    inside, answers, done = threading.Event(), [], []

    def carry_out() -> tuple[int, dict[str, Any]]:
        done.append("carried out")
        return 201, {"number": len(done)}

    def second() -> None:
        try:
            inside.set()
            with practice_scope(practice.pk):
                answers.append(once(request_with("key-0001"), practice.pk, carry_out))
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with practice_scope(practice.pk):
        first = once(request_with("key-0001"), practice.pk, carry_out)
        other.start()
        assert inside.wait(10)
    other.join(10)
    assert done == ["carried out"]
    assert first.data == answers[0].data == {"number": 1}
    assert answers[0].headers["Idempotent-Replayed"] == "true"
    with practice_scope(practice.pk):
        assert IdempotencyKey.objects.count() == 1

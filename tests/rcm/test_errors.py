"""What people and programs get when there is nothing."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_program_gets_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/nothing/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "There is no such address."


@pytest.mark.django_db
def test_a_person_gets_a_page(client: Client) -> None:
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    assert "text/html" in answer["Content-Type"]

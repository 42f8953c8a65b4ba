"""Codes on their day: one that was deleted is known as deleted, one to come as to come."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coding.domain.checks import KnownCode, out_of_force
from coding.models import CodeSystem, ReleaseKind
from coding.queries import known_codes, known_on, wordings
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from tests.builders import a_release, add_codes
from tests.coding.samples import load_samples, waiting_case

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2026, 9, 30), date(2026, 10, 1)


@pytest.fixture(autouse=True)
def two_releases() -> None:
    """On October 1, 2026 M25.561 is split in two, and M25.562 is new under another heading."""
    old = a_release(ReleaseKind.ICD10CM)
    new = a_release(ReleaseKind.ICD10CM, name="FY2027", effective_from=AFTER)
    for release in (old, new):
        add_codes(CodeSystem.ICD10CM, {"M25.56": "Pain in knee"}, release, billable=False)
        add_codes(CodeSystem.ICD10CM, {"M25.569": "Pain in unspecified knee"}, release, parent="M25.56")
    add_codes(CodeSystem.ICD10CM, {"M25.561": "Pain in right knee"}, old, parent="M25.56")
    split = {"M25.56A": "Pain in right kneecap", "M25.56B": "Pain in right knee joint"}
    add_codes(CodeSystem.ICD10CM, split, new, parent="M25.56")


def test_a_deleted_code_says_since_when_and_what_took_its_place() -> None:
    assert known_on(BEFORE, ["M25.561"]) == {"M25.561": KnownCode(True, True, "Pain in right knee")}
    gone = known_on(AFTER, ["M25.561"])["M25.561"]
    assert (gone.deleted_on, gone.use) == (AFTER, ("M25.56A", "M25.56B"))
    says = ("M25.561 was deleted on 10/01/2026.", "Use M25.56A or M25.56B.")
    assert out_of_force("M25.561", gone) == says


def test_a_code_to_come_says_when() -> None:
    coming = known_on(BEFORE, ["M25.56A"])["M25.56A"]
    assert coming.begins_on == AFTER
    assert out_of_force("M25.56A", coming)[0] == "M25.56A begins on 10/01/2026."


def test_a_code_of_no_release_is_unknown() -> None:
    assert known_on(AFTER, ["Z99.99"]) == {}


def test_many_days_and_codes_cost_as_much_as_one() -> None:
    days = [date(2026, month, 5) for month in range(1, 13)]
    spent = []
    for asked in ({AFTER: ["M25.561"]}, {day: ["M25.561", "M25.56A", "M25.569", "Z99.99"] for day in days}):
        with CaptureQueriesContext(connection) as queries:
            known = known_codes(asked)
        spent.append(len(queries))
    assert spent == [4, 4]
    assert [known[day]["M25.561"].holds for day in days] == [True] * 9 + [False] * 3
    assert all(known[day]["M25.569"].holds for day in days)


def test_an_old_code_keeps_its_words() -> None:
    assert wordings(["M25.561", "M25.56A"], BEFORE)["M25.561"] == "Pain in right knee"
    assert wordings(["M25.561"], AFTER) == {"M25.561": "Pain in right knee"}


def test_a_coder_is_told_what_took_a_codes_place(
    client: Client, practice: Practice, person: Callable[..., User]
) -> None:
    load_samples()
    client.force_login(person(Role.CODER, practice))
    with practice_scope(practice.pk):
        case = waiting_case(practice, diagnoses=("M25.561",), service_date=date(2026, 10, 2))
    page = client.get(reverse("case_detail", args=[case.pk])).content.decode()
    assert "M25.561 was deleted on 10/01/2026." in page
    assert "Use M25.56A or M25.56B." in page

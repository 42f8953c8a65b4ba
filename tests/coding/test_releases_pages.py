"""The pages of code sets: what is loaded, what a release changes, and which open cases it concerns."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coding.domain.status import CaseStatus
from coding.models import CodeSystem, Release, ReleaseKind
from coding.queries import impact_of
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests.builders import a_case, a_release, add_codes

pytestmark = pytest.mark.django_db

FIRST_DAY = date(2026, 10, 1)


@pytest.fixture
def release() -> Release:
    """Deletes M17.11, makes I10 a heading, gives E11.9 other words, leaves J02.0."""
    old, new = a_release(ReleaseKind.ICD10CM), a_release(ReleaseKind.ICD10CM, name="FY2027", effective_from=FIRST_DAY)
    words = {"M17.11": "Right knee", "I10": "Hypertension", "E11.9": "Type 2 diabetes", "J02.0": "Strep throat"}
    add_codes(CodeSystem.ICD10CM, words, old)
    add_codes(CodeSystem.ICD10CM, {"E11.9": "Type 2 diabetes, plain", "J02.0": "Strep throat"}, new)
    add_codes(CodeSystem.ICD10CM, {"I10": "Hypertension"}, new, billable=False)
    return new


def case(practice: Practice, *diagnoses: str, day: date = FIRST_DAY, status: CaseStatus = CaseStatus.OPEN) -> int:
    return a_case(practice, diagnoses=diagnoses, procedures=(), status=status, service_date=day).pk


def test_open_cases_of_the_releases_days_are_found_by_what_changed(practice: Practice, release: Release) -> None:
    with practice_scope(practice.pk):
        first = case(practice, "J02.0", "M17.11", "I10")
        second = case(practice, "E11.9")
        case(practice, "M17.11", day=date(2026, 9, 30))
        case(practice, "M17.11", status=CaseStatus.FINALIZED)
        found = impact_of(release)
    assert [(each.case.pk, each.code, each.deleted, each.says) for each in found] == [
        (first, "M17.11", True, "Deleted. Look for the code that took its place."),
        (first, "I10", False, "Now only a heading. Choose the more specific code under it."),
        (second, "E11.9", False, "Now reads: Type 2 diabetes, plain"),
    ]


def test_another_practices_cases_are_not_named(practice: Practice, other_practice: Practice, release: Release) -> None:
    with practice_scope(other_practice.pk):
        case(other_practice, "M17.11")
    with practice_scope(practice.pk):
        assert impact_of(release) == []


def test_a_first_release_and_one_without_codes_concern_nobody(practice: Practice, release: Release) -> None:
    with practice_scope(practice.pk):
        case(practice, "M17.11")
        assert impact_of(a_release(ReleaseKind.ICD10CM)) == []
        assert impact_of(a_release(ReleaseKind.MUE_DME, name="2027q1", effective_from=date(2027, 1, 1))) == []


def test_many_cases_cost_as_much_as_one(practice: Practice, release: Release) -> None:
    spent = []
    for size in (1, 24):
        with practice_scope(practice.pk):
            for _ in range(size):
                case(practice, "M17.11", "E11.9")
            with CaptureQueriesContext(connection) as queries:
                impact_of(release)
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_a_coder_sees_what_is_loaded_and_what_it_concerns(
    client: Client, practice: Practice, person: Callable[..., User], release: Release
) -> None:
    client.force_login(person(Role.CODER, practice))
    with practice_scope(practice.pk):
        pk = case(practice, "M17.11")
    listed = client.get(reverse("release_list")).content.decode()
    assert "FY2027" in listed
    assert "NCCI pairs, practitioner" in listed.partition("Not loaded")[2]
    page = client.get(reverse("release_detail", args=[release.pk])).content.decode()
    assert "Deleted. Look for the code that took its place." in page
    assert reverse("case_detail", args=[pk]) in page
    with practice_scope(practice.pk):
        assert AuditEvent.objects.filter(subject_id=pk, subject_type="coding.codingcase").exists()


def test_who_does_not_code_sees_no_code_sets(
    client: Client, practice: Practice, person: Callable[..., User], release: Release
) -> None:
    client.force_login(person(Role.FRONT_DESK, practice))
    assert client.get(reverse("release_list")).status_code == 403
    assert client.get(reverse("release_detail", args=[release.pk])).status_code == 403

"""What every test may ask for: two practices, and people in their roles."""

from collections.abc import Callable

import pytest
from django.conf import settings

from compliance.domain.permissions import Role
from compliance.models import Membership, Practice, User
from compliance.scope import practice_scope

# Half a second for each person that a test makes would be most of the suite's time; what is tested is not the hash.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def make_practice(slug: str, name: str, npi: str) -> Practice:
    return Practice.objects.create(
        slug=slug,
        name=name,
        npi=npi,
        tax_id="123456789",
        taxonomy="207Q00000X",
        street="12 Shore Rd",
        city="Lakeshore",
        state="OH",
        zip_code="441071234",
        phone="2165550100",
        submitter_id=slug.upper(),
        clearinghouse_id="CLEARHARBOR",
        clearinghouse_name="Clear Harbor Exchange",
    )


@pytest.fixture
def practice(db: None) -> Practice:
    return make_practice("lakeshore", "Lakeshore Family Medicine", "1730458811")


@pytest.fixture
def other_practice(db: None) -> Practice:
    return make_practice("harborview", "Harborview Specialty Group", "1992753883")


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """person(role, *practices): a user who holds the role there."""

    def make(role: Role, *practices: Practice) -> User:
        user = User.objects.create_user(username=f"{role}-{User.objects.count()}", password="correct horse battery")
        for one in practices:
            with practice_scope(one.pk):
                Membership.objects.create(practice=one, user=user, role=role)
        return user

    return make

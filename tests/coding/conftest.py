"""A coder, and the coder's browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from compliance.domain.permissions import Role
from compliance.models import Practice, User


@pytest.fixture
def coder(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.CODER, practice)


@pytest.fixture
def desk(client: Client, coder: User) -> Client:
    client.force_login(coder)
    return client

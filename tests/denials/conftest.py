"""A practice entered, remittances posted, and the denials they leave opened as the pipeline does it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from tests.denials.builders import Refuse, refuse


@pytest.fixture
def inside(practice: Practice) -> Iterator[Practice]:
    """The practice, its rows in scope."""
    with practice_scope(practice.pk):
        yield practice


@pytest.fixture
def specialist(person: Callable[..., User], practice: Practice) -> User:
    user = person(Role.DENIAL_SPECIALIST, practice)
    user.first_name, user.last_name = "Theo", "Winslow"
    user.save()
    return user


@pytest.fixture
def refused(inside: Practice) -> Refuse:
    """refused("CO-50-168.00"): a posted claim whose first line carries these adjustments; gives its denials."""

    def run(*adjusted: str, **fields: Any) -> Any:
        return refuse(inside, *adjusted, **fields)

    return run

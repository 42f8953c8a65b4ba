"""A provider's log-in: linked by command, to one provider of a practice, and only when it may answer."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from encounters.models import Provider
from tests import builders

pytestmark = pytest.mark.django_db


def link(*words: str) -> str:
    out = StringIO()
    call_command("link_provider", *words, stdout=out)
    return out.getvalue()


def test_a_log_in_answers_for_one_provider_at_a_time(practice: Practice, person: Callable[..., User]) -> None:
    user = person(Role.PROVIDER, practice)
    with practice_scope(practice.pk):
        first = builders.a_provider(practice)
        second = builders.a_provider(practice, npi="1992753883")
    assert link("lakeshore", first.npi, user.username) == f"{first} answers as {user.username}.\n"
    link("lakeshore", second.npi, user.username)
    with practice_scope(practice.pk):
        assert list(Provider.objects.filter(user=user)) == [second]
        assert AuditEvent.objects.filter(verb="provider.linked").count() == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere", "1730458811", "x"), "There is no practice nowhere"),
        (("lakeshore", "0000000000", "x"), "no provider with that NPI"),
        (("lakeshore", "1730458811", "x"), "no provider role"),
    ],
)
def test_what_cannot_be_linked_is_said_in_one_line(practice: Practice, words: tuple[str, ...], says: str) -> None:
    with practice_scope(practice.pk):
        builders.a_provider(practice)
    with pytest.raises(CommandError, match=says):
        link(*words)

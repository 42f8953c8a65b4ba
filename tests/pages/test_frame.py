"""The frame of a page: rooms by role, practices, log-in and error pages."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from compliance.domain.permissions import Role, may
from compliance.models import Practice, User
from compliance.scope import practice_scope
from rcm import context
from rcm.context import Shell, shell


@pytest.fixture
def request_of(rf: RequestFactory) -> Callable[..., HttpRequest]:
    def make(user: Any, path: str = "/", chosen: int | None = None) -> HttpRequest:
        request = rf.get(path)
        request.user = user
        request.session = {"practice": chosen}  # type: ignore[assignment]  # a mapping is all that is read
        return request

    return make


def test_anonymous_visitor_gets_an_empty_frame_and_no_query(request_of: Callable[..., HttpRequest]) -> None:
    frame = shell(request_of(AnonymousUser()))["shell"]
    assert (frame.nav, frame.practices, frame.user, frame.practice_label) == ([], [], "", "")
    assert frame.keys_on
    assert frame.theme == ""


def test_request_without_a_user_is_tolerated(rf: RequestFactory) -> None:
    assert Shell(rf.get("/")).user == ""


def rooms_of(role: Role) -> list[str]:
    return [room.label for room in context.ROOMS if may(frozenset({role}), room.permission)]


def test_people_see_only_the_rooms_of_their_role() -> None:
    assert rooms_of(Role.CODER) == ["My work", "Encounters", "Coding", "Patients"]
    assert rooms_of(Role.ADMINISTRATOR) == []
    assert rooms_of(Role.PROVIDER) == ["My work", "Questions"]
    assert "Compliance" in rooms_of(Role.COMPLIANCE_OFFICER)


def test_every_room_has_its_own_key() -> None:
    keys = [room.key for room in context.ROOMS]
    assert len(keys) == len(set(keys))


@pytest.mark.django_db
def test_a_person_of_two_practices_may_choose_one(
    person: Callable[..., User],
    practice: Practice,
    other_practice: Practice,
    request_of: Callable[..., HttpRequest],
) -> None:
    user = person(Role.BILLER, practice, other_practice)
    with practice_scope(practice.pk, other_practice.pk):
        everywhere = Shell(request_of(user))
        assert everywhere.practice_label == "Both practices"
        assert [choice.current for choice in everywhere.practices] == [True, False, False]
        one = Shell(request_of(user, chosen=practice.pk))
        assert one.practice == practice.name
        assert [choice.value for choice in one.practices if choice.current] == [str(practice.pk)]
        assert one.role_label == "Billing"


@pytest.mark.django_db
def test_a_person_of_one_practice_has_nothing_to_choose(
    person: Callable[..., User], practice: Practice, request_of: Callable[..., HttpRequest]
) -> None:
    frame = Shell(request_of(person(Role.CODER, practice)))
    assert frame.practices == []
    assert frame.practice_label == practice.name


@pytest.mark.parametrize("code", [403, 404, 409, 500])
def test_error_pages_render_with_nothing_given(code: int) -> None:
    html = render_to_string(f"errors/{code}.html")
    assert f"Error {code}" in html
    assert 'href="/"' in html


def test_login_page_keeps_the_name_and_says_what_is_wrong(rf: RequestFactory) -> None:
    form = SimpleNamespace(non_field_errors=["no"], errors=True, username=SimpleNamespace(value="marisol"))
    html = render_to_string("registration/login.html", {"form": form, "next": "/claims/"}, rf.get("/login/"))
    assert html.count("That user name and password do not go together.") == 1
    assert 'name="username" value="marisol"' in html
    assert 'name="next" value="/claims/"' in html
    assert "<script" not in html

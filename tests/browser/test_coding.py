"""A coder codes a visit without touching the mouse."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coding.domain.status import CaseStatus
from coding.models import CodingCase
from coding.queries import codes_of
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests import builders
from tests.coding.samples import NOTE, load_samples, waiting_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def coder(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.CODER, practice)


@pytest.fixture
def at_desk(page: Page, live_server: LiveServer, coder: User) -> Callable[[CodingCase], Page]:
    """Open a case as the coder, keeping what the browser complains about."""

    def open_case(case: CodingCase) -> Page:
        client = Client()
        client.force_login(coder)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.goto(f"{live_server.url}/coding/{case.pk}/")
        return page

    return open_case


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def add(page: Page, text: str, code: str) -> None:
    """C, type, wait for the list, Enter."""
    press(page, "c")
    page.keyboard.type(text)
    expect(page.get_by_role("option", selected=True)).to_contain_text(code)
    press(page, "Enter")
    expect(page.locator("#codes-body")).to_contain_text(code)
    press(page, "Escape")


def saved(case: CodingCase) -> Any:
    with practice_scope(case.practice_id):
        return codes_of(CodingCase.objects.get(pk=case.pk))


def test_a_case_is_coded_by_keyboard_alone(practice: Practice, at_desk: Callable[[CodingCase], Page]) -> None:
    load_samples()
    with practice_scope(practice.pk):
        case = waiting_case(practice, note=NOTE)
        following = waiting_case(practice, patient=builders.a_patient(practice, last_name="Brandt"))
    page = at_desk(case)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    add(page, "hypert", "I10")
    add(page, "m17.11", "M17.11")
    add(page, "99213", "99213")
    add(page, "20610", "20610")
    expect(page.locator("#checks")).to_contain_text("Line 1 points at nothing")

    page.locator("#dx-I10").focus()
    press(page, "j", "Enter")  # make the arthritis first-listed
    expect(page.locator("[data-row]").first).to_contain_text("M17.11")
    press(page, "j", "m")
    page.locator("#px-1").focus()
    press(page, "m")
    page.keyboard.type("25")
    press(page, "Enter")
    expect(page.locator("#checks")).to_contain_text("saved")
    page.locator("#px-1").focus()
    press(page, "p")
    page.keyboard.type("b a")
    press(page, "Tab")
    expect(page.locator("#p-1")).to_have_value("B A")
    expect(page.locator("#u-1")).to_be_focused()
    press(page, "Escape")
    press(page, "1")  # line 2 points at A
    expect(page.locator("#p-2")).to_have_value("A")
    expect(page.locator("#checks")).to_contain_text("Every code is in its code set")

    press(page, "Control+Enter")
    page.wait_for_url(f"**/coding/{following.pk}/")
    expect(page.locator(".toast")).to_contain_text("is coded")
    assert said == []
    codes = saved(case)
    assert codes.diagnoses == ("M17.11", "I10")
    assert [(s.code, s.modifiers, s.pointers) for s in codes.services] == [
        ("99213", ("25",), (2, 1)),
        ("20610", (), (1,)),
    ]
    with practice_scope(practice.pk):
        assert CodingCase.objects.get(pk=case.pk).status == CaseStatus.FINALIZED
        assert AuditEvent.objects.filter(verb="case.viewed", subject_id=case.pk).count() == 1

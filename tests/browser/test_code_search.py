"""A coder looks for a code, reads its place and notes, and opens a heading, by keyboard alone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coding.models import CodeSystem
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from tests.builders import add_codes
from tests.coding.samples import NOTE, load_samples, waiting_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page: Page, live_server: LiveServer, practice: Practice, person: Callable[..., User]) -> Page:
    """The workbench with the cursor in the box for codes."""
    load_samples()
    notes = {"excludes2": ["Osteoarthritis of hip"]}
    add_codes(CodeSystem.ICD10CM, {"M19": "Other osteoarthritis"}, billable=False, notes=notes)
    add_codes(CodeSystem.ICD10CM, {"M19.90": "Osteoarthritis, unspecified site"}, parent="M19")
    with practice_scope(practice.pk):
        case = waiting_case(practice, note=NOTE)
    client = Client()
    client.force_login(person(Role.CODER, practice))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/coding/{case.pk}/")
    page.keyboard.press("c")
    return page


def test_arrow_right_shows_place_and_notes_and_esc_leaves_the_list(desk: Page) -> None:
    desk.keyboard.type("M19.90")
    expect(desk.get_by_role("option", selected=True)).to_contain_text("unspecified site")
    desk.keyboard.press("ArrowRight")
    peek = desk.locator("#peek")
    expect(peek).to_contain_text("Other osteoarthritis")
    expect(peek).to_contain_text("Osteoarthritis of hip")
    found = Axe().run(desk).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
    desk.keyboard.press("Escape")
    expect(peek).to_be_hidden()
    expect(desk.get_by_role("option", selected=True)).to_contain_text("M19.90")
    desk.keyboard.press("Enter")
    expect(desk.locator("#codes-body")).to_contain_text("M19.90")


def test_enter_on_a_heading_looks_below_it(desk: Page) -> None:
    desk.keyboard.type("other osteoartritis")
    expect(desk.get_by_role("option").filter(has_text="heading")).to_contain_text("M19")
    desk.keyboard.press("ArrowUp")  # round to the last one
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("Add a code")).to_have_value("M19")
    expect(desk.get_by_role("option", selected=True)).to_contain_text("M19.90")
    expect(desk.locator("#codes-body")).not_to_contain_text("M19")

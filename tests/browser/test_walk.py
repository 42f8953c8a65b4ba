"""One visit on its way to money, as people see it: every act by keyboard on real pages, real stages in between."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coding.domain.status import UNDO_FOR, CaseStatus
from coding.models import CodingCase
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from denials.models import Appeal
from tests.browser.looking import faults, keep_pictures, sign_in
from tests.coding.samples import NOTE, load_samples
from tests.flow.town import Town, seed_that_overturns

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Walk:
    """A browser that goes from person to person, and a payer whose clock runs ahead."""

    def __init__(self, page: Page, live_server: LiveServer, town: Town) -> None:
        self.page, self.server, self.town = page, live_server, town
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def as_person(self, user: User, path: str) -> None:
        sign_in(self.page, self.server, user)
        self.open(path)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.server.url}{path}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def look(self, name: str, *words: str) -> None:
        """The page says this, has nothing that axe objects to, and says nothing on the console."""
        for text in words:
            expect(self.page.locator("main")).to_contain_text(text, ignore_case=True)
        assert (name, faults(self.page)) == (name, [])
        assert self.said == []
        keep_pictures(self.page, name)

    def stages(self) -> None:
        """What the workers do meanwhile."""
        self.town.now = timezone.now()
        self.town.run()

    def payer_answers(self, days: int) -> None:
        """The payer's days go by; what it wrote is read now."""
        self.stages()
        for ahead in (timedelta(0), timedelta(days=days)):
            self.town.house.tick(timezone.now() + ahead)
            self.stages()


@pytest.fixture
def town(practice: Practice, settings: Any, tmp_path: Path) -> Iterator[Town]:
    """A payer that decides on the day, so that the people's clock can be the wall's."""
    settings.EXCHANGE_DIR = tmp_path / "exchange"
    load_samples()
    town = Town(tmp_path / "exchange", [practice], timezone.now(), decision_days=[0, 0], acknowledge_hours=0)
    yield town
    town.close()


@pytest.fixture
def walk(page: Page, live_server: LiveServer, town: Town) -> Walk:
    return Walk(page, live_server, town)


@pytest.fixture
def people(town: Town) -> dict[Role, User]:
    roles = (Role.CODER, Role.BILLER, Role.POSTER, Role.DENIAL_SPECIALIST, Role.SUPERVISOR)
    return {role: town.person(role, role.value) for role in roles}


def test_from_the_visit_to_the_money(walk: Walk, town: Town, practice: Practice, people: dict[Role, User]) -> None:
    last_week = town.now.date() - timedelta(days=7)
    town.visit(town.patient(practice, last_name="Okafor"), last_week, "V1", NOTE)
    town.visit(town.patient(practice, last_name="Brandt"), last_week, "V2", NOTE)
    walk.stages()
    town.code(practice, "V2", people[Role.CODER], ["M17.11", "I10"], "99213/2", "20610")
    coder_finishes(walk, people[Role.CODER])
    for_good(practice)
    walk.stages()
    biller_fixes_and_sends(walk, people[Role.BILLER])
    town.seed = seed_that_overturns(denied_number(town, practice), 0.60)
    town._tell_payer()
    walk.payer_answers(days=5)  # over any weekend
    poster_sees_it_posted(walk, people[Role.POSTER])
    specialist_appeals(walk, people[Role.DENIAL_SPECIALIST])
    walk.payer_answers(days=40)
    it_comes_back_won(walk, people[Role.DENIAL_SPECIALIST], practice)
    supervisor_drills_down(walk, people[Role.SUPERVISOR])
    town.assert_books()


def for_good(practice: Practice) -> None:
    """The time in which a finish can be taken back is over."""
    with practice_scope(practice.pk):
        CodingCase.objects.filter(status=CaseStatus.FINALIZED).update(finalized_at=F("finalized_at") - UNDO_FOR)


def denied_number(town: Town, practice: Practice) -> str:
    return next(claim.number for claim in town.claims(practice) if claim.diagnoses == ["I10"])


def coder_finishes(walk: Walk, coder: User) -> None:
    page = walk.page
    walk.as_person(coder, "/")
    walk.look("my-work", "Okafor", "Right knee pain")
    page.get_by_role("link", name=re.compile("Okafor")).first.click()
    page.wait_for_url(re.compile(r"/coding/\d+/"))
    expect(page.locator("main")).to_contain_text("Primary osteoarthritis, right knee")
    for text, code in (("hypert", "I10"), ("20610", "20610")):
        walk.press("c")
        page.keyboard.type(text)
        expect(page.get_by_role("option", selected=True)).to_contain_text(code)
        walk.press("Enter")
        expect(page.locator("#codes-body")).to_contain_text(code)
        walk.press("Escape")
    page.locator("#px-1").focus()
    walk.press("p")
    page.keyboard.type("a")
    walk.press("Tab")
    expect(page.locator("#checks")).to_contain_text("No edit speaks against these codes")
    walk.press("Escape")
    walk.look("coding-case", "20610")
    walk.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("is coded")


def biller_fixes_and_sends(walk: Walk, biller: User) -> None:
    page = walk.page
    walk.as_person(biller, "/claims/")
    walk.look("claim-queue", "Brandt", "Add 25")
    walk.press("j", "Enter")
    page.wait_for_url(re.compile(r"/claims/\d+/"))
    walk.look("claim-held", "Brandt", "Held")
    walk.press("1")
    expect(page.locator("#record")).to_contain_text("Passed every edit, ready to send")
    walk.look("claim-ready", "Ready")
    walk.press("s")
    expect(page.locator("#sending")).to_have_text("Sending")
    walk.stages()
    expect(page.locator(".toast").filter(has_text="is sent")).to_be_visible()
    walk.look("claim-sent", "Sent in batch")


def poster_sees_it_posted(walk: Walk, poster: User) -> None:
    page = walk.page
    walk.as_person(poster, "/remittances/")
    walk.look("remittances", "Harbor Mutual", "Posted", "Balanced")
    walk.press("j", "Enter")
    page.wait_for_url(re.compile(r"/remittances/\d+/"))
    expect(page.get_by_role("group", name="Balance proof")).to_contain_text("Placed in the ledger")
    walk.look("remittance", "Balanced to the cent", "Okafor", "Brandt")


def specialist_appeals(walk: Walk, specialist: User) -> None:
    page = walk.page
    walk.as_person(specialist, "/denials/worklist/")
    walk.look("denial-worklist", "Okafor", "82.46")
    walk.press("j", "Enter")
    page.wait_for_url(re.compile(r"/denials/\d+/"))
    walk.look("denial", "Harbor Mutual refused $168.00 of line 1", "Appeal")
    walk.press("2")
    page.wait_for_url(re.compile(r"/denials/appeals/\d+/"))
    letter = page.locator("#letter")
    letter.press("Control+End")
    page.keyboard.type("The knee was swollen and could not bear weight.")
    letter.blur()
    expect(page.locator("#saved")).to_contain_text("Saved")
    walk.look("appeal-draft", "In dispute")
    walk.press("s")
    expect(page.locator("main")).to_contain_text("goes out within a minute")


def it_comes_back_won(walk: Walk, specialist: User, practice: Practice) -> None:
    with practice_scope(practice.pk):
        appeal = Appeal.objects.get()
    assert "could not bear weight" in appeal.letter
    walk.as_person(specialist, f"/denials/appeals/{appeal.pk}/")
    walk.look("appeal-won", "Won", "The records support that the service was medically necessary")


def supervisor_drills_down(walk: Walk, supervisor: User) -> None:
    page = walk.page
    walk.as_person(supervisor, "/overview/")
    walk.look("overview", "2 claims", "Agrees with the claims", "Balanced to the cent")
    page.get_by_role("row", name=re.compile("Closed")).get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/claims/all/\?status=closed"))
    walk.look("claims-closed", "Okafor", "Brandt")
    page.get_by_role("link", name=re.compile("Okafor")).first.click()
    page.wait_for_url(re.compile(r"/claims/\d+/"))
    walk.look("claim-closed", "$82.46", "Appeal level 1 sent")

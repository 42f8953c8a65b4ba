"""The front desk puts a claim right that it never sees: from My work to the visit, by keyboard, until nothing waits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Claim
from claims.operations.build import build_claims
from claims.stages import scrub_claims
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from encounters.models import Coverage
from tests.browser.looking import faults, keep_pictures, sign_in
from tests.builders import a_case, a_payer, a_visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clerk(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.FRONT_DESK, practice)


@pytest.fixture
def held(practice: Practice) -> Claim:
    """A claim that an authorization and a right member ID would free."""
    now = timezone.now()
    with practice_scope(practice.pk):
        payer = a_payer(practice, member_id_pattern=r"HMX\d{9}", authorization_codes=["99213"])
        visit = a_visit(practice, payer=payer, service_date=timezone.localdate() - timedelta(days=6))
        Coverage.objects.update(member_id="HMX20441")
        claim = build_claims(practice_id=practice.pk, case_ids=[a_case(practice, visit=visit).pk], now=now)[0]
    scrub_claims.run(practice.pk, now)
    return claim


def test_from_my_work_until_nothing_waits(
    page: Page, live_server: LiveServer, practice: Practice, clerk: User, held: Claim
) -> None:
    said: list[Any] = []
    page.on("console", lambda message: said.append(message.text))
    sign_in(page, live_server, clerk)
    page.goto(live_server.url)
    main = page.locator("main")
    expect(main).to_contain_text("member ID has not the payer’s form", ignore_case=True)
    expect(main).to_contain_text("no approval for 99213", ignore_case=True)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/encounters/**")
    expect(page.locator("#waiting li")).to_have_count(2)
    assert faults(page) == []
    keep_pictures(page, "front-desk-visit")
    field = page.get_by_label("Member ID")
    field.fill("HMX204418731")
    field.press("Enter")
    expect(page.locator("#waiting")).to_contain_text("Checking the claim again")
    scrub_claims.run(practice.pk, timezone.now())
    expect(page.locator("#waiting li")).to_have_count(1)
    expect(page.locator("#waiting")).to_contain_text("No approval for 99213")
    page.keyboard.press("a")
    dialog = page.locator("#dialog")
    expect(dialog.get_by_label("For services")).to_have_value("99213")
    assert faults(page) == []
    keep_pictures(page, "front-desk-authorization")
    dialog.get_by_label("Number").fill("AU77120")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#waiting")).to_contain_text("Checking the claim again")
    scrub_claims.run(practice.pk, timezone.now())
    expect(page.locator("#waiting")).to_have_text("")
    expect(main).to_contain_text("Ready")
    with practice_scope(practice.pk):
        claim = Claim.objects.get()
        assert (claim.status, claim.authorization_number) == ("ready", "AU77120")
    assert said == []

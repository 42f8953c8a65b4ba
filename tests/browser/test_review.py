"""A question goes to a provider and comes back answered; a visit is audited blind: by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coding.domain.audits import as_json
from coding.models import CodingAudit, CodingCase, ProviderQuery
from coding.queries import codes_of
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from encounters.models import Provider
from tests import builders
from tests.browser.looking import faults, keep_pictures, sign_in
from tests.builders import NOW
from tests.coding.samples import NOTE, load_samples, waiting_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def looked_at(page: Page, name: str) -> None:
    """Nothing for axe to find, and pictures when they are asked for."""
    assert faults(page) == []
    keep_pictures(page, name)


def test_a_question_goes_out_and_comes_back(
    page: Page, live_server: LiveServer, practice: Practice, person: Callable[..., User]
) -> None:
    load_samples()
    coder, provider = person(Role.CODER, practice), person(Role.PROVIDER, practice)
    with practice_scope(practice.pk):
        case = waiting_case(practice, note=NOTE)
        Provider.objects.filter(pk=case.encounter.provider_id).update(user=provider)
    sign_in(page, live_server, coder)
    page.goto(f"{live_server.url}/coding/{case.pk}/")
    press(page, "q")
    expect(page.get_by_label("What is unclear")).to_be_visible()
    press(page, "j", "x", "c")
    page.get_by_label("What is unclear").select_option("laterality")
    expect(page.locator("#id_question")).to_have_value("Which side do the findings below refer to?")
    looked_at(page, "query-ask")
    press(page, "Control+Enter")
    expect(page.locator("#main")).to_contain_text("Waiting for provider")
    looked_at(page, "case-waiting")
    sign_in(page, live_server, provider)
    page.goto(live_server.url)
    press(page, "q")
    expect(page.get_by_role("heading", name="Questions")).to_be_visible()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Your note")).to_be_visible()
    press(page, "1", "e")
    page.keyboard.type("Since spring.")
    looked_at(page, "question")
    press(page, "Control+Enter")
    expect(page.locator("#main")).to_contain_text("No question waits for you")
    looked_at(page, "questions")
    with practice_scope(practice.pk):
        query = ProviderQuery.objects.get()
    assert (query.status, query.choice, query.words) == ("answered", "Right", "Since spring.")
    sign_in(page, live_server, coder)
    page.goto(f"{live_server.url}/coding/queries/?view=answered")
    press(page, "Enter")
    expect(page.locator("#main")).to_contain_text("Answered and added to the record.")
    looked_at(page, "query")


def test_a_visit_is_audited_blind(
    page: Page, live_server: LiveServer, practice: Practice, person: Callable[..., User]
) -> None:
    load_samples()
    auditor = person(Role.CODING_AUDITOR, practice)
    with practice_scope(practice.pk):
        case: CodingCase = builders.a_case(practice, note=NOTE, procedures=[("99214", ["25"], 1, [1])])
        audit = CodingAudit.objects.create(
            practice=practice,
            case=case,
            coder=person(Role.CODER, practice),
            reasons=["high_level"],
            first=as_json(codes_of(case)),
            sampled_at=NOW,
            due_date=NOW.date(),
        )
    sign_in(page, live_server, auditor)
    page.goto(f"{live_server.url}/coding/audits/")
    press(page, "Enter")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    press(page, "s")
    expect(page.get_by_role("button", name="Fix my coding")).to_be_visible()
    for typed, code in (("m17.11", "M17.11"), ("99213", "99213")):
        press(page, "c")
        page.keyboard.type(typed)
        expect(page.get_by_role("option", selected=True)).to_contain_text(code)
        press(page, "Enter")
        expect(page.locator("#second-body")).to_contain_text(code)
        press(page, "Escape")
    looked_at(page, "audit-blind")
    press(page, "Control+Enter")
    expect(page.locator("#main")).to_contain_text("Visit level too high")
    page.get_by_label("Why, 99214").fill("One stable problem")
    looked_at(page, "audit-explain")
    press(page, "Control+Enter")
    expect(page.locator("#main")).to_contain_text("Differences explained.")
    page.goto(f"{live_server.url}/coding/audits/?view=coder")
    looked_at(page, "audits")
    with practice_scope(practice.pk):
        assert CodingAudit.objects.get(pk=audit.pk).status == "noted"

"""The keyboard as people use it, in a real browser, on pages made of the shared parts."""

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.pages.sample import ORIGIN, open_site

pytestmark = pytest.mark.browser


def cursor(page: Page) -> str | None:
    return page.locator("[data-row].cur").get_attribute("id")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_strict_csp_and_no_complaint_of_the_browser(page: Page) -> None:
    said: list[str] = []

    def keep(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", keep)
    page.on("pageerror", lambda error: said.append(str(error)))
    open_site(page, "/claims")
    press(page, "j", "x", "Space", "?")
    expect(page.locator("#peek h2")).to_have_text("Peek 2")
    assert said == []


def test_j_and_k_move_one_cursor_that_alone_is_in_the_tab_order(page: Page) -> None:
    open_site(page, "/claims")
    assert cursor(page) == "claim-1"
    press(page, "j", "j", "k", "j", "j", "j", "j", "j")
    assert cursor(page) == "claim-5"
    expect(page.locator("#claim-5")).to_be_focused()
    assert page.locator("[data-row][tabindex='0']").count() == 1


def test_only_the_cursor_row_shows_its_key_cap(page: Page) -> None:
    open_site(page, "/claims")
    assert page.locator(".cap:visible").count() == 1


def test_picks_open_the_bulk_bar_with_number_and_sum(page: Page) -> None:
    open_site(page, "/claims")
    bar = page.locator("#bulk")
    expect(bar).to_be_hidden()
    press(page, "x", "j", "j", "Shift+X")
    expect(bar).to_contain_text("3 selected")
    expect(bar).to_contain_text("$3,600.30")
    expect(bar).to_contain_text("Apply 3 fixes")
    expect(page.locator("#foot")).to_be_hidden()
    press(page, "Escape")
    expect(bar).to_be_hidden()
    expect(page.locator("#foot")).to_be_visible()


def test_a_bulk_verb_posts_the_picked_and_the_next_row_gets_the_cursor(page: Page) -> None:
    site = open_site(page, "/claims")
    press(page, "j", "x", "j", "x", "f")
    expect(page.locator("#claim-3")).to_have_count(0)
    assert site.posts == [("/bulk/fix", {"pick": ["2", "3"]})]
    expect(page.locator("#bulk")).to_be_hidden()
    expect(page.locator(".toast")).to_contain_text("Done")
    assert cursor(page) == "claim-5"
    press(page, "k")
    assert cursor(page) == "claim-4"


def test_f_without_picks_is_the_fix_of_the_cursor_row(page: Page) -> None:
    site = open_site(page, "/claims")
    press(page, "j", "f")
    expect(page.locator("#claim-2")).to_have_count(0)
    assert [path for path, _ in site.posts] == ["/fix/2"]
    assert cursor(page) == "claim-3"


def test_a_bulk_verb_without_picks_takes_the_cursor_row(page: Page) -> None:
    site = open_site(page, "/claims")
    press(page, "j", "j", "a")
    expect(page.get_by_role("button", name="Tomasz")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("#claim-3")).to_have_count(0)
    assert site.posts == [("/bulk/assign", {"owner": ["7"], "pick": ["3"]})]


def test_a_refusal_is_said_in_the_page_and_changes_nothing(page: Page) -> None:
    open_site(page, "/claims")
    press(page, "h")
    expect(page.locator("#flash")).to_contain_text("Somebody changed it first")
    assert page.locator("[data-row]").count() == 5


def test_toast_stays_until_undone(page: Page) -> None:
    site = open_site(page, "/claims")
    press(page, "f")
    expect(page.locator(".toast")).to_be_visible()
    press(page, "j")
    expect(page.locator(".toast")).to_be_visible()
    with page.expect_response(ORIGIN + "/undo"):
        press(page, "z")
    assert site.posts[-1][0] == "/undo"


def test_peek_follows_the_cursor_and_escape_closes_it(page: Page) -> None:
    open_site(page, "/claims")
    press(page, "Space")
    expect(page.locator("#peek h2")).to_have_text("Peek 1")
    press(page, "j")
    expect(page.locator("#peek h2")).to_have_text("Peek 2")
    press(page, "Escape")
    expect(page.locator("#peek")).to_be_hidden()


def test_enter_opens_and_coming_back_finds_the_same_row(page: Page) -> None:
    open_site(page, "/claims")
    press(page, "j", "j", "Enter")
    page.wait_for_url(ORIGIN + "/claims/3")
    press(page, "Escape")
    page.wait_for_url(ORIGIN + "/claims")
    expect(page.locator("#claim-3.cur")).to_have_count(1)


@pytest.mark.parametrize(
    ("keys", "path"),
    [(["v"], "/claims/late"), (["]"], "/claims?page=2"), (["g", "d"], "/denials")],
)
def test_keys_that_lead_elsewhere(page: Page, keys: list[str], path: str) -> None:
    open_site(page, "/claims")
    press(page, *keys)
    page.wait_for_url(ORIGIN + path)


def test_search_and_key_sheet(page: Page) -> None:
    open_site(page, "/claims")
    press(page, "/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    press(page, "j", "x", "?")
    expect(page.get_by_role("searchbox")).to_have_value("jx?")
    press(page, "Escape", "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    press(page, "x", "Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    expect(page.locator("#bulk")).to_be_hidden()


def test_single_keys_can_be_turned_off_and_the_rest_stays(page: Page) -> None:
    open_site(page, "/claims", keys_on=False)
    press(page, "j", "x", "?")
    assert cursor(page) == "claim-1"
    expect(page.locator("#bulk")).to_be_hidden()
    page.locator("#claim-1").focus()
    press(page, "ArrowDown", "Enter")
    page.wait_for_url(ORIGIN + "/claims/2")


def test_record_keys(page: Page) -> None:
    site = open_site(page, "/claims/7")
    raw = page.locator("details.raw[open]")
    press(page, "r")
    expect(raw).to_have_count(2)
    press(page, "r")
    expect(raw).to_have_count(0)
    press(page, "l")
    expect(page.locator(".line")).to_be_hidden()
    with page.expect_response(ORIGIN + "/finish"):
        press(page, "Control+Enter")
    with page.expect_response(ORIGIN + "/record/fix"):
        press(page, "1")
    assert [path for path, _ in site.posts] == ["/finish", "/record/fix"]


def test_cell_saves_on_enter_and_restores_on_escape(page: Page) -> None:
    site = open_site(page, "/claims/7")
    cell = page.get_by_label("Modifier")
    press(page, "e")
    expect(cell).to_be_focused()
    page.keyboard.type("XX")
    press(page, "Escape")
    expect(cell).to_have_value("RT")
    expect(cell).not_to_be_focused()
    assert site.posts == []
    press(page, "e")
    page.keyboard.type("25")
    with page.expect_response(ORIGIN + "/cell"):
        press(page, "Enter")
    assert site.posts == [("/cell", {"modifier": ["25"]})]


def test_j_on_a_record_is_the_next_record(page: Page) -> None:
    open_site(page, "/claims/7")
    press(page, "j")
    page.wait_for_url(ORIGIN + "/claims/8")

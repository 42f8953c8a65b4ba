"""A coder codes a visit without touching the mouse."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coding.domain.status import CaseStatus
from coding.models import CodeSystem, CodingCase, CoveragePolicy, DrgWeight, ReleaseKind
from coding.operations import Service, mark_presence, propose_codes, save_codes
from coding.queries import codes_of
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from encounters.models import Encounter
from tests import builders
from tests.browser.looking import faults, keep_pictures
from tests.builders import NOW
from tests.coding.samples import NOTE, load_samples, sample_suggestions, suggested_case, waiting_case

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
    expect(page.locator("#csl").get_by_role("option", selected=True)).to_contain_text(code)
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
    expect(page.locator("#checks")).to_contain_text("Line 1 points to no diagnosis")

    page.locator("#dx-I10").focus()
    press(page, "j", "Enter")  # make the arthritis first-listed
    expect(page.locator("[data-row]").first).to_contain_text("M17.11")
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
    page.locator("#px-2").focus()
    press(page, "p")
    page.keyboard.type("a")
    press(page, "Tab")
    press(page, "Escape")
    expect(page.locator("#p-2")).to_have_value("A")
    expect(page.locator("#checks")).to_contain_text("No edit speaks against these codes")

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


def test_a_finish_by_mistake_is_taken_back_with_z(practice: Practice, at_desk: Callable[[CodingCase], Page]) -> None:
    load_samples()
    with practice_scope(practice.pk):
        case = waiting_case(practice, note=NOTE)
        following = waiting_case(practice, patient=builders.a_patient(practice, last_name="Brandt"))
        services = [Service(code="99213", pointers=(1,))]
        save_codes(case_id=case.pk, diagnoses=["I10"], services=services, actor=None, now=NOW)
    page = at_desk(case)
    press(page, "Control+Enter")
    page.wait_for_url(f"**/coding/{following.pk}/")
    expect(page.locator(".toast")).to_contain_text("is coded")
    keep_pictures(page, "finished")
    press(page, "z")
    page.wait_for_url(f"**/coding/{case.pk}/")
    expect(page.locator(".toast")).to_contain_text("The case is open again")
    expect(page.locator("#codes")).to_be_visible()
    with practice_scope(practice.pk):
        assert CodingCase.objects.get(pk=case.pk).status == CaseStatus.OPEN
    press(page, "Control+Enter")
    page.wait_for_url(f"**/coding/{following.pk}/")
    page.goto(page.url.replace(f"/{following.pk}/", f"/{case.pk}/"))
    expect(page.get_by_role("button", name="Take finish back")).to_be_visible()
    assert faults(page) == []
    keep_pictures(page, "take-back")
    with practice_scope(practice.pk):
        CodingCase.objects.filter(pk=case.pk).update(status=CaseStatus.BILLED)
    page.get_by_role("button", name="Take finish back").click()
    expect(page.get_by_role("alert")).to_contain_text("Too late: the claim is built from these codes.")
    keep_pictures(page, "too-late")


@pytest.fixture
def half_coded(practice: Practice, coder: User) -> CodingCase:
    """Two diagnoses and one service without modifier and pointer."""
    load_samples()
    with practice_scope(practice.pk):
        case = waiting_case(practice, note=NOTE)
        services = [Service(code="99213")]
        return save_codes(case_id=case.pk, diagnoses=["M17.11", "I10"], services=services, actor=coder, now=NOW)


def test_typing_on_while_an_answer_is_under_way_loses_nothing(
    half_coded: CodingCase, at_desk: Callable[[CodingCase], Page]
) -> None:
    page = at_desk(half_coded)
    page.locator("#px-1").focus()
    press(page, "m")
    page.keyboard.type("25", delay=30)
    press(page, "Tab")
    page.keyboard.type("b a", delay=120)  # the answer to 25 arrives between these keys
    press(page, "Tab")
    page.keyboard.type("2")
    press(page, "Enter")
    expect(page.locator('input[name="revision"]')).not_to_have_value("1")
    expect(page.locator("tfoot")).to_contain_text("of $336.00 charged")
    assert [page.locator(cell).input_value() for cell in ("#m-1", "#p-1", "#u-1")] == ["25", "B A", "2"]
    assert saved(half_coded).services == (Service(code="99213", modifiers=("25",), units=2, pointers=(2, 1)),)


def test_what_is_selected_when_an_answer_arrives_is_replaced_by_the_next_key(
    half_coded: CodingCase, at_desk: Callable[[CodingCase], Page]
) -> None:
    page = at_desk(half_coded)
    page.locator("#px-1").focus()
    press(page, "m")
    page.keyboard.type("25")
    press(page, "Tab", "Tab")
    expect(page.locator('input[name="revision"]')).not_to_have_value("1")
    expect(page.locator("#u-1")).to_be_focused()
    page.keyboard.type("2")
    expect(page.locator("#u-1")).to_have_value("2")


def test_two_people_on_one_case(
    half_coded: CodingCase,
    at_desk: Callable[[CodingCase], Page],
    person: Callable[..., User],
    practice: Practice,
) -> None:
    page = at_desk(half_coded)
    other = person(Role.CODER, practice)
    with practice_scope(practice.pk):
        services = [Service(code="99213", modifiers=("24",))]
        save_codes(case_id=half_coded.pk, diagnoses=["M17.11", "E11.9"], services=services, actor=other, now=NOW)
        mark_presence(case=half_coded, user=other, now=timezone.now())
    page.locator("#m-1").fill("57")
    press(page, "Enter")
    expect(page.locator("#codes-body")).to_contain_text(f"{other} changed this case too")
    expect(page.locator("#codes-body")).to_contain_text("99213 was changed by both")
    expect(page.locator("#m-1")).to_have_value("24")
    page.get_by_role("button", name="Take mine").click()
    expect(page.locator("#m-1")).to_have_value("57")
    expect(page.get_by_text("changed by both")).to_have_count(0)
    page.reload()
    expect(page.locator("#presence")).to_contain_text(f"{other} is here too")
    codes = saved(half_coded)
    assert codes.diagnoses == ("M17.11", "E11.9")
    assert codes.services[0].modifiers == ("57",)


def lit(page: Page) -> list[str]:
    """The words that are lit, without their letters."""
    return [
        mark.removesuffix(" A").removesuffix(" B").removesuffix(" 2")
        for mark in page.locator("mark.on").all_inner_texts()
    ]


def test_a_suggested_case_is_decided_by_keyboard_alone(
    practice: Practice, at_desk: Callable[[CodingCase], Page]
) -> None:
    load_samples()
    with practice_scope(practice.pk):
        case = suggested_case(practice)
        following = suggested_case(practice, patient=builders.a_patient(practice, last_name="Brandt"))
    page = at_desk(case)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    assert lit(page) == ["medial tenderness, crepitus", "Primary osteoarthritis, right knee"]
    press(page, "e")
    expect(page.locator("mark.here")).to_contain_text("medial tenderness")
    press(page, "e")
    expect(page.locator("mark.here")).to_contain_text("Primary osteoarthritis")
    press(page, "j")
    assert lit(page) == ["Essential hypertension"]
    press(page, "Space")
    expect(page.locator("#peek")).to_contain_text("The assessment names it.")
    press(page, "Escape", "y")
    expect(page.locator("#dx-I10")).to_contain_text("accepted")
    press(page, "j", "d")
    expect(page.locator("#dx-E11\\.9")).to_have_count(0)
    press(page, "z")
    expect(page.locator("#dx-E11\\.9")).to_contain_text("decide")
    page.locator("#px-2").focus()
    keep_pictures(page, "workbench")
    press(page, "Control+Enter")
    expect(page.get_by_role("alert").filter(has_text="E11.9: the suggestion is unsure")).to_be_visible()
    page.locator("#dx-E11\\.9").focus()
    press(page, "y")
    expect(page.locator("#dx-E11\\.9")).to_contain_text("accepted")
    press(page, "j", "m")
    page.keyboard.type("25")
    press(page, "Enter")
    expect(page.locator("#m-1")).to_have_value("25")
    expect(page.locator("#checks")).to_contain_text("saved")
    press(page, "Escape", "Control+Enter")
    page.wait_for_url(f"**/coding/{following.pk}/")
    assert [word for word in said if "422" not in word] == []
    codes = saved(case)
    assert codes.diagnoses == ("M17.11", "I10", "E11.9")
    assert codes.services[0].modifiers == ("25",)


def test_words_selected_in_the_note_are_searched(practice: Practice, at_desk: Callable[[CodingCase], Page]) -> None:
    load_samples()
    with practice_scope(practice.pk):
        case = suggested_case(practice)
    page = at_desk(case)
    page.get_by_text("lisinopril. Knee pain 6/10").dblclick(position={"x": 4, "y": 10})
    expect(page.get_by_label("Add a code")).not_to_have_value("")
    page.locator("mark", has_text="Essential hypertension").click(click_count=3)  # the whole line, letters left out
    expect(page.get_by_label("Add a code")).to_have_value("2. Essential hypertension, near goal; continue lisinopril.")
    page.locator("#px-2").hover()
    expect(page.locator("mark.on")).to_contain_text("Injected after consent")
    page.mouse.move(0, 0)
    page.get_by_text("Found but not coded").click()
    page.locator("[data-evidence^=w]").hover()
    expect(page.locator("mark.on")).to_contain_text("no injury")


def test_codes_are_added_and_dropped_with_the_mouse_alone(
    half_coded: CodingCase, at_desk: Callable[[CodingCase], Page]
) -> None:
    page = at_desk(half_coded)
    page.get_by_label("Add a code").fill("inject")
    page.get_by_role("option").filter(has_text="20610").click()
    expect(page.locator("#px-2")).to_contain_text("20610")
    page.locator("#m-1").fill("25")
    page.locator("#dx-M17\\.11 .why").click()  # a row offers its acts where the cursor is
    page.get_by_role("button", name="Drop M17.11").click()  # the field just left is saved with it
    expect(page.locator("#dx-M17\\.11")).to_have_count(0)
    page.get_by_role("button", name="Point to A").first.click()
    expect(page.locator("#p-1")).to_have_value("A")
    codes = saved(half_coded)
    assert codes.diagnoses == ("I10",)
    assert [(s.code, s.modifiers, s.pointers) for s in codes.services] == [("99213", ("25",), (1,)), ("20610", (), ())]


def test_a_stays_group_follows_the_codes(practice: Practice, at_desk: Callable[[CodingCase], Page]) -> None:
    load_samples()
    builders.add_codes(
        CodeSystem.ICD10CM,
        {"I50.21": "Acute systolic heart failure", "J96.01": "Acute respiratory failure with hypoxia"},
    )
    procedures = builders.a_release(ReleaseKind.ICD10PCS)
    builders.add_codes(CodeSystem.ICD10PCS, {"02703DZ": "Dilation of one coronary artery"}, procedures)
    release = builders.a_release(ReleaseKind.MS_DRG)
    for drg, weight, length in (("291", "1.2683", "3.9"), ("293", "0.5900", "2.2")):
        DrgWeight.objects.create(
            release=release, drg=drg, weight=Decimal(weight), geometric_days=Decimal(length), arithmetic_days=0
        )
    with practice_scope(practice.pk):
        case = waiting_case(practice, note=NOTE, admitted_date=date(2026, 4, 23), discharge_status="01")
        services = [Service(code="99213", pointers=(1,))]
        save_codes(case_id=case.pk, diagnoses=["I50.21", "I10"], services=services, actor=None, now=NOW)
    page = at_desk(case)
    expect(page.locator("#stay")).to_contain_text("293 Heart Failure and Shock without CC/MCC")
    add(page, "J96.01", "J96.01")
    expect(page.locator("#stay")).to_contain_text("291 Heart Failure and Shock with MCC")
    expect(page.locator("#stay tbody")).to_contain_text("J96.01")
    page.get_by_label("Discharged").select_option("03")
    expect(page.get_by_label("Discharged")).to_have_value("03")
    expect(page.locator("#checks")).to_contain_text("saved")
    assert faults(page) == []
    keep_pictures(page, "stay")
    with practice_scope(practice.pk):
        Encounter.objects.filter(pk=case.encounter_id).update(discharge_status="")
    page.reload()
    expect(page.locator("#stay")).to_contain_text("No MS-DRG. The discharge status is not known.")
    keep_pictures(page, "stay-refused")
    page.get_by_label("Discharged").select_option("01")
    expect(page.locator("#stay")).to_contain_text("291 Heart Failure")
    add(page, "dilation coronary", "02703DZ")
    expect(page.locator("#stay")).to_contain_text("Percutaneous Cardiovascular Procedures")
    page.locator("#px-2").focus()
    keep_pictures(page, "stay-procedure")


def test_a_line_is_pointed_to_what_medicare_covers(
    practice: Practice, at_desk: Callable[[CodingCase], Page], coder: User
) -> None:
    load_samples()
    release = builders.a_release(ReleaseKind.COVERAGE)
    for code in ("M17.11", "E11.9"):
        CoveragePolicy.objects.create(
            release=release, policy="L33394", title="Injections of joints", procedure="20610", diagnosis=code,
            rule="covered",
        )  # fmt: skip
    with practice_scope(practice.pk):
        payer = builders.a_payer(practice, payer_id="MEDI", name="Medicare", kind="medicare")
        case = waiting_case(practice, note=NOTE, payer=payer)
        services = [Service(code="20610", modifiers=("RT",), pointers=(2,))]
        save_codes(case_id=case.pk, diagnoses=["M17.11", "I10"], services=services, actor=coder, now=NOW)
    page = at_desk(case)
    expect(page.locator("#checks")).to_contain_text("covers 20610 for no diagnosis of line 1")
    assert faults(page) == []
    keep_pictures(page, "coverage")
    press(page, "1")
    expect(page.locator("#p-1")).to_have_value("A B")
    expect(page.locator("#checks")).to_contain_text("No edit speaks against these codes")
    page.goto(f"{page.url.split('/coding/')[0]}/coding/policies/L33394/20610?on=2026-04-27")
    page.get_by_role("searchbox", name="Code or words").fill("knee")
    press(page, "Enter")
    expect(page.get_by_role("row")).to_have_count(2)  # its head and the arthritis
    assert faults(page) == []
    keep_pictures(page, "policy")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_workbench_has_no_accessibility_fault(
    half_coded: CodingCase, at_desk: Callable[[CodingCase], Page], theme: Literal["light", "dark"]
) -> None:
    with practice_scope(half_coded.practice_id):
        sure = sample_suggestions()
        propose_codes(found={half_coded.pk: sure}, engine_version="test", learned_version=None, now=NOW)
    page = at_desk(half_coded)
    page.emulate_media(color_scheme=theme)
    page.get_by_text("Found but not coded").click()
    page.locator("#m-1").fill("2")
    press(page, "Enter")
    expect(page.locator("#e-m-1")).to_be_visible()
    page.get_by_label("Add a code").fill("inject")
    expect(page.get_by_role("option")).to_have_count(1)
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []

"""The coding queue and the workbench over HTTP."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coding.domain.status import CaseStatus
from coding.models import CodingCase
from coding.operations import Service, save_codes
from coding.queries import codes_of
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests import builders
from tests.builders import NOW
from tests.coding.samples import NOTE, load_samples, waiting_case

pytestmark = pytest.mark.django_db
PAGE = {"revision": "0", "dx": ["M17.11", "I10"], "px": "99213", "modifiers": "25", "pointers": "B A", "units": "1"}


@pytest.fixture
def browser_of(client: Client) -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def case(practice: Practice) -> CodingCase:
    load_samples()
    with practice_scope(practice.pk):
        return waiting_case(practice, note=NOTE)


def post(client: Client, case: CodingCase, act: str = "codes", **changed: Any) -> Any:
    """Send the page's fields as htmx does."""
    return client.post(f"/coding/{case.pk}/{act}", PAGE | changed, headers={"HX-Request": "true"})


def kept(case: CodingCase) -> CodingCase:
    with practice_scope(case.practice_id):
        found = CodingCase.objects.get(pk=case.pk)
        found.codes = codes_of(found)  # type: ignore[attr-defined]  # read once, inside the scope
        return found


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_queue_lists_open_cases_with_their_clock(desk: Client, practice: Practice, case: CodingCase) -> None:
    page = text(desk.get("/coding/"))
    assert "Okafor, Denise" in page
    assert f'href="/coding/{case.pk}/">Start coding' in page
    assert "Right knee pain" in page


def test_the_queue_costs_the_same_for_one_and_for_25(desk: Client, practice: Practice, case: CodingCase) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get("/coding/").status_code == 200
        return len(queries)

    desk.get("/coding/")
    one = cost()
    with practice_scope(practice.pk):
        for _ in range(25):
            waiting_case(practice)
    assert cost() == one


def test_the_workbench_shows_note_and_codes_and_leaves_a_trace(desk: Client, case: CodingCase, coder: User) -> None:
    with practice_scope(case.practice_id):
        services = [Service(code="20610", modifiers=("RT",), pointers=(1,)), Service(code="J3301", units=4)]
        save_codes(case_id=case.pk, diagnoses=["M17.11"], services=services, actor=coder, now=NOW)
    page = text(desk.get(f"/coding/{case.pk}/"))
    assert "<h3>Assessment and plan</h3>" in page
    assert "Line 2 points to no diagnosis" in page
    assert "$93.86" in page  # 82.46 + 4 × 2.85 by contract
    assert "of $244.00 charged" in page  # 168.00 + 4 × 19.00
    with practice_scope(case.practice_id):
        seen = AuditEvent.objects.get(verb="case.viewed")
    assert (seen.actor_id, seen.subject_id, seen.patient_id) == (coder.pk, case.pk, case.encounter.patient_id)


def test_a_note_is_text_and_never_markup(desk: Client, practice: Practice) -> None:
    with practice_scope(practice.pk):
        case = waiting_case(practice, note="Exam\n<script>alert(1)</script> <b>bold</b>")
    page = text(desk.get(f"/coding/{case.pk}/"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>bold</b>" not in page


def test_the_workbench_costs_the_same_for_one_code_and_for_many(desk: Client, case: CodingCase, coder: User) -> None:
    def cost(diagnoses: list[str], services: list[Service]) -> int:
        with practice_scope(case.practice_id):
            save_codes(case_id=case.pk, diagnoses=diagnoses, services=services, actor=coder, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(f"/coding/{case.pk}/").status_code == 200
        return len(queries)

    desk.get(f"/coding/{case.pk}/")
    few = cost(["I10"], [Service(code="99213", pointers=(1,))])
    many = [Service(code=code, pointers=(1, 2)) for code in builders.CHARGES for _ in range(5)]
    assert cost(list(builders.DIAGNOSES), many) == few


def test_saving_keeps_what_was_typed_and_answers_with_the_new_revision(desk: Client, case: CodingCase) -> None:
    answer = post(desk, case)
    assert answer.status_code == 200
    assert 'name="revision" value="1"' in text(answer)
    assert 'id="checks" hx-swap-oob="true"' in text(answer)
    codes = kept(case).codes  # type: ignore[attr-defined]  # see kept()
    assert codes.diagnoses == ("M17.11", "I10")
    assert codes.services == (Service(code="99213", modifiers=("25",), pointers=(2, 1)),)


@pytest.mark.parametrize(
    ("act", "diagnoses", "services"),
    [
        ({"add": "e11.9"}, ("M17.11", "I10", "E11.9"), [("99213", (2, 1))]),
        ({"add": "20610"}, ("M17.11", "I10"), [("99213", (2, 1)), ("20610", ())]),
        ({"drop_diagnosis": "1"}, ("I10",), [("99213", (1,))]),
        ({"first": "2"}, ("I10", "M17.11"), [("99213", (1, 2))]),
        ({"drop_service": "1"}, ("M17.11", "I10"), []),
    ],
)
def test_one_button_one_act(
    desk: Client, case: CodingCase, act: dict[str, str], diagnoses: tuple[str, ...], services: list[tuple[str, Any]]
) -> None:
    assert post(desk, case, **act).status_code == 200
    codes = kept(case).codes  # type: ignore[attr-defined]  # see kept()
    assert codes.diagnoses == diagnoses
    assert [(s.code, s.pointers) for s in codes.services] == services


def test_a_field_that_cannot_be_read_is_marked_and_nothing_is_saved(desk: Client, case: CodingCase) -> None:
    answer = post(desk, case, modifiers="2")
    assert answer.status_code == 422
    assert 'value="2"' in text(answer)
    assert "A modifier has two letters or digits" in text(answer)
    assert "not saved" in text(answer)
    assert kept(case).revision == 0


def test_an_unknown_code_is_not_added(desk: Client, case: CodingCase) -> None:
    answer = post(desk, case, add="Z99.99")
    assert answer.status_code == 422
    assert "Z99.99 is in no loaded code set" in text(answer)


def test_two_versions_of_one_line_stand_side_by_side_until_one_is_chosen(desk: Client, case: CodingCase) -> None:
    post(desk, case)
    answer = post(desk, case, modifiers="57")
    assert answer.status_code == 200
    assert "99213 was changed by both" in text(answer)
    assert "Theirs: 25, for I10 M17.11, 1 ×. Yours: 57, for I10 M17.11, 1 ×." in text(answer)
    assert kept(case).codes.services[0].modifiers == ("25",)  # type: ignore[attr-defined]  # see kept()
    clash = clash_on(answer)
    blocked = post(desk, case, "finish", revision="1", clash=clash)
    assert (blocked.status_code, kept(case).status) == (422, CaseStatus.OPEN)
    assert clash_on(blocked) == clash
    chosen = post(desk, case, revision="1", clash=clash, mine="1")
    assert "changed by both" not in text(chosen)
    assert kept(case).codes.services[0].modifiers == ("57",)  # type: ignore[attr-defined]  # see kept()


def clash_on(answer: Any) -> str:
    (found,) = re.findall(r'name="clash" value="([^"]+)"', text(answer))
    return unescape(found)


def test_what_two_people_changed_apart_is_brought_together(
    desk: Client, case: CodingCase, person: Callable[..., User], practice: Practice
) -> None:
    post(desk, case)
    with practice_scope(practice.pk):
        services = [Service(code="99213", modifiers=("25",), pointers=(2, 1))]
        diagnoses = ["M17.11", "I10", "E11.9"]
        other = person(Role.CODER, practice)
        save_codes(case_id=case.pk, diagnoses=diagnoses, services=services, actor=other, now=NOW)
    answer = post(desk, case, revision="1", units="2")
    assert answer.status_code == 200
    assert f"{other} changed this case too. Both changes are kept." in text(answer)
    codes = kept(case).codes  # type: ignore[attr-defined]  # see kept()
    assert (codes.diagnoses, codes.services[0].units) == (("M17.11", "I10", "E11.9"), 2)


def test_a_page_without_its_fields_saves_nothing(desk: Client, case: CodingCase) -> None:
    post(desk, case)
    answer = desk.post(f"/coding/{case.pk}/codes", {"revision": "1", "px": "99213"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert kept(case).codes.diagnoses == ("M17.11", "I10")  # type: ignore[attr-defined]  # see kept()


def test_without_scripts_a_form_saves_and_comes_back(desk: Client, case: CodingCase) -> None:
    answer = desk.post(f"/coding/{case.pk}/codes", PAGE)
    assert (answer.status_code, answer["Location"]) == (302, f"/coding/{case.pk}/")
    assert kept(case).revision == 1


def test_finishing_saves_fixes_and_opens_the_next(desk: Client, practice: Practice, case: CodingCase) -> None:
    with practice_scope(practice.pk):
        following = waiting_case(practice)
    answer = post(desk, case, "finish")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/coding/{following.pk}/")
    assert kept(case).status == CaseStatus.FINALIZED
    assert "Okafor, Denise is coded" in text(desk.get(answer["HX-Redirect"]))
    assert post(desk, following, "finish")["HX-Redirect"] == "/coding/"


def test_finishing_says_what_is_missing_and_keeps_the_codes(desk: Client, case: CodingCase) -> None:
    answer = post(desk, case, "finish", px=[], modifiers=[], pointers=[], units=[])
    assert answer.status_code == 422
    assert "No procedure." in text(answer)
    found = kept(case)
    assert (found.status, found.codes.diagnoses) == (CaseStatus.OPEN, ("M17.11", "I10"))  # type: ignore[attr-defined]  # see kept()


def test_a_finished_case_is_read_only(desk: Client, case: CodingCase) -> None:
    post(desk, case, "finish")
    page = text(desk.get(f"/coding/{case.pk}/"))
    assert "Coded" in page
    assert 'id="codes"' not in page
    assert post(desk, case, modifiers="57").status_code == 422
    assert kept(case).codes.services[0].modifiers == ("25",)  # type: ignore[attr-defined]  # see kept()


def test_search_says_what_a_code_would_mean_here(desk: Client, case: CodingCase) -> None:
    post(desk, case)
    page = text(desk.get(f"/coding/{case.pk}/search", {"q": "20610"}))
    assert 'data-code="20610"' in page
    assert "$82.46" in page
    assert "on this visit" in text(desk.get(f"/coding/{case.pk}/search", {"q": "hypertension"}))
    assert "No code has “qqqq”" in text(desk.get(f"/coding/{case.pk}/search", {"q": "qqqq"}))
    assert text(desk.get(f"/coding/{case.pk}/search", {"q": "a"})).strip() == ""


def test_an_auditor_reads_and_does_not_code(
    browser_of: Callable[[User], Client], person: Callable[..., User], practice: Practice, case: CodingCase
) -> None:
    client = browser_of(person(Role.CODING_AUDITOR, practice))
    page = client.get(f"/coding/{case.pk}/")
    assert page.status_code == 200
    assert 'id="codes"' not in text(page)
    assert post(client, case).status_code == 403
    assert post(client, case, "finish").status_code == 403


def test_the_front_desk_and_the_other_practice_stay_out(
    browser_of: Callable[[User], Client],
    person: Callable[..., User],
    practice: Practice,
    other_practice: Practice,
    case: CodingCase,
) -> None:
    assert browser_of(person(Role.FRONT_DESK, practice)).get(f"/coding/{case.pk}/").status_code == 403
    assert browser_of(person(Role.CODER, other_practice)).get(f"/coding/{case.pk}/").status_code == 404
    assert post(browser_of(person(Role.CODER, other_practice)), case).status_code == 404

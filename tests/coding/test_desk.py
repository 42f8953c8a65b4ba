"""The workbench with suggestions: evidence, decisions, undo, who else is here."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coding.domain.status import CaseStatus
from coding.models import CasePresence, CodingCase, Suggestion
from coding.operations import mark_presence
from coding.queries import codes_of
from coding.views.evidence import Evidence, marked_note
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from encounters.domain.note import note_sections
from tests.coding.samples import NOTE, load_samples, suggested_case

pytestmark = pytest.mark.django_db
PAGE: dict[str, Any] = {
    "revision": "1",
    "dx": ["M17.11", "I10", "E11.9"],
    "px": ["99213", "20610"],
    "modifiers": ["", "RT"],
    "pointers": ["B A", "A"],
    "units": ["1", "1"],
}


@pytest.fixture
def case(practice: Practice) -> CodingCase:
    load_samples()
    with practice_scope(practice.pk):
        return suggested_case(practice)


def post(client: Client, case: CodingCase, act: str = "codes", **changed: Any) -> Any:
    return client.post(f"/coding/{case.pk}/{act}", PAGE | changed, headers={"HX-Request": "true"})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def decision(case: CodingCase, code: str) -> str:
    with practice_scope(case.practice_id):
        return Suggestion.objects.get(case=case, code=code).decision


def marks(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<mark data-for="([^"]+)"[^>]*>(.*?)</mark>', page)
    return [(keys, re.sub(r"\s*<sup>.*?</sup>", "", words)) for keys, words in found]


def test_every_suggested_code_points_at_its_words(desk: Client, case: CodingCase) -> None:
    page = text(desk.get(f"/coding/{case.pk}/"))
    with practice_scope(case.practice_id):
        held = Suggestion.objects.get(case=case, withheld=True)
    assert set(marks(page)) == {
        ("A", "Primary osteoarthritis, right knee"),
        ("A", "medial tenderness, crepitus"),
        ("B", "Essential hypertension"),
        ("1", "continue lisinopril"),
        ("2", "Injected after consent"),
        (f"w{held.pk}", "no injury"),
    }
    assert 'id="dx-M17.11" data-row="" data-evidence="A"' in page
    assert "Found but not coded: 1" in page


def test_an_unsure_suggestion_asks_for_a_decision_and_blocks_finishing(desk: Client, case: CodingCase) -> None:
    page = text(desk.get(f"/coding/{case.pk}/"))
    assert "E11.9 is unsure at 62" in page
    assert 'class="num warn">decide</td>' in page
    answer = post(desk, case, "finish")
    assert answer.status_code == 422
    assert "E11.9: the suggestion is unsure" in text(answer)
    accepted = text(post(desk, case, accept_diagnosis="3"))
    assert "is unsure" not in accepted
    assert decision(case, "E11.9") == "accepted"
    assert post(desk, case, "finish", revision="2").status_code == 204


def test_a_dropped_suggestion_leaves_the_case_and_its_letters_move_up(desk: Client, case: CodingCase) -> None:
    answer = text(post(desk, case, drop_diagnosis="1"))
    assert decision(case, "M17.11") == "dropped"
    assert 'id="note" hx-swap-oob="true"' in answer
    assert ("A", "Essential hypertension") in marks(answer)


def test_undo_puts_everything_back(desk: Client, case: CodingCase) -> None:
    dropped = text(post(desk, case, drop_diagnosis="1"))
    assert "Take back: M17.11 dropped" in dropped
    answer = text(desk.post(f"/coding/{case.pk}/undo", headers={"HX-Request": "true"}))
    assert "Take back" not in answer
    assert decision(case, "M17.11") == "proposed"
    with practice_scope(case.practice_id):
        assert codes_of(CodingCase.objects.get(pk=case.pk)).services[0].pointers == (2, 1)
    again = desk.post(f"/coding/{case.pk}/undo", headers={"HX-Request": "true"})
    assert (again.status_code, "no change of yours" in text(again)) == (422, True)


def test_why_gives_the_reason_and_the_words(desk: Client, case: CodingCase) -> None:
    page = text(desk.get(f"/coding/{case.pk}/why", {"code": "M17.11"}))
    assert "The assessment names the arthritis, its kind and its side." in page
    assert "“medial tenderness, crepitus”" in page
    assert "withheld" in text(desk.get(f"/coding/{case.pk}/why", {"code": "j02.0"}))
    assert "A person added this code" in text(desk.get(f"/coding/{case.pk}/why", {"code": "I99"}))
    with practice_scope(case.practice_id):
        assert AuditEvent.objects.filter(verb="suggestion.viewed", subject_id=case.pk).count() == 3


def test_what_was_withheld_can_be_added_all_the_same(desk: Client, case: CodingCase) -> None:
    page = text(post(desk, case, add="J02.0"))
    assert "Found but not coded" not in page
    assert ("D", "no injury") in marks(page)
    assert decision(case, "J02.0") == "accepted"


def test_finished_codes_keep_their_evidence_and_take_no_change(desk: Client, case: CodingCase) -> None:
    post(desk, case, accept_diagnosis="3")
    post(desk, case, "finish", revision="2")
    page = text(desk.get(f"/coding/{case.pk}/"))
    assert ("B", "Essential hypertension") in marks(page)
    assert 'data-key="Y"' not in page
    assert desk.post(f"/coding/{case.pk}/undo", headers={"HX-Request": "true"}).status_code == 422


def test_a_case_that_finished_itself_says_so(desk: Client, case: CodingCase) -> None:
    with practice_scope(case.practice_id):
        CodingCase.objects.filter(pk=case.pk).update(
            status=CaseStatus.FINALIZED, finalized_at=timezone.now(), auto_completed_at=timezone.now()
        )
    assert "Coded by itself" in text(desk.get(f"/coding/{case.pk}/"))


def test_two_people_see_each_other_and_what_the_other_saved(
    desk: Client, case: CodingCase, person: Callable[..., User], practice: Practice
) -> None:
    other = person(Role.CODER, practice)
    assert str(other) not in text(post(desk, case, "presence"))
    with practice_scope(practice.pk):
        mark_presence(case=case, user=other, now=timezone.now())
    assert f"{other} is here too" in text(post(desk, case, "presence"))
    client = Client()
    client.force_login(other)
    assert post(client, case, drop_diagnosis="3").status_code == 200
    seen = text(post(desk, case, "presence"))
    assert f"{other} saved" in seen
    assert f'hx-get="/coding/{case.pk}/now"' in seen
    assert 'name="revision" value="2"' in text(desk.get(f"/coding/{case.pk}/now"))
    with practice_scope(practice.pk):
        assert CasePresence.objects.filter(case=case).count() == 2


def test_saving_costs_the_same_for_one_code_and_for_many(desk: Client, case: CodingCase) -> None:
    def cost(**fields: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert post(desk, case, **fields).status_code == 200
        return len(queries)

    one = cost(dx=["I10"], px=["99213"], modifiers=["25"], pointers=["A"], units=["1"])
    many: dict[str, Any] = {name: value * 10 for name, value in PAGE.items() if name not in ("dx", "revision")}
    assert cost(revision="2", **many) == one <= 50


def test_overlapping_evidence_is_cut_where_it_meets() -> None:
    (section,) = marked_note(note_sections("Exam\nright knee pain"), [
        Evidence("A", 5, 15, "A"), Evidence("1", 11, 20, "1"), Evidence("w9", 16, 99)
    ])  # fmt: skip
    assert [(p.text, p.keys, p.tags) for p in section.paragraphs[0]] == [
        ("right ", "A", ""), ("knee", "A 1", "A"), (" ", "1", ""), ("pain", "1 w9", "1")
    ]  # fmt: skip


def test_a_note_without_evidence_is_whole() -> None:
    sections = marked_note(note_sections(NOTE), [])
    assert sum(len(pieces) for s in sections for pieces in s.paragraphs) == sum(len(s.paragraphs) for s in sections)

"""The page of one claim: money that proves itself, edits in place, fixes, verbs, history."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Claim, ClaimEvent, ClaimFinding, Submission
from claims.operations.batch import store_batch
from claims.operations.correct import edit_line
from claims.operations.scrub import scrub_claims
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from encounters.models import Coverage
from tests.claims.pages import HTMX, decided, held, queries_of, ready, text
from worklist.models import WorkNote

pytestmark = pytest.mark.django_db


@pytest.fixture
def biller(client: Client, person: Callable[..., User], practice: Practice) -> User:
    user = person(Role.BILLER, practice)
    client.force_login(user)
    return user


def fresh(claim: Claim) -> Claim:
    with practice_scope(claim.practice_id):
        return Claim.objects.get(pk=claim.pk)


def modifiers(claim: Claim, number: int = 1) -> list[str]:
    with practice_scope(claim.practice_id):
        return list(claim.lines.get(number=number).modifiers)


def finding(claim: Claim) -> ClaimFinding:
    with practice_scope(claim.practice_id):
        return ClaimFinding.objects.get(claim=claim, resolved_at__isnull=True)


def cell(client: Client, claim: Claim, field: str, value: str, revision: int = 0, line: int = 1) -> Any:
    return client.post(
        f"/claims/{claim.pk}/lines/{line}", {"field": field, "value": value, "revision": revision}, headers=HTMX
    )


def test_the_record_leads_with_the_person_and_is_recorded(client: Client, biller: User, practice: Practice) -> None:
    claim = held(practice)
    page = text(client.get(f"/claims/{claim.pk}/"))
    assert '<h1 class="nw">Okafor, Denise</h1>' in page
    assert all(words in page for words in (claim.number, "04/17/1968, F", "Needs fix", "Harbor Mutual", "M17.11"))
    with practice_scope(practice.pk):
        assert AuditEvent.objects.get(verb="claim.viewed").patient_id == claim.patient_id


def test_findings_stand_under_their_field_with_numbered_fixes(client: Client, biller: User, practice: Practice) -> None:
    claim = held(practice)
    page = text(client.get(f"/claims/{claim.pk}/"))
    assert 'id="wrong-1"' in page
    assert f'hx-post="/claims/findings/{finding(claim).pk}/fix"' in page
    assert 'data-key="1">Add 25' in page
    assert 'aria-invalid="true" aria-describedby="wrong-1"' in page
    assert "1 error" in page


def test_money_proves_itself(client: Client, biller: User, practice: Practice) -> None:
    claim = decided(ready(practice), paid="73.92", patient="18.48", contractual="75.60")
    page = text(client.get(f"/claims/{claim.pk}/"))
    assert "= 75.60 + 73.92 + 18.48" in page
    assert "0.00 payer + 18.48 patient" in page
    assert "Paid" in page


def test_a_denied_line_says_how_many_and_what_winning_brings(client: Client, biller: User, practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = held(practice)
    client.post(f"/claims/findings/{finding(claim).pk}/fix", headers=HTMX)
    claim = decided(fresh(claim), denied="242.00")
    page = text(client.get(f"/claims/{claim.pk}/"))
    assert "Denied, 1 of 2 lines" in page
    assert "If the denial is won" in page
    assert "+$138.20" in page
    assert "Correct and replace" in page


def test_a_fix_answers_with_the_record_and_an_undo(client: Client, biller: User, practice: Practice) -> None:
    claim = held(practice)
    page = text(client.post(f"/claims/findings/{finding(claim).pk}/fix", headers=HTMX))
    assert "<html" not in page
    assert 'id="record"' in page
    assert 'action="/claims/undo/' in page
    assert modifiers(claim) == ["25"]
    assert fresh(claim).status == "ready"


def test_a_settled_finding_is_refused_in_one_sentence(client: Client, biller: User, practice: Practice) -> None:
    claim = held(practice)
    url = f"/claims/findings/{finding(claim).pk}/fix"
    client.post(url, headers=HTMX)
    answer = client.post(url, headers=HTMX)
    assert answer.status_code == 422
    assert "settled already" in text(answer)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [("modifiers", "25", ["25"]), ("modifiers", "25, rt", ["25", "RT"])],
)
def test_a_cell_saves_what_was_typed(
    client: Client, biller: User, practice: Practice, field: str, value: str, kept: list[str]
) -> None:
    claim = held(practice)
    answer = cell(client, claim, field, value)
    assert (answer.status_code, modifiers(claim)) == (200, kept)


def test_units_and_pointers_are_written_as_people_write_them(client: Client, biller: User, practice: Practice) -> None:
    claim = held(practice)
    assert cell(client, claim, "units", "2").status_code == 200
    assert cell(client, claim, "pointers", "b a", revision=1).status_code == 200
    with practice_scope(practice.pk):
        line = claim.lines.get(number=1)
        assert (line.units, line.pointers, str(line.charge_amount)) == (2, [2, 1], "484.00")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("units", "many", "Units are a number from 1 to 999."),
        ("units", "0", "Units are a number from 1 to 999."),
        ("modifiers", "2555", "up to four modifiers of two characters"),
        ("pointers", "Z", "Point with the letters"),
    ],
)
def test_a_refused_cell_keeps_what_was_typed_and_says_why(
    client: Client, biller: User, practice: Practice, field: str, value: str, says: str
) -> None:
    claim = held(practice)
    answer = cell(client, claim, field, value)
    page = text(answer)
    assert answer.status_code == 422
    assert says in page
    assert f'value="{value}"' in page
    assert fresh(claim).revision == 0


def test_a_stale_edit_names_who_changed_the_claim_and_keeps_both(
    client: Client, biller: User, practice: Practice, person: Callable[..., User]
) -> None:
    claim = held(practice)
    other = person(Role.BILLER, practice)
    with practice_scope(practice.pk):
        edit_line(claim_id=claim.pk, line_number=2, units=3, actor=other, now=timezone.now(), revision=0)
    answer = cell(client, claim, "modifiers", "59", revision=0)
    page = text(answer)
    assert answer.status_code == 422
    assert f"{other} changed this claim just now. Your edit to line 1 is not saved." in page
    assert "You typed “59”" in page
    assert 'name="revision" value="1"' in page  # "Save mine" stands on the claim as it is now
    assert modifiers(claim) == []


def test_the_claims_own_fields_are_corrected_in_place(client: Client, biller: User, practice: Practice) -> None:
    claim = held(practice)
    url = f"/claims/{claim.pk}/edit"
    given = {"field": "diagnoses", "value": "m17.11, E11.9, I10", "revision": 0}
    assert client.post(url, given, headers=HTMX).status_code == 200
    assert fresh(claim).diagnoses == ["M17.11", "E11.9", "I10"]
    given = {"field": "member_id", "value": "x", "revision": 1}
    assert client.post(url, given, headers=HTMX).status_code == 422
    assert client.post(url, {"field": "charge_amount", "value": "1", "revision": 1}).status_code == 422


def test_overriding_asks_why_first(client: Client, biller: User, practice: Practice) -> None:
    claim = held(practice)
    url = f"/claims/findings/{finding(claim).pk}/override"
    assert "$410.00 come back rejected or denied" in text(client.get(url, headers=HTMX))
    empty = client.post(url, {"reason": ""}, headers=HTMX)
    assert (empty.status_code, empty["HX-Retarget"]) == (422, "#dialog")
    assert client.post(url, {"reason": "Payer said so"}, headers=HTMX).status_code == 200
    assert fresh(claim).status == "ready"
    with practice_scope(practice.pk):
        assert AuditEvent.objects.get(verb="claim.finding_overridden").note == "Payer said so"


def test_hold_send_and_hurry(client: Client, biller: User, practice: Practice) -> None:
    claim = ready(practice)
    url = f"/claims/{claim.pk}/"
    assert client.post(url + "hold", {"reason": ""}, headers=HTMX).status_code == 422
    assert "On hold" in text(client.post(url + "hold", {"reason": "New card"}, headers=HTMX))
    assert client.post(url + "hold", {"reason": "Again"}, headers=HTMX).status_code == 422
    page = text(client.post(url + "send", headers=HTMX))
    assert ("Sending" in page, f'hx-get="{url}sending?looks=0"' in page, "Send now" in page) == (True, True, False)
    assert fresh(claim).status == "ready"
    assert client.post(url + "send", headers=HTMX).status_code == 200  # ready already: only hurried


def test_a_page_that_says_sending_asks_until_the_claim_has_left(
    client: Client, biller: User, practice: Practice
) -> None:
    claim = ready(practice)
    url = f"/claims/{claim.pk}/sending"
    page = text(client.get(url, {"looks": 4}, headers=HTMX))
    assert (page.count("<span"), f"{url}?looks=5" in page) == (page.count("</span"), True)
    with practice_scope(practice.pk):
        store_batch(practice_id=practice.pk, claim_ids=[claim.pk], now=timezone.now())
    answer = client.get(url, {"looks": 5}, headers=HTMX)
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#record", "outerHTML")
    page = text(answer)
    assert ("is sent" in page, "Sent in" in page, "/sending" in page) == (True, True, False)


def test_a_batch_that_takes_long_is_waited_for_only_so_long(client: Client, biller: User, practice: Practice) -> None:
    claim = ready(practice)
    answer = client.get(f"/claims/{claim.pk}/sending", {"looks": 20}, headers=HTMX)
    assert answer["HX-Retarget"] == "#record"
    assert ("has not left yet" in text(answer), "Send now" in text(answer)) == (True, True)


def test_what_the_front_desk_has_to_ask_is_said_to_be_there(client: Client, biller: User, practice: Practice) -> None:
    claim = ready(practice)
    with practice_scope(practice.pk):
        Coverage.objects.update(effective_to=claim.service_from - timedelta(days=3))
        scrub_claims(practice_id=practice.pk, claim_ids=[claim.pk], now=timezone.now())
    assert "With the front desk" in text(client.get(f"/claims/{claim.pk}/"))


def test_a_stopped_claim_is_not_sent(client: Client, biller: User, practice: Practice) -> None:
    claim = held(practice)
    answer = client.post(f"/claims/{claim.pk}/send", headers=HTMX)
    assert answer.status_code == 422
    assert "is still stopped" in text(answer)
    assert fresh(claim).status == "held"


def test_a_void_names_the_money_and_asks_why(client: Client, biller: User, practice: Practice) -> None:
    claim = decided(ready(practice), paid="92.40", contractual="75.60")
    url = f"/claims/{claim.pk}/void"
    assert "Harbor Mutual paid $92.40 on it" in text(client.get(url, headers=HTMX))
    assert client.post(url, {"reason": ""}, headers=HTMX)["HX-Retarget"] == "#dialog"
    page = text(client.post(url, {"reason": "Wrong patient"}, headers=HTMX))
    assert "is withdrawn. Harbor Mutual is told with claim" in page
    assert fresh(claim).status == "void"


def test_a_replacement_opens_on_its_own_page(client: Client, biller: User, practice: Practice) -> None:
    claim = decided(ready(practice), denied="168.00")
    assert "Replace claim" in text(client.get(f"/claims/{claim.pk}/replace", headers=HTMX))
    answer = client.post(f"/claims/{claim.pk}/replace", headers=HTMX)
    with practice_scope(practice.pk):
        new = Claim.objects.get(original=claim)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/claims/{new.pk}/")
    assert "7 Replacement" in text(client.get(f"/claims/{new.pk}/"))
    assert client.post(f"/claims/{claim.pk}/replace", headers=HTMX).status_code == 422


def test_asking_is_refused_while_the_payer_has_nothing(client: Client, biller: User, practice: Practice) -> None:
    claim = ready(practice)
    answer = client.post(f"/claims/{claim.pk}/ask", headers=HTMX)
    assert (answer.status_code, "the payer has nothing to answer" in text(answer)) == (422, True)
    with practice_scope(practice.pk):
        Claim.objects.filter(pk=claim.pk).update(status="accepted")
    assert "Harbor Mutual is asked" in text(client.post(f"/claims/{claim.pk}/ask", headers=HTMX))


def test_notes_are_kept_beside_the_claim(client: Client, biller: User, practice: Practice) -> None:
    claim = ready(practice)
    assert client.post(f"/claims/{claim.pk}/note", {"text": " "}, headers=HTMX).status_code == 422
    assert "“Called Dana”" in text(client.post(f"/claims/{claim.pk}/note", {"text": "Called Dana"}, headers=HTMX))
    with practice_scope(practice.pk):
        assert WorkNote.objects.get().author == biller


def test_history_is_newest_first_with_raw_x12_and_links(client: Client, biller: User, practice: Practice) -> None:
    claim = ready(practice)
    with practice_scope(practice.pk):
        for _ in range(2):
            batch = store_batch(practice_id=practice.pk, claim_ids=[claim.pk], now=timezone.now())
            Claim.objects.filter(pk=claim.pk).update(status="ready")
    page = text(client.get(f"/claims/{claim.pk}/"))
    assert page.index("Sent in") < page.index("Claim built")
    assert f'href="/claims/batches/{batch.pk if batch else 0}/">batch 2</a>' in page
    assert "What changed since batch 1" in page
    assert "CLM*" in page


def test_two_submissions_are_compared_segment_by_segment(client: Client, biller: User, practice: Practice) -> None:
    claim = ready(practice)
    with practice_scope(practice.pk):
        store_batch(practice_id=practice.pk, claim_ids=[claim.pk], now=timezone.now())
        claim.lines.update(modifiers=["25"])
        Claim.objects.filter(pk=claim.pk).update(status="ready")
        store_batch(practice_id=practice.pk, claim_ids=[claim.pk], now=timezone.now())
        first, second = Submission.objects.filter(claim=claim).order_by("pk").values_list("pk", flat=True)
    page = text(client.get(f"/claims/submissions/{second}/"))
    assert "<del>SV1*HC:99213*" in page
    assert "<ins>SV1*HC:99213:25*" in page
    assert "there is none to compare it with" in text(client.get(f"/claims/submissions/{first}/"))


def test_neighbours_follow_the_queue_the_claim_was_opened_from(
    client: Client, biller: User, practice: Practice
) -> None:
    one, two, three = (held(practice, name) for name in ("Ames", "Boyd", "Cole"))
    ready(practice, "Dunn")
    page = text(client.get(f"/claims/{two.pk}/?from=claims&sort=patient"))
    assert "2 of 3 in Claims" in page
    assert f'href="/claims/{one.pk}/?from=claims&amp;sort=patient" data-key="K"' in page
    assert f'href="/claims/{three.pk}/?from=claims&amp;sort=patient" data-key="J"' in page
    assert 'href="/claims/?sort=patient" data-key="Esc"' in page
    assert "in My queue" in text(client.get(f"/claims/{two.pk}/?from=claims"))
    assert 'data-key="J"' not in text(client.get(f"/claims/{two.pk}/"))


def test_a_fragment_keeps_the_way_through_the_queue(client: Client, biller: User, practice: Practice) -> None:
    one, two = held(practice, "Ames"), held(practice, "Boyd")
    url = f"http://testserver/claims/{one.pk}/?from=claims&sort=patient"
    page = text(client.post(f"/claims/{one.pk}/note", {"text": "Hello"}, headers={**HTMX, "HX-Current-URL": url}))
    assert f'href="/claims/{two.pk}/?from=claims&amp;sort=patient" data-key="J"' in page


@pytest.mark.parametrize("role", [Role.POSTER, Role.COMPLIANCE_OFFICER, Role.PATIENT_ACCOUNTS])
def test_who_may_only_look_sees_no_verbs(
    client: Client, person: Callable[..., User], practice: Practice, role: Role
) -> None:
    claim = held(practice)
    client.force_login(person(role, practice))
    page = text(client.get(f"/claims/{claim.pk}/"))
    assert 'class="cell' not in page
    assert all(words not in page for words in ("Release", "Void claim", "Add 25 <kbd", "Override"))
    paths = ("edit", "lines/1", "send", "hold", "ask", "replace", "void")
    assert {client.post(f"/claims/{claim.pk}/{path}").status_code for path in paths} == {403}
    assert client.post(f"/claims/findings/{finding(claim).pk}/fix").status_code == 403


def test_another_practices_claim_does_not_exist(
    client: Client, biller: User, practice: Practice, other_practice: Practice
) -> None:
    claim = held(other_practice)
    found = finding(claim).pk
    paths = ("edit", "lines/1", "send", "hold", "ask", "replace", "void", "note", "fix")
    assert client.get(f"/claims/{claim.pk}/").status_code == 404
    assert {client.post(f"/claims/{claim.pk}/{path}").status_code for path in paths} == {404}
    assert {client.post(f"/claims/findings/{found}/{path}").status_code for path in ("fix", "override")} == {404}
    assert client.get("/claims/submissions/1/").status_code == 404


def test_the_record_costs_the_same_however_long_its_history(
    client: Client, biller: User, practice: Practice, django_assert_max_num_queries: Any
) -> None:
    claim = held(practice)
    client.get(f"/claims/{claim.pk}/")
    few = queries_of(client, f"/claims/{claim.pk}/", django_assert_max_num_queries)
    with practice_scope(practice.pk):
        ClaimEvent.objects.bulk_create(
            ClaimEvent(practice=practice, claim=claim, at=timezone.now(), tone="move", says="Asked.", actor=biller)
            for _ in range(25)
        )
        WorkNote.objects.bulk_create(
            WorkNote(
                practice=practice,
                subject_type="claims.claim",
                subject_id=claim.pk,
                author=biller,
                text="Note",
                at=timezone.now(),
            )
            for _ in range(25)
        )
    assert queries_of(client, f"/claims/{claim.pk}/", django_assert_max_num_queries) == few

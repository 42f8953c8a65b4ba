"""The pages of the room: who may, what they show, what they cost, and figures that agree with the rows they open."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from denials.models import Appeal, Denial
from denials.operations import draft_appeal
from tests.builders import a_payer
from tests.denials.builders import bring, refuse
from tests.payments.builders import a_claim, a_line, an_answer

pytestmark = pytest.mark.django_db
PAGES = ("denial_overview", "denial_list", "denial_index", "appeal_list")
SignIn = Callable[[User], Client]


@pytest.fixture
def sign_in() -> SignIn:
    def run(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return run


@pytest.fixture
def scoped(practice: Practice) -> Callable[..., list[Denial]]:
    """Make a denied claim inside the practice; the scope ends before a page is asked for."""

    def run(*adjusted: str, **fields: Any) -> list[Denial]:
        with practice_scope(practice.pk):
            return refuse(practice, *adjusted, now=fields.pop("now", timezone.now()), **fields)

    return run


@pytest.fixture
def appeal(practice: Practice, specialist: User, scoped: Callable[..., list[Denial]]) -> Appeal:
    (denial,) = scoped()
    with practice_scope(practice.pk):
        return draft_appeal(denial_ids=[denial.pk], actor=specialist, now=timezone.now())


def page_of(client: Client, name: str, *args: int, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


@pytest.mark.parametrize("role", [Role.DENIAL_SPECIALIST, Role.SUPERVISOR, Role.BILLER, Role.COMPLIANCE_OFFICER])
def test_pages_open_for_those_who_may_read(
    role: Role, person: Callable[..., User], practice: Practice, sign_in: SignIn, appeal: Appeal
) -> None:
    client = sign_in(person(role, practice))
    for name in PAGES:
        page_of(client, name)
    with practice_scope(practice.pk):
        denial = Denial.objects.get()
    page_of(client, "denial_detail", denial.pk)
    page_of(client, "appeal_detail", appeal.pk)
    assert client.get(reverse("appeal_pdf", args=[appeal.pk])).content.startswith(b"%PDF-")


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CODER, Role.ADMINISTRATOR, Role.PROVIDER])
def test_pages_stay_shut_for_the_rest(
    role: Role, person: Callable[..., User], practice: Practice, sign_in: SignIn
) -> None:
    client = sign_in(person(role, practice))
    assert {client.get(reverse(name)).status_code for name in PAGES} == {403}


VERBS = ("denial_correct", "denial_appeal", "denial_write_off", "denial_bill_patient", "denial_note")
APPEAL_VERBS = ("appeal_save", "appeal_send", "appeal_withdraw")


def test_readers_may_not_work(person: Callable[..., User], practice: Practice, sign_in: SignIn, appeal: Appeal) -> None:
    client = sign_in(person(Role.BILLER, practice))
    assert {client.post(reverse(name, args=[1])).status_code for name in VERBS} == {403}
    assert {client.post(reverse(name, args=[appeal.pk])).status_code for name in APPEAL_VERBS} == {403}
    with practice_scope(practice.pk):
        pk = Denial.objects.get().pk
    assert "Write off" not in page_of(client, "denial_detail", pk)


def test_another_practices_rows_do_not_exist(
    person: Callable[..., User], other_practice: Practice, practice: Practice, sign_in: SignIn, appeal: Appeal
) -> None:
    with practice_scope(practice.pk):
        pk = Denial.objects.get().pk
    client = sign_in(person(Role.DENIAL_SPECIALIST, other_practice))
    assert client.get(reverse("denial_detail", args=[pk])).status_code == 404
    assert {client.post(reverse(name, args=[pk]), {"text": "x"}).status_code for name in VERBS} == {404}
    for name in ("appeal_detail", "appeal_pdf"):
        assert client.get(reverse(name, args=[appeal.pk])).status_code == 404
    assert {client.post(reverse(name, args=[appeal.pk])).status_code for name in APPEAL_VERBS} == {404}
    assert "Okafor" not in page_of(client, "denial_index")
    with practice_scope(practice.pk):
        assert Denial.objects.get().status == "new"


def test_pages_cost_the_same_for_one_row_and_for_many(
    practice: Practice, specialist: User, sign_in: SignIn, scoped: Callable[..., list[Denial]]
) -> None:
    client = sign_in(specialist)

    def spent(name: str, *args: int) -> int:
        page_of(client, name, *args)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, name, *args)
        return len(queries)

    def add() -> None:
        (denial,) = scoped("CO-50-168.00")
        with practice_scope(practice.pk):
            draft_appeal(denial_ids=[denial.pk], actor=specialist, now=timezone.now())

    add()
    one = {name: spent(name) for name in PAGES}
    for _ in range(25):
        add()
    assert {name: spent(name) for name in PAGES} == one
    assert max(one.values()) <= 45


def test_views_of_a_patient_are_recorded(practice: Practice, specialist: User, sign_in: SignIn, appeal: Appeal) -> None:
    client = sign_in(specialist)
    with practice_scope(practice.pk):
        denial = Denial.objects.get()
    page_of(client, "denial_detail", denial.pk)
    page_of(client, "appeal_detail", appeal.pk)
    client.get(reverse("appeal_pdf", args=[appeal.pk]))
    with practice_scope(practice.pk):
        seen = AuditEvent.objects.filter(verb__endswith=".viewed", actor=specialist, patient_id=denial.patient_id)
        assert sorted(seen.values_list("verb", flat=True)) == ["appeal.viewed", "appeal_letter.viewed", "denial.viewed"]


def test_the_denial_says_what_happened_and_what_to_do(
    specialist: User, sign_in: SignIn, scoped: Callable[..., list[Denial]]
) -> None:
    (denial,) = scoped("PR-96-168.00", remarks=("N30",))
    page = page_of(sign_in(specialist), "denial_detail", denial.pk)
    for words in (
        "Okafor, Denise", "PR-96", "N30", "$168.00", "Correct and replace", "Appeal", "Write off", "Bill patient",
        "Primary osteoarthritis, right knee", "CLP*", "Patient’s responsibility",
    ):  # fmt: skip
        assert words in page, words
    assert [page.count(f'data-key="{n}"') for n in (1, 2, 3, 4)] == [1, 1, 1, 1]


def test_the_appeal_play_opens_a_letter_that_can_be_sent(
    practice: Practice, specialist: User, sign_in: SignIn, scoped: Callable[..., list[Denial]]
) -> None:
    (denial,) = scoped()
    client = sign_in(specialist)
    answer = client.post(reverse("denial_appeal", args=[denial.pk]))
    assert answer.status_code == 302
    with practice_scope(practice.pk):
        appeal = Appeal.objects.get()
    assert answer["Location"] == reverse("appeal_detail", args=[appeal.pk])
    assert 'name="letter"' in page_of(client, "appeal_detail", appeal.pk)
    saved = client.post(
        reverse("appeal_save", args=[appeal.pk]), {"letter": "Please look again."}, headers={"HX-Request": "true"}
    )
    assert saved.content.decode().startswith("Saved ")
    client.post(reverse("appeal_send", args=[appeal.pk]), {"letter": "Please look again, soon."})
    with practice_scope(practice.pk):
        appeal.refresh_from_db()
        assert (appeal.status, appeal.letter) == ("stored", "Please look again, soon.\n")
    page = page_of(client, "appeal_detail", appeal.pk)
    assert 'name="letter"' not in page
    assert "Please look again, soon." in page
    refused = client.post(reverse("appeal_save", args=[appeal.pk]), {"letter": "No"})
    assert (refused.status_code, b"its text is fixed" in refused.content) == (422, True)


def test_a_correction_is_typed_and_sent(
    practice: Practice, specialist: User, sign_in: SignIn, scoped: Callable[..., list[Denial]]
) -> None:
    (denial,) = scoped("CO-4-168.00")
    client = sign_in(specialist)
    url = reverse("denial_correct", args=[denial.pk])
    assert 'name="claim-modifiers_1"' in client.get(url).content.decode()
    same = {
        "claim-diagnoses": "M17.11",
        "claim-authorization": "",
        "claim-modifiers_1": "",
        "claim-units_1": "1",
    }
    refused = client.post(url, same)
    assert (refused.status_code, b"Correct something first" in refused.content) == (422, True)
    assert client.post(url, same | {"claim-units_1": "0"}).status_code == 422
    done = client.post(url, same | {"claim-modifiers_1": "25"}, headers={"HX-Request": "true"})
    with practice_scope(practice.pk):
        new = Claim.objects.get(original=denial.claim_id)
        assert new.lines.get().modifiers == ["25"]
    assert done["HX-Redirect"] == reverse("claim_detail", args=[new.pk])


def test_giving_up_asks_why_and_knows_its_limit(
    practice: Practice,
    specialist: User,
    person: Callable[..., User],
    sign_in: SignIn,
    scoped: Callable[..., list[Denial]],
) -> None:
    (denial,) = scoped("CO-18-300.00", charge="300.00")
    url = reverse("denial_write_off", args=[denial.pk])
    client = sign_in(specialist)
    assert b"$300.00 off?" in client.get(url).content
    assert client.post(url, {"reason": ""}).status_code == 422
    refused = client.post(url, {"reason": "Duplicate"})
    assert (refused.status_code, b"needs a supervisor" in refused.content) == (422, True)
    boss = sign_in(person(Role.SUPERVISOR, practice))
    assert boss.post(url, {"reason": "Duplicate"}).status_code == 302
    with practice_scope(practice.pk):
        assert Denial.objects.get().status == "written_off"


def test_notes_and_withdrawal(practice: Practice, specialist: User, sign_in: SignIn, appeal: Appeal) -> None:
    client = sign_in(specialist)
    with practice_scope(practice.pk):
        pk = Denial.objects.get().pk
    client.post(reverse("denial_note", args=[pk]), {"text": "Payer rep Dana, ref 55120"})
    assert "ref 55120" in page_of(client, "denial_detail", pk)
    url = reverse("appeal_withdraw", args=[appeal.pk])
    assert b"Withdraw this appeal?" in client.get(url).content
    assert client.post(url, {"reason": "Correcting instead"}).status_code == 302
    assert "Correcting instead" in page_of(client, "appeal_detail", appeal.pk)


@pytest.fixture
def quarter(practice: Practice, specialist: User, scoped: Callable[..., list[Denial]]) -> None:
    """Denials of several reasons, payers, weeks and fates; claims that were paid beside them."""
    today = timezone.now()
    cases: list[tuple[str, str, int, dict[str, Any]]] = [
        ("CO-50-168.00", "HM001", 2, {}),
        ("CO-197-168.00", "HM001", 9, {"first_action_at": today}),
        ("CO-197-168.00", "SP001", 9, {"status": "corrected", "first_action_at": today}),
        ("CO-29-168.00", "SP001", 16, {"status": "overturned", "answer": "won", "closed_at": today}),
        ("CO-16-168.00", "HM001", 40, {"status": "upheld", "answer": "lost", "deadline": timezone.localdate()}),
        ("CO-18-168.00", "HM001", 41, {"status": "written_off", "closed_at": today}),
        ("CO-97-168.00", "HM001", 80, {"deadline": timezone.localdate() - timedelta(days=2)}),
        ("CO-50-168.00", "HM001", 130, {}),
    ]
    for adjusted, payer, ago, changes in cases:
        with practice_scope(practice.pk):
            other = a_payer(practice, payer_id=payer, name="Summit PPO" if payer == "SP001" else "Harbor Mutual")
        (denial,) = scoped(adjusted, payer=other, now=today - timedelta(days=ago))
        with practice_scope(practice.pk):
            if changes.get("answer"):
                changes["answered_at"] = today - timedelta(days=1)
            later = timezone.localdate() + timedelta(days=60)
            Denial.objects.filter(pk=denial.pk).update(**{"deadline": later} | changes)
    with practice_scope(practice.pk):
        claim = a_claim(practice, ("99213", "168.00"), ("20610", "168.00"))
        Claim.objects.filter(pk=claim.pk).update(first_denied=False, adjudicated_at=today - timedelta(days=3))
    return


TILE = re.compile(
    r'<dt>([^<]+?)(?: <span.*?</span>)?</dt><dd><a href="([^"]+)">([^<]+)</a><span class="x">([^<]*)', re.DOTALL
)
LINK = re.compile(r'href="(/denials/all/\?[^"]+)"[^>]*aria-label="[^"]*?: (\d+)[^"]*"')
TOTAL = re.compile(r"of ([\d,]+), (\$[\d,.]+)|>None<")


def behind(client: Client, url: str) -> tuple[int, str]:
    """Rows and dollars of the list that a figure opens."""
    page = client.get(unescape(url)).content.decode()
    found = TOTAL.search(page)
    assert found, url
    return int((found[1] or "0").replace(",", "")), found[2] or "$0.00"


def test_every_tile_equals_the_rows_it_opens(quarter: None, specialist: User, sign_in: SignIn) -> None:
    client = sign_in(specialist)
    tiles = {
        name.strip(): (url, figure, of) for name, url, figure, of in TILE.findall(page_of(client, "denial_overview"))
    }
    assert list(tiles) == [
        "Denial rate", "Denied dollars", "Avoidable", "Won back", "Days to first action", "Still open",
    ]  # fmt: skip
    parts = {name: of for name, (_, _, of) in tiles.items()}
    assert parts == {
        "Denial rate": "7 of 8 decided",
        "Denied dollars": "of $1,512 billed",
        "Avoidable": "6 of 7 by our edits",
        "Won back": "1 of 2 answered",
        "Days to first action": "median of 2 worked",
        "Still open": "5 of 7 denied",
    }
    for name, (url, figure, of) in tiles.items():
        rows, amount = behind(client, url)
        if name == "Denied dollars":
            assert amount == f"{figure}.00"
        elif name == "Days to first action":
            assert of == f"median of {rows} worked"
        else:
            assert of.startswith(f"{rows} of ")
        if name == "Still open":
            assert amount == f"{figure}.00"


def test_every_mark_equals_the_rows_it_opens(quarter: None, specialist: User, sign_in: SignIn) -> None:
    client = sign_in(specialist)
    marks = LINK.findall(page_of(client, "denial_overview", weeks="26"))
    checked = {url: int(number) for url, number in marks if "week=" not in url}
    assert len(checked) > 12
    assert {url: behind(client, url)[0] for url in checked} == checked


def test_weeks_reasons_and_clocks_open_their_rows(quarter: None, specialist: User, sign_in: SignIn) -> None:
    client = sign_in(specialist)
    page = page_of(client, "denial_overview")
    weeks = re.findall(r'href="(/denials/all/\?[^"]*week=[^"]+)" aria-label="Week of [^:]+: [^,]+, (\d+) of', page)
    assert sum(int(denied) for _, denied in weeks) == 7
    assert {url: behind(client, url)[0] for url, _ in weeks} == {url: int(denied) for url, denied in weeks}
    reasons = re.findall(r'<th scope="row"><a href="([^"]+category=[^"]+)">.*?<td class="num">(\d+)</td>', page)
    assert sum(int(claims) for _, claims in reasons) == 7
    assert all(behind(client, url)[0] == int(claims) for url, claims in reasons)
    (late,) = re.findall(r'href="([^"]+due=late[^"]*)">(\d+) late, (\$[\d.,]+)', page)
    assert behind(client, late[0]) == (int(late[1]), late[2])
    assert late[1:] == ("1", "$168.00")


def test_junk_in_the_address_filters_nothing(quarter: None, specialist: User, sign_in: SignIn) -> None:
    client = sign_in(specialist)
    assert behind(client, reverse("denial_index") + "?week=never&since=1&until=2&due=3&page=-9")[0] == 8
    assert "Last 13 weeks" in page_of(client, "denial_overview", weeks="999")


def test_an_empty_room_says_so(specialist: User, sign_in: SignIn) -> None:
    client = sign_in(specialist)
    assert "Nothing was denied in this period" in page_of(client, "denial_overview")
    assert "No appeal yet" in page_of(client, "appeal_list")
    assert "No denied claim matches" in page_of(client, "denial_index")


def test_the_worklist_leads_with_the_highest_expected_recovery(
    practice: Practice, specialist: User, sign_in: SignIn, scoped: Callable[..., list[Denial]]
) -> None:
    (small,), (large,), (late,) = scoped("CO-96-168.00"), scoped("CO-4-168.00"), scoped("CO-4-168.00")
    today = timezone.localdate()
    with practice_scope(practice.pk):
        Denial.objects.update(deadline=today + timedelta(days=9))
        Denial.objects.filter(pk=late.pk).update(deadline=today - timedelta(days=15))
    page = page_of(sign_in(specialist), "denial_overview")
    order = re.findall(r'<tr data-row="/denials/(\d+)/"', page)
    assert [int(pk) for pk in order] == [large.pk, small.pk, late.pk]
    assert large.expected_recovery == Decimal("73.92")


@pytest.fixture
def two_lines(practice: Practice) -> list[Denial]:
    """A claim with two lines refused in one decision, the second at the patient's cost."""
    with practice_scope(practice.pk):
        claim = a_claim(practice, ("99213", "168.00"), ("87880", "34.00"))
        lines = (a_line(1, "99213", "168.00", "0", "CO-97-168.00"), a_line(2, "87880", "34.00", "0", "PR-96-34.00"))
        bring(practice, an_answer(claim, *lines, status="4"), now=timezone.now())
        return list(Denial.objects.order_by("line_number"))


def test_the_lines_of_a_decision_are_one_row_and_one_page(
    specialist: User, sign_in: SignIn, two_lines: list[Denial]
) -> None:
    client = sign_in(specialist)
    url = reverse("denial_detail", args=[min(each.pk for each in two_lines)])
    assert page_of(client, "denial_list").count("data-row=") == 1
    assert f'data-row="{url}' in page_of(client, "denial_list")
    for each in two_lines:
        page = page_of(client, "denial_detail", each.pk)
        assert all(
            words in page
            for words in ("refused $168.00 of line 1", "refused $34.00 of line 2", "$202.00", "1 of 1 in Worklist")
        )


def test_chosen_lines_are_given_up_and_the_rest_stays(
    practice: Practice, specialist: User, sign_in: SignIn, two_lines: list[Denial]
) -> None:
    client, (first, second) = sign_in(specialist), two_lines
    url = reverse("denial_write_off", args=[first.pk])
    assert unescape(client.get(url).content.decode()).count('type="checkbox"') == 2
    none = client.post(url, {"reason": "Small"})
    assert (none.status_code, "Choose at least one line" in none.content.decode()) == (422, True)
    client.post(url, {"reason": "Small", "lines": [second.pk]})
    with practice_scope(practice.pk):
        assert set(Denial.objects.values_list("pk", "status")) == {(first.pk, "new"), (second.pk, "written_off")}
    assert page_of(client, "denial_list").count("data-row=") == 1


def test_only_what_the_contract_allows_is_billed_to_the_patient(
    practice: Practice, specialist: User, sign_in: SignIn, two_lines: list[Denial]
) -> None:
    client, (first, second) = sign_in(specialist), two_lines
    client.post(reverse("denial_bill_patient", args=[first.pk]), {"reason": "Signed notice"})
    with practice_scope(practice.pk):
        assert set(Denial.objects.values_list("pk", "status")) == {(first.pk, "new"), (second.pk, "patient")}

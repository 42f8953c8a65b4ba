"""All claims: filters, pages that cost the same everywhere, and batches with their files."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Batch, BatchAnswer, Claim, InboundFile
from claims.operations.batch import store_batch
from claims.queries.index import PAGE, ClaimFilter, Cursor, claim_page
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests.claims.pages import decided, held, queries_of, ready, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer(client: Client, person: Callable[..., User], practice: Practice) -> User:
    user = person(Role.PATIENT_ACCOUNTS, practice)
    client.force_login(user)
    return user


def shown(client: Client, query: str) -> str:
    return text(client.get(f"/claims/all/?{query}"))


@pytest.fixture
def claims(practice: Practice) -> dict[str, Claim]:
    today = timezone.localdate()
    return {
        "Held": held(practice, "Held"),
        "Ready": ready(practice, "Ready"),
        "Paid": decided(ready(practice, "Paid"), paid="73.92", patient="18.48", contractual="75.60"),
        "Denied": decided(ready(practice, "Denied", day=today - timedelta(days=120)), denied="168.00"),
        "Settled": decided(ready(practice, "Settled"), paid="92.40", contractual="75.60"),
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Held", "Ready", "Paid", "Denied", "Settled"}),
        ("status=held", {"Held"}),
        ("clean=yes", {"Ready", "Paid", "Denied", "Settled"}),
        ("clean=no&days=90", {"Held"}),
        ("first_denied=yes&days=90", {"Denied"}),
        ("first_denied=any", {"Paid", "Denied", "Settled"}),
        ("first_pass=yes", {"Paid", "Settled"}),
        ("open=yes", {"Held", "Ready", "Paid", "Denied"}),
        ("open=payer", {"Held", "Ready", "Denied"}),
        ("open=payer&aged=90", {"Denied"}),
        ("aged=91-120", {"Denied"}),
        ("aged=0-30", {"Held", "Ready", "Paid", "Settled"}),
        ("payer=Harbor+Mutual&status=ready", {"Ready"}),
        ("payer=Nobody", set()),
        ("q=settl", {"Settled"}),
        ("q=Paid,+Den", {"Paid"}),
        ("status=junk&aged=x&days=-1&q=zzz", set()),
        ("status=junk&aged=x&days=-1&next=junk", {"Held", "Ready", "Paid", "Denied", "Settled"}),
    ],
)
def test_filters_show_what_they_say(
    client: Client, viewer: User, claims: dict[str, Claim], query: str, names: set[str]
) -> None:
    page = shown(client, query)
    assert {name for name in claims if f">{name}, Denise</a>" in page} == names
    assert f"{len(names)} claim" in page or "No claim matches" in page


def test_a_number_finds_its_claim(client: Client, viewer: User, claims: dict[str, Claim]) -> None:
    page = shown(client, f"q={claims['Paid'].number}")
    assert (">Paid, Denise</a>" in page, ">Held, Denise</a>" in page) == (True, False)


def test_rows_lead_back_to_the_list_as_it_was(client: Client, viewer: User, claims: dict[str, Claim]) -> None:
    claim = claims["Denied"]
    assert f'data-row="/claims/{claim.pk}/?from=all&amp;status=adjudicated"' in shown(client, "status=adjudicated")
    page = text(client.get(f"/claims/{claim.pk}/?from=all&status=adjudicated"))
    assert 'href="/claims/all/?status=adjudicated" data-key="Esc"' in page


def test_pages_walk_forward_and_back_over_every_claim_once(practice: Practice) -> None:
    today = timezone.localdate()
    for n in range(PAGE + 3):
        ready(practice, f"Name{n}", day=today - timedelta(days=n // 2))
    with practice_scope(practice.pk):
        first = claim_page(ClaimFilter(), today)
        assert first.next
        second = claim_page(ClaimFilter(), today, first.next)
        assert (len(first.rows), len(second.rows), first.previous, second.next) == (PAGE, 3, None, None)
        seen = [claim.pk for claim in [*first.rows, *second.rows]]
        assert len(set(seen)) == PAGE + 3
        assert second.previous
        again = claim_page(ClaimFilter(), today, second.previous)
        assert [claim.pk for claim in again.rows] == [claim.pk for claim in first.rows]
        assert again.previous is None


@pytest.mark.parametrize(
    "text_given", ["", "x", "20260101", "20260101-x", "20261301-4", "20260101-9999999999999999999"]
)
def test_a_broken_cursor_is_none(text_given: str) -> None:
    assert Cursor.read(text_given) is None


def test_a_cursor_is_read_as_it_was_written() -> None:
    cursor = Cursor.read("20260102-44", back=True)
    assert cursor
    assert (str(cursor), cursor.back) == ("20260102-44", True)


def test_the_list_and_the_batches_cost_the_same_for_one_row_and_for_many(
    client: Client, viewer: User, practice: Practice, django_assert_max_num_queries: Any
) -> None:
    claim = ready(practice)
    with practice_scope(practice.pk):
        store_batch(practice_id=practice.pk, claim_ids=[claim.pk], now=timezone.now())
    urls = ("/claims/all/", "/claims/batches/")
    few = [queries_of(client, url, django_assert_max_num_queries) for url in urls]
    for n in range(24):
        claim = ready(practice, f"Name{n}")
        with practice_scope(practice.pk):
            store_batch(practice_id=practice.pk, claim_ids=[claim.pk], now=timezone.now())
    assert [queries_of(client, url, django_assert_max_num_queries) for url in urls] == few


def test_a_batch_shows_its_claims_answers_and_exact_text(client: Client, viewer: User, practice: Practice) -> None:
    claim = ready(practice)
    now = timezone.now()
    with practice_scope(practice.pk):
        batch = store_batch(practice_id=practice.pk, claim_ids=[claim.pk], now=now)
        assert batch
        file = InboundFile.objects.create(
            practice=practice,
            name="1.999",
            kind="999",
            status="read",
            sha256="a",
            content=b"{}",
            size=2,
            received_at=now,
        )
        BatchAnswer.objects.create(
            practice=practice, batch=batch, inbound=file, kind="999", at=now, tone="move", says="The file was taken."
        )
        batch.submissions.update(answer="rejected")
    listed, page = text(client.get("/claims/batches/")), text(client.get(f"/claims/batches/{batch.pk}/"))
    assert f'href="/claims/batches/{batch.pk}/"' in listed
    assert "1.999" in listed
    assert all(
        words in page for words in ("The file was taken.", "Okafor, Denise", "Rejected", f"CLM*{claim.number}*168*")
    )
    with practice_scope(practice.pk):
        assert AuditEvent.objects.get(verb="batch.viewed").patient_id == claim.patient_id


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("letter", b'{"kind": "appeal_decision"}', "appeal_decision"),
        ("other", b"not x12 at all", "not x12 at all"),
        ("999", b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *261104*1200*^*00501*000000001"
         b"*0*P*:~GS*FA*A*B*20261104*1200*1*X*005010X231A1~", "GS*FA*A*B"),
    ],
)  # fmt: skip
def test_a_file_shows_its_exact_text_and_problem(
    client: Client, viewer: User, practice: Practice, kind: str, content: bytes, words: str
) -> None:
    with practice_scope(practice.pk):
        file = InboundFile.objects.create(
            practice=practice,
            name="x.999",
            kind=kind,
            status="refused",
            sha256="a",
            content=content,
            size=len(content),
            received_at=timezone.now(),
            problem="It breaks off.",
        )
    page = text(client.get(f"/claims/files/{file.pk}/"))
    assert "It breaks off." in page
    assert words in page.replace("&quot;", '"')


def test_another_practices_batches_and_files_do_not_exist(
    client: Client, viewer: User, practice: Practice, other_practice: Practice
) -> None:
    claim = ready(other_practice, "Hidden")
    with practice_scope(other_practice.pk):
        store_batch(practice_id=other_practice.pk, claim_ids=[claim.pk], now=timezone.now())
        batch = Batch.objects.get()
        file = InboundFile.objects.create(
            practice=other_practice, name="x", kind="999", sha256="a", content=b"x", size=1, received_at=timezone.now()
        )
    assert "Hidden" not in shown(client, "")
    assert {client.get(f"/claims/{path}/").status_code for path in (f"batches/{batch.pk}", f"files/{file.pk}")} == {404}


def test_people_without_claims_see_none(client: Client, person: Callable[..., User], practice: Practice) -> None:
    client.force_login(person(Role.CODER, practice))
    assert {client.get(f"/claims/{path}").status_code for path in ("", "all/", "batches/", "1/")} == {403}

"""What each person sees first, search, and a person's own settings."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Claim
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from tests.builders import a_patient
from tests.claims.pages import decided, held, ready, text
from tests.worklist.test_views import an_item
from worklist.domain.kinds import Kind

pytestmark = pytest.mark.django_db


def test_home_shows_a_persons_own_work_soonest_first(
    client: Client, person: Callable[..., User], practice: Practice
) -> None:
    an_item(practice, 1, days=4)
    an_item(practice, 2, days=-1)
    an_item(practice, 3, kind=Kind.CODING_CASE, subject_type="coding.codingcase", claim_id=None)
    client.force_login(person(Role.BILLER, practice))
    page = text(client.get("/"))
    assert page.index("Patient2, Ann: line 2 points to no diagnosis, Harbor Mutual") < page.index("Patient1, Ann")
    assert "2 things need you, 1 late" in page
    assert "Patient3" not in page
    client.force_login(person(Role.SUPERVISOR, practice))
    assert "Patient3" in text(client.get("/"))


def test_home_without_work_says_so(client: Client, person: Callable[..., User], practice: Practice) -> None:
    client.force_login(person(Role.FRONT_DESK, practice))
    page = text(client.get("/"))
    assert "Nothing needs you" in page
    assert "Waiting on payers" not in page  # the front desk does not see claims


def test_home_tells_what_payers_have_not_answered(
    client: Client, person: Callable[..., User], practice: Practice
) -> None:
    claim = ready(practice)
    sent = timezone.now() - timedelta(days=9)
    with practice_scope(practice.pk):
        Claim.objects.filter(pk=claim.pk).update(status="accepted", submitted_at=sent)
    client.force_login(person(Role.BILLER, practice))
    page = text(client.get("/"))
    assert "Waiting on payers" in page
    assert 'href="/claims/all/?payer=Harbor%20Mutual&amp;open=payer"' in page
    assert "1 claim" in page


def test_what_moved_since_yesterday_is_counted(client: Client, person: Callable[..., User], practice: Practice) -> None:
    decided(ready(practice), denied="168.00")
    held(practice)
    client.force_login(person(Role.BILLER, practice))
    page = text(client.get("/"))
    assert "Sent to payers" in page
    assert "Rejected</a>" not in page  # nothing of the kind happened


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_everybody_lands_on_a_page(client: Client, person: Callable[..., User], practice: Practice, role: Role) -> None:
    an_item(practice)
    client.force_login(person(role, practice))
    assert client.get("/").status_code == 200


def test_an_administrator_sees_no_patient_data(client: Client, person: Callable[..., User], practice: Practice) -> None:
    client.force_login(person(Role.ADMINISTRATOR, practice))
    home = client.get("/")
    assert (home.status_code, home["Location"]) == (302, "/help")  # the one page open to them
    assert client.get("/help").status_code == 200
    assert client.get("/claims/").status_code == 403


def test_help_counts_the_work_that_waits_as_every_page_does(
    client: Client, person: Callable[..., User], practice: Practice
) -> None:
    an_item(practice)
    client.force_login(person(Role.BILLER, practice))
    frame = client.get("/help").context["shell"]
    assert [item.count for item in frame.nav if item.label == "My work"] == [1]


def test_a_refusal_offers_the_rooms_a_person_has(
    client: Client, person: Callable[..., User], practice: Practice
) -> None:
    client.force_login(person(Role.CODER, practice))
    page = client.get("/claims/")
    assert page.status_code == 403
    assert 'href="/">My work</a>' in page.content.decode()
    assert "Log out" in page.content.decode()


def test_search_opens_a_single_hit_and_lists_many(
    client: Client, person: Callable[..., User], practice: Practice
) -> None:
    claim = ready(practice)
    with practice_scope(practice.pk):
        a_patient(practice, last_name="Okonkwo")
    client.force_login(person(Role.BILLER, practice))
    assert client.get("/search", {"q": claim.number})["Location"] == f"/claims/{claim.pk}/"
    page = text(client.get("/search", {"q": "oko"}))
    assert "Okonkwo, Denise" in page or client.get("/search", {"q": "oko"}).status_code == 302
    assert "Nothing found" in text(client.get("/search", {"q": "zz"}))


def test_search_finds_nothing_of_another_practice(
    client: Client, person: Callable[..., User], practice: Practice, other_practice: Practice
) -> None:
    ready(other_practice, "Hidden")
    client.force_login(person(Role.BILLER, practice))
    assert "Nothing found" in text(client.get("/search", {"q": "Hidden"}))

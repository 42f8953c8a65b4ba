"""The overview: each figure is the count, or the sum, of the list that it opens."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Claim
from claims.queries.index import ClaimFilter, filtered_claims, totals
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from reports.queries import overview
from tests.claims.pages import decided, held, queries_of, ready, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(client: Client, person: Callable[..., User], practice: Practice) -> User:
    user = person(Role.SUPERVISOR, practice)
    client.force_login(user)
    return user


@pytest.fixture
def claims(practice: Practice) -> None:
    today = timezone.localdate()
    long_ago = timezone.now() - timedelta(days=100)
    held(practice)
    ready(practice, day=today - timedelta(days=120), at=long_ago)
    held(practice, day=today - timedelta(days=40))
    decided(ready(practice), paid="73.92", patient="18.48", contractual="75.60")
    decided(ready(practice, day=today - timedelta(days=95)), denied="168.00")
    decided(ready(practice), paid="92.40", contractual="75.60")
    again = decided(ready(practice), paid="92.40", contractual="75.60")
    with practice_scope(practice.pk):
        Claim.objects.filter(pk=again.pk).update(submitted_at=timezone.now() + timedelta(days=1))


def listed(**choices: str) -> int:
    found = totals(filtered_claims(ClaimFilter(**choices), timezone.localdate()))
    return found.claims if found else -1


def test_every_rate_is_made_of_the_lists_it_opens(practice: Practice, claims: None) -> None:
    with practice_scope(practice.pk):
        found = overview(timezone.localdate())
        assert (found.clean.part, found.clean.whole) == (4, 6)
        assert (found.first_pass.part, found.first_pass.whole) == (2, 4)
        assert (found.denied.part, found.denied.whole) == (1, 4)
        for rate, name in ((found.clean, "clean"), (found.first_pass, "first_pass"), (found.denied, "first_denied")):
            yes = listed(**{name: "yes", "days": "90"})
            assert (rate.part, rate.whole) == (yes, listed(**{name: "any", "days": "90"}))


def test_money_is_the_sum_of_the_lists_it_opens(practice: Practice, claims: None) -> None:
    today = timezone.localdate()
    with practice_scope(practice.pk):
        found = overview(today)
        owed = totals(filtered_claims(ClaimFilter(open="yes"), today))
        late = totals(filtered_claims(ClaimFilter(open="payer", aged="90"), today))
        assert owed
        assert late
        assert (found.owed, found.owed_by_patients) == (owed.owed, Decimal("18.48"))
        assert (found.over_90.part, found.over_90.whole) == (late.payer_open, owed.payer_open)
        for age in found.ages:
            assert listed(open="payer", aged=age.aged) == age.claims
        assert sum(age.amount for age in found.ages) == found.owed_by_payers
        for row in found.standing:
            assert listed(status=row.status) == row.claims


def test_the_books_agree_with_the_claims_until_something_is_missing(practice: Practice) -> None:
    ready(practice)
    with practice_scope(practice.pk):
        assert overview(timezone.localdate()).books_agree
        assert overview(timezone.localdate()).books.receivable == Decimal("168.00")
    decided(ready(practice), paid="92.40", contractual="75.60")  # its money never reached the ledger
    with practice_scope(practice.pk):
        assert not overview(timezone.localdate()).books_agree


def test_every_link_of_the_page_opens(client: Client, supervisor: User, claims: None) -> None:
    page = text(client.get("/overview/"))
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/(?:claims|work)/[^"]*)"', page)}
    assert len(links) > 15
    assert {client.get(link).status_code for link in links} == {200}


def test_the_supervisor_drills_from_the_tile_to_the_claim(client: Client, supervisor: User, claims: None) -> None:
    page = text(client.get("/overview/"))
    assert 'href="/claims/all/?first_denied=yes&amp;days=90"' in page
    listed_page = text(client.get("/claims/all/?first_denied=yes&days=90"))
    assert "1 claim<" in listed_page
    url = re.findall(r'data-row="([^"]+)"', listed_page)[0].replace("&amp;", "&")
    assert "Denied" in text(client.get(url))


def test_the_overview_costs_the_same_however_much_there_is(
    client: Client, supervisor: User, practice: Practice, django_assert_max_num_queries: Callable[..., object]
) -> None:
    held(practice)
    client.get("/overview/")
    one = queries_of(client, "/overview/", django_assert_max_num_queries)
    for _ in range(5):
        held(practice)
    assert queries_of(client, "/overview/", django_assert_max_num_queries) == one


def test_an_empty_practice_has_no_rates(client: Client, supervisor: User) -> None:
    page = text(client.get("/overview/"))
    assert "No claims yet." in page
    assert "Balanced to the cent" in page


def test_only_who_may_read_reports_sees_it(client: Client, person: Callable[..., User], practice: Practice) -> None:
    client.force_login(person(Role.BILLER, practice))
    assert client.get("/overview/").status_code == 403

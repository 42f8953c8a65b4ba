"""Posting: what goes in, what the database refuses."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from compliance.models import Practice
from compliance.scope import practice_scope
from ledger.domain.accounts import Account, Leg, NewEntry
from ledger.models import Entry, Posting
from ledger.operations import CannotReverse, DoesNotBalance, post_entries, reverse_entry
from ledger.queries import balance, balances_by_account

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def charge(source: str, amount: str, *, credit: str | None = None) -> NewEntry:
    return NewEntry(
        source=source,
        kind="charge",
        effective_date=date(2026, 5, 4),
        legs=(
            Leg(account=Account.PAYER_RECEIVABLE, amount=Decimal(amount), document="26-000001", item=1),
            Leg(account=Account.CHARGES, amount=-Decimal(credit or amount), document="26-000001", item=1),
        ),
    )


def post(practice: Practice, *entries: NewEntry) -> int:
    return post_entries(practice_id=practice.pk, entries=entries, actor=None, now=NOW)


def test_a_posted_entry_moves_both_accounts(practice: Practice) -> None:
    with practice_scope(practice.pk):
        assert post(practice, charge("c1", "242.00")) == 1
        assert balance(Account.PAYER_RECEIVABLE, "26-000001") == Decimal("242.00")
        assert balance(Account.CHARGES) == Decimal("-242.00")
        assert sum(balances_by_account().values()) == 0


def test_the_same_source_posts_once(practice: Practice) -> None:
    with practice_scope(practice.pk):
        post(practice, charge("c1", "242.00"))
        assert post(practice, charge("c1", "242.00"), charge("c2", "10.00")) == 1
        assert balance(Account.PAYER_RECEIVABLE) == Decimal("252.00")


def test_legs_that_do_not_sum_to_zero_are_refused(practice: Practice) -> None:
    with practice_scope(practice.pk), pytest.raises(DoesNotBalance):
        post(practice, charge("c1", "242.00", credit="241.99"))


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_an_unbalanced_entry_at_commit(practice: Practice) -> None:
    with pytest.raises(IntegrityError), practice_scope(practice.pk):
        entry = Entry.objects.create(
            practice=practice, source="x", kind="charge", effective_date=NOW.date(), posted_at=NOW
        )
        Posting.objects.create(
            practice=practice, entry=entry, account="cash", amount=1, document="d", effective_date=NOW.date()
        )


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_an_entry_without_postings(practice: Practice) -> None:
    with pytest.raises(IntegrityError), practice_scope(practice.pk):
        Entry.objects.create(practice=practice, source="x", kind="charge", effective_date=NOW.date(), posted_at=NOW)


@pytest.mark.parametrize("statement", ["UPDATE ledger_posting SET amount = 1", "DELETE FROM ledger_posting"])
def test_nothing_changes_or_deletes_a_posting(practice: Practice, statement: str) -> None:
    with practice_scope(practice.pk):
        post(practice, charge("c1", "242.00"))
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_reversal_mirrors_the_entry_once(practice: Practice) -> None:
    with practice_scope(practice.pk):
        post(practice, charge("c1", "242.00"))
        reverse_entry(practice_id=practice.pk, source="c1", actor=None, now=NOW, reason="billed twice")
        assert balance(Account.PAYER_RECEIVABLE) == 0
        with pytest.raises(CannotReverse):
            reverse_entry(practice_id=practice.pk, source="c1", actor=None, now=NOW, reason="again")


def test_another_practice_sees_none_of_it(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        post(practice, charge("c1", "242.00"))
    with practice_scope(other_practice.pk):
        assert Entry.objects.count() == 0
        assert balance(Account.CASH) == 0

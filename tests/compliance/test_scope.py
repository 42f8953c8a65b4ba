"""The transaction's practices: entered, nested, left."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from compliance.models import AuditEvent, Practice
from compliance.operations import record_event
from compliance.scope import enter_scope, practice_scope, scoped_practices
from tests.builders import NOW, a_patient


def test_a_scope_shows_its_practice_and_no_other(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        patient = a_patient(practice)
        record_event(actor=None, now=NOW, verb="patient.viewed", subject=patient)
    with practice_scope(other_practice.pk):
        assert AuditEvent.objects.count() == 0
    with practice_scope(practice.pk, other_practice.pk):
        assert AuditEvent.objects.count() == 1


def test_without_a_scope_nothing_is_there(practice: Practice) -> None:
    with practice_scope(practice.pk):
        record_event(actor=None, now=NOW, verb="patient.viewed", subject=a_patient(practice))
    assert AuditEvent.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM compliance_auditevent")
        assert cursor.fetchone() == (0,)


def test_an_inner_scope_gives_the_outer_one_back(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        with practice_scope(other_practice.pk):
            assert scoped_practices() == [other_practice.pk]
        assert scoped_practices() == [practice.pk]


def test_a_failed_inner_scope_gives_the_outer_one_back(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        with pytest.raises(ZeroDivisionError), practice_scope(other_practice.pk):
            raise ZeroDivisionError
        assert scoped_practices() == [practice.pk]


def test_nobody_writes_into_another_practice(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk), pytest.raises(ProgrammingError), transaction.atomic():
        a_patient(other_practice)


@pytest.mark.django_db(transaction=True)
def test_a_scope_outside_a_transaction_is_refused(practice: Practice) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        enter_scope([practice.pk])


@pytest.mark.django_db(transaction=True)
def test_the_scope_ends_with_its_transaction(practice: Practice) -> None:
    with practice_scope(practice.pk):
        a_patient(practice)
    assert scoped_practices() == []


def test_a_duplicate_number_is_refused_even_when_the_other_row_is_hidden(
    practice: Practice, other_practice: Practice
) -> None:
    with practice_scope(practice.pk):
        a_patient(practice, mrn="M1")
        with pytest.raises(IntegrityError), transaction.atomic():
            a_patient(practice, mrn="M1")
    with practice_scope(other_practice.pk):
        assert a_patient(other_practice, mrn="M1").pk

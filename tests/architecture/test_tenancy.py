"""Row-level security is on for every tenant-owned table, and the application's role cannot get around it."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model

from compliance.models import Practice, TenantModel
from compliance.scope import practice_scope
from encounters.models import Patient
from tests import builders

pytestmark = pytest.mark.django_db

TENANT_MODELS = [model for model in apps.get_models() if issubclass(model, TenantModel)]
WITH_PRACTICE = [model for model in apps.get_models() if any(f.column == "practice_id" for f in model._meta.fields)]


def rows(sql: str, *params: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found


def test_every_model_with_a_practice_is_a_tenant_model() -> None:
    assert set(WITH_PRACTICE) == set(TENANT_MODELS)
    assert len(TENANT_MODELS) > 30


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
def test_row_security_is_enabled_forced_and_has_its_policy(model: type[Model]) -> None:
    table = model._meta.db_table
    assert rows("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table) == [
        (True, True)
    ]
    policies = rows("SELECT cmd, permissive, qual, with_check FROM pg_policies WHERE tablename = %s", table)
    assert len(policies) == 1
    command, permissive, seen, written = policies[0]
    assert (command, permissive) == ("ALL", "PERMISSIVE")
    for condition in (seen, written):
        assert "practice_id = ANY" in str(condition)
        assert "rcm_scope()" in str(condition)


def test_the_application_role_has_no_way_around() -> None:
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    ) == [(False, False, False, False)]
    owned = rows(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles r"
        " ON r.oid = c.relowner WHERE n.nspname = 'public' AND r.rolname = current_user"
    )
    assert owned == []


def test_raw_sql_without_a_scope_sees_and_changes_nothing(practice: Practice) -> None:
    with practice_scope(practice.pk):
        builders.a_patient(practice)
        assert rows("SELECT count(*) FROM encounters_patient") == [(1,)]
    assert rows("SELECT count(*) FROM encounters_patient") == [(0,)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE encounters_patient SET last_name = 'Nobody'")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM encounters_patient")
        assert cursor.rowcount == 0


def test_one_practice_neither_sees_nor_writes_the_other(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        mine = builders.a_patient(practice)
    with practice_scope(other_practice.pk):
        assert not Patient.objects.filter(pk=mine.pk).exists()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            builders.a_patient(practice)


def test_a_row_cannot_be_moved_to_a_practice_out_of_scope(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        mine = builders.a_patient(practice)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Patient.objects.filter(pk=mine.pk).update(practice=other_practice)


def test_a_billing_company_sees_all_its_clients_at_once(practice: Practice, other_practice: Practice) -> None:
    for one in (practice, other_practice):
        with practice_scope(one.pk):
            builders.a_patient(one)
    with practice_scope(practice.pk, other_practice.pk):
        assert Patient.objects.count() == 2

import os

import psycopg2
import pytest
from django.db import connection

from rcm.embedded.roles import as_role, without_password


@pytest.mark.django_db
def test_the_suite_runs_as_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("rcm_app", False, False)


@pytest.mark.django_db
def test_the_application_role_cannot_change_the_schema() -> None:
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied for schema public"):
        cursor.execute("CREATE TABLE extra (id int)")


def test_a_wrong_password_is_refused() -> None:
    url = as_role(os.environ["DATABASE_URL"], "rcm_app", "wrong")
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(url.rpartition("/")[0] + "/postgres")


def test_a_shown_url_has_no_password() -> None:
    assert without_password("postgres://me:p%40ss@db.example:5433/rcm") == "postgres://me@db.example:5433/rcm"
    assert without_password("redis://:secret@127.0.0.1:6379/0") == "redis://127.0.0.1:6379/0"

"""Pytest fixtures: every test works on the database as the application role, under row-level security."""

import os
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest
from pytest_django import DjangoDbBlocker

from rcm.embedded.roles import grant_application


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, migrated by its owner, entered by every test as the role rcm_app."""
    from django.db import connection

    app = urlsplit(os.environ["APP_DATABASE_URL"])
    entered = {"USER": unquote(app.username or ""), "PASSWORD": unquote(app.password or "")}
    owner = {name: connection.settings_dict[name] for name in entered}
    with django_db_blocker.unblock():
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:
            grant_application(cursor, entered["USER"], truncate=True)
        connection.close()
    connection.settings_dict.update(entered)
    yield
    with django_db_blocker.unblock():
        connection.close()
    connection.settings_dict.update(owner)  # who may drop it again


@pytest.fixture
def process_environment(db: None) -> dict[str, str]:
    """The environment of a child process (worker, payersim, manage.py) that works on this test's database."""
    from django.db import connection

    path = f"/{connection.settings_dict['NAME']}"
    return {
        **os.environ,
        "DATABASE_URL": urlsplit(os.environ["APP_DATABASE_URL"])._replace(path=path).geturl(),
        "OWNER_DATABASE_URL": urlsplit(os.environ["OWNER_DATABASE_URL"])._replace(path=path).geturl(),
    }

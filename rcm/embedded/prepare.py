"""Brings the database up to date in one Django process: migrations, grants, code tables, demo.

`python -m rcm.embedded.prepare [--schema-ready FILE]`: started with RCM_AS_OWNER=1, it migrates as the owner
and goes on as the application role. FILE appears when pages can be served, before the demo is made.
"""

import argparse
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from rcm.embedded.roles import grant_application


def migrate_when_needed() -> None:
    """Apply what is missing; one query when nothing is."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False)


def grant(application_role: str) -> None:
    """Give the application role its rights on every table, unless it is the owner itself."""
    if application_role == connection.settings_dict["USER"]:
        return
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        grant_application(cursor, application_role)


def become_application(url: str) -> None:
    """From here on the database is entered as the product enters it, under row-level security."""
    from rcm.environment import database

    connection.close()
    connection.settings_dict.update(database(url))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--schema-ready", type=Path)
    arguments = parser.parse_args()
    django.setup()
    from django.conf import settings

    from rcm.environment import database, read_environment

    environment = read_environment()
    migrate_when_needed()
    grant(database(environment.database_url)["USER"])
    become_application(environment.database_url)
    call_command("load_codes")
    if arguments.schema_ready:
        arguments.schema_ready.touch()
    if settings.DEMO:
        call_command("seed_demo")


if __name__ == "__main__":
    main()

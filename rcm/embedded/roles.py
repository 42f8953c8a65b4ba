"""Who may do what in the database: an owner migrates, the application obeys row-level security."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

from rcm.embedded.refusal import CannotServe

DATABASE = "rcm"
OWNER = "rcm_owner"
APP = "rcm_app"

_APP_TABLE_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"
_APP_SEQUENCE_RIGHTS = "USAGE, SELECT"


@contextmanager
def cursor_on(url: str) -> Iterator[Cursor]:
    """A cursor in autocommit mode. Raises CannotServe, naming no password, when the server does not let us
    in.
    """
    try:
        connection = psycopg2.connect(url, connect_timeout=10)
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[0].rpartition(": ")[2] or "no reason given"
        raise CannotServe(f"The database at {without_password(url)} is not reachable: {reason}") from None
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        yield cursor


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    parts = urlsplit(url)
    where = f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    return urlunsplit(parts._replace(netloc=f"{parts.username}@{where}" if parts.username else where))


def as_role(url: str, role: str, password: str) -> str:
    """The same database, entered as another role."""
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password, safe='')}@{where}"))


def ensure_role(cursor: Cursor, role: str, password: str, *, may_create_databases: bool = False) -> None:
    """Make a log-in role that is no superuser and obeys row-level security, or give an existing one this
    password.
    """
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    rights = "CREATEDB" if may_create_databases else "NOCREATEDB"
    cursor.execute(
        sql.SQL(f"{verb} ROLE {{}} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE {rights} PASSWORD {{}}").format(
            sql.Identifier(role), sql.Literal(password)
        )
    )


def ensure_database(cursor: Cursor, database: str, owner: str) -> None:
    """Make the database unless it is there; `cursor` is on another database of the cluster."""
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if not cursor.fetchone():
        cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(owner)))


def grant_application(cursor: Cursor, app: str = APP, *, truncate: bool = False) -> None:
    """Give the application role the rows of every table the current role owns, now and later.

    `truncate` is for tests, which empty tables between transactions.
    """
    tables = _APP_TABLE_RIGHTS + (", TRUNCATE" if truncate else "")
    role = sql.Identifier(app)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        f"GRANT {tables} ON ALL TABLES IN SCHEMA public TO {{}}",
        f"GRANT {_APP_SEQUENCE_RIGHTS} ON ALL SEQUENCES IN SCHEMA public TO {{}}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {tables} ON TABLES TO {{}}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {_APP_SEQUENCE_RIGHTS} ON SEQUENCES TO {{}}",
    ):
        cursor.execute(sql.SQL(statement).format(role))


def may_make_roles(cursor: Cursor) -> bool:
    """Whether the current role can create roles."""
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    row = cursor.fetchone()
    return bool(row and row[0])


def application_url(database_url: str, owner_url: str, password: str) -> tuple[str, str]:
    """The URL for the product's processes on a server that we did not start, and a warning or "".

    Two different URLs are taken as they are, the application's role being made when it is not there. Of a
    single one, the owner's, the role rcm_app is made; an owner who may not make roles serves the application
    too.
    """
    with cursor_on(owner_url) as cursor:
        able = may_make_roles(cursor)
        if database_url != owner_url:
            parts = urlsplit(database_url)
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [unquote(parts.username or "")])
            if able and not cursor.fetchone():
                ensure_role(cursor, unquote(parts.username or ""), unquote(parts.password or ""))
            return database_url, ""
        if not able:
            return database_url, (
                f"{without_password(database_url)} may not make roles, so the product runs as the owner of its "
                "tables: give DATABASE_URL an application role and OWNER_DATABASE_URL the owner."
            )
        ensure_role(cursor, APP, password)
    return as_role(database_url, APP, password), ""

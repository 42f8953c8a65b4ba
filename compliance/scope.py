"""The set of practices that the current transaction may see and write."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def enter_scope(practice_ids: Iterable[int], *, actor_id: int | None = None) -> None:
    """Set the practices of the transaction that is open now; they last until it ends.

    Raises django.db.transaction.TransactionManagementError outside a transaction, where the
    setting would be lost at once and every query would find nothing.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A practice scope needs an open transaction.")
    _set(
        ",".join(str(int(pk)) for pk in practice_ids),
        "" if actor_id is None else str(int(actor_id)),
    )


@contextmanager
def practice_scope(*practice_ids: int, actor_id: int | None = None) -> Iterator[None]:
    """One transaction over these practices; an outer scope is restored when it ends.

    Deferred constraints (the ledger's proofs among them) read rows under row-level security, so they are checked
    before the scope of those rows gives way: to an inner scope, and from it back. An outermost scope lasts until
    its commit has checked them.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = _current() if nested else ("", "")
        if nested:
            check_deferred()
        enter_scope(practice_ids, actor_id=actor_id)
        yield
        if nested:
            check_deferred()
            _set(*before)


def check_deferred() -> None:
    """Have the deferred constraints checked now, so that an error is that of the work just done."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def scoped_practices() -> list[int]:
    """The practices in scope now; empty when none was entered."""
    return [int(pk) for pk in _current()[0].split(",") if pk]


def _current() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('rcm.practices', true), ''),"
            " coalesce(current_setting('rcm.actor', true), '')"
        )
        practices, actor = cursor.fetchone()
    return practices, actor


def _set(practices: str, actor: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('rcm.practices', %s, true), set_config('rcm.actor', %s, true)",
            [practices, actor],
        )

"""Is everything alive? One answer for load balancers and people."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

from rcm.celery import app
from rcm.heartbeat import HEARTBEAT, HEARTBEAT_LIFE


class Ill(Exception):
    """A part of the system does not work, in words for an operator."""


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
    if row[0]:
        raise Ill("the database role bypasses row-level security; use the application role")


def _queue() -> None:
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=1)


def _worker() -> None:
    """A worker's own process answers, even while all its hands are busy."""
    if not app.control.ping(timeout=1.0, limit=1):
        raise Ill("no worker answers")


def _beat() -> None:
    if cache.get(HEARTBEAT) is None:
        raise Ill(f"no heartbeat in the last {HEARTBEAT_LIFE} seconds")


PARTS: dict[str, Callable[[], None]] = {
    "database": _database,
    "queue": _queue,
    "worker": _worker,
    "beat": _beat,
}


def healthz(request: HttpRequest) -> JsonResponse:
    """200 and "ok" for every part only when database, queue, worker and beat are alive; 503 otherwise."""
    parts: dict[str, str] = {}
    for name, check in PARTS.items():
        try:
            check()
        except Ill as trouble:
            parts[name] = str(trouble)
        except Exception as trouble:  # a dead part fails in its own library's way
            parts[name] = f"not reachable ({type(trouble).__name__})"
        else:
            parts[name] = "ok"
    well = all(answer == "ok" for answer in parts.values())
    answer = JsonResponse({"status": "ok" if well else "ill", **parts}, status=200 if well else 503)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # asked every second while starting: no error line each
    return answer

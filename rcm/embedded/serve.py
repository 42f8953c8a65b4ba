"""`make run`: the whole product on this machine under one supervisor."""

import http.client
import json
import os
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from rcm.embedded.data_folder import held, must_have_room, passwords
from rcm.embedded.fingerprint import fingerprint
from rcm.embedded.postgres import Postgres, postgres_url
from rcm.embedded.processes import Process, free_port
from rcm.embedded.refusal import CannotServe
from rcm.embedded.roles import APP, DATABASE, OWNER, application_url, cursor_on, ensure_database, ensure_role
from rcm.embedded.supervisor import Supervisor
from rcm.embedded.valkey import Valkey, must_answer
from rcm.environment import SERVERS, Environment, note_servers, read_environment

SCHEMA_READY = ".schema-ready"  # in the data folder: pages can be served
SLOW_SECONDS = 60.0
ROOM_SECONDS = 5.0  # between two looks at the disk
ASK_SECONDS = 0.25  # between two questions to /healthz
# A warning that is no news on one machine: root in a container.
_OLD_NEWS = "ignore:You're running the worker with superuser"


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the servers are, and as whom they are entered."""

    application: str  # postgres URL
    owner: str  # postgres URL
    redis: str


def serve() -> None:
    """Run everything until a person or the system stops it.

    Raises CannotServe with the reason when that is not possible, Stopped at the asked-for end.
    """
    environment = read_environment()
    host = os.environ.get("HOST", "127.0.0.1")
    folder = environment.data_dir.absolute()
    with held(folder):
        must_be_free(host, environment.port)
        try:
            with Supervisor() as supervisor:
                run(supervisor, environment, folder, host)
        finally:
            (folder / SERVERS).unlink(missing_ok=True)


def run(supervisor: Supervisor, environment: Environment, folder: Path, host: str) -> None:
    """Start the servers, bring the database up to date, then start and keep the product's processes."""
    addresses = start_servers(supervisor, folder)
    note_servers(folder, database_url=addresses.application, redis_url=addresses.redis)
    shared = {
        "DJANGO_SETTINGS_MODULE": "rcm.settings",
        "DATABASE_URL": addresses.application,
        "OWNER_DATABASE_URL": "",
        "REDIS_URL": addresses.redis,
        "DATA_DIR": str(folder),
        "EXCHANGE_DIR": str(environment.exchange.absolute()),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": _OLD_NEWS,
    }
    environment.exchange.mkdir(parents=True, exist_ok=True)
    pages = web(shared, host, environment.port)
    prepare(supervisor, preparation(shared, addresses, folder), pages, folder, environment)
    for process in background(shared, folder, environment):
        supervisor.start(process)
    wait_until_ready(supervisor, environment.port)
    for line in welcome(f"http://{host}:{environment.port}", folder if environment.demo else None):
        supervisor.say(line)
    while True:
        supervisor.run_for(ROOM_SECONDS)
        must_have_room(folder)


def prepare(supervisor: Supervisor, job: Process, pages: Process, folder: Path, environment: Environment) -> None:
    """Bring the database up to date unless this very code did so before; start the pages as soon as they can be."""
    prepared, cluster = folder / ".prepared", folder / "postgres"
    embedded = "DATABASE_URL" not in os.environ
    now = fingerprint(cluster, demo=environment.demo) if embedded else ""
    if embedded and prepared.exists() and prepared.read_text() == now:
        supervisor.start(pages)
        return
    prepared.unlink(missing_ok=True)
    schema_ready = folder / SCHEMA_READY
    schema_ready.unlink(missing_ok=True)
    supervisor.start(job)
    supervisor.run(until=schema_ready.exists)
    supervisor.start(pages)
    supervisor.run(until=lambda: supervisor.is_done(job.name))
    if embedded:
        prepared.write_text(now)


def wait_until_ready(supervisor: Supervisor, port: int) -> None:
    """Return when every part is alive; says after a while where to look for the one that is not."""
    late = time.monotonic() + SLOW_SECONDS
    while not answers(port):
        if time.monotonic() > late:
            supervisor.say(f"Not ready after {SLOW_SECONDS:.0f} s: /healthz says which part is missing.")
            late = float("inf")
        supervisor.run_for(ASK_SECONDS)


def must_be_free(host: str, port: int) -> None:
    """Raises CannotServe when somebody else listens on the port, or this machine has no such address."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise CannotServe(f"Port {port} on {host} cannot be used ({reason}): set PORT to a free one.") from None


def start_servers(supervisor: Supervisor, folder: Path) -> Addresses:
    """PostgreSQL and Valkey, each from its wheel unless its URL is given."""
    kept = passwords(folder)
    if given := os.environ.get("REDIS_URL"):
        must_answer(given)
    database_url = os.environ.get("DATABASE_URL")
    if database_url:
        owner = os.environ.get("OWNER_DATABASE_URL") or database_url
        application, warning = application_url(database_url, owner, kept[APP])
        if warning:
            supervisor.say(warning)
    else:
        owner, application = start_postgres(supervisor, folder, kept)
    redis = given or start_valkey(supervisor, folder, kept)
    return Addresses(application=application, owner=owner, redis=redis)


def start_postgres(supervisor: Supervisor, folder: Path, kept: dict[str, str]) -> tuple[str, str]:
    """The embedded database with its two roles: the owner's URL and the application's."""
    postgres = Postgres(folder=folder / "postgres", port=free_port(), password=kept["postgres"])
    postgres.initialise()
    postgres.wait_for_predecessor()
    supervisor.start_and_wait(postgres.process(), postgres.wait)
    with cursor_on(postgres.url()) as cursor:
        ensure_role(cursor, OWNER, kept[OWNER])
        ensure_role(cursor, APP, kept[APP])
        ensure_database(cursor, DATABASE, OWNER)
    owner, application = (postgres_url(role, kept[role], postgres.port, DATABASE) for role in (OWNER, APP))
    return owner, application


def start_valkey(supervisor: Supervisor, folder: Path, kept: dict[str, str]) -> str:
    """The embedded queue and cache: its URL."""
    valkey = Valkey(folder=folder / "valkey", port=free_port(), password=kept["valkey"])
    valkey.initialise()
    supervisor.start_and_wait(valkey.process(), valkey.wait)
    return valkey.url


def preparation(shared: dict[str, str], addresses: Addresses, folder: Path) -> Process:
    """The job that brings the database up to date, as its owner."""
    return Process(
        name="prepare",
        command=(sys.executable, "-m", "rcm.embedded.prepare", "--schema-ready", str(folder / SCHEMA_READY)),
        environment=shared | {"OWNER_DATABASE_URL": addresses.owner, "RCM_AS_OWNER": "1"},
        once=True,
    )


def web(shared: dict[str, str], host: str, port: int) -> Process:
    """Pages and API."""
    options = ("--workers", "2", "--preload", "--log-level", "warning", "--graceful-timeout", "5")
    return Process(
        name="web",
        command=(sys.executable, "-m", "gunicorn", "rcm.wsgi", "--bind", f"{host}:{port}", *options),
        environment=shared,
    )


def background(shared: dict[str, str], folder: Path, environment: Environment) -> list[Process]:
    """Worker, clock, and with the demo the simulated payer."""
    celery = (sys.executable, "-m", "celery", "--quiet", "--skip-checks", "-A", "rcm")
    worker = ("worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING")
    beat = ("beat", "--schedule", str(folder / "beat-schedule"), "--pidfile", "", "--loglevel", "WARNING")
    processes = [
        Process(name="worker", command=(*celery, *worker), environment=shared),
        Process(name="beat", command=(*celery, *beat), environment=shared),
    ]
    if environment.demo:
        exchange = str(environment.exchange.absolute())
        files = ("--exchange", exchange, "--payers", str(Path(exchange, "payers.json")))
        simulated = (sys.executable, "-m", "payersim", "serve", *files)
        processes.append(Process(name="payersim", command=simulated, environment=shared))
    return processes


def answers(port: int) -> bool:
    """Whether the web server says that database, queue, worker and beat are alive."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def welcome(address: str, demo_folder: Path | None) -> list[str]:
    """What a person needs to know now: the address, and who they may be."""
    lines = [f"Ready: {address}"]
    path = demo_folder / "demo-logins.json" if demo_folder else None
    if path is None or not path.is_file():
        return lines
    logins = json.loads(path.read_text())
    lines.append(f"Demo log-ins (in {path}):")
    for role, login in logins.items():
        if isinstance(login, dict):
            lines.append(f"  {role:<12} {login['user']:<24} {login['password']}")
        else:
            lines.append(f"  {role:<12} {login}")
    return lines

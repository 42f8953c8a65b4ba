"""Seeding the demo: make the world, register it, replay its year; pick up where an interrupted run stopped."""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from compliance.domain.permissions import GRANTS, Role
from compliance.models import Practice
from compliance.operations import issue_token
from rcm.demo import facts
from rcm.demo.register import (
    Registered,
    find_registered,
    register_practice,
    register_practices,
    register_users,
    users_by_role,
)
from rcm.demo.replay import Replay
from rcm.demo.simulator import Simulator
from rcm.demo.stays import admit
from rcm.demo.world import build_world, payers_file
from worklist.nudge import muted

Progress = Callable[[int, int, str], None]  # done, of, words


class CannotSeed(Exception):
    """There is data already that the demo must not mix with."""


@dataclass(frozen=True)
class Plan:
    """What was asked for, kept beside the data so that a second run knows what the first one made."""

    encounters: int
    seed: int
    today: date
    replayed_to: date | None = None

    @classmethod
    def read(cls, path: Path) -> "Plan | None":
        try:
            kept = json.loads(path.read_text())
        except FileNotFoundError:
            return None
        done = kept.pop("replayed_to")
        return cls(
            encounters=kept["encounters"],
            seed=kept["seed"],
            today=date.fromisoformat(kept["today"]),
            replayed_to=date.fromisoformat(done) if done else None,
        )

    def keep(self, path: Path, replayed_to: date | None) -> None:
        kept = {
            "encounters": self.encounters,
            "seed": self.seed,
            "today": self.today.isoformat(),
            "replayed_to": replayed_to.isoformat() if replayed_to else None,
        }
        write_whole(path, json.dumps(kept))


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text)
    fresh.chmod(0o600)
    fresh.replace(path)


def seed_demo(*, plan: Plan, now: datetime, data_dir: Path, exchange: Path, progress: Progress) -> bool:
    """Bring the demo to `now`; returns False when it was complete already.

    Raises CannotSeed when the database holds practices that no demo run of this data folder made.
    """
    plan_file = data_dir / "demo.json"
    kept = Plan.read(plan_file)
    if kept and kept.replayed_to and kept.replayed_to >= kept.today:
        return False
    if kept is None and Practice.objects.exists():
        raise CannotSeed("This database holds practices already. Use DEMO=0, or an empty DATA_DIR.")
    plan = kept or plan
    progress(0, 1, "Writing visits and notes")
    world = build_world(plan.encounters, plan.seed, plan.today)
    write_whole(exchange / "payers.json", json.dumps(payers_file(world), default=str))
    plan.keep(plan_file, plan.replayed_to)
    if Practice.objects.exists():
        practices = {one.slug: find_registered(world, one.slug) for one in world.practices}
    else:
        practices = _register(world, data_dir, now)
    users = users_by_role(world)
    with Simulator(exchange, exchange / "payers.json") as simulator, muted(), lazy_commits():
        replay = Replay(world=world, practices=practices, users=users, simulator=simulator, exchange=exchange)
        first = plan.replayed_to + timedelta(days=1) if plan.replayed_to else replay.first_day()
        days = (plan.today - replay.first_day()).days + 1
        for day in replay.days(first, now):
            make_durable()
            plan.keep(plan_file, day)
            progress((day - replay.first_day()).days + 1, days, f"{day:%b} {day.day}, {day.year}")
        admit(world, practices, now)
    plan.keep(plan_file, plan.today)
    return True


@contextmanager
def lazy_commits() -> Iterator[None]:
    """Commits in this session do not wait for the disk, until `make_durable`."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def make_durable() -> None:
    """Wait until everything that was committed is on the disk: what the plan file says is done, is."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO on; SELECT pg_current_xact_id()")


@transaction.atomic
def _register(world: facts.World, data_dir: Path, now: datetime) -> dict[str, Registered]:
    """All standing facts in one transaction: an interrupted run finds all of them or none."""
    practices = register_practices(world)
    passwords = {one.username: secrets.token_urlsafe(9) for one in world.users}
    users = register_users(world, practices, passwords)
    logins: dict[str, Any] = {
        role: {"user": people[0].username, "password": passwords[people[0].username]} for role, people in users.items()
    }
    logins["api_token"] = issue_token(
        user=users["integration"][0],
        name="Demo",
        scopes=sorted(GRANTS[Role.INTEGRATION]),
        now=now,
    )[1]
    registered = {slug: register_practice(world, row) for slug, row in practices.items()}
    write_whole(data_dir / "demo-logins.json", json.dumps(logins, indent=2))
    return registered

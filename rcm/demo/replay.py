"""A year of history, replayed through the real stages with a moving clock.

Nothing is inserted ready-made: visits arrive, coders code, the pipeline builds, scrubs and sends, the
simulated payers answer, and the demo's people do their part, each at the hour when it happened. The
replay may be interrupted: every step is safe to run again from the last finished day.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from compliance.models import User
from compliance.scope import practice_scope
from encounters.operations import NewVisit, create_encounters
from rcm import pipeline
from rcm.demo import facts
from rcm.demo.cast import Cast
from rcm.demo.register import Registered
from rcm.demo.simulator import Simulator
from rcm.demo.surprises import Surprises

ANSWERS = (
    "fetch_inbound",
    "acknowledge_claims",
    "ingest_remits",
    "post_remits",
    "open_denials",
    "read_decisions",
)
CALENDAR = (  # on which evenings of a fortnight (the first Monday is 0) what else is done
    (
        (0, 3, 7, 10),
        ("follow_up_queries", "draw_audits", "build_claims", "scrub_claims", "submit_ready_claims", "send_appeals"),
    ),
    ((1,), ("poll_claim_status",)),
    ((2, 9), ("advance_deadlines",)),
)
MORNING, NOON, EVENING = time(11, tzinfo=UTC), time(17, tzinfo=UTC), time(23, tzinfo=UTC)


@dataclass
class Replay:
    """The world, the people who act in it, and the payers who answer."""

    world: facts.World
    practices: dict[str, Registered]  # by slug
    users: dict[str, list[User]]  # by role
    simulator: Simulator
    exchange: Path
    arrivals: dict[date, list[facts.Encounter]] = field(init=False)
    cast: Cast = field(init=False)
    surprises: Surprises = field(init=False)
    npis: dict[str, str] = field(init=False)  # by Provider.key
    places: dict[str, str] = field(init=False)  # by Location.key
    busy: set[int] = field(default_factory=set)  # practices in which somebody did something today

    def __post_init__(self) -> None:
        self.npis = {one.key: one.npi for one in self.world.providers}
        self.places = {one.key: one.name for one in self.world.locations}
        self.arrivals = defaultdict(list)
        for visit in self.world.encounters:
            day = visit.signed_at.date() if visit.signed_at else visit.service_date
            self.arrivals[day].append(visit)
        self.cast = Cast(world=self.world, practices=self.practices, users=self.users)
        self.surprises = Surprises(world=self.world, practices=self.practices, simulator=self.simulator)

    @property
    def everywhere(self) -> set[int]:
        return {keys.practice.pk for keys in self.practices.values()}

    def first_day(self) -> date:
        """The day of the first visit."""
        return min(self.arrivals, default=self.world.today)

    def days(self, since: date, until: datetime) -> Iterator[date]:
        """Replay each day from `since` to the instant `until`, yielding it when it is finished.

        The first and the last day run every stage: what an interrupted run left half done is taken up again.
        """
        day = since
        while day <= until.date():
            self._replay(day, until, thorough=day in (since, until.date()))
            yield day
            day += timedelta(days=1)

    def _replay(self, day: date, until: datetime, *, thorough: bool) -> None:
        arrivals = self.arrivals.get(day, [])
        if day.weekday() >= 5 and not arrivals and not thorough:
            return
        morning, noon, evening = (min(datetime.combine(day, hour), until) for hour in (MORNING, NOON, EVENING))
        self._morning(morning, thorough=thorough)
        self._arrive(arrivals, noon)
        self._run(("open_cases",), noon, {self.practices[visit.practice].practice.pk for visit in arrivals})
        self.busy |= self.cast.act(noon)
        self.surprises.act(noon)
        self._evening((day.toordinal() - 1) % 14, evening, thorough=thorough)

    def _morning(self, now: datetime, *, thorough: bool) -> None:
        """What payers wrote over night is read, in the practices where there is something to read or to follow up."""
        self.simulator.tick(now)
        self._run(ANSWERS, now, self.everywhere if thorough else self.busy | self._answered())
        self.busy.clear()

    def _evening(self, place: int, now: datetime, *, thorough: bool) -> None:
        for days, names in CALENDAR:
            if thorough or place in days:
                self._run(names, now, self.everywhere)
        self.simulator.tick(now)
        if thorough:
            self._run(ANSWERS, now, self.everywhere)

    def _answered(self) -> set[int]:
        """The practices for which files wait."""
        return {
            keys.practice.pk
            for slug, keys in self.practices.items()
            if any(one.is_file() for one in (self.exchange / slug / "from_payer").glob("[!.]*"))
        }

    def _run(self, names: tuple[str, ...], now: datetime, among: set[int]) -> None:
        if among:
            for _ran in pipeline.run_once(lambda: now, only=names, among=among):
                pass

    def _arrive(self, visits: Sequence[facts.Encounter], now: datetime) -> None:
        for slug, keys in self.practices.items():
            fresh = [visit for visit in visits if visit.practice == slug and _has_happened(visit, now)]
            if fresh:
                new = [self._new_visit(visit, keys) for visit in fresh]
                with practice_scope(keys.practice.pk):
                    create_encounters(practice_id=keys.practice.pk, visits=new, actor=None, now=now)

    def _new_visit(self, visit: facts.Encounter, keys: Registered) -> NewVisit:
        known = visit.authorization is not None and visit.authorization.number in keys.authorizations
        return NewVisit(
            external_id=visit.key,
            mrn=visit.mrn,
            provider_npi=self.npis[visit.provider],
            location=self.places[visit.location],
            service_date=visit.service_date,
            reason=visit.reason,
            note=visit.note,
            authorization_number=visit.authorization.number if visit.authorization and known else "",
            referring_npi=visit.referring.npi if visit.referring else "",
            signed=visit.signed_at is not None,
        )


def _has_happened(visit: facts.Encounter, now: datetime) -> bool:
    return visit.signed_at is None or visit.signed_at <= now + timedelta(hours=12)

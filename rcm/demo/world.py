"""Build the demo world: `build_world(encounters, seed, today)`; what the payers know of it: `payers_file(world)`."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from rcm.demo.calendar import service_dates
from rcm.demo.choices import Choices
from rcm.demo.facts import (
    Address,
    Appeal,
    Authorization,
    Bundle,
    CaughtBy,
    CodedLine,
    Coding,
    Coverage,
    DemoUser,
    Encounter,
    Evidence,
    Fix,
    FixAction,
    Location,
    Mistake,
    Patient,
    Payer,
    Person,
    PlantedMistake,
    Play,
    Practice,
    Provider,
    ReferringProvider,
    Roster,
    World,
)
from rcm.demo.mistakes import Kind, quotas
from rcm.demo.payers import build_payers
from rcm.demo.payers_file import payers_file
from rcm.demo.people import Registry
from rcm.demo.practices import LOCATIONS, PRACTICES, PROVIDERS, USERS
from rcm.demo.prices import CHARGES
from rcm.demo.registration import FrontDesk
from rcm.demo.repairs import waits_lately
from rcm.demo.visits import Clinic

_PATIENTS_PER_VISIT = 0.3
_LEAST_PATIENTS = 120
_LATELY = (7, 40)  # days ago: coded and stopped by now, and not yet put right
_WAITING_LATELY = 2  # of each mistake that waits to be put right: so many fall into the last weeks at least
_LATE_AFTER_DAYS = 160  # late filing needs a visit old enough for the limit to have passed


def build_world(encounters: int, seed: int, today: date) -> World:
    """Make a world of so many visits in the twelve months before `today`; the same three give the same world."""
    rng = Random(f"{seed}/{encounters}/{today.isoformat()}")
    payers = build_payers()
    registry = Registry(rng, today)
    clinic = Clinic(
        rng=rng,
        today=today,
        registry=registry,
        choices=Choices(payers),
        desk=FrontDesk(rng, registry, payers),
        patients_per_visit=max(_PATIENTS_PER_VISIT, min(1.0, _LEAST_PATIENTS / max(1, encounters))),
    )
    dates = service_dates(rng, encounters, today)
    for day, kind in zip(dates, _spread(rng, dates, today), strict=True):
        clinic.see(day, kind)
    return World(
        seed=seed,
        today=today,
        practices=PRACTICES,
        locations=LOCATIONS,
        providers=PROVIDERS,
        payers=payers,
        charge_master=CHARGES,
        patients=tuple(clinic.patients),
        authorizations=tuple(clinic.authorizations),
        encounters=tuple(sorted(clinic.encounters, key=lambda each: (each.service_date, each.key))),
        users=USERS,
    )


def _spread(rng: Random, dates: list[date], today: date) -> list[Kind | None]:
    """The mistakes, each at a random visit whose date allows it."""
    spread: list[Kind | None] = [None] * len(dates)
    free = list(range(len(dates)))
    rng.shuffle(free)
    planted = [kind for kind in quotas(len(dates)) if kind is not None]
    lately: Counter[Kind] = Counter()
    for kind in sorted(planted, key=lambda each: (each.mistake not in _CHOOSY, *_urgency(each))):
        lately[kind] += 1
        recent = waits_lately(kind) and lately[kind] <= _WAITING_LATELY
        fits = _was_lately if recent else _allows
        place = next((n for n, p in enumerate(free) if fits(kind, p, dates, today)), None)
        if place is not None:
            spread[free.pop(place)] = kind
    return spread


def _urgency(kind: Kind) -> tuple[bool, bool]:
    """Which mistakes get their place first: those that wait in the last weeks, the front desk's before the others."""
    return not waits_lately(kind), kind.caught_by == CaughtBy.CLEARINGHOUSE


def _was_lately(_kind: Kind, place: int, dates: list[date], today: date) -> bool:
    return _LATELY[0] <= (today - dates[place]).days <= _LATELY[1]


_CHOOSY = frozenset({Mistake.LATE_FILING, Mistake.DUPLICATE_VISIT})


def _allows(kind: Kind, place: int, dates: list[date], today: date) -> bool:
    if kind.mistake == Mistake.LATE_FILING:
        return dates[place] <= today - timedelta(days=_LATE_AFTER_DAYS)
    if kind.mistake == Mistake.DUPLICATE_VISIT:
        return place >= len(dates) // 10
    return True


__all__ = [
    "Address",
    "Appeal",
    "Authorization",
    "Bundle",
    "CaughtBy",
    "CodedLine",
    "Coding",
    "Coverage",
    "DemoUser",
    "Encounter",
    "Evidence",
    "Fix",
    "FixAction",
    "Location",
    "Mistake",
    "Patient",
    "Payer",
    "Person",
    "PlantedMistake",
    "Play",
    "Practice",
    "Provider",
    "ReferringProvider",
    "Roster",
    "World",
    "build_world",
    "payers_file",
]

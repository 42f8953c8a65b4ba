"""When things happen: visits over twelve months, signatures, coding. Days are calendar days, instants UTC."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

_DAYS = 363  # the oldest visit, counted from today
_FRESH_DAYS = 14


def service_dates(rng: Random, visits: int, today: date) -> list[date]:
    """So many weekdays in the last twelve months, oldest first, denser toward today."""
    days = [today - timedelta(days=n) for n in range(_DAYS, 0, -1)]
    weekdays = [day for day in days if day.isoweekday() < 6]
    return sorted(rng.choices(weekdays, [_weight((today - day).days) for day in weekdays], k=visits))


def _weight(days_ago: int) -> float:
    growth = 0.7 + 0.9 * (_DAYS - days_ago) / _DAYS
    return growth * (1.5 if days_ago <= _FRESH_DAYS else 1.0)


def signed_at(rng: Random, service_date: date, today: date) -> datetime | None:
    """When the provider signs: the same evening, or some days later; None: not yet."""
    days_ago = (today - service_date).days
    unsigned = 0.25 if days_ago <= 3 else 0.02 if days_ago <= 30 else 0.0
    late = rng.randrange(1, 5) if rng.random() < 0.08 else 0
    moment = _at(service_date + timedelta(days=late), hour=20, minute=rng.randrange(0, 200))
    return None if rng.random() < unsigned or moment.date() >= today else moment


def coded_at(rng: Random, signed: datetime | None, today: date) -> datetime | None:
    """When the coder finishes: one to four working days after the signature, a few much later."""
    if signed is None:
        return None
    days = rng.choices((1, 2, 3, 4), (4, 3, 2, 1))[0]
    if rng.random() < 0.04:
        days = rng.randrange(6, 13)
    if (today - signed.date()).days <= _FRESH_DAYS and rng.random() < 0.2:
        days += rng.randrange(8, 16)
    return _at(_working_day(signed.date(), days), hour=14, minute=rng.randrange(0, 400))


def coded_days_after(rng: Random, service_date: date, days: int) -> datetime:
    """A moment of a working day, about so many days after the visit; never before them."""
    return _at(_working_day(service_date + timedelta(days=days - 1), 1), hour=14, minute=rng.randrange(0, 400))


def _working_day(start: date, days: int) -> date:
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.isoweekday() < 6
    return day


def _at(day: date, *, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour), UTC) + timedelta(minutes=minute)

"""The overview of denials: six figures, where they come from, which clocks run, what to do first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from compliance.access import needs, record_list
from denials.domain.categories import CATEGORIES, STEPS, Category, Play
from denials.domain.measures import Change, Rate, Window, carriers, change, last_weeks, running_shares
from denials.domain.words import brief, code_of
from denials.queries.index import DenialFilter
from denials.queries.overview import (
    Deadlines,
    PayerReasons,
    Reason,
    Tiles,
    ToWork,
    best_to_work,
    by_payer,
    by_reason,
    by_week,
    deadlines,
    tab_counts,
    tiles,
)
from denials.views.tabs import OVERVIEW, tabs
from pages.charts import Point, days_ahead
from pages.presentation import dollars, long_date, percent

PERIODS = (13, 26, 52)  # weeks
TARGET = Decimal(7)  # percent, the practice's own goal for the denial rate
COLUMNS = 8  # reasons beside each other in the heat map
AHEAD = timedelta(days=14)
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def index_url(**chosen: str | int) -> str:
    """The address of the rows behind a figure."""
    known = {field.name for field in fields(DenialFilter)}
    query = {name: value for name, value in chosen.items() if name in known and value}
    return f"{reverse('denial_index')}?{urlencode(query)}"


@dataclass(frozen=True)
class Tile:
    """A figure with its numerator, denominator, change, and the rows behind it."""

    label: str
    figure: str
    of: str
    url: str
    moved: str = ""
    better: bool = False


@needs("denials.read")
def denial_overview(request: HttpRequest) -> HttpResponse:
    """Every figure and mark opens the claims behind it."""
    today = timezone.localdate()
    given = request.GET.get("weeks", "")
    weeks = int(given) if given in {str(each) for each in PERIODS} else PERIODS[0]
    window = last_weeks(weeks, today)
    reasons, payers = by_reason(window), by_payer(window)
    counts = tab_counts()
    shown_last = today + AHEAD
    clocks = deadlines(today, shown_last)
    now, by_monday = tiles(window), by_week(window)
    best = best_to_work(today)
    shown = [(each.denial.practice_id, each.denial.pk, each.denial.patient_id) for each in best]
    record_list(request, page="denials", shown=shown)
    context = {
        "views": tabs(OVERVIEW, counts),
        "window": window,
        "weeks": weeks,
        "periods": [(each, f"{reverse('denial_overview')}?weeks={each}") for each in PERIODS],
        "today": today,
        "tiles": _tiles(now, tiles(window.before), window),
        "reasons": _reasons(reasons, window),
        "reasons_say": _reasons_say(reasons),
        "most": max((each.amount for each in reasons), default=Decimal(0)),
        "total": now,
        "total_url": _in(window),
        "points": _points(by_monday),
        "weeks_table": _weeks_table(by_monday),
        "target": TARGET,
        "heat": _heat(reasons, payers, window),
        "clocks": clocks,
        "late_url": index_url(due="late"),
        "ahead_url": index_url(due_until=shown_last.isoformat()),
        "days": days_ahead(clocks.days, late=clocks.late.claims, today=today, url=_due_url, noun="denied claims due"),
        "payers_due": _payers_due(clocks),
        "rows": [_work_row(each) for each in best],
        "to_work": counts.to_work,
    }
    return render(request, "denials/overview.html", context)


def _in(window: Window, **more: str | int) -> str:
    return index_url(since=window.since.isoformat(), until=window.until.isoformat(), **more)


def _due_url(day: date | None) -> str:
    return index_url(due=day.isoformat() if day else "late")


def _tiles(now: Tiles, before: Tiles, window: Window) -> list[Tile]:
    def moved(one: Change | None, words: str) -> tuple[str, bool]:
        return (f"{words} {'better' if one.better else 'worse'}", one.better) if one else ("", False)

    def points(name: str, lower: bool = True) -> tuple[str, bool]:
        one = change(getattr(now, name).value, getattr(before, name).value, lower_is_better=lower)
        return moved(one, f"{(one.amount * 100).quantize(Decimal('0.1')).normalize():f} pts" if one else "")

    def money(name: str) -> tuple[str, bool]:
        one = change(getattr(now, name), getattr(before, name), lower_is_better=True)
        return moved(one, dollars(one.amount, 0) if one else "")

    days = change(now.days, before.days, lower_is_better=True)
    return [
        Tile(
            "Denial rate", percent(now.rate.value), _of(now.rate, "decided"), _in(window, first="yes"), *points("rate")
        ),
        Tile(
            "Denied dollars",
            dollars(now.denied_amount, 0),
            f"of {dollars(now.billed_amount, 0)} billed",
            _in(window),
            *money("denied_amount"),
        ),
        Tile(
            "Avoidable",
            percent(now.avoidable.value, 0),
            f"{now.avoidable.part:,} of {now.avoidable.whole:,} by our edits",
            _in(window, avoidable="yes"),
            *points("avoidable"),
        ),
        Tile(
            "Won back",
            percent(now.won.value, 0),
            _of(now.won, "answered"),
            _in(window, answer="won"),
            *points("won", lower=False),
        ),
        Tile(
            "Days to first action",
            "—" if now.days is None else f"{now.days}",
            f"median of {now.worked:,} worked",
            _in(window, worked="yes"),
            *moved(days, f"{days.amount}" if days else ""),
        ),
        Tile(
            "Still open",
            dollars(now.open_amount, 0),
            _of(now.open, "denied"),
            _in(window, status="open"),
            *money("open_amount"),
        ),
    ]


def _of(rate: Rate, word: str) -> str:
    return f"{rate.part:,} of {rate.whole:,} {word}"


@dataclass(frozen=True)
class ReasonRow:
    """A category in the table: with its bar, its cumulative share, and the rule under those that carry most."""

    label: str
    claims: int
    amount: Decimal
    running: Decimal
    rule: bool
    url: str


def _reasons(reasons: Sequence[Reason], window: Window) -> list[ReasonRow]:
    shares = running_shares([each.amount for each in reasons])
    last = carriers(shares)
    return [
        ReasonRow(
            CATEGORIES[Category(each.category)].label,
            each.claims,
            each.amount,
            share,
            rule=at == last and at < len(reasons),
            url=_in(window, category=each.category),
        )
        for at, (each, share) in enumerate(zip(reasons, shares, strict=True), 1)
    ]


def _reasons_say(reasons: Sequence[Reason]) -> str:
    shares = running_shares([each.amount for each in reasons])
    number = carriers(shares)
    if not number or number == len(shares):
        return ""
    word = NUMBERS[number] if number < len(NUMBERS) else str(number)
    reason = "reason carries" if number == 1 else "reasons carry"
    return f"{word} {reason} {percent(shares[number - 1], 0)}"


def _points(weeks: Mapping[date, Rate]) -> list[Point]:
    return [
        Point(
            long_date(monday),
            (rate.value or Decimal(0)) * 100,
            index_url(week=monday.isoformat(), first="yes"),
            f"Week of {long_date(monday)}: {percent(rate.value)}, {rate.part} of {rate.whole} decided",
        )
        for monday, rate in weeks.items()
    ]


def _weeks_table(weeks: Mapping[date, Rate]) -> list[dict[str, object]]:
    """The last six weeks; the two oldest drop on a narrow screen."""
    shown = list(weeks.items())[-6:]
    return [
        {
            "monday": monday,
            "rate": rate,
            "url": index_url(week=monday.isoformat(), first="yes"),
            "wide": at < len(shown) - 4,
        }
        for at, (monday, rate) in enumerate(shown)
    ]


def _heat(reasons: Sequence[Reason], payers: Sequence[PayerReasons], window: Window) -> dict[str, object]:
    """Payer by reason: the eight busiest of each."""
    columns = sorted(reasons, key=lambda each: -each.claims)[:COLUMNS]
    rows = payers[:COLUMNS]
    return {
        "columns": [
            {
                "facts": CATEGORIES[Category(each.category)],
                "claims": each.claims,
                "url": _in(window, category=each.category),
            }
            for each in columns
        ],
        "largest": max((row.by_category.get(each.category, 0) for row in rows for each in columns), default=0),
        "rows": [
            {
                "name": row.name,
                "url": _in(window, payer=row.name),
                "claims": row.claims,
                "cells": [
                    (
                        row.by_category.get(each.category, 0),
                        _in(window, payer=row.name, category=each.category),
                        f"{row.name}, {CATEGORIES[Category(each.category)].label}",
                    )
                    for each in columns
                ],
            }
            for row in rows
        ],
        "left_out": len(reasons) > COLUMNS or len(payers) > COLUMNS,
    }


def _payers_due(clocks: Deadlines) -> list[dict[str, object]]:
    return [{"due": each, "url": index_url(payer=each.name, status="open")} for each in clocks.payers]


def _work_row(row: ToWork) -> dict[str, object]:
    denial = row.denial
    return {
        "denial": denial,
        "item": row.item,
        "url": reverse("denial_detail", args=[denial.pk]),
        "why": brief(denial.carc, denial.category),
        "code": code_of(denial.group, denial.carc),
        "step": row.item.next_step if row.item else STEPS[Play(denial.play)],
    }

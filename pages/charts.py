"""Geometry of the charts drawn on the server: numbers in, SVG attributes out. Pure.

Charts stretch to their column (`preserveAspectRatio="none"`), so units here are the view box's own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

Number = int | Decimal

PLOT_HEIGHT = 120
POINT_WIDTH = 10
DAY_HEIGHT = 40
_STEPS = (
    Decimal(1),
    Decimal("1.5"),
    Decimal(2),
    Decimal("2.5"),
    Decimal(3),
    Decimal(4),
    Decimal(5),
    Decimal(6),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a line chart. `label` is the tick ("Nov 9"), `says` the mark's name as a sentence."""

    label: str
    value: Number
    url: str
    says: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with its place in the plot."""

    x: int
    left: int
    y: str
    url: str
    says: str
    tick: str
    last: bool


@dataclass(frozen=True, slots=True)
class LinePlot:
    """Everything the template needs: attributes only, no arithmetic there."""

    width: int
    height: int
    line: str
    grid: str
    target: str
    axis: list[str]
    marks: list[Mark]


def line_plot(points: Sequence[Point], *, target: Number | None = None, unit: str = "") -> LinePlot:
    """Lay out a line chart: axis from 0, three even steps, at most five tick labels, the last one always shown."""
    step = _axis_step(
        max(
            [p.value for p in points] + ([target] if target is not None else []),
            default=0,
        )
    )
    top = step * 3
    width = POINT_WIDTH * max(len(points), 1)
    every = -(-max(len(points) - 1, 1) // 4)
    last = len(points) - 1
    marks = [
        Mark(
            x=POINT_WIDTH * i + POINT_WIDTH // 2,
            left=POINT_WIDTH * i,
            y=_y(p.value, top),
            url=p.url,
            says=p.says,
            tick=p.label if (last - i) % every == 0 else "",
            last=i == last,
        )
        for i, p in enumerate(points)
    ]
    return LinePlot(
        width=width,
        height=PLOT_HEIGHT,
        line="M" + " L".join(f"{m.x} {m.y}" for m in marks) if marks else "",
        grid="".join(f"M0 {PLOT_HEIGHT * i // 3}H{width}" for i in range(4)),
        target=f"M0 {_y(target, top)}H{width}" if target is not None else "",
        axis=[_axis_label(step * i, unit) for i in (3, 2, 1, 0)],
        marks=marks,
    )


def _y(value: Number, top: Decimal) -> str:
    return f"{PLOT_HEIGHT * (1 - Decimal(value) / top):.1f}"


def _axis_step(largest: Number) -> Decimal:
    """The smallest round step of which three reach the largest value."""
    third = Decimal(largest) / 3
    if third <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(third.adjusted())
    return next(
        (s * power for s in (*_STEPS, Decimal(8), Decimal(10)) if s * power >= third),
        10 * power,
    )


def _axis_label(value: Decimal, unit: str) -> str:
    if not value:
        return "0"
    figure = f"{value.normalize():,f}"
    return f"{figure} {unit}".rstrip() if unit != "$" else f"${figure}"


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day of a deadline strip: the number above, weekday and day below, `tone` hot when it is near or past."""

    figure: str
    weekday: str
    day: str
    url: str
    says: str
    tone: str
    today: bool
    y: int
    height: int


def days_ahead(
    due: Mapping[date, int],
    *,
    late: int,
    today: date,
    url: Callable[[date | None], str],
    noun: str = "due",
    days: int = 10,
) -> list[DayBar]:
    """A strip of what is late and what falls due on the next working days (and on any weekend day that has some).

    `due` counts per day; `url(day)` opens that day's rows, `url(None)` the late ones.
    """
    shown = _working_days(due, today, days)
    largest = max([late, *(due.get(day, 0) for day in shown)], default=0)
    bars = (
        [
            _bar(
                late,
                largest,
                "late",
                "",
                url(None),
                f"late: {late} {noun}",
                hot=True,
                is_today=False,
            )
        ]
        if late
        else []
    )
    for day in shown:
        number = due.get(day, 0)
        bars.append(
            _bar(
                number,
                largest,
                str(day.day),
                f"{day:%a}"[:2],
                url(day),
                f"{day:%a, %b} {day.day}: {number} {noun}",
                hot=(day - today).days <= 3,
                is_today=day == today,
            )
        )
    return bars


def _working_days(due: Mapping[date, int], today: date, days: int) -> list[date]:
    shown: list[date] = []
    day = today
    while len(shown) < days:
        if day.weekday() < 5 or due.get(day):
            shown.append(day)
        day += timedelta(days=1)
    return shown


def _bar(
    number: int,
    largest: int,
    day: str,
    weekday: str,
    url: str,
    says: str,
    *,
    hot: bool,
    is_today: bool,
) -> DayBar:
    height = max(round(36 * number / largest), 3) if number else 0
    return DayBar(
        figure=str(number) if number else "·",
        weekday=weekday,
        day=day,
        url=url,
        says=says,
        tone="hot" if hot else "",
        today=is_today,
        y=DAY_HEIGHT - height,
        height=height,
    )


def share(value: Number, largest: Number, width: int = 100) -> str:
    """The width of a bar, of `width` for the largest."""
    if not largest or value <= 0:
        return "0"
    return f"{min(Decimal(value) / Decimal(largest), Decimal(1)) * width:.1f}"

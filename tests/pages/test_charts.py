"""Chart geometry: numbers in, attributes out."""

from datetime import date
from decimal import Decimal

from pages.charts import Point, days_ahead, line_plot, share

TODAY = date(2026, 11, 18)  # a Wednesday


def weeks(*values: str) -> list[Point]:
    return [Point(f"W{i}", Decimal(v), f"/w/{i}", f"Week {i}: {v}") for i, v in enumerate(values)]


def test_axis_starts_at_zero_and_holds_the_largest_in_three_steps() -> None:
    plot = line_plot(weeks("7.7", "10.5", "5.1"), target=7, unit="%")
    assert plot.axis == ["12 %", "8 %", "4 %", "0"]
    assert plot.target == "M0 50.0H30"
    assert [mark.y for mark in plot.marks] == ["43.0", "15.0", "69.0"]


def test_money_axis_and_small_values() -> None:
    assert line_plot(weeks("31284"), unit="$").axis == ["$45,000", "$30,000", "$15,000", "0"]
    assert line_plot(weeks("0.04")).axis == ["0.045", "0.03", "0.015", "0"]


def test_no_mark_leaves_the_plot_when_all_is_zero_or_missing() -> None:
    assert [mark.y for mark in line_plot(weeks("0", "0")).marks] == ["120.0", "120.0"]
    assert line_plot([]).line == ""


def test_at_most_five_tick_labels_and_always_the_last() -> None:
    for size in range(1, 60):
        ticks = [mark.tick for mark in line_plot(weeks(*["1"] * size)).marks]
        assert ticks[-1] == f"W{size - 1}"
        assert sum(map(bool, ticks)) <= 5


def test_day_strip_shows_working_days_and_weekend_days_that_have_some() -> None:
    due = {date(2026, 11, 18): 3, date(2026, 11, 21): 1, date(2026, 11, 23): 6}
    days = days_ahead(due, late=2, today=TODAY, url=lambda day: f"/?due={day or 'late'}", noun="appeals due")
    assert [day.day for day in days] == ["late", "18", "19", "20", "21", "23", "24", "25", "26", "27", "30"]
    assert [day.tone for day in days[:6]] == ["hot", "hot", "hot", "hot", "hot", ""]
    assert [day.figure for day in days[:6]] == ["2", "3", "·", "·", "1", "6"]
    assert days[0].url == "/?due=late"
    assert days[1].today
    assert days[1].says == "Wed, Nov 18: 3 appeals due"
    assert (days[5].y, days[5].height) == (4, 36)


def test_share_never_leaves_its_track() -> None:
    assert share(9, 18) == "50.0"
    assert share(30, 18) == "100.0"
    assert share(-1, 18) == share(1, 0) == "0"

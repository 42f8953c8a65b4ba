"""Tags and partials, rendered by the product's own engine."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from pages.parts import Bulk, BulkAction, Choice, Facet, FacetValue, Fix, Pager, TimelineEvent, View

TODAY = date(2026, 11, 18)
Render = Callable[..., str]


@pytest.fixture
def render() -> Render:
    def rendered(source: str, **context: Any) -> str:
        return Template(source).render(Context({"today": TODAY, **context}))

    return rendered


def test_a_phrase_loses_its_full_stop(render: Render) -> None:
    said = render("{{ a|phrase }}|{{ b|phrase }}|{{ c|phrase }}", a="Knee pain.", b="Dr. Lee", c=None)
    assert said == "Knee pain|Dr. Lee|"


def test_status_is_shape_word_and_tone(render: Render) -> None:
    html = render('{% status "denied" "Denied, 1 of 3 lines" %}')
    assert html == (
        '<span class="st stop"><svg class="s stop" aria-hidden="true"><use href="#s-stop"/></svg>'
        "Denied, 1 of 3 lines</span>"
    )


def test_status_words_are_escaped(render: Render) -> None:
    assert "<b>" not in render("{% status code words %}", code="<b>", words="<b>")


def test_clock_in_a_queue_and_in_a_head(render: Render) -> None:
    due = date(2026, 11, 20)
    assert render('{% clock due today "file" %}', due=due) == (
        '<span class="clock due"><b>2 d</b><span class="">file</span></span>'
    )
    assert "to file" in render('{% clock due today "file" long=True %}', due=due)
    assert render("{% clock due today %}", due=None) == '<span class="z">—</span>'


def test_late_clock_keeps_its_kind_for_screen_readers(render: Render) -> None:
    html = render('{% clock due today "file" %}', due=date(2026, 11, 16))
    assert '<b>2 d late</b><span class="hid">file</span>' in html


def test_money_cells(render: Render) -> None:
    assert render("{% money_cell x %}", x=Decimal(1204)) == '<td class="num">1,204.00</td>'
    assert render("{% money_cell x %}", x=Decimal(0)) == '<td class="num z">0.00</td>'
    assert render('{% money_cell x "lg" %}', x=None) == '<td class="num lg">—</td>'
    assert render("{% money_cell x bold=True %}", x=Decimal(242)) == '<td class="num"><b>242.00</b></td>'


def test_filters_show_a_dash_for_what_is_unknown(render: Render) -> None:
    names = [
        "money",
        "dollars",
        "percent",
        "count",
        "days",
        "shortdate",
        "longdate",
        "birthdate",
        "fulldate",
        "stamp",
        "when:today",
    ]
    assert {render("{{ nothing|" + name + " }}") for name in names} == {"—"}
    assert {render("{{ nothing|" + name + " }}", nothing=None) for name in names} == {"—"}


def test_float_money_is_an_error(render: Render) -> None:
    with pytest.raises(TypeError):
        render("{{ x|money }}", x=1.5)


def test_datetimes_are_shown_in_the_time_zone_of_the_practice(render: Render) -> None:
    at = datetime(2026, 11, 19, 2, 30, tzinfo=UTC)
    assert settings.TIME_ZONE == "America/New_York"
    assert render("{{ at|stamp }} {{ at|shortdate }} {{ at|when:today }}", at=at) == (
        "Nov 18, 9:30 pm 11/18/26 Today 9:30"
    )


def test_bar_is_hidden_beside_a_named_link_and_named_alone(render: Render) -> None:
    assert 'tabindex="-1" aria-hidden="true"' in render('{% bar 9 18 "/x" %}')
    alone = render('{% bar 9 18 "/x" "Harbor Mutual: 9 claims" tone="hot" %}')
    assert 'aria-label="Harbor Mutual: 9 claims"' in alone
    assert '<rect class="mk hot" width="50.0"' in alone


def test_low_confidence_says_so(render: Render) -> None:
    assert '<span class="warn">low</span>' in render("{% conf 69 %}")
    assert "low" not in render("{% conf 70 %}")


def facet(chosen: int | None = None) -> Facet:
    values = [FacetValue(f"Payer {i}", f"?p={i}", i, current=i == chosen) for i in range(7)]
    return Facet("Payer", values, inline=4, narrow=2)


def test_facet_puts_the_commonest_in_the_row_and_the_rest_behind_more() -> None:
    html = render_to_string("house/facets.html", {"facets": [facet()]})
    row, more = html.split("<details")
    assert re.findall(r"Payer \d", row) == ["Payer 0", "Payer 1", "Payer 2", "Payer 3"]
    assert re.findall(r"Payer \d", more) == ["Payer 2", "Payer 3", "Payer 4", "Payer 5", "Payer 6"]


def test_chosen_facet_value_is_always_in_the_row() -> None:
    html = render_to_string("house/facets.html", {"facets": [facet(chosen=6)]})
    assert '<a href="?p=6" aria-current="true">Payer 6' in html.split("<details")[0]
    assert [v.label for v in (*facet(6).always, *facet(6).roomy, *facet(6).rest)].count("Payer 6") == 1


def test_views_and_pager() -> None:
    html = render_to_string("house/views.html", {"views": [View("My queue", "/q", 1146, current=True)]})
    assert 'aria-current="page">My queue <span class="n">1,146</span>' in html
    pager = Pager(1, 25, 146, Decimal(61204), next_url="?page=2")
    html = render_to_string("house/pager.html", {"pager": pager})
    assert "1–25 of 146, $61,204.00" in html
    assert 'data-key="]"' in html
    assert 'data-key="["' not in html


def test_fix_posts_with_its_number_or_only_says() -> None:
    html = render_to_string("house/fix.html", {"fix": Fix("25 is missing", button="Add 25", url="/f", number=1)})
    assert 'action="/f"' in html
    assert 'data-key="1">Add 25 <kbd>1</kbd></button>' in html
    silent = render_to_string("house/fix.html", {"fix": Fix("Units match", shape="done")})
    assert "<form" not in silent
    assert "<button" not in silent


def test_timeline_newest_event_with_raw_x12_escaped() -> None:
    event = TimelineEvent(date(2026, 11, 17), "Denied", "stop", "System", "835", "CLP*1<2~", opened=True)
    html = render_to_string("house/timeline.html", {"events": [event], "today": TODAY})
    assert '<time datetime="2026-11-17' in html
    assert "CLP*1&lt;2~" in html
    assert '<details class="raw" open><summary>Raw 835</summary>' in html


def test_bulk_bar_offers_verbs_lists_and_a_field() -> None:
    actions = [
        BulkAction("Apply # fixes", "F", "/fix"),
        BulkAction("Assign", "A", "/assign", name="owner", choices=[Choice("Tomasz Hale", "7")]),
        BulkAction("Note", "N", "/note", name="note", asks="Note"),
    ]
    html = render_to_string("house/bulk.html", {"bulk": Bulk("claims", actions)})
    assert html.count('hx-include="[name=pick]:checked"') == 3
    assert 'name="owner" value="7" hx-post="/assign"' in html
    assert '<label for="bulk-note">Note</label><input class="in" id="bulk-note" name="note"' in html


def test_toast_offers_undo_only_when_there_is_one() -> None:
    assert 'data-key="Z"' in render_to_string("house/toast.html", {"text": "Added 25", "undo_url": "/undo"})
    plain = render_to_string("house/toast.html", {"text": "Sent", "oob": True})
    assert "Undo" not in plain
    assert 'hx-swap-oob="innerHTML"' in plain


TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(settings.BASE_DIR)))
def test_no_template_carries_inline_code_or_style(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|hx-on|js:|javascript:""", text) == []
    assert "<style" not in text
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []


def test_every_shape_and_icon_used_is_in_the_sprite() -> None:
    sprite = render_to_string("house/sprite.html")
    drawn = set(re.findall(r'symbol id="([si]-\w+)"', sprite))
    used = {f"i-{name}" for path in TEMPLATES for name in re.findall(r'{% icon "(\w+)"', path.read_text())}
    used |= {f"s-{name}" for name in ["idle", "move", "done", "you", "stop", "hold"]}
    assert used - drawn == set()

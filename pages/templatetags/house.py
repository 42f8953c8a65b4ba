"""Template tags and filters of the house. A builtin of the engine: `{% load house %}` is allowed, never needed.

A page extends base.html and fills the blocks title, head (more <head>), content (starts with <div class="head">),
foot (hints) and bulk. `shell.today` is the date that clocks count from. messages.success becomes a toast, with
extra_tags=undo_url an undoable one; messages.warning and .error become a message at the top.

Words and marks
    {% status "held" %}  {% status claim.status "Denied, 1 of 3 lines" %}   shape + word (STATES in pages.presentation)
    {% shape "denied" %}                     the shape alone; also by sprite name: idle move done you stop hold
    {% clock due today "file" %}             queue form "2 d file"; long=True for heads: "2 d to file"; no date gives —
    {% icon "claim" %}                       work enc code claim rem den pat rep shield find down x doc
    {% key "S" %}  {% key "Ctrl" "Enter" %}  key caps; {% cap "F" %} a cap that only the cursor row shows
    {% hint "J" "K" "move" %}                caps and words for the foot strip; extra class with cls="lg"
    {% conf 94 %}                            confidence, 0–100, with its bar; under 70 amber and "low"

Money, dates, numbers
    {{ d|money }} 1,204.00   {{ d|dollars }} $1,204.00   {{ d|dollars:0 }} $1,204   {% money_cell d %} the whole <td>,
    zero greyed, extra classes with {% money_cell d "lg bad" %}, a strong figure with bold=True
    {{ r|percent }} 8.4 %   {{ r|percent:0 }}   {{ n|count }} 2,548   {{ n|days }} 9 d
    {{ d|shortdate }} 11/02/26   {{ d|longdate }} Nov 2   {{ d|longdate:today }} names another year
    {{ d|birthdate }} 04/17/1968   {{ d|fulldate }} Wed, Nov 18, 2026
    {{ t|stamp }} Nov 17, 4:40 pm   {{ t|stamp:today }} today, 8:12 am
    {{ t|when:today }} Today 8:12 · Nov 17 · 11/17/25      {{ name|initials }} MV   {{ says|phrase }} no full stop
    Datetimes arrive in the practice's time zone. None gives —. A float given as money is a TypeError.

Charts (data from pages.charts; every mark is a link)
    {% bar value largest url %}              doubles the named link of its row: hidden from assistive technology
    {% bar value largest url "Harbor Mutual: 18 claims" tone="hot" %}   stands alone: named
    {% line_chart points target=7 unit="%" label="Denial rate, 13 weeks" %}   points: list[charts.Point]
    {% day_bars days "Appeal deadlines" %}   days: charts.days_ahead(...)
    {% heat_cell value largest url "Harbor Mutual, Duplicate" %}   the whole <td>; {{ value|heat:largest }} the class

Partials (data from pages.parts), all by {% include "house/….html" with … %}
    sprite.html   once, by base.html
    facets.html   facets=list[Facet]                    views.html   views=list[View] label="Saved views" save_url=
    pager.html    pager=Pager (in .head .end)           bulk.html    bulk=Bulk (in {% block bulk %})
    fix.html      fix=Fix                               timeline.html events=list[TimelineEvent] today=
    message.html  tone="bad|warn|good|" text= url= link=    empty.html  title= text= url= button= cap=
    toast.html    text= undo_url=; with oob=True in an htmx answer it lands in the toast region
    progress.html label= value= max= words=             field.html   field=form.field (label, control, error, help)
    keys.html     the key sheet

Rows and keys (static/keys.js)
    <tr id="claim-12" data-row="{url}" data-peek="{url}" data-amount="429.00" tabindex="-1">
    <button class="do" type="button" data-key="F" hx-post=…>Add 25 {% cap "F" %}</button>   the one-key fix in a row
    data-row makes a row: J K move over all of them, Enter opens its url (or clicks the row's data-key="Enter"),
    Space loads data-peek into the peek panel. `data-evidence="2"` lights every <mark data-for="2 3">.
    <input type="checkbox" name="pick" value="12"> is X; <input type="checkbox" data-pick-all> heads the column.
    Any button, link or input with data-key="S" answers to S (inputs get the focus). In a row, letters work only
    while the cursor is there; digits work everywhere. data-key="Ctrl+Enter", "]", "Esc", "Backspace" work too.
    data-toggle="tr.sub" shows or hides every match. Inside <dialog> and the peek, data-close closes.
    `<input class="cell" name=… hx-post=… hx-trigger="change">`: Enter saves, Esc restores.
    `data-print` prints the page.
    An answer swapped into #dialog opens it; an empty one closes it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from pages import charts, presentation
from pages.charts import DayBar, Number, Point

register = template.Library()

SHAPES = frozenset(shape for shape, _, _ in presentation.SHAPE_MEANINGS)
LOW_CONFIDENCE = 70


# Words and marks ------------------------------------------------------------------------------


def _svg(shape: str, tone: str) -> SafeString:
    return format_html('<svg class="s {}" aria-hidden="true"><use href="#s-{}"/></svg>', tone, shape)


@register.simple_tag
def status(code: str, words: str | None = None) -> SafeString:
    """Shape and word of a state; `words` replaces the word, never the shape."""
    state = presentation.state_word(str(code))
    return format_html(
        '<span class="st {}">{}{}</span>', state.tone, _svg(state.shape, state.tone), words or state.word
    )


@register.simple_tag
def shape(code: str) -> SafeString:
    """The shape alone, where a sentence beside it says the rest. Takes a state code or a sprite name."""
    if code in SHAPES:
        return _svg(code, "idle" if code == "hold" else code)
    state = presentation.state_word(str(code))
    return _svg(state.shape, state.tone)


@register.simple_tag
def clock(due: date | None, today: date, kind: str = "", long: bool = False) -> SafeString:
    """Days to a deadline. A late one hides its kind from the eye, not from a screen reader, as the design does."""
    shown = presentation.clock(due.date() if isinstance(due, datetime) else due, today, kind)
    if shown is None:
        return mark_safe(f'<span class="z">{presentation.DASH}</span>')
    words = f"to {shown.kind}" if long and shown.kind else shown.kind
    kind_span = format_html('<span class="{}">{}</span>', "hid" if shown.tone == "over" else "", words) if words else ""
    return format_html('<span class="clock {}"><b>{}</b>{}</span>', shown.tone, shown.figure, kind_span)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A 16 px line icon of the sprite."""
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def key(*caps: str) -> SafeString:
    """Key caps."""
    return format_html_join("", "<kbd>{}</kbd>", ((cap,) for cap in caps))


@register.simple_tag
def cap(name: str) -> SafeString:
    """A key cap that only the cursor row shows."""
    return format_html('<kbd class="cap">{}</kbd>', name)


@register.simple_tag
def hint(*caps_and_words: str, cls: str = "") -> SafeString:
    """Key caps and, last, what they do."""
    *caps, words = caps_and_words
    return format_html('<span class="{}">{} {}</span>', f"hint {cls}".strip(), key(*caps), words)


@register.simple_tag
def conf(score: int) -> SafeString:
    """Confidence of a suggestion, 0–100."""
    low = score < LOW_CONFIDENCE
    width = charts.share(score, 100, 32)
    return format_html(
        '<span class="conf"><span class="{}">{}</span><svg viewBox="0 0 32 4" aria-hidden="true">'
        '<rect class="track" width="32" height="4" rx="2"/>'
        '<rect class="mk {}" width="{}" height="4" rx="2"/></svg>{}</span>',
        "warn" if low else "",
        score,
        "mid" if low else "off2",
        width,
        mark_safe('<span class="warn">low</span>') if low else "",
    )


@register.simple_tag
def words_by_shape() -> list[tuple[str, str, list[str]]]:
    """(shape, meaning, words) for the help page."""
    return presentation.words_by_shape()


@register.simple_tag
def key_sheet() -> tuple[tuple[str, tuple[presentation.KeyRow, ...]], ...]:
    """(section, ((words, caps), …)) for the key sheet."""
    return presentation.KEY_SHEET


# Money, dates, numbers ------------------------------------------------------------------------


@register.filter
def money(value: Decimal | int | str | None) -> str:
    """1,204.00; nothing is —."""
    return presentation.money(_known(value))


@register.filter
def dollars(value: Decimal | int | str | None, decimals: int = 2) -> str:
    """$1,204.00, or whole dollars with :0."""
    return presentation.dollars(_known(value), decimals)


@register.simple_tag
def money_cell(value: Decimal | int | str | None, cls: str = "", bold: bool = False) -> SafeString:
    """A money column's <td>: right-aligned, zero in grey."""
    known = _known(value)
    classes = " ".join(filter(None, ("num", cls, "z" if known is not None and not known else "")))
    return format_html(
        '<td class="{}">{}</td>',
        classes,
        format_html("<b>{}</b>", presentation.money(known)) if bold else presentation.money(known),
    )


def _known(value: Decimal | int | str | None) -> Decimal | int | None:
    if value is None or value == "":
        return None
    return Decimal(value) if isinstance(value, str) else value


@register.filter
def percent(value: Decimal | Fraction | float | str | None, decimals: int = 1) -> str:
    """A rate of 0–1 as 8.4 %."""
    return presentation.percent(None if value is None or isinstance(value, str) else value, decimals)


@register.filter(name="count")
def count_words(value: int | str | None) -> str:
    """2,548."""
    return presentation.count(None if value is None or value == "" else int(value))


@register.filter
def days(value: int | str | None) -> str:
    """9 d."""
    return presentation.DASH if value is None or value == "" else f"{presentation.count(int(value))} d"


@register.filter(expects_localtime=True)
def shortdate(value: date | str | None) -> str:
    """11/02/26."""
    return presentation.short_date(_day(value))


@register.filter(expects_localtime=True)
def longdate(value: date | str | None, today: date | None = None) -> str:
    """Nov 2."""
    return presentation.long_date(_day(value), today)


@register.filter
def birthdate(value: date | str | None) -> str:
    """04/17/1968."""
    return presentation.birth_date(_day(value))


@register.filter(expects_localtime=True)
def fulldate(value: date | str | None) -> str:
    """Wed, Nov 18, 2026."""
    day = _day(value)
    return presentation.DASH if day is None else presentation.full_date(day)


@register.filter(expects_localtime=True)
def stamp(value: datetime | str | None, today: date | None = None) -> str:
    """Nov 17, 4:40 pm."""
    return presentation.stamp(value if isinstance(value, datetime) else None, today)


@register.filter(expects_localtime=True)
def when(value: date | str | None, today: date) -> str:
    """The left column of a timeline."""
    return presentation.when(_day(value), today)


def _day(value: date | str | None) -> date | None:
    return value if isinstance(value, date) else None


@register.filter
def phrase(value: object) -> str:
    """A sentence as a cell of a list shows it: without its full stop."""
    return str(value or "").rstrip(".")


@register.filter
def initials(value: object) -> str:
    """MV for Marisol Vega; nothing for nobody."""
    return presentation.initials(str(value)) if value else ""


# Charts ---------------------------------------------------------------------------------------


@register.simple_tag
def bar(value: Number, largest: Number, url: str, says: str = "", tone: str = "") -> SafeString:
    """A horizontal bar that is a link."""
    name = format_html(' aria-label="{}"', says) if says else mark_safe(' tabindex="-1" aria-hidden="true"')
    return format_html(
        '<a href="{}"{}><svg class="hb" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="mk {}" width="{}" height="10"/></svg></a>',
        url,
        name,
        tone,
        charts.share(value, largest),
    )


@register.inclusion_tag("house/line_chart.html")
def line_chart(
    points: Sequence[Point], target: Number | None = None, unit: str = "", label: str = ""
) -> dict[str, Any]:
    """A line over time with an optional dashed target."""
    return {"plot": charts.line_plot(points, target=target, unit=unit), "label": label}


@register.inclusion_tag("house/day_bars.html")
def day_bars(days: Sequence[DayBar], label: str = "") -> dict[str, Any]:
    """A strip of days with what falls due on each."""
    return {"days": days, "label": label}


@register.filter
def heat(value: int | Decimal, largest: int | Decimal) -> str:
    """h0…h5."""
    return presentation.heat(value, largest)


@register.simple_tag
def heat_cell(value: int, largest: int, url: str, says: str) -> SafeString:
    """A heat-map cell: a tinted link whose name is the row, the column and the number."""
    return format_html(
        '<td><a class="{}" href="{}" aria-label="{}: {}">{}</a></td>',
        presentation.heat(value, largest),
        url,
        says,
        presentation.count(value),
        presentation.count(value) if value else "·",
    )

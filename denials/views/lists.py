"""The lists of the room: work, denied claims behind a figure, appeals."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from compliance.access import needs, record_list
from denials.domain.categories import CATEGORIES, Category, label_of
from denials.domain.status import AppealStatus, DenialStatus
from denials.domain.words import brief, code_of
from denials.queries.index import ClaimRow, DenialFilter, IndexPage, index_page, iso
from denials.queries.overview import tab_counts
from denials.queries.record import appeal_page
from denials.views.tabs import ALL, APPEALS, tabs
from pages.links import Links, page_number
from pages.paging import pager
from pages.parts import Facet, FacetValue
from pages.presentation import long_date, state_word
from worklist.queries import QueuePage, kinds_of
from worklist.views import Screen, queue_screen

VIEWS = (
    ("Worklist", ""),
    ("Due in two weeks", "due=14"),
    ("Lost on appeal", "state=upheld"),
    ("No answer", "state=no_answer"),
    ("Over $500", "over=500"),
)
FLAGS = (("avoidable", "yes", "Avoidable"), ("first", "yes", "First decision"), ("worked", "yes", "Somebody acted"))


def denials_screen() -> Screen:
    """The room's queue."""
    return Screen(
        title="Denials",
        page="denials",
        url=reverse("denial_list"),
        kinds=kinds_of(("denial.",)),
        noun="denials",
        views=VIEWS,
        empty="No denial waits here",
        amount="Expected",
    )


@needs("denials.read")
def denial_list(request: HttpRequest) -> HttpResponse:
    """Denials and appeals that wait for a person, soonest deadline first."""

    def more(page: QueuePage) -> dict[str, object]:
        return {"screen_action": "denials/list_action.html"}

    return queue_screen(request, denials_screen(), more)


@dataclass(frozen=True)
class Row:
    """A denied claim in the list."""

    row: ClaimRow
    why: str
    code: str
    url: str


@needs("denials.read")
def denial_index(request: HttpRequest) -> HttpResponse:
    """Denied claims in any state: what every figure of the overview opens."""
    today = timezone.localdate()
    chosen = DenialFilter(**{f.name: request.GET.get(f.name, "")[:60] for f in fields(DenialFilter)})
    page = index_page(chosen, today, page_number(request))
    leads = [row.lead for row in page.rows]
    record_list(request, page="denials", shown=[(each.practice_id, each.pk, each.patient_id) for each in leads])
    links = Links(request, reverse("denial_index"))
    context = {
        "views": tabs(ALL, tab_counts()),
        "rows": [_row(row) for row in page.rows],
        "page": page,
        "pager": pager(page, links, page.amount),
        "facets": _facets(chosen, page, links),
        "says": _says(chosen),
        "today": today,
        "all_url": reverse("denial_index"),
    }
    return render(request, "denials/denial_index.html", context)


def _row(row: ClaimRow) -> Row:
    lead = row.lead
    why, url = brief(lead.carc, lead.category), reverse("denial_detail", args=[lead.pk])
    return Row(row, why, code_of(lead.group, lead.carc), url)


def _facets(chosen: DenialFilter, page: IndexPage, links: Links) -> list[Facet]:
    def values(name: str, rows: Sequence[tuple[str, str, int]]) -> list[FacetValue]:
        current = getattr(chosen, name)
        return [
            FacetValue(
                words,
                links.to(**{name: "" if current == value else value}),
                count,
                current == value,
                status=value if name == "status" else "",
            )
            for value, words, count in rows
        ]

    everything = FacetValue("Any", links.to(status=""), current=not chosen.status)
    still = FacetValue(
        "Open", links.to(status="" if chosen.status == "open" else "open"), current=chosen.status == "open"
    )
    states = values("status", [(state, state_word(state).word, n) for state, n in page.states])
    flags = [
        FacetValue(
            words, links.to(**{name: "" if getattr(chosen, name) else value}), current=bool(getattr(chosen, name))
        )
        for name, value, words in FLAGS
    ]
    reasons = [(category, CATEGORIES[Category(category)].label, n) for category, n in page.categories]
    return [
        Facet("Status", [everything, still, *states], inline=10, narrow=7),
        Facet("Payer", values("payer", [(name, name, n) for name, n in page.payers]), inline=3, narrow=2),
        Facet("Reason", values("category", reasons), inline=3, narrow=2),
        Facet("Only", flags, inline=3, narrow=3, wide=True),
    ]


def _says(chosen: DenialFilter) -> str:
    """The filter as a sentence: what a figure counted."""
    said = []
    if chosen.answer:
        said.append({"won": "won back", "lost": "lost"}.get(chosen.answer, "answered by the payer"))
    if chosen.first:
        said.append("denied on the first decision")
    if chosen.worked:
        said.append("somebody acted")
    if chosen.avoidable:
        said.append("our edits could have caught it")
    if chosen.category:
        said.append(label_of(chosen.category))
    if chosen.payer:
        said.append(chosen.payer)
    if chosen.status in set(DenialStatus) or chosen.status == "open":
        said.append(state_word(chosen.status).word.lower())
    return ", ".join([*said, *_times_say(chosen)])


def _times_say(chosen: DenialFilter) -> list[str]:
    said = []
    if week := iso(chosen.week):
        said.append(f"week of {long_date(week)}")
    since, until = iso(chosen.since), iso(chosen.until)
    if since and until:
        said.append(f"{long_date(since)} to {long_date(until)}")
    if chosen.due == "late":
        said.append("deadline passed")
    elif due := iso(chosen.due):
        said.append(f"due {long_date(due)}")
    if last := iso(chosen.due_until):
        said.append(f"due by {long_date(last)}")
    return said


@needs("denials.read")
def appeal_list(request: HttpRequest) -> HttpResponse:
    """Appeals, newest first."""
    state = request.GET.get("state", "")
    state = state if state in set(AppealStatus) else ""
    page = appeal_page(state, page_number(request))
    record_list(
        request, page="appeals", shown=[(each.practice_id, each.pk, each.claim.patient_id) for each in page.rows]
    )
    links = Links(request, reverse("appeal_list"))
    known = dict(page.states)
    states = [
        FacetValue(
            state_word(each).word, links.to(state="" if each == state else each), known[each], each == state, each
        )
        for each in (s.value for s in AppealStatus)
        if each in known
    ]
    everything = FacetValue("All", links.to(state=""), sum(known.values()), not state)
    context = {
        "views": tabs(APPEALS, tab_counts()),
        "rows": page.rows,
        "pager": pager(page, links, page.amount),
        "facets": [Facet("Status", [everything, *states], inline=8, narrow=8)],
        "today": timezone.localdate(),
        "narrowed": bool(state),
        "all_url": reverse("appeal_list"),
    }
    return render(request, "denials/appeal_list.html", context)

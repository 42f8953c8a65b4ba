"""The queue screen: one list for every kind of work, filtered by links that have addresses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from compliance.access import needs
from compliance.models import Membership, User
from pages.links import Links, page_number
from pages.parts import Bulk, BulkAction, Choice, Facet, FacetValue, Pager, View
from pages.presentation import state_word
from worklist.domain.kinds import KINDS, Kind
from worklist.links import subject_url
from worklist.models import WorkItem
from worklist.queries import QueueFilter, QueuePage, queue_page, saved_views

CHOICES = tuple(f.name for f in fields(QueueFilter) if f.name not in {"kinds", "roles"})


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What makes one room's queue: its title, the work it shows, and the verbs it adds to the bulk bar."""

    title: str
    page: str  # key of its saved views
    url: str
    kinds: tuple[Kind, ...]
    noun: str = "items"
    views: Sequence[tuple[str, str]] = ()  # (name, query string)
    actions: Sequence[BulkAction] = ()
    empty: str = "Nothing waits here"
    template: str = "worklist/queue.html"
    show_kind: bool = False


@dataclass(frozen=True)
class Row:
    """A work item with where it leads."""

    item: WorkItem
    url: str


@needs("work.read")
def work_list(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a person, all kinds in one list."""
    screen = Screen(
        title="Work",
        page="work",
        url=reverse("work_list"),
        kinds=tuple(Kind),
        views=(("All open", ""), ("Mine", "owner=me"), ("Due this week", "due=7"), ("Nobody's", "owner=nobody")),
        show_kind=True,
    )
    return queue_screen(request, screen)


def queue_screen(
    request: HttpRequest, screen: Screen, extra: Callable[[QueuePage], dict[str, object]] | None = None
) -> HttpResponse:
    """Render a room's queue, or only its list when htmx asks for that."""
    user, today = cast(User, request.user), timezone.localdate()
    chosen = chosen_filter(request, screen)
    page = queue_page(chosen, user=user, today=today, number=page_number(request))
    links = Links(request, screen.url)
    context: dict[str, object] = {
        "screen": screen,
        "chosen": chosen,
        "page": page,
        "rows": [Row(item, subject_url(item.subject_type, item.subject_id, item.pk)) for item in page.rows],
        "today": today,
        "facets": _facets(screen, chosen, page, links),
        "views": _views(request, screen, user, page, links),
        "save_url": f"{reverse('view_save')}?page={screen.page}&query={request.GET.urlencode()}",
        "pager": _pager(page, links),
        "bulk": Bulk(noun=screen.noun, actions=[*screen.actions, *_common_actions(request)]),
        "sorts": {name: links.to(sort=name) for name in ("clock", "patient", "service", "payer", "amount")},
    }
    if extra:
        context |= extra(page)
    name = f"{screen.template}#list" if request.headers.get("HX-Target") == "list" else screen.template
    return render(request, name, context)


def chosen_filter(request: HttpRequest, screen: Screen) -> QueueFilter:
    """The person's choices from the address; junk chooses nothing."""
    given = {name: request.GET[name][:60] for name in CHOICES if request.GET.get(name)}
    return QueueFilter(kinds=screen.kinds, **given)


def _facet(
    label: str, name: str, values: Sequence[tuple[str, str, int]], chosen: QueueFilter, links: Links, **more: object
) -> Facet:
    current = getattr(chosen, name)
    shown = [
        FacetValue(
            label=words,
            url=links.to(**{name: "" if value == current else value}),
            count=count,
            current=value == current,
            status=value if name == "state" else "",
        )
        for value, words, count in values
    ]
    return Facet(label=label, values=shown, **more)  # type: ignore[arg-type]  # keyword options of Facet


def _facets(screen: Screen, chosen: QueueFilter, page: QueuePage, links: Links) -> list[Facet]:
    states = [(state, state_word(state).word, count) for state, count in page.states]
    everything = FacetValue(
        label="Open", url=links.to(state=""), count=sum(n for _, _, n in states), current=not chosen.state
    )
    status = _facet("Status", "state", states, chosen, links, inline=7, narrow=7)
    return [
        Facet(label="Status", values=[everything, *status.values], inline=8, narrow=8),
        _facet("Age, days", "age", [(a, a, n) for a, n in page.ages], chosen, links, inline=4, wide=True),
        _facet("Payer", "payer", [(p, p, n) for p, n in page.payers], chosen, links, inline=3, narrow=2),
        _facet("Why", "category", [(c, c, n) for c, n in page.categories], chosen, links, inline=5, narrow=3),
    ]


def _views(request: HttpRequest, screen: Screen, user: User, page: QueuePage, links: Links) -> list[View]:
    here = request.GET.copy()
    here.pop("page", None)
    own = [(view.name, view.query) for view in saved_views(user, screen.page)]
    return [
        View(
            label=name,
            url=f"{screen.url}?{query}" if query else screen.url,
            count=page.total if here.urlencode() == query else None,
            current=here.urlencode() == query,
            wide=at > 3,
        )
        for at, (name, query) in enumerate([*screen.views, *own])
    ]


def _pager(page: QueuePage, links: Links) -> Pager:
    return Pager(
        first=page.first,
        last=page.last,
        total=page.total,
        amount=page.amount,
        previous_url=links.to(page=str(page.number - 1)) if page.number > 1 else "",
        next_url=links.to(page=str(page.number + 1)) if page.has_next else "",
    )


def _common_actions(request: HttpRequest) -> list[BulkAction]:
    people = User.objects.filter(
        pk__in=Membership.objects.exclude(role="integration").values("user_id"), is_active=True
    ).order_by("first_name", "last_name")
    to = [Choice("Me", "me"), *(Choice(str(p), str(p.pk)) for p in people), Choice("Nobody", "nobody")]
    return [
        BulkAction("Assign", "A", reverse("work_assign"), name="to", choices=to),
        BulkAction(
            "Not today",
            "H",
            reverse("work_snooze"),
            name="until",
            choices=[Choice("Tomorrow", "1"), Choice("3 days", "3"), Choice("A week", "7")],
        ),
        BulkAction("Note", "N", reverse("work_note"), name="text", asks="Note"),
    ]


def kind_label(item: WorkItem) -> str:
    """What sort of work a row is, in words."""
    return KINDS[Kind(item.kind)].label

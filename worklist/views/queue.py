"""The queue screen: one list for every kind of work, filtered by links that have addresses."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import cast
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from compliance.access import SignedIn, allows, needs, record_list
from compliance.domain.permissions import Role, may
from compliance.models import Membership, User
from pages.links import Links, page_number
from pages.paging import pager
from pages.parts import Bulk, BulkAction, Choice, Facet, FacetValue, View
from pages.presentation import state_word
from worklist.domain.kinds import KINDS, Kind, opened_by
from worklist.links import subject_url
from worklist.models import WorkItem
from worklist.queries import QueueFilter, QueuePage, counts_of, queue_page, saved_views

CHOICES = tuple(f.name for f in fields(QueueFilter) if f.name not in {"kinds", "roles", "held", "skills"})
EVERYBODY = "all"  # an owner that filters nothing


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What makes one room's queue: its title, the work it shows, and the verbs it adds to the bulk bar."""

    title: str
    page: str  # key of its saved views
    url: str
    kinds: tuple[Kind, ...]
    noun: str = "items"
    views: Sequence[tuple[str, str]] = ()  # (name, query string)
    actions: Sequence[BulkAction] = ()  # one with the key of a common verb takes its place
    empty: str = "Nothing waits here"
    template: str = "worklist/queue.html"
    show_kind: bool = False
    mine: bool = False  # until somebody asks for another owner: the person's own, and what nobody took
    peek: str = "work_peek"  # URL name, takes the item's key
    amount: str = "Amount"  # head of the money column; empty where no money is known yet
    also: Sequence[tuple[str, str]] = ()  # (name, address) of the room's other lists
    why: str = "Why"  # label of the facet over categories
    skills: frozenset[str] = frozenset()  # categories that the person knows, for skill=mine


@dataclass(frozen=True)
class Row:
    """A work item with where it leads."""

    item: WorkItem
    url: str

    @property
    def needs(self) -> str:
        """What opens the record, in the words of `Choice.may`."""
        return _need(self.item.practice_id, opened_by(Kind(self.item.kind)))


@needs("work.read")
def work_list(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a person, all kinds in one list."""
    screen = Screen(
        title="Work",
        page="work",
        url=reverse("work_list"),
        kinds=tuple(Kind),
        views=(("All open", ""), ("Mine", "owner=me"), ("Due this week", "due=7"), ("Nobody’s", "owner=nobody")),
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
    record_list(request, page=screen.page, shown=[(row.practice_id, row.pk, row.patient_id) for row in page.rows])
    links = Links(request, screen.url)
    trail = trail_to(request, screen)
    views = _views(request, screen, user, today)
    context: dict[str, object] = {
        "screen": screen,
        "chosen": chosen,
        "page": page,
        "rows": [Row(item, _row_url(item, trail)) for item in page.rows],
        "today": today,
        "facets": _facets(screen, chosen, page, links),
        "views": views,
        "view": next((view.label for view in views if view.current), ""),
        "narrowed": bool(here(request)),
        "everybody_url": links.to(owner=EVERYBODY) if chosen.owner == "mine" else "",
        "save_url": f"{reverse('view_save')}?{urlencode({'page': screen.page, 'query': here(request)})}",
        "pager": pager(page, links, page.amount if screen.amount else None),
        "bulk": Bulk(noun=screen.noun, actions=_actions(request, screen)),
        "sorts": {name: links.to(sort=name) for name in ("clock", "patient", "service", "payer", "amount")},
        "may_fix": allows(request, "claims.fix"),
        "fixable": allows(request, "claims.fix") and any(item.has_fix for item in page.rows),
        "fragment": (fragment := request.headers.get("HX-Target") == "list"),
    }
    if extra:
        context |= extra(page)
    return render(request, f"{screen.template}#list" if fragment else screen.template, context)


def chosen_filter(request: HttpRequest, screen: Screen, given: Mapping[str, str] | None = None) -> QueueFilter:
    """The person's choices from the address (or from `given`); junk chooses nothing."""
    source = request.GET if given is None else given
    choices = {name: source[name][:60] for name in CHOICES if source.get(name)}
    roles = _worked_by(request)
    if screen.mine and "owner" not in choices and roles & {KINDS[kind].role for kind in screen.kinds}:
        choices["owner"] = "mine"
    return QueueFilter(
        kinds=screen.kinds,
        roles=frozenset(roles),
        held=cast(SignedIn, request).roles,
        skills=screen.skills,
        **choices,
    )


def _worked_by(request: HttpRequest) -> frozenset[Role]:
    """The roles whose work a person does: the own ones; a supervisor's is everybody's."""
    held = frozenset[Role]().union(*cast(SignedIn, request).roles.values())
    return frozenset(Role) if Role.SUPERVISOR in held else held


def here(request: HttpRequest) -> str:
    """The list's own query string, without its page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def trail_to(request: HttpRequest, screen: Screen) -> str:
    """What a record's address carries so that it knows the queue it was opened from."""
    return urlencode([("from", screen.page), *parse_qsl(here(request))])


def _row_url(item: WorkItem, trail: str) -> str:
    url = subject_url(item.subject_type, item.subject_id, item.pk)
    return f"{url}?{trail}"


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
    facets = [
        Facet(label="Status", values=[everything, *status.values], inline=8, narrow=8),
        _facet("Age, days", "age", [(a, a, n) for a, n in page.ages], chosen, links, inline=4, wide=True),
        _facet("Payer", "payer", [(p, p, n) for p, n in page.payers], chosen, links, inline=3, narrow=2),
        _facet(screen.why, "category", [(c, c, n) for c, n in page.categories], chosen, links, inline=5, narrow=3),
    ]
    also = Facet(label="See", values=[FacetValue(name, url) for name, url in screen.also], inline=3, narrow=3)
    return [facet for facet in [*facets, also] if facet.values]


def _views(request: HttpRequest, screen: Screen, user: User, today: date) -> list[View]:
    own = [(view.name, view.query) for view in saved_views(user, screen.page)]
    named = [*screen.views, *own]
    filters = [chosen_filter(request, screen, dict(parse_qsl(query))) for _, query in named]
    counts = counts_of(filters, user=user, today=today)
    return [
        View(
            label=name,
            url=f"{screen.url}?{query}" if query else screen.url,
            count=count,
            current=here(request) == query,
            wide=at > 3,
        )
        for at, ((name, query), count) in enumerate(zip(named, counts, strict=True))
    ]


def _actions(request: HttpRequest, screen: Screen) -> list[BulkAction]:
    """The room's own verbs, then the common ones; on the same key the room's own stands in place of the common."""
    common = _common_actions(cast(User, request.user), screen.kinds) if allows(request, "work.act") else []
    own = {action.key: action for action in screen.actions}
    keys = {action.key for action in common}
    return [
        *(action for key, action in own.items() if key not in keys),
        *(own.get(action.key, action) for action in common),
    ]


def _common_actions(user: User, kinds: Sequence[Kind]) -> list[BulkAction]:
    to = [*_people(user, kinds), Choice("Nobody", "nobody")]
    rests = [Choice("Tomorrow", "1"), Choice("3 days", "3"), Choice("A week", "7")]
    return [
        BulkAction("Assign", "A", reverse("work_assign"), name="to", choices=to),
        BulkAction("Not today", "H", reverse("work_snooze"), name="until", choices=rests),
        BulkAction("Note", "N", reverse("work_note"), name="text", asks="Note"),
    ]


def _people(user: User, kinds: Sequence[Kind]) -> list[Choice]:
    """Whom such work can be given to, the asking person first: each with the rows that they may open."""
    roles: defaultdict[tuple[User, int], set[Role]] = defaultdict(set)
    members = Membership.objects.exclude(role=Role.INTEGRATION).filter(user__is_active=True).select_related("user")
    for one in members.order_by("user__first_name", "user__last_name", "user_id", "practice_id"):
        roles[one.user, one.practice_id].add(Role(one.role))
    permissions = sorted({opened_by(kind) for kind in kinds})
    opens: defaultdict[User, list[str]] = defaultdict(list)
    for (person, practice_id), held in roles.items():
        opens[person] += [_need(practice_id, each) for each in permissions if may(frozenset(held), each)]
    mine = opens.pop(user, [])
    others = [Choice(str(person), str(person.pk), " ".join(able)) for person, able in opens.items() if able]
    return [Choice("Me", "me", " ".join(mine)), *others] if mine else others


def _need(practice_id: int, permission: str) -> str:
    return f"{practice_id}:{permission}"

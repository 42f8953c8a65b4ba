"""What the queue screens read. Every page costs the same number of queries, whatever its length."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.expressions import OrderBy

from compliance.domain.permissions import Role
from compliance.models import User
from pages.paging import PAGE, Numbered
from worklist.domain.kinds import KINDS, Kind
from worklist.models import SavedView, WorkItem, WorkItemQuerySet, WorkNote

LOOKED_THROUGH = 2000  # rows of a queue in which a record knows its neighbours
AGES: dict[str, tuple[int, int | None]] = {"0–30": (0, 30), "31–60": (31, 60), "61–90": (61, 90), "90+": (91, None)}
SORTS: dict[str, tuple[str, ...]] = {
    "clock": ("clock_date", "-amount", "pk"),
    "patient": ("patient_name", "pk"),
    "service": ("service_date", "pk"),
    "payer": ("payer_name", "clock_date", "pk"),
    "amount": ("-amount", "pk"),
}


@dataclass(frozen=True, kw_only=True)
class QueueFilter:
    """What a queue shows. Empty fields do not filter; `kinds` is the page's own, the rest a person's choice."""

    kinds: tuple[Kind, ...] = tuple(Kind)
    roles: frozenset[str] = frozenset()  # whose untaken work counts as "mine"
    held: Mapping[int, frozenset[Role]] | None = None  # the person's roles by practice; None: all that is in scope
    skills: frozenset[str] = frozenset()  # categories that the person knows: what skill=mine shows
    state: str = ""
    kind: str = ""
    payer: str = ""
    category: str = ""
    age: str = ""
    owner: str = ""  # me, mine (me, or nobody's of my roles), nobody, or a user's number; all is everybody
    due: str = ""  # days: soonest deadlines only
    over: str = ""  # dollars
    day: str = ""  # ISO date of the clock
    skill: str = ""  # mine: only categories in `skills`
    q: str = ""
    sort: str = "clock"

    def without(self, name: str) -> "QueueFilter":
        """The same filter with one choice taken back: what that facet's counts run over."""
        return replace(self, **{name: ""})  # type: ignore[arg-type]  # every choice of a person is a string


@dataclass(frozen=True)
class QueuePage(Numbered):
    """One page of a queue, and what the head and the facets say about all of it."""

    rows: Sequence[WorkItem]
    number: int
    total: int
    amount: Decimal
    states: Sequence[tuple[str, int]] = field(default=())
    payers: Sequence[tuple[str, int]] = field(default=())
    categories: Sequence[tuple[str, int]] = field(default=())
    ages: Sequence[tuple[str, int]] = field(default=())


def filtered(chosen: QueueFilter, *, user: User, today: date) -> WorkItemQuerySet:
    """Open, awake work that the filter lets through."""
    return _seen(chosen, user, today).filter(_conditions(chosen, user, today))


def _seen(chosen: QueueFilter, user: User, today: date) -> WorkItemQuerySet:
    """Open, awake work of the page's kinds that the person may open."""
    rows = WorkItem.objects.awake(today).filter(kind__in=[kind.value for kind in chosen.kinds])
    return rows if chosen.held is None else rows.open_to(chosen.held, user)


def _conditions(chosen: QueueFilter, user: User, today: date) -> Q:
    exact = {"state": chosen.state, "kind": chosen.kind, "payer_name": chosen.payer, "category": chosen.category}
    found = Q(**{name: value for name, value in exact.items() if value})
    if chosen.owner:
        found &= _owned_by(chosen, user)
    if chosen.age in AGES:
        found &= _aged(chosen.age, today)
    if (days := _number(chosen.due)) is not None:
        found &= Q(clock_date__lte=today + timedelta(days=days))
    if (dollars := _number(chosen.over)) is not None:
        found &= Q(amount__gt=dollars)
    if (day := _iso(chosen.day)) is not None:
        found &= Q(clock_date=day)
    if chosen.skill == "mine":
        found &= Q(category__in=chosen.skills)
    if chosen.q:
        found &= Q(patient_name__icontains=chosen.q) | Q(reason__icontains=chosen.q)
    return found


def counts_of(views: Sequence[QueueFilter], *, user: User, today: date) -> list[int]:
    """How many rows each of these filters shows, over the same kinds: one query for all of them."""
    if not views:
        return []
    counted = _seen(views[0], user, today).aggregate(
        **{f"v{n}": Count("pk", filter=Q(pk__gt=0) & _conditions(each, user, today)) for n, each in enumerate(views)}
    )
    return [counted[f"v{n}"] for n in range(len(views))]


def queue_page(chosen: QueueFilter, *, user: User, today: date, number: int = 1) -> QueuePage:
    """A page of the queue with its facets: seven queries."""
    rows = filtered(chosen, user=user, today=today)
    sums = rows.aggregate(total=Count("pk"), amount=Sum("amount"))
    number = max(1, min(number, -(-sums["total"] // PAGE)))
    start = (number - 1) * PAGE
    return QueuePage(
        rows=list(rows.select_related("assigned_to").order_by(*_order(chosen))[start : start + PAGE]),
        number=number,
        total=sums["total"],
        amount=sums["amount"] or Decimal("0.00"),
        states=_counts(filtered(chosen.without("state"), user=user, today=today), "state"),
        payers=_counts(filtered(chosen.without("payer"), user=user, today=today), "payer_name"),
        categories=_counts(filtered(chosen.without("category"), user=user, today=today), "category"),
        ages=_age_counts(filtered(chosen.without("age"), user=user, today=today), today),
    )


def _order(chosen: QueueFilter) -> list[OrderBy | str]:
    names = SORTS.get(chosen.sort, SORTS["clock"])
    return [F(name).asc(nulls_last=True) if name == "clock_date" else name for name in names]


def nearest(rows: QuerySet[WorkItem], limit: int) -> list[WorkItem]:
    """The work to do first: by clock, then by money."""
    return list(
        rows.select_related("assigned_to").order_by(F("clock_date").asc(nulls_last=True), "-amount", "pk")[:limit]
    )


def due_by_day(rows: QuerySet[WorkItem]) -> dict[date, int]:
    """How many items fall due on each day."""
    return dict(rows.exclude(clock_date=None).values_list("clock_date").annotate(Count("pk")))


@dataclass(frozen=True)
class Place:
    """Where a claim stands in a queue: the claims before and after it, its place from 1 (0: not in it), the length."""

    before: int | None
    after: int | None
    at: int
    of: int


def place_in(chosen: QueueFilter, claim_id: int, *, user: User, today: date) -> Place:
    """The claim's place among the first claims of a queue, in the queue's own order: one query."""
    rows = filtered(chosen, user=user, today=today).exclude(claim_id=None)
    found = rows.order_by(*_order(chosen)).values_list("claim_id", flat=True)[:LOOKED_THROUGH]
    claims = [pk for pk in dict.fromkeys(found) if pk is not None]
    if claim_id not in claims:
        return Place(None, claims[0] if claims else None, 0, len(claims))
    at = claims.index(claim_id)
    after = claims[at + 1] if at + 1 < len(claims) else None
    return Place(claims[at - 1] if at else None, after, at + 1, len(claims))


def notes_on(subject_type: str, subject_id: int) -> QuerySet[WorkNote]:
    """The notes of a record, newest first."""
    return (
        WorkNote.objects.filter(subject_type=subject_type, subject_id=subject_id)
        .select_related("author")
        .order_by("-at", "-pk")
    )


def open_kinds() -> dict[Kind, int]:
    """How much open work of each kind there is: the counts beside the rooms."""
    rows = WorkItem.objects.open().values_list("kind").annotate(Count("pk"))
    return {Kind(kind): count for kind, count in rows}


def saved_views(user: User, page: str) -> QuerySet[SavedView]:
    """A person's saved views of a page, oldest first."""
    return SavedView.objects.filter(user=user, page=page)


def kinds_of(prefixes: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds of work whose names begin so: ("claim.",)."""
    return tuple(kind for kind in KINDS if kind.startswith(tuple(prefixes)))


def _owned_by(chosen: QueueFilter, user: User) -> Q:
    match chosen.owner:
        case "me":
            return Q(assigned_to=user)
        case "mine":
            return Q(assigned_to=user) | Q(assigned_to__isnull=True, role__in=chosen.roles)
        case "nobody":
            return Q(assigned_to__isnull=True)
    number = _number(chosen.owner)
    return Q() if number is None else Q(assigned_to_id=number)


def _aged(age: str, today: date) -> Q:
    youngest, oldest = AGES[age]
    found = Q(service_date__lte=today - timedelta(days=youngest))
    return found if oldest is None else found & Q(service_date__gte=today - timedelta(days=oldest))


def _counts(rows: QuerySet[WorkItem], name: str) -> list[tuple[str, int]]:
    counted = rows.exclude(**{name: ""}).values_list(name).annotate(n=Count("pk")).order_by("-n", name)
    return list(counted)


def _age_counts(rows: QuerySet[WorkItem], today: date) -> list[tuple[str, int]]:
    counted = rows.aggregate(**{f"a{n}": Count("pk", filter=_aged(age, today)) for n, age in enumerate(AGES)})
    return [(age, counted[f"a{n}"]) for n, age in enumerate(AGES)]


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None

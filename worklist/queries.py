"""What the queue screens read. Every page costs the same number of queries, whatever its length."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from compliance.models import User
from worklist.domain.kinds import KINDS, Kind
from worklist.models import SavedView, WorkItem, WorkItemQuerySet, WorkNote

PAGE = 25
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
    roles: frozenset[str] = frozenset()
    state: str = ""
    kind: str = ""
    payer: str = ""
    category: str = ""
    age: str = ""
    owner: str = ""  # me, nobody, or a user's number
    due: str = ""  # days: soonest deadlines only
    over: str = ""  # dollars
    day: str = ""  # ISO date of the clock
    q: str = ""
    sort: str = "clock"

    def without(self, name: str) -> "QueueFilter":
        """The same filter with one choice taken back: what that facet's counts run over."""
        return replace(self, **{name: ""})


@dataclass(frozen=True)
class QueuePage:
    """One page of a queue, and what the head and the facets say about all of it."""

    rows: Sequence[WorkItem]
    number: int
    total: int
    amount: Decimal
    states: Sequence[tuple[str, int]] = field(default=())
    payers: Sequence[tuple[str, int]] = field(default=())
    categories: Sequence[tuple[str, int]] = field(default=())
    ages: Sequence[tuple[str, int]] = field(default=())

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE + len(self.rows)

    @property
    def has_next(self) -> bool:
        return self.last < self.total


def filtered(chosen: QueueFilter, *, user: User, today: date) -> WorkItemQuerySet:
    """Open, awake work that the filter lets through."""
    rows = WorkItem.objects.awake(today).filter(kind__in=[kind.value for kind in chosen.kinds])
    if chosen.roles:
        rows = rows.filter(role__in=chosen.roles)
    exact = {"state": chosen.state, "kind": chosen.kind, "payer_name": chosen.payer, "category": chosen.category}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if chosen.owner:
        rows = rows.filter(_owned_by(chosen.owner, user))
    if chosen.age in AGES:
        rows = rows.filter(_aged(chosen.age, today))
    if chosen.due.isdigit():
        rows = rows.filter(clock_date__lte=today + timedelta(days=int(chosen.due)))
    if chosen.over.isdigit():
        rows = rows.filter(amount__gt=int(chosen.over))
    if (day := _iso(chosen.day)) is not None:
        rows = rows.filter(clock_date=day)
    if chosen.q:
        rows = rows.filter(Q(patient_name__icontains=chosen.q) | Q(reason__icontains=chosen.q))
    return rows


def queue_page(chosen: QueueFilter, *, user: User, today: date, number: int = 1) -> QueuePage:
    """A page of the queue with its facets: seven queries."""
    rows = filtered(chosen, user=user, today=today)
    sums = rows.aggregate(total=Count("pk"), amount=Sum("amount"))
    number = max(1, min(number, -(-sums["total"] // PAGE)))
    order = SORTS.get(chosen.sort, SORTS["clock"])
    by = [F(name).asc(nulls_last=True) if name == "clock_date" else name for name in order]
    start = (number - 1) * PAGE
    return QueuePage(
        rows=list(rows.select_related("assigned_to").order_by(*by)[start : start + PAGE]),
        number=number,
        total=sums["total"],
        amount=sums["amount"] or Decimal("0.00"),
        states=_counts(filtered(chosen.without("state"), user=user, today=today), "state"),
        payers=_counts(filtered(chosen.without("payer"), user=user, today=today), "payer_name"),
        categories=_counts(filtered(chosen.without("category"), user=user, today=today), "category"),
        ages=_age_counts(filtered(chosen.without("age"), user=user, today=today), today),
    )


def nearest(rows: QuerySet[WorkItem], limit: int) -> list[WorkItem]:
    """The work to do first: by clock, then by money."""
    return list(
        rows.select_related("assigned_to").order_by(F("clock_date").asc(nulls_last=True), "-amount", "pk")[:limit]
    )


def due_by_day(rows: QuerySet[WorkItem]) -> dict[date, int]:
    """How many items fall due on each day."""
    return dict(rows.exclude(clock_date=None).values_list("clock_date").annotate(Count("pk")))


def neighbours(
    chosen: QueueFilter, item_id: int, *, user: User, today: date
) -> tuple[int | None, int | None, int, int]:
    """The items before and after one in its queue, its place from 1, and the queue's length."""
    order = [F("clock_date").asc(nulls_last=True), "-amount", "pk"]
    keys = list(filtered(chosen, user=user, today=today).order_by(*order).values_list("pk", flat=True)[:2000])
    if item_id not in keys:
        return None, None, 0, len(keys)
    at = keys.index(item_id)
    return (keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None, at + 1, len(keys))


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


def _owned_by(owner: str, user: User) -> Q:
    if owner == "me":
        return Q(assigned_to=user)
    if owner == "nobody":
        return Q(assigned_to__isnull=True)
    return Q(assigned_to_id=int(owner)) if owner.isdigit() else Q()


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


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None

"""Denied claims behind every figure: one filter, one row a claim, counts that agree with the figure that led here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from denials.domain.measures import Window
from denials.domain.outcome import LOST, WON
from denials.domain.status import DenialStatus
from denials.models import Denial, DenialQuerySet
from pages.paging import PAGE, Numbered

ZERO = Decimal("0.00")
OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class DenialFilter:
    """Which denials; empty fields do not filter. Dates are ISO, `until` and `due_until` included."""

    category: str = ""
    payer: str = ""  # its name: the same plan in every practice
    status: str = ""  # a state, or "open"
    since: str = ""  # decisions posted from this day
    until: str = ""
    week: str = ""  # the Monday
    avoidable: str = ""  # yes
    first: str = ""  # yes: of the claim's first decision
    worked: str = ""  # yes: somebody acted
    answer: str = ""  # won, lost, any: the payer answered in the period
    due: str = ""  # a day of the clock, or "late"
    due_until: str = ""


def day_starts(day: date) -> datetime:
    """The first instant of a day where the practice is."""
    return timezone.make_aware(datetime.combine(day, time.min))


def span(name: str, window: Window) -> Q:
    """An instant inside a window."""
    since, until = day_starts(window.since), day_starts(window.until + timedelta(days=1))
    return Q(**{f"{name}__gte": since, f"{name}__lt": until})


def denials_of(chosen: DenialFilter, today: date) -> DenialQuerySet:
    """The denials that a filter lets through."""
    rows = Denial.objects.all()
    if chosen.category:
        rows = rows.filter(category=chosen.category)
    if chosen.payer:
        rows = rows.filter(payer__name=chosen.payer)
    if chosen.status == OPEN:
        rows = rows.open()
    elif chosen.status:
        rows = rows.filter(status=chosen.status)
    if chosen.avoidable:
        rows = rows.filter(avoidable=True)
    if chosen.first:
        rows = rows.filter(first=True)
    if chosen.worked:
        rows = rows.filter(first_action_at__isnull=False)
    return _in_time(rows, chosen, today)


def _in_time(rows: DenialQuerySet, chosen: DenialFilter, today: date) -> DenialQuerySet:
    name = "posted_at"
    if chosen.answer:
        name = "answered_at"
        rows = rows.filter(answer__in=[chosen.answer] if chosen.answer in (WON, LOST) else [WON, LOST])
    since, until, week = iso(chosen.since), iso(chosen.until), iso(chosen.week)
    if week:
        rows = rows.filter(span(name, Window(week, week + timedelta(days=6))))
    if since:
        rows = rows.filter(**{f"{name}__gte": day_starts(since)})
    if until:
        rows = rows.filter(**{f"{name}__lt": day_starts(until + timedelta(days=1))})
    if chosen.due == "late":
        rows = rows.to_work().filter(deadline__lt=today)
    elif due := iso(chosen.due):
        rows = rows.to_work().filter(deadline=due)
    if last := iso(chosen.due_until):
        rows = rows.to_work().filter(deadline__gte=today, deadline__lte=last)
    return rows


@dataclass(frozen=True)
class ClaimRow:
    """A denied claim with the denials that the filter let through, the largest first."""

    denials: Sequence[Denial]

    @property
    def lead(self) -> Denial:
        return self.denials[0]

    @property
    def amount(self) -> Decimal:
        return sum((each.amount for each in self.denials), ZERO)

    @property
    def others(self) -> int:
        return len(self.denials) - 1


@dataclass(frozen=True)
class IndexPage(Numbered):
    """One page of denied claims, and what the head and the facets say about all of them."""

    rows: Sequence[ClaimRow]
    number: int
    total: int
    amount: Decimal
    states: Sequence[tuple[str, int]] = field(default=())
    categories: Sequence[tuple[str, int]] = field(default=())
    payers: Sequence[tuple[str, int]] = field(default=())


CLAIMS = Count("claim_id", distinct=True)


def index_page(chosen: DenialFilter, today: date, number: int = 1) -> IndexPage:
    """A page of denied claims, the newest decision first, with its facets: six queries."""
    rows = denials_of(chosen, today)
    sums = rows.aggregate(claims=CLAIMS, amount=Sum("amount"))
    number = max(1, min(number, -(-sums["claims"] // PAGE)))
    start = (number - 1) * PAGE
    newest = rows.values("claim_id").annotate(at=Max("posted_at")).order_by("-at", "-claim_id")
    claims = [row["claim_id"] for row in newest[start : start + PAGE]]
    states = dict(_by(denials_of(replace(chosen, status=""), today), "status"))
    return IndexPage(
        rows=_claim_rows(rows, claims),
        number=number,
        total=sums["claims"],
        amount=sums["amount"] or ZERO,
        states=[(state.value, states[state]) for state in DenialStatus if state in states],
        categories=_by(denials_of(replace(chosen, category=""), today), "category"),
        payers=_by(denials_of(replace(chosen, payer=""), today), "payer__name"),
    )


def _by(rows: DenialQuerySet, name: str) -> list[tuple[str, int]]:
    return list(rows.values_list(name).annotate(n=CLAIMS).order_by("-n", name))


def _claim_rows(rows: DenialQuerySet, claims: Sequence[int]) -> list[ClaimRow]:
    found: defaultdict[int, list[Denial]] = defaultdict(list)
    parties = rows.filter(claim_id__in=claims).select_related("claim", "patient", "payer")
    for each in parties.order_by("-amount", "pk"):
        found[each.claim_id].append(each)
    return [ClaimRow(found[pk]) for pk in claims if pk in found]


def iso(text: str) -> date | None:
    """A day from an address; junk is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None

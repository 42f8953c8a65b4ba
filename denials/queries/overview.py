"""What the denials overview reads: a fixed number of queries, every figure with the rows it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Case, Count, F, Min, Q, Sum, When
from django.db.models.functions import TruncWeek

from claims.models import Claim
from denials.domain.measures import Rate, Window
from denials.domain.outcome import WON
from denials.domain.status import AppealStatus
from denials.models import Appeal, Denial
from denials.queries.index import CLAIMS, ZERO, day_starts, span
from worklist.models import WorkItem
from worklist.queries import kinds_of

DENIALS = "denials.denial"
SHOWN = 10
HOPE = timedelta(days=14)  # good-cause letters are still taken that long after a deadline


@dataclass(frozen=True)
class Tiles:
    """The six figures of one period. Counts are claims, money is dollars, `days` is a median."""

    rate: Rate  # claims denied on their first decision, of all decided
    denied: int
    denied_amount: Decimal
    billed_amount: Decimal
    avoidable: Rate
    won: Rate  # of those that the payer answered
    days: Decimal | None
    worked: int
    open: Rate
    open_amount: Decimal


def tiles(window: Window) -> Tiles:
    """The six figures: four queries."""
    end = day_starts(window.until + timedelta(days=1))
    still = Q(closed_at__isnull=True) | Q(closed_at__gte=end)
    sums = Denial.objects.filter(span("posted_at", window)).aggregate(
        denied=CLAIMS,
        at_first=Count("claim_id", distinct=True, filter=Q(first=True)),
        dollars=Sum("amount"),
        by_edits=Count("claim_id", distinct=True, filter=Q(avoidable=True)),
        open=Count("claim_id", distinct=True, filter=still),
        open_dollars=Sum("amount", filter=still),
    )
    decided = Claim.objects.filter(span("adjudicated_at", window), first_denied__isnull=False).aggregate(
        claims=Count("pk"), charges=Sum("charge_amount")
    )
    answered = Denial.objects.filter(span("answered_at", window)).aggregate(
        claims=CLAIMS, won=Count("claim_id", distinct=True, filter=Q(answer=WON))
    )
    days, worked = _days_to_action(window)
    return Tiles(
        rate=Rate(sums["at_first"], decided["claims"]),
        denied=sums["denied"],
        denied_amount=sums["dollars"] or ZERO,
        billed_amount=decided["charges"] or ZERO,
        avoidable=Rate(sums["by_edits"], sums["denied"]),
        won=Rate(answered["won"], answered["claims"]),
        days=days,
        worked=worked,
        open=Rate(sums["open"], sums["denied"]),
        open_amount=sums["open_dollars"] or ZERO,
    )


# Median days from a claim's first denial to somebody's first act on it, and how many claims had one.
DAYS_SQL = """
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY waited), count(*) FROM (
        SELECT extract(epoch FROM min(first_action_at) - min(opened_at)) / 86400 AS waited
        FROM denials_denial
        WHERE posted_at >= %s AND posted_at < %s AND first_action_at IS NOT NULL
        GROUP BY claim_id
    ) AS acted
"""


def _days_to_action(window: Window) -> tuple[Decimal | None, int]:
    with connection.cursor() as cursor:
        cursor.execute(DAYS_SQL, [day_starts(window.since), day_starts(window.until + timedelta(days=1))])
        median, worked = cursor.fetchone()
    return None if median is None else Decimal(str(median)).quantize(Decimal("0.1")), worked


@dataclass(frozen=True)
class Reason:
    """A category's denied claims and dollars."""

    category: str
    claims: int
    amount: Decimal


def by_reason(window: Window) -> list[Reason]:
    """Denied dollars by category, the largest first: one query."""
    rows = (
        Denial.objects.filter(span("posted_at", window))
        .values_list("category")
        .annotate(n=CLAIMS, dollars=Sum("amount"))
        .order_by("-dollars", "category")
    )
    return [Reason(category, claims, amount) for category, claims, amount in rows]


def by_week(window: Window) -> dict[date, Rate]:
    """Claims denied on their first decision of those decided, by the Monday of the week: two queries."""
    denied = dict(
        Denial.objects.filter(span("posted_at", window), first=True)
        .annotate(week=TruncWeek("posted_at"))
        .values_list("week")
        .annotate(n=CLAIMS)
    )
    decided = dict(
        Claim.objects.filter(span("adjudicated_at", window), first_denied__isnull=False)
        .annotate(week=TruncWeek("adjudicated_at"))
        .values_list("week")
        .annotate(n=Count("pk"))
    )
    part = {at.date(): n for at, n in denied.items()}
    whole = {at.date(): n for at, n in decided.items()}
    return {monday: Rate(part.get(monday, 0), whole.get(monday, 0)) for monday in window.weeks}


@dataclass(frozen=True)
class PayerReasons:
    """A payer's denied claims, in all and by category."""

    name: str
    claims: int
    by_category: Mapping[str, int]


def by_payer(window: Window) -> list[PayerReasons]:
    """Denied claims by payer and category, the busiest payer first: two queries."""
    rows = Denial.objects.filter(span("posted_at", window))
    cells: dict[str, dict[str, int]] = {}
    for payer, category, claims in rows.values_list("payer__name", "category").annotate(n=CLAIMS):
        cells.setdefault(payer, {})[category] = claims
    whole = rows.values_list("payer__name").annotate(n=CLAIMS).order_by("-n", "payer__name")
    return [PayerReasons(name, claims, cells[name]) for name, claims in whole]


@dataclass(frozen=True)
class Due:
    """Claims and dollars whose clock runs out."""

    claims: int
    amount: Decimal


@dataclass(frozen=True)
class PayerDue:
    """A payer's denials that wait for us."""

    name: str
    channel: str
    claims: int
    amount: Decimal
    first: date


@dataclass(frozen=True)
class Deadlines:
    """What is late, what falls due on which day, and whose is nearest."""

    days: Mapping[date, int]
    late: Due
    ahead: Due
    payers: Sequence[PayerDue]


def deadlines(today: date, last: date) -> Deadlines:
    """Clocks of denials that wait for us, up to a day: three queries."""
    rows = Denial.objects.to_work()
    ahead = Q(deadline__gte=today, deadline__lte=last)
    sums = rows.aggregate(
        late=Count("claim_id", distinct=True, filter=Q(deadline__lt=today)),
        late_amount=Sum("amount", filter=Q(deadline__lt=today)),
        ahead=Count("claim_id", distinct=True, filter=ahead),
        ahead_amount=Sum("amount", filter=ahead),
    )
    nearest = (
        rows.values("payer__name", "payer__appeal_channel")
        .annotate(claims=CLAIMS, dollars=Sum("amount"), earliest=Min("deadline"))
        .order_by("earliest", "-dollars")[:4]
    )
    return Deadlines(
        days=dict(rows.filter(ahead).values_list("deadline").annotate(n=CLAIMS)),
        late=Due(sums["late"], sums["late_amount"] or ZERO),
        ahead=Due(sums["ahead"], sums["ahead_amount"] or ZERO),
        payers=[
            PayerDue(
                row["payer__name"],
                row["payer__appeal_channel"],
                row["claims"],
                row["dollars"],
                row["earliest"],
            )
            for row in nearest
        ],
    )


@dataclass(frozen=True)
class ToWork:
    """A denial with the open work item about it, when there is one."""

    denial: Denial
    item: WorkItem | None


def best_to_work(today: date) -> list[ToWork]:
    """Where a person's next hour is worth most: the highest expected recovery first, and last of all what can hardly
    be won because its deadline is long past. Two queries."""
    lost = Case(When(deadline__lt=today - HOPE, then=1), default=0)
    rows = Denial.objects.to_work().annotate(worth=F("expected_amount") * F("odds"), lost=lost)
    parties = rows.select_related("patient", "payer", "claim")
    denials = list(parties.order_by("lost", "-worth", "deadline", "pk")[:SHOWN])
    items = {
        item.subject_id: item
        for item in WorkItem.objects.open()
        .filter(subject_type=DENIALS, subject_id__in=[each.pk for each in denials])
        .select_related("assigned_to")
    }
    return [ToWork(each, items.get(each.pk)) for each in denials]


@dataclass(frozen=True)
class Tabs:
    """Counts beside the views of the denials room."""

    work: int
    appeals: int
    to_work: int


def tab_counts() -> Tabs:
    """Open work, appeals under way, denials that wait for us: three queries."""
    return Tabs(
        work=WorkItem.objects.open().filter(kind__in=kinds_of(("denial.",))).count(),
        appeals=Appeal.objects.filter(status__in=[AppealStatus.DRAFT, AppealStatus.STORED, AppealStatus.SENT]).count(),
        to_work=Denial.objects.to_work().count(),
    )

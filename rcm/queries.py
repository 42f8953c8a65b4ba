"""What the home page and the frame read, over all rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Min, Q, Sum

from claims.domain.status import WITH_PAYER, ClaimStatus
from claims.models import Claim
from coding.queries import open_questions
from compliance.domain.permissions import Role, may, works_as
from compliance.models import User
from compliance.queries import practices_allowing
from encounters.models import Patient
from payments.models import Remit, RemitClaim
from worklist.domain.kinds import KINDS, kinds_open_to
from worklist.models import WorkItem
from worklist.queries import due_by_day, nearest, open_kinds

ROOM_OF: dict[str, str] = {
    "coding": "C",
    "claim": "Q",
    "payment": "R",
    "denial": "D",
    "registration": "E",
    "file": "Q",
}
SHOWN = 11


def nav_counts(held: frozenset[Role], user: User) -> Mapping[str, int]:
    """Work waiting per room key, over the practices in scope: one query, and one more for a provider.

    Each counts what the person may open, my work that of one's own roles.
    """
    own, seen = works_as(held), kinds_open_to(held)
    counts: dict[str, int] = {"W": 0}
    for kind, number in open_kinds().items():
        room = ROOM_OF.get(kind.partition(".")[0])
        if room and kind in seen:
            counts[room] = counts.get(room, 0) + number
        if KINDS[kind].role in own and kind in seen:
            counts["W"] += number
    if may(held, "queries.answer"):
        counts["U"] = open_questions(user)
    return counts


@dataclass(frozen=True)
class MyWork:
    """The home page: what needs this person, what rests, and what the clocks say."""

    items: list[WorkItem]
    total: int
    amount: Decimal
    resting: list[WorkItem]
    due: dict[date, int]
    late: int


def my_work(user: User, held: Mapping[int, frozenset[Role]], today: date) -> MyWork:
    """Work of the person's roles (by practice) that nobody else has taken: five queries."""
    roles = sorted(works_as(frozenset[Role]().union(*held.values())))
    seen = WorkItem.objects.open_to(held, user).for_roles(roles)
    mine = seen.awake(today).filter(Q(assigned_to=user) | Q(assigned_to__isnull=True))
    sums = mine.aggregate(n=Count("pk"), amount=Sum("amount"), late=Count("pk", filter=Q(clock_date__lt=today)))
    resting = seen.open().filter(snoozed_until__gt=today)
    return MyWork(
        items=nearest(mine, SHOWN),
        total=sums["n"],
        amount=sums["amount"] or Decimal("0.00"),
        resting=list(resting.select_related("assigned_to").order_by("snoozed_until", "pk")[:6]),
        due=due_by_day(mine.filter(clock_date__gte=today, clock_date__lte=today + timedelta(days=16))),
        late=sums["late"],
    )


@dataclass(frozen=True)
class WithPayer:
    """Claims that wait for one payer: how many, for how much, and since when the oldest was sent."""

    payer: str
    claims: int
    amount: Decimal
    since: datetime
    asked_next: datetime | None


def waiting_on_payers() -> list[WithPayer]:
    """What payers have not answered, oldest first: one query."""
    rows = (
        Claim.objects.in_state(*WITH_PAYER)
        .filter(submitted_at__isnull=False)
        .values_list("payer__name")
        .annotate(Count("pk"), Sum("charge_amount"), first=Min("submitted_at"), next=Min("poll_due_at"))
        .order_by("first")
    )
    return [WithPayer(*row) for row in rows]


@dataclass(frozen=True)
class Change:
    """One line of "changed since yesterday"."""

    state: str
    says: str
    figure: str | int | Decimal
    url: str


def changes_since(since: datetime) -> dict[str, int | Decimal]:
    """What moved without a person: counts and dollars since an instant, in two queries."""
    claims = Claim.objects.aggregate(
        accepted=Count("pk", filter=Q(accepted_at__gte=since)),
        rejected=Count("pk", filter=Q(status=ClaimStatus.REJECTED, status_at__gte=since)),
        ready=Count("pk", filter=Q(status=ClaimStatus.READY, status_at__gte=since)),
        sent=Count("pk", filter=Q(submitted_at__gte=since)),
    )
    paid = RemitClaim.objects.filter(posted_at__gte=since).aggregate(
        paid=Sum("paid_amount"), denied=Count("pk", filter=Q(denied_amount__gt=0))
    )
    return {**claims, "paid": paid["paid"] or Decimal("0.00"), "denied": paid["denied"]}


@dataclass(frozen=True)
class Found:
    """A search result: what it is, which, and where it leads."""

    kind: str
    label: str
    detail: str
    name: str  # URL name
    pk: int
    practice_id: int
    patient_id: int | None = None


def find(text: str, held: Mapping[int, frozenset[Role]], limit: int = 10) -> list[Found]:
    """Patients, claims and remittances by name, number, member ID or trace: at most one query each.

    Of each practice only what the roles held there may read.
    """
    found: list[Found] = []
    if practices := practices_allowing(held, "claims.read"):
        claims = Claim.objects.select_related("patient", "payer").filter(
            Q(number__istartswith=text) | Q(payer_control_number=text) | Q(coverage__member_id__iexact=text),
            practice_id__in=practices,
        )[:limit]
        for c in claims:
            says = f"{c.number}, {c.payer}, {c.service_from:%m/%d/%y}"
            found.append(Found("Claim", f"{c.patient}", says, "claim_detail", c.pk, c.practice_id, c.patient_id))
    if practices := practices_allowing(held, "encounters.read"):
        last, _, first = text.partition(",")
        people = Patient.objects.filter(
            Q(last_name__istartswith=last.strip(), first_name__istartswith=first.strip()) | Q(mrn__iexact=text),
            practice_id__in=practices,
        ).order_by("last_name", "first_name")[:limit]
        for p in people:
            says = f"born {p.birth_date:%m/%d/%Y}, {p.mrn}"
            found.append(Found("Patient", str(p), says, "patient_detail", p.pk, p.practice_id, p.pk))
    if practices := practices_allowing(held, "remits.read"):
        remits = Remit.objects.filter(trace_number__istartswith=text, practice_id__in=practices)
        for r in remits.exclude(status="repeat")[:limit]:
            says = f"{r.trace_number}, ${r.amount:,}"
            found.append(Found("Remittance", r.payer_name, says, "remit_detail", r.pk, r.practice_id))
    return found

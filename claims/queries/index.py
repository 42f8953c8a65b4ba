"""Every claim in any state: a list that costs the same on every page, and the figures that open it.

What a figure counts is written here once: the overview's tiles and the list's filters read the same conditions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.domain.status import WITHDRAWN, ClaimStatus, Frequency
from claims.models import Claim, ClaimQuerySet
from encounters.models import Patient, Payer
from ledger.fields import MoneyField

PAGE = 25
COUNTED = 10_000  # rows up to which a list is counted and summed
NAMES = 200  # patients looked through for a name
ZERO = Value(Decimal("0.00"), output_field=MoneyField())

SETTLED = F("contractual_amount") + F("paid_amount") + F("patient_amount") + F("written_off_amount")
STANDS = ~Q(status__in=[state.value for state in WITHDRAWN]) & ~Q(frequency=Frequency.VOID)
GIVEN_BACK = ZERO - F("paid_amount") - F("patient_amount") - F("written_off_amount")
OPEN_WITH_PAYER = (STANDS & ~Q(charge_amount=SETTLED)) | (~STANDS & ~Q(contractual_amount=GIVEN_BACK))


def payer_open() -> Combinable:
    """Dollars open with the payer, row by row: the ledger's receivable of a claim (see Claim.balance_amount)."""
    charged = Case(When(STANDS, then=F("charge_amount")), default=ZERO, output_field=MoneyField())
    return charged - SETTLED


def since(today: date, days: int) -> datetime:
    """The first instant of a period that ends today."""
    return timezone.make_aware(datetime.combine(today - timedelta(days=days), time.min))


def scrubbed_in(start: datetime | None) -> Q:
    """Claims that have been through the edits, built since then."""
    found = Q(clean_at_first__isnull=False)
    return found & Q(created_at__gte=start) if start else found


def decided_in(start: datetime | None) -> Q:
    """Claims that a payer decided for the first time since then."""
    found = Q(first_denied__isnull=False)
    return found & Q(adjudicated_at__gte=start) if start else found


FIRST = Q(original__isnull=True)
CLEAN = Q(clean_at_first=True)
DENIED = Q(first_denied=True)
RESOLVED = Q(first_denied=False, submitted_at=F("first_submitted_at"))  # by their first submission


def aged(today: date, over: int, upto: int | None = None) -> Q:
    """Claims whose service is longer ago than `over` days, and at most `upto` days."""
    found = Q(service_from__lt=today - timedelta(days=over))
    return found if upto is None else found & Q(service_from__gte=today - timedelta(days=upto))


@dataclass(frozen=True, kw_only=True)
class ClaimFilter:
    """What the list shows; empty fields do not filter. `any` asks for the whole of which yes is the part."""

    status: str = ""
    clean: str = ""  # yes, no, any: passed every edit untouched
    first_denied: str = ""  # yes, no, any: on its first decision
    first_pass: str = ""  # yes, no, any: resolved by its first submission
    open: str = ""  # yes: payer or patient owes; payer: the payer alone
    aged: str = ""  # days since service: more than 90, or 31-60
    days: str = ""  # the period of the figures above
    payer: str = ""
    q: str = ""  # claim number or the beginning of a last name

    def without(self, name: str) -> "ClaimFilter":
        return replace(self, **{name: ""})


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: behind or before a row, by service day and key."""

    service_from: date
    pk: int
    back: bool = False

    def __str__(self) -> str:
        return f"{self.service_from:%Y%m%d}-{self.pk}"

    @classmethod
    def read(cls, text: str, *, back: bool = False) -> "Cursor | None":
        """The cursor that an address holds; junk is none."""
        day, _, number = text.partition("-")
        if not number.isdecimal() or len(number) > 18:
            return None
        try:
            return cls(date.fromisoformat(day), int(number), back)
        except ValueError:
            return None


@dataclass(frozen=True)
class Totals:
    """How many claims a filter shows and what their money comes to, in dollars."""

    claims: int
    charged: Decimal
    payer_open: Decimal
    patient_owes: Decimal

    @property
    def owed(self) -> Decimal:
        return self.payer_open + self.patient_owes


@dataclass(frozen=True)
class IndexPage:
    """One page of claims. `totals` is None when there are too many to count in passing."""

    rows: Sequence[Claim]
    totals: Totals | None
    previous: Cursor | None
    next: Cursor | None


def filtered_claims(chosen: ClaimFilter, today: date) -> ClaimQuerySet:
    """The claims that the filter lets through, in no order."""
    start = since(today, int(chosen.days)) if _small(chosen.days) else None
    rows = Claim.objects.filter(_part(chosen.clean, scrubbed_in(start), CLEAN))
    rows = rows.filter(_part(chosen.first_denied, decided_in(start), DENIED))
    rows = rows.filter(_part(chosen.first_pass, decided_in(start) & FIRST, RESOLVED))
    if start and not (chosen.clean or chosen.first_denied or chosen.first_pass):
        rows = rows.filter(created_at__gte=start)
    if chosen.status in set(ClaimStatus):
        rows = rows.filter(status=chosen.status)
    if chosen.open:
        rows = rows.filter(OPEN_WITH_PAYER if chosen.open == "payer" else OPEN_WITH_PAYER | ~Q(patient_amount=0))
    over, _, upto = chosen.aged.partition("-")
    if _small(over):
        rows = rows.filter(aged(today, int(over) - bool(upto), int(upto) if _small(upto) else None))
    if chosen.payer:
        rows = rows.filter(payer__in=list(Payer.objects.filter(name=chosen.payer).values_list("pk", flat=True)))
    return rows.filter(_named(chosen.q)) if chosen.q else rows


def claim_page(chosen: ClaimFilter, today: date, cursor: Cursor | None = None) -> IndexPage:
    """A page of the list, latest service first: the same few queries wherever it lies."""
    rows = filtered_claims(chosen, today)
    back = cursor is not None and cursor.back
    page = rows.filter(_beyond(cursor)) if cursor else rows
    order = ("service_from", "pk") if back else ("-service_from", "-pk")
    found = list(page.select_related("patient", "payer").order_by(*order)[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    if back:
        found.reverse()
    first, last = (_cursor(found[0], True), _cursor(found[-1], False)) if found else (None, None)
    has_before, has_after = (more, True) if back else (cursor is not None, more)
    return IndexPage(
        rows=found,
        totals=totals(rows),
        previous=first if has_before else None,
        next=last if has_after else None,
    )


def totals(rows: ClaimQuerySet) -> Totals | None:
    """Count and money of a filter; None when it shows more than can be counted in passing."""
    some = rows.order_by().values("pk")[: COUNTED + 1]
    counted = Claim.objects.filter(pk__in=some).aggregate(
        claims=Count("pk"),
        charged=Coalesce(Sum("charge_amount"), ZERO),
        payer_open=Coalesce(Sum(payer_open(), output_field=MoneyField()), ZERO),
        patient_owes=Coalesce(Sum("patient_amount"), ZERO),
    )
    return Totals(**counted) if counted["claims"] <= COUNTED else None


def payer_names() -> list[str]:
    """Payers of the practices in scope, by name."""
    return sorted(set(Payer.objects.values_list("name", flat=True)))


def _part(wanted: str, whole: Q, part: Q) -> Q:
    match wanted:
        case "yes":
            return whole & part
        case "no":
            return whole & ~part
        case "any":
            return whole
    return Q()


def _small(text: str) -> bool:
    return text.isdecimal() and len(text) < 5


def _named(text: str) -> Q:
    if text[:1].isdecimal():
        return Q(number__startswith=text)
    last, _, first = text.partition(",")
    people = Patient.objects.filter(last_name__istartswith=last.strip(), first_name__istartswith=first.strip())
    return Q(patient__in=list(people.order_by("pk").values_list("pk", flat=True)[:NAMES]))


def _beyond(cursor: Cursor) -> Q:
    """Rows on the far side of a cursor; the first half is what the index is entered by."""
    way = "gt" if cursor.back else "lt"
    day = cursor.service_from
    return Q(**{f"service_from__{way}e": day}) & (
        Q(**{f"service_from__{way}": day}) | Q(service_from=day, **{f"pk__{way}": cursor.pk})
    )


def _cursor(claim: Claim, back: bool) -> Cursor:
    return Cursor(claim.service_from, claim.pk, back)

"""What the supervisor's overview reads: every figure with the rows behind it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import Coalesce

from claims.domain.status import ClaimStatus
from claims.models import Claim
from claims.queries import index
from coding.queries.audits import Agreement, accuracy
from denials.domain.measures import Rate
from ledger.domain.accounts import RECEIVABLES, Account
from ledger.fields import MoneyField
from ledger.queries import balances_by_account
from payments.models import RemitClaim
from worklist.domain.kinds import KINDS, Kind
from worklist.models import WorkItem

ZERO = Decimal("0.00")
PERIOD = 90  # days
AGES = (("0–30 days", 0, 30), ("31–60 days", 31, 60), ("61–90 days", 61, 90), ("Over 90 days", 91, None))


@dataclass(frozen=True)
class Standing:
    """The claims in one state."""

    status: ClaimStatus
    claims: int
    amount: Decimal


@dataclass(frozen=True)
class Waiting:
    """Open work of one kind."""

    kind: Kind
    label: str
    items: int
    amount: Decimal
    first_due: date | None


@dataclass(frozen=True)
class Age:
    """What payers owe for services of an age; `aged` is the filter of the list behind it."""

    label: str
    aged: str
    claims: int
    amount: Decimal


@dataclass(frozen=True)
class Books:
    """The trial balance: its accounts sum to zero, or something is badly wrong."""

    balances: dict[Account, Decimal]

    @property
    def off(self) -> Decimal:
        return sum(self.balances.values(), ZERO)

    @property
    def receivable(self) -> Decimal:
        return sum((self.balances[account] for account in RECEIVABLES), ZERO)

    def terms(self) -> list[tuple[str, str, Decimal]]:
        """(sign, words, dollars): charges, less what was paid, given up or reduced, leave what is owed."""
        paid = self.balances[Account.CASH] + self.balances[Account.INTEREST]
        other = self.balances[Account.PROVIDER_ADJUSTMENT] + self.balances[Account.UNAPPLIED]
        terms = [
            ("", "Charges", -self.balances[Account.CHARGES]),
            ("−", "Paid by payers", paid),
            ("−", "Contract reductions", self.balances[Account.CONTRACTUAL]),
            ("−", "Written off", self.balances[Account.WRITE_OFF]),
            ("−", "Taken back, not tied yet", other),
            ("−", "Remittances being decided", self.balances[Account.REMIT_CLEARING]),
        ]
        return [term for term in terms if term[2] or not term[0]]


@dataclass(frozen=True)
class Overview:
    """Everything on the overview: a fixed number of queries."""

    clean: Rate
    first_pass: Rate
    denied: Rate
    over_90: Rate
    owed_by_payers: Decimal
    owed_by_patients: Decimal
    collected: Decimal
    ages: list[Age]
    standing: list[Standing]
    waiting: list[Waiting]
    coding: Agreement
    books: Books

    @property
    def owed(self) -> Decimal:
        """What the claims say is owed, by payers and patients."""
        return self.owed_by_payers + self.owed_by_patients

    @property
    def books_agree(self) -> bool:
        """Whether the ledger's receivables are the claims' to the cent."""
        return self.owed == self.books.receivable


def overview(today: date) -> Overview:
    """The last 90 days and where everything stands now, over the practices in scope: seven queries.

    Each figure counts what the list of claims behind it shows: both read `claims.queries.index`.
    """
    start = index.since(today, PERIOD)
    checked, decided = index.scrubbed_in(start), index.decided_in(start)
    sums = Claim.objects.aggregate(
        scrubbed=Count("pk", filter=checked),
        clean=Count("pk", filter=checked & index.CLEAN),
        decided=Count("pk", filter=decided),
        denied=Count("pk", filter=decided & index.DENIED),
        first_decided=Count("pk", filter=decided & index.FIRST),
        resolved=Count("pk", filter=decided & index.FIRST & index.RESOLVED),
        open=Coalesce(Sum(index.payer_open(), output_field=MoneyField()), index.ZERO),
        old=Coalesce(Sum(index.payer_open(), filter=index.aged(today, PERIOD), output_field=MoneyField()), index.ZERO),
        patient=Coalesce(Sum("patient_amount"), index.ZERO),
    )
    collected = RemitClaim.objects.filter(posted_at__gte=start).aggregate(n=Sum("paid_amount"))["n"]
    return Overview(
        clean=Rate(sums["clean"], sums["scrubbed"]),
        first_pass=Rate(sums["resolved"], sums["first_decided"]),
        denied=Rate(sums["denied"], sums["decided"]),
        over_90=Rate(sums["old"], sums["open"]),
        owed_by_payers=sums["open"],
        owed_by_patients=sums["patient"],
        collected=collected or ZERO,
        ages=_ages(today),
        standing=_standing(),
        waiting=_waiting(),
        coding=accuracy(today, PERIOD),
        books=Books(balances_by_account()),
    )


def _ages(today: date) -> list[Age]:
    """Receivable from payers by days since service, as far as something is open."""
    rows = Claim.objects.filter(index.OPEN_WITH_PAYER)
    counted = rows.aggregate(
        **{f"n{low}": Count("pk", filter=_between(today, low, high)) for _, low, high in AGES},
        **{
            f"a{low}": Sum(index.payer_open(), filter=_between(today, low, high), output_field=MoneyField())
            for _, low, high in AGES
        },
    )
    return [
        Age(label, f"{low}-{high}" if high else str(low - 1), counted[f"n{low}"], counted[f"a{low}"] or ZERO)
        for label, low, high in AGES
    ]


def _between(today: date, low: int, high: int | None) -> Q:
    return index.aged(today, low - 1, high)


def _standing() -> list[Standing]:
    rows = {
        status: (claims, amount)
        for status, claims, amount in Claim.objects.values_list("status").annotate(Count("pk"), Sum("charge_amount"))
    }
    return [Standing(status, *rows[status]) for status in ClaimStatus if status in rows]


def _waiting() -> list[Waiting]:
    rows = (
        WorkItem.objects.open()
        .values_list("kind")
        .annotate(items=Count("pk"), amount=Sum("amount"), first=Min("clock_date"))
        .order_by("first")
    )
    return [Waiting(Kind(kind), KINDS[Kind(kind)].label, items, amount, first) for kind, items, amount, first in rows]

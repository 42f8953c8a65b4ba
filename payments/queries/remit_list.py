"""The list of remittances: one page of it, and what its filters count."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from pages.paging import PAGE, Numbered
from payments.domain.status import RemitClaimStatus, RemitStatus
from payments.models import AdjustmentStatus, ProviderAdjustment, Remit, RemitClaim

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class RemitFilter:
    """What a person chose; an empty text is no choice."""

    state: str = ""
    payer: str = ""

    def known_state(self) -> str:
        return self.state if self.state in {each.value for each in RemitStatus} else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemitPage(Numbered):
    """One page of remittances, newest payment first."""

    rows: Sequence[Remit]
    number: int
    total: int
    amount: Decimal
    states: dict[str, int]
    payers: list[tuple[str, int]]


def remit_page(chosen: RemitFilter, number: int) -> RemitPage:
    """A page and its counts: the same number of queries for any number of rows."""
    everything = Remit.objects.all()
    of_payer = everything.filter(payer_name=chosen.payer) if chosen.payer else everything
    state = chosen.known_state()
    of_state = everything.filter(status=state) if state else everything
    found = of_payer.filter(status=state) if state else of_payer
    sums = found.aggregate(total=Count("pk"), amount=Sum("amount"))
    start = (number - 1) * PAGE
    return RemitPage(
        rows=list(_with_exceptions(found).order_by("-paid_date", "-pk")[start : start + PAGE]),
        number=number,
        total=sums["total"],
        amount=sums["amount"] or ZERO,
        states=dict(of_payer.order_by().values_list("status").annotate(n=Count("pk")).values_list("status", "n")),
        payers=list(
            of_state.order_by()
            .values_list("payer_name")
            .annotate(n=Count("pk"))
            .order_by("-n", "payer_name")
            .values_list("payer_name", "n")
        ),
    )


def _with_exceptions(rows: QuerySet[Remit]) -> QuerySet[Remit]:
    """Each remittance with the number of its parts that wait for a decision."""
    claims = RemitClaim.objects.filter(remit=OuterRef("pk"), status=RemitClaimStatus.EXCEPTION)
    adjustments = ProviderAdjustment.objects.filter(remit=OuterRef("pk"), status=AdjustmentStatus.EXCEPTION)
    return rows.annotate(exception_count=_count_of(claims) + _count_of(adjustments))


def _count_of(rows: QuerySet[RemitClaim] | QuerySet[ProviderAdjustment]) -> Coalesce:
    counted = rows.order_by().values("remit").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

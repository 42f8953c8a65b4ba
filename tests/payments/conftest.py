"""A practice entered, and the two stages run as the pipeline runs them."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from claims.models import Claim
from compliance.models import Practice
from compliance.scope import practice_scope
from edi.remit_835 import WholeRemit
from ledger.domain.accounts import Account
from ledger.queries import balances_by_account, document_balances
from payments.models import Remit
from payments.stages import ingest_remits, post_remits
from tests.builders import NOW
from tests.payments.builders import a_file

Bring = Callable[..., Remit]


@pytest.fixture
def inside(practice: Practice) -> Iterator[Practice]:
    """The practice, its rows in scope."""
    with practice_scope(practice.pk):
        yield practice


@pytest.fixture
def bring(inside: Practice) -> Bring:
    """Bring remittances in one file through ingest and posting; gives the last one."""

    def run(*remits: WholeRemit, post: bool = True) -> Remit:
        file = a_file(inside, *remits)
        ingest_remits.run(inside.pk, NOW)
        if post:
            post_remits.run(inside.pk, NOW)
        return Remit.objects.filter(inbound=file).latest("pk")

    return run


def check_books(practice: Practice) -> None:
    """The ledger sums to zero, and every claim's columns say what its accounts say."""
    assert sum(balances_by_account().values()) == 0
    claims = {claim.number: claim for claim in Claim.objects.prefetch_related("lines")}
    balances = document_balances(practice.pk, claims)

    def on(number: str, account: Account, item: int | None = None) -> Decimal:
        zero = Decimal("0.00")
        return sum(
            (
                amount
                for (doc, acc, at), amount in balances.items()
                if doc == number and acc == account and item in (None, at)
            ),
            zero,
        )

    for number, claim in claims.items():
        assert on(number, Account.PAYER_RECEIVABLE) == claim.balance_amount, number
        assert on(number, Account.CONTRACTUAL) == claim.contractual_amount, number
        assert on(number, Account.PATIENT_RECEIVABLE) == claim.patient_amount, number
        for line in claim.lines.all():
            settled = line.contractual_amount + line.paid_amount + line.patient_amount
            assert on(number, Account.PAYER_RECEIVABLE, line.number) == line.charge_amount - settled, number
            assert 0 <= line.denied_amount <= max(line.charge_amount - settled, Decimal(0)), number


@pytest.fixture
def books(inside: Practice) -> Callable[[], None]:
    return lambda: check_books(inside)

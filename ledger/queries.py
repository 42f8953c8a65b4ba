"""Balances, straight from the postings."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from ledger.domain.accounts import Account
from ledger.models import Posting

ZERO = Decimal("0.00")


def balance(account: Account, document: str | None = None) -> Decimal:
    """Dollars on one account over the practices in scope, or for one document there."""
    rows = Posting.objects.filter(account=account)
    if document is not None:
        rows = rows.filter(document=document)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def balances_by_account() -> dict[Account, Decimal]:
    """The trial balance: dollars on every account in scope; its values sum to zero."""
    found = dict(Posting.objects.values_list("account").annotate(total=Sum("amount")).values_list("account", "total"))
    return {account: found.get(account.value, ZERO) for account in Account}


def document_balances(practice_id: int, documents: Iterable[str]) -> dict[tuple[str, Account, int], Decimal]:
    """Dollars by (document, account, item) for these documents, in one query."""
    rows = (
        Posting.objects.filter(practice_id=practice_id, document__in=list(documents))
        .values_list("document", "account", "item")
        .annotate(total=Sum("amount"))
    )
    return {(document, Account(account), item): total for document, account, item, total in rows}

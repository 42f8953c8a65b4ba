"""Double-entry accounts receivable. Rows are added, never changed: the database refuses anything else."""

import pgtrigger
from django.conf import settings
from django.db import models

from compliance.models import TenantModel
from ledger.domain.accounts import Account
from ledger.fields import MoneyField


class Entry(TenantModel):
    """One balanced fact about money. It has postings when its transaction commits, and they sum to zero."""

    source = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    effective_date = models.DateField()
    posted_at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    memo = models.CharField(max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reversed_by",
    )

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["practice", "source"], name="entry_source_once")]
        indexes = [models.Index(fields=["practice", "effective_date"], name="entry_by_day")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="has_postings",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id) THEN
                        RAISE EXCEPTION 'ledger entry % has no postings', NEW.id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.source


class Posting(TenantModel):
    """One leg of an entry: an amount on an account, for a claim line or a remittance.

    The database refuses a statement that leaves an entry out of balance: all legs are inserted together.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.CharField(max_length=20, choices=[(a.value, a.value.replace("_", " ")) for a in Account])
    amount = MoneyField()  # debit positive, credit negative
    document = models.CharField(max_length=60)
    item = models.PositiveSmallIntegerField(default=0)
    effective_date = models.DateField()

    class Meta:
        indexes = [
            models.Index(
                fields=["practice", "document", "account", "item"],
                name="posting_document",
            ),
            models.Index(
                fields=["practice", "account", "effective_date"],
                name="posting_account_day",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="posting_not_zero"),
            models.CheckConstraint(
                condition=models.Q(account__in=[a.value for a in Account]),
                name="posting_account_known",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            # For the statement, not the row: a chunk of a thousand entries is proven by one query.
            pgtrigger.Trigger(
                name="sums_to_zero",
                level=pgtrigger.Statement,
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                referencing=pgtrigger.Referencing(new="added"),  # type: ignore[no-untyped-call]  # the package has no types here
                declare=[("off", "bigint")],
                func="""
                    SELECT entry_id INTO off FROM ledger_posting
                    WHERE entry_id IN (SELECT entry_id FROM added)
                    GROUP BY entry_id HAVING sum(amount) <> 0 LIMIT 1;
                    IF FOUND THEN
                        RAISE EXCEPTION 'ledger entry % does not sum to zero', off USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"

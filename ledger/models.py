"""Double-entry accounts receivable. Rows are added, never changed: the database refuses anything else."""

import pgtrigger
from django.conf import settings
from django.db import models

from compliance.models import TenantModel
from ledger.domain.accounts import Account
from ledger.fields import MoneyField


class Entry(TenantModel):
    """One balanced fact about money. Its postings sum to zero when the transaction commits."""

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
    """One leg of an entry: an amount on an account, for a claim line or a remittance."""

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
            pgtrigger.Trigger(
                name="sums_to_zero",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF (SELECT sum(amount) FROM ledger_posting WHERE entry_id = NEW.entry_id) IS DISTINCT FROM 0 THEN
                        RAISE EXCEPTION 'ledger entry % does not sum to zero', NEW.entry_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"

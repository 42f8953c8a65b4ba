"""The state of everything a practice owns, and what must be the same in two practices with the same facts."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Count, Sum

from claims.models import Batch, Claim, ClaimEvent, InboundFile, StatusInquiry, Submission
from compliance.models import AuditEvent, Practice, TenantModel
from compliance.scope import practice_scope
from denials.models import Appeal, Denial
from ledger.models import Posting
from payments.models import RemitClaim
from worklist.models import WorkItem

TABLE_SQL = "SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) FROM {table} t"


def snapshot(*practices: Practice) -> dict[str, tuple[int, str]]:
    """Rows and checksum of every table that belongs to the practices."""
    tables = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel))
    found = {}
    with practice_scope(*(practice.pk for practice in practices)), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(TABLE_SQL.format(table=table))
            found[table] = cursor.fetchone()
    return found


def differences(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> dict[str, Any]:
    """The tables that are not the same, with their rows before and after."""
    return {table: (before[table][0], after[table][0]) for table in before if before[table] != after[table]}


def facts(practice: Practice) -> dict[str, Any]:
    """What two practices to which the same happened must agree on, whatever their keys and instants are."""

    def counted(model: type[Any], *fields: str) -> dict[Any, int]:
        rows = model.objects.order_by().values_list(*fields).annotate(n=Count("pk"))
        return {tuple(row[:-1]): row[-1] for row in rows}

    with practice_scope(practice.pk):
        money = Claim.objects.aggregate(
            *(Sum(f"{name}_amount") for name in ("charge", "paid", "contractual", "patient", "denied"))
        )
        ledger: dict[str, Decimal] = dict(
            Posting.objects.order_by()
            .values_list("account")
            .annotate(total=Sum("amount"))
            .values_list("account", "total")
        )
        return {
            "claims": counted(Claim, "status", "frequency"),
            "money": money,
            "ledger": ledger,
            "postings": Posting.objects.count(),
            "batches": counted(Batch, "kind", "status", "claim_count"),
            "submissions": counted(Submission, "answer"),
            "inquiries": counted(StatusInquiry, "category"),
            "files": counted(InboundFile, "kind", "status", "repeats"),
            "remits": counted(RemitClaim, "status", "status_code", "paid_amount"),
            "denials": counted(Denial, "status", "carc", "amount", "recovered_amount"),
            "appeals": counted(Appeal, "status"),
            "work": Counter((kind, at is None) for kind, at in WorkItem.objects.values_list("kind", "closed_at")),
            "history": counted(ClaimEvent, "raw_kind", "tone"),
            "audit": counted(AuditEvent, "verb"),
        }

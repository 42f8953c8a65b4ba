"""Posting to the ledger."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from compliance.models import User
from ledger.domain.accounts import Account, Leg, NewEntry, imbalance, reversed_legs
from ledger.models import Entry, Posting


class DoesNotBalance(Exception):
    """An entry's legs do not sum to zero."""


class CannotReverse(Exception):
    """The entry is unknown or was reversed before."""


@transaction.atomic
def post_entries(*, practice_id: int, entries: Sequence[NewEntry], actor: User | None, now: datetime) -> int:
    """Post entries in a fixed number of statements; a source that was posted before is left alone.

    Returns how many were new. Raises DoesNotBalance for legs that do not sum to zero (the database
    refuses them at commit as well).
    """
    for entry in entries:
        if (off := imbalance(entry)) != 0:
            raise DoesNotBalance(f"Entry {entry.source} is off by {off}.")
    sources = [entry.source for entry in entries]
    targets = dict(
        Entry.objects.filter(
            practice_id=practice_id,
            source__in=[e.reverses for e in entries if e.reverses],
        ).values_list("source", "pk")
    )
    known = set(Entry.objects.filter(practice_id=practice_id, source__in=sources).values_list("source", flat=True))
    fresh = {entry.source: entry for entry in entries if entry.source not in known and entry.legs}
    rows = Entry.objects.bulk_create(
        [
            Entry(
                practice_id=practice_id,
                source=entry.source,
                kind=entry.kind,
                effective_date=entry.effective_date,
                posted_at=now,
                actor=actor,
                memo=entry.memo[:200],
                reverses_id=targets[entry.reverses] if entry.reverses else None,
            )
            for entry in fresh.values()
        ]
    )
    Posting.objects.bulk_create(
        [
            Posting(
                practice_id=practice_id,
                entry=row,
                account=leg.account,
                amount=leg.amount,
                document=leg.document,
                item=leg.item,
                effective_date=row.effective_date,
            )
            for row in rows
            for leg in fresh[row.source].legs
            if leg.amount != 0
        ]
    )
    return len(rows)


@transaction.atomic
def reverse_entry(*, practice_id: int, source: str, actor: User | None, now: datetime, reason: str) -> None:
    """Take an entry back by its mirror image, dated today, with the reason kept. Raises CannotReverse."""
    entry = Entry.objects.select_for_update().filter(practice_id=practice_id, source=source).first()
    if entry is None or Entry.objects.filter(reverses=entry).exists():
        raise CannotReverse(f"Entry {source} is unknown or already reversed.")
    legs = tuple(
        Leg(
            account=Account(p.account),
            amount=p.amount,
            document=p.document,
            item=p.item,
        )
        for p in entry.postings.all()
    )
    mirror = NewEntry(
        source=f"{source}/reversed",
        kind="reversal",
        effective_date=now.date(),
        legs=reversed_legs(legs),
        memo=reason,
        reverses=source,
    )
    post_entries(practice_id=practice_id, entries=[mirror], actor=actor, now=now)

"""Charges in the ledger: posted with a claim, taken back when it is withdrawn, both when a line's charge changes."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from claims.models import Claim, ClaimLine
from compliance.models import User
from ledger.domain.accounts import Account, Leg, NewEntry
from ledger.models import Entry, Posting
from ledger.operations import post_entries, reverse_entry


def charges_entry(claim: Claim, lines: Sequence[ClaimLine], now: datetime) -> NewEntry:
    """What a claim's charges say in the ledger at its present revision. It has no legs when all are zero."""
    legs = [
        leg
        for line in lines
        for leg in (
            Leg(
                account=Account.PAYER_RECEIVABLE,
                amount=line.charge_amount,
                document=claim.number,
                item=line.number,
            ),
            Leg(account=Account.CHARGES, amount=-line.charge_amount, document=claim.number, item=line.number),
        )
        if line.charge_amount
    ]
    return NewEntry(
        source=f"claim:{claim.number}:charges:{claim.revision}",
        kind="charges",
        effective_date=now.date(),
        legs=tuple(legs),
        memo=f"Charges of claim {claim.number}",
    )


def post_charges(*, claims: Iterable[tuple[Claim, Sequence[ClaimLine]]], actor: User | None, now: datetime) -> None:
    """Post the charges of claims of one practice, in a fixed number of statements."""
    rows = list(claims)
    if rows:
        post_entries(
            practice_id=rows[0][0].practice_id,
            entries=[charges_entry(claim, lines, now) for claim, lines in rows],
            actor=actor,
            now=now,
        )


def reverse_charges(*, claim: Claim, actor: User | None, now: datetime, reason: str) -> None:
    """Take the standing charges of a claim back; nothing happens when none stand."""
    # Found by the claim's postings, which are indexed: the beginning of a source is not.
    touched = Posting.objects.filter(practice_id=claim.practice_id, document=claim.number).values("entry_id")
    standing = Entry.objects.filter(pk__in=touched, kind="charges", reversed_by__isnull=True).order_by("pk")
    for source in list(standing.values_list("source", flat=True)):
        reverse_entry(practice_id=claim.practice_id, source=source, actor=actor, now=now, reason=reason)

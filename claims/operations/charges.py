"""Charges in the ledger: posted with a claim, taken back when it is withdrawn, both when a line's charge changes."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from claims.models import Claim, ClaimLine
from compliance.models import User
from ledger.domain.accounts import Account, Leg, NewEntry
from ledger.models import Entry
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
    standing = Entry.objects.filter(
        practice_id=claim.practice_id,
        kind="charges",
        source__startswith=f"claim:{claim.number}:charges:",
        reversed_by__isnull=True,
    ).values_list("source", flat=True)
    for source in list(standing):
        reverse_entry(practice_id=claim.practice_id, source=source, actor=actor, now=now, reason=reason)

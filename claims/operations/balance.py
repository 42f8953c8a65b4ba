"""What is done with money that stays open with a payer: given up, or moved to the patient."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from django.db import transaction

from claims.domain.status import ClaimStatus
from claims.models import Claim, ClaimLine
from claims.operations.adjudicate import close_if_settled
from claims.operations.content import locked_claim
from claims.operations.history import Happened, record
from compliance.models import User
from ledger.domain.accounts import Account, Leg, NewEntry
from ledger.operations import post_entries

ZERO = Decimal("0.00")
Column = Literal["written_off_amount", "patient_amount"]


class CannotAdjust(Exception):
    """The claim is not decided, or less is open than should be moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settlement:
    """One way to settle open money: the column and account it goes to, and the words for it."""

    column: Column
    account: Account
    verb: str
    done: str


WRITTEN_OFF = _Settlement(
    column="written_off_amount", account=Account.WRITE_OFF, verb="claim.written_off", done="written off"
)
PATIENTS = _Settlement(
    column="patient_amount",
    account=Account.PATIENT_RECEIVABLE,
    verb="claim.moved_to_patient",
    done="moved to the patient",
)


def write_off(
    *, claim_id: int, line_number: int | None, amount: Decimal, reason: str, actor: User, now: datetime
) -> Claim:
    """Give up dollars that are open with the payer, on one line or on the claim as a whole. Raises CannotAdjust."""
    return _settle(WRITTEN_OFF, claim_id, line_number, amount, reason, actor, now)


def move_to_patient(
    *, claim_id: int, line_number: int | None, amount: Decimal, reason: str, actor: User, now: datetime
) -> Claim:
    """Make the patient owe dollars that are open with the payer. Raises CannotAdjust."""
    return _settle(PATIENTS, claim_id, line_number, amount, reason, actor, now)


@transaction.atomic
def _settle(
    way: _Settlement,
    claim_id: int,
    line_number: int | None,
    amount: Decimal,
    reason: str,
    actor: User,
    now: datetime,
) -> Claim:
    claim = locked_claim(claim_id)
    line = claim.lines.select_for_update().filter(number=line_number).first() if line_number else None
    _refuse(claim, line, line_number, amount)
    for row in (claim, line):
        if row is not None:
            setattr(row, way.column, getattr(row, way.column) + amount)
            row.denied_amount = max(row.denied_amount - amount, ZERO)
            row.save(update_fields=[way.column, "denied_amount"])
    claim.revision += 1
    claim.touched = True
    close_if_settled(claim, now)
    claim.save(update_fields=["revision", "touched", "status", "status_at", "closed_at"])
    post_entries(
        practice_id=claim.practice_id,
        entries=[_entry(claim, line_number or 0, amount, way, reason, now)],
        actor=actor,
        now=now,
    )
    where = f" of line {line_number}" if line_number else ""
    record(
        actor=actor,
        now=now,
        happenings=[
            Happened(
                claim=claim,
                verb=way.verb,
                says=f"${amount:,.2f}{where} {way.done}: {reason}",
                tone="done",
                note=reason,
                detail={"line": line_number or 0, "amount": str(amount)},
            )
        ],
    )
    return claim


def _refuse(claim: Claim, line: ClaimLine | None, line_number: int | None, amount: Decimal) -> None:
    if claim.status != ClaimStatus.ADJUDICATED:
        raise CannotAdjust(
            f"Claim {claim} is {claim.get_status_display().lower()}; only a decided claim can be settled."
        )
    if line_number and line is None:
        raise CannotAdjust(f"Claim {claim} has no line {line_number}.")
    open_amount = min(claim.balance_amount, _open_on(line)) if line else claim.balance_amount
    if not ZERO < amount <= open_amount:
        raise CannotAdjust(f"${max(open_amount, ZERO):,.2f} is open with the payer; choose an amount up to that.")


def _open_on(line: ClaimLine) -> Decimal:
    settled = line.contractual_amount + line.paid_amount + line.patient_amount + line.written_off_amount
    left: Decimal = line.charge_amount - settled
    return left


def _entry(claim: Claim, item: int, amount: Decimal, way: _Settlement, reason: str, now: datetime) -> NewEntry:
    return NewEntry(
        source=f"claim:{claim.number}:{way.account.value}:{item}:{claim.revision}",
        kind=way.account.value,
        effective_date=now.date(),
        legs=(
            Leg(account=way.account, amount=amount, document=claim.number, item=item),
            Leg(account=Account.PAYER_RECEIVABLE, amount=-amount, document=claim.number, item=item),
        ),
        memo=f"{way.done.capitalize()}: {reason}",
    )

"""Work for posters: what a remittance leaves open."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from claims.models import Claim, InboundFile
from compliance.models import User
from payments.domain.expected import post_by
from payments.models import ProviderAdjustment, Remit, RemitClaim
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, close_items, open_items

REMIT, REMIT_CLAIM, ADJUSTMENT, CLAIM, FILE = (
    "payments.remit",
    "payments.remitclaim",
    "payments.provideradjustment",
    "claims.claim",
    "claims.inboundfile",
)
UNMATCHED_KINDS = ("unmatched", "unmatched_line")
CLAIM_KINDS = (Kind.PAYMENT_UNMATCHED, Kind.PAYMENT_UNBALANCED)


def open_for_claims(rows: Iterable[RemitClaim], *, now: datetime) -> None:
    """One item for each claim that waits; a claim that balances but can't be placed counts as unmatched.

    The rows carry their remit and, when there is one, their suggestion.
    """
    open_items(items=[_item_of(row) for row in rows], now=now)


def _item_of(row: RemitClaim) -> NewItem:
    kind = Kind.PAYMENT_UNBALANCED if row.problem_kind == "unbalanced" else Kind.PAYMENT_UNMATCHED
    step = "Ask the payer to correct it" if kind is Kind.PAYMENT_UNBALANCED else "Match or set aside"
    if row.suggestion:
        step = f"Match {row.suggestion.number}"
    reason = row.problem.partition(";")[0]
    return NewItem(
        practice_id=row.practice_id,
        kind=kind,
        subject_type=REMIT_CLAIM,
        subject_id=row.pk,
        reason=reason,
        next_step=step,
        category="Payment",
        amount=row.paid_amount,
        clock_date=post_by(row.remit.received_at.date()),
        claim_id=row.claim_id,
        patient_id=row.suggestion.patient_id if row.suggestion else None,
        patient_name=row.patient_name,
        payer_name=row.remit.payer_name,
        service_date=row.service_date,
    )


def close_for_claim(row: RemitClaim, *, outcome: str, now: datetime, actor: User | None) -> None:
    """The claim is decided."""
    _close(row.practice_id, CLAIM_KINDS, REMIT_CLAIM, [row.pk], outcome, now, actor)


def open_for_file_balance(remit: Remit, *, now: datetime) -> None:
    """The whole remittance does not prove itself."""
    open_items(
        items=[
            NewItem(
                practice_id=remit.practice_id,
                kind=Kind.PAYMENT_UNBALANCED,
                subject_type=REMIT,
                subject_id=remit.pk,
                reason=remit.problem,
                next_step="Ask the payer for a corrected file",
                category="Payment",
                amount=remit.amount,
                clock_date=post_by(remit.received_at.date()),
                payer_name=remit.payer_name,
            )
        ],
        now=now,
    )


def close_for_remits(practice_id: int, remit_ids: Sequence[int], *, outcome: str, now: datetime) -> None:
    """A corrected file came in their place."""
    _close(practice_id, (Kind.PAYMENT_UNBALANCED,), REMIT, remit_ids, outcome, now, None)


def open_for_adjustments(rows: Iterable[ProviderAdjustment], *, now: datetime) -> None:
    """Provider adjustments that name no claim of ours."""
    open_items(
        items=[
            NewItem(
                practice_id=row.practice_id,
                kind=Kind.PAYMENT_PROVIDER_ADJUSTMENT,
                subject_type=ADJUSTMENT,
                subject_id=row.pk,
                reason=f"{row.reason} {row.reference} names no claim here".replace("  ", " "),
                next_step="Name its claim or accept it",
                category="Payment",
                amount=row.amount,
                clock_date=post_by(row.remit.received_at.date()),
                payer_name=row.remit.payer_name,
            )
            for row in rows
        ],
        now=now,
    )


def close_for_adjustment(row: ProviderAdjustment, *, outcome: str, now: datetime, actor: User | None) -> None:
    """A person said what it was."""
    _close(row.practice_id, (Kind.PAYMENT_PROVIDER_ADJUSTMENT,), ADJUSTMENT, [row.pk], outcome, now, actor)


def refresh_credit_balances(
    practice_id: int, claims: Iterable[Claim], below: dict[int, Decimal], *, now: datetime
) -> None:
    """Open work for claims that the payer overpaid (`below`: dollars by claim, negative), close that of the rest."""
    rows = {claim.pk: claim for claim in claims}
    open_items(
        items=[
            NewItem(
                practice_id=practice_id,
                kind=Kind.PAYMENT_CREDIT_BALANCE,
                subject_type=CLAIM,
                subject_id=pk,
                reason=f"Paid ${-amount:,.2f} more than was owed",
                next_step="Find the second payment",
                category="Payment",
                amount=-amount,
                clock_date=post_by(now.date()),
                claim_id=pk,
                patient_id=rows[pk].patient_id,
                patient_name=str(rows[pk].patient),
                payer_name=rows[pk].payer.name,
                service_date=rows[pk].service_from,
            )
            for pk, amount in below.items()
        ],
        now=now,
    )
    settled = [pk for pk in rows if pk not in below]
    _close(practice_id, (Kind.PAYMENT_CREDIT_BALANCE,), CLAIM, settled, "Balance settled", now, None)


def open_for_refused_file(inbound: InboundFile, *, now: datetime) -> None:
    """A file that can't be read as a remittance."""
    open_items(
        items=[
            NewItem(
                practice_id=inbound.practice_id,
                kind=Kind.FILE_REFUSED,
                subject_type=FILE,
                subject_id=inbound.pk,
                reason=f"{inbound.name}: {inbound.problem}",
                next_step="Ask for the file again",
                category="Payment",
                clock_date=post_by(now.date()),
            )
        ],
        now=now,
    )


def _close(
    practice_id: int,
    kinds: Sequence[Kind],
    subject_type: str,
    ids: Sequence[int],
    outcome: str,
    now: datetime,
    actor: User | None,
) -> None:
    close_items(
        practice_id=practice_id,
        kinds=kinds,
        subject_type=subject_type,
        subject_ids=ids,
        outcome=outcome,
        now=now,
        actor=actor,
    )

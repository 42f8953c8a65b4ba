"""Money of a remittance outside its claims: the payment itself and its PLB adjustments, as ledger entries."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from ledger.domain.accounts import Account, Leg, NewEntry

INTEREST = "L6"
FORWARDED = "FB"  # a balance carried to a later payment; its two halves name the same reference
LONGEST_PAYER = 30  # characters of an entry's source that a payer may take


def source_prefix(payer_identifier: str, trace: str, amount: Decimal) -> str:
    """What the sources of every entry of a remittance start with: payer, trace and amount name it for good."""
    payer = payer_identifier
    if len(payer) > LONGEST_PAYER:
        payer = sha256(payer.encode()).hexdigest()[:LONGEST_PAYER]
    return f"remit:{payer}:{trace}:{amount:.2f}:"


def cash_entry(*, source: str, on: date, trace: str, amount: Decimal) -> NewEntry | None:
    """The payment (BPR02) waits in remit_clearing until its claims explain it; None for a notice without money."""
    if not amount:
        return None
    return NewEntry(
        source=source,
        kind="remit_cash",
        effective_date=on,
        legs=(
            Leg(account=Account.CASH, amount=amount, document=trace),
            Leg(account=Account.REMIT_CLEARING, amount=-amount, document=trace),
        ),
        memo=f"Remittance {trace}",
    )


def adjustment_entry(
    *, source: str, on: date, trace: str, reason: str, amount: Decimal, claim_number: str = "", reference: str = ""
) -> NewEntry | None:
    """A PLB amount, positive when it lowers the payment: interest is revenue, a claim's goes back on its account,
    anything else is a provider adjustment; both halves of a forwarded balance stand under the reference that they
    share, so that what is still to be taken shows there. None for zero."""
    if not amount:
        return None
    if reason == INTEREST:
        leg = Leg(account=Account.INTEREST, amount=amount, document=trace)
    elif claim_number:
        leg = Leg(account=Account.PAYER_RECEIVABLE, amount=amount, document=claim_number)
    else:
        document = reference if reason == FORWARDED and reference else trace
        leg = Leg(account=Account.PROVIDER_ADJUSTMENT, amount=amount, document=document)
    return NewEntry(
        source=source,
        kind="remit_adjustment",
        effective_date=on,
        legs=(leg, Leg(account=Account.REMIT_CLEARING, amount=-amount, document=trace)),
        memo=f"{reason} of remittance {trace}" + (f", claim {claim_number}" if claim_number else ""),
    )


def aside_entry(*, source: str, on: date, trace: str, paid: Decimal, reason: str) -> NewEntry | None:
    """Money of a claim that a person set aside: received, but nobody's yet. None for zero."""
    if not paid:
        return None
    return NewEntry(
        source=source,
        kind="remit_set_aside",
        effective_date=on,
        legs=(
            Leg(account=Account.REMIT_CLEARING, amount=paid, document=trace),
            Leg(account=Account.UNAPPLIED, amount=-paid, document=trace),
        ),
        memo=reason,
    )

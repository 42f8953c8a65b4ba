"""The chart of accounts, and entries as plain data. Debits are positive, credits negative."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Account(StrEnum):
    """Where money stands. Normal side in brackets."""

    PAYER_RECEIVABLE = "payer_receivable"  # [debit] what payers owe, by claim and line
    PATIENT_RECEIVABLE = "patient_receivable"  # [debit] what patients owe, by claim and line
    CASH = "cash"  # [debit] money received, by remittance trace
    REMIT_CLEARING = "remit_clearing"  # zero once every claim and PLB of a remittance is posted
    CHARGES = "charges"  # [credit] gross charges
    CONTRACTUAL = "contractual"  # [debit] reductions agreed by contract
    WRITE_OFF = "write_off"  # [debit] given up: denials, small balances
    INTEREST = "interest"  # [credit] interest paid by payers: revenue, not payment
    PROVIDER_ADJUSTMENT = "provider_adjustment"  # PLB amounts tied to no claim: fees, levies, forwarded balances
    UNAPPLIED = "unapplied"  # [credit] money whose claim is not known yet


RECEIVABLES = (Account.PAYER_RECEIVABLE, Account.PATIENT_RECEIVABLE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Leg:
    """One side of an entry. `document` is a claim number or a remittance trace, `item` a line number (0: none)."""

    account: Account
    amount: Decimal  # dollars; debit positive
    document: str
    item: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEntry:
    """An entry to post. `source` names the fact it rests on; the same source is never posted twice."""

    source: str
    kind: str
    effective_date: date
    legs: tuple[Leg, ...]
    memo: str = ""
    reverses: str = ""  # the source of the entry that this one takes back


def imbalance(entry: NewEntry) -> Decimal:
    """The sum of the legs in dollars: zero for a sound entry."""
    return sum((leg.amount for leg in entry.legs), Decimal("0.00"))


def reversed_legs(legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """The same legs with opposite signs."""
    return tuple(
        Leg(
            account=leg.account,
            amount=-leg.amount,
            document=leg.document,
            item=leg.item,
        )
        for leg in legs
    )

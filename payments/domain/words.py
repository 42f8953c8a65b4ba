"""A remittance in plain words, with the codes behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from edi.adjustments import Adjustment
from edi.codes import carc
from payments.domain.classify import (
    BLOOD_DEDUCTIBLE,
    COINSURANCE,
    COPAY,
    COPAY_MEDICAID,
    DEDUCTIBLE,
    Nature,
    nature_of,
)
from payments.domain.posting import REVERSAL
from payments.domain.split import Split, denials_in

CENT = Decimal("0.01")
INFORMATION_WORDS = {"23": "Forwarded to another payer", "25": "Estimate ahead of the service"}


def dollars(amount: Decimal) -> str:
    """$1,204.00, a minus before the sign."""
    return f"{'−' if amount < 0 else ''}${abs(amount):,.2f}"


# The commonest refusals in as few words as say it; the rest in edi.codes.carc.
SHORT_REASONS = {
    "4": "modifier missing",
    "11": "diagnosis does not support it",
    "16": "information missing",
    "18": "duplicate",
    "22": "another payer is first",
    "26": "before coverage began",
    "27": "coverage had ended",
    "29": "filed too late",
    "31": "patient not insured here",
    "50": "not medically necessary",
    "96": "not covered",
    "97": "part of another service",
    "109": "wrong payer",
    "151": "too many services",
    "167": "diagnosis not covered",
    "197": "authorization missing",
    "198": "authorization exceeded",
    "204": "not covered by the plan",
    "252": "records asked for",
}


def reason_words(adjustment: Adjustment) -> str:
    """ "modifier missing (CO-4)"."""
    says = SHORT_REASONS.get(adjustment.reason) or carc.says(adjustment.reason).replace("'", "’")
    if says[1:2].islower():
        says = says[0].lower() + says[1:]
    return f"{says} ({adjustment.group}-{adjustment.reason})"


def line_words(split: Split, adjustments: Sequence[Adjustment]) -> str:
    """One line of an explanation of benefits: what happened to it."""
    denied = denials_in(adjustments, paid=split.paid)
    words = []
    if denied:
        verb = "Denied" if split.charge >= 0 else "Denial taken back"
        words.append(f"{verb}: {', '.join(reason_words(each) for each in denied)}")
    words += _patient_words(split, adjustments)
    prior = sum((a.amount for a in adjustments if _nature(a, split) is Nature.PRIOR_PAYER), Decimal(0))
    if prior:
        words.append(f"{dollars(prior)} decided by the payer before")
    if words:
        return ", ".join(words)
    if split.charge < 0:
        return "Taken back"
    return "Paid in full" if split.paid else "Nothing to pay"


def _nature(adjustment: Adjustment, split: Split) -> Nature:
    return nature_of(adjustment, line_paid=split.paid != 0)


def _patient_words(split: Split, adjustments: Sequence[Adjustment]) -> list[str]:
    share: dict[str, Decimal] = {}
    for each in adjustments:
        if _nature(each, split) is Nature.PATIENT and each.amount:
            share[each.reason] = share.get(each.reason, Decimal(0)) + each.amount
    words = []
    deductible = share.get(DEDUCTIBLE, Decimal(0)) + share.get(BLOOD_DEDUCTIBLE, Decimal(0))
    if deductible:
        words.append("Deductible" if deductible == split.patient else f"Deductible {dollars(deductible)}")
    if coinsurance := share.get(COINSURANCE):
        words.append(_coinsurance(coinsurance, split.allowed - deductible))
    if copay := share.get(COPAY, Decimal(0)) + share.get(COPAY_MEDICAID, Decimal(0)):
        words.append(f"{dollars(copay)} copay")
    return words


def _coinsurance(amount: Decimal, base: Decimal) -> str:
    """The rate when the amount is a whole percent of what it is taken from, to the cent; else the amount."""
    if base:
        rate = (amount * 100 / base).quantize(Decimal(1))
        if abs(base * rate / 100 - amount) <= CENT:
            return f"{rate} % coinsurance"
    return f"{dollars(amount)} coinsurance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a decided claim's sentences are made of. `denied` names the refused lines with their reasons."""

    payer: str
    money: Split
    denied: Sequence[tuple[int, Adjustment]] = ()
    reversal: bool = False


def decision_says(told: Told) -> str:
    """The sentence of the claim's history."""
    money = told.money
    if told.reversal:
        return f"{told.payer} took its decision back: {dollars(money.paid)} paid before is reversed."
    parts = []
    if money.paid:
        parts.append(f"paid {dollars(money.paid)}")
    if money.patient:
        parts.append(f"left {dollars(money.patient)} to the patient")
    if told.denied:
        number, first = told.denied[0]
        what = f"line {number}" if number else "the claim"
        more = len({n for n, _ in told.denied}) - 1
        also = f" and {more} more" if more else ""
        parts.append(f"denied {what}{also}: {reason_words(first)}")
    if not parts:
        parts.append("paid nothing")
    return f"{told.payer} {', '.join(parts[:-1])}{' and ' if parts[1:] else ''}{parts[-1]}."


def decision_tone(told: Told) -> str:
    """The shape beside that sentence."""
    if told.reversal:
        return "you"
    return "stop" if told.denied else "done"


def claim_words(
    money: Split,
    *,
    status_code: str,
    adjustments: Sequence[Adjustment],
    line_words: Sequence[str],
    denied_lines: int,
    expected: Decimal | None,
    taken_back: date | None,
) -> str:
    """A claim of an explanation of benefits in a few words. `taken_back` is the day of the payment it reverses."""
    if status_code == REVERSAL:
        return f"Takes back the payment of {taken_back:%m/%d/%y}" if taken_back else "Takes a payment back"
    if status_code in INFORMATION_WORDS:
        return INFORMATION_WORDS[status_code]
    whole = denials_in(adjustments, paid=money.paid)
    if whole:
        return f"Denied: {reason_words(whole[0])}"
    if denied_lines:
        return f"{denied_lines} of {len(line_words)} lines denied" if len(line_words) > 1 else "Denied"
    if money.patient and not money.paid:
        return "All to deductible" if set(line_words) == {"Deductible"} else "All to the patient"
    return _against_contract(money.paid, expected)


def _against_contract(paid: Decimal, expected: Decimal | None) -> str:
    if expected is None:
        return ""
    if paid == expected:
        return "As expected"
    return f"{dollars(abs(expected - paid))} {'below' if paid < expected else 'above'} contract"

"""Deciding an appeal: which denials a payer gives up, how often, and what it writes. Pure."""

from dataclasses import dataclass
from decimal import Decimal

# How often a denial is overturned on appeal, by its CARC. Others are upheld.
ODDS = {
    "50": 0.60,
    "197": 0.50,
    "97": 0.40,
    "236": 0.40,
    "16": 0.60,
    "11": 0.60,
    "18": 0.25,
    "29": 0.20,
    "96": 0.15,
    "26": 0.10,
    "27": 0.10,
}

_OVERTURNED = {
    "50": "The records support that the service was medically necessary.",
    "197": "A retroactive authorization was granted.",
    "97": "The records show a separate and distinct service.",
    "236": "The records show a separate and distinct service.",
    "16": "The records supply the information that was missing.",
    "11": "The records support the diagnosis for the service.",
    "18": "The service was not a duplicate.",
    "29": "Proof of timely filing was accepted.",
}
_UPHELD = {
    "50": "The records do not show that the service met the coverage criteria.",
    "197": "No authorization was requested before the service.",
    "97": "The service is part of another service paid on that day.",
    "236": "The service is part of another service paid on that day.",
    "16": "The information that was missing was not supplied.",
    "18": "The service was decided on an earlier claim.",
    "29": "The letter holds no proof that the claim was sent within the filing limit.",
    "26": "The member was not covered on the day of service.",
    "27": "The member was not covered on the day of service.",
}


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal as it came in. `denied` are the lines in dispute: line number and CARC."""

    number: int
    payer_id: str
    claim_number: str
    payer_control: str
    level: int
    denied: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class DeniedLine:
    """A denial that the payer really holds against a line."""

    line: int
    carc: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Ruling:
    overturned: frozenset[int]
    reason: str


def rule_on(appeal: Appeal, held: tuple[DeniedLine, ...], draw: float) -> Ruling:
    """Rule on an appeal by one draw (0 to 1) against the odds of each disputed denial.

    A line is in dispute when the appeal names it and the payer really denied it.
    """
    named = {line for line, _ in appeal.denied}
    disputed = sorted((each for each in held if each.line in named), key=lambda each: (-each.amount, each.line))
    if not disputed:
        return Ruling(frozenset(), "The claim has no denial that this appeal names.")
    won = [each for each in disputed if draw < ODDS.get(each.carc, 0.0)]
    if won:
        reason = _OVERTURNED.get(won[0].carc, "The denial was reconsidered in the provider's favor.")
        return Ruling(frozenset(each.line for each in won), reason)
    return Ruling(frozenset(), _UPHELD.get(disputed[0].carc, "The denial stands under the plan's terms."))

"""The payer's front end: what a claim is rejected for before it is adjudicated. Pure.

Answers are claim status category and status codes (X12 lists 507 and 508) with the entity they speak of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from payersim.claims import ZERO, Claim
from payersim.plans import Member, Network, Payer


@dataclass(frozen=True, slots=True)
class Status:
    """One STC composite."""

    category: str
    code: str
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the payer holds already: a first claim of this number, and the claim that REF*F8 names."""

    received_on: date
    same_number: str = ""
    original: str = ""


ACCEPTED = Status("A2", "20", "PR")
CLOSED = frozenset({"void", "rejected"})


def screen(claim: Claim, network: Network, earlier: Earlier) -> tuple[Status, ...]:
    """Why the claim is rejected; empty when it is accepted for adjudication."""
    payer = network.payers.get(claim.payer_id)
    if payer is None:
        return (Status("A3", "116"),)
    found = [
        *_provider(claim, network),
        *_member(claim, payer),
        *_amounts_and_days(claim, earlier),
        *_frequency(claim, earlier),
    ]
    return tuple(found[:3])


def npi_is_valid(npi: str) -> bool:
    """Ten digits with a right check digit (Luhn over 80840 and the first nine digits; 45 CFR 162.406)."""
    if not re.fullmatch(r"[12]\d{9}", npi):
        return False
    doubled = "".join(str(int(d) * 2) if n % 2 == 0 else d for n, d in enumerate(reversed(npi[:9])))
    return (24 + sum(int(d) for d in doubled) + int(npi[9])) % 10 == 0


def _provider(claim: Claim, network: Network) -> Iterator[Status]:
    if not npi_is_valid(claim.billing_npi):
        yield Status("A7", "562", "85")
    elif all(practice.npi != claim.billing_npi for practice in network.practices):
        yield Status("A3", "26", "85")
    if claim.rendering_npi != claim.billing_npi and not npi_is_valid(claim.rendering_npi):
        yield Status("A7", "562", "82")


def _member(claim: Claim, payer: Payer) -> Iterator[Status]:
    member = payer.members.get(claim.member_id)
    if member is None:
        like = any(_same_person(claim, each) for each in payer.members.values())
        yield Status("A7", "164", "IL") if like else Status("A3", "33")
        return
    if not _same_name(claim, member):
        yield Status("A7", "125", "IL")
    if claim.birth_date is not None and claim.birth_date != member.birth_date:
        yield Status("A7", "158", "IL")


def _same_person(claim: Claim, member: Member) -> bool:
    return claim.birth_date == member.birth_date and _same_name(claim, member)


def _same_name(claim: Claim, member: Member) -> bool:
    given = (_letters(claim.subscriber.last_name), _letters(claim.subscriber.first_name))
    return given == (_letters(member.last_name), _letters(member.first_name))


def _letters(text: str) -> str:
    return "".join(each for each in text.upper() if each.isalpha())


def _amounts_and_days(claim: Claim, earlier: Earlier) -> Iterator[Status]:
    if sum((line.charge for line in claim.lines), ZERO) != claim.charge:
        yield Status("A8", "178")
    if claim.last_day > earlier.received_on:
        yield Status("A7", "187")


def _frequency(claim: Claim, earlier: Earlier) -> Iterator[Status]:
    if claim.frequency == "1":
        if earlier.same_number:
            yield Status("A3", "54" if earlier.same_number == "decided" else "78")
    elif claim.frequency not in ("7", "8"):
        yield Status("A7", "535")
    elif not claim.original_control:
        yield Status("A6", "464")
    elif not earlier.original or earlier.original in CLOSED:
        yield Status("A7", "464")

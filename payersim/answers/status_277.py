"""Claim status answers 277 (005010X212): one transaction set for each 276 that asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payersim.answers.envelope import (
    Header,
    amount,
    composite,
    day,
    interchange,
    period,
    segment,
    transaction,
)
from payersim.claims import Inquiry, Person
from payersim.screen import Status

VERSION = "005010X212"


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a claim that was asked for; `statuses` is never empty. Amounts in dollars."""

    statuses: tuple[Status, ...]
    effective: date
    charge: Decimal | None = None
    paid: Decimal | None = None
    decided_on: date | None = None
    remitted_on: date | None = None
    remit_trace: str = ""
    control: str = ""
    claim_number: str = ""
    days: tuple[date, date] | None = None


def write_277(header: Header, answers: Sequence[tuple[Inquiry, Found]]) -> bytes:
    """Answer inquiries that came in one 276 set."""
    return interchange(header, "HN", VERSION, [transaction("277", 1, VERSION, _body(header, answers))])


def _body(header: Header, answers: Sequence[tuple[Inquiry, Found]]) -> Iterator[str]:
    at = header.at
    yield segment("BHT", "0010", "08", str(header.control), day(at), f"{at:%H%M}", "DG")
    level = 0
    standing: tuple[tuple[str, ...], ...] = ()
    parents: dict[int, int] = {}
    for inquiry, found in answers:
        keys = _keys(inquiry)
        shared = _shared(standing, keys)
        for depth in range(shared, 4):
            level += 1
            parents[depth] = level
            last = depth == 3 and inquiry.dependent is None
            yield segment("HL", str(level), str(parents.get(depth - 1, "")), _LEVELS[depth], "0" if last else "1")
            yield _name(depth, inquiry)
        if inquiry.dependent is not None:
            level += 1
            yield segment("HL", str(level), str(parents[3]), "23")
            yield _person("QC", inquiry.dependent)
        yield from _status(inquiry, found)
        standing = keys


_LEVELS = ("20", "21", "19", "22")


def _keys(inquiry: Inquiry) -> tuple[tuple[str, ...], ...]:
    return (
        (inquiry.payer_id,),
        (inquiry.receiver_id,),
        (inquiry.provider_npi, inquiry.provider_name),
        (inquiry.member_id, inquiry.subscriber.last_name, "dependent" if inquiry.dependent else ""),
    )


def _shared(before: tuple[tuple[str, ...], ...], keys: tuple[tuple[str, ...], ...]) -> int:
    """How many levels the inquiry has in common with the one before it."""
    count = 0
    while count < len(before) and before[count] == keys[count]:
        count += 1
    return count


def _name(depth: int, inquiry: Inquiry) -> str:
    match depth:
        case 0:
            return segment("NM1", "PR", "2", inquiry.payer_name, "", "", "", "", "PI", inquiry.payer_id)
        case 1:
            return segment("NM1", "41", "2", inquiry.receiver_name, "", "", "", "", "46", inquiry.receiver_id)
        case 2:
            return segment("NM1", "1P", "2", inquiry.provider_name, "", "", "", "", "XX", inquiry.provider_npi)
        case _:
            return _person("IL", inquiry.subscriber, "MI", inquiry.member_id)


def _person(entity: str, person: Person, qualifier: str = "", number: str = "") -> str:
    names = (person.last_name, person.first_name, person.middle_name)
    return segment("NM1", entity, "1", *names, "", "", qualifier, number)


def _status(inquiry: Inquiry, found: Found) -> Iterator[str]:
    yield segment("TRN", "2", inquiry.trace)
    for status in found.statuses:
        yield segment(
            "STC",
            composite(status.category, status.code, status.entity),
            day(found.effective),
            "",
            amount(found.charge) if found.charge is not None else "",
            amount(found.paid) if found.paid is not None else "",
            day(found.decided_on) if found.decided_on else "",
            "",
            day(found.remitted_on) if found.remitted_on else "",
            found.remit_trace,
        )
    if found.control:
        yield segment("REF", "1K", found.control)
    if found.claim_number:
        yield segment("REF", "EJ", found.claim_number)
    if found.days:
        yield segment("DTP", "472", *period(*found.days))

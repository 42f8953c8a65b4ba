"""Patients, and the dates and services asked about, as 270, 271 and 278 name them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from edi.elements import Values, date_text, period
from edi.loops import Loop, first
from edi.parties import (
    Address,
    NamedParty,
    Person,
    Reference,
    read_address,
    read_party,
    read_reference,
    write_address,
    write_name,
    write_references,
)
from edi.segments import Element, Segment

Segments = Iterator[Sequence[Element]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """TRN02 and TRN03: a number, and the company that gave it (9 and nine digits of its tax id, or its plan id)."""

    number: str
    company: str = ""


UNNAMED = NamedParty(entity="", name=Person(last_name=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPeriod:
    """DTP: 291 plan, 346 and 347 plan begin and end, 472 service, 435 admission, 007 certified period, ..."""

    qualifier: str
    first: date | None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCode:
    """The composite that names a procedure."""

    qualifier: str = ""  # HC, AD, ID, N4, ...
    code: str = ""
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A subscriber or dependent."""

    party: NamedParty  # NM1*IL or NM1*03; the member id of the subscriber
    address: Address | None = None
    birth_date: date | None = None
    sex: str = ""
    relationship: str = ""  # INS02: 18 self, 01 spouse, 19 child, 34 other
    changed: bool = False  # INS04 = 25: the payer corrected what was asked
    references: tuple[Reference, ...] = ()  # 1L group, 6P, SY, EJ, NQ, 18 plan, HJ new id


def read_member(head: Loop, values: Values) -> Member | None:
    """A subscriber or dependent; None without an NM1."""
    name, born, insured = first(head, "NM1"), first(head, "DMG"), first(head, "INS")
    if name is None:
        return None
    return Member(
        party=read_party(name),
        address=read_address(first(head, "N3"), first(head, "N4")),
        birth_date=values.day(born, 2) if born else None,
        sex=born[3] if born else "",
        relationship=insured[2] if insured else "",
        changed=insured is not None and insured[4] == "25",
        references=tuple(read_reference(each) for each in head if each.id == "REF"),
    )


def read_periods(loop: Loop, values: Values) -> tuple[DatedPeriod, ...]:
    found = []
    for segment in loop:
        if segment.id == "DTP":
            start, end = values.period(segment, 2)
            found.append(DatedPeriod(qualifier=segment[1], first=start, last=end))
    return tuple(found)


def read_service(segment: Segment, position: int) -> ServiceCode | None:
    """A composite procedure; None when absent."""
    if not segment[position]:
        return None
    qualifier, code, *modifiers = (*segment.components(position), "")
    return ServiceCode(qualifier=qualifier, code=code, modifiers=tuple(each for each in modifiers[:4] if each))


def write_service(service: ServiceCode | None) -> Element:
    return [service.qualifier, service.code, *service.modifiers] if service else ""


def write_party(party: NamedParty) -> list[str]:
    return write_name(party.entity, party.name, party.id_qualifier, party.id)


def write_member(member: Member, dates: Iterable[DatedPeriod], refusals: Iterable[Sequence[Element]] = ()) -> Segments:
    """NM1 and what follows it; `refusals` (AAA) have their place behind the address."""
    yield write_party(member.party)
    yield from write_references(member.references)
    yield from write_address(member.address)
    yield from refusals
    if member.birth_date or member.sex:
        yield ["DMG", "D8" if member.birth_date else "", date_text(member.birth_date), member.sex]
    if member.relationship:
        insured = "Y" if member.relationship == "18" else "N"
        yield ["INS", insured, member.relationship, *(["001", "25"] if member.changed else [])]
    yield from write_periods(dates)


def write_periods(dates: Iterable[DatedPeriod]) -> Segments:
    for each in dates:
        if each.first:
            yield ["DTP", each.qualifier, *period(each.first, each.last)]

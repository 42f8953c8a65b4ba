"""STC: a claim status, and the lines it may be about, in 276, 277 and 277CA. Source: X12 005010X212 and X214."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from edi.codes import claim_status
from edi.elements import Values, date_text, money_text, optional_text, period, plain
from edi.loops import Loop, first, reference
from edi.segments import DEFAULT_DELIMITERS, Delimiters, Element, Segment

Segments = Iterator[Sequence[Element]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCode:
    """One composite of an STC: category (A1, P1, F0 …), status code, and which party it is about."""

    category: str
    code: str
    entity: str = ""
    code_list: str = ""  # RX when the status code is an NCPDP reject code

    @property
    def says(self) -> str:
        """Category and status in plain words."""
        return claim_status.says(self.category, self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """An STC. Amounts in dollars."""

    codes: tuple[StatusCode, ...]  # STC01, STC10, STC11: one to three
    effective_date: date | None = None  # STC02
    action: str = ""  # STC03, 277CA: WQ accept, U reject
    charge: Decimal | None = None  # STC04
    paid: Decimal | None = None  # STC05, 277
    finalized_date: date | None = None  # STC06, 277
    payment_date: date | None = None  # STC08, 277
    payment_number: str = ""  # STC09, 277: check or EFT number
    text: str = ""  # STC12

    @property
    def category(self) -> str:
        """The first composite's category."""
        return self.codes[0].category if self.codes else ""

    @property
    def code(self) -> str:
        """The first composite's status code."""
        return self.codes[0].code if self.codes else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """Loop 2220 (277CA, 277): a service line with its own statuses."""

    qualifier: str
    code: str
    modifiers: tuple[str, ...] = ()
    charge: Decimal
    paid: Decimal | None = None  # 277
    revenue_code: str = ""
    units: Decimal | None = None
    statuses: tuple[Status, ...] = ()
    line_control_number: str = ""  # REF*FJ, our REF*6R
    pharmacy_number: str = ""  # REF*XZ, 277CA
    service_from: date | None = None
    service_to: date | None = None


def read_status_line(loop: Loop, values: Values) -> StatusLine:
    """SVC with what follows it."""
    svc = loop[0]
    qualifier, code, *modifiers = (*svc.components(1), "")
    served = first(loop, "DTP", "472")
    start, end = values.period(served, 2) if served else (None, None)
    return StatusLine(
        qualifier=qualifier,
        code=code,
        modifiers=tuple(each for each in modifiers[:4] if each),
        charge=values.money(svc, 2),
        paid=values.optional(svc, 3),
        revenue_code=svc[4],
        units=values.optional(svc, 7),
        statuses=read_statuses(loop, values),
        line_control_number=reference(loop, "FJ"),
        pharmacy_number=reference(loop, "XZ"),
        service_from=start,
        service_to=end,
    )


def read_statuses(loop: Loop, values: Values) -> tuple[Status, ...]:
    """Every STC of a loop."""
    return tuple(read_status(each, values) for each in loop if each.id == "STC")


def read_status(segment: Segment, values: Values) -> Status:
    """STC."""
    codes: list[StatusCode] = []
    for position in (1, 10, 11):
        if segment[position]:
            category, code, entity, code_list = (*segment.components(position), "", "", "")[:4]
            codes.append(StatusCode(category=category, code=code, entity=entity, code_list=code_list))
    if not segment[1]:
        values.note(segment, 1, "STC01 is missing.")
    return Status(
        codes=tuple(codes),
        effective_date=values.day(segment, 2),
        action=segment[3],
        charge=values.optional(segment, 4),
        paid=values.optional(segment, 5),
        finalized_date=values.day(segment, 6),
        payment_date=values.day(segment, 8),
        payment_number=segment[9],
        text=segment[12],
    )


def write_statuses(statuses: Iterable[Status], delimiters: Delimiters = DEFAULT_DELIMITERS) -> Segments:
    """STC, one for each."""
    for each in statuses:
        first, second, third = ([*map(_composite, each.codes), "", "", ""])[:3]
        yield [
            "STC",
            first,
            date_text(each.effective_date),
            each.action,
            optional_text(each.charge),
            optional_text(each.paid),
            date_text(each.finalized_date),
            "",
            date_text(each.payment_date),
            each.payment_number,
            second,
            third,
            plain(each.text, 264, delimiters),
        ]


def _composite(code: StatusCode) -> Element:
    return [code.category, code.code, code.entity, code.code_list]


def write_status_lines(lines: Iterable[StatusLine], delimiters: Delimiters = DEFAULT_DELIMITERS) -> Segments:
    """SVC with what belongs to it, for each."""
    for each in lines:
        yield [
            "SVC",
            [each.qualifier, each.code, *each.modifiers],
            money_text(each.charge),
            optional_text(each.paid),
            each.revenue_code,
            "",
            "",
            optional_text(each.units),
        ]
        yield from write_statuses(each.statuses, delimiters)
        yield from write_numbers({"FJ": each.line_control_number, "XZ": each.pharmacy_number})
        yield from write_served(each.service_from, each.service_to)


def write_numbers(by_qualifier: dict[str, str]) -> Segments:
    """A REF for each number that is there."""
    for qualifier, value in by_qualifier.items():
        if value:
            yield ["REF", qualifier, value]


def write_served(start: date | None, end: date | None) -> Segments:
    """DTP*472, nothing without a date."""
    if start:
        yield ["DTP", "472", *period(start, end)]

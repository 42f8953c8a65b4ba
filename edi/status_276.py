"""276: asking one payer what became of our claims, written and read. Source: X12 005010X212."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from edi.elements import Values, money_text
from edi.envelope import InterchangeHeader, InterchangeWriter, Kind, TransactionSet, transaction_sets
from edi.errors import Problem, X12Error
from edi.hierarchy import DEPENDENT, PROVIDER, RECEIVER, SOURCE, SUBSCRIBER, read_levels
from edi.loops import Loop, first, reference, split, text_of
from edi.parties import Name, Organization, Person, read_name, write_name
from edi.segments import DEFAULT_DELIMITERS, Delimiters
from edi.status_codes import (
    Segments,
    StatusLine,
    read_status_line,
    write_numbers,
    write_served,
    write_status_lines,
)

GUIDE = "005010X212"
_NUMBERS = {
    "1K": "payer_control_number",
    "BLT": "bill_type",
    "LU": "location",
    "6P": "group_number",
    "EJ": "claim_number",
    "XZ": "pharmacy_number",
    "D9": "clearinghouse_number",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryProvider:
    """Loop 2100C: the provider as on the claim."""

    name: Name
    npi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquirySubscriber:
    """Loops 2000D, 2100D. Birth date and sex are required when the subscriber is the patient."""

    name: Name
    member_id: str
    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryPatient:
    """Loops 2000E, 2100E: only when not the subscriber."""

    name: Person
    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusInquiry:
    """Loop 2200: one claim to ask about. `charge` in dollars."""

    provider: InquiryProvider
    subscriber: InquirySubscriber
    patient: InquiryPatient | None = None
    trace: str  # TRN02: comes back in the answer
    payer_control_number: str = ""  # REF*1K
    bill_type: str = ""  # REF*BLT, institutional only
    claim_number: str = ""  # REF*EJ: our CLM01
    location: str = ""  # REF*LU: the payer's application or location
    group_number: str = ""  # REF*6P
    pharmacy_number: str = ""  # REF*XZ
    clearinghouse_number: str = ""  # REF*D9
    charge: Decimal | None = None  # AMT*T3
    service_from: date | None = None  # DTP*472
    service_to: date | None = None
    lines: tuple[StatusLine, ...] = ()  # 2210: only when single lines are asked about
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusInquiryBatch:
    """One interchange with one 276 to one payer."""

    header: InterchangeHeader
    payer_name: str
    payer_id: str
    receiver_name: str  # 2100B: who asks and gets the answer
    receiver_id: str
    reference: str  # BHT03
    set_control_number: str = "0001"
    inquiries: tuple[StatusInquiry, ...]


_Tree = dict[InquiryProvider, dict[InquirySubscriber, dict[InquiryPatient | None, list[StatusInquiry]]]]


def write_inquiries(batch: StatusInquiryBatch) -> bytes:
    """The 276. Inquiries are grouped by provider, subscriber and patient in order of first appearance.

    Raises X12Error when there is nothing to ask, or a trace comes twice.
    """
    traces = [each.trace for each in batch.inquiries]
    if not traces:
        raise X12Error("An inquiry batch needs at least one claim.")
    if len(set(traces)) < len(traces):
        raise X12Error("Two inquiries have the same trace number.", segment_id="TRN", element=2)
    tree: _Tree = {}
    for each in batch.inquiries:
        subscribers = tree.setdefault(each.provider, {}).setdefault(each.subscriber, {})
        subscribers.setdefault(each.patient, []).append(each)
    return _Writer(batch).write(tree)


class _Writer:
    def __init__(self, batch: StatusInquiryBatch) -> None:
        self.batch = batch
        self.out = InterchangeWriter(batch.header, functional_id="HR", guide=GUIDE)
        self.levels = 0

    def write(self, tree: _Tree) -> bytes:
        batch, out = self.batch, self.out
        written_at = batch.header.written_at
        out.begin_set("276", batch.set_control_number)
        out.segment("BHT", "0010", "13", batch.reference, f"{written_at:%Y%m%d}", f"{written_at:%H%M}")
        source = self._level("", SOURCE, children=True)
        self._name("PR", Organization(name=batch.payer_name), "PI", batch.payer_id)
        receiver = self._level(source, RECEIVER, children=True)
        self._name("41", Organization(name=batch.receiver_name), "46", batch.receiver_id)
        for provider, subscribers in tree.items():
            above = self._level(receiver, PROVIDER, children=True)
            self._name("1P", provider.name, "XX", provider.npi)
            for subscriber, patients in subscribers.items():
                self._subscriber(above, subscriber, patients)
        out.end_set()
        return out.finish()

    def _subscriber(
        self, above: str, subscriber: InquirySubscriber, patients: dict[InquiryPatient | None, list[StatusInquiry]]
    ) -> None:
        dependents = any(each is not None for each in patients)
        own = self._level(above, SUBSCRIBER, children=dependents)
        if None in patients:
            self._birth(subscriber.birth_date, subscriber.sex)
        self._name("IL", subscriber.name, "MI", subscriber.member_id)
        for inquiry in patients.get(None, ()):
            self.out.segments(segments_of(inquiry, self.batch.header.delimiters))
        for patient, inquiries in patients.items():
            if patient is not None:
                self._level(own, DEPENDENT, children=None)
                self._birth(patient.birth_date, patient.sex)
                self._name("QC", patient.name)
                for inquiry in inquiries:
                    self.out.segments(segments_of(inquiry, self.batch.header.delimiters))

    def _level(self, parent: str, code: str, *, children: bool | None) -> str:
        self.levels += 1
        self.out.segment("HL", str(self.levels), parent, code, "" if children is None else str(int(children)))
        return str(self.levels)

    def _birth(self, day: date | None, sex: str) -> None:
        if day:
            self.out.segment("DMG", "D8", f"{day:%Y%m%d}", sex)

    def _name(self, entity: str, name: Name, qualifier: str = "", id: str = "") -> None:
        marks: Delimiters = self.batch.header.delimiters
        self.out.segment(*write_name(entity, name, qualifier, id, delimiters=marks))


def segments_of(inquiry: StatusInquiry, delimiters: Delimiters = DEFAULT_DELIMITERS) -> Segments:
    """What the writer makes of the inquiry alone, from its TRN on."""
    yield ["TRN", "1", inquiry.trace]
    yield from write_numbers({qualifier: getattr(inquiry, field) for qualifier, field in _NUMBERS.items()})
    if inquiry.charge is not None:
        yield ["AMT", "T3", money_text(inquiry.charge)]
    yield from write_served(inquiry.service_from, inquiry.service_to)
    yield from write_status_lines(inquiry.lines, delimiters)


def read_inquiries(stream: BinaryIO | bytes) -> Iterator[StatusInquiry]:
    """Every inquiry of every 276 of the file, with the payer left out. Raises X12Error when it is not X12."""
    for transaction in transaction_sets(stream):
        if transaction.kind is Kind.STATUS_276:
            yield from inquiries_in(transaction)


def inquiries_in(transaction: TransactionSet) -> Iterator[StatusInquiry]:
    """The same of one transaction set."""
    values = Values("2000")
    provider = InquiryProvider(name=Organization(name=""), npi="")
    subscriber = InquirySubscriber(name=Organization(name=""), member_id="")
    for level, block in read_levels(transaction, values):
        head, loops = split(block, "TRN")
        nm1, dmg = first(head, "NM1"), first(head, "DMG")
        name: Name = read_name(nm1) if nm1 else Organization(name="")
        born, sex = (values.day(dmg, 2), dmg[3]) if dmg else (None, "")
        patient: InquiryPatient | None = None
        match level.code if level else "":
            case code if code == PROVIDER:
                provider = InquiryProvider(name=name, npi=nm1[9] if nm1 else "")
            case code if code == SUBSCRIBER:
                member_id = nm1[9] if nm1 else ""
                subscriber = InquirySubscriber(name=name, member_id=member_id, birth_date=born, sex=sex)
            case code if code == DEPENDENT:
                person = name if isinstance(name, Person) else Person(last_name=name.name)
                patient = InquiryPatient(name=person, birth_date=born, sex=sex)
        for loop in loops:
            yield _read_inquiry(loop, provider, subscriber, patient, values)
            values.problems.clear()


def _read_inquiry(
    loop: Loop,
    provider: InquiryProvider,
    subscriber: InquirySubscriber,
    patient: InquiryPatient | None,
    values: Values,
) -> StatusInquiry:
    own, lines = split(loop, "SVC")
    charge, served = first(own, "AMT", "T3"), first(own, "DTP", "472")
    start, end = values.period(served, 2) if served else (None, None)
    return StatusInquiry(
        provider=provider,
        subscriber=subscriber,
        patient=patient,
        trace=loop[0][2],
        payer_control_number=reference(own, "1K"),
        bill_type=reference(own, "BLT"),
        claim_number=reference(own, "EJ"),
        location=reference(own, "LU"),
        group_number=reference(own, "6P"),
        pharmacy_number=reference(own, "XZ"),
        clearinghouse_number=reference(own, "D9"),
        charge=values.money(charge, 2) if charge else None,
        service_from=start,
        service_to=end,
        lines=tuple(read_status_line(each, values) for each in lines),
        problems=tuple(values.problems),
        raw=text_of(loop),
        segment_number=loop[0].number,
    )

"""277CA: which claims of a batch the payer (or clearinghouse) took; read and written. Source: X12 005010X214."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from edi.elements import Values, money_text, period
from edi.envelope import InterchangeHeader, InterchangeWriter, Kind, TransactionSet, transaction_sets
from edi.errors import Problem, X12Error
from edi.hierarchy import PATIENT, PROVIDER, RECEIVER, SOURCE, read_levels
from edi.loops import Loop, first, reference, split, text_of
from edi.parties import NamedParty, Reference, read_party, read_reference, write_references
from edi.segments import DEFAULT_DELIMITERS, Delimiters, Segment
from edi.status_codes import (
    Segments,
    Status,
    StatusLine,
    read_status_line,
    read_statuses,
    write_numbers,
    write_served,
    write_status_lines,
    write_statuses,
)
from edi.status_levels import Head, StatusLevels, write_named

GUIDE = "005010X214"
_REJECTING = frozenset({"A3", "A4", "A6", "A7", "A8"})


def _rejects(statuses: tuple[Status, ...]) -> bool:
    return any(code.category in _REJECTING for each in statuses for code in each.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAck:
    """Loop 2200D (and 2220D): the answer on one claim."""

    number: str  # TRN02: our CLM01
    patient: NamedParty | None = None
    provider: NamedParty | None = None  # the billing provider above it
    statuses: tuple[Status, ...] = ()
    payer_control_number: str = ""  # REF*1K
    clearinghouse_number: str = ""  # REF*D9
    bill_type: str = ""  # REF*BLT
    service_from: date | None = None
    service_to: date | None = None
    lines: tuple[StatusLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)

    @property
    def rejected(self) -> bool:
        """A status of the claim or of one of its lines refuses it (A3, A4, A6, A7, A8)."""
        return _rejects(self.statuses) or any(_rejects(each.statuses) for each in self.lines)

    @property
    def accepted(self) -> bool:
        """The payer has it for adjudication (A2), or forwarded or split it without refusing (A0, A1, A5)."""
        return bool(self.statuses) and not self.rejected

    @property
    def charge(self) -> Decimal | None:
        """STC04 of the first status, dollars."""
        return self.statuses[0].charge if self.statuses else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAck:
    """Loops 2000C, 2200C: totals or a refusal for one billing provider. Amounts in dollars."""

    provider: NamedParty | None
    trace: str = ""  # TRN02
    statuses: tuple[Status, ...] = ()
    references: tuple[Reference, ...] = ()
    accepted_count: Decimal | None = None  # QTY*QA
    rejected_count: Decimal | None = None  # QTY*QC
    accepted_amount: Decimal | None = None  # AMT*YU
    rejected_amount: Decimal | None = None  # AMT*YY

    @property
    def rejected(self) -> bool:
        return _rejects(self.statuses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack277CA:
    """One 277CA transaction set. `batch_reference` is our BHT03. Amounts in dollars."""

    source: NamedParty | None  # 2100A: payer or clearinghouse
    receiver: NamedParty | None  # 2100B: us
    reference: str = ""  # BHT03: theirs
    source_trace: str = ""  # 2200A TRN02
    batch_reference: str = ""  # 2200B TRN02
    received_date: date | None = None  # DTP*050
    processed_date: date | None = None  # DTP*009
    statuses: tuple[Status, ...] = ()  # 2200B: on the batch as a whole
    accepted_count: Decimal | None = None  # QTY*90
    rejected_count: Decimal | None = None  # QTY*AA
    accepted_amount: Decimal | None = None  # AMT*YU
    rejected_amount: Decimal | None = None  # AMT*YY
    providers: tuple[ProviderAck, ...] = ()
    claims: tuple[ClaimAck, ...] = ()
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)

    @property
    def rejected(self) -> bool:
        """The batch as a whole is refused: no claim of it goes on."""
        return _rejects(self.statuses)


def read_277ca(stream: BinaryIO | bytes) -> Iterator[Ack277CA]:
    """Every claim acknowledgment of the file. Other transaction sets are passed over.

    Raises X12Error when the file is not X12 or breaks off; unreadable values are problems of claim or batch.
    """
    for transaction in transaction_sets(stream):
        if transaction.kind is Kind.ACK_277CA:
            yield ack_in(transaction)


def ack_in(transaction: TransactionSet) -> Ack277CA:
    """The acknowledgment of one transaction set."""
    values = Values()
    source: Loop = []
    receiver: Loop = []
    providers: list[ProviderAck] = []
    claims: list[ClaimAck] = []
    provider: NamedParty | None = None
    heading: Segment | None = None
    raw: list[str] = []
    for level, block in read_levels(transaction, values):
        raw.append(text_of(block))
        match level.code if level else "":
            case "":
                heading = heading or first(block, "BHT")
            case code if code == SOURCE:
                source = block
            case code if code == RECEIVER:
                receiver = block
            case code if code == PROVIDER:
                provider = _named(block)
                providers.append(_provider(block, provider, values))
            case code if code == PATIENT:
                claims += _claims(block, provider)
    theirs, trace = first(source, "TRN"), first(receiver, "TRN")
    received, processed = first(source, "DTP", "050"), first(source, "DTP", "009")
    return Ack277CA(
        source=_named(source),
        receiver=_named(receiver),
        reference=heading[3] if heading else "",
        source_trace=theirs[2] if theirs else "",
        batch_reference=trace[2] if trace else "",
        received_date=values.period(received, 2)[0] if received else None,
        processed_date=values.period(processed, 2)[0] if processed else None,
        statuses=read_statuses(receiver, values),
        accepted_count=_amount(receiver, "QTY", "90", values),
        rejected_count=_amount(receiver, "QTY", "AA", values),
        accepted_amount=_amount(receiver, "AMT", "YU", values),
        rejected_amount=_amount(receiver, "AMT", "YY", values),
        providers=tuple(providers),
        claims=tuple(claims),
        problems=tuple(values.problems),
        raw="".join(raw),
        segment_number=transaction.segment_number,
    )


def _named(block: Loop) -> NamedParty | None:
    segment = first(block, "NM1")
    return read_party(segment) if segment else None


def _amount(block: Loop, name: str, qualifier: str, values: Values) -> Decimal | None:
    segment = first(block, name, qualifier)
    return values.optional(segment, 2) if segment else None


def _provider(block: Loop, provider: NamedParty | None, values: Values) -> ProviderAck:
    trace = first(block, "TRN")
    return ProviderAck(
        provider=provider,
        trace=trace[2] if trace else "",
        statuses=read_statuses(block, values),
        references=tuple(read_reference(each) for each in block if each.id == "REF"),
        accepted_count=_amount(block, "QTY", "QA", values),
        rejected_count=_amount(block, "QTY", "QC", values),
        accepted_amount=_amount(block, "AMT", "YU", values),
        rejected_amount=_amount(block, "AMT", "YY", values),
    )


def _claims(block: Loop, provider: NamedParty | None) -> Iterator[ClaimAck]:
    """The guide has one claim (TRN) for each patient level; more than one is read as well."""
    head, loops = split(block, "TRN")
    patient = _named(head)
    for loop in loops:
        values = Values("2200D")
        own, lines = split(loop, "SVC")
        served = first(own, "DTP", "472")
        start, end = values.period(served, 2) if served else (None, None)
        yield ClaimAck(
            number=loop[0][2],
            patient=patient,
            provider=provider,
            statuses=read_statuses(own, values),
            payer_control_number=reference(own, "1K"),
            clearinghouse_number=reference(own, "D9"),
            bill_type=reference(own, "BLT"),
            service_from=start,
            service_to=end,
            lines=tuple(read_status_line(each, values) for each in lines),
            problems=tuple(values.problems),
            raw=text_of(loop),
            segment_number=loop[0].number,
        )


def write_277ca(header: InterchangeHeader, acks: Sequence[Ack277CA]) -> bytes:
    """One interchange with a transaction set for each, the claims below their providers in the given order.

    Raises X12Error when a claim's provider is not among the providers, or a value holds what X12 can't carry.
    """
    out = InterchangeWriter(header, functional_id="HN", guide=GUIDE)
    written_at = header.written_at
    for number, ack in enumerate(acks, 1):
        out.begin_set("277", f"{number:04d}")
        out.segment("BHT", "0085", "08", ack.reference, f"{written_at:%Y%m%d}", f"{written_at:%H%M}", "TH")
        _levels(ack, header.delimiters).write(out)
        out.end_set()
    return out.finish()


def _levels(ack: Ack277CA, marks: Delimiters) -> StatusLevels:
    levels = StatusLevels()
    path: list[Head] = [(SOURCE, write_named(ack.source, marks))]
    levels.place(path, _source(ack))
    path.append((RECEIVER, write_named(ack.receiver, marks)))
    levels.place(path, _receiver(ack, marks))
    waiting = list(ack.claims)
    for provider in ack.providers:
        below: list[Head] = [*path, (PROVIDER, write_named(provider.provider, marks))]
        levels.place(below, _provider_segments(provider, marks), fresh=True)
        for claim in [each for each in waiting if each.provider == provider.provider]:
            patient: Head = (PATIENT, write_named(claim.patient, marks))
            levels.place([*below, patient], segments_of(claim, marks), fresh=True)
        waiting = [each for each in waiting if each.provider != provider.provider]
    if waiting:
        raise X12Error("The provider of a claim is not among the providers of its acknowledgment.", segment_id="HL")
    return levels


def segments_of(claim: ClaimAck, delimiters: Delimiters = DEFAULT_DELIMITERS) -> Segments:
    """What the writer makes of the answer on one claim, from its TRN on."""
    yield ["TRN", "2", claim.number]
    yield from write_statuses(claim.statuses, delimiters)
    numbers = {"1K": claim.payer_control_number, "D9": claim.clearinghouse_number, "BLT": claim.bill_type}
    yield from write_numbers(numbers)
    yield from write_served(claim.service_from, claim.service_to)
    yield from write_status_lines(claim.lines, delimiters)


def _source(ack: Ack277CA) -> Segments:
    if ack.source_trace:
        yield ["TRN", "1", ack.source_trace]
    for qualifier, day in (("050", ack.received_date), ("009", ack.processed_date)):
        if day:
            yield ["DTP", qualifier, *period(day, None)]


def _receiver(ack: Ack277CA, marks: Delimiters) -> Segments:
    if ack.batch_reference:
        yield ["TRN", "2", ack.batch_reference]
    yield from write_statuses(ack.statuses, marks)
    yield from _totals(ack, "90", "AA")


def _provider_segments(provider: ProviderAck, marks: Delimiters) -> Segments:
    if provider.trace:
        yield ["TRN", "1", provider.trace]
    yield from write_statuses(provider.statuses, marks)
    yield from write_references(provider.references)
    yield from _totals(provider, "QA", "QC")


def _totals(ack: Ack277CA | ProviderAck, accepted: str, rejected: str) -> Segments:
    """QTY and AMT: how many and how much was taken and refused."""
    for name, qualifier, value in (
        ("QTY", accepted, ack.accepted_count),
        ("QTY", rejected, ack.rejected_count),
        ("AMT", "YU", ack.accepted_amount),
        ("AMT", "YY", ack.rejected_amount),
    ):
        if value is not None:
            yield [name, qualifier, money_text(value)]

"""Reads 835 files: one claim in memory at a time. Source: X12 005010X221A1."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import BinaryIO

from edi.elements import Values
from edi.envelope import EnvelopeReader, Kind, TransactionSet, transaction_sets
from edi.errors import Problem
from edi.parties import (
    Contact,
    Reference,
    read_address,
    read_contact,
    read_reference,
)
from edi.remit_835.facts import (
    ProviderAdjustment,
    ProviderSummary,
    RemitClaim,
    RemitHeader,
    RemitParty,
    WholeRemit,
)
from edi.remit_835.read_claim import ClaimReader
from edi.segments import Segment
from edi.tokenizer import Run

_STARTS = frozenset({"LX", "CLP", "PLB", "SE", "TS2", "TS3"})


def read_remits(stream: BinaryIO | bytes) -> Iterator["Remittance"]:
    """The remittances of a file (one per ST), each to be read before the next is asked for.

    Raises X12Error when the file is not X12 or breaks off; what else is wrong stands in `problems`, of the claim it
    concerns or of the remittance.
    """
    reader = transaction_sets(stream)
    for transaction in reader:
        if transaction.kind is Kind.REMIT_835:
            remit = Remittance(transaction, reader)
            yield remit
            remit.finish()


class Remittance:
    """One 835 being read. Iterate over `claims` once; then `provider_adjustments` and `problems` are complete."""

    def __init__(self, transaction: TransactionSet, reader: EnvelopeReader) -> None:
        self._values = Values()
        self._passages = transaction.passages(_STARTS)
        self._texts = iter(self._passages)
        self._reader = reader
        self._envelope_problems = len(reader.problems)
        self._delimiters = transaction.interchange.delimiters
        self._plb: list[ProviderAdjustment] = []
        heading = self._passages.run(transaction.segment_number, next(self._texts).count(self._delimiters.segment) + 1)
        self.header: RemitHeader = _header(heading, transaction, self._values)
        self.claims: Iterator[RemitClaim] = self._read_claims()

    @property
    def provider_adjustments(self) -> tuple[ProviderAdjustment, ...]:
        """Every pair of every PLB. Claims not read yet are passed over."""
        self.finish()
        return tuple(self._plb)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Faults of header, envelope and PLB (a claim's own are in the claim). Claims not read yet are passed over."""
        self.finish()
        return (*self._values.problems, *self._reader.problems[self._envelope_problems :])

    def finish(self) -> None:
        """Read on to the SE."""
        for _ in self.claims:
            pass

    def whole(self) -> WholeRemit:
        """All of it in memory; call it before reading claims."""
        claims = tuple(self.claims)
        return WholeRemit(
            header=self.header,
            claims=claims,
            provider_adjustments=self.provider_adjustments,
            problems=self.problems,
        )

    def _read_claims(self) -> Iterator[RemitClaim]:
        read = ClaimReader(self._passages, self._delimiters).read
        mark = self._delimiters.segment
        number = self.header.segment_number + self.header.raw.count(mark)
        header_number = ""
        summary: ProviderSummary | None = None
        for text in self._texts:
            bares = text.split(mark)
            if text.startswith("CLP"):
                yield read(text, bares, number, header_number, summary)
            else:
                run = self._passages.run(number, len(bares))
                header_number, summary = self._between_claims(run, header_number, summary)
            number += len(bares)

    def _between_claims(
        self, run: Run, header_number: str, summary: ProviderSummary | None
    ) -> tuple[str, ProviderSummary | None]:
        """LX, TS3 and TS2, which say what the claims that follow stand below, and PLB, behind them all."""
        name = run.name
        if name == "LX":
            header_number, summary = run.segment(0)[1], None
        elif name == "PLB":
            self._plb += _provider_adjustments(run.segment(0), self._values)
        elif name in ("TS3", "TS2"):
            summary = _summary(run, summary)
        for segment in islice(run, 1, None):
            self._values.note(segment, None, f"{segment.id[:3]} stands outside a claim.", "stray")
        return header_number, summary


def _summary(run: Run, before: ProviderSummary | None) -> ProviderSummary:
    """TS3, or TS2 with the TS3 before it."""
    elements = tuple(run.parts[0][1:])
    if run.name == "TS3":
        return ProviderSummary(elements=elements, raw=run.text)
    before = before or ProviderSummary()
    return replace(before, inpatient=elements, raw=before.raw + run.text)


def _header(run: Run, transaction: TransactionSet, values: Values) -> RemitHeader:
    segments = list(run)
    first: dict[str, Segment] = {}
    parties: dict[str, _PartyReading] = {}
    party: _PartyReading | None = None
    references: list[Reference] = []
    dates: dict[str, date] = {}
    for segment in segments:
        if segment.id == "N1":
            party = parties.setdefault(segment[1], _PartyReading(segment))
        elif party:
            party.take(segment)
        elif segment.id == "REF":
            references.append(read_reference(segment))
        elif segment.id == "DTM":
            if day := values.day(segment, 2):
                dates.setdefault(segment[1], day)
        else:
            first.setdefault(segment.id, segment)
    start = segments[0]
    for needed in ("BPR", "TRN"):
        if needed not in first:
            values.problems.append(start.problem("missing", f"{needed} is missing."))
    for entity, who in (("PR", "payer"), ("PE", "payee")):
        if entity not in parties:
            values.problems.append(start.problem("missing", f"The {who} (N1*{entity}) is missing."))
    bpr, trn = first.get("BPR", _nothing(start)), first.get("TRN", _nothing(start))
    receiver = next((each.value for each in references if each.qualifier == "EV"), "")
    return RemitHeader(
        interchange=transaction.interchange,
        group=transaction.group,
        set_control_number=transaction.control_number,
        handling=bpr[1],
        paid=values.money(bpr, 2) if "BPR" in first else Decimal(0),
        credit_debit=bpr[3],
        method=bpr[4],
        payment_format=bpr[5],
        originating_company=bpr[10],
        payment_date=values.day(bpr, 16),
        trace_number=trn[2],
        payer_id=trn[3],
        trace_supplement=trn[4],
        receiver_id=receiver,
        references=tuple(each for each in references if each.qualifier != "EV"),
        production_date=dates.get("405"),
        payer=parties["PR"].result() if "PR" in parties else RemitParty(),
        payee=parties["PE"].result() if "PE" in parties else RemitParty(),
        raw=run.text,
        segment_number=run.number,
    )


def _nothing(start: Segment) -> Segment:
    return Segment("", start.number, start.offset, start.delimiters, [""])


class _PartyReading:
    """Gathers an N1 loop."""

    def __init__(self, start: Segment) -> None:
        self.start = start
        self.street: Segment | None = None
        self.place: Segment | None = None
        self.references: list[Reference] = []
        self.contacts: list[Contact] = []

    def take(self, segment: Segment) -> None:
        match segment.id:
            case "N3":
                self.street = segment
            case "N4":
                self.place = segment
            case "REF":
                self.references.append(read_reference(segment))
            case "PER":
                self.contacts.append(read_contact(segment))

    def result(self) -> RemitParty:
        return RemitParty(
            name=self.start[2],
            id_qualifier=self.start[3],
            id=self.start[4],
            address=read_address(self.street, self.place),
            references=tuple(self.references),
            contacts=tuple(self.contacts),
        )


def _provider_adjustments(segment: Segment, values: Values) -> list[ProviderAdjustment]:
    """PLB: up to six pairs of (code, reference) and amount."""
    fiscal = values.day(segment, 2)
    found = []
    for position in range(3, len(segment.parts), 2):
        if not segment[position] and not segment[position + 1]:
            continue
        code, _, reference = segment[position].partition(segment.delimiters.component)
        found.append(
            ProviderAdjustment(
                provider_id=segment[1],
                fiscal_date=fiscal,
                code=code,
                reference=reference,
                amount=values.money(segment, position + 1),
                segment_number=segment.number,
            )
        )
    return found

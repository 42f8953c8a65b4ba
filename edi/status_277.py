"""277: the payer's answer to a claim status inquiry, read and written. Source: X12 005010X212."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import BinaryIO

from edi.elements import Values
from edi.envelope import InterchangeHeader, InterchangeWriter, Kind, TransactionSet, transaction_sets
from edi.errors import Problem, X12Error
from edi.hierarchy import DEPENDENT, PROVIDER, RECEIVER, SOURCE, SUBSCRIBER, Level, read_levels
from edi.loops import Loop, first, reference, split, text_of
from edi.parties import Contact, NamedParty, read_contact, read_party, write_contact
from edi.segments import DEFAULT_DELIMITERS, Delimiters
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

GUIDE = "005010X212"
_NUMBERS = {
    "1K": "payer_control_number",
    "BLT": "bill_type",
    "EJ": "claim_number",
    "XZ": "pharmacy_number",
    "VV": "voucher_number",
    "D9": "clearinghouse_number",
}


class AnswerLevel(StrEnum):
    """Who the answer is about. Above `claim` it is a refusal of the inquiry itself."""

    RECEIVER = "receiver"
    PROVIDER = "provider"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAnswer:
    """One TRN with its statuses. Amounts are in the statuses, in dollars."""

    level: AnswerLevel
    trace: str  # TRN02 as we sent it
    statuses: tuple[Status, ...] = ()
    payer: NamedParty | None = None
    payer_contacts: tuple[Contact, ...] = ()
    receiver: NamedParty | None = None  # who had asked
    provider: NamedParty | None = None
    subscriber: NamedParty | None = None
    patient: NamedParty | None = None  # only when not the subscriber
    payer_control_number: str = ""  # REF*1K
    claim_number: str = ""  # REF*EJ: our CLM01
    bill_type: str = ""  # REF*BLT
    clearinghouse_number: str = ""  # REF*D9
    pharmacy_number: str = ""  # REF*XZ
    voucher_number: str = ""  # REF*VV
    service_from: date | None = None
    service_to: date | None = None
    lines: tuple[StatusLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)

    @property
    def category(self) -> str:
        """Category of the first status: A*, P*, F*, R*, E*, D0."""
        return self.statuses[0].category if self.statuses else ""

    @property
    def pending(self) -> bool:
        return self.category.startswith("P")

    @property
    def finalized(self) -> bool:
        return self.category.startswith("F")

    @property
    def wants_information(self) -> bool:
        return self.category.startswith("R")

    @property
    def not_found(self) -> bool:
        """The payer has no such claim (D0, or A4)."""
        return self.category in ("D0", "A4")

    @property
    def paid(self) -> Decimal | None:
        """STC05 of the first status, dollars."""
        return self.statuses[0].paid if self.statuses else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAnswerBatch:
    """One interchange with one 277."""

    header: InterchangeHeader
    reference: str  # BHT03
    set_control_number: str = "0001"
    answers: tuple[StatusAnswer, ...]


def write_answers(batch: StatusAnswerBatch) -> bytes:
    """The 277, answers in the given order; neighbours share payer, receiver, provider, subscriber and patient.

    Raises X12Error when there is no answer, or a value holds what X12 can't carry.
    """
    if not batch.answers:
        raise X12Error("An answer needs at least one status.", segment_id="TRN")
    out = InterchangeWriter(batch.header, functional_id="HN", guide=GUIDE)
    marks, written_at = batch.header.delimiters, batch.header.written_at
    out.begin_set("277", batch.set_control_number)
    out.segment("BHT", "0010", "08", batch.reference, f"{written_at:%Y%m%d}", f"{written_at:%H%M}", "DG")
    levels = StatusLevels()
    for each in batch.answers:
        levels.place(_path(each, marks), segments_of(each, marks))
    levels.write(out)
    out.end_set()
    return out.finish()


def _path(answer: StatusAnswer, marks: Delimiters) -> list[Head]:
    contacts = [write_contact(each, marks) for each in answer.payer_contacts]
    path: list[Head] = [
        (SOURCE, [*write_named(answer.payer, marks), *contacts]),
        (RECEIVER, write_named(answer.receiver, marks)),
    ]
    if answer.level is not AnswerLevel.RECEIVER:
        path.append((PROVIDER, write_named(answer.provider, marks)))
    if answer.level is AnswerLevel.CLAIM:
        path.append((SUBSCRIBER, write_named(answer.subscriber, marks)))
        if answer.patient:
            path.append((DEPENDENT, write_named(answer.patient, marks)))
    return path


def segments_of(answer: StatusAnswer, delimiters: Delimiters = DEFAULT_DELIMITERS) -> Segments:
    """What the writer makes of the answer alone, from its TRN on."""
    yield ["TRN", "1" if answer.level is AnswerLevel.PROVIDER else "2", answer.trace]
    yield from write_statuses(answer.statuses, delimiters)
    yield from write_numbers({qualifier: getattr(answer, field) for qualifier, field in _NUMBERS.items()})
    yield from write_served(answer.service_from, answer.service_to)
    yield from write_status_lines(answer.lines, delimiters)


def read_answers(stream: BinaryIO | bytes) -> Iterator[StatusAnswer]:
    """Every answer of every 277 of the file, level by level. Other transaction sets are passed over.

    Raises X12Error when the file is not X12 or breaks off; unreadable values are problems of their answer.
    """
    for transaction in transaction_sets(stream):
        if transaction.kind is Kind.STATUS_277:
            yield from answers_in(transaction)


def answers_in(transaction: TransactionSet) -> Iterator[StatusAnswer]:
    """The same of one transaction set."""
    shared = Values()
    parties: dict[str, NamedParty | None] = {}
    contacts: tuple[Contact, ...] = ()
    for level, block in read_levels(transaction, shared):
        if level is None:
            continue
        named = first(block, "NM1")
        _forget_below(level, parties)
        parties[level.code] = read_party(named) if named else None
        head, loops = split(block, "TRN")
        if level.code == SOURCE:
            contacts = tuple(read_contact(each) for each in head if each.id == "PER")
        for loop in loops:
            values = Values("2200")
            values.problems += shared.problems
            yield _answer(level, loop, parties, contacts, values)
        shared.problems.clear()


def _forget_below(level: Level, parties: dict[str, NamedParty | None]) -> None:
    order = (SOURCE, RECEIVER, PROVIDER, SUBSCRIBER, DEPENDENT)
    if level.code in order:
        for code in order[order.index(level.code) :]:
            parties.pop(code, None)


def _answer(
    level: Level,
    loop: Loop,
    parties: dict[str, NamedParty | None],
    contacts: tuple[Contact, ...],
    values: Values,
) -> StatusAnswer:
    own, lines = split(loop, "SVC")
    served = first(own, "DTP", "472")
    start, end = values.period(served, 2) if served else (None, None)
    levels = {RECEIVER: AnswerLevel.RECEIVER, PROVIDER: AnswerLevel.PROVIDER}
    return StatusAnswer(
        level=levels.get(level.code, AnswerLevel.CLAIM),
        trace=loop[0][2],
        statuses=read_statuses(own, values),
        payer=parties.get(SOURCE),
        payer_contacts=contacts,
        receiver=parties.get(RECEIVER),
        provider=parties.get(PROVIDER),
        subscriber=parties.get(SUBSCRIBER),
        patient=parties.get(DEPENDENT),
        **{field: reference(own, qualifier) for qualifier, field in _NUMBERS.items()},
        service_from=start,
        service_to=end,
        lines=tuple(read_status_line(each, values) for each in lines),
        problems=tuple(values.problems),
        raw=text_of(loop),
        segment_number=loop[0].number,
    )

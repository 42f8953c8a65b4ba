"""277: the payer's answer to a claim status inquiry. Source: X12 005010X212."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import BinaryIO

from edi.elements import Values
from edi.envelope import Kind, TransactionSet, transaction_sets
from edi.errors import Problem
from edi.hierarchy import DEPENDENT, PROVIDER, RECEIVER, SOURCE, SUBSCRIBER, Level, read_levels
from edi.loops import Loop, first, reference, split, text_of
from edi.parties import NamedParty, read_party
from edi.status_codes import Status, StatusLine, read_status_line, read_statuses


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
    provider: NamedParty | None = None
    subscriber: NamedParty | None = None
    patient: NamedParty | None = None  # only when not the subscriber
    payer_control_number: str = ""  # REF*1K
    claim_number: str = ""  # REF*EJ: our CLM01
    bill_type: str = ""  # REF*BLT
    clearinghouse_number: str = ""  # REF*D9
    pharmacy_number: str = ""  # REF*XZ
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


def read_answers(stream: BinaryIO | bytes) -> Iterator[StatusAnswer]:
    """Every answer of every 277 of the file, level by level. Other transaction sets are passed over.

    Raises X12Error when the file is not X12 or breaks off; unreadable values are problems of their answer.
    """
    for transaction in transaction_sets(stream):
        if transaction.kind is Kind.STATUS_277:
            yield from _read_set(transaction)


def _read_set(transaction: TransactionSet) -> Iterator[StatusAnswer]:
    shared = Values()
    parties: dict[str, NamedParty | None] = {}
    for level, block in read_levels(transaction, shared):
        if level is None:
            continue
        named = first(block, "NM1")
        _forget_below(level, parties)
        parties[level.code] = read_party(named) if named else None
        _, loops = split(block, "TRN")
        for loop in loops:
            values = Values("2200")
            values.problems += shared.problems
            yield _answer(level, loop, parties, values)
        shared.problems.clear()


def _forget_below(level: Level, parties: dict[str, NamedParty | None]) -> None:
    order = (SOURCE, RECEIVER, PROVIDER, SUBSCRIBER, DEPENDENT)
    if level.code in order:
        for code in order[order.index(level.code) :]:
            parties.pop(code, None)


def _answer(level: Level, loop: Loop, parties: dict[str, NamedParty | None], values: Values) -> StatusAnswer:
    own, lines = split(loop, "SVC")
    served = first(own, "DTP", "472")
    start, end = values.period(served, 2) if served else (None, None)
    levels = {RECEIVER: AnswerLevel.RECEIVER, PROVIDER: AnswerLevel.PROVIDER}
    return StatusAnswer(
        level=levels.get(level.code, AnswerLevel.CLAIM),
        trace=loop[0][2],
        statuses=read_statuses(own, values),
        payer=parties.get(SOURCE),
        provider=parties.get(PROVIDER),
        subscriber=parties.get(SUBSCRIBER),
        patient=parties.get(DEPENDENT),
        payer_control_number=reference(own, "1K"),
        claim_number=reference(own, "EJ"),
        bill_type=reference(own, "BLT"),
        clearinghouse_number=reference(own, "D9"),
        pharmacy_number=reference(own, "XZ"),
        service_from=start,
        service_to=end,
        lines=tuple(read_status_line(each, values) for each in lines),
        problems=tuple(values.problems),
        raw=text_of(loop),
        segment_number=loop[0].number,
    )

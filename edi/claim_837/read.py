"""Reads 837 files one claim at a time. Source: X12 005010X222A1, X223A2, X224A2."""

from collections.abc import Iterator
from typing import BinaryIO

from edi.claim_837.facts import AnyClaim, BillingProvider, Heading, Patient, Payer, Subscriber
from edi.claim_837.read_claim import Above, ClaimTables, read_claim
from edi.claim_837.read_levels import read_billing, read_heading, read_patient, read_subscriber
from edi.claim_837.reading import Reading
from edi.envelope import TransactionSet, transaction_sets
from edi.errors import X12Error
from edi.facts import make
from edi.hierarchy import DEPENDENT, SOURCE, SUBSCRIBER, checked_level
from edi.tokenizer import Run

STARTS = frozenset({"HL", "CLM", "SE"})


class ClaimSet:
    """One transaction set: its heading and, once, its claims. To be read before the next one is asked for."""

    def __init__(self, transaction: TransactionSet, tables: ClaimTables) -> None:
        self.interchange = transaction.interchange
        self.group = transaction.group
        self._runs = transaction.runs(STARTS)
        self._tables = tables
        self._component = transaction.interchange.delimiters.component
        self.heading: Heading = read_heading(next(self._runs), transaction.guide, self._component)

    def __iter__(self) -> Iterator[AnyClaim]:
        """The claims in the order of the file. Raises X12Error when one stands outside the hierarchy."""
        place, tables, reading = _Place(self._component), self._tables, Reading(self._component)
        for run in self._runs:
            name = run.name
            if name == "CLM":
                above = place.above
                yield read_claim(run, above or place.look(run), tables, reading)
            elif name == "HL":
                place.enter(run)


def read_sets(stream: BinaryIO | bytes, tables: ClaimTables) -> Iterator[ClaimSet]:
    """The transaction sets of one kind of 837; others are passed over.

    Raises X12Error when the file is not X12, breaks off, or a claim stands outside the hierarchy. A value that can't
    be read is a problem of its claim.
    """
    for transaction in transaction_sets(stream):
        if transaction.kind is tables.kind:
            yield ClaimSet(transaction, tables)


class _Place:
    """Where in the hierarchy the reader stands."""

    def __init__(self, component: str) -> None:
        self.reading = Reading(component)
        self.known: set[str] = set()
        self.payers: dict[tuple[str, ...], Payer] = {}
        self.above: Above | None = None
        self.billing: BillingProvider | None = None
        self.subscriber: tuple[Subscriber, Payer] | None = None
        self.patient: Patient | None = None

    def enter(self, run: Run) -> None:
        """A new HL: what hung below it is gone."""
        reading = self.reading
        reading.index, reading.loop = 0, "2000"
        code = checked_level(run.parts[0], self.known, reading.note)[2]
        self.above = self.patient = None
        if code == SOURCE:
            self.billing, self.subscriber = read_billing(run, reading), None
        elif code == SUBSCRIBER:
            self.subscriber = read_subscriber(run, reading, self.payers)
        elif code == DEPENDENT:
            self.patient = read_patient(run, reading)
        reading.found = []

    def look(self, run: Run) -> Above:
        """The levels above the claims that follow."""
        if self.billing is None or self.subscriber is None:
            raise _outside(run, "billing provider" if self.billing is None else "subscriber")
        subscriber, payer = self.subscriber
        problems = self.billing.problems + subscriber.problems
        if self.patient:
            problems += self.patient.problems
        levels: dict[str, object] = {
            "billing": self.billing,
            "subscriber": subscriber,
            "payer": payer,
            "patient": self.patient,
        }
        levels["problems"] = problems
        self.above = make(Above, levels)
        return self.above


def _outside(run: Run, what: str) -> X12Error:
    code = SOURCE if what == "billing provider" else SUBSCRIBER
    return run.segment(0).error(f"The claim stands below no {what} level (HL {code}).", loop="2300")

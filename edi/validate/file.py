"""Validates a whole file: envelopes, structure, elements, and the rules about claims, in one pass."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

from edi.envelope import EnvelopeReader, Kind, TransactionSet
from edi.errors import Problem, X12Error
from edi.guides import Guide, control_segments, guide_for
from edi.guides.library import KNOWN_SETS
from edi.segments import Segment
from edi.tokenizer import Block
from edi.validate.elements import faults_of
from edi.validate.finding import ERROR, WARNING, Finding
from edi.validate.grammar import grammar_of
from edi.validate.reading import facts_of
from edi.validate.rules import Place, RulesOfSet
from edi.validate.structure import Walk

_LOOPS = {Kind.REMIT_835: "2100", Kind.CLAIM_837P: "2300", Kind.CLAIM_837I: "2300", Kind.CLAIM_837D: "2300"}


def validate(stream: BinaryIO | bytes, *, tables: Any = None) -> Iterator[Finding]:
    """Everything wrong with a file, SNIP types 1 to 5, roughly in the order of the file; memory is a few blocks.

    `tables` are external code lists for the rules (see `edi.validate.tables`); without them only shapes are checked.
    Raises X12Error when the text is not X12 or is version 4010; a file that breaks off later is a finding.
    """
    reader = _Envelope(stream)
    transactions = iter(reader)
    while True:
        try:
            transaction = next(transactions, None)
        except X12Error as error:
            if not reader.interchanges:
                raise
            yield from reader.fresh()
            yield _of_problem(error.problem())
            return
        yield from reader.fresh()
        if transaction is None:
            return
        check = _SetCheck(transaction, reader, tables)
        yield from check.findings()
        if check.broken:
            yield from reader.fresh()
            return


class _Envelope(EnvelopeReader):
    """Checks the elements of the control segments, too."""

    def __init__(self, stream: BinaryIO | bytes) -> None:
        super().__init__(stream)
        self._found: list[Finding] = []
        self._told = 0

    def fresh(self) -> Iterator[Finding]:
        """What was found since the last time."""
        found, self._found = self._found, []
        yield from found
        for problem in self.problems[self._told :]:
            yield _of_problem(problem)
        self._told = len(self.problems)

    def _take_control(self, segment: Segment) -> None:
        super()._take_control(segment)
        use = control_segments().get(segment.id)
        if not use:
            return
        parts = segment.parts
        if segment.id == "ISA":  # its own marks stand in ISA11 and ISA16
            parts = [value if at not in (11, 16) else "." for at, value in enumerate(parts)]
        for fault in faults_of(use, parts, segment.delimiters):
            self._found.append(
                Finding(
                    level=1,
                    severity=fault.severity,
                    code=fault.code,
                    says=fault.says,
                    loop=segment.id,
                    segment=segment.id,
                    element=fault.element,
                    component=fault.component,
                    segment_number=segment.number,
                    byte_offset=segment.offset,
                )
            )


class _SetCheck:
    """One transaction set: its structure is walked while its facts are read."""

    def __init__(self, transaction: TransactionSet, reader: EnvelopeReader, tables: Any) -> None:
        self.transaction = transaction
        self.reader = reader
        self.tables = tables
        self.broken = False
        self._errors = 0
        self._error: X12Error | None = None

    def findings(self) -> Iterator[Finding]:
        guarded = self._guarded(self.transaction.blocks)
        first = next(guarded, None)
        if first is None:
            yield from self._ending()
            return
        blocks = chain([first], guarded)
        guide = guide_for(self.transaction.id, self.transaction.guide, _purpose(first))
        if guide is None:
            self.transaction.blocks = blocks
            yield _unknown(self.transaction)
            yield from self._drained()
            return
        yield from _version(self.transaction, guide)
        walk = Walk(grammar_of(guide, self.transaction.interchange.delimiters))
        self.transaction.blocks = walk.watch(blocks)
        yield from self._ruled(walk)
        yield from self._drained()
        if not self._error:
            walk.end()
        yield from walk.journal.taken()

    def _ruled(self, walk: Walk) -> Iterator[Finding]:
        """Facts through the rules; findings of the walk come out in between."""
        kind = self.transaction.kind
        rules = RulesOfSet(kind)
        marks = self.transaction.interchange.delimiters
        loop = _LOOPS.get(kind)
        place = Place(raw="", number=self.transaction.segment_number, tables=self.tables)
        try:
            for fact in facts_of(self.transaction, self.reader):
                number = getattr(fact, "segment_number", 0) or self.transaction.segment_number
                place = Place(
                    raw=getattr(fact, "raw", ""),
                    number=number,
                    loop=loop,
                    delimiters=marks,
                    offset_of=walk.journal.offset_of,
                    tables=self.tables,
                    written_on=self.transaction.group.date,
                )
                if walk.journal.found:
                    yield from self._counted(walk.journal.taken())
                yield from rules.take(fact, place)
            yield from rules.end(place)
        except X12Error as error:
            yield from self._counted(walk.journal.taken())
            if not self._errors and not self._error:  # else the walk has named the fault
                yield _of_problem(error.problem(), level=2)

    def _counted(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for each in findings:
            self._errors += each.severity == ERROR
            yield each

    def _guarded(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """The blocks; where they break off, the error is kept and they end."""
        try:
            yield from blocks
        except X12Error as error:
            self._error = error
            self.broken = True

    def _drained(self) -> Iterator[Finding]:
        for _ in self.transaction.blocks:
            pass
        yield from self._ending()

    def _ending(self) -> Iterator[Finding]:
        if self._error:
            yield _of_problem(self._error.problem())


def _purpose(block: Block) -> str:
    """BHT02."""
    for elements in block.parts[1:2]:
        if elements[0] == "BHT" and len(elements) > 2:
            return elements[2]
    return ""


def _unknown(transaction: TransactionSet) -> Finding:
    known = transaction.id in KNOWN_SETS
    return Finding(
        level=2,
        severity=ERROR if known else WARNING,
        code="unknown-guide",
        says=(
            "This version of the transaction set has no tables here; only its envelope was checked."
            if known
            else "This kind of transaction set has no tables here; only its envelope was checked."
        ),
        loop="ST",
        segment="ST",
        element=3 if known else 1,
        segment_number=transaction.segment_number,
    )


def _version(transaction: TransactionSet, guide: Guide) -> Iterator[Finding]:
    group = transaction.group
    if group.functional_id != guide.functional_id:
        says = f"GS01 is not the code of this kind of transaction set: {guide.functional_id} is expected."
        yield _of_group(transaction, ERROR, "bad-code", 1, says)
    if transaction.guide not in guide.accepted:
        says = f"The version is not one that these tables were made for: {guide.accepted[0]} is expected."
        yield _of_group(transaction, WARNING, "version", 8, says)
    elif group.guide != transaction.guide:
        yield _of_group(transaction, WARNING, "version", 8, "GS08 and ST03 name different versions.")


def _of_group(transaction: TransactionSet, severity: str, code: str, element: int, says: str) -> Finding:
    return Finding(
        level=1,
        severity=severity,
        code=code,
        says=says,
        loop="GS",
        segment="GS",
        element=element,
        segment_number=transaction.group.segment_number,
    )


def _of_problem(problem: Problem, *, level: int = 1) -> Finding:
    return Finding(
        level=level,
        severity=ERROR,
        code=problem.code,
        says=problem.says,
        loop=problem.loop,
        segment=problem.segment_id,
        element=problem.element,
        segment_number=problem.segment_number,
        byte_offset=problem.byte_offset,
    )

"""Writes 837 batches of any kind. Source: X12 005010X222A1, X223A2, X224A2."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Generic, TypeVar

from edi.claim_837.facts import AnyBatch, AnyClaim, BillingProvider, Patient, Payer, Subscriber, WrittenBatch
from edi.claim_837.write_levels import write_billing, write_heading, write_patient, write_subscriber
from edi.claim_837.writing import Writing
from edi.envelope import InterchangeWriter
from edi.errors import X12Error
from edi.hierarchy import DEPENDENT, SOURCE, SUBSCRIBER
from edi.segments import Delimiters

ClaimT = TypeVar("ClaimT", bound=AnyClaim)


def write_batch(
    batch: AnyBatch,
    claims: Sequence[ClaimT],
    guide: str,
    check: Callable[[ClaimT], None],
    write_claim: Callable[[Writing, ClaimT], None],
) -> WrittenBatch:
    """One interchange, one group, one transaction set. Claims are grouped by billing provider, subscriber (with
    payer) and patient in order of first appearance.

    Raises X12Error when there is no claim, a claim number comes twice, or a value that isn't free text holds a
    delimiter; `check` raises it for what its guide has no room for.
    """
    if not claims:
        raise X12Error("A batch needs at least one claim.")
    if len({each.number for each in claims}) < len(claims):
        raise X12Error("Two claims of the batch have the same claim number.", segment_id="CLM", element=1)
    for each in claims:
        check(each)
    return _BatchWriter(batch, guide, write_claim).write(claims)


def claim_segments(
    claim: ClaimT, write_claim: Callable[[Writing, ClaimT], None], delimiters: Delimiters
) -> Iterator[list[str]]:
    """The segments of one claim, CLM to its last, each as its elements; composites are joined.

    A claim that lacks something, or has too much of it, is written as it is: this serves to compare.
    """
    w = Writing(delimiters, strict=False)
    write_claim(w, claim)
    w.text()
    yield from w.out


def check_size(claim: AnyClaim, *, most_lines: int) -> None:
    """Raise X12Error when the claim has no lines, or more than its guide has room for."""
    if not 1 <= len(claim.lines) <= most_lines:
        raise X12Error(f"A claim of this kind carries 1 to {most_lines} lines.", segment_id="LX", loop="2400")


class _Subtree(Generic[ClaimT]):
    """The claims of one subscriber and payer, for each patient (None: the subscriber)."""

    __slots__ = ("patients", "payer", "subscriber")

    def __init__(self, subscriber: Subscriber, payer: Payer) -> None:
        self.subscriber = subscriber
        self.payer = payer
        self.patients: dict[Patient | None, list[ClaimT]] = {}


class _Tree(Generic[ClaimT]):
    """The subscribers of one billing provider, in order of first appearance.

    Hashing a subscriber with all its parts costs as much as writing it, so they are told apart by member id first.
    """

    __slots__ = ("_by_member", "subtrees")

    def __init__(self) -> None:
        self.subtrees: list[_Subtree[ClaimT]] = []
        self._by_member: dict[tuple[str, date | None], list[_Subtree[ClaimT]]] = {}

    def subtree(self, subscriber: Subscriber, payer: Payer) -> _Subtree[ClaimT]:
        """The place of a subscriber and payer, a new one when they are."""
        alike = self._by_member.setdefault((subscriber.member_id, subscriber.birth_date), [])
        for each in alike:
            if each.subscriber == subscriber and each.payer == payer:
                return each
        fresh: _Subtree[ClaimT] = _Subtree(subscriber, payer)
        alike.append(fresh)
        self.subtrees.append(fresh)
        return fresh


class _BatchWriter(Generic[ClaimT]):
    def __init__(self, batch: AnyBatch, guide: str, write_claim: Callable[[Writing, ClaimT], None]) -> None:
        self.batch = batch
        self.write_claim = write_claim
        self.segments = Writing(batch.header.delimiters)
        self.out = InterchangeWriter(batch.header, functional_id="HC", guide=guide)
        self.levels = 0
        self.claims: dict[str, str] = {}
        self.contexts: dict[str, str] = {}
        self.positions: dict[str, tuple[int, int]] = {}

    def write(self, claims: Sequence[ClaimT]) -> WrittenBatch:
        out, w = self.out, self.segments
        out.begin_set("837", self.batch.set_control_number)
        w.begin()
        write_heading(w, self.batch)
        self._flush()
        for billing, tree in _grouped(claims).items():
            top = self._level("", SOURCE, children=True)
            write_billing(w, billing)
            above = self._flush()
            for each in tree.subtrees:
                self._subscriber(top, above, each)
        out.end_set()
        return WrittenBatch(content=out.finish(), claims=self.claims, contexts=self.contexts, positions=self.positions)

    def _level(self, parent: str, code: str, *, children: bool) -> str:
        self.levels += 1
        number = str(self.levels)
        self.segments.begin().append(["HL", number, parent, code, "1" if children else "0"])
        return number

    def _flush(self) -> str:
        text = self.segments.text()
        self.out.add(text, len(self.segments.out))
        return text

    def _subscriber(self, top: str, above: str, tree: _Subtree[ClaimT]) -> None:
        dependents = len(tree.patients) > (None in tree.patients)
        own = self._level(top, SUBSCRIBER, children=dependents)
        write_subscriber(self.segments, tree.subscriber, tree.payer)
        context = above + self._flush()
        for claim in tree.patients.get(None, ()):
            self._claim(context, claim)
        if not dependents:
            return
        for patient, claims in tree.patients.items():
            if patient is not None:
                self._level(own, DEPENDENT, children=False)
                write_patient(self.segments, patient)
                inner = context + self._flush()
                for claim in claims:
                    self._claim(inner, claim)

    def _claim(self, context: str, claim: ClaimT) -> None:
        first = self.out.position + 1
        self.segments.begin()
        self.write_claim(self.segments, claim)
        number = claim.number
        self.claims[number] = self._flush()
        self.contexts[number] = context
        self.positions[number] = (first, self.out.position)


def _grouped(claims: Sequence[ClaimT]) -> dict[BillingProvider, _Tree[ClaimT]]:
    trees: dict[BillingProvider, _Tree[ClaimT]] = {}
    last: BillingProvider | None = None
    tree: _Tree[ClaimT] = _Tree()
    for claim in claims:
        if claim.billing is not last:
            last = claim.billing
            tree = trees.get(last) or trees.setdefault(last, _Tree())
        patients = tree.subtree(claim.subscriber, claim.payer).patients
        patients.setdefault(claim.patient, []).append(claim)
    return trees

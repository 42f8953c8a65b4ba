"""999: syntax verdict on a group and each transaction set of it, read and written. Source: X12 005010X231A1.

The 997, its forerunner, is read as well: it says AK3, AK4 and AK5 where the 999 says IK3, IK4 and IK5.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from edi.elements import Values, plain
from edi.envelope import InterchangeHeader, InterchangeWriter, Kind, TransactionSet, transaction_sets
from edi.errors import Problem
from edi.segments import DEFAULT_DELIMITERS, Delimiters, Element, Segment

GUIDE = "005010X231A1"
Segments = Iterator[Sequence[Element]]
_ACCEPTING = ("A", "E")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """CTX: a situational trigger, or the business unit (for an 837 the claim number, name CLM01)."""

    name: str  # CTX01-1
    value: str = ""  # CTX01-2
    segment_id: str = ""  # CTX02
    position: int | None = None  # CTX03
    loop: str = ""  # CTX04
    element: int | None = None  # CTX05-1
    component: int | None = None  # CTX05-2
    repeat: int | None = None  # CTX05-3
    reference: str = ""  # CTX06-1


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementError:
    """IK4."""

    position: int | None  # IK401-1
    component: int | None = None  # IK401-2
    repeat: int | None = None  # IK401-3
    reference: str = ""  # IK402
    code: str  # IK403
    value: str = ""  # IK404: the bad value, may be PHI
    contexts: tuple[Context, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentError:
    """IK3. `position` counts from the ST (= 1) of the transaction set that we had sent."""

    segment_id: str  # IK301
    position: int  # IK302
    loop: str = ""  # IK303
    code: str  # IK304
    contexts: tuple[Context, ...] = ()
    elements: tuple[ElementError, ...] = ()

    @property
    def says(self) -> str:
        """The place and fault in plain words."""
        where = f" in loop {self.loop}" if self.loop else ""
        parts = [f"{self.segment_id} (segment {self.position}{where}): {_segment_says(self.code)}"]
        parts += [f"element {each.position}: {_element_says(each.code)}" for each in self.elements if each.position]
        return "; ".join(parts) + "."


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVerdict:
    """AK2 with its IK5: one transaction set."""

    set_id: str  # AK201
    control_number: str  # AK202 = our ST02
    guide: str = ""  # AK203
    status: str  # IK501: A, E, M, R, W, X
    codes: tuple[str, ...] = ()  # IK502-06
    errors: tuple[SegmentError, ...] = ()

    @property
    def accepted(self) -> bool:
        """A and E: it goes on to the payer."""
        return self.status in _ACCEPTING


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack999:
    """AK1 to AK9: the verdict on one functional group."""

    functional_id: str  # AK101
    group_control_number: str  # AK102 = our GS06
    guide: str = ""  # AK103
    status: str  # AK901: A, E, P, R, M, W, X
    included: int = 0  # AK902
    received: int = 0  # AK903
    accepted_count: int = 0  # AK904
    codes: tuple[str, ...] = ()  # AK905-09
    sets: tuple[SetVerdict, ...] = ()
    set_control_number: str = field(default="0001", compare=False)  # ST02 of the 999 itself
    problems: tuple[Problem, ...] = ()
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)

    @property
    def accepted(self) -> bool:
        """The whole group is accepted (A or E)."""
        return self.status in _ACCEPTING

    @property
    def partial(self) -> bool:
        return self.status == "P"

    def accepts(self, set_control_number: str) -> bool:
        """Whether one of our transaction sets got through: its own verdict, else the group's.

        A partial acceptance (P) rejects only the transaction sets that it names as rejected.
        """
        for each in self.sets:
            if each.control_number == set_control_number:
                return each.accepted and (self.accepted or self.partial)
        return self.accepted or self.partial


_SEGMENT_SAYS = {
    "1": "not a segment of this guide",
    "2": "not expected here",
    "3": "a required segment is missing",
    "4": "the loop occurs too often",
    "5": "the segment occurs too often",
    "6": "not defined in this transaction set",
    "7": "out of order",
    "8": "has element errors",
    "I4": "not used in this guide",
    "I6": "a segment that this situation needs is missing",
    "I7": "the loop occurs too seldom",
    "I8": "occurs too seldom",
    "I9": "not allowed in this situation",
}

_ELEMENT_SAYS = {
    "1": "required but missing",
    "2": "a condition between elements is not met",
    "3": "too many elements",
    "4": "too short",
    "5": "too long",
    "6": "has a character that is not allowed",
    "7": "a code that is not in the list",
    "8": "not a date",
    "9": "not a time",
    "10": "two elements exclude each other",
    "12": "repeated too often",
    "13": "too many components",
    "I6": "a code value that this guide doesn't use",
    "I9": "required in this situation but missing",
    "I10": "not used in this guide",
    "I11": "occurs too seldom",
    "I12": "doesn't match the pattern that the guide asks for",
    "I13": "not allowed in this situation",
}


def _segment_says(code: str) -> str:
    return _SEGMENT_SAYS.get(code, f"segment error {code}")


def _element_says(code: str) -> str:
    return _ELEMENT_SAYS.get(code, f"element error {code}")


def read_999(stream: BinaryIO | bytes) -> Iterator[Ack999]:
    """Every group verdict of the file (one per ST). Other transaction sets are passed over."""
    for transaction in transaction_sets(stream):
        if transaction.kind is Kind.ACK_999:
            yield ack_in(transaction)


def ack_in(transaction: TransactionSet) -> Ack999:
    """The acknowledgment of one transaction set."""
    reading = _Reading()
    raw = []
    for segment in transaction:
        raw.append(segment.text)
        reading.take(segment)
    return reading.result("".join(raw), transaction)


class _Reading:
    """Gathers one 999 from its segments."""

    def __init__(self) -> None:
        self.values = Values()
        self.group: Segment | None = None
        self.closing: Segment | None = None
        self.sets: list[SetVerdict] = []
        self.errors: list[SegmentError] = []
        self.elements: list[ElementError] = []  # of the last error
        self.contexts: list[Context] = []  # of the last element, else of the last error

    def take(self, segment: Segment) -> None:
        match segment.id:
            case "AK1":
                self.group = segment
            case "AK2":
                verdict = SetVerdict(set_id=segment[1], control_number=segment[2], guide=segment[3], status="")
                self.sets.append(verdict)
                self.errors, self.elements, self.contexts = [], [], []
            case "IK3" | "AK3":
                self._close_error()
                self.errors.append(
                    SegmentError(
                        segment_id=segment[1],
                        position=self.values.number(segment, 2),
                        loop=segment[3],
                        code=segment[4],
                    )
                )
            case "CTX":
                self._context(segment)
            case "IK4" | "AK4":
                self._element(segment)
            case "IK5" | "AK5":
                self._verdict(segment)
            case "AK9":
                self.closing = segment

    def _context(self, segment: Segment) -> None:
        if not self.errors:
            return
        name, value = (*segment.components(1), "")[:2]
        place, component, repeat = (*segment.components(5), "", "")[:3]
        found = Context(
            name=name,
            value=value,
            segment_id=segment[2],
            position=self.values.number(segment, 3) if segment[3] else None,
            loop=segment[4],
            element=_int(place),
            component=_int(component),
            repeat=_int(repeat),
            reference=segment.components(6)[0],
        )
        self.contexts.append(found)

    def _element(self, segment: Segment) -> None:
        if not self.errors:
            self.values.note(segment, None, "IK4 without IK3.")
            return
        position, component, repeat = (*segment.components(1), "", "")[:3]
        found = ElementError(
            position=_int(position),
            component=_int(component),
            repeat=_int(repeat),
            reference=segment[2],
            code=segment[3],
            value=segment[4],
        )
        self._close_contexts()
        self.elements.append(found)

    def _close_contexts(self) -> None:
        found, self.contexts = tuple(self.contexts), []
        if found and self.elements:
            self.elements[-1] = replace(self.elements[-1], contexts=found)
        elif found:
            self.errors[-1] = replace(self.errors[-1], contexts=found)

    def _close_error(self) -> None:
        self._close_contexts()
        if self.elements:
            self.errors[-1] = replace(self.errors[-1], elements=tuple(self.elements))
            self.elements = []

    def _verdict(self, segment: Segment) -> None:
        if not self.sets:
            self.values.note(segment, None, "IK5 without AK2.")
            return
        self._close_error()
        self.sets[-1] = replace(
            self.sets[-1],
            status=segment[1],
            codes=tuple(each for each in segment.parts[2:7] if each),
            errors=tuple(self.errors),
        )
        self.errors = []

    def result(self, raw: str, transaction: TransactionSet) -> Ack999:
        segment_number = transaction.segment_number
        group, closing, values = self.group, self.closing, self.values
        if group is None or closing is None:
            values.problems.append(
                Problem(code="missing", says="AK1 or AK9 is missing.", segment_number=segment_number)
            )
        return Ack999(
            functional_id=group[1] if group else "",
            group_control_number=group[2] if group else "",
            guide=group[3] if group else "",
            status=closing[1] if closing else "",
            included=values.number(closing, 2) if closing else 0,
            received=values.number(closing, 3) if closing else 0,
            accepted_count=values.number(closing, 4) if closing else 0,
            codes=tuple(each for each in closing.parts[5:10] if each) if closing else (),
            sets=tuple(self.sets),
            set_control_number=transaction.control_number,
            problems=tuple(values.problems),
            raw=raw,
            segment_number=segment_number,
        )


def write_999(header: InterchangeHeader, acks: Sequence[Ack999]) -> bytes:
    """One interchange with a 999 for each group that is answered. Raises X12Error when a value can't be written."""
    out = InterchangeWriter(header, functional_id="FA", guide=GUIDE)
    for number, ack in enumerate(acks, 1):
        out.begin_set("999", f"{number:04d}")
        out.segments(_verdicts(ack, header.delimiters))
        out.end_set()
    return out.finish()


def segments_of(ack: Ack999, delimiters: Delimiters = DEFAULT_DELIMITERS) -> Segments:
    """The whole transaction set as the writer makes it, from ST to SE."""
    body = list(_verdicts(ack, delimiters))
    yield ["ST", "999", ack.set_control_number, GUIDE]
    yield from body
    yield ["SE", str(len(body) + 2), ack.set_control_number]


def _verdicts(ack: Ack999, delimiters: Delimiters) -> Segments:
    """AK1 to AK9. A bad value that itself holds a delimiter is quoted without it."""
    yield ["AK1", ack.functional_id, ack.group_control_number, ack.guide]
    for verdict in ack.sets:
        yield ["AK2", verdict.set_id, verdict.control_number, verdict.guide]
        for error in verdict.errors:
            yield ["IK3", error.segment_id, str(error.position), error.loop, error.code]
            yield from _contexts(error.contexts)
            for element in error.elements:
                yield _element(element, delimiters)
                yield from _contexts(element.contexts)
        yield ["IK5", verdict.status, *verdict.codes]
    counts = (ack.included, ack.received, ack.accepted_count)
    yield ["AK9", ack.status, *map(str, counts), *ack.codes]


def _element(error: ElementError, delimiters: Delimiters) -> Sequence[Element]:
    place = [_number(error.position), _number(error.component), _number(error.repeat)]
    return ["IK4", place, error.reference, error.code, plain(error.value, 99, delimiters)]


def _contexts(contexts: Iterable[Context]) -> Segments:
    for each in contexts:
        place = [_number(each.element), _number(each.component), _number(each.repeat)]
        named = [each.name, each.value]
        yield ["CTX", named, each.segment_id, _number(each.position), each.loop, place, each.reference]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _int(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else None

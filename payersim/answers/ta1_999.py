"""Receipts: TA1 for the envelope, 999 (005010X231A1) for groups and transaction sets."""

from collections.abc import Iterator, Sequence

from payersim.answers.envelope import Composite, Header, acknowledgment, interchange, segment, transaction
from payersim.interchange import Interchange
from payersim.validate import GroupVerdict, SegmentFault, SetVerdict

VERSION = "005010X231A1"
LOOP_WIDTH = 4  # element 447; the position says it all where a loop's id is longer


def write_ta1(header: Header, about: Interchange, code: str) -> bytes:
    """A TA1: accepted when `code` is 000, rejected with that note code otherwise."""
    verdict = "A" if code == "000" else "R"
    return acknowledgment(header, segment("TA1", about.control, about.date, about.time, verdict, code))


def write_999(header: Header, verdicts: Sequence[GroupVerdict]) -> bytes:
    """A 999 with one transaction set for each functional group that came in."""
    sets = [transaction("999", number, VERSION, _group(verdict)) for number, verdict in enumerate(verdicts, start=1)]
    return interchange(header, "FA", VERSION, sets)


def _group(verdict: GroupVerdict) -> Iterator[str]:
    gs = verdict.group.header
    yield segment("AK1", gs.value(1), gs.value(6), gs.value(8))
    for each in verdict.sets:
        yield from _set(each)
    counts = (verdict.group.declared, len(verdict.sets), len(verdict.accepted))
    yield segment("AK9", verdict.verdict, *(str(count) for count in counts), *verdict.codes[:5])


def _set(verdict: SetVerdict) -> Iterator[str]:
    one = verdict.transaction
    yield segment("AK2", one.kind, one.control, one.version)
    for fault in verdict.faults:
        yield from _fault(fault)
    yield segment("IK5", verdict.verdict, *verdict.codes[:5])


def _fault(fault: SegmentFault) -> Iterator[str]:
    loop = fault.loop if len(fault.loop) <= LOOP_WIDTH else ""
    yield segment("IK3", fault.segment_id, str(fault.position), loop, fault.code)
    for each in fault.elements:
        yield segment("IK4", Composite(":".join(each.position)), each.reference, each.code, each.bad_value)

"""TA1: the receiver's word on a whole interchange, read and written. Source: X12 005010, appendix C."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import BinaryIO

from edi.elements import as_date, as_time
from edi.envelope import EnvelopeReader, Interchange, InterchangeHeader, write_bare
from edi.segments import Element, Segment

_SAYS = {
    "000": "No error.",
    "001": "The control numbers in the interchange header and trailer differ.",
    "002": "This standard is not supported.",
    "003": "This version of the controls is not supported.",
    "004": "The segment terminator is not valid.",
    "005": "The sender id qualifier is not valid.",
    "006": "The sender id is not valid.",
    "007": "The receiver id qualifier is not valid.",
    "008": "The receiver id is not valid.",
    "009": "The receiver is not known to the network.",
    "010": "The authorization qualifier is not valid.",
    "011": "The authorization information is not valid.",
    "012": "The security qualifier is not valid.",
    "013": "The security information is not valid.",
    "014": "The interchange date is not valid.",
    "015": "The interchange time is not valid.",
    "016": "The standards identifier is not valid.",
    "017": "The version is not valid.",
    "018": "The interchange control number is not valid.",
    "019": "The acknowledgment request is not valid.",
    "020": "The test indicator is not valid.",
    "021": "The number of groups is not valid.",
    "022": "The control structure is not valid.",
    "023": "The file ended too early.",
    "024": "The content of the interchange is not valid.",
    "025": "The interchange control number was already used.",
    "026": "The element separator is not valid.",
    "027": "The component separator is not valid.",
    "028": "The delivery date of the deferred request is not valid.",
    "029": "The delivery time of the deferred request is not valid.",
    "030": "The delivery time code of the deferred request is not valid.",
    "031": "The grade of service is not valid.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AckTA1:
    """One TA1. `control_number` is the ISA13 of the interchange that we had sent."""

    control_number: str  # TA101, nine digits
    sent_date: date | None  # TA102
    sent_time: time | None  # TA103
    code: str  # TA104: A accepted, E accepted with errors, R rejected
    note: str  # TA105
    interchange: Interchange | None = field(default=None, compare=False, repr=False)
    raw: str = field(default="", compare=False, repr=False)
    segment_number: int = field(default=0, compare=False)

    @property
    def accepted(self) -> bool:
        """A and E: the groups inside go on and get their 999."""
        return self.code in ("A", "E")

    @property
    def says(self) -> str:
        """The note code in plain words."""
        return _SAYS.get(self.note, f"Interchange note code {self.note}.")


def write_ta1(header: InterchangeHeader, acks: Sequence[AckTA1]) -> bytes:
    """One interchange that holds just these. Raises X12Error when a value holds what X12 can't carry."""
    return write_bare(header, [segment for each in acks for segment in segments_of(each)])


def segments_of(ack: AckTA1) -> Iterator[Sequence[Element]]:
    """The TA1 itself."""
    day = f"{ack.sent_date:%y%m%d}" if ack.sent_date else ""
    at = f"{ack.sent_time:%H%M}" if ack.sent_time else ""
    yield ["TA1", ack.control_number, day, at, ack.code, ack.note]


def read_ta1(stream: BinaryIO | bytes) -> Iterator[AckTA1]:
    """Every TA1 of the file, whether it comes alone or beside other groups. Raises X12Error if it is not X12."""
    reader = EnvelopeReader(stream)
    for _ in reader:
        pass
    for segment in reader.loose:
        yield ack_of(segment, reader.interchanges)


def ack_of(segment: Segment, interchanges: list[Interchange]) -> AckTA1:
    """A TA1, with the last interchange before it as the one it stands in."""
    around = [each for each in interchanges if each.segment_number < segment.number]
    return AckTA1(
        control_number=segment[1],
        sent_date=as_date(segment[2]),
        sent_time=as_time(segment[3]),
        code=segment[4],
        note=segment[5],
        interchange=around[-1] if around else None,
        raw=segment.text,
        segment_number=segment.number,
    )

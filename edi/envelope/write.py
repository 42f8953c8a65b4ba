"""Writes one interchange around transaction sets."""

from collections.abc import Iterable, Sequence

from edi.envelope.facts import InterchangeHeader
from edi.errors import X12Error
from edi.segments import Element, write_segment


class InterchangeWriter:
    """Builds one interchange of one group with any number of transaction sets.

    begin_set → segment … → end_set, as often as wanted, then finish.
    """

    def __init__(self, header: InterchangeHeader, *, functional_id: str, guide: str) -> None:
        """`functional_id` is GS01, `guide` is GS08 and ST03. Raises X12Error for ids that don't fit an ISA."""
        self.header = header
        self.guide = guide
        self._sets = 0
        self._set_number = ""
        self._segments = 0  # of the open transaction set
        self._texts: list[str] = [_isa(header), self._gs(functional_id)]

    @property
    def position(self) -> int:
        """Segments written in the open transaction set so far, its ST included."""
        return self._segments

    def begin_set(self, set_id: str, control_number: str, *, guide: str | None = None) -> None:
        """ST. `guide` overrides ST03; an empty one leaves it out."""
        self._sets += 1
        self._segments = 0
        self._set_number = control_number
        self.segment("ST", set_id, control_number, self.guide if guide is None else guide)

    def segment(self, *elements: Element) -> str:
        """One segment; its text is returned too. Raises X12Error when a value holds a delimiter."""
        text = write_segment(elements, self.header.delimiters)
        self._texts.append(text)
        self._segments += 1
        return text

    def segments(self, many: Iterable[Sequence[Element]]) -> str:
        """Several segments; their joined text is returned too."""
        return "".join([self.segment(*each) for each in many])

    def add(self, text: str, segments: int) -> None:
        """So many segments that were written and checked elsewhere, terminators included."""
        self._texts.append(text)
        self._segments += segments

    def end_set(self) -> None:
        """SE."""
        self.segment("SE", str(self.position + 1), self._set_number)

    def finish(self) -> bytes:
        """GE, IEA and the whole as bytes."""
        self.segment("GE", str(self._sets), str(self.header.group_control_number))
        self.segment("IEA", "1", f"{self.header.control_number:09d}")
        return "".join(self._texts).encode("ascii")

    def _gs(self, functional_id: str) -> str:
        header = self.header
        return write_segment(
            (
                "GS",
                functional_id,
                header.sender_id,
                header.receiver_id,
                f"{header.written_at:%Y%m%d}",
                f"{header.written_at:%H%M}",
                str(header.group_control_number),
                "X",
                self.guide,
            ),
            header.delimiters,
        )


def write_bare(header: InterchangeHeader, segments: Iterable[Sequence[Element]]) -> bytes:
    """An interchange without groups, around segments like TA1. Raises X12Error as the writer does."""
    text = _isa(header) + "".join([write_segment(each, header.delimiters) for each in segments])
    return (text + write_segment(("IEA", "0", f"{header.control_number:09d}"), header.delimiters)).encode("ascii")


def _isa(header: InterchangeHeader) -> str:
    for name, value in (("sender", header.sender_id), ("receiver", header.receiver_id)):
        if not 2 <= len(value) <= 15:
            raise X12Error(f"The {name} id of an interchange has 2 to 15 characters.", segment_id="ISA")
    if not 0 < header.control_number <= 999_999_999 or not 0 < header.group_control_number <= 999_999_999:
        raise X12Error("Control numbers run from 1 to 999999999.", segment_id="ISA", element=13)
    marks = header.delimiters
    elements = (
        "ISA",
        "00",
        " " * 10,
        "00",
        " " * 10,
        header.sender_qualifier,
        header.sender_id.ljust(15),
        header.receiver_qualifier,
        header.receiver_id.ljust(15),
        f"{header.written_at:%y%m%d}",
        f"{header.written_at:%H%M}",
    )
    fixed = write_segment(elements, marks)[:-1]
    tail = (
        marks.repetition,
        "00501",
        f"{header.control_number:09d}",
        "1" if header.acknowledgment_requested else "0",
        header.usage,
        marks.component,
    )
    return fixed + marks.element + marks.element.join(tail) + marks.segment

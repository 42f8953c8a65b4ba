"""What can be wrong with X12 text, and where.

`X12Error` is raised only when reading can't go on (not X12, 4010, cut off) or when a caller asks to write
something that X12 can't carry. Everything else that is wrong with a file is a `Problem`: data beside the result.
Neither quotes element values, so both may be logged.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of a file that could still be read.

    `segment_number` counts from 1 (the first ISA) over the whole file; `byte_offset` is where that segment starts;
    `element` is 1-based; `loop` is the guide's loop number when the reader knows it.
    """

    code: str
    says: str
    segment_number: int | None = None
    byte_offset: int | None = None
    segment_id: str | None = None
    element: int | None = None
    loop: str | None = None


class X12Error(Exception):
    """The text is not X12 that we can read, or the facts can't be written as X12."""

    def __init__(
        self,
        says: str,
        *,
        segment_number: int | None = None,
        byte_offset: int | None = None,
        segment_id: str | None = None,
        element: int | None = None,
        loop: str | None = None,
    ) -> None:
        super().__init__(says)
        self.says = says
        self.segment_number = segment_number
        self.byte_offset = byte_offset
        self.segment_id = segment_id
        self.element = element
        self.loop = loop

    def __str__(self) -> str:
        place = [
            f"{label} {value}"
            for label, value in (
                ("segment", self.segment_number),
                ("byte", self.byte_offset),
                ("loop", self.loop),
            )
            if value is not None
        ]
        if self.segment_id:
            place.append(f"{self.segment_id}{self.element:02d}" if self.element else self.segment_id)
        return f"{self.says} ({', '.join(place)})" if place else self.says

    def problem(self) -> Problem:
        """The same fault as data."""
        return Problem(
            code="unreadable",
            says=self.says,
            segment_number=self.segment_number,
            byte_offset=self.byte_offset,
            segment_id=self.segment_id,
            element=self.element,
            loop=self.loop,
        )

"""A segment, the marks that separate its parts, and its text."""

from collections.abc import Sequence
from dataclasses import dataclass

from edi.errors import Problem, X12Error

Element = str | Sequence[str]


class Repeats(tuple[str, ...]):
    """The repetitions of an element, for `write_segment`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimiters:
    """The four separators of an interchange, one character each; `repetition` is empty when the ISA has none."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"


DEFAULT_DELIMITERS = Delimiters()


class Segment:
    """One segment: `segment[1]` is its first element, an absent one reads as an empty string.

    A plain class with slots: a frozen dataclass costs three times as much to make, and a file has millions.
    Nobody writes to it after it was made.
    """

    __slots__ = ("bare", "delimiters", "id", "number", "offset", "parts")

    def __init__(self, bare: str, number: int, offset: int, delimiters: Delimiters, parts: list[str]) -> None:
        self.bare = bare
        self.parts = parts
        self.id = parts[0]
        self.number = number
        self.offset = offset
        self.delimiters = delimiters

    def __getitem__(self, position: int) -> str:
        parts = self.parts
        return parts[position] if position < len(parts) else ""

    def __len__(self) -> int:
        """Number of elements, the id not counted."""
        return len(self.parts) - 1

    def components(self, position: int) -> list[str]:
        """The components of a composite element; an absent one is one empty string."""
        return self[position].split(self.delimiters.component)

    def repeats(self, position: int) -> list[str]:
        """The repetitions of an element."""
        mark = self.delimiters.repetition
        return self[position].split(mark) if mark else [self[position]]

    @property
    def text(self) -> str:
        """The segment as it stood in the file, terminator included, line breaks left out."""
        return self.bare + self.delimiters.segment

    def problem(self, code: str, says: str, *, element: int | None = None, loop: str | None = None) -> Problem:
        """A fault of this segment as data."""
        return Problem(
            code=code,
            says=says,
            segment_number=self.number,
            byte_offset=self.offset,
            segment_id=self.id[:3],
            element=element,
            loop=loop,
        )

    def error(self, says: str, *, element: int | None = None, loop: str | None = None) -> X12Error:
        """A fault of this segment as an exception to raise."""
        return X12Error(
            says,
            segment_number=self.number,
            byte_offset=self.offset,
            segment_id=self.id[:3],
            element=element,
            loop=loop,
        )

    def __repr__(self) -> str:
        return f"<Segment {self.number} {self.id}>"


def write_segment(elements: Sequence[Element], delimiters: Delimiters = DEFAULT_DELIMITERS) -> str:
    """One segment with its terminator; trailing empty elements and components are left out.

    A composite is given as a sequence of its components, a repeated element as `Repeats`. Raises X12Error when a
    value is not printable ASCII or holds a delimiter: free text goes through `edi.elements.plain` before.
    """
    element, component, repetition = delimiters.element, delimiters.component, delimiters.repetition
    try:
        whole = element.join(elements)  # type: ignore[arg-type]  # a composite is a TypeError: most segments have none
    except TypeError:
        pass
    else:
        if (
            component not in whole
            and whole.count(element) == len(elements) - 1
            and delimiters.segment not in whole
            and (not repetition or repetition not in whole)
            and whole.isascii()
            and whole.isprintable()
        ):
            return whole.rstrip(element) + delimiters.segment
    clean = True
    repeated = 0
    written: list[str] = []
    for each in elements:
        if isinstance(each, str):
            clean &= component not in each
            written.append(each)
        elif isinstance(each, Repeats):
            clean &= len(each) < 2 or bool(repetition)
            repeated += max(len(each) - 1, 0)
            written.append(repetition.join(each))
        else:
            joined = component.join(each)
            clean &= joined.count(component) == len(each) - 1 or not each
            written.append(joined.rstrip(component))
    while written and not written[-1]:
        written.pop()
    text = element.join(written)
    if (
        not (clean and text.isascii() and (text.isprintable() or _printable(written, delimiters)))
        or text.count(element) != len(written) - 1
        or delimiters.segment in text
        or (repetition and text.count(repetition) != repeated)
    ):
        raise X12Error("A value holds a delimiter or a character that X12 can't carry.", segment_id=written[0])
    return text + delimiters.segment


def _printable(elements: Sequence[str], delimiters: Delimiters) -> bool:
    """The same where the delimiters themselves can't be printed."""
    marks = str.maketrans("", "", delimiters.component + delimiters.repetition)
    return all(each.translate(marks).isprintable() for each in elements)

"""Element values: X12 text to Decimal, date and time, and back.

Readers keep going over a bad value: `Values` notes a Problem and gives back zero or None.
"""

import unicodedata
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from edi.errors import Problem, X12Error
from edi.segments import DEFAULT_DELIMITERS, Delimiters, Segment
from edi.tokenizer import Run

ZERO = Decimal(0)
_LONGEST_NUMBER = 20
_MOST_KEPT = 8192


def as_decimal(text: str) -> Decimal | None:
    """An X12 decimal (type R or N0), None when it isn't one. Exponents, NaN and separators are refused."""
    if len(text) > _LONGEST_NUMBER or text.strip("0123456789.-"):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


class Decimals(dict[str, Decimal | None]):
    """`DECIMALS[text]` is `as_decimal(text)`, remembered: in a file of payments the same amounts come again and again.

    Looking one up costs a fifth of making it.
    """

    def __missing__(self, text: str) -> Decimal | None:
        value = as_decimal(text)
        if value is not None:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[text] = value
        return value


DECIMALS = Decimals()


@lru_cache(maxsize=16384)  # the birth dates of 45 years
def as_date(text: str) -> date | None:
    """CCYYMMDD or YYMMDD (ISA09) as a date, None when it isn't one."""
    if not (text.isascii() and text.isdecimal()):
        return None
    if len(text) == 6:
        text = f"20{text}"
    if len(text) != 8:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_time(text: str) -> time | None:
    """HHMM, HHMMSS or with hundredths as a time, None when it isn't one."""
    if not (text.isascii() and text.isdecimal()) or len(text) not in (4, 6, 7, 8):
        return None
    try:
        return time(int(text[:2]), int(text[2:4]), int(text[4:6] or 0))
    except ValueError:
        return None


def as_period(form: str, text: str) -> tuple[date | None, date | None]:
    """D8, DT or RD8 (DTP02) as first and last day; the last one is None for a single day."""
    if form == "RD8":
        first, _, last = text.partition("-")
        return as_date(first), as_date(last)
    return as_date(text[:8]), None


def money_text(amount: Decimal) -> str:
    """Dollars as X12 writes them: no exponent, no trailing zeros after the point, no leading zero dropped."""
    text = str(amount)
    if text.isdecimal():
        return text
    if not amount.is_finite():
        raise X12Error("An amount is not a number.")
    if "E" in text:
        text = f"{amount:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def optional_text(amount: Decimal | None) -> str:
    """Like money_text; None is an absent element."""
    return "" if amount is None else money_text(amount)


@lru_cache(maxsize=4096)
def date_text(day: date | None) -> str:
    """CCYYMMDD; None is an absent element."""
    return day.isoformat().replace("-", "") if day else ""


def period(first: date, last: date | None) -> tuple[str, str]:
    """DTP02 and DTP03."""
    return ("RD8", f"{first:%Y%m%d}-{last:%Y%m%d}") if last else ("D8", f"{first:%Y%m%d}")


def plain(text: str, longest: int, delimiters: Delimiters = DEFAULT_DELIMITERS) -> str:
    """Free text as X12 can carry it: accents folded, delimiters and line breaks as one space, cut at `longest`."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    marks = {delimiters.element, delimiters.component, delimiters.repetition, delimiters.segment}
    kept = "".join(" " if each in marks or not each.isprintable() else each for each in text)
    return " ".join(kept.split())[:longest].rstrip()


class Values:
    """Reads typed elements and gathers what was wrong with them."""

    __slots__ = ("loop", "problems")

    def __init__(self, loop: str | None = None) -> None:
        self.loop = loop
        self.problems: list[Problem] = []

    def money(self, segment: Segment, position: int) -> Decimal:
        """A required amount; absent or unreadable is zero and a problem."""
        parts = segment.parts
        text = parts[position] if position < len(parts) else ""
        value = as_decimal(text)
        if value is None:
            says = "is not a number" if text else "is missing"
            self.note(segment, position, f"{segment.id}{position:02d} {says}.")
            return ZERO
        return value

    def optional(self, segment: Segment, position: int) -> Decimal | None:
        """An amount or quantity that may be absent."""
        parts = segment.parts
        text = parts[position] if position < len(parts) else ""
        return self.money(segment, position) if text else None

    def day(self, segment: Segment, position: int) -> date | None:
        """A date that may be absent."""
        text = segment[position]
        if not text:
            return None
        value = as_date(text)
        if value is None:
            self.note(segment, position, f"{segment.id}{position:02d} is not a date.")
        return value

    def period(self, segment: Segment, position: int) -> tuple[date | None, date | None]:
        """DTP02/DTP03 style format and value; `position` is the format's."""
        found = as_period(segment[position], segment[position + 1])
        if found[0] is None or (segment[position] == "RD8" and found[1] is None):
            self.note(segment, position + 1, f"{segment.id}{position + 1:02d} is not a date.")
        return found

    def number(self, segment: Segment, position: int) -> int:
        """A whole number; unreadable is zero and a problem."""
        text = segment[position]
        if text.isdecimal() and text.isascii() and len(text) < 10:
            return int(text)
        self.note(segment, position, f"{segment.id}{position:02d} is not a whole number.")
        return 0

    def note(self, segment: Segment, position: int | None, says: str, code: str = "value") -> None:
        """Record a problem of a segment."""
        self.problems.append(segment.problem(code, says, element=position, loop=self.loop))


class RunNotes:
    """The same for readers of runs, which have lists of elements in place of segments.

    What is wrong is noted with the place in the run (`index`, set by the reader) and becomes Problems at its end,
    because the objects that a Problem needs would cost a clean claim more than reading it.
    """

    __slots__ = ("found", "index", "loop")

    def __init__(self) -> None:
        self.index = 0
        self.loop: str | None = None
        self.found: list[tuple[int, str | None, int | None, str, str]] = []

    def note(self, position: int | None, says: str, code: str = "value") -> None:
        """Record a problem of the segment at `index`."""
        self.found.append((self.index, self.loop, position, says, code))

    def money(self, parts: list[str], position: int) -> Decimal:
        """A required amount; absent or unreadable is zero and a problem."""
        text = parts[position] if position < len(parts) else ""
        value = DECIMALS[text]
        if value is None:
            says = "is not a number" if text else "is missing"
            self.note(position, f"{parts[0][:3]}{position:02d} {says}.")
            return ZERO
        return value

    def optional(self, parts: list[str], position: int) -> Decimal | None:
        """An amount or quantity that may be absent."""
        return self.money(parts, position) if position < len(parts) and parts[position] else None

    def day(self, parts: list[str], position: int) -> date | None:
        """A date that may be absent."""
        text = parts[position] if position < len(parts) else ""
        if not text:
            return None
        value = as_date(text)
        if value is None:
            self.note(position, f"{parts[0][:3]}{position:02d} is not a date.")
        return value

    def problems(self, run: Run) -> tuple[Problem, ...]:
        """What was noted, as data, in the order of the file; the next run starts with none."""
        found: list[Problem] = []
        noted = sorted(self.found, key=lambda each: each[0])
        self.found = []
        segments = run.block.segments(run.start + noted[0][0], run.stop) if noted else iter(())
        segment, reached = None, noted[0][0] - 1 if noted else 0
        for index, loop, position, says, code in noted:
            while reached < index:
                segment, reached = next(segments), reached + 1
            if segment:
                found.append(segment.problem(code, says, element=position, loop=loop))
        return tuple(found)

"""Explains what is wrong with the elements of one segment. The slow path: it runs for texts the fast one refused."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from edi.guides import Slot, Type, Use
from edi.segments import Delimiters
from edi.validate.finding import ERROR, WARNING
from edi.validate.patterns import holds

_MARKS = frozenset(":>|\\<;!")  # what files use to separate components
_NUMBER = re.compile(r"-?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)")
_WHOLE = re.compile(r"-?[0-9]+")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9](?:[0-9][0-9]?)?)?")


class Fault(NamedTuple):
    """One fault of a segment's elements; `level` and `code` as in Finding."""

    level: int
    severity: str
    code: str
    element: int | None
    component: int | None
    says: str


def faults_of(use: Use, parts: Sequence[str], marks: Delimiters) -> Iterator[Fault]:
    """Everything wrong with a segment as the guide uses it here; nothing when it is right."""
    found = list(_Segment(use, parts, marks).faults())
    yield from found
    named = {fault.element for fault in found}
    present = {at: at < len(parts) and bool(parts[at]) for at in range(1, len(use.slots) + 1)}
    for note in use.notes:
        if not holds(note, present) and named.isdisjoint(note[1]):
            yield _note_fault(use, note, present)


def _note_fault(use: Use, note: tuple[str, tuple[int, ...]], present: dict[int, bool]) -> Fault:
    code, elements = note
    names = [f"{use.id}{each:02d}" for each in elements]
    if code == "E":
        return Fault(1, ERROR, "exclusive", elements[-1], None, f"Only one of {' and '.join(names)} may be there.")
    absent = next(each for each in elements if not present[each])
    if code == "R":
        return Fault(1, ERROR, "condition", elements[0], None, f"One of {', '.join(names)} must be there.")
    if code == "L":
        says = f"{names[0]} needs one of {', '.join(names[1:])} beside it."
        return Fault(1, ERROR, "condition", elements[1], None, says)
    there = next(each for each in elements if present[each])
    says = f"{use.id}{absent:02d} is missing although {use.id}{there:02d} is there."
    return Fault(1, ERROR, "condition", absent, None, says)


class _Segment:
    def __init__(self, use: Use, parts: Sequence[str], marks: Delimiters) -> None:
        self.use = use
        self.parts = parts
        self.marks = marks

    def faults(self) -> Iterator[Fault]:
        use, parts = self.use, list(self.parts)
        if len(parts) > 1 and not parts[-1]:
            says = f"{use.id} ends with a separator that nothing follows."
            yield Fault(1, WARNING, "trailing-separator", None, None, says)
            while len(parts) > 1 and not parts[-1]:
                parts.pop()
        if len(parts) - 1 > len(use.slots):
            at = len(use.slots) + 1
            yield Fault(1, ERROR, "too-many-elements", at, None, f"{use.id} has no more than {at - 1} elements.")
        form = ""
        for at, slot in enumerate(use.slots, 1):
            value = parts[at] if at < len(parts) else ""
            yield from self._element(at, slot, value, form)
            form = value

    def _element(self, at: int, slot: Slot, value: str, form: str) -> Iterator[Fault]:
        name = f"{self.use.id}{at:02d}"
        if not value.strip(" "):
            fixed = value and slot.type.least == slot.type.most  # ISA02 and ISA04 are blank in nearly every file
            if slot.usage == "R" and not fixed:
                severity = WARNING if slot.soft else ERROR
                yield Fault(2, severity, "missing-element", at, None, f"{name} is missing.")
            elif value and not fixed:
                yield Fault(1, WARNING, "blanks", at, None, f"{name} holds nothing but blanks.")
            return
        if slot.usage == "N":
            yield Fault(2, WARNING, "not-used", at, None, f"{name} is filled, but the guide does not use it here.")
            return
        repeats = value.split(self.marks.repetition) if self.marks.repetition else [value]
        if len(repeats) > slot.type.repeat:
            most = "not repeat" if slot.type.repeat == 1 else f"repeat up to {slot.type.repeat} times"
            yield Fault(1, ERROR, "too-many-repetitions", at, None, f"{name} may {most}.")
            return
        for each in repeats:
            if slot.type.parts:
                yield from self._composite(at, slot, each)
            elif self.marks.component in each:
                yield Fault(1, ERROR, "too-many-components", at, None, f"{name} has no components.")
            else:
                yield from self._value(name, at, None, slot, each, form)

    def _composite(self, at: int, slot: Slot, value: str) -> Iterator[Fault]:
        name = f"{self.use.id}{at:02d}"
        texts = value.split(self.marks.component)
        if not texts[-1]:
            says = f"{name} ends with a separator that nothing follows."
            yield Fault(1, WARNING, "trailing-separator", at, len(texts), says)
            while len(texts) > 1 and not texts[-1]:
                texts.pop()
        if len(texts) > len(slot.parts):
            says = f"{name} has no more than {len(slot.parts)} components."
            yield Fault(1, ERROR, "too-many-components", at, len(slot.parts) + 1, says)
        needed = sum(part.usage == "R" for part in slot.parts)
        if len(texts) == 1 and needed > 1 and not _MARKS.isdisjoint(value):
            says = f"{name} has one component: the separator in it is not the one that the ISA names."
            yield Fault(1, ERROR, "wrong-separator", at, None, says)
            return
        form = ""
        for number, part in enumerate(slot.parts, 1):
            text = texts[number - 1] if number <= len(texts) else ""
            label = f"{name}-{number}"
            if not text.strip(" "):
                if part.usage == "R":
                    yield Fault(2, ERROR, "missing-element", at, number, f"{label} is missing.")
            elif part.usage == "N":
                says = f"{label} is filled, but the guide does not use it here."
                yield Fault(2, WARNING, "not-used", at, number, says)
            else:
                yield from self._value(label, at, number, part, text, form)
            form = text

    def _value(self, name: str, at: int, component: int | None, slot: Slot, value: str, form: str) -> Iterator[Fault]:
        kind = slot.type
        if slot.codes is not None:
            if value not in slot.codes:
                yield self._bad_code(name, at, component, slot, value)
            return
        characters = _bad_characters(value)
        if characters:
            severity, says = characters
            yield Fault(1, severity, "bad-character", at, component, f"{name} {says}")
            if severity == ERROR:
                return
        complaint = _CHECKS[kind.kind](kind, value, form) if kind.kind in _CHECKS else None
        if complaint:
            code, says = complaint
            yield Fault(1, ERROR, code, at, component, f"{name} {says}")
            return
        bare = value.rstrip(" ")
        if bare != value and kind.kind in ("AN", "ID") and kind.least < kind.most:
            yield Fault(1, WARNING, "trailing-blanks", at, component, f"{name} ends with blanks.")
            value = bare
        yield from _length(name, at, component, kind, value)

    def _bad_code(self, name: str, at: int, component: int | None, slot: Slot, value: str) -> Fault:
        codes = sorted(slot.codes or ())
        shown = f"code {value}" if len(value) < 6 and value.isalnum() and value.isascii() else "this code"
        allowed = f" Allowed: {', '.join(codes)}." if len(codes) <= 12 else ""
        if value in slot.tolerated:
            says = f"{name}: code {value} is not in the guide, but usually taken.{allowed}"
            return Fault(2, WARNING, "bad-code", at, component, says)
        if value.strip(" ") in codes:
            return Fault(1, WARNING, "trailing-blanks", at, component, f"{name} has blanks around its code.")
        return Fault(2, ERROR, "bad-code", at, component, f"{name}: the guide does not allow {shown} here.{allowed}")


def _bad_characters(value: str) -> tuple[str, str] | None:
    if value.isascii() and value.isprintable():
        return None
    if any(each < " " or "\x7f" <= each <= "\x9f" for each in value):
        return ERROR, "holds a control character."
    return WARNING, "holds a character beyond ASCII."


def _length(name: str, at: int, component: int | None, kind: Type, value: str) -> Iterator[Fault]:
    size = sum(map(str.isdecimal, value)) if kind.kind in ("N0", "R") else len(value)
    if size > kind.most:
        says = f"{name} is {size} characters long; it can have {kind.most}."
        yield Fault(1, ERROR, "too-long", at, component, says)
    elif size < kind.least:
        says = f"{name} is {size} characters long; it needs {kind.least}."
        yield Fault(1, ERROR, "too-short", at, component, says)


Complaint = tuple[str, str] | None


def _check_whole(kind: Type, value: str, form: str) -> Complaint:
    return None if _WHOLE.fullmatch(value) else ("bad-type", "is not a whole number.")


def _check_number(kind: Type, value: str, form: str) -> Complaint:
    return None if _NUMBER.fullmatch(value) else ("bad-type", "is not a number.")


def _check_date(kind: Type, value: str, form: str) -> Complaint:
    return None if is_day(value) and len(value) == kind.most else ("bad-date", "is not a date.")


def _check_time(kind: Type, value: str, form: str) -> Complaint:
    return None if _CLOCK.fullmatch(value) else ("bad-time", "is not a time.")


def _check_period(kind: Type, value: str, form: str) -> Complaint:
    """Dates by the format named in the element before."""
    match form:
        case "D8":
            return None if len(value) == 8 and is_day(value) else ("bad-date", "is not a date as CCYYMMDD.")
        case "RD8":
            first, _, last = value.partition("-")
            if not (len(first) == len(last) == 8 and is_day(first) and is_day(last)):
                return "bad-date", "is not a range of dates as CCYYMMDD-CCYYMMDD."
            return ("bad-date", "ends before it begins.") if last < first else None
        case "DT":
            right = is_day(value[:8]) and _CLOCK.fullmatch(value[8:])
            return None if right else ("bad-date", "is not a date and time as CCYYMMDDHHMM.")
        case "TM":
            return None if _CLOCK.fullmatch(value) else ("bad-time", "is not a time as HHMM.")
        case _:
            return None


def is_day(text: str) -> bool:
    """Is it a real date as CCYYMMDD, or YYMMDD?"""
    if not (text.isascii() and text.isdecimal()) or len(text) not in (6, 8):
        return False
    year = text[:-4] if len(text) == 8 else f"20{text[:2]}"
    try:
        date(int(year), int(text[-4:-2]), int(text[-2:]))
    except ValueError:
        return False
    return True


_CHECKS = {
    "N0": _check_whole,
    "R": _check_number,
    "DT": _check_date,
    "TM": _check_time,
    "DP": _check_period,
}

"""One regular expression for each segment of a guide that accepts what is surely right.

It is the fast path: a text it accepts has no finding. A text it doesn't accept may still be right (29 February,
a long number); `edi.validate.elements` decides then. The text is filled up with separators to the full number of
elements before it is matched, so that every element has its place.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from edi.guides import Slot, Type, Use
from edi.segments import Delimiters

_DAY = "(?:19|20)[0-9]{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])(?:29|30)|(?:0[13578]|1[02])31)"
_CLOCK = "(?:[01][0-9]|2[0-3])[0-5][0-9]"
_PERIODS = {"D8": _DAY, "TM": _CLOCK, "DT": _DAY + _CLOCK}


def pattern_of(use: Use, marks: Delimiters) -> re.Pattern[str]:
    """The expression for a segment; match it with `fullmatch` against the filled-up text."""
    return _compile(_Builder(use, marks).text())


@lru_cache(maxsize=4096)
def _compile(text: str) -> re.Pattern[str]:
    return re.compile(text)


def holds(note: tuple[str, tuple[int, ...]], present: dict[int, bool]) -> bool:
    """Is a syntax note kept, given which elements are there?"""
    code, elements = note
    there = [present[each] for each in elements]
    match code:
        case "P":
            return all(there) or not any(there)
        case "R":
            return any(there)
        case "E":
            return sum(there) < 2
        case "C":
            return not there[0] or all(there)
        case _:
            return not there[0] or any(there[1:])


class _Builder:
    def __init__(self, use: Use, marks: Delimiters) -> None:
        self.use = use
        self.mark = re.escape(marks.element)
        self.part_mark = re.escape(marks.component)
        self.repeat_mark = re.escape(marks.repetition)
        reserved = marks.element + marks.component + marks.repetition + marks.segment
        usual = [re.escape(chr(each)) for each in range(32, 127) if chr(each) not in reserved]
        self.character = f"[{''.join(usual)}]"

    def text(self) -> str:
        slots = self.use.slots
        watched = self._watched()
        pieces = [re.escape(self.use.id)]
        for at, (slot, pattern) in enumerate(zip(slots, self._paired(slots, self.mark), strict=True), 1):
            if slot.usage == "N":
                pieces.append(self.mark)
            elif slot.usage == "R":
                pieces.append(self.mark + pattern)
            else:
                name = f"?P<e{at}>" if at in watched else "?:"
                pieces.append(self.mark + self._optional(at, f"({name}{pattern})"))
        return "".join(pieces)

    def _watched(self) -> set[int]:
        """Situational elements whose presence decides about a later one."""
        found: set[int] = set()
        for _, elements in self.use.notes:
            opened = {each for each in elements if self.use.slots[each - 1].usage == "S"}
            found |= opened - {max(opened)}
        return found

    def _optional(self, at: int, pattern: str) -> str:
        """A situational element: which of present, absent or both the notes allow, by what stood before it."""
        slots = self.use.slots
        fixed = {each: slots[each - 1].usage == "R" for each in range(1, len(slots) + 1)}
        opened = {each for each in fixed if slots[each - 1].usage == "S"}
        notes = [each for each in self.use.notes if max(opened & set(each[1])) == at]
        before = sorted({each for _, elements in notes for each in elements if each in opened and each != at})

        def tree(index: int, known: dict[int, bool]) -> str:
            if index < len(before):
                element = before[index]
                yes, no = tree(index + 1, known | {element: True}), tree(index + 1, known | {element: False})
                return yes if yes == no else f"(?(e{element}){yes}|{no})"
            with_it = all(holds(each, known | {at: True}) for each in notes)
            without = all(holds(each, known | {at: False}) for each in notes)
            if with_it:
                return f"{pattern}?" if without else pattern
            return "" if without else "(?!)"

        found = tree(0, fixed)
        # a group's name may stand once; where it would stand twice the slow path takes over
        return found if found.count("?P<") < 2 else "(?!)"

    def _paired(self, slots: tuple[Slot, ...], mark: str) -> Iterator[str]:
        """Patterns of the elements; a date goes by the format named before it."""
        form: Slot | None = None
        for slot in slots:
            yield self._period(form, mark) if slot.type.kind == "DP" else self._repeated(slot)
            form = slot

    def _period(self, form: Slot | None, mark: str) -> str:
        codes = (form and form.codes) or {"D8"}  # RD8 is left out: which day is later can't be seen here
        wanted = [f"(?<={mark}{code}{mark}){_PERIODS[code]}" for code in sorted(codes & _PERIODS.keys())]
        return f"(?:{'|'.join(wanted)})" if wanted else "(?!)"

    def _repeated(self, slot: Slot) -> str:
        single = self._composite(slot) if slot.type.parts else self._single(slot)
        if slot.type.repeat > 1 and self.repeat_mark:
            return f"(?:{single}(?:{self.repeat_mark}{single}){{0,{slot.type.repeat - 1}}})"
        return single

    def _composite(self, slot: Slot) -> str:
        patterns = list(self._paired(slot.parts, self.part_mark))
        last = max((at for at, each in enumerate(slot.parts) if each.usage == "R"), default=0)
        tail = ""
        for each, pattern in reversed(list(zip(slot.parts, patterns, strict=True))[last + 1 :]):
            own = "" if each.usage == "N" else f"(?:{pattern})?"
            tail = f"(?:{self.part_mark}{own}{tail})?"
        head = []
        for each, pattern in list(zip(slot.parts, patterns, strict=True))[: last + 1]:
            head.append("" if each.usage == "N" else pattern if each.usage == "R" else f"(?:{pattern})?")
        return f"(?:{self.part_mark.join(head)}{tail}(?<!{self.part_mark})(?<!{self.mark}))"

    def _single(self, slot: Slot) -> str:
        if slot.codes:
            return f"(?:{'|'.join(map(re.escape, sorted(slot.codes)))})"
        return _VALUES.get(slot.type.kind, _text)(slot.type, self.character)


def _text(kind: Type, character: str) -> str:
    return f"{character}{{{kind.least},{kind.most}}}(?<! )"


def _whole(kind: Type, character: str) -> str:
    return f"[0-9]{{{kind.least},{kind.most}}}"


def _number(kind: Type, character: str) -> str:
    behind = min(4, kind.most // 3)
    point = f"(?:[.][0-9]{{1,{behind}}})?" if behind else ""
    return f"-?[0-9]{{1,{kind.most - behind}}}{point}"


def _date(kind: Type, character: str) -> str:
    return _DAY[_DAY.index("[0-9]{2}") :] if kind.most == 6 else _DAY


def _time(kind: Type, character: str) -> str:
    return _CLOCK if kind.most == 4 else f"{_CLOCK}(?:[0-5][0-9](?:[0-9]{{2}})?)?"


_VALUES = {"N0": _whole, "R": _number, "DT": _date, "TM": _time}

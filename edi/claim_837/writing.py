"""Segments being written: gathered as lists of elements, checked once for a whole claim.

A value must not hold a delimiter or a character that X12 can't carry. To look at each value would cost more than to
write it, so what is left of the finished text without its harmless characters is counted: every element, component and
segment that was put in accounts for one mark, and a single one more is somebody's value.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from edi.adjustments import Adjustment, write_cas
from edi.claim_837.facts import Attachment, Condition, Contract, Note, Pricing
from edi.elements import money_text, plain
from edi.errors import X12Error
from edi.parties import Address, Contact, Name, Person, Reference, write_contact
from edi.segments import Delimiters

_MOST_KEPT = 8192  # composites
_MOST_MODIFIERS = 4
_MOST_POINTERS = 4


class Writing:
    """Segments of one claim or level at a time: `begin`, then functions that append to `out`, then `text`."""

    __slots__ = ("components", "foul", "harmless", "known", "last", "marks", "out", "strict", "written")

    def __init__(self, marks: Delimiters, *, strict: bool = True) -> None:
        self.marks = marks
        self.strict = strict  # refuse more modifiers and pointers than there is room for
        self.foul = marks.element, marks.component, marks.repetition or marks.segment, marks.segment
        self.harmless = bytes(set(range(32, 127)) - set("".join(self.foul).encode()))
        self.out: list[list[str]] = []
        self.components = 0  # component marks in `out`
        self.known: dict[Sequence[object], tuple[str, int]] = {}
        self.written: dict[object, tuple[list[list[str]], int]] = {}  # loops that come again: segments, components
        self.last: tuple[object, tuple[list[list[str]], int] | None] = None, None

    def begin(self) -> list[list[str]]:
        """Start anew."""
        self.out = []
        self.components = 0
        return self.out

    def again(self, fact: object, write: Callable[[], None]) -> None:
        """A loop that many claims have alike (their payer): written once, and the same segments every time."""
        found = self.last[1] if fact is self.last[0] else self.written.get(fact)
        if found is None:
            start, components = len(self.out), self.components
            write()
            if len(self.written) >= _MOST_KEPT:
                self.written.clear()
            found = self.written[fact] = self.out[start:], self.components - components
        else:
            self.out += found[0]
            self.components += found[1]
        self.last = fact, found

    def composite(self, values: tuple[str, ...]) -> str:
        """A composite element without trailing empty components. Raises X12Error when a value holds the mark."""
        found = self.known.get(values) or self._join(values, values)
        self.components += found[1]
        return found[0]

    def procedure(self, qualifier: str, code: str, modifiers: tuple[str, ...], description: str) -> str:
        """Qualifier, code, modifiers and description as one element. Raises X12Error for a fifth modifier."""
        key = (qualifier, code, modifiers, description)
        found = self.known.get(key)
        if found is None:
            if self.strict and len(modifiers) > _MOST_MODIFIERS:
                raise X12Error("A line carries at most four modifiers.", loop="2400")
            four = [*modifiers, "", "", "", ""][: max(_MOST_MODIFIERS, len(modifiers))]
            found = self._join(key, (qualifier, code, *four, self.free(description, 80)))
        self.components += found[1]
        return found[0]

    def pointers(self, numbers: tuple[int, ...]) -> str:
        """Diagnosis pointers as one element. Raises X12Error when there is none, or a fifth."""
        found = self.known.get(numbers)
        if found is None or not numbers:
            if self.strict and not 1 <= len(numbers) <= _MOST_POINTERS:
                raise X12Error("A line points to 1 to 4 diagnoses.", loop="2400")
            found = self._join(numbers, tuple([str(each) for each in numbers]))
        self.components += found[1]
        return found[0]

    def code(self, kind: str, code: str) -> str:
        """Kind and code of a code list (HI), the code without its dot."""
        key = ("HI", kind, code)
        found = self.known.get(key) or self._join(key, (kind, code.replace(".", "")))
        self.components += found[1]
        return found[0]

    def _join(self, key: Sequence[object], values: tuple[str, ...]) -> tuple[str, int]:
        mark = self.marks.component
        text = mark.join(values)
        if text.count(mark) != max(len(values) - 1, 0):
            raise refused("")
        text = text.rstrip(mark)
        if len(self.known) >= _MOST_KEPT:
            self.known.clear()
        found = self.known[key] = text, text.count(mark)
        return found

    def free(self, text: str, longest: int) -> str:
        """Free text as X12 can carry it."""
        if not text or (text.isalnum() and text.isascii() and len(text) <= longest):
            return text
        one, two, three, four = self.foul
        if (
            len(text) <= longest
            and text.isascii()
            and text.isprintable()
            and not (one in text or two in text or three in text or four in text or "  " in text)
            and text[0] != " " != text[-1]
        ):
            return text
        return plain(text, longest, self.marks)

    def text(self) -> str:
        """The segments with their terminators, trailing empty elements left out.

        Raises X12Error when a value is not printable ASCII or holds a delimiter.
        """
        marks, out = self.marks, self.out
        for parts in out:
            if not parts[-1]:
                _trim(parts)
        element = marks.element
        text = marks.segment.join([element.join(parts) for parts in out])
        expected = sum(map(len, out)) - 1 + self.components
        if out and not (text.isascii() and len(text.encode().translate(None, self.harmless)) == expected):
            raise refused(self._culprit())
        return text + marks.segment

    def _culprit(self) -> str:
        """Id of the segment with a value that can't be written."""
        marks = self.marks
        composites = {text for text, _ in self.known.values()}
        foul = {*self.foul} - {marks.component}
        for parts in self.out:
            for value in parts:
                if not value.isascii() or not value.isprintable() or any(each in value for each in foul):
                    return parts[0]
                if marks.component in value and value not in composites:
                    return parts[0]
        return ""


def refused(segment_id: str) -> X12Error:
    """The error for a value that X12 can't carry."""
    return X12Error("A value holds a delimiter or a character that X12 can't carry.", segment_id=segment_id or None)


def _trim(parts: list[str]) -> None:
    while len(parts) > 1 and not parts[-1]:
        parts.pop()


@lru_cache(maxsize=4096)
def day_text(day: date) -> str:
    """CCYYMMDD."""
    return day.isoformat().replace("-", "")


class _Amounts(dict[str, str]):
    """X12 text of a number by its Python text, worked out once."""

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[text] = money_text(Decimal(text))
        return found


_AMOUNTS = _Amounts()


def amount_text(amount: Decimal) -> str:
    """Dollars or a quantity as X12 writes them; `edi.elements.money_text`, remembered."""
    return _AMOUNTS[str(amount)]


def optional_amount(amount: Decimal | None) -> str:
    """Like amount_text; None is an absent element."""
    return "" if amount is None else amount_text(amount)


def period(first: date, last: date | None) -> tuple[str, str]:
    """DTP02 and DTP03."""
    return ("RD8", f"{day_text(first)}-{day_text(last)}") if last else ("D8", day_text(first))


def write_name(w: Writing, entity: str, name: Name, id_qualifier: str = "", id: str = "") -> None:
    """NM1. The id is written only together with its qualifier."""
    free = w.free
    tail = (id_qualifier, id) if id else ()
    if isinstance(name, Person):
        middle, suffix = name.middle_name, name.suffix
        middle, suffix = middle and free(middle, 25), suffix and free(suffix, 10)
        w.out.append(
            ["NM1", entity, "1", free(name.last_name, 60), free(name.first_name, 35), middle, "", suffix, *tail]
        )
    else:
        w.out.append(["NM1", entity, "2", free(name.name, 60), "", "", "", "", *tail])


def write_address(w: Writing, address: Address | None) -> None:
    """N3 and N4, nothing for None."""
    if address is not None:
        more, country = address.line2, address.country
        street = ["N3", w.free(address.line1, 55)]
        place = ["N4", w.free(address.city, 30), address.state, address.postal_code]
        w.out += ([*street, w.free(more, 55)] if more else street, [*place, country] if country else place)


def write_per(w: Writing, contact: Contact | None) -> None:
    """PER."""
    if contact is not None:
        w.out.append(write_contact(contact, w.marks))


def write_reference(w: Writing, reference: Reference) -> None:
    """REF, with whose number it is where that is said."""
    parts = ["REF", reference.qualifier, reference.value]
    if reference.payer_id:
        parts += ["", w.composite(("2U", reference.payer_id))]
    w.out.append(parts)


def write_references(w: Writing, references: Iterable[Reference]) -> None:
    """REF."""
    for each in references:
        write_reference(w, each)


def write_cas_segments(w: Writing, adjustments: Iterable[Adjustment]) -> None:
    """CAS."""
    w.out.extend(write_cas(adjustments))


def write_birth(w: Writing, birth_date: date | None, sex: str) -> None:
    """DMG."""
    if birth_date:
        w.out.append(["DMG", "D8", day_text(birth_date), sex])


def causes_text(w: Writing, causes: tuple[str, ...], state: str, country: str) -> str:
    """CLM11: what caused the condition, and where; empty when nothing is said."""
    if not (causes or state or country):
        return ""
    return w.composite((*(*causes[:3], "", "", "")[:3], state, country))


def write_attachments(w: Writing, attachments: Iterable[Attachment]) -> None:
    """PWK."""
    for each in attachments:
        control = ["", "", "AC", each.control_number] if each.control_number else []
        w.out.append(["PWK", each.report, each.transmission, *control])


def write_contract(w: Writing, contract: Contract | None) -> None:
    """CN1."""
    if contract:
        amounts = optional_amount(contract.amount), optional_amount(contract.percent)
        discount = optional_amount(contract.discount_percent)
        w.out.append(["CN1", contract.kind, *amounts, contract.code, discount, contract.version])


def write_conditions(w: Writing, conditions: Iterable[Condition]) -> None:
    """CRC."""
    for each in conditions:
        w.out.append(["CRC", each.category, "Y" if each.applies else "N", *each.codes[:5]])


def write_file_information(w: Writing, texts: Iterable[str]) -> None:
    """K3."""
    for each in texts:
        w.out.append(["K3", w.free(each, 80)])


def write_note(w: Writing, note: Note | None) -> None:
    """NTE."""
    if note:
        w.out.append(["NTE", note.kind, w.free(note.text, 80)])


def write_pricing(w: Writing, pricing: Pricing | None) -> None:
    """HCP."""
    if pricing:
        w.out.append(
            [
                "HCP",
                pricing.method,
                amount_text(pricing.allowed),
                optional_amount(pricing.savings),
                pricing.organization,
                optional_amount(pricing.rate),
                pricing.group_code,
                optional_amount(pricing.group_amount),
                pricing.revenue_code,
                pricing.qualifier,
                pricing.code,
                pricing.unit_basis,
                optional_amount(pricing.units),
                pricing.rejection,
                pricing.compliance,
                pricing.exception,
            ]
        )

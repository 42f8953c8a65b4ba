"""What the readers of an 837 carry from segment to segment, and the segments that several kinds of it share.

A handler takes one segment apart into the fields of the claim, line or loop that is open. Source: X12 005010X222A1,
X223A2, X224A2.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from edi.claim_837.facts import Attachment, Condition, Contract, Note, Pricing, Provider
from edi.elements import RunNotes, as_date
from edi.facts import make
from edi.parties import Reference, address_of, contact_of, name_of
from edi.tokenizer import Run

_MOST_KEPT = 8192  # texts
_LONGEST_KEPT = 400  # characters of one
_PROCEDURE_PADDING = [""] * 7

Fields = dict[str, Any]
Parts = list[str]
Procedure = tuple[str, str, tuple[str, ...], str]  # qualifier, code, modifiers, description


class Reading(RunNotes):
    """One transaction set being read: notes on what is wrong, and what was read before, by its text."""

    __slots__ = ("component", "lists", "numbers", "procedures", "providers")

    def __init__(self, component: str) -> None:
        super().__init__()
        self.component = component
        self.lists: list[tuple[Fields, str]] = []
        self.procedures: dict[str, Procedure] = {}
        self.numbers: dict[str, tuple[int, ...]] = {}
        self.providers: dict[tuple[str, ...], Provider] = {}

    def add(self, fields: Fields, name: str, value: object) -> None:
        """One more value of a field that is a tuple; `close_lists` makes it one."""
        found = fields.get(name)
        if found:
            found.append(value)
        else:
            fields[name] = [value]
            self.lists.append((fields, name))

    def close_lists(self) -> None:
        """Make tuples of what was gathered; before anybody sees the facts."""
        for fields, name in self.lists:
            fields[name] = tuple(fields[name])
        self.lists = []

    def day(self, parts: Parts, position: int = 3) -> date | None:
        """The date of a DTP (its time and a second day are passed over)."""
        text = parts[position] if len(parts) > position else ""
        found = as_date(text if len(text) < 9 else text[:8])
        if found is None:
            self.note(position, f"{parts[0][:3]}{position:02d} is not a date.")
        return found

    def period(self, parts: Parts, position: int = 3) -> tuple[date | None, date | None]:
        """First and last day of a DTP; the last one is None for a single day."""
        if len(parts) <= position or parts[position - 1] != "RD8":
            return self.day(parts, position), None
        first, _, last = parts[position].partition("-")
        found = as_date(first), as_date(last)
        if found[0] is None or found[1] is None:
            self.note(position, f"{parts[0][:3]}{position:02d} is not a date.")
        return found

    def procedure(self, composite: str) -> Procedure:
        """Qualifier, code, modifiers and description."""
        found = self.procedures.get(composite)
        if found is None:
            qualifier, code, *rest = [*composite.split(self.component), *_PROCEDURE_PADDING][:7]
            found = qualifier, code, tuple([each for each in rest[:4] if each]), rest[4]
            if len(composite) < _LONGEST_KEPT:
                if len(self.procedures) >= _MOST_KEPT:
                    self.procedures.clear()
                self.procedures[composite] = found
        return found

    def pointers(self, composite: str, position: int) -> tuple[int, ...]:
        """Diagnosis pointers; what is no number is noted and left out."""
        found = self.numbers.get(composite)
        if found is None:
            texts = composite.split(self.component)
            found = tuple([int(each) for each in texts if each.isascii() and each.isdecimal() and len(each) < 3])
            if len(found) < len(texts):
                self.note(position, "A diagnosis pointer is missing or not a number.")
            elif len(self.numbers) < _MOST_KEPT:
                self.numbers[composite] = found
        return found

    def whole(self, parts: Parts, position: int) -> int:
        """A whole number; unreadable is zero and a problem."""
        text = parts[position] if position < len(parts) else ""
        if text.isdecimal() and text.isascii() and len(text) < 10:
            return int(text)
        self.note(position, f"{parts[0][:3]}{position:02d} is not a whole number.")
        return 0

    def provider(self, parts: list[Parts], run: Run, start: int, stop: int) -> Provider:
        """A loop of NM1, PRV, N3, N4, REF, PER; the same text is read once."""
        key = tuple(run.block.bares[run.start + start : run.start + stop])
        found = self.providers.get(key)
        if found is None:
            found = provider_of(parts[start:stop], self.component)
            if stop - start < 20 and sum(map(len, key)) < _LONGEST_KEPT:
                if len(self.providers) >= _MOST_KEPT:
                    self.providers.clear()
                self.providers[key] = found
        return found


Handler = Callable[[Fields, Parts, Reading], None]


def provider_of(loop: list[Parts], component: str) -> Provider:
    """A loop of NM1, PRV, N3, N4, REF, PER."""
    start = loop[0]
    fields: Fields = {"name": name_of(start)}
    if len(start) > 9 and start[8] == "XX":
        fields["npi"] = start[9]
    street: Parts = []
    place: Parts = []
    numbers: list[Reference] = []
    for parts in loop[1:]:
        match parts[0]:
            case "PRV" if len(parts) > 3:
                fields["taxonomy"] = parts[3]
            case "N3":
                street = parts
            case "N4":
                place = parts
            case "REF":
                numbers.append(reference(parts, component))
            case "PER" if "contact" not in fields:
                fields["contact"] = contact_of(parts)
    if street or place:
        fields["address"] = address_of(street, place)
    if numbers:
        fields["references"] = tuple(numbers)
    return make(Provider, fields)


def dates(names: Mapping[str, str]) -> Handler:
    """DTP whose qualifiers are one field each; the first of a kind counts."""

    def read_date(fields: Fields, parts: Parts, reading: Reading) -> None:
        name = names.get(parts[1]) if len(parts) > 1 else None
        if name and name not in fields:
            fields[name] = reading.day(parts)

    return read_date


def amounts(names: Mapping[str, str]) -> Handler:
    """AMT and QTY whose qualifiers are one field each."""

    def read_amount(fields: Fields, parts: Parts, reading: Reading) -> None:
        name = names.get(parts[1]) if len(parts) > 1 else None
        if name and name not in fields:
            fields[name] = reading.money(parts, 2)

    return read_amount


def references(names: Mapping[str, str]) -> Handler:
    """REF: known qualifiers are one field each, the others gather in `references`."""

    def read(fields: Fields, parts: Parts, reading: Reading) -> None:
        name = names.get(parts[1]) if len(parts) > 1 else None
        if name and name not in fields and len(parts) == 3:
            fields[name] = parts[2]
        else:
            reading.add(fields, "references", reference(parts, reading.component))

    return read


def reference(parts: Parts, component: str) -> Reference:
    """REF; REF04 says whose number it is when there are several payers."""
    size = len(parts)
    found = {"qualifier": parts[1] if size > 1 else "", "value": parts[2] if size > 2 else ""}
    if size > 4:
        kind, _, payer_id = parts[4].partition(component)
        if kind == "2U":
            found["payer_id"] = payer_id
    return make(Reference, found)


def read_place_and_causes(fields: Fields, parts: Parts, reading: Reading) -> None:
    """CLM05, 06, 11 and 12 of a claim that is no facility's. Source: X12 005010X222A1 and X224A2, loop 2300."""
    place = parts[5].split(reading.component)
    fields["place_of_service"] = place[0]
    fields["frequency"] = place[2] if len(place) > 2 else ""
    fields["provider_signature"] = parts[6] == "Y"
    if parts[11]:
        causes = [*parts[11].split(reading.component), "", "", "", ""]
        fields["causes"] = tuple([each for each in causes[:3] if each])
        fields["accident_state"], fields["accident_country"] = causes[3], causes[4]
    fields["special_program"] = parts[12]


def read_attachment(fields: Fields, parts: Parts, reading: Reading) -> None:
    """PWK."""
    parts = parts + [""] * (7 - len(parts))
    reading.add(fields, "attachments", Attachment(report=parts[1], transmission=parts[2], control_number=parts[6]))


def read_contract(fields: Fields, parts: Parts, reading: Reading) -> None:
    """CN1."""
    parts = parts + [""] * (7 - len(parts))
    fields["contract"] = Contract(
        kind=parts[1],
        amount=reading.optional(parts, 2),
        percent=reading.optional(parts, 3),
        code=parts[4],
        discount_percent=reading.optional(parts, 5),
        version=parts[6],
    )


def read_pricing(fields: Fields, parts: Parts, reading: Reading) -> None:
    """HCP."""
    parts = parts + [""] * (16 - len(parts))
    fields["pricing"] = Pricing(
        method=parts[1],
        allowed=reading.money(parts, 2),
        savings=reading.optional(parts, 3),
        organization=parts[4],
        rate=reading.optional(parts, 5),
        group_code=parts[6],
        group_amount=reading.optional(parts, 7),
        revenue_code=parts[8],
        qualifier=parts[9],
        code=parts[10],
        unit_basis=parts[11],
        units=reading.optional(parts, 12),
        rejection=parts[13],
        compliance=parts[14],
        exception=parts[15],
    )


def read_condition(fields: Fields, parts: Parts, reading: Reading) -> None:
    """CRC."""
    parts = parts + [""] * (3 - len(parts))
    codes = tuple([each for each in parts[3:8] if each])
    reading.add(fields, "conditions", Condition(category=parts[1], applies=parts[2] == "Y", codes=codes))


def read_file_information(fields: Fields, parts: Parts, reading: Reading) -> None:
    """K3."""
    reading.add(fields, "file_information", parts[1] if len(parts) > 1 else "")


def read_note(fields: Fields, parts: Parts, reading: Reading) -> None:
    """NTE where there is room for one."""
    if "note" not in fields:
        fields["note"] = note_of(parts)


def read_notes(fields: Fields, parts: Parts, reading: Reading) -> None:
    """NTE where there may be several."""
    reading.add(fields, "notes", note_of(parts))


def note_of(parts: Parts) -> Note:
    """NTE."""
    parts = parts + [""] * (3 - len(parts))
    return Note(kind=parts[1], text=parts[2])


def code_of(composite: str, reading: Reading) -> tuple[str, str]:
    """Kind and code of an HI composite; one without a code is noted."""
    kind, _, rest = composite.partition(reading.component)
    code = rest.partition(reading.component)[0]
    if not code:
        reading.note(None, "HI has a code list without a code.")
    return kind, code

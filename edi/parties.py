"""People, organizations and addresses as X12 names them (NM1, N3/N4, PER, REF), read and written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from edi.elements import plain
from edi.facts import make
from edi.segments import DEFAULT_DELIMITERS, Delimiters, Segment


@dataclass(frozen=True, kw_only=True)
class Address:
    """N3 + N4. `postal_code` holds digits only: 9 for billing and facility addresses, else 5 or 9."""

    line1: str
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""  # N404, only outside the USA


@dataclass(frozen=True, kw_only=True)
class Person:
    """NM102 = 1."""

    last_name: str
    first_name: str = ""
    middle_name: str = ""
    suffix: str = ""


@dataclass(frozen=True, kw_only=True)
class Organization:
    """NM102 = 2."""

    name: str


Name = Person | Organization


@dataclass(frozen=True, kw_only=True)
class Contact:
    """PER: whom to call. `phone` and `fax` are digits."""

    name: str = ""
    phone: str = ""
    extension: str = ""
    email: str = ""
    fax: str = ""
    url: str = ""
    function: str = "IC"  # PER01: IC information, CX payer claim office, BL technical


@dataclass(frozen=True, kw_only=True)
class Reference:
    """REF01 + REF02, and in the lines of a claim with several payers whose number it is."""

    qualifier: str
    value: str
    payer_id: str = ""  # REF04-2, after 2U


@dataclass(frozen=True, kw_only=True)
class NamedParty:
    """An NM1 as it was sent: who (entity code), name, and id with its qualifier."""

    entity: str
    name: Name
    id_qualifier: str = ""
    id: str = ""


_CONTACT_KINDS = {"TE": "phone", "EX": "extension", "FX": "fax", "EM": "email", "UR": "url"}
_NM1_PERSON = "1"
_NM1_PADDING = ["", "", "", "", "", "", "", ""]


def read_name(segment: Segment) -> Name:
    """NM102 to NM107."""
    return name_of(segment.parts)


def name_of(parts: list[str]) -> Name:
    """The same from the elements alone."""
    size = len(parts)
    if size < 8:
        parts = parts + _NM1_PADDING[size:]
    if parts[2] != _NM1_PERSON:
        return make(Organization, {"name": parts[3]})
    found = {"last_name": parts[3], "first_name": parts[4]}
    if parts[5]:
        found["middle_name"] = parts[5]
    if parts[7]:
        found["suffix"] = parts[7]
    return make(Person, found)


def read_party(segment: Segment) -> NamedParty:
    """NM1."""
    return NamedParty(entity=segment[1], name=read_name(segment), id_qualifier=segment[8], id=segment[9])


def read_reference(segment: Segment) -> Reference:
    """REF."""
    return Reference(qualifier=segment[1], value=segment[2])


def read_contact(segment: Segment) -> Contact:
    """PER; number kinds that we don't know are left to the raw text."""
    return contact_of(segment.parts)


def contact_of(parts: list[str]) -> Contact:
    """The same from the elements alone."""
    parts = parts + [""] * (9 - len(parts))
    found: dict[str, str] = {}
    for position in (3, 5, 7):
        kind = _CONTACT_KINDS.get(parts[position])
        if kind:
            found.setdefault(kind, parts[position + 1])
    return Contact(function=parts[1], name=parts[2], **found)


def read_address(street: Segment | None, place: Segment | None) -> Address | None:
    """N3 with its N4; None when there is neither."""
    if street is None and place is None:
        return None
    return address_of(street.parts if street else [], place.parts if place else [])


def address_of(street: list[str], place: list[str]) -> Address:
    """The same from the elements alone; an absent segment has none."""
    found = {"line1": street[1] if len(street) > 1 else ""}
    if len(street) > 2:
        found["line2"] = street[2]
    size = len(place)
    if size > 1:
        found["city"] = place[1]
    if size > 2:
        found["state"] = place[2]
    if size > 3:
        found["postal_code"] = place[3]
    if size > 4:
        found["country"] = place[4]
    return make(Address, found)


def write_name(
    entity: str, name: Name, id_qualifier: str = "", id: str = "", *, delimiters: Delimiters = DEFAULT_DELIMITERS
) -> list[str]:
    """NM1. The id is written only together with its qualifier."""
    tail = ["", id_qualifier, id] if id else []
    if isinstance(name, Organization):
        return ["NM1", entity, "2", plain(name.name, 60, delimiters), "", "", "", *(tail or [""])]
    return [
        "NM1",
        entity,
        _NM1_PERSON,
        plain(name.last_name, 60, delimiters),
        plain(name.first_name, 35, delimiters),
        plain(name.middle_name, 25, delimiters),
        "",
        plain(name.suffix, 10, delimiters),
        *tail[1:],
    ]


def write_address(address: Address | None, delimiters: Delimiters = DEFAULT_DELIMITERS) -> Iterator[list[str]]:
    """N3 and N4, nothing for None."""
    if address is None:
        return
    yield ["N3", plain(address.line1, 55, delimiters), plain(address.line2, 55, delimiters)]
    yield ["N4", plain(address.city, 30, delimiters), address.state, address.postal_code, address.country]


def write_contact(contact: Contact, delimiters: Delimiters = DEFAULT_DELIMITERS) -> list[str]:
    """PER with up to three numbers."""
    segment = ["PER", contact.function, plain(contact.name, 60, delimiters)]
    numbers = [(kind, getattr(contact, name)) for kind, name in _CONTACT_KINDS.items()]
    for kind, value in [each for each in numbers if each[1]][:3]:
        segment += [kind, value]
    return segment


def write_references(references: Iterable[Reference]) -> Iterator[list[str]]:
    """REF. Whose number it is (REF04) is the business of the 837, which has its own writer."""
    for each in references:
        yield ["REF", each.qualifier, each.value]

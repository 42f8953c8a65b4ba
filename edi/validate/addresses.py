"""Addresses, ZIP codes, states, phones and tax ids, wherever a claim names them (SNIP 4 and 5)."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from edi.codes.states import ALL_PREFIXES, zip_fits
from edi.parties import Address
from edi.validate.finding import WARNING, Finding
from edi.validate.rules import Place
from edi.validate.tables import Tables

Fault = tuple[str, str, int, int, str]
"""Code, sentence, level, element of N4 (or N3), severity."""

_POST_BOX = re.compile(r"\bP(?:OST)?\.?\s*O(?:FFICE)?\.?\s*(?:BOX|BX)\b|\bLOCK\s?BOX\b", re.IGNORECASE)
_HOME = ("", "US", "USA")


def is_post_box(line: str) -> bool:
    """Whether a street line names a post office box or lock box."""
    return bool(line) and _POST_BOX.search(line) is not None


def address_faults(address: Address, tables: Tables, *, nine_digits: bool = False) -> tuple[Fault, ...]:
    """What is wrong with state and ZIP code. `nine_digits`: the guide asks for ZIP+4 here."""
    if address.country not in _HOME:
        return ()
    return _faults(address.state, address.postal_code, nine_digits, tables.states)


@lru_cache(maxsize=16_384)
def _faults(state: str, postal_code: str, nine_digits: bool, states: frozenset[str]) -> tuple[Fault, ...]:
    found: list[Fault] = []
    if state and state not in states:
        found.append(("state", "The state is not a state, territory or province code.", 5, 2, "error"))
    if not postal_code:
        return tuple(found)
    if not (postal_code.isascii() and postal_code.isdecimal() and len(postal_code) in (5, 9)):
        found.append(("zip", "A ZIP code has five or nine digits, without a hyphen.", 5, 3, "error"))
    elif nine_digits and len(postal_code) == 5:
        found.append(("zip-plus-four", "This address needs a ZIP code of nine digits.", 4, 3, "error"))
    elif postal_code[:3] not in ALL_PREFIXES:
        found.append(("zip", "No ZIP code starts with these three digits.", 5, 3, "error"))
    elif not zip_fits(state, postal_code):
        found.append(("zip-state", "The ZIP code belongs to another state.", 5, 3, WARNING))
    elif postal_code[5:] == "0000":
        found.append(("zip-plus-four-zero", "The last four digits of the ZIP code are zeros.", 5, 3, WARNING))
    return tuple(found)


def address_findings(
    address: Address | None,
    place: Place,
    tables: Tables,
    *,
    loop: str,
    at: Callable[[], int],
    nine_digits: bool = False,
) -> Iterator[Finding]:
    """Faults of one address as findings at its N4, whose number `at` gives.

    Source: the N4 notes of every 837 guide; code sources 22 and 51.
    """
    if address is None:
        return
    for code, says, level, element, severity in address_faults(address, tables, nine_digits=nine_digits):
        yield place.finding(
            code,
            says,
            level=level,
            severity=severity,
            loop=loop,
            segment="N4",
            element=element,
            segment_number=at(),
        )


@lru_cache(maxsize=4096)
def phone_fault(phone: str) -> str:
    """What is wrong with a telephone number, empty when nothing is."""
    if not (phone.isascii() and phone.isdecimal() and len(phone) == 10):
        return "A telephone number has ten digits, without marks."
    if phone[0] in "01" or len(set(phone)) == 1:
        return "No telephone number looks like this."
    return ""


@lru_cache(maxsize=4096)
def tax_id_fault(qualifier: str, value: str) -> str:
    """What is wrong with a tax id (REF*EI or REF*SY), empty when nothing is."""
    if not (value.isascii() and value.isdecimal() and len(value) == 9):
        return "A tax id has nine digits, without a hyphen."
    if len(set(value)) == 1 or (value[:2] == "00" and qualifier == "EI"):
        return "No tax id looks like this."
    if qualifier == "SY" and (value[:3] in ("000", "666") or value[0] == "9" or value[3:5] == "00"):
        return "No social security number looks like this."
    return ""

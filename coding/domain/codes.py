"""The codes of a visit as one value, and what a coder does to them. Letters A–L stand for diagnoses 1–12."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

LETTERS = "ABCDEFGHIJKL"
MAX_DIAGNOSES = len(LETTERS)  # HI of an 837P
MAX_LINES = 50  # LX of an 837P
MAX_POINTERS = 4  # SV107
MAX_MODIFIERS = 4  # SV101-3…6
MAX_UNITS = 999
PCS_LENGTH = 7  # characters of an ICD-10-PCS code; those of CPT and HCPCS have five


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """A procedure as the coder enters it; pointers are diagnosis positions from 1."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    pointers: tuple[int, ...] = ()

    @property
    def is_of_stay(self) -> bool:
        """Whether it is an ICD-10-PCS procedure: it groups an inpatient stay and is no line of a professional claim."""
        return len(self.code) == PCS_LENGTH


@dataclass(frozen=True, slots=True)
class CaseCodes:
    """Diagnoses in their sequence and the services that point at them. Positions count from 1."""

    diagnoses: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every code, diagnoses first."""
        return (*self.diagnoses, *(service.code for service in self.services))

    @property
    def lines(self) -> tuple[Service, ...]:
        """The services that become lines of a claim."""
        return tuple(service for service in self.services if not service.is_of_stay)

    @property
    def stay_procedures(self) -> tuple[Service, ...]:
        """The ICD-10-PCS procedures of a stay."""
        return tuple(service for service in self.services if service.is_of_stay)

    def in_order(self) -> "CaseCodes":
        """Lines first, procedures of a stay behind them, so that a line's position is its number on the claim."""
        return replace(self, services=(*self.lines, *self.stay_procedures))

    def with_diagnosis(self, code: str) -> "CaseCodes":
        """The code put last; one that is there already changes nothing."""
        return self if code in self.diagnoses else replace(self, diagnoses=(*self.diagnoses, code))

    def without_diagnosis(self, position: int) -> "CaseCodes":
        """The diagnosis taken away; services no longer point at it, and later letters move up."""
        kept = [n for n in range(1, len(self.diagnoses) + 1) if n != position]
        return self._in_order(kept)

    def with_first(self, position: int) -> "CaseCodes":
        """The diagnosis made the first-listed one; services keep pointing at what they pointed at."""
        if not 1 <= position <= len(self.diagnoses):
            return self
        return self._in_order([position, *(n for n in range(1, len(self.diagnoses) + 1) if n != position)])

    def _in_order(self, old_positions: list[int]) -> "CaseCodes":
        new = {old: at for at, old in enumerate(old_positions, 1)}
        return CaseCodes(
            tuple(self.diagnoses[old - 1] for old in old_positions),
            tuple(replace(s, pointers=tuple(new[p] for p in s.pointers if p in new)) for s in self.services),
        )

    def with_service(self, code: str) -> "CaseCodes":
        """One unit of a service put last. It points at the diagnosis only when there is no choice."""
        added = Service(code=code)
        if len(self.diagnoses) == 1 and not added.is_of_stay:
            added = replace(added, pointers=(1,))
        return replace(self, services=(*self.services, added)).in_order()

    def without_service(self, position: int) -> "CaseCodes":
        """The service taken away."""
        return replace(self, services=tuple(s for n, s in enumerate(self.services, 1) if n != position))


def to_data(codes: CaseCodes) -> dict[str, Any]:
    """The codes as JSON can hold them."""
    services = [[s.code, list(s.modifiers), s.units, list(s.pointers)] for s in codes.services]
    return {"diagnoses": list(codes.diagnoses), "services": services}


def from_data(data: Mapping[str, Any]) -> CaseCodes:
    """The codes that `to_data` wrote down."""
    return CaseCodes(
        tuple(data["diagnoses"]),
        tuple(
            Service(code=code, modifiers=tuple(modifiers), units=units, pointers=tuple(pointers))
            for code, modifiers, units, pointers in data["services"]
        ),
    )


def letters(pointers: tuple[int, ...]) -> str:
    """Diagnosis positions as the letters that a coder reads: "B C A"."""
    return " ".join(LETTERS[p - 1] for p in pointers if 1 <= p <= MAX_DIAGNOSES)


def beyond_any_claim(codes: CaseCodes) -> str:
    """Why no 837P can carry these codes, in one sentence; empty when one can."""
    if (extra := len(codes.diagnoses) - MAX_DIAGNOSES) > 0:
        return f"A claim carries {MAX_DIAGNOSES} diagnoses. Drop {extra}."
    if (extra := len(codes.lines) - MAX_LINES) > 0:
        return f"A claim carries {MAX_LINES} lines. Drop {extra}."
    for number, service in enumerate(codes.services, 1):
        if len(service.pointers) > MAX_POINTERS:
            return f"Line {number} points at more than {MAX_POINTERS} diagnoses. Keep the first four."
        if any(not 1 <= pointer <= len(codes.diagnoses) for pointer in service.pointers):
            return f"Line {number} points at a diagnosis that is not on the list."
        if len(service.modifiers) > MAX_MODIFIERS:
            return f"Line {number} has more than {MAX_MODIFIERS} modifiers. Keep the four that matter for payment."
        if not 1 <= service.units <= MAX_UNITS:
            return f"Line {number} needs between 1 and {MAX_UNITS} units."
    return ""

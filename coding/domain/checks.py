"""What stands in the way of finishing a case, while its codes are being entered. Facts in, checks out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from coding.domain.codes import CaseCodes

STOP = "stop"  # finishing is refused
WARN = "you"  # a claim with this would be held


@dataclass(frozen=True, slots=True)
class KnownCode:
    """What the loaded code sets say about a code on the day of service.

    `deleted_on` is the first day it was gone, `use` what came in its place; `begins_on` is the first day of a code
    that does not hold yet.
    """

    is_diagnosis: bool
    billable: bool = True
    wording: str = ""
    deleted_on: date | None = None
    begins_on: date | None = None
    use: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the code may be used on the day."""
        return self.deleted_on is None and self.begins_on is None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to repair. `line` is the service it is about (0: none); `needs` names the field, if one."""

    shape: str
    lead: str
    says: str
    line: int = 0
    needs: str = ""


def checks(codes: CaseCodes, known: Mapping[str, KnownCode]) -> list[Check]:
    """Everything found on these codes, what stops first. `known` holds the codes that a code set has."""
    found = [*_missing(codes), *_unknown(codes, known), *_unfinished(codes, known), *_unpointed(codes)]
    return sorted(found, key=lambda check: check.shape != STOP)


def _missing(codes: CaseCodes) -> Iterator[Check]:
    if not codes.diagnoses:
        yield Check(STOP, "No diagnosis yet.", "A claim needs at least one.")
    if not codes.services:
        yield Check(STOP, "No procedure yet.", "A claim needs at least one.")


def _unknown(codes: CaseCodes, known: Mapping[str, KnownCode]) -> Iterator[Check]:
    for code in codes.diagnoses:
        if code not in known or not known[code].is_diagnosis:
            yield Check(STOP, f"{code} is unknown.", "No loaded code set has this diagnosis. Drop or replace it.")
        elif not known[code].holds:
            yield Check(STOP, *out_of_force(code, known[code]))
    for number, service in enumerate(codes.services, 1):
        if service.code not in known or known[service.code].is_diagnosis:
            says = f"No loaded code set has the procedure of line {number}. Drop or replace it."
            yield Check(STOP, f"{service.code} is unknown.", says, number)
        elif not known[service.code].holds:
            yield Check(STOP, *out_of_force(service.code, known[service.code]), number)


def out_of_force(code: str, known: KnownCode) -> tuple[str, str]:
    """Why a code may not be used on the day of service, and what to do."""
    if known.begins_on:
        return (
            f"{code} begins on {known.begins_on:%m/%d/%Y}.",
            "On the day of service it did not hold yet. Replace it.",
        )
    use = f"Use {' or '.join(known.use[:4])}." if known.use else "Look for the code that took its place."
    return f"{code} was deleted on {known.deleted_on:%m/%d/%Y}.", use


def _unfinished(codes: CaseCodes, known: Mapping[str, KnownCode]) -> Iterator[Check]:
    for code in codes.diagnoses:
        if code in known and not known[code].billable:
            yield Check(WARN, f"{code} is only a heading.", "Payers want the more specific code under it.")


def _unpointed(codes: CaseCodes) -> Iterator[Check]:
    for number, service in enumerate(codes.services, 1):
        if codes.diagnoses and not service.pointers:
            says = f"Say which diagnosis {service.code} was done for."
            yield Check(WARN, f"Line {number} points at nothing.", says, number, "pointers")

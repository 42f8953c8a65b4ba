"""Service lines of professional and dental claims, and what lines of all kinds share (SNIP 4 and 5)."""

from collections.abc import Iterator

from edi.codes import clinical
from edi.codes.procedure_groups import (
    UNLISTED,
    is_anesthesia,
)
from edi.elements import ZERO
from edi.validate.claims import (
    Claim,
    Dental,
    Institutional,
    PlacedClaim,
    Professional,
    every_claim,
    line_start,
    placed_claim,
    professional,
    service_of,
    shown,
)
from edi.validate.finding import ERROR, WARNING, Finding
from edi.validate.rules import Place
from edi.validate.tables import tables_of

_DRUG_UNITS = frozenset({"F2", "GR", "ME", "ML", "UN"})
_TRANSPORT_PLACES = ("41", "42")


@every_claim
def procedures(claim: Claim, place: Place) -> Iterator[Finding]:
    """Procedure codes and modifiers have their shape, or are in the table.

    Source: SV1/SV2/SV3; code sources 130, 135.
    """
    tables = tables_of(place)
    known, is_modifier = tables.is_procedure, tables.is_modifier
    for index, line in enumerate(claim.lines):
        qualifier, code = line.qualifier, line.code
        wrong = not known(code) if qualifier == "HC" else qualifier == "AD" and not clinical.CDT.fullmatch(code)
        if wrong and code:
            yield _at_procedure(claim, place, index, "procedure", "There is no such procedure code.", 2)
        if line.modifiers and not all(map(is_modifier, line.modifiers)):
            at = next(at for at, each in enumerate(line.modifiers, 3) if not is_modifier(each))
            yield _at_procedure(claim, place, index, "modifier", "There is no such modifier.", at)
        elif len(set(line.modifiers)) < len(line.modifiers):
            yield _at_procedure(
                claim, place, index, "modifier-twice", "The same modifier stands twice.", 4, level=4, severity=WARNING
            )


def _at_procedure(
    claim: Claim,
    place: Place,
    index: int,
    code: str,
    says: str,
    component: int,
    *,
    level: int = 5,
    severity: str = ERROR,
) -> Finding:
    element = 2 if isinstance(claim, Institutional) else 1
    return place.finding(
        code,
        says,
        level=level,
        severity=severity,
        loop="2400",
        segment=service_of(claim)[0],
        element=element,
        component=component,
        after=line_start(place, index),
    )


@placed_claim
def line_places(claim: PlacedClaim, place: Place) -> Iterator[Finding]:
    """A line's own place of service is in the list. Source: code source 237; 837P guide SV105, 837D guide SV303."""
    for index, line in enumerate(claim.lines):
        if line.place_of_service and line.place_of_service not in tables_of(place).places:
            segment, element = ("SV3", 3) if isinstance(claim, Dental) else ("SV1", 5)
            yield place.finding(
                "place-of-service",
                f"{shown(line.place_of_service)} is not a place of service.",
                level=5,
                loop="2400",
                segment=segment,
                element=element,
                after=line_start(place, index),
            )


@placed_claim
def units(claim: PlacedClaim, place: Place) -> Iterator[Finding]:
    """A service is given at least in part. Source: 837P guide SV104, 837D guide SV306; claim status 476."""
    for index, line in enumerate(claim.lines):
        if line.units <= 0:
            segment, element = ("SV3", 6) if isinstance(claim, Dental) else ("SV1", 4)
            yield place.finding(
                "units",
                "The units of a line must be above zero.",
                level=4,
                loop="2400",
                segment=segment,
                element=element,
                after=line_start(place, index),
            )


@every_claim
def line_days(claim: Claim, place: Place) -> Iterator[Finding]:
    """The last day of a line isn't before its first. Source: 837 guides, DTP*472."""
    for index, line in enumerate(claim.lines):
        if line.service_to and line.service_from and line.service_to < line.service_from:
            yield place.finding(
                "dates-reversed",
                "The last date of service lies before the first.",
                level=4,
                loop="2400",
                segment="DTP",
                qualifier="472",
                element=3,
                after=line_start(place, index),
            )


@every_claim
def line_numbers(claim: Claim, place: Place) -> Iterator[Finding]:
    """Lines are counted from 1, and each control number is used once. Source: 837 guides, LX01 and REF*6R."""
    seen: set[str] = set()
    for index, line in enumerate(claim.lines):
        if line.number != index + 1:
            yield place.finding(
                "line-number",
                "Lines are not counted 1, 2, 3 …",
                level=4,
                loop="2400",
                segment="LX",
                element=1,
                segment_number=line_start(place, index),
            )
            return
    for index, line in enumerate(claim.lines):
        number = line.line_control_number
        if number and number in seen:
            yield place.finding(
                "line-control-number",
                "Two lines have the same control number (REF*6R).",
                level=4,
                loop="2400",
                segment="REF",
                qualifier="6R",
                element=2,
                after=line_start(place, index),
            )
        seen.add(number)


@professional
def same_line_twice(claim: Professional, place: Place) -> Iterator[Finding]:
    """Two lines alike are read as a duplicate. Source: CARC 18; CMS 100-04 chapter 1, section 120."""
    if len(claim.lines) < 2:
        return
    seen = set()
    for index, line in enumerate(claim.lines):
        key = (line.code, line.modifiers, line.service_from, line.place_of_service, line.charge)
        if key in seen and line.code not in UNLISTED:
            yield place.finding(
                "line-twice",
                "The same service stands on two lines, without a modifier that tells them apart.",
                level=4,
                severity=WARNING,
                loop="2400",
                segment="SV1",
                after=line_start(place, index),
            )
        seen.add(key)


@professional
def anesthesia(claim: Professional, place: Place) -> Iterator[Finding]:
    """Anesthesia is counted in minutes (MJ), and only anesthesia is. Source: 837P guide, SV103; CMS 100-04, 12.50."""
    for index, line in enumerate(claim.lines):
        minutes = line.unit_basis == "MJ"
        if minutes != is_anesthesia(line.code) and line.qualifier == "HC":
            if minutes and not line.code.isdecimal():
                continue  # local anesthesia codes
            says = "Only anesthesia is counted in minutes." if minutes else "Anesthesia is counted in minutes (MJ)."
            yield place.finding(
                "anesthesia-minutes",
                says,
                level=4,
                severity=WARNING if minutes else ERROR,
                loop="2400",
                segment="SV1",
                element=3,
                after=line_start(place, index),
            )


@professional
def amounts_of_lines(claim: Professional, place: Place) -> Iterator[Finding]:
    """Sales tax and postage are parts of the charge. Source: 837P guide, loop 2400 AMT*T and AMT*F4."""
    for index, line in enumerate(claim.lines):
        more = (line.sales_tax or ZERO) + (line.postage or ZERO)
        if more and not 0 <= more <= line.charge:
            yield place.finding(
                "line-amounts",
                "Tax and postage are more than the line's charge.",
                level=3,
                severity=WARNING,
                loop="2400",
                segment="AMT",
                element=2,
                after=line_start(place, index),
            )

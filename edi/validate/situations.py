"""Claim level: what the situation asks for (SNIP 4), and the claim's own codes (SNIP 5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from edi.codes.bill_type import PROFESSIONAL_FREQUENCIES
from edi.elements import as_date
from edi.validate.claims import (
    Claim,
    Institutional,
    PlacedClaim,
    Professional,
    every_claim,
    first_service,
    in_level,
    last_service,
    placed_claim,
    professional,
    shown,
)
from edi.validate.finding import ERROR, WARNING, Finding
from edi.validate.rules import Place
from edi.validate.tables import tables_of

Findings = tuple[Finding, ...]

_LONGEST_NUMBER = 20
_LONGEST_PLACE = 2
_OLDEST = 130  # years
_LATE = timedelta(days=365)
_ADMITTING_PLACES = {"21": ERROR, "51": WARNING, "61": WARNING}
_NO_ATTACHMENT_NUMBER = ("AA", "")


@every_claim
def frequency(claim: Claim, place: Place) -> Findings:
    """CLM05-3 is a frequency code of the kind of claim. Source: code source 235; 837P/D guides, CLM05-3."""
    code = claim.frequency
    known = (
        code in tables_of(place).frequencies if isinstance(claim, Institutional) else code in PROFESSIONAL_FREQUENCIES
    )
    if known or not code:
        return ()
    says = f"{shown(code)} is not a claim frequency for this kind of claim."
    return (place.finding("frequency", says, level=5, segment="CLM", element=5, component=3),)


@every_claim
def payers_number(claim: Claim, place: Place) -> Findings:
    """Frequency 7 or 8 names the claim it replaces or voids (REF*F8). Source: 837 guides, loop 2300 REF*F8."""
    if claim.frequency in ("7", "8") and not claim.payer_control_number:
        says = "A replacement or void needs the payer's claim number (REF*F8)."
        return (place.finding("missing-payer-number", says, level=4, segment="REF", segment_number=place.number),)
    if claim.frequency == "1" and claim.payer_control_number:
        says = "An original claim names a payer's claim number (REF*F8)."
        return (place.finding("original-with-number", says, level=4, severity=WARNING, segment="REF", qualifier="F8"),)
    return ()


@every_claim
def claim_number(claim: Claim, place: Place) -> Findings:
    """Payers give back twenty characters of CLM01. Source: 837 guides, CLM01 note."""
    if len(claim.number) <= _LONGEST_NUMBER:
        return ()
    says = "The claim number is longer than the twenty characters that payers give back."
    return (place.finding("claim-number", says, level=4, severity=WARNING, segment="CLM", element=1),)


@placed_claim
def place_of_service(claim: PlacedClaim, place: Place) -> Iterator[Finding]:
    """CLM05-1 is a place of service, in use on the day. Source: code source 237 (CMS)."""
    code = claim.place_of_service
    found = tables_of(place).places.get(code)
    if found is None and 0 < len(code) <= _LONGEST_PLACE:  # else the walk over the elements has told it
        yield place.finding(
            "place-of-service",
            f"{shown(code)} is not a place of service.",
            level=5,
            segment="CLM",
            element=5,
            component=1,
        )
    elif found and found.start and (day := first_service(claim)) and not found.active(day):
        yield place.finding(
            "place-of-service-date",
            f"Place of service {code} was not in use on that day.",
            level=5,
            severity=WARNING,
            segment="CLM",
            element=5,
            component=1,
        )


@placed_claim
def accident(claim: PlacedClaim, place: Place) -> Iterator[Finding]:
    """An accident comes with its date, an auto accident also with its state. Source: 837P/D guides, CLM11, DTP*439."""
    causes = claim.causes
    if not causes:
        if claim.accident_date:
            yield place.finding(
                "accident-without-cause",
                "There is an accident date, but CLM11 names no accident.",
                level=4,
                severity=WARNING,
                segment="DTP",
                qualifier="439",
                element=3,
            )
        return
    if claim.accident_date is None and ("AA" in causes or "OA" in causes):
        yield place.finding(
            "missing-accident-date",
            "An accident needs its date (DTP*439).",
            level=4,
            segment="DTP",
            segment_number=place.number,
        )
    if "AA" in causes and not claim.accident_state and not claim.accident_country:
        yield place.finding(
            "accident-state",
            "An auto accident needs the state it happened in.",
            level=4,
            segment="CLM",
            element=11,
            component=4,
        )
    if (
        claim.accident_state
        and claim.accident_country in ("", "US")
        and claim.accident_state not in tables_of(place).states
    ):
        yield place.finding(
            "state",
            "The state of the accident is not a state, territory or province code.",
            level=5,
            segment="CLM",
            element=11,
            component=4,
        )


@professional
def admission(claim: Professional, place: Place) -> Findings:
    """A visit to an inpatient tells the day of admission. Source: 837P guide, loop 2300 DTP*435."""
    if claim.admission_date or (severity := _ADMITTING_PLACES.get(claim.place_of_service)) is None:
        return ()
    says = "A service to an inpatient needs the admission date (DTP*435)."
    return (
        place.finding(
            "missing-admission-date", says, level=4, severity=severity, segment="DTP", segment_number=place.number
        ),
    )


_BEFORE_SERVICE = {
    "onset_date": ("431", WARNING),
    "initial_treatment_date": ("454", WARNING),
    "last_seen_date": ("304", WARNING),
    "acute_manifestation_date": ("453", WARNING),
    "accident_date": ("439", ERROR),
    "last_menstrual_date": ("484", ERROR),
    "last_xray_date": ("455", WARNING),
    "admission_date": ("435", ERROR),
}
_IN_ORDER = (
    ("admission_date", "discharge_date", "096"),
    ("disability_from", "disability_to", "361"),
    ("last_worked_date", "return_to_work_date", "296"),
    ("assumed_care_date", "relinquished_care_date", "091"),
)


@professional
def dates_before_service(claim: Professional, place: Place) -> Iterator[Finding]:
    """What led to the service lies before it ends. Source: 837P guide, loop 2300 DTP; claim status 187 to 193."""
    if "DTP" not in place.raw[: place.raw.find(f"{place.delimiters.segment}LX")]:
        return
    last = last_service(claim)
    for name, (qualifier, severity) in _BEFORE_SERVICE.items():
        day: date | None = getattr(claim, name)
        if day and last and day > last:
            yield place.finding(
                "date-after-service",
                "This date lies after the last date of service.",
                level=4,
                severity=severity,
                segment="DTP",
                qualifier=qualifier,
                element=3,
            )
    for first, then, qualifier in _IN_ORDER:
        start, end = getattr(claim, first), getattr(claim, then)
        if start and end and end < start:
            yield place.finding(
                "dates-reversed",
                "The last date lies before the first.",
                level=4,
                segment="DTP",
                qualifier=qualifier,
                element=3,
            )


@every_claim
def not_in_the_future(claim: Claim, place: Place) -> Findings:
    """Nothing is billed before it was done. Source: 837 guides, DTP*472 note; CARC 110, claim status 510.

    A dental predetermination asks about the future and is left alone.
    """
    if getattr(claim, "is_predetermination", False):
        return ()
    limit = tables_of(place).today or place.written_on
    last = last_service(claim)
    if last is None or limit is None or last <= limit:
        return ()
    says = "A date of service lies after the day the claim was written."
    loop, qualifier = ("2300", "434") if isinstance(claim, Institutional) else ("2400", "472")
    return (place.finding("future-date", says, level=4, loop=loop, segment="DTP", qualifier=qualifier, element=3),)


@every_claim
def late(claim: Claim, place: Place) -> Findings:
    """A claim more than a year old says why (CLM20). Source: 837 guides, CLM20; 42 CFR 424.44."""
    today = tables_of(place).today
    if today is None or claim.delay_reason or claim.frequency in ("7", "8"):
        return ()
    last = last_service(claim)
    if last is None or today - last <= _LATE:
        return ()
    says = "The services are more than a year old and no delay reason is given."
    return (place.finding("delay-reason", says, level=4, severity=WARNING, segment="CLM", element=20),)


@every_claim
def within_life(claim: Claim, place: Place) -> Findings:
    """Nobody is served before birth, or long after death. Source: 837 guides, DMG02, PAT06; CARC 13 and 14."""
    person = claim.patient or claim.subscriber
    born, died = person.birth_date, person.death_date
    served = first_service(claim)
    if served is None or born is None:
        return ()
    if born <= served and served.year - born.year <= _OLDEST and not (died and died < served):
        return ()
    loop = "2010CA" if claim.patient else "2010BA"
    number = in_level(person, place, "PAT" if died and died < served else "DMG")
    if died and died < served:
        says, segment, element, loop = "The date of service lies after the date of death.", "PAT", 6, f"2000{loop[5]}"
    else:
        says, segment, element = "The birth date doesn't fit the date of service.", "DMG", 2
    return (
        place.finding(
            "birth-date" if segment == "DMG" else "death-date",
            says,
            level=4,
            loop=loop,
            segment=segment,
            element=element,
            segment_number=number,
        ),
    )


@every_claim
def attachment_number(claim: Claim, place: Place) -> Iterator[Finding]:
    """An attachment that travels apart has a number to find it by. Source: 837 guides, PWK05 and PWK06."""
    for at, each in enumerate(claim.attachments, 1):
        if each.transmission not in _NO_ATTACHMENT_NUMBER and not each.control_number:
            yield place.finding(
                "attachment-number",
                "The attachment has no control number.",
                level=4,
                segment="PWK",
                nth=at,
                element=6,
            )


@professional
def property_and_casualty(claim: Professional, place: Place) -> Findings:
    """Workers' compensation and auto insurers know the case by its number (REF*Y4).

    Source: 837P guide, 2010BA REF*Y4.
    """
    if claim.subscriber.filing_indicator not in ("WC", "AM"):
        return ()
    person = claim.patient or claim.subscriber
    if any(each.qualifier == "Y4" for each in (*person.references, *claim.subscriber.references)):
        return ()
    says = "The insurer of an accident wants its claim number (REF*Y4)."
    return (
        place.finding(
            "missing-case-number",
            says,
            level=4,
            severity=WARNING,
            loop="2010CA" if claim.patient else "2010BA",
            segment="REF",
            segment_number=person.segment_number or place.number,
        ),
    )


@professional
def pregnancy(claim: Professional, place: Place) -> Findings:
    """A man isn't pregnant, and has no last menstrual period. Source: claim status 86; 837P guide, PAT09, DTP*484."""
    person = claim.patient or claim.subscriber
    if person.sex != "M" or not (person.pregnant or claim.last_menstrual_date):
        return ()
    says = "The patient's sex and a pregnancy contradict each other."
    return (place.finding("pregnancy", says, level=4, segment="DTP", qualifier="484", element=3),)


@every_claim
def old_dates(claim: Claim, place: Place) -> Findings:
    """A service before 1990 is a slip of the pen. Source: claim status 187."""
    served = first_service(claim)
    if served is None or served.year >= 1990:
        return ()
    says = "The date of service lies before 1990."
    return (place.finding("old-date", says, level=4, loop="2400", segment="DTP", qualifier="472", element=3),)


@every_claim
def report_dates(claim: Claim, place: Place) -> Iterator[Finding]:
    """A decision of another payer is not older than the service. Source: 837 guides, DTP*573; claim status 516."""
    served = first_service(claim)
    if not claim.other_payers or served is None:
        return
    for at, parts in enumerate(place.elements, place.number):
        if parts[:2] != ["DTP", "573"] or len(parts) < 4:
            continue
        day = as_date(parts[3])
        if day and day < served:
            yield place.finding(
                "decision-before-service",
                "The other payer decided before the service was given.",
                level=4,
                severity=WARNING,
                loop="2330B",
                segment="DTP",
                element=3,
                segment_number=at,
            )

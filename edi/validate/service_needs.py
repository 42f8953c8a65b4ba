"""What certain services ask for: ambulance, laboratory, drugs, unlisted and chiropractic services (SNIP 4)."""

from collections.abc import Iterator

from edi.claim_837.facts import Drug
from edi.codes import clinical
from edi.codes.procedure_groups import AMBULANCE, CHIROPRACTIC, MAMMOGRAPHY, UNLISTED, is_laboratory
from edi.validate.claims import (
    Claim,
    Dental,
    Institutional,
    Professional,
    every_claim,
    line_start,
    professional,
    service_of,
)
from edi.validate.finding import ERROR, WARNING, Finding
from edi.validate.rules import Place
from edi.validate.tables import tables_of

_DRUG_UNITS = frozenset({"F2", "GR", "ME", "ML", "UN"})
_TRANSPORT_PLACES = ("41", "42")


@professional
def ambulance(claim: Professional, place: Place) -> Iterator[Finding]:
    """A trip has its reason and miles (CR1), a pick-up and a drop-off.

    Source: 837P guide, CR1, loops 2310E and 2310F.
    """
    for index, line in enumerate(claim.lines):
        if line.code not in AMBULANCE:
            continue
        start = line_start(place, index)
        if not (claim.transport or line.transport):
            yield place.finding(
                "missing-transport",
                "An ambulance trip needs its facts (CR1).",
                level=4,
                loop="2300",
                segment="CR1",
                segment_number=place.number,
            )
        for what, loop, given in (
            ("pick-up", "2310E", claim.pickup or line.pickup),
            ("drop-off", "2310F", claim.dropoff or line.dropoff),
        ):
            if given is None:
                yield place.finding(
                    f"missing-{what}",
                    f"An ambulance trip needs its {what} address.",
                    level=4,
                    severity=ERROR if what == "pick-up" else WARNING,
                    loop=loop,
                    segment="NM1",
                    segment_number=place.number,
                )
        if (line.place_of_service or claim.place_of_service) not in _TRANSPORT_PLACES:
            yield place.finding(
                "ambulance-place",
                "The place of an ambulance trip is 41 or 42.",
                level=4,
                severity=WARNING,
                loop="2400",
                segment="SV1",
                element=5,
                after=start,
            )
        return  # told once


@professional
def certificates(claim: Professional, place: Place) -> Iterator[Finding]:
    """Mammography and laboratory tests name the certificate of the place. Source: 837P guide, REF*EW and REF*X4.

    Medicare refuses without it (CMS 100-04 chapters 16 and 18); for other payers it is a warning.
    """
    medicare = claim.subscriber.filing_indicator == "MB"
    severity = ERROR if medicare else WARNING
    for index, line in enumerate(claim.lines):
        code = line.code
        if code in MAMMOGRAPHY:
            given, what, name = claim.mammography_number or line.mammography_number, "mammography", "EW"
        elif is_laboratory(code) and "26" not in line.modifiers and (medicare or "QW" in line.modifiers):
            given = claim.clia_number or line.clia_number or line.referring_clia_number
            what, name = "CLIA", "X4"
        else:
            continue
        if not given:
            yield place.finding(
                f"missing-{what.lower()}-number",
                f"The service needs a {what} certificate number (REF*{name}).",
                level=4,
                severity=severity,
                loop="2300",
                segment="REF",
                segment_number=line_start(place, index),
            )
            return


@professional
def clia_shape(claim: Professional, place: Place) -> Iterator[Finding]:
    """Two digits, D, seven digits. Source: CMS, CLIA number format; 837P guide, REF*X4."""
    numbers = {claim.clia_number, *(line.clia_number for line in claim.lines)}
    if any(each and clinical.CLIA.fullmatch(each) is None for each in numbers):
        yield place.finding(
            "clia-number",
            "This is no CLIA number.",
            level=5,
            severity=WARNING,
            segment="REF",
            qualifier="X4",
            element=2,
        )


@every_claim
def drugs(claim: Claim, place: Place) -> Iterator[Finding]:
    """An NDC has eleven digits, a quantity and a unit. Source: 837P/I guides, loop 2410; code source 240."""
    if isinstance(claim, Dental):
        return
    for index, line in enumerate(claim.lines):
        drug: Drug | None = getattr(line, "drug", None)
        if drug is None or drug.qualifier != "N4":
            continue
        start = line_start(place, index)
        if not tables_of(place).is_drug(drug.ndc) or not drug.ndc.strip("0"):
            yield place.finding(
                "ndc",
                "There is no such drug code (NDC): eleven digits, without hyphens.",
                level=5,
                loop="2410",
                segment="LIN",
                element=3,
                after=start,
            )
        if drug.units <= 0:
            yield place.finding(
                "ndc-quantity",
                "A drug needs a quantity above zero.",
                level=4,
                loop="2410",
                segment="CTP",
                element=4,
                after=start,
            )
        if drug.unit not in _DRUG_UNITS:
            yield place.finding(
                "ndc-unit",
                "A drug's unit is F2, GR, ME, ML or UN.",
                level=4,
                loop="2410",
                segment="CTP",
                element=5,
                component=1,
                after=start,
            )


@professional
def medicaid_drugs(claim: Professional, place: Place) -> Iterator[Finding]:
    """Medicaid wants the NDC beside a drug's HCPCS code.

    Source: Social Security Act 1927(a)(7); Medicaid companion guides.
    """
    if claim.subscriber.filing_indicator != "MC":
        return
    for index, line in enumerate(claim.lines):
        if line.drug is None and line.code[:1] == "J" and line.code[1:].isdecimal():
            yield place.finding(
                "missing-ndc",
                "Medicaid wants the drug code (NDC) of this drug.",
                level=4,
                severity=WARNING,
                loop="2410",
                segment="LIN",
                segment_number=line_start(place, index),
            )


@every_claim
def unlisted(claim: Claim, place: Place) -> Iterator[Finding]:
    """A code for "something else" comes with a description. Source: 837P guide SV101-7, 837I guide SV202-7."""
    for index, line in enumerate(claim.lines):
        if line.code not in UNLISTED or line.description or _noted(claim) or _noted(line):
            continue
        if not getattr(line, "drug", None):
            yield place.finding(
                "description",
                "An unlisted service needs a description.",
                level=4,
                loop="2400",
                segment=service_of(claim)[0],
                element=2 if isinstance(claim, Institutional) else 1,
                component=7,
                after=line_start(place, index),
            )


def _noted(one: object) -> bool:
    return bool(getattr(one, "note", None) or getattr(one, "notes", None))


@professional
def chiropractic(claim: Professional, place: Place) -> Iterator[Finding]:
    """Medicare wants the start of a chiropractic treatment. Source: CMS 100-02 chapter 15, section 240; DTP*454."""
    if claim.subscriber.filing_indicator != "MB" or claim.initial_treatment_date:
        return
    for index, line in enumerate(claim.lines):
        if line.code in CHIROPRACTIC and line.initial_treatment_date is None:
            yield place.finding(
                "missing-treatment-date",
                "Medicare wants the start of the chiropractic treatment (DTP*454).",
                level=4,
                loop="2300",
                segment="DTP",
                segment_number=line_start(place, index),
            )
            return

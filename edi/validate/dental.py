"""Rules of dental claims: teeth, surfaces, dates, appliances (SNIP 4 and 5)."""

from collections.abc import Iterator

from edi.codes.procedure_groups import TEETH_AND_SURFACES, needs_quadrant, needs_tooth
from edi.validate.claims import Dental, dental, line_start, shown
from edi.validate.finding import ERROR, WARNING, Finding
from edi.validate.rules import Place

TEETH = frozenset(
    [str(each) for each in (*range(1, 33), *range(51, 83))]
    + [f"{each:02d}" for each in range(1, 10)]
    + list("ABCDEFGHIJKLMNOPQRST")
    + [f"{each}S" for each in "ABCDEFGHIJKLMNOPQRST"]
)
"""Universal national numbering: 1-32, 51-82 (extra teeth), A-T, AS-TS. Source: code source 135 (ADA)."""

SURFACES = frozenset("BDFILMO")
_QUADRANTS = frozenset({"10", "20", "30", "40"})


@dental
def teeth(claim: Dental, place: Place) -> Iterator[Finding]:
    """Tooth numbers and surfaces are in their lists. Source: 837D guide, TOO02, TOO03, DN201."""
    for index, line in enumerate(claim.lines):
        for nth, tooth in enumerate(line.teeth, 1):
            start = line_start(place, index)
            if tooth.number not in TEETH:
                yield place.finding(
                    "tooth",
                    f"{shown(tooth.number)} is not a tooth.",
                    level=5,
                    loop="2400",
                    segment="TOO",
                    nth=nth,
                    element=2,
                    after=start,
                )
            if not SURFACES.issuperset(tooth.surfaces) or len(set(tooth.surfaces)) < len(tooth.surfaces):
                yield place.finding(
                    "surface",
                    "A tooth surface is wrong, or stands twice.",
                    level=5,
                    loop="2400",
                    segment="TOO",
                    nth=nth,
                    element=3,
                    after=start,
                )
    for nth, status in enumerate(claim.tooth_statuses, 1):
        if status.number not in TEETH:
            yield place.finding(
                "tooth", f"{shown(status.number)} is not a tooth.", level=5, segment="DN2", nth=nth, element=1
            )


@dental
def tooth_needed(claim: Dental, place: Place) -> Iterator[Finding]:
    """Fillings, crowns, root canals, extractions name their tooth, fillings its surfaces. Source: 837D guide, TOO."""
    for index, line in enumerate(claim.lines):
        if not needs_tooth(line.code):
            continue
        start = line_start(place, index)
        if not line.teeth:
            yield place.finding(
                "missing-tooth",
                "The procedure needs its tooth (TOO).",
                level=4,
                loop="2400",
                segment="TOO",
                segment_number=start,
            )
            continue
        wanted = TEETH_AND_SURFACES.get(line.code)
        count = len(line.teeth[0].surfaces)
        if wanted and (count < wanted or (wanted < 4 and count > wanted)):
            yield place.finding(
                "surface-count",
                "The surfaces don't fit the procedure.",
                level=4,
                severity=ERROR if not count else WARNING,
                loop="2400",
                segment="TOO",
                element=3,
                after=start,
            )


@dental
def quadrant_needed(claim: Dental, place: Place) -> Iterator[Finding]:
    """Gum treatment by quadrant names it. Source: 837D guide, SV304."""
    for index, line in enumerate(claim.lines):
        if needs_quadrant(line.code) and _QUADRANTS.isdisjoint(line.oral_cavities):
            yield place.finding(
                "quadrant",
                "The procedure needs its quadrant.",
                level=4,
                severity=WARNING,
                loop="2400",
                segment="SV3",
                element=4,
                after=line_start(place, index),
            )


@dental
def replaced_prosthesis(claim: Dental, place: Place) -> Iterator[Finding]:
    """A replacement tells when the first one was placed. Source: 837D guide, SV305 and DTP*441."""
    for index, line in enumerate(claim.lines):
        if line.prosthesis == "R" and line.prior_placement_date is None:
            yield place.finding(
                "missing-prior-placement",
                "A replaced prosthesis needs the day of its first placement (DTP*441).",
                level=4,
                loop="2400",
                segment="DTP",
                segment_number=line_start(place, index),
            )


@dental
def orthodontics(claim: Dental, place: Place) -> Iterator[Finding]:
    """Orthodontic treatment tells its months (DN1) and the day of the appliance. Source: 837D guide, DN1, DTP*452."""
    treated = next((at for at, each in enumerate(claim.lines) if "D8010" <= each.code <= "D8090"), None)
    if treated is None:
        return
    if claim.orthodontics is None:
        yield place.finding(
            "missing-orthodontics",
            "Orthodontic treatment needs its months (DN1).",
            level=4,
            segment="DN1",
            segment_number=place.number,
        )
    if not claim.is_predetermination and not (claim.appliance_date or claim.lines[treated].appliance_date):
        yield place.finding(
            "missing-appliance-date",
            "Orthodontic treatment needs the day of the appliance (DTP*452).",
            level=4,
            severity=WARNING,
            segment="DTP",
            segment_number=place.number,
        )
    months = claim.orthodontics.months if claim.orthodontics else None
    remaining = claim.orthodontics.months_remaining if claim.orthodontics else None
    if months is not None and remaining is not None and remaining > months:
        yield place.finding(
            "orthodontic-months", "More months remain than the treatment has.", level=4, segment="DN1", element=2
        )


@dental
def service_day(claim: Dental, place: Place) -> Iterator[Finding]:
    """A claim has a day of service, a question about payment has none. Source: 837D guide, DTP*472 and CLM19."""
    for index, line in enumerate(claim.lines):
        day = line.service_from or claim.service_from
        if day is None and not claim.is_predetermination:
            yield place.finding(
                "missing-line-date",
                "The line has no date of service (DTP*472).",
                level=4,
                loop="2400",
                segment="DTP",
                segment_number=line_start(place, index),
            )
        elif line.service_from and claim.is_predetermination:
            yield place.finding(
                "predetermination-date",
                "A predetermination has no date of service.",
                level=4,
                severity=WARNING,
                loop="2400",
                segment="DTP",
                qualifier="472",
                after=line_start(place, index),
            )

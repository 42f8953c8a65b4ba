"""Providers of claims and lines: numbers, specialties, addresses, and who must or mustn't be named (SNIP 4 and 5)."""

from collections.abc import Iterator, Sequence

from edi.claim_837.facts import Provider
from edi.npi import is_npi
from edi.parties import Organization, Person
from edi.validate.addresses import address_findings
from edi.validate.claims import (
    Claim,
    Dental,
    Institutional,
    Professional,
    every_claim,
    institutional,
    line_start,
    professional,
    provider_start,
)
from edi.validate.finding import WARNING, Finding
from edi.validate.rules import Place
from edi.validate.tables import Tables, tables_of

Named = Sequence[tuple[str, str, str]]
"""Entity code, field, loop."""

_PROFESSIONAL: Named = (
    ("DN", "referring", "2310A"),
    ("P3", "primary_care", "2310A"),
    ("82", "rendering", "2310B"),
    ("77", "service_facility", "2310C"),
    ("DQ", "supervising", "2310D"),
)
_PROFESSIONAL_LINE: Named = (
    ("82", "rendering", "2420A"),
    ("QB", "purchased_from", "2420B"),
    ("77", "service_facility", "2420C"),
    ("DQ", "supervising", "2420D"),
    ("DK", "ordering", "2420E"),
    ("DN", "referring", "2420F"),
    ("P3", "primary_care", "2420F"),
)
_INSTITUTIONAL: Named = (
    ("71", "attending", "2310A"),
    ("72", "operating", "2310B"),
    ("ZZ", "other_operating", "2310C"),
    ("82", "rendering", "2310D"),
    ("77", "service_facility", "2310E"),
    ("DN", "referring", "2310F"),
)
_INSTITUTIONAL_LINE: Named = (
    ("72", "operating", "2420A"),
    ("ZZ", "other_operating", "2420B"),
    ("82", "rendering", "2420C"),
    ("DN", "referring", "2420D"),
)
_DENTAL: Named = (
    ("DN", "referring", "2310A"),
    ("P3", "primary_care", "2310A"),
    ("82", "rendering", "2310B"),
    ("77", "service_facility", "2310C"),
    ("DD", "assistant_surgeon", "2310D"),
    ("DQ", "supervising", "2310E"),
)
_DENTAL_LINE: Named = (
    ("82", "rendering", "2420A"),
    ("DD", "assistant_surgeon", "2420B"),
    ("DQ", "supervising", "2420C"),
    ("77", "service_facility", "2420D"),
)
_PEOPLE = frozenset({"DN", "P3", "DQ", "DK", "71", "72", "ZZ", "DD"})
_FACILITY_PLACES = frozenset({"21", "22", "23", "24", "31", "32", "34", "51", "52", "61", "62"})


@every_claim
def providers(claim: Claim, place: Place) -> Iterator[Finding]:
    """NPI, specialty and address of every provider of claim and lines.

    Source: 837 guides, loops 2310 and 2420; 45 CFR 162.410; code source 682.
    """
    named, named_in_line = _PROFESSIONAL, _PROFESSIONAL_LINE
    if isinstance(claim, Institutional):
        named, named_in_line = _INSTITUTIONAL, _INSTITUTIONAL_LINE
    elif isinstance(claim, Dental):
        named, named_in_line = _DENTAL, _DENTAL_LINE
    tables = tables_of(place)
    given = claim.__dict__
    for entity, name, loop in named:
        provider = given.get(name)
        if provider is not None and not _fine(provider, tables):
            yield from provider_findings(provider, entity, loop, place, 0, tables)
    if place.delimiters.segment + "NM1" not in place.raw.partition(f"{place.delimiters.segment}LX")[2]:
        return
    for index, line in enumerate(claim.lines):
        given = line.__dict__
        for entity, name, loop in named_in_line:
            provider = given.get(name)
            if provider is not None and not _fine(provider, tables):
                yield from provider_findings(provider, entity, loop, place, line_start(place, index), tables)


def _fine(provider: Provider, tables: Tables) -> bool:
    """The usual case, quickly: right NPI, right specialty, no address, a person where one is asked for."""
    taxonomy = provider.taxonomy
    return (
        is_npi(provider.npi)
        and (not taxonomy or tables.is_taxonomy(taxonomy))
        and provider.address is None
        and type(provider.name) is Person
    )


def provider_findings(
    provider: Provider, entity: str, loop: str, place: Place, after: int, tables: Tables
) -> Iterator[Finding]:
    """Faults of one provider; `after` is the LX of its line, 0 for the claim's own."""
    number = provider_start(place, entity, after)
    if provider.npi and not is_npi(provider.npi):
        yield place.finding(
            "npi",
            "The provider's NPI fails its check digit.",
            level=5,
            loop=loop,
            segment="NM1",
            element=9,
            segment_number=number,
        )
    elif not provider.npi and not provider.references and entity in ("82", "71", "72"):
        yield place.finding(
            "npi-missing",
            "The provider has neither an NPI nor another number.",
            level=4,
            severity=WARNING,
            loop=loop,
            segment="NM1",
            element=9,
            segment_number=number,
        )
    if provider.taxonomy and not tables.is_taxonomy(provider.taxonomy):
        yield place.finding(
            "taxonomy",
            "The provider's specialty is not a taxonomy code.",
            level=5,
            loop=loop,
            segment="PRV",
            element=3,
            after=number - 1,
        )
    if entity in _PEOPLE and isinstance(provider.name, Organization):
        yield place.finding(
            "provider-person",
            "This provider must be a person.",
            level=4,
            loop=loop,
            segment="NM1",
            element=2,
            segment_number=number,
        )
    yield from address_findings(
        provider.address,
        place,
        tables,
        loop=loop,
        at=lambda: place.find("N4", after=number) or number,
        nine_digits=entity == "77",
    )


@professional
def rendering_is_billing(claim: Professional, place: Place) -> Iterator[Finding]:
    """A rendering provider is named only when another than the billing provider. Source: 837P guide, loop 2310B."""
    rendering = claim.rendering
    if rendering is not None and rendering.npi and rendering.npi == claim.billing.npi:
        yield place.finding(
            "rendering-is-billing",
            "The rendering provider is the billing provider and should be left out.",
            level=4,
            severity=WARNING,
            loop="2310B",
            segment="NM1",
            qualifier="82",
            element=9,
        )


@professional
def facility(claim: Professional, place: Place) -> Iterator[Finding]:
    """A service in a facility names it, unless it is billed by it. Source: 837P guide, loop 2310C; CMS 100-04, 1.10."""
    found = claim.service_facility
    if found is None:
        if claim.place_of_service in _FACILITY_PLACES and not any(each.service_facility for each in claim.lines):
            yield place.finding(
                "missing-facility",
                "The facility where the service was given is not named.",
                level=4,
                severity=WARNING,
                loop="2310C",
                segment="NM1",
                segment_number=place.number,
            )
    elif found.npi and found.npi == claim.billing.npi and found.address == claim.billing.address:
        yield place.finding(
            "facility-is-billing",
            "The service facility is the billing provider and should be left out.",
            level=4,
            severity=WARNING,
            loop="2310C",
            segment="NM1",
            qualifier="77",
        )


@professional
def own_referral(claim: Professional, place: Place) -> Iterator[Finding]:
    """Nobody supervises himself. Source: 837P guide, loop 2310D."""
    supervising, rendering = claim.supervising, claim.rendering
    if supervising and rendering and supervising.npi and supervising.npi == rendering.npi:
        yield place.finding(
            "supervising-is-rendering",
            "The supervising provider is the rendering provider.",
            level=4,
            severity=WARNING,
            loop="2310D",
            segment="NM1",
            qualifier="DQ",
            element=9,
        )


@institutional
def attending(claim: Institutional, place: Place) -> Iterator[Finding]:
    """Every claim but transport names who attends. Source: 837I guide, loop 2310A."""
    if claim.attending is None and any(each.revenue_code[:3] != "054" for each in claim.lines):
        yield place.finding(
            "missing-attending",
            "The attending provider is not named.",
            level=4,
            loop="2310A",
            segment="NM1",
            segment_number=place.number,
        )


@institutional
def operating(claim: Institutional, place: Place) -> Iterator[Finding]:
    """A procedure names who did it. Source: 837I guide, loop 2310B."""
    if claim.principal_procedure and claim.operating is None:
        yield place.finding(
            "missing-operating",
            "There is a procedure, but nobody who did it is named.",
            level=4,
            severity=WARNING,
            loop="2310B",
            segment="NM1",
            segment_number=place.number,
        )

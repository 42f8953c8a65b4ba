"""What the rules about claims share: the kinds they are for, and where in the file a fault lies."""

from datetime import date
from typing import TypeVar

from edi.claim_837.facts import BillingProvider, Patient, Subscriber
from edi.claim_837d import facts as dental_facts
from edi.claim_837i import facts as institutional_facts
from edi.claim_837p import facts as professional_facts
from edi.envelope import Kind
from edi.validate.rules import Place, Rule, SetRule, rule, set_rule

Professional = professional_facts.Claim
Institutional = institutional_facts.Claim
Dental = dental_facts.Claim
Claim = Professional | Institutional | Dental
PlacedClaim = Professional | Dental
"""Claims with a place of service instead of a type of bill."""

_LONGEST_CODE = 4

R = TypeVar("R", bound=Rule)
S = TypeVar("S", bound=type[SetRule])

professional = rule(Kind.CLAIM_837P, of=Professional)
institutional = rule(Kind.CLAIM_837I, of=Institutional)
dental = rule(Kind.CLAIM_837D, of=Dental)


def every_claim(function: R) -> R:
    """Register a rule for claims of all three kinds."""
    return professional(institutional(dental(function)))


def placed_claim(function: R) -> R:
    """Register a rule for professional and dental claims."""
    return professional(dental(function))


def every_set(cls: S) -> S:
    """Register a rule about whole transaction sets of all three kinds."""
    return set_rule(Kind.CLAIM_837P, Kind.CLAIM_837I, Kind.CLAIM_837D)(cls)


def shown(code: str) -> str:
    """A code to be named in a sentence; anything that doesn't look like one isn't named, it may be a person's data."""
    return code if code.isalnum() and len(code) <= _LONGEST_CODE else "This"


def line_start(place: Place, index: int) -> int:
    """Number of the LX of a line, counted from 0."""
    return place.find("LX", nth=index + 1) or place.number


def service_of(claim: Claim) -> tuple[str, int]:
    """Id of the service segment of the claim's lines, and its element with the charge."""
    if isinstance(claim, Professional):
        return "SV1", 2
    return ("SV2", 3) if isinstance(claim, Institutional) else ("SV3", 2)


def other_start(place: Place, index: int) -> int:
    """Number of the SBR of another payer (loop 2320), counted from 0."""
    return place.find("SBR", nth=index + 1) or place.number


def provider_start(place: Place, entity: str, after: int = 0) -> int:
    """Number of the NM1 of a provider of the claim, or of the line that starts at `after`."""
    return place.find("NM1", qualifier=entity, after=after) or place.number


def in_level(
    level: BillingProvider | Subscriber | Patient, place: Place, name: str, *, entity: str = "", qualifier: str = ""
) -> int:
    """Number of a segment of the levels above the claim; the level's own when it isn't there.

    `entity` says in which NM1 loop to look, `qualifier` how its first element starts.
    """
    marks = place.delimiters
    inside = not entity
    found = level.segment_number
    for at, text in enumerate(level.raw.split(marks.segment)[:-1]):
        parts = text.split(marks.element)
        first = parts[1] if len(parts) > 1 else ""
        if entity and parts[0] == "NM1":
            inside = first == entity
            if inside:
                found = level.segment_number + at
        if inside and parts[0] == name and first.startswith(qualifier):
            return level.segment_number + at
    return found


def first_service(claim: Claim) -> date | None:
    """The earliest day of service of the claim."""
    days = [day for each in claim.lines if (day := each.service_from)]
    if isinstance(claim, Institutional):
        days += [claim.statement_from] if claim.statement_from else []
    elif isinstance(claim, Dental):
        days += [claim.service_from] if claim.service_from else []
    return min(days, default=None)


def last_service(claim: Claim) -> date | None:
    """The latest day of service of the claim."""
    days = [day for each in claim.lines if (day := each.service_to or each.service_from)]
    if isinstance(claim, Institutional):
        days += [claim.statement_to] if claim.statement_to else []
    elif isinstance(claim, Dental):
        days += [day for day in (claim.service_to or claim.service_from,) if day]
    return max(days, default=None)

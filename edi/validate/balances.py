"""Sums and signs of claims (SNIP 3)."""

from collections.abc import Iterator
from decimal import Decimal

from edi.adjustments import total
from edi.claim_837.facts import AnyLine, LineAdjudication, OtherPayer
from edi.elements import ZERO
from edi.validate.claims import Claim, Institutional, every_claim, institutional, line_start, other_start, service_of
from edi.validate.finding import WARNING, Finding
from edi.validate.rules import Place

Findings = tuple[Finding, ...]


@every_claim
def claim_total(claim: Claim, place: Place) -> Findings:
    """CLM02 is the sum of the line charges. Source: 837 guides, section 1.4.4 and CLM02."""
    charges = ZERO
    for line in claim.lines:
        charges += line.charge
    if charges == claim.charge or not claim.lines:
        return ()
    says = f"CLM02 differs from the sum of the line charges by {abs(charges - claim.charge):.2f} dollars."
    return (place.finding("claim-total", says, level=3, segment="CLM", element=2),)


@every_claim
def charges_not_negative(claim: Claim, place: Place) -> Iterator[Finding]:
    """No charge is below zero. Source: 837 guides, CLM02 and SV102/SV203/SV302."""
    if claim.charge < 0:
        yield place.finding("negative-charge", "The claim's charge is below zero.", level=3, segment="CLM", element=2)
    for index, line in enumerate(claim.lines):
        if line.charge < 0:
            segment, element = service_of(claim)
            yield place.finding(
                "negative-charge",
                "The line's charge is below zero.",
                level=3,
                loop="2400",
                segment=segment,
                element=element,
                after=line_start(place, index),
            )


@every_claim
def patient_payment(claim: Claim, place: Place) -> Findings:
    """What the patient paid is neither below zero nor above the charge. Source: 837P/D guides, loop 2300 AMT*F5."""
    paid: Decimal | None = getattr(claim, "patient_paid", None)
    if not paid or 0 < paid <= claim.charge:
        return ()
    if paid < 0:
        return (
            place.finding(
                "patient-paid",
                "The amount the patient paid is below zero.",
                level=3,
                segment="AMT",
                qualifier="F5",
                element=2,
            ),
        )
    says = "The patient paid more than the claim's charge."
    return (place.finding("patient-paid", says, level=3, severity=WARNING, segment="AMT", qualifier="F5", element=2),)


@institutional
def noncovered_charge(claim: Institutional, place: Place) -> Iterator[Finding]:
    """The non-covered part of a line is at most its charge. Source: 837I guide, SV207."""
    for index, line in enumerate(claim.lines):
        if line.noncovered is not None and not 0 <= line.noncovered <= line.charge:
            yield place.finding(
                "noncovered-charge",
                "The non-covered charge is not a part of the line's charge.",
                level=3,
                loop="2400",
                segment="SV2",
                element=7,
                after=line_start(place, index),
            )


@every_claim
def other_payers_balance(claim: Claim, place: Place) -> Iterator[Finding]:
    """What another payer decided adds up, for the claim and for each line.

    Line: charge = its SVD02 + its CAS. Claim with lines decided: AMT*D = sum of SVD02 - claim CAS. Claim decided as a
    whole: charge = AMT*D + claim CAS. Source: 837 guides, section 1.4.4.2 (balancing of coordination of benefits).
    """
    for at, other in enumerate(claim.other_payers):
        decided = [
            (index, line, mine)
            for index, line in enumerate(claim.lines)
            if (mine := [each for each in line.adjudications if each.payer_id == other.payer.id])
        ]
        for index, line, mine in decided:
            yield from _line_balance(place, index, line, mine)
        yield from _payer_balance(claim, place, at, other, [each for _, _, mine in decided for each in mine])


def _line_balance(place: Place, index: int, line: AnyLine, mine: list[LineAdjudication]) -> Iterator[Finding]:
    if any(each.bundled_line for each in mine):
        return  # the money stands on another line
    explained = ZERO
    for each in mine:
        explained += each.paid + total(each.adjustments)
    if explained != line.charge:
        off = abs(line.charge - explained)
        yield place.finding(
            "cob-line-balance",
            f"What the other payer paid and adjusted differs from the line's charge by {off:.2f} dollars.",
            level=3,
            loop="2430",
            segment="SVD",
            qualifier=mine[0].payer_id,
            element=2,
            after=line_start(place, index),
        )


def _payer_balance(
    claim: Claim, place: Place, at: int, other: OtherPayer, lines: list[LineAdjudication]
) -> Iterator[Finding]:
    if other.paid is None:
        return
    own = total(other.adjustments)
    if lines:
        paid = ZERO
        for each in lines:
            paid += each.paid
        off = abs(paid - own - other.paid)
    elif own:
        off = abs(claim.charge - other.paid - own)
    else:
        return
    if off:
        yield place.finding(
            "cob-claim-balance",
            f"The other payer's payment differs from what lines and adjustments say by {off:.2f} dollars.",
            level=3,
            loop="2320",
            segment="AMT",
            qualifier="D",
            element=2,
            after=other_start(place, at),
        )

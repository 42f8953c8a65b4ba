"""Other payers of a claim and what they decided: who pays after whom, and is everything there (SNIP 4 and 5)."""

from collections.abc import Iterable, Iterator
from datetime import date

from edi.adjustments import Adjustment
from edi.validate.claims import Claim, every_claim, line_start, other_start, shown
from edi.validate.finding import WARNING, Finding
from edi.validate.rules import Place
from edi.validate.tables import Tables, tables_of

_ORDER = "PSTABCDEFGH"


@every_claim
def payer_order(claim: Claim, place: Place) -> Iterator[Finding]:
    """A later payer knows of the ones before it, and no two stand in one place.

    Source: 837 guides, SBR01, loop 2320.
    """
    mine = claim.subscriber.responsibility
    others = [each.responsibility for each in claim.other_payers]
    if mine in ("P", "U", "") and not others:
        return
    before = _ORDER.find(mine)
    number = claim.subscriber.segment_number + 1 if claim.subscriber.segment_number else place.number
    if before > 0 and not others:
        yield place.finding(
            "missing-other-payer",
            "The payer is not the first, yet no other payer (loop 2320) is named.",
            level=4,
            loop="2000B",
            segment="SBR",
            element=1,
            segment_number=number,
        )
    elif before > len(others):
        yield place.finding(
            "payer-order",
            "Fewer payers are named than stand before this one.",
            level=4,
            severity=WARNING,
            loop="2000B",
            segment="SBR",
            element=1,
            segment_number=number,
        )
    seen = {mine}
    for at, each in enumerate(others):
        if each in seen and each not in ("U", ""):
            yield place.finding(
                "payer-order",
                "Two payers claim the same place in the order.",
                level=4,
                loop="2320",
                segment="SBR",
                element=1,
                segment_number=other_start(place, at),
            )
        seen.add(each)


@every_claim
def other_payer_ids(claim: Claim, place: Place) -> Iterator[Finding]:
    """Each other payer has an id of its own, so that lines can name it. Source: 837 guides, loop 2330B NM109."""
    if not claim.other_payers:
        return
    seen: set[str] = set()
    for at, other in enumerate(claim.other_payers):
        if other.payer.id and other.payer.id in seen:
            yield place.finding(
                "other-payer-id",
                "Two other payers have the same id.",
                level=4,
                loop="2330B",
                segment="NM1",
                qualifier="PR",
                element=9,
                after=other_start(place, at),
            )
        seen.add(other.payer.id)


@every_claim
def decided_lines(claim: Claim, place: Place) -> Iterator[Finding]:
    """What a line says another payer decided belongs to a payer of the claim. Source: 837 guides, SVD01."""
    known = {each.payer.id for each in claim.other_payers}
    for index, line in enumerate(claim.lines):
        for at, each in enumerate(line.adjudications, 1):
            if each.payer_id not in known:
                yield place.finding(
                    "decided-by-nobody",
                    "SVD01 names no other payer of the claim.",
                    level=4,
                    loop="2430",
                    segment="SVD",
                    nth=at,
                    element=1,
                    after=line_start(place, index),
                )


@every_claim
def decision_complete(claim: Claim, place: Place) -> Iterator[Finding]:
    """A payer that decided tells what it paid and when. Source: 837 guides, loop 2320 AMT*D, 2330B and 2430 DTP*573."""
    for at, other in enumerate(claim.other_payers):
        decided = [each for line in claim.lines for each in line.adjudications if each.payer_id == other.payer.id]
        if other.paid is None and decided:
            yield place.finding(
                "missing-payer-amount",
                "The other payer decided the lines, but its total (AMT*D) is missing.",
                level=4,
                loop="2320",
                segment="AMT",
                segment_number=other_start(place, at),
            )
        if other.decided_on is None and any(each.decided_on is None for each in decided):
            yield place.finding(
                "missing-decision-date",
                "The day of the other payer's decision (DTP*573) is missing.",
                level=4,
                loop="2330B",
                segment="DTP",
                segment_number=other_start(place, at),
            )
        if other.paid is not None and other.paid < 0:
            yield place.finding(
                "payer-amount",
                "The other payer's payment is below zero.",
                level=3,
                loop="2320",
                segment="AMT",
                qualifier="D",
                element=2,
                after=other_start(place, at),
            )


@every_claim
def other_reasons(claim: Claim, place: Place) -> Iterator[Finding]:
    """Reasons and remarks of other payers are codes of their lists.

    Source: 837 guides, CAS, MOA; code sources 139, 411.
    """
    if not claim.other_payers:
        return
    tables = tables_of(place)
    for at, other in enumerate(claim.other_payers):
        start = other_start(place, at)
        day = other.decided_on
        yield from reason_findings(other.adjustments, day, tables, place, loop="2320", after=start)
        for code in other.remark_codes:
            if code not in tables.remarks:
                yield place.finding(
                    "remark",
                    f"{shown(code)} is not a remark code.",
                    level=5,
                    loop="2320",
                    segment="MOA",
                    element=3,
                    after=start,
                )
    for index, line in enumerate(claim.lines):
        for nth, each in enumerate(line.adjudications, 1):
            if not known_reasons(each.adjustments, each.decided_on, tables):
                after = place.find("SVD", nth=nth, after=line_start(place, index)) or place.number
                yield from reason_findings(each.adjustments, each.decided_on, tables, place, loop="2430", after=after)


def known_reasons(adjustments: Iterable[Adjustment], day: date | None, tables: Tables) -> bool:
    """Whether there is nothing to say about these reasons."""
    reasons = tables.reasons
    for each in adjustments:
        found = reasons.get(each.reason)
        if found is None or not each.amount or (found.stop and not found.active(day)):
            return False
    return True


def reason_findings(
    adjustments: Iterable[Adjustment], day: date | None, tables: Tables, place: Place, *, loop: str, after: int
) -> Iterator[Finding]:
    """Unknown or withdrawn reasons of the CAS segments behind segment number `after`."""
    for each in adjustments:
        found = tables.reasons.get(each.reason)
        if found is not None and each.amount and not (found.stop and not found.active(day)):
            continue
        number, element = _cas(place, each, after)
        if found is None and each.reason:
            says, severity, code = f"{shown(each.reason)} is not an adjustment reason code.", "error", "reason"
        elif found is None:
            continue  # the walk over the structure tells that there is none
        elif not each.amount:
            says, severity, code = "An adjustment of nothing should be left out.", WARNING, "adjustment-of-nothing"
        else:
            says = f"Adjustment reason {each.reason} was withdrawn before that day."
            severity, code = WARNING, "reason-date"
        yield place.finding(
            code,
            says,
            level=4 if code == "adjustment-of-nothing" else 5,
            severity=severity,
            loop=loop,
            segment="CAS",
            element=element,
            segment_number=number,
        )


def _cas(place: Place, adjustment: Adjustment, after: int) -> tuple[int, int]:
    """Segment number and element of a reason."""
    for at, parts in enumerate(place.elements, place.number):
        if at > after and parts[0] == "CAS" and parts[1:2] == [adjustment.group]:
            for element in range(2, len(parts), 3):
                if parts[element] == adjustment.reason:
                    return at, element
    return after, 2

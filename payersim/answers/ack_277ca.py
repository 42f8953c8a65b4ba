"""Claim acknowledgment 277CA (005010X214): which claims the payer took, and why it took the others not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from payersim.answers.envelope import (
    Header,
    amount,
    composite,
    day,
    interchange,
    period,
    segment,
    transaction,
)
from payersim.claims import ZERO, Claim
from payersim.plans import Practice
from payersim.screen import ACCEPTED, Status

VERSION = "005010X214"


@dataclass(frozen=True, slots=True)
class Source:
    """Who acknowledges: a payer (PR) or the clearinghouse (AY)."""

    entity: str
    name: str
    qualifier: str
    id: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One claim and its verdict: no statuses mean accepted, under the payer's control number."""

    claim: Claim
    control: str
    statuses: tuple[Status, ...]


def write_277ca(
    header: Header, source: Source, practice: Practice, claims: Sequence[Acknowledged], received_on: date
) -> bytes:
    """One transaction set for each batch (BHT03 of the 837) that the claims came in."""
    batches = [list(each) for _, each in groupby(claims, key=lambda one: one.claim.batch)]
    sets = [
        transaction("277", number, VERSION, _body(header, number, source, practice, batch, received_on))
        for number, batch in enumerate(batches, start=1)
    ]
    return interchange(header, "HN", VERSION, sets)


def _body(
    header: Header,
    number: int,
    source: Source,
    practice: Practice,
    claims: Sequence[Acknowledged],
    received_on: date,
) -> Iterator[str]:
    at, reference = header.at, f"{header.control}-{number}"
    yield segment("BHT", "0085", "08", reference, day(at), f"{at:%H%M}", "TH")
    yield segment("HL", "1", "", "20", "1")
    yield segment("NM1", source.entity, "2", source.name, "", "", "", "", source.qualifier, source.id)
    yield segment("TRN", "1", reference)
    yield segment("DTP", "050", "D8", day(received_on))
    yield segment("DTP", "009", "D8", day(at))
    yield from _receiver(at, source, practice, claims)
    level = 3
    for _, group in groupby(claims, key=lambda one: (one.claim.billing_npi, one.claim.billing_name)):
        mine = list(group)
        yield from _provider(level, mine)
        for place, one in enumerate(mine, start=1):
            yield from _patient(level + place, level, one, at)
        level += len(mine) + 1


def _receiver(at: datetime, source: Source, practice: Practice, claims: Sequence[Acknowledged]) -> Iterator[str]:
    accepted = [one.claim.charge for one in claims if not one.statuses]
    rejected = [one.claim.charge for one in claims if one.statuses]
    total = sum((*accepted, *rejected), ZERO)
    yield segment("HL", "2", "1", "21", "1")
    yield segment("NM1", "41", "2", practice.name, "", "", "", "", "46", practice.submitter_id)
    yield segment("TRN", "2", claims[0].claim.batch)
    yield segment("STC", composite("A1", "19", source.entity), day(at), "WQ", amount(total))
    yield from _totals("90", "AA", accepted, rejected)


def _totals(good: str, bad: str, accepted: Sequence[Decimal], rejected: Sequence[Decimal]) -> Iterator[str]:
    if accepted:
        yield segment("QTY", good, str(len(accepted)))
    if rejected:
        yield segment("QTY", bad, str(len(rejected)))
    if accepted:
        yield segment("AMT", "YU", amount(sum(accepted, ZERO)))
    if rejected:
        yield segment("AMT", "YY", amount(sum(rejected, ZERO)))


def _provider(level: int, claims: Sequence[Acknowledged]) -> Iterator[str]:
    billing = claims[0].claim
    accepted = [one.claim.charge for one in claims if not one.statuses]
    rejected = [one.claim.charge for one in claims if one.statuses]
    total = sum((*accepted, *rejected), ZERO)
    yield segment("HL", str(level), "2", "19", "1")
    yield segment("NM1", "85", "2", billing.billing_name, "", "", "", "", "XX", billing.billing_npi)
    yield segment("TRN", "1", "0")
    yield segment("STC", composite("A1", "19", "85"), "", "WQ", amount(total))
    yield from _totals("QA", "QC", accepted, rejected)


def _patient(level: int, parent: int, one: Acknowledged, at: datetime) -> Iterator[str]:
    claim, person = one.claim, one.claim.patient
    action = "U" if one.statuses else "WQ"
    yield segment("HL", str(level), str(parent), "PT")
    yield segment(
        "NM1",
        "QC",
        "1",
        person.last_name,
        person.first_name,
        person.middle_name,
        "",
        "",
        "MI",
        claim.member_id,
    )
    yield segment("TRN", "2", claim.claim_number)
    for status in one.statuses or (ACCEPTED,):
        code = composite(status.category, status.code, status.entity)
        yield segment("STC", code, day(at), action, amount(claim.charge))
    if one.control:
        yield segment("REF", "1K", one.control)
    if claim.clearinghouse_trace:
        yield segment("REF", "D9", claim.clearinghouse_trace)
    yield segment("DTP", "472", *period(claim.first_day, claim.last_day))

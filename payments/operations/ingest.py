"""Storing what an 835 says: every remittance with its claims and lines, balanced and matched, nothing posted yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import TypeVar

from django.db import transaction

from claims.models import InboundFile, InboundStatus
from compliance.operations import record_event
from edi import remit_835 as x12
from edi.errors import X12Error
from payments.domain import rows
from payments.domain.expected import expected_payment
from payments.domain.match import ClaimMatch, claim_named, match_claim, match_lines
from payments.domain.posting import INFORMATION_CODES, REVERSAL
from payments.domain.problems import Stop, is_money, place, stop_of
from payments.domain.provider_money import FORWARDED, INTEREST
from payments.domain.split import ZERO, sequestered
from payments.domain.status import RemitClaimStatus, RemitStatus
from payments.models import AdjustmentStatus, ProviderAdjustment, Remit, RemitClaim, RemitLine
from payments.operations import work
from payments.queries import matching
from worklist.nudge import nudge

CHUNK = 1000  # claims held in memory and written at a time
T = TypeVar("T")


@transaction.atomic
def ingest_file(*, inbound_id: int, now: datetime) -> list[Remit]:
    """Store the remittances of an inbound 835 and mark it read, or refused with the place where reading broke off.

    A remittance that came before (payer, trace and amount) is kept as a repeat without claims; one that does not
    balance is kept whole, and nothing of it will post.
    """
    inbound = InboundFile.objects.select_for_update().get(pk=inbound_id)
    if inbound.status != InboundStatus.NEW:
        return []
    try:
        with transaction.atomic():
            remits = [
                _store(inbound, position, remittance, now)
                for position, remittance in enumerate(x12.read_remits(BytesIO(bytes(inbound.content))), 1)
            ]
            if not remits:
                raise X12Error("The file holds no remittance (835).")
    except X12Error as error:
        _refuse(inbound, error, now)
        return []
    inbound.status, inbound.read_at = InboundStatus.READ, now
    inbound.save(update_fields=["status", "read_at"])
    record_event(actor=None, now=now, verb="file.read", subject=inbound, detail={"remittances": len(remits)})
    nudge("post_remits")
    return remits


def _refuse(inbound: InboundFile, error: X12Error, now: datetime) -> None:
    inbound.status, inbound.read_at = InboundStatus.REFUSED, now
    inbound.problem = place(error.problem())[:400]
    inbound.save(update_fields=["status", "read_at", "problem"])
    record_event(actor=None, now=now, verb="file.refused", subject=inbound, note=inbound.problem)
    work.open_for_refused_file(inbound, now=now)


@dataclass(slots=True)
class _Tally:
    """What was counted while the claims went by."""

    claims: int = 0
    lines: int = 0
    paid: Decimal = ZERO

    def add(self, chunk: Sequence[x12.RemitClaim]) -> None:
        self.claims += len(chunk)
        self.lines += sum(len(each.lines) for each in chunk)
        self.paid += sum((each.paid for each in chunk), ZERO)


def _store(inbound: InboundFile, position: int, remittance: x12.Remittance, now: datetime) -> Remit:
    header = remittance.header
    remit = Remit(
        practice_id=inbound.practice_id,
        inbound=inbound,
        position=position,
        payer=matching.payer_of(inbound.practice_id, header),
        received_at=inbound.received_at,
        status=RemitStatus.READY,
        **rows.remit_fields(header, received=inbound.received_at.date()),
    )
    if _earlier(remit).exclude(status=RemitStatus.UNBALANCED).exists():
        remit.status = RemitStatus.REPEAT
        remit.problem = "The same payer, number and amount came before: nothing posts"
    remit.save()
    tally = _Tally()
    for chunk in _chunks(remittance.claims, CHUNK):
        if remit.status != RemitStatus.REPEAT:
            _store_claims(remit, chunk, after=tally.claims)
        tally.add(chunk)
    _close_tally(remit, remittance, tally, now)
    return remit


def _earlier(remit: Remit):  # type: ignore[no-untyped-def]  # a queryset of the model's own manager
    return Remit.objects.filter(
        practice_id=remit.practice_id,
        payer_identifier=remit.payer_identifier,
        trace_number=remit.trace_number,
        amount=remit.amount,
    ).exclude(status=RemitStatus.REPEAT)


def _chunks(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while chunk := list(islice(items, size)):
        yield chunk


def _close_tally(remit: Remit, remittance: x12.Remittance, tally: _Tally, now: datetime) -> None:
    """Totals, provider adjustments and the file's own balance, now that everything was read."""
    adjustments = remittance.provider_adjustments
    remit.claim_count, remit.line_count = tally.claims, tally.lines
    amounts = [tally.paid, sum((each.amount for each in adjustments), ZERO)]
    remit.claims_amount, remit.adjustments_amount = (each if is_money(each) else ZERO for each in amounts)
    if remit.status == RemitStatus.REPEAT:
        remit.save()
        record_event(actor=None, now=now, verb="remit.repeated", subject=remit)
        return
    problem = _file_problem(remit, remittance)
    if problem:
        remit.status, remit.problem = RemitStatus.UNBALANCED, problem[:240]
    remit.save()
    stored = _store_adjustments(remit, adjustments)
    record_event(
        actor=None, now=now, verb="remit.received", subject=remit, detail={"claims": tally.claims}, note=remit.problem
    )
    if problem:
        work.open_for_file_balance(remit, now=now)
        return
    replaced = list(_earlier(remit).exclude(pk=remit.pk).values_list("pk", flat=True))
    work.close_for_remits(remit.practice_id, replaced, outcome="Came again, balanced", now=now)
    work.open_for_adjustments([each for each in stored if each.status == AdjustmentStatus.EXCEPTION], now=now)
    waiting = RemitClaim.objects.filter(remit=remit, status=RemitClaimStatus.EXCEPTION)
    for chunk in _chunks(waiting.select_related("remit", "suggestion").iterator(CHUNK), CHUNK):
        work.open_for_claims(chunk, now=now)


def _file_problem(remit: Remit, remittance: x12.Remittance) -> str:
    """Why nothing of the remittance may post: it can't be read for certain, or its sums differ."""
    if remittance.problems:
        return place(remittance.problems[0])
    if not all(is_money(each) for each in (remittance.header.paid, remit.claims_amount, remit.adjustments_amount)):
        return "An amount is no sum of cents"
    if off := remit.imbalance_amount:
        return (
            f"${abs(off):,.2f} off: claims {remit.claims_amount:,.2f} less adjustments "
            f"{remit.adjustments_amount:,.2f} is not the payment {remit.amount:,.2f}"
        )
    return ""


def _store_claims(remit: Remit, chunk: Sequence[x12.RemitClaim], *, after: int) -> None:
    """Match a chunk and write it: a fixed number of statements."""
    matches = _match(remit, chunk)
    stops = [stop_of(each) for each in chunk]
    found = [
        match_lines([rows.sent_line(line) for line in each.lines], m.claim.lines, m.claim.number)
        if m.claim
        else [None] * len(each.lines)
        for each, m in zip(chunk, matches, strict=True)
    ]
    prices = matching.contract_prices(
        {m.claim.contract_id for m in matches if m.claim},
        {line.code for m in matches if m.claim for line in m.claim.lines},
    )
    parents = []
    for at, (sent, match, stop, lines) in enumerate(zip(chunk, matches, stops, found, strict=True), after + 1):
        money = rows.claim_money(sent)
        expected = None
        if match.claim and sent.status != REVERSAL:
            price_list = prices.get(match.claim.contract_id or 0, {})
            withheld = sequestered(sent.all_adjustments)
            expected = expected_payment(match.claim.lines, price_list, patient=money.patient, withheld=withheld)
        parents.append(
            RemitClaim(
                practice_id=remit.practice_id,
                remit=remit,
                position=at,
                claim_id=match.claim.id if match.claim else None,
                suggestion_id=match.suggestion.id if match.suggestion else None,
                expected_amount=expected,
                **rows.claim_fields(sent, money),
                **_standing(sent, match, stop, lines),
            )
        )
    stored = RemitClaim.objects.bulk_create(parents)
    RemitLine.objects.bulk_create(
        RemitLine(
            practice_id=remit.practice_id,
            remit_claim=parent,
            claim_line_id=ours.id if ours else None,
            **rows.line_fields(line),
        )
        for parent, sent, lines in zip(stored, chunk, found, strict=True)
        for line, ours in zip(sent.lines, lines, strict=True)
    )


def _match(remit: Remit, chunk: Sequence[x12.RemitClaim]) -> list[ClaimMatch]:
    sent = [rows.sent_claim(each, payer_id=remit.payer_id) for each in chunk]
    ours = matching.candidates(remit.practice_id, sent)
    matches = [match_claim(each, ours) for each in sent]
    lost = [each for each, match in zip(sent, matches, strict=True) if match.claim is None]
    if lost:
        ours = rows.with_lookalikes(ours, matching.lookalikes(remit.practice_id, lost))
        matches = [m if m.claim else match_claim(each, ours) for each, m in zip(sent, matches, strict=True)]
    return matches


def _standing(sent: x12.RemitClaim, match: ClaimMatch, stop: Stop | None, lines: Sequence[object]) -> dict[str, str]:
    """Status and, for an exception, why."""
    if stop is None and sent.status in INFORMATION_CODES:
        return {"status": RemitClaimStatus.INFORMATION}
    if stop is None and match.claim is None:
        stop = Stop(kind="unmatched", says=match.problem)
    if stop is None and sent.status != REVERSAL and None in lines:
        line = sent.lines[list(lines).index(None)]
        number = match.claim.number if match.claim else ""
        stop = Stop(
            kind="unmatched_line",
            says=f"{line.procedure.code} for {line.charge:,.2f} is not on claim {number}",
        )
    if stop is None:
        return {"status": RemitClaimStatus.READY}
    return {"status": RemitClaimStatus.EXCEPTION, "problem_kind": stop.kind, "problem": stop.says[:200]}


def _forwarded_before(remit: Remit, adjustments: Sequence[x12.ProviderAdjustment]) -> set[tuple[str, Decimal]]:
    """Balances (reference, amount) that this payer carried forward and these adjustments may take now."""
    taken = {each.reference for each in adjustments if each.code == FORWARDED and each.amount > 0}
    if not taken:
        return set()
    rows = ProviderAdjustment.objects.filter(
        practice_id=remit.practice_id,
        reason=FORWARDED,
        reference__in=taken,
        amount__lt=0,
        remit__payer_identifier=remit.payer_identifier,
    )
    return {(reference, -amount) for reference, amount in rows.values_list("reference", "amount")}


def _is_forward(sent: x12.ProviderAdjustment, forwarded: set[tuple[str, Decimal]]) -> bool:
    """A balance carried forward, or the taking of one that was; taking what nobody forwarded is for a person."""
    return sent.code == FORWARDED and (sent.amount < 0 or (sent.reference, sent.amount) in forwarded)


def _store_adjustments(remit: Remit, adjustments: Sequence[x12.ProviderAdjustment]) -> list[ProviderAdjustment]:
    """PLB rows, each tied to the claim its reference names; interest and a known forwarded balance need no claim."""
    if not adjustments:
        return []
    named = matching.claims_named(remit.practice_id, {each.reference for each in adjustments if each.reference})
    forwarded = _forwarded_before(remit, adjustments)
    built = []
    for position, each in enumerate(adjustments, 1):
        free = each.code in (INTEREST, FORWARDED)
        claim = None if free else claim_named(each.reference, named, payer_id=remit.payer_id)
        certain = claim is not None or each.code == INTEREST or not each.amount or _is_forward(each, forwarded)
        built.append(
            ProviderAdjustment(
                practice_id=remit.practice_id,
                remit=remit,
                position=position,
                reason=each.code[:2],
                reference=each.reference[:50],
                amount=each.amount if is_money(each.amount) else ZERO,
                claim_id=claim.id if claim else None,
                status=AdjustmentStatus.READY if certain else AdjustmentStatus.EXCEPTION,
            )
        )
    return ProviderAdjustment.objects.bulk_create(built)

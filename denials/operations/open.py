"""Taking posted decisions up: what they refuse becomes denials with work; older denials move by what they say."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from claims.models import Claim, ClaimLine
from compliance.operations import Event, record_events
from denials.domain.classify import Refusal, classify
from denials.domain.deadline import PayerClocks, appeal_deadline, deadline_of
from denials.domain.odds import expected_amounts, odds
from denials.domain.refusals import Refused, refusals_in
from denials.models import Denial
from denials.operations.settle import settle_claims
from denials.operations.work import DENIAL, refresh_work
from denials.queries.decisions import Around, approved, around, decided_claim, posted_decisions
from encounters.models import Payer
from payments.models import RemitClaim, RemitLine
from payments.operations.follow import follow_remit_claims

ZERO = Decimal("0.00")


@transaction.atomic
def open_denials(*, practice_id: int, remit_claim_ids: Sequence[int], now: datetime) -> int:
    """Open a denial for every refusal of these posted decisions, and settle older ones that they answer.

    A fixed number of statements for any number of decisions. Safe to repeat: a denial is unique per decision, line,
    group and reason, and a decision is taken up once. Returns how many denials are new.
    """
    rows = posted_decisions(remit_claim_ids)
    beside = around(practice_id, rows)
    candidates = [denial for row in rows for denial in _denials_of(row, beside, now)]
    known = set(
        Denial.objects.filter(remit_claim_id__in=[row.pk for row in rows]).values_list(
            "remit_claim_id", "line_number", "group", "carc"
        )
    )
    fresh = [each for each in candidates if _key(each) not in known]
    Denial.objects.bulk_create(fresh)
    refresh_work(practice_id, {each.remit_claim_id for each in fresh}, now=now, opens=True)
    record_events(
        actor=None,
        now=now,
        events=[
            Event(
                practice_id=practice_id,
                verb="denial.opened",
                subject_type=DENIAL,
                subject_id=each.pk,
                patient_id=each.patient_id,
                detail={"category": each.category, "code": str(each), "amount": str(each.amount)},
            )
            for each in fresh
        ],
    )
    touched = {pk for row in rows if row.claim for pk in (row.claim.pk, row.claim.original_id) if pk}
    settle_claims(practice_id=practice_id, claim_ids=touched, now=now)
    follow_remit_claims(practice_id=practice_id, ids=remit_claim_ids, now=now)
    return len(fresh)


def _key(denial: Denial) -> tuple[int, int, str, str]:
    return denial.remit_claim_id, denial.line_number, denial.group, denial.carc


def _denials_of(row: RemitClaim, beside: Around, now: datetime) -> list[Denial]:
    claim = row.claim
    if claim is None:
        return []
    ours = beside.ours.get(claim.pk, {})
    refused = refusals_in(decided_claim(row, beside.lines.get(row.pk, ()), ours))
    by_line: defaultdict[int, list[Refused]] = defaultdict(list)
    for each in refused:
        by_line[each.line_number].append(each)
    return [
        _denial(row, claim, each, expected, beside, now)
        for number, group in by_line.items()
        for each, expected in zip(group, _expected(row, claim, number, group, beside), strict=True)
    ]


def _expected(row: RemitClaim, claim: Claim, number: int, group: Sequence[Refused], beside: Around) -> list[Decimal]:
    """What the contract leaves to win of the refusals on one line (0: on the whole claim)."""
    ours = beside.ours.get(claim.pk, {})
    lines = [ours[number]] if number in ours else list(ours.values())
    prices = [beside.prices.get((claim.payer.contract_id or 0, line.code)) for line in lines]
    contract: Decimal | None = None
    if lines and None not in prices:
        contract = sum((price * line.units for price, line in zip(prices, lines, strict=True) if price), ZERO)
    if number:
        allowed = sum((x.allowed_amount for x in beside.lines.get(row.pk, ()) if _number(x) == number), ZERO)
    else:
        allowed = row.allowed_amount
    return expected_amounts([each.amount for each in group], contract=contract, allowed=max(allowed, ZERO))


def _number(line: RemitLine) -> int:
    return line.claim_line.number if line.claim_line else 0


def _denial(
    row: RemitClaim, claim: Claim, refused: Refused, expected: Decimal, beside: Around, now: datetime
) -> Denial:
    line = beside.ours.get(claim.pk, {}).get(refused.line_number)
    found = classify(_refusal(claim, refused, line, beside))
    clocks = clocks_of(claim.payer)
    decided_on = row.remit.paid_date
    deadline, kind = deadline_of(clocks, found.play, decided_on)
    return Denial(
        practice_id=row.practice_id,
        claim=claim,
        claim_line=line,
        remit_claim=row,
        patient=claim.patient,
        payer=claim.payer,
        line_number=refused.line_number,
        amount=refused.amount,
        expected_amount=expected,
        group=refused.group,
        carc=refused.carc,
        remarks=list(refused.remarks),
        category=found.category.value,
        station=found.station.value,
        play=found.play.value,
        avoidable=found.avoidable,
        odds=odds(found.category, beside.history),
        first=row.pk in beside.first,
        decided_on=decided_on,
        posted_at=row.posted_at or now,
        deadline=deadline,
        deadline_kind=kind,
        appeal_deadline=appeal_deadline(clocks, decided_on),
        opened_at=now,
    )


def _refusal(claim: Claim, refused: Refused, line: ClaimLine | None, beside: Around) -> Refusal:
    lines = [line] if line else list(beside.ours.get(claim.pk, {}).values())
    numbers = {
        number
        for each in lines
        for number in approved(
            beside.approvals.get(claim.patient_id, ()),
            payer_id=claim.payer_id,
            code=each.code,
            day=each.service_date,
        )
    }
    return Refusal(
        group=refused.group,
        carc=refused.carc,
        remarks=refused.remarks,
        authorization_sent=claim.authorization_number in numbers,
        authorization_on_file=bool(numbers),
    )


def clocks_of(payer: Payer) -> PayerClocks:
    """A payer's limits as the rules read them."""
    return PayerClocks(kind=payer.kind, appeal_days=payer.appeal_days, correction_days=payer.correction_days)

"""What payers decided, written on the claims: money columns, state, history.

The ledger is posted by the caller (payments) in the same transaction; these columns mirror it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction

from claims.domain.status import ClaimStatus, can_move, stands
from claims.models import Claim, ClaimEvent, ClaimLine
from compliance.operations import Event, record_events
from worklist.domain.kinds import Kind
from worklist.operations import close_items

ZERO = Decimal("0.00")
ANSWERED_KINDS = (Kind.CLAIM_NO_RESPONSE, Kind.CLAIM_INFORMATION_REQUESTED)


class UnknownClaim(Exception):
    """A decision names a claim or line that this practice does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMoney:
    """What a decision changes on one line: signed deltas in dollars. Line number 0 is the claim as a whole."""

    line_id: int | None
    line_number: int
    allowed: Decimal = ZERO
    contractual: Decimal = ZERO
    paid: Decimal = ZERO
    patient: Decimal = ZERO
    denied: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudication:
    """One decision on one claim (loop 2100 of an 835), in the payer's order. `says` is the history's sentence."""

    claim_id: int
    payer_control_number: str = ""  # CLP07
    lines: tuple[LineMoney, ...]
    denied: bool
    says: str
    tone: str
    raw: str
    reversal: bool = False  # CLP02 22


Deltas = tuple[Decimal, Decimal, Decimal, Decimal, Decimal]  # allowed, contractual, paid, patient, denied

# `denied` is no ledger account: what was written off meanwhile is not denied any more, so it stops at zero.
MONEY_SQL = """
    UPDATE {table} AS t SET
        allowed_amount = t.allowed_amount + v.allowed, contractual_amount = t.contractual_amount + v.contractual,
        paid_amount = t.paid_amount + v.paid, patient_amount = t.patient_amount + v.patient,
        denied_amount = greatest(t.denied_amount + v.denied, 0)
    FROM (VALUES {rows}) AS v (id, allowed, contractual, paid, patient, denied) WHERE t.id = v.id
"""
MONEY_ROW = "(%s::bigint, %s::numeric, %s::numeric, %s::numeric, %s::numeric, %s::numeric)"


@transaction.atomic
def record_adjudication(*, practice_id: int, decisions: Sequence[Adjudication], now: datetime) -> None:
    """Write payers' decisions on their claims, in a fixed number of statements for any number of them.

    A claim that the payer had becomes adjudicated, or closed when nothing is open with the payer; one that
    was replaced or voided keeps its state, and so does one that the table of moves does not let be decided
    (rejected, not sent): its money moves all the same. Raises UnknownClaim.
    """
    if not decisions:
        return
    claims = _locked(practice_id, {one.claim_id for one in decisions})
    by_line = _line_deltas(claims, decisions)
    by_claim: defaultdict[int, Deltas] = defaultdict(lambda: (ZERO,) * 5)
    for one in decisions:
        for money in one.lines:
            by_claim[one.claim_id] = _plus(by_claim[one.claim_id], money)
    _add_money(Claim._meta.db_table, by_claim)
    _add_money(ClaimLine._meta.db_table, by_line)
    _write_states(claims, by_claim, decisions, now)
    _write_history(practice_id, claims, decisions, now)
    close_items(
        practice_id=practice_id,
        kinds=ANSWERED_KINDS,
        subject_type="claims.claim",
        subject_ids=list(claims),
        outcome="The payer decided",
        now=now,
    )


def _locked(practice_id: int, ids: set[int]) -> dict[int, Claim]:
    rows = Claim.objects.select_for_update().filter(practice_id=practice_id, pk__in=ids).order_by("pk")
    claims = {row.pk: row for row in rows}
    if missing := ids - claims.keys():
        raise UnknownClaim(f"No claim with key {min(missing)} in this practice.")
    return claims


def _line_deltas(claims: Mapping[int, Claim], decisions: Sequence[Adjudication]) -> dict[int, Deltas]:
    rows = ClaimLine.objects.filter(claim_id__in=claims).values_list("pk", "claim_id", "number")
    by_number = {(claim_id, number): pk for pk, claim_id, number in rows}
    own = {(claim_id, pk) for (claim_id, _), pk in by_number.items()}
    found: defaultdict[int, Deltas] = defaultdict(lambda: (ZERO,) * 5)
    for one in decisions:
        for money in one.lines:
            if money.line_id is None and money.line_number == 0:
                continue
            pk = money.line_id or by_number.get((one.claim_id, money.line_number))
            if pk is None or (one.claim_id, pk) not in own:
                raise UnknownClaim(f"Claim {claims[one.claim_id]} has no line {money.line_number}.")
            found[pk] = _plus(found[pk], money)
    return found


def _plus(sum_so_far: Deltas, money: LineMoney) -> Deltas:
    allowed, contractual, paid, patient, denied = sum_so_far
    return (
        allowed + money.allowed,
        contractual + money.contractual,
        paid + money.paid,
        patient + money.patient,
        denied + money.denied,
    )


def _add_money(table: str, deltas: Mapping[int, Deltas]) -> None:
    if not deltas:
        return
    values = [value for pk, amounts in deltas.items() for value in (pk, *amounts)]
    sql = MONEY_SQL.format(table=table, rows=", ".join([MONEY_ROW] * len(deltas)))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


STATE_SQL = """
    UPDATE claims_claim AS t SET
        status = v.status, status_at = v.status_at, closed_at = v.closed_at, adjudicated_at = v.adjudicated_at,
        first_denied = v.first_denied, payer_control_number = v.control, poll_due_at = NULL
    FROM (VALUES {rows}) AS v (id, status, status_at, closed_at, adjudicated_at, first_denied, control)
    WHERE t.id = v.id
"""
STATE_ROW = "(%s::bigint, %s, %s::timestamptz, %s::timestamptz, %s::timestamptz, %s::boolean, %s)"


def _write_states(
    claims: Mapping[int, Claim],
    deltas: Mapping[int, Deltas],
    decisions: Sequence[Adjudication],
    now: datetime,
) -> None:
    for one in decisions:
        _decide(claims[one.claim_id], one, now)
    for claim in claims.values():
        _settle(claim, deltas.get(claim.pk, (ZERO,) * 5), now)
    values = [
        value
        for c in claims.values()
        for value in (
            c.pk, c.status, c.status_at, c.closed_at, c.adjudicated_at, c.first_denied, c.payer_control_number,
        )
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(STATE_SQL.format(rows=", ".join([STATE_ROW] * len(claims))), values)


def _decide(claim: Claim, decision: Adjudication, now: datetime) -> None:
    if can_move(claim.status, ClaimStatus.ADJUDICATED):
        claim.move_to(ClaimStatus.ADJUDICATED, now)
        claim.closed_at = None
    claim.payer_control_number = decision.payer_control_number or claim.payer_control_number
    if decision.reversal:
        return
    claim.adjudicated_at = claim.adjudicated_at or now
    if claim.first_denied is None:
        claim.first_denied = decision.denied


def _settle(claim: Claim, deltas: Deltas, now: datetime) -> None:
    """Bring the row in memory up to its new money, and close it when the payer owes nothing on it."""
    _, contractual, paid, patient, denied = deltas
    claim.contractual_amount += contractual
    claim.paid_amount += paid
    claim.patient_amount += patient
    claim.denied_amount = max(claim.denied_amount + denied, ZERO)
    close_if_settled(claim, now)


def close_if_settled(claim: Claim, now: datetime) -> bool:
    """Move an adjudicated claim to closed when every dollar is paid, agreed, written off or the patient's."""
    open_money = claim.balance_amount != 0 or claim.denied_amount != 0
    if claim.status != ClaimStatus.ADJUDICATED or open_money or not stands(claim.status, claim.frequency):
        return False
    claim.move_to(ClaimStatus.CLOSED, now)
    claim.closed_at = now
    return True


def _write_history(
    practice_id: int, claims: Mapping[int, Claim], decisions: Sequence[Adjudication], now: datetime
) -> None:
    ClaimEvent.objects.bulk_create(
        ClaimEvent(
            practice_id=practice_id,
            claim_id=one.claim_id,
            at=now,
            tone=one.tone,
            says=one.says[:400],
            raw_kind="835" if one.raw else "",
            raw=one.raw,
        )
        for one in decisions
    )
    record_events(
        actor=None,
        now=now,
        events=[
            Event(
                practice_id=practice_id,
                verb="claim.reversed" if one.reversal else "claim.adjudicated",
                subject_type="claims.claim",
                subject_id=one.claim_id,
                patient_id=claims[one.claim_id].patient_id,
                detail={"status": claims[one.claim_id].status, "denied": one.denied},
            )
            for one in decisions
        ],
    )

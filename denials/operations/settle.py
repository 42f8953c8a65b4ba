"""Older denials after newer facts: the payer paid, refused again, took its decision back, or the claim is gone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction

from claims.domain.status import ClaimStatus
from claims.models import Claim
from compliance.operations import Event, record_events
from denials.domain.outcome import Fight, Later, Outcome, outcome_of
from denials.domain.status import DenialStatus
from denials.models import Denial
from denials.operations.work import DENIAL, refresh_work
from denials.queries.decisions import Family, families, our_lines
from payments.domain.posting import CLAIM_ITEM, REVERSAL
from payments.models import RemitClaim, RemitLine

ZERO = Decimal("0.00")
SETTLED_AS = (DenialStatus.WRITTEN_OFF, DenialStatus.PATIENT)
Earned = tuple[Decimal, Decimal]  # paid and patient's part together, and what was refused

# One statement for any number of denials.
SETTLE_SQL = """
    UPDATE denials_denial AS d SET
        status = v.status, recovered_amount = v.recovered,
        answer = CASE WHEN v.answer = '' THEN d.answer ELSE v.answer END,
        answered_at = CASE WHEN v.answer = '' THEN d.answered_at ELSE coalesce(d.answered_at, %s) END,
        first_action_at =
            CASE WHEN v.status = 'corrected' THEN coalesce(d.first_action_at, %s) ELSE d.first_action_at END,
        closed_at = CASE WHEN v.closed THEN coalesce(d.closed_at, %s) ELSE NULL END
    FROM (VALUES {rows}) AS v (id, status, recovered, answer, closed) WHERE d.id = v.id
"""
SETTLE_ROW = "(%s::bigint, %s, %s::numeric, %s, %s::boolean)"


@transaction.atomic
def settle_claims(*, practice_id: int, claim_ids: Iterable[int], now: datetime) -> int:
    """Bring the denials of these claims up to the decisions posted since; returns how many moved.

    Reads everything anew, so that the order in which files came, or a second run, changes nothing.
    """
    rows = (
        Denial.objects.select_for_update(of=("self",))
        .filter(practice_id=practice_id, claim_id__in=list(claim_ids))
        .exclude(status__in=SETTLED_AS)
        .select_related("remit_claim", "claim_line")
        .order_by("pk")
    )
    denials = list(rows)
    if not denials:
        return 0
    facts = _Facts(denials)
    outcomes = {each.pk: found for each in denials if (found := outcome_of(facts.fight(each))) is not None}
    moved = [each for each in denials if each.pk in outcomes]
    _write(moved, outcomes, now)
    says = {each.remit_claim_id: outcomes[each.pk].says for each in moved}
    refresh_work(practice_id, says, now=now, outcomes=says)
    record_events(
        actor=None,
        now=now,
        events=[
            Event(
                practice_id=practice_id,
                verb=f"denial.{outcomes[each.pk].status}",
                subject_type=DENIAL,
                subject_id=each.pk,
                patient_id=each.patient_id,
                note=outcomes[each.pk].says,
                detail={"recovered": str(outcomes[each.pk].recovered)},
            )
            for each in moved
        ],
    )
    return len(moved)


def _write(moved: Sequence[Denial], outcomes: dict[int, Outcome], now: datetime) -> None:
    if not moved:
        return
    values: list[int | str | bool | Decimal | datetime] = [now, now, now]
    for each in moved:
        to = outcomes[each.pk]
        values += [each.pk, to.status.value, to.recovered or each.recovered_amount, to.answer, to.closed]
    with connection.cursor() as cursor:
        cursor.execute(SETTLE_SQL.format(rows=", ".join([SETTLE_ROW] * len(moved))), values)


class _Facts:
    """Claims, replacements and decisions around a set of denials: four queries."""

    def __init__(self, denials: Sequence[Denial]) -> None:
        self._families = families({each.claim_id for each in denials})
        self._lines = our_lines(
            {claim.pk for family in self._families.values() for claim in (family.claim, *family.replacements)}
        )
        ids = {one.pk for family in self._families.values() for one in family.decisions}
        self._taken_back = {
            one.reverses_id for family in self._families.values() for one in family.decisions if one.reverses_id
        }
        self._earned = _earned(ids | {each.remit_claim_id for each in denials})
        self._without_lines = ids - {pk for pk, number in self._earned if number != CLAIM_ITEM}

    def fight(self, denial: Denial) -> Fight:
        family = self._families[denial.claim_id]
        claim = family.claim
        return Fight(
            status=DenialStatus(denial.status),
            amount=denial.amount,
            before=self._on_line(denial.remit_claim, denial.line_number)[0],
            recovered=denial.recovered_amount,
            taken_back=denial.remit_claim_id in self._taken_back,
            later=self._later(denial, family),
            claim_void=claim.status == ClaimStatus.VOID,
            claim_replaced=claim.status == ClaimStatus.REPLACED,
            claim_settled=claim.status == ClaimStatus.CLOSED,
            closed=denial.closed_at is not None,
        )

    def _later(self, denial: Denial, family: Family) -> Later | None:
        own = denial.remit_claim
        since = (own.posted_at, own.pk)
        for one in reversed(family.decisions):
            if (one.posted_at, one.pk) <= since:
                return None
            if one.status_code == REVERSAL or one.pk in self._taken_back:
                continue
            number = self._line_in(denial, one)
            if number is None:
                continue
            if (one.pk, number) not in self._earned:
                number = CLAIM_ITEM if one.pk in self._without_lines else number
            if (one.pk, number) in self._earned:
                earned, refused = self._on_line(one, number)
                return Later(earned=earned, refused=refused > 0)
        return None

    def _line_in(self, denial: Denial, decision: RemitClaim) -> int | None:
        """The denied service's line in a decision on its claim, or on the claim that replaced it."""
        if decision.claim_id == denial.claim_id or denial.line_number == CLAIM_ITEM:
            return denial.line_number
        line = denial.claim_line
        successor = self._lines.get(decision.claim_id or 0, {})
        if line is None or not successor:
            return None
        same = successor.get(line.number)
        if same is not None and same.code == line.code:
            return same.number
        return next((other.number for other in successor.values() if other.code == line.code), None)

    def _on_line(self, decision: RemitClaim, number: int) -> Earned:
        return self._earned.get((decision.pk, number), (ZERO, ZERO))


def _earned(ids: Iterable[int]) -> dict[tuple[int, int], Earned]:
    """What each decision paid or left to the patient, and refused, by our line; under 0 the claim as a whole."""
    ids = list(ids)
    found: dict[tuple[int, int], Earned] = {}
    wholes = RemitClaim.objects.filter(pk__in=ids).values_list("pk", "paid_amount", "patient_amount", "denied_amount")
    for pk, paid, patient, denied in wholes:
        found[pk, CLAIM_ITEM] = (paid + patient, denied)
    lines = RemitLine.objects.filter(remit_claim_id__in=ids, claim_line__isnull=False).values_list(
        "remit_claim_id", "claim_line__number", "paid_amount", "patient_amount", "denied_amount"
    )
    for pk, number, paid, patient, denied in lines:
        earned, refused = found.get((pk, number), (ZERO, ZERO))
        found[pk, number] = (earned + paid + patient, refused + denied)
    return found


def settle_withdrawn(*, practice_id: int, denial_ids: Sequence[int], now: datetime) -> int:
    """Denials whose claim was withdrawn, replaced or settled by other hands than ours."""
    claims = Claim.objects.filter(denials__in=list(denial_ids)).values_list("pk", flat=True)
    return settle_claims(practice_id=practice_id, claim_ids=set(claims), now=now)

"""Posting remittances: ledger entries, claims' money and states, work that is left. All or nothing for a chunk."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from claims.domain.status import stands
from claims.models import Claim
from claims.operations.adjudicate import Adjudication, LineMoney, record_adjudication
from compliance.models import User
from compliance.operations import Event, record_events
from edi.adjustments import Adjustment
from ledger.domain.accounts import Account, NewEntry
from ledger.operations import post_entries
from ledger.queries import document_balances
from payments.domain.posting import CLAIM_ITEM, NEVER_SENT, Outcome, post_in_order
from payments.domain.provider_money import INTEREST, adjustment_entry, cash_entry
from payments.domain.rows import adjustments_of
from payments.domain.split import ZERO, denials_in, total
from payments.domain.status import RemitClaimStatus, RemitStatus
from payments.domain.words import Told, decision_says, decision_tone, dollars
from payments.models import AdjustmentStatus, ProviderAdjustment, Remit, RemitClaim, RemitLine
from payments.operations import work
from payments.queries import posting
from worklist.nudge import nudge

POSTING_LOCK = 835 << 32  # advisory lock of a practice's posting: originals must stand before their reversals


def lock_posting(practice_id: int, *, wait: bool) -> bool:
    """Take the practice's posting lock until the transaction ends; False when another one holds it."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [POSTING_LOCK + practice_id])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [POSTING_LOCK + practice_id])
        (taken,) = cursor.fetchone()
        return bool(taken)


@transaction.atomic
def post_remit_claims(
    *,
    practice_id: int,
    ids: Sequence[int],
    now: datetime,
    actor: User | None = None,
    by_person: bool = False,
) -> list[Outcome]:
    """Post matched claims of remittances, in their order, in a fixed number of statements.

    What can't post (a reversal of nothing, a claim that no payer ever had) becomes an exception with work for a
    poster; a person who decided it (`by_person`) may post the latter. Returns what became of each.
    """
    claims = posting.lock_claims(practice_id, RemitClaim.objects.filter(pk__in=ids).values_list("claim_id", flat=True))
    states, charges = posting.claim_states(claims)
    due = RemitClaim.objects.filter(pk__in=ids, status=RemitClaimStatus.READY, claim__isnull=False).order_by("pk")
    outcomes = post_in_order(
        posting.decisions(due, charges),
        states,
        posting.decisions(posting.posted_for(claims), charges),
        refuse=frozenset() if by_person else NEVER_SENT,
    )
    good = [each for each in outcomes if not each.problem]
    _post_entries(practice_id, [each.entry for each in good if each.entry], actor, now)
    _adjudicate(practice_id, good, claims, now)
    _write(outcomes, actor, now)
    _open_work(practice_id, outcomes, claims, now)
    touched = RemitClaim.objects.filter(pk__in=ids).order_by("remit_id")
    remit_ids = list(touched.values_list("remit_id", flat=True).distinct())
    settle_remits(practice_id, remit_ids, now=now, actor=actor, verb="remit.posted")
    nudge("open_denials")
    return outcomes


def _post_entries(practice_id: int, entries: Iterable[NewEntry], actor: User | None, now: datetime) -> None:
    """Originals before the reversals that link them."""
    entries = list(entries)
    for part in ([e for e in entries if not e.reverses], [e for e in entries if e.reverses]):
        post_entries(practice_id=practice_id, entries=part, actor=actor, now=now)


def _adjudicate(practice_id: int, outcomes: Sequence[Outcome], claims: Mapping[int, Claim], now: datetime) -> None:
    texts = _texts(outcomes)
    record_adjudication(
        practice_id=practice_id,
        decisions=[
            Adjudication(
                claim_id=outcome.claim_id,
                payer_control_number=outcome.decision.control_number,
                lines=line_money(outcome),
                denied=bool(texts[outcome.decision.id][0]),
                says=decision_says(told),
                tone=decision_tone(told),
                raw=texts[outcome.decision.id][1],
                reversal=outcome.decision.is_reversal,
            )
            for outcome in outcomes
            for told in [_told(outcome, claims[outcome.claim_id], texts[outcome.decision.id][0])]
        ],
        now=now,
    )


def line_money(outcome: Outcome) -> tuple[LineMoney, ...]:
    """An outcome's deltas as the claim's verb takes them."""
    return tuple(
        LineMoney(
            line_id=delta.line_id,
            line_number=delta.line_number,
            allowed=delta.money.allowed,
            contractual=delta.money.contractual,
            paid=delta.money.paid,
            patient=delta.money.patient,
            denied=delta.denied,
        )
        for delta in outcome.deltas
    )


Refused = list[tuple[int, Adjustment]]


def _texts(outcomes: Sequence[Outcome]) -> dict[int, tuple[Refused, str]]:
    """What was refused by line, and the raw X12, of each remittance claim: two queries."""
    ids = [each.decision.id for each in outcomes]
    rows = RemitClaim.objects.filter(pk__in=ids).values_list("pk", "paid_amount", "status_code", "adjustments", "raw")
    found: dict[int, tuple[Refused, str]] = {}
    for pk, paid, _, adjustments, raw in rows:
        refused = denials_in(adjustments_of(adjustments), paid=paid)
        found[pk] = ([(CLAIM_ITEM, each) for each in refused], raw)
    lines = RemitLine.objects.filter(remit_claim_id__in=ids).values_list(
        "remit_claim_id", "claim_line__number", "paid_amount", "adjustments"
    )
    for pk, number, paid, adjustments in lines.order_by("remit_claim_id", "position"):
        refused = denials_in(adjustments_of(adjustments), paid=paid)
        found[pk][0].extend((number or CLAIM_ITEM, each) for each in refused)
    return found


def _told(outcome: Outcome, claim: Claim, refused: Refused) -> Told:
    money = total(outcome.decision.money.values())
    if outcome.decision.is_reversal:
        money = -money
    return Told(payer=claim.payer.name, money=money, denied=refused, reversal=outcome.decision.is_reversal)


# One statement for the whole chunk: what became of each remittance claim.
WRITE_SQL = """
    UPDATE payments_remitclaim AS t SET
        status = v.status, claim_id = v.claim_id, reverses_id = v.reverses_id, problem_kind = v.problem_kind,
        problem = v.problem, posted_at = v.posted_at, decided_by_id = coalesce(v.actor_id, t.decided_by_id)
    FROM (VALUES {rows}) AS v (id, status, claim_id, reverses_id, problem_kind, problem, posted_at, actor_id)
    WHERE t.id = v.id
"""
WRITE_ROW = "(%s::bigint, %s, %s::bigint, %s::bigint, %s, %s, %s::timestamptz, %s::bigint)"


def _write(outcomes: Sequence[Outcome], actor: User | None, now: datetime) -> None:
    if not outcomes:
        return
    values: list[str | int | datetime | None] = []
    for each in outcomes:
        status = RemitClaimStatus.EXCEPTION if each.problem else RemitClaimStatus.POSTED
        values += [
            each.decision.id, status.value, each.claim_id, each.reverses.id if each.reverses else None,
            each.problem_kind, each.problem[:200], None if each.problem else now, actor.pk if actor else None,
        ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(WRITE_SQL.format(rows=", ".join([WRITE_ROW] * len(outcomes))), values)


def _open_work(practice_id: int, outcomes: Sequence[Outcome], claims: Mapping[int, Claim], now: datetime) -> None:
    stopped = [each.decision.id for each in outcomes if each.problem]
    rows = RemitClaim.objects.filter(pk__in=stopped).select_related("remit", "suggestion")
    work.open_for_claims(rows, now=now)
    refresh_credit(practice_id, claims, now=now)


def refresh_credit(practice_id: int, claims: Mapping[int, Claim], *, now: datetime) -> None:
    """Open or close credit-balance work by what the ledger says the payer owes. A withdrawn claim is below zero until
    its payer takes the money back, which is no credit."""
    standing = {c.number: c for c in claims.values() if stands(c.status, c.frequency)}
    owed = dict.fromkeys(standing, ZERO)
    for (document, account, _), amount in document_balances(practice_id, standing).items():
        if account == Account.PAYER_RECEIVABLE:
            owed[document] += amount
    below = {standing[number].pk: amount for number, amount in owed.items() if amount < 0}
    work.refresh_credit_balances(practice_id, claims.values(), below, now=now)


@transaction.atomic
def post_remit_money(*, practice_id: int, ids: Sequence[int], now: datetime, actor: User | None = None) -> None:
    """Post the payment itself and the provider adjustments that need nobody, once per remittance."""
    remits = list(
        Remit.objects.select_for_update()
        .filter(practice_id=practice_id, pk__in=ids, status=RemitStatus.READY, money_posted_at__isnull=True)
        .order_by("pk")
    )
    entries = [
        cash_entry(source=f"{r.source_prefix}cash", on=r.paid_date, trace=r.trace_number, amount=r.amount)
        for r in remits
    ]
    post_entries(practice_id=practice_id, entries=[e for e in entries if e], actor=actor, now=now)
    ready = ProviderAdjustment.objects.filter(remit__in=remits, status=AdjustmentStatus.READY)
    post_adjustments(practice_id, ready, now=now, actor=actor)
    pks = [r.pk for r in remits]
    Remit.objects.filter(pk__in=pks).update(money_posted_at=now)
    settle_remits(practice_id, pks, now=now, actor=actor, verb="remit.money_posted")


def post_adjustments(
    practice_id: int,
    adjustments: Iterable[ProviderAdjustment],
    *,
    now: datetime,
    actor: User | None = None,
) -> None:
    """Post PLB rows: on the claim each is tied to, as interest, or as a provider adjustment."""
    pks = [each.pk for each in adjustments]
    rows = list(ProviderAdjustment.objects.filter(pk__in=pks).select_related("remit", "claim").order_by("pk"))
    claims = posting.lock_claims(practice_id, [row.claim_id for row in rows])
    entries = [_adjustment_entry(row) for row in rows]
    post_entries(practice_id=practice_id, entries=[e for e in entries if e], actor=actor, now=now)
    tied = [row for row in rows if row.claim_id and row.reason != INTEREST]
    record_adjudication(
        practice_id=practice_id,
        decisions=[_takeback(row, claims[row.claim_id]) for row in tied if row.claim_id],
        now=now,
    )
    ProviderAdjustment.objects.filter(pk__in=pks).update(status=AdjustmentStatus.POSTED, posted_at=now)
    if tied:
        refresh_credit(practice_id, claims, now=now)


def _adjustment_entry(row: ProviderAdjustment) -> NewEntry | None:
    remit = row.remit
    return adjustment_entry(
        source=f"{remit.source_prefix}plb{row.position}",
        on=remit.paid_date,
        trace=remit.trace_number,
        reason=row.reason,
        amount=row.amount,
        claim_number=row.claim.number if row.claim else "",
        reference=row.reference,
    )


def _takeback(row: ProviderAdjustment, claim: Claim) -> Adjudication:
    """Money of the whole claim; nothing was decided anew, so it counts as a reversal in the claim's history."""
    verb = "took back" if row.amount > 0 else "gave back"
    day = row.remit.paid_date
    return Adjudication(
        claim_id=claim.pk,
        lines=(LineMoney(line_id=None, line_number=CLAIM_ITEM, paid=-row.amount),),
        denied=False,
        says=f"{row.remit.payer_name} {verb} {dollars(abs(row.amount))} with its payment of {day:%m/%d/%y} "
        f"({row.reason}).",
        tone="you",
        raw=f"PLB {row.reason} {row.reference} {row.amount}",
        reversal=True,
    )


# A remittance is posted when nothing in it is ready or waits; the same statement serves any number.
SETTLE_SQL = """
    UPDATE payments_remit AS r SET status = s.status,
        posted_at = CASE WHEN s.status = 'posted' THEN coalesce(r.posted_at, %s) END
    FROM (
        SELECT m.id, CASE
            WHEN m.money_posted_at IS NULL
                OR EXISTS (SELECT 1 FROM payments_remitclaim c WHERE c.remit_id = m.id AND c.status = 'ready')
                THEN 'ready'
            WHEN EXISTS (SELECT 1 FROM payments_remitclaim c WHERE c.remit_id = m.id AND c.status = 'exception')
                OR EXISTS (SELECT 1 FROM payments_provideradjustment p
                           WHERE p.remit_id = m.id AND p.status = 'exception')
                THEN 'exceptions'
            ELSE 'posted' END AS status
        FROM payments_remit m WHERE m.id = ANY(%s) AND m.status IN ('ready', 'exceptions', 'posted')
    ) AS s WHERE r.id = s.id
"""


def settle_remits(practice_id: int, ids: Sequence[int], *, now: datetime, actor: User | None, verb: str) -> None:
    """Bring the state of remittances up to that of their parts, and write the trail."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLE_SQL, [now, list(ids)])
    record_events(
        actor=actor,
        now=now,
        events=[Event(practice_id=practice_id, verb=verb, subject_type=work.REMIT, subject_id=pk) for pk in ids],
    )


@transaction.atomic
def stop_claim(*, practice_id: int, remit_claim_id: int, error: Exception, now: datetime) -> None:
    """A claim whose posting failed waits for a person; the others of its chunk have landed. Of the error only its
    type is kept: its text may quote a patient's data."""
    row = (
        RemitClaim.objects.select_for_update(of=("self",))
        .select_related("remit", "suggestion")
        .get(practice_id=practice_id, pk=remit_claim_id, status=RemitClaimStatus.READY)
    )
    row.status, row.problem_kind = RemitClaimStatus.EXCEPTION, "failed"
    row.problem = f"Posting failed ({type(error).__name__}): look at it and try again"
    row.save(update_fields=["status", "problem_kind", "problem"])
    work.open_for_claims([row], now=now)
    settle_remits(practice_id, [row.remit_id], now=now, actor=None, verb="remit.claim_failed")

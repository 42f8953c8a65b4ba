"""Payers coming back on what they decided: reversal with correction, takeback, and appeals."""

import json
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from payersim.appeals import Appeal, DeniedLine, Ruling, rule_on
from payersim.chance import share, whole
from payersim.claims import ZERO
from payersim.clock.acknowledge import new_control
from payersim.clock.desk import Desk, plan_payment
from payersim.clock.intake import appeal_of
from payersim.clock.settle import record, reverse
from payersim.state import ClaimRow

REPRICED = Decimal("0.85")
LATE_CORRECTION_SHARE = 0.25
LATE_CORRECTION_DAYS = (7, 14)
SMALL_TAKEBACK = Decimal("75.00")
CENT = Decimal("0.01")


def reverse_claim(desk: Desk, number: int, at: datetime) -> None:
    """Reverse a paid claim and correct it at lower prices; one time in four the correction comes later."""
    row = desk.claims.get(number)
    if row.status != "decided" or row.recovered or row.decision is None or row.decision.paid <= 0:
        return
    if row.remit is None:
        desk.store.plan(at + timedelta(days=1), "reverse", row.id)
        return
    reverse(desk, row, at, status="reversed")
    about = (row.claim.payer_id, row.claim.claim_number, row.control)
    if share(desk.seed, "late-correction", *about) < LATE_CORRECTION_SHARE:
        days = whole(*LATE_CORRECTION_DAYS, desk.seed, "correction-days", *about)
        desk.store.plan(at + timedelta(days=days), "correct", row.id)
    else:
        correct_claim(desk, row.id, at)


def correct_claim(desk: Desk, number: int, at: datetime) -> None:
    """Decide a reversed claim again, at lower prices."""
    row = desk.claims.get(number)
    if row.status == "reversed" and row.replaced_by is None:
        _reopen(desk, row, at, price_factor=REPRICED)


def _reopen(
    desk: Desk,
    row: ClaimRow,
    at: datetime,
    *,
    waived: frozenset[int] = frozenset(),
    price_factor: Decimal = Decimal(1),
) -> None:
    """Open the payer's own corrected claim in the place of a reversed one, and decide it."""
    number = desk.claims.add(
        row.claim, practice=row.practice, interchange=None, received_on=row.received_on, original=row.id
    )
    desk.claims.set(number, status="accepted", control=new_control(desk, at))
    desk.claims.set(row.id, status="replaced", replaced_by=number)
    record(desk, desk.claims.get(number), at, waived=waived, price_factor=price_factor)


def take_back(desk: Desk, number: int, at: datetime) -> None:
    """Recover an overpayment by PLB in the next 835: the whole of a small payment, half of a larger one."""
    row = desk.claims.get(number)
    if row.status != "decided" or row.recovered or row.decision is None or row.decision.paid <= 0:
        return
    if row.remit is None:
        desk.store.plan(at + timedelta(days=1), "takeback", row.id)
        return
    paid = row.decision.paid
    amount = paid if paid <= SMALL_TAKEBACK else (paid / 2).quantize(CENT, ROUND_HALF_UP)
    owe(desk, row, at, amount)


def owe(desk: Desk, row: ClaimRow, at: datetime, amount: Decimal) -> None:
    """Put a takeback (dollars) of a claim's payment into the next 835."""
    on = plan_payment(desk, practice=row.practice, payer_id=row.claim.payer_id, at=at)
    desk.pay.add(
        practice=row.practice,
        payer_id=row.claim.payer_id,
        pay_on=on,
        claim=row.id,
        kind="takeback",
        amount=amount,
    )
    desk.claims.add_recovered(row.id, amount)


def decide_appeal(desk: Desk, subject: str, at: datetime) -> None:
    """Rule on an appeal, write the letter, and pay what was overturned by reversal and correction."""
    practice, appeal = appeal_of(subject)
    row = _appealed(desk, practice, appeal)
    ruling = _ruling(desk, appeal, row)
    if row is not None and ruling.overturned:
        reverse(desk, row, at, status="reversed")
        desk.store.cancel("reverse", row.id)
        _reopen(desk, row, at, waived=ruling.overturned)
    letter = {
        "kind": "appeal_decision",
        "payer_id": appeal.payer_id,
        "claim_number": appeal.claim_number,
        "payer_control_number": row.control if row else appeal.payer_control,
        "appeal": appeal.number,
        "decision": "overturned" if ruling.overturned else "upheld",
        "reason": ruling.reason,
        "decided_on": at.date().isoformat(),
    }
    content = json.dumps(letter, indent=1, sort_keys=True).encode()
    desk.post(practice, at, appeal.payer_id, "letter.json", content)


def _appealed(desk: Desk, practice: str, appeal: Appeal) -> ClaimRow | None:
    row = desk.claims.by_control(appeal.payer_id, appeal.payer_control, practice) if appeal.payer_control else None
    if row is None:
        row = desk.claims.latest(appeal.claim_number, payer_id=appeal.payer_id, practice=practice)
    return desk.claims.current(row) if row else None


def _ruling(desk: Desk, appeal: Appeal, row: ClaimRow | None) -> Ruling:
    if row is None:
        return Ruling(frozenset(), "No claim of this number is on file.")
    if row.status != "decided" or row.decision is None:
        return Ruling(frozenset(), "The claim has no decision that could be appealed.")
    held = tuple(
        DeniedLine(line.number, line.adjustments[0].reason, sum((one.amount for one in line.adjustments), ZERO))
        for line in row.decision.lines
        if line.denied and line.adjustments
    )
    draw = share(desk.seed, "appeal", appeal.payer_id, appeal.claim_number, appeal.level)
    return rule_on(appeal, held, draw)

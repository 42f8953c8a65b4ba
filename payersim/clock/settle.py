"""Decisions falling due, and the pay run that turns them into an 835."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from payersim.adjudicate import Memory, decide, key_of
from payersim.answers.remit_835 import PaidClaim, ProviderAdjustment, Remittance, write_835
from payersim.chance import happens, whole
from payersim.claims import ZERO
from payersim.clock.desk import PAYS_AT, Desk, plan_payment
from payersim.state import ClaimRow, PayItem

RECORDS_ABOVE = Decimal("1500.00")
RECORDS_DAYS = 7
PROMPT_DAYS = 30
INTEREST_RATE = Decimal("0.10")
FOLLOW_UP_DAYS = (20, 60)
REPEAT_DAYS = (1, 3)
LARGEST_RECOUPED = Decimal("60.00")
CENT = Decimal("0.01")


def decide_claim(desk: Desk, number: int, at: datetime) -> None:
    """Decide an accepted claim, or ask once for records when its charge is high."""
    row = desk.claims.get(number)
    if row.status != "accepted" or row.flags.get("lost"):
        return
    if row.claim.charge > RECORDS_ABOVE and row.claim.frequency != "8" and not row.flags.get("records"):
        desk.claims.flag(row, records=at.date().isoformat())
        desk.store.plan(at + timedelta(days=RECORDS_DAYS), "decide", row.id)
        return
    if row.original is not None:
        take_back_original(desk, row, at)
    if row.claim.frequency == "8":
        desk.claims.set(row.id, status="void")
        return
    record(desk, desk.claims.get(row.id), at)
    _recoup(desk, desk.claims.get(row.id), at)
    _follow_up(desk, desk.claims.get(row.id), at)


def take_back_original(desk: Desk, row: ClaimRow, at: datetime) -> None:
    """Reverse what stands in the place of the claim that this one replaces or voids."""
    if row.original is None:
        return
    original = desk.claims.current(desk.claims.get(row.original))
    if original.id == row.id:  # it was undecided, and gave way when this one was accepted
        return
    gone = "void" if row.claim.frequency == "8" else "replaced"
    desk.store.cancel("correct", original.id)
    if original.status == "decided":
        reverse(desk, original, at, status=gone)
    else:
        desk.store.cancel("decide", original.id)
        desk.claims.set(original.id, status=gone)
    desk.claims.set(original.id, replaced_by=row.id)
    desk.claims.set(row.id, original=original.id)


def reverse(desk: Desk, row: ClaimRow, at: datetime, *, status: str) -> None:
    """Put a reversal of a decided claim into the next 835; money taken by PLB before is given again."""
    on = plan_payment(desk, practice=row.practice, payer_id=row.claim.payer_id, at=at)
    desk.claims.undo_decision(row, status)
    _add(desk, row, on, "reversal")
    if row.recovered:
        _add(desk, row, on, "takeback", -row.recovered)
        desk.claims.add_recovered(row.id, -row.recovered)


def record(
    desk: Desk,
    row: ClaimRow,
    at: datetime,
    *,
    waived: Collection[int] = (),
    price_factor: Decimal = Decimal(1),
) -> None:
    """Decide a claim and put the decision into the payer's next 835."""
    claim, payer = row.claim, desk.payer(row.claim.payer_id)
    family = desk.claims.family(row)
    memory = Memory(
        received_on=min(desk.claims.get(each).received_on for each in family),
        deductible_used=desk.claims.deductible_used(claim),
        decided_lines=desk.claims.decided_lines(claim, family),
        waived=frozenset(waived),
        price_factor=price_factor,
    )
    decision = decide(claim, payer, memory)
    keys = [key_of(claim, each) for each in claim.lines]
    desk.claims.record_decision(row, decision, keys, at.date())
    on = plan_payment(desk, practice=row.practice, payer_id=claim.payer_id, at=at)
    _add(desk, row, on, "claim")
    late = (at.date() - row.received_on).days - PROMPT_DAYS
    if row.flags.get("interest") and late > 0 and decision.paid > 0:
        interest = (decision.paid * INTEREST_RATE * late / 365).quantize(CENT, ROUND_HALF_UP)
        _add(desk, row, on, "interest", max(interest, CENT))


def _recoup(desk: Desk, row: ClaimRow, at: datetime) -> None:
    """Take an older overpayment, of which no more is said, out of the 835 that pays this claim."""
    if not row.flags.get("recoup") or row.decision is None or row.decision.paid <= 0:
        return
    on = plan_payment(desk, practice=row.practice, payer_id=row.claim.payer_id, at=at)
    _add(desk, row, on, "recoup", min(LARGEST_RECOUPED, (row.decision.paid / 2).quantize(CENT, ROUND_HALF_UP)))


def _add(desk: Desk, row: ClaimRow, on: date, kind: str, amount: Decimal = ZERO) -> None:
    desk.pay.add(practice=row.practice, payer_id=row.claim.payer_id, pay_on=on, claim=row.id, kind=kind, amount=amount)


def _follow_up(desk: Desk, row: ClaimRow, at: datetime) -> None:
    """Draw whether the payer will come back on this claim: by reversal, else by takeback."""
    if row.decision is None or row.decision.paid <= 0:
        return
    events = desk.payer(row.claim.payer_id).events
    about = (row.claim.payer_id, row.claim.claim_number, row.claim.frequency, desk.claims.ordinal(row))
    later = at + timedelta(days=whole(*FOLLOW_UP_DAYS, desk.seed, "follow-up", *about))
    if happens(events.reversal_rate, desk.seed, "reversal", *about):
        desk.store.plan(later, "reverse", row.id)
    elif happens(events.takeback_rate, desk.seed, "takeback", *about):
        desk.store.plan(later, "takeback", row.id)


def pay(desk: Desk, subject: str, at: datetime) -> None:
    """Write the 835 of one payer to one practice for a pay day, if there is anything to pay or take."""
    practice, payer_id, text = subject.split("|")
    on = date.fromisoformat(text)
    items = desk.pay.open_items(practice, payer_id, on)
    if not items:
        return
    payer = desk.payer(payer_id)
    trace = f"{payer_id}{on:%y%m%d}{desk.store.next_number('trace') % 10**6:06d}"
    owed, reference = desk.pay.forward(practice, payer_id)
    adjustments = _provider_adjustments(desk, items)
    if owed:
        adjustments.append(ProviderAdjustment("FB", reference, owed))
    claims = tuple(_paid_claim(desk, each, items) for each in items if each.kind in ("claim", "reversal"))
    remit = Remittance(payer, desk.practices[practice], on, trace, claims, tuple(adjustments))
    short = max(ZERO, -remit.amount)
    if short:
        remit = Remittance(
            payer, remit.practice, on, trace, claims, (*adjustments, ProviderAdjustment("FB", trace, -short))
        )
    desk.pay.carry(practice, payer_id, short, trace)
    content = write_835(desk.header(practice, at), remit)
    sent = content
    if any(each.skew for each in claims):  # what is kept, for whoever asks for the file again, has no such fault
        content = write_835(desk.header(practice, at), replace(remit, claims=tuple(map(_without_skew, claims))))
    number = desk.pay.add_remit(
        practice=practice, payer_id=payer_id, paid_on=on, trace=trace, amount=remit.amount, content=content
    )
    desk.pay.settle(items, number)
    desk.post(practice, at, payer_id, "835", sent)
    if happens(payer.events.repeat_file_rate, desk.seed, "repeat", practice, payer_id, on):
        days = whole(*REPEAT_DAYS, desk.seed, "repeat-days", practice, payer_id, on)
        desk.store.plan(datetime.combine(on + timedelta(days=days), PAYS_AT), "repeat", number)


def _provider_adjustments(desk: Desk, items: Collection[PayItem]) -> list[ProviderAdjustment]:
    found = []
    for each in items:
        if each.kind == "takeback":
            found.append(ProviderAdjustment("WO", desk.claims.get(each.claim).control, each.amount))
        elif each.kind == "recoup":
            found.append(ProviderAdjustment("WO", f"RECOUP{each.id:06d}", each.amount))
        elif each.kind == "interest":
            found.append(ProviderAdjustment("L6", desk.claims.get(each.claim).control, -each.amount))
    return found


def _without_skew(claim: PaidClaim) -> PaidClaim:
    return replace(claim, skew=ZERO)


def _paid_claim(desk: Desk, item: PayItem, items: Collection[PayItem]) -> PaidClaim:
    row = desk.claims.get(item.claim)
    if row.decision is None:
        raise LookupError(f"claim {row.control} has no decision")
    reversal = item.kind == "reversal"
    if reversal or row.original is None:
        earlier = row.control if reversal else ""
    else:
        earlier = desk.claims.get(row.original).control
    interest = sum((each.amount for each in items if each.kind == "interest" and each.claim == row.id), ZERO)
    number, stranger = row.claim.claim_number, bool(row.flags.get("stranger")) and not reversal
    return PaidClaim(
        claim=row.claim,
        decision=row.decision,
        control=f"9{row.control[1:]}" if stranger else row.control,
        received_on=row.received_on,
        original_control=earlier,
        reversal=reversal,
        shown_number=number[:-1] if (stranger or row.flags.get("unknown")) and len(number) > 1 else "",
        interest=ZERO if reversal else interest,
        skew=CENT if row.flags.get("unbalance") and not reversal else ZERO,
    )


def repeat_file(desk: Desk, number: int, at: datetime) -> None:
    """Deliver the bytes of an 835 once more, under another file name."""
    remit = desk.pay.remit(number)
    desk.post(remit.practice, at, remit.payer_id, "835", remit.content)

"""The 277CA: every claim of an interchange is screened, then accepted for adjudication or rejected."""

from datetime import datetime, timedelta

from payersim.answers.ack_277ca import Acknowledged, Source, write_277ca
from payersim.chance import happens, whole
from payersim.clock.desk import DECIDES_AT, Desk
from payersim.plans import Payer
from payersim.screen import Earlier, Status, screen
from payersim.state import ClaimRow

LATE_DAYS = (31, 45)


def acknowledge(desk: Desk, subject: str, at: datetime) -> None:
    """Screen one payer's claims of an interchange, in file order, and post the 277CA."""
    number, _, payer_id = subject.partition("|")
    interchange = desk.store.interchange(int(number))
    payer = desk.network.payers.get(payer_id)
    done = [_screened(desk, row, payer, at) for row in desk.claims.of_interchange(interchange.id, payer_id)]
    if payer is None:
        source = Source("AY", desk.network.clearinghouse_name, "46", desk.network.clearinghouse_id)
    else:
        source = Source("PR", payer.name, "PI", payer.payer_id)
    header = desk.header(interchange.practice, at, interchange.usage)
    practice = desk.practices[interchange.practice]
    content = write_277ca(header, source, practice, done, interchange.received_at.date())
    desk.post(interchange.practice, at, payer_id if payer else source.id, "277ca", content)


def _screened(desk: Desk, row: ClaimRow, payer: Payer | None, at: datetime) -> Acknowledged:
    original = _original(desk, row)
    same = desk.claims.standing_first(row.claim, row.practice, row.id)
    earlier = Earlier(row.received_on, same.status if same else "", original.status if original else "")
    statuses = screen(row.claim, desk.network, earlier)
    if statuses or payer is None:
        desk.claims.set(row.id, status="rejected")
        _note_statuses(desk, row, statuses)
        return Acknowledged(row.claim, "", statuses)
    control = new_control(desk, at)
    desk.claims.set(row.id, status="accepted", control=control)
    if original is None:
        _schedule(desk, row, payer, at)
    else:
        _succeed(desk, row, original, payer, at)
    return Acknowledged(row.claim, control, ())


def _original(desk: Desk, row: ClaimRow) -> ClaimRow | None:
    if row.claim.frequency == "1" or not row.claim.original_control:
        return None
    named = desk.claims.by_control(row.claim.payer_id, row.claim.original_control, row.practice)
    return desk.claims.current(named) if named else None


def _note_statuses(desk: Desk, row: ClaimRow, statuses: tuple[Status, ...]) -> None:
    desk.claims.flag(row, rejected=[[each.category, each.code, each.entity] for each in statuses])


def new_control(desk: Desk, at: datetime) -> str:
    """A payer claim control number: year, day of the year, and a running number."""
    return f"{at:%y%j}{desk.store.next_number('claim') % 100000:05d}"


def _succeed(desk: Desk, row: ClaimRow, original: ClaimRow, payer: Payer, at: datetime) -> None:
    """A replacement or void: at once when the original is undecided, else by reversal when it falls due."""
    desk.claims.set(row.id, original=original.id)
    if original.status == "accepted":
        void = row.claim.frequency == "8"
        desk.store.cancel("decide", original.id)
        desk.claims.set(original.id, status="void" if void else "replaced", replaced_by=row.id)
        if void:
            desk.claims.set(row.id, status="void")
            return
    _schedule(desk, row, payer, at)


def _schedule(desk: Desk, row: ClaimRow, payer: Payer, at: datetime) -> None:
    """Draw the day of decision. A lost claim is never put on the agenda; a late one earns interest."""
    claim, events = row.claim, payer.events
    about = (claim.payer_id, claim.claim_number, claim.frequency, desk.claims.ordinal(row))
    if happens(events.lost_claim_rate, desk.seed, "lost", *about):
        desk.claims.flag(row, lost=True)
        return
    days = whole(*payer.decision_days, desk.seed, "days", *about) + events.delay_days
    if happens(events.interest_rate, desk.seed, "late", *about):
        days = max(days, whole(*LATE_DAYS, desk.seed, "late-days", *about))
        desk.claims.flag(row, interest=True)
    if happens(events.unknown_claim_rate, desk.seed, "unknown", *about):
        desk.claims.flag(row, unknown=True)
    if happens(events.unbalanced_rate, desk.seed, "unbalanced", *about):
        desk.claims.flag(row, unbalance=True)
    on = at.date() + timedelta(days=days)
    desk.store.plan(max(at, datetime.combine(on, DECIDES_AT)), "decide", row.id)

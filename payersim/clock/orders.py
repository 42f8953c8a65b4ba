"""Orders by hand: something out of the ordinary, done to one claim at the next tick."""

from collections.abc import Callable
from datetime import datetime, timedelta

from payersim.clock.desk import Desk
from payersim.clock.settle import decide_claim, pay, repeat_file
from payersim.state import ClaimBook, ClaimRow, Order, Store

DEFAULT_DELAY_DAYS = 30


class CannotOrder(Exception):
    """An order that no payer could carry out, in one sentence."""


def place(store: Store, kind: str, claim_number: str, *, practice: str = "", days: int = 0) -> int:
    """Leave an order for the next tick; returns its number.

    `practice` (slug) says whose claim is meant when several sent one under this number. Raises CannotOrder unless
    exactly one practice's claim is meant. Whether the claim is in a state for it is found when it is carried out.
    """
    if kind != "reorder":
        practice = _practice_meant(store, kind, claim_number, practice)
    return store.order(kind, claim_number, days, practice)


def _practice_meant(store: Store, kind: str, number: str, practice: str) -> str:
    if not number:
        raise CannotOrder(f"{kind} needs a claim number")
    senders = ClaimBook(store).practices_of(number)
    if practice and practice not in senders:
        raise CannotOrder(f"{practice} has sent no claim {number}")
    if not senders:
        raise CannotOrder(f"no practice has sent a claim {number}")
    if not practice and len(senders) > 1:
        raise CannotOrder(f"several practices have a claim {number}: add --practice with {' or '.join(senders)}")
    return practice or senders[0]


def carry_out(desk: Desk, order: Order, at: datetime) -> str:
    """Carry out an order; returns what became of it in plain words."""
    if order.kind == "reorder":
        desk.store.remember("reorder", "1")
        return "done"
    row = desk.claims.latest(order.claim_number, practice=order.practice)
    if row is None:
        return "refused: no such claim"
    return ORDERS[order.kind](desk, desk.claims.current(row), order, at)


def _reverse(desk: Desk, row: ClaimRow, _order: Order, at: datetime) -> str:
    return _come_back(desk, row, "reverse", at)


def _takeback(desk: Desk, row: ClaimRow, _order: Order, at: datetime) -> str:
    return _come_back(desk, row, "takeback", at)


def _come_back(desk: Desk, row: ClaimRow, kind: str, at: datetime) -> str:
    if row.status != "decided" or row.decision is None or row.decision.paid <= 0:
        return "refused: the claim is not paid"
    desk.store.plan(at, kind, row.id)
    return "done"


def _repeat(desk: Desk, row: ClaimRow, _order: Order, at: datetime) -> str:
    if row.remit is None:
        return "refused: no 835 holds the claim"
    repeat_file(desk, row.remit, at)
    return "done"


def _delay(desk: Desk, row: ClaimRow, order: Order, _at: datetime) -> str:
    due = desk.store.due_instant("decide", row.id)
    if due is None:
        return "refused: the claim is not waiting for a decision"
    desk.store.cancel("decide", row.id)
    desk.store.plan(due + timedelta(days=order.days or DEFAULT_DELAY_DAYS), "decide", row.id)
    return "done"


def _pay(desk: Desk, row: ClaimRow, _order: Order, at: datetime) -> str:
    """Decide now, and send the 835 now, whatever the pay day."""
    if row.status == "accepted":
        desk.store.cancel("decide", row.id)
        desk.claims.flag(row, records=at.date().isoformat(), lost=False)
        decide_claim(desk, row.id, at)
    today = at.date()
    desk.pay.hurry(row.id, today)
    if row.original is not None:
        desk.pay.hurry(row.original, today)
    pay(desk, f"{row.practice}|{row.claim.payer_id}|{today}", at)
    return "done"


def _flagging(flag: str) -> Callable[[Desk, ClaimRow, Order, datetime], str]:
    def set_flag(desk: Desk, row: ClaimRow, _order: Order, _at: datetime) -> str:
        if row.status not in ("received", "accepted"):
            return "refused: the claim is decided"
        desk.claims.flag(row, **{flag: True})
        return "done"

    return set_flag


ORDERS: dict[str, Callable[[Desk, ClaimRow, Order, datetime], str]] = {
    "reverse": _reverse,
    "takeback": _takeback,
    "repeat": _repeat,
    "delay": _delay,
    "pay": _pay,
    "lose": _flagging("lost"),
    "unknown": _flagging("unknown"),
    "stranger": _flagging("stranger"),  # its 835 has neither our number nor the payer's own
    "unbalance": _flagging("unbalance"),  # `repeat` brings the file again, balanced
    "recoup": _flagging("recoup"),  # its 835 takes money back for no claim that anybody names
    "interest": _flagging("interest"),
}
KINDS = (*ORDERS, "reorder")

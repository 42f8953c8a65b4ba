"""Answers to 276 inquiries, from what the payer knows at the moment of answering."""

import json
from dataclasses import replace
from datetime import date, datetime

from payersim.answers.status_277 import Found, write_277
from payersim.claims import Inquiry, inquiry_of
from payersim.clock.desk import Desk
from payersim.screen import Status
from payersim.state import ClaimRow


def answer(desk: Desk, subject: str, at: datetime) -> None:
    """Answer the inquiries of one 276 set in one 277."""
    practice, _interchange, *asked = json.loads(subject)
    inquiries = [inquiry_of(json.dumps(each)) for each in asked]
    found = [(each, _found(desk, practice, each, at.date())) for each in inquiries]
    desk.post(practice, at, inquiries[0].payer_id, "277", write_277(desk.header(practice, at), found))


def _found(desk: Desk, practice: str, inquiry: Inquiry, today: date) -> Found:
    payer = desk.network.payers.get(inquiry.payer_id)
    if payer is None:
        return Found((Status("E0", "116"),), today, claim_number=inquiry.claim_number)
    row = _search(desk, practice, inquiry)
    if row is None:
        known = inquiry.member_id in payer.members
        status = Status("A4", "35") if known else Status("D0", "33")
        return Found((status,), today, claim_number=inquiry.claim_number, charge=inquiry.charge)
    return _described(desk, row, today)


def _search(desk: Desk, practice: str, inquiry: Inquiry) -> ClaimRow | None:
    row = None
    if inquiry.payer_control:
        row = desk.claims.by_control(inquiry.payer_id, inquiry.payer_control, practice)
    if row is None and inquiry.claim_number:
        row = desk.claims.latest(inquiry.claim_number, payer_id=inquiry.payer_id, practice=practice)
    if row is None or (inquiry.member_id and row.claim.member_id != inquiry.member_id):
        return None
    return desk.claims.current(row)


def _described(desk: Desk, row: ClaimRow, today: date) -> Found:
    claim = row.claim
    found = Found(
        (Status("P1", "20"),),
        today,
        charge=claim.charge,
        control=row.control,
        claim_number=claim.claim_number,
        days=(claim.first_day, claim.last_day),
    )
    match row.status:
        case "received":
            return replace(found, statuses=(Status("A1", "19", "PR"),))
        case "rejected":
            return replace(found, statuses=tuple(Status(*each) for each in row.flags["rejected"]))
        case "accepted":
            return replace(found, statuses=(Status("R4", "297"),)) if row.flags.get("records") else found
        case "decided":
            return _finalized(desk, row, found)
        case _:
            return replace(found, statuses=(Status("F3", "101"),), paid=None)


def _finalized(desk: Desk, row: ClaimRow, found: Found) -> Found:
    decision = row.decision
    if decision is None:
        return found
    if row.remit is None:
        return replace(found, statuses=(Status("F0", "3"),), decided_on=row.decided_on, paid=decision.paid)
    if decision.denied:
        status = Status("F2", "585")
    elif decision.paid > 0:
        status = Status("F1", "65")
    else:
        status = Status("F4", "104")
    remit = desk.pay.remit(row.remit)
    return replace(
        found,
        statuses=(status,),
        paid=decision.paid,
        decided_on=row.decided_on,
        remitted_on=remit.paid_on,
        remit_trace=remit.trace,
    )

"""Handing fixed appeals over. The network is never waited for inside a transaction."""

import json
import logging
from datetime import datetime, timedelta

from django.db import transaction

from claims.gateways import CannotDeliver, Clearinghouse
from claims.models import Claim
from claims.operations.history import Happened, record
from compliance.operations import record_event
from compliance.scope import practice_scope
from denials.domain.status import AppealStatus
from denials.models import Appeal
from denials.queries.appeals import Outgoing, outgoing, stored_appeals

log = logging.getLogger("rcm.pipeline")


def deliver_appeals(*, practice_id: int, clearinghouse: Clearinghouse, now: datetime) -> int:
    """Hand over every appeal whose letter is fixed and that is not recorded as sent; returns how many.

    The letter goes before the message that names it. A crash before the record means that the next run hands both
    over again under the same names, which the other side knows.
    """
    with practice_scope(practice_id):
        waiting = stored_appeals(practice_id)
    for number, appeal_id in enumerate(waiting):
        with practice_scope(practice_id):
            appeal = outgoing(appeal_id)
        try:
            clearinghouse.deliver(f"appeal-{appeal_id}.pdf", appeal.pdf)
            clearinghouse.deliver(f"appeal-{appeal_id}.json", message(appeal))
        except CannotDeliver as error:
            log.warning("practice %d: %d appeals wait: %s", practice_id, len(waiting) - number, error)
            return number
        with practice_scope(practice_id):
            record_sent(appeal_id=appeal_id, now=now)
    return len(waiting)


def message(appeal: Outgoing) -> bytes:
    """The appeal as data. Dated by the day the letter was fixed, so that it is the same in every run."""
    content = {
        "appeal": appeal.number,
        "payer_id": appeal.payer_id,
        "claim_number": appeal.claim_number,
        "payer_control_number": appeal.payer_control_number,
        "level": appeal.level,
        "sent_on": appeal.stored_on.isoformat(),
        "denied": [{"line": line, "carc": carc, "amount": str(amount)} for line, carc, amount in appeal.denied],
        "letter": f"appeal-{appeal.number}.pdf",
    }
    return json.dumps(content, indent=1).encode()


@transaction.atomic
def record_sent(*, appeal_id: int, now: datetime) -> bool:
    """Keep that an appeal was handed over; False when that was recorded before."""
    rows = Appeal.objects.select_for_update(of=("self",)).select_related("payer").defer("pdf", "letter")
    appeal = rows.get(pk=appeal_id)
    if appeal.status != AppealStatus.STORED:
        return False
    appeal.move_to(AppealStatus.SENT)
    appeal.sent_at = now
    appeal.answer_due = now.date() + timedelta(days=appeal.payer.appeal_answer_days)
    appeal.save(update_fields=["status", "sent_at", "answer_due"])
    claim = Claim.objects.get(pk=appeal.claim_id)
    record_event(actor=None, now=now, verb="appeal.sent", subject=appeal, patient_id=claim.patient_id)
    says = f"Appeal level {appeal.level} sent to {appeal.payer}: ${appeal.amount:,.2f} in dispute."
    record(actor=None, now=now, happenings=[Happened(claim=claim, verb="claim.appealed", says=says, tone="move")])
    return True

"""Handing stored interchanges over. The network is never waited for inside a transaction."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Value, When

from claims.gateways import CannotDeliver, Clearinghouse
from claims.models import Batch, BatchStatus
from claims.queries.outbound import outgoing, unsent_batches
from compliance.operations import record_event
from compliance.scope import practice_scope

log = logging.getLogger("rcm.pipeline")


def deliver_batches(*, practice_id: int, clearinghouse: Clearinghouse, now: datetime) -> int:
    """Hand over every stored interchange that is not recorded as sent; returns how many.

    A crash before the record means that the next run hands it over again under the same name, which the
    clearinghouse knows. When it can't be reached, what is left waits for the next run.
    """
    with practice_scope(practice_id):
        waiting = unsent_batches(practice_id)
    for number, batch_id in enumerate(waiting):
        with practice_scope(practice_id):
            file = outgoing(batch_id)
        try:
            clearinghouse.deliver(file.name, file.content)
        except CannotDeliver as error:
            log.warning("practice %d: %d interchanges wait: %s", practice_id, len(waiting) - number, error)
            return number
        with practice_scope(practice_id):
            record_sent(batch_id=batch_id, now=now)
    return len(waiting)


@transaction.atomic
def record_sent(*, batch_id: int, now: datetime) -> bool:
    """Keep that an interchange was handed over; False when that was recorded before."""
    status = Case(When(status=BatchStatus.STORED, then=Value(BatchStatus.SENT.value)), default="status")
    if not Batch.objects.filter(pk=batch_id, sent_at__isnull=True).update(sent_at=now, status=status):
        return False
    batch = Batch.objects.only("practice_id", "kind").get(pk=batch_id)
    record_event(actor=None, now=now, verb="batch.sent", subject=batch)
    return True

"""What the supervisor clears once a week, so that the queues hold work that is still worth doing."""

from datetime import datetime, timedelta

from django.db import transaction

from claims.domain.status import ClaimStatus
from claims.models import Claim
from claims.operations.correct import CannotVoid, void_claim
from compliance.models import User
from denials.domain.status import DenialStatus
from denials.models import Denial
from denials.operations import CannotWork, bill_patient, write_off_denial
from payments.models import AdjustmentStatus, ProviderAdjustment
from payments.operations.decide import CannotPost, accept_provider_adjustment

DENIAL_AFTER = timedelta(days=90)  # nobody took it up, or the payer stayed with its no
CLAIM_AFTER = timedelta(days=75)  # stopped for good: nobody found what it lacks
ADJUSTMENT_AFTER = timedelta(days=21)
PATIENTS = "PR"  # adjustment group: the patient's responsibility


def clear_old_work(supervisor: User, now: datetime) -> int:
    """Write off, bill the patient, void or accept what has waited too long in the practice in scope."""
    return _denials(supervisor, now) + _claims(supervisor, now) + _adjustments(supervisor, now)


def _denials(supervisor: User, now: datetime) -> int:
    old = Denial.objects.filter(
        closed_at__isnull=True,
        status__in=[DenialStatus.NEW, DenialStatus.UPHELD],
        opened_at__lt=now - DENIAL_AFTER,
    )
    done = 0
    for denial in list(old.order_by("pk")):
        try:
            with transaction.atomic():
                if denial.group == PATIENTS:
                    bill_patient(denial_id=denial.pk, reason="Not covered by the plan", actor=supervisor, now=now)
                else:
                    reason = "Not worth another letter"
                    write_off_denial(denial_id=denial.pk, reason=reason, actor=supervisor, now=now, may_write_off=True)
        except CannotWork:
            continue
        done += 1
    return done


def _claims(supervisor: User, now: datetime) -> int:
    old = Claim.objects.in_state(ClaimStatus.HELD, ClaimStatus.REJECTED).filter(status_at__lt=now - CLAIM_AFTER)
    done = 0
    for claim_id in list(old.order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                void_claim(claim_id=claim_id, actor=supervisor, now=now, reason="Could not be put right in time")
        except CannotVoid:
            continue
        done += 1
    return done


def _adjustments(supervisor: User, now: datetime) -> int:
    old = ProviderAdjustment.objects.filter(
        status=AdjustmentStatus.EXCEPTION, remit__received_at__lt=now - ADJUSTMENT_AFTER
    )
    done = 0
    for adjustment_id in list(old.order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                accept_provider_adjustment(
                    adjustment_id=adjustment_id, claim_id=None, note="Asked the payer", actor=supervisor, now=now
                )
        except CannotPost:
            continue
        done += 1
    return done

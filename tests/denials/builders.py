"""Denied claims through the real stages: an 835 is read, posted, and its refusals are opened."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from claims.domain.status import ClaimStatus
from claims.models import Claim
from compliance.models import Practice
from denials.models import Denial
from denials.stages import open_denials
from edi.remit_835 import RemitClaim
from payments.stages import ingest_remits, post_remits
from tests.builders import NOW
from tests.payments.builders import a_claim, a_file, a_line, a_remit, an_answer

Refuse = Callable[..., list[Denial]]
LATER = NOW + timedelta(days=30)
_traces = count(70_000_001)


def bring(practice: Practice, *answers: RemitClaim, now: datetime = NOW, opened: bool = True, **remit: Any) -> None:
    """One remittance with these decided claims, ingested and posted; then the refusals are opened."""
    remit.setdefault("trace", str(next(_traces)))
    a_file(practice, a_remit(*answers, **remit), received_at=now)
    ingest_remits.run(practice.pk, now)
    post_remits.run(practice.pk, now)
    if opened:
        open_denials.run(practice.pk, now)


def refuse(
    practice: Practice,
    *adjusted: str,
    charge: str = "168.00",
    paid: str = "0.00",
    remarks: tuple[str, ...] = (),
    now: datetime = NOW,
    opened: bool = True,
    claim: Claim | None = None,
    **fields: Any,
) -> list[Denial]:
    """A one-line claim answered with these adjustments ("CO-50-168.00"); gives its denials in order."""
    claim = claim or a_claim(practice, ("99213", charge), **fields)
    extra = {"remark_codes": remarks} if remarks else {}
    line = a_line(1, "99213", charge, paid, *(adjusted or (f"CO-50-{charge}",)), **extra)
    answer = an_answer(claim, line, status="1" if Decimal(paid) else "4")
    bring(practice, answer, now=now, opened=opened)
    return list(Denial.objects.filter(claim=claim).order_by("pk"))


def replaced(claim: Claim) -> Claim:
    """The replacement of a claim, as if the payer had it."""
    new = Claim.objects.get(original=claim)
    new.status, new.submitted_at = ClaimStatus.ACCEPTED.value, NOW
    new.save(update_fields=["status", "submitted_at"])
    return new

"""Appeals on their way out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from denials.domain.status import AppealStatus
from denials.models import Appeal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """An appeal as the payer gets it. Each denied amount is (line, CARC, dollars)."""

    number: int
    payer_id: str
    claim_number: str
    payer_control_number: str
    level: int
    stored_on: date
    denied: tuple[tuple[int, str, Decimal], ...]
    pdf: bytes


def stored_appeals(practice_id: int) -> list[int]:
    """Appeals that wait to be handed over, oldest first."""
    rows = Appeal.objects.filter(practice_id=practice_id, status=AppealStatus.STORED).order_by("stored_at", "pk")
    return list(rows.values_list("pk", flat=True))


def outgoing(appeal_id: int) -> Outgoing:
    """One of them with everything that leaves."""
    row = Appeal.objects.select_related("claim", "payer").defer("letter").get(pk=appeal_id)
    denied = row.appealed.order_by("denial__line_number", "denial_id").values_list(
        "denial__line_number", "denial__carc", "denial__amount"
    )
    return Outgoing(
        number=row.pk,
        payer_id=row.payer.payer_id,
        claim_number=row.claim.number,
        payer_control_number=row.claim.payer_control_number,
        level=row.level,
        stored_on=(row.stored_at or row.drafted_at).date(),
        denied=tuple(denied),
        pdf=bytes(row.pdf),
    )

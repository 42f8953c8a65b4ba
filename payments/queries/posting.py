"""What posting reads: the remittance claims with their money laid on our lines, and our claims as they stand."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.domain.status import stands
from claims.models import Claim, ClaimLine
from payments.domain.posting import CLAIM_ITEM, ClaimState, Decision, LineState, lay_on_lines
from payments.domain.rows import adjustments_of
from payments.domain.split import ZERO, Split, split_claim_level
from payments.domain.status import RemitClaimStatus
from payments.models import RemitClaim, RemitLine

Charges = Mapping[int, Mapping[int, Decimal]]  # our charges by claim and line number


def lock_claims(practice_id: int, claim_ids: Iterable[int | None]) -> dict[int, Claim]:
    """These claims and the ones they replaced or voided, locked in the order of their keys."""
    ids = {each for each in claim_ids if each}
    originals = Claim.objects.filter(pk__in=ids, original__isnull=False).values("original_id")
    rows = (
        Claim.objects.select_for_update(of=("self",))
        .filter(practice_id=practice_id)
        .filter(Q(pk__in=ids) | Q(pk__in=originals))
        .select_related("patient", "payer")
        .order_by("pk")
    )
    return {row.pk: row for row in rows}


def claim_states(claims: Mapping[int, Claim]) -> tuple[dict[int, ClaimState], Charges]:
    """The claims with their lines, and what each line was billed at.

    A withdrawn claim's charges are reversed: as it stands its lines owe nothing, whatever they were billed at.
    """
    lines: dict[int, list[LineState]] = {pk: [] for pk in claims}
    charges: dict[int, dict[int, Decimal]] = {pk: {} for pk in claims}
    for row in ClaimLine.objects.filter(claim_id__in=claims).order_by("claim_id", "number"):
        claim = claims[row.claim_id]
        charges[row.claim_id][row.number] = row.charge_amount
        lines[row.claim_id].append(
            LineState(
                id=row.pk,
                number=row.number,
                charge=row.charge_amount if stands(claim.status, claim.frequency) else ZERO,
                contractual=row.contractual_amount,
                paid=row.paid_amount,
                patient=row.patient_amount,
                written_off=row.written_off_amount,
                denied=row.denied_amount,
            )
        )
    states = {
        pk: ClaimState(
            id=pk,
            number=claim.number,
            status=claim.status,
            original_id=claim.original_id,
            lines=tuple(lines[pk]),
            whole=_whole(claim, lines[pk]),
        )
        for pk, claim in claims.items()
    }
    return states, charges


def _whole(claim: Claim, lines: Sequence[LineState]) -> LineState:
    """What the claim carries beyond its lines."""

    def beyond(name: str) -> Decimal:
        of_claim: Decimal = getattr(claim, f"{name}_amount")
        return of_claim - sum((getattr(line, name) for line in lines), ZERO)

    return LineState(
        id=0,
        number=CLAIM_ITEM,
        charge=ZERO,
        contractual=beyond("contractual"),
        paid=beyond("paid"),
        patient=beyond("patient"),
        written_off=beyond("written_off"),
        denied=beyond("denied"),
    )


def posted_for(claim_ids: Iterable[int]) -> QuerySet[RemitClaim]:
    """What was posted on these claims before, oldest first."""
    return RemitClaim.objects.filter(claim_id__in=claim_ids, status=RemitClaimStatus.POSTED).order_by("posted_at", "pk")


def decisions(rows: QuerySet[RemitClaim], charges: Charges) -> list[Decision]:
    """Remittance claims with their money on our lines, in the order of the set: two queries."""
    claims = list(
        rows.select_related("remit").annotate(taken_back=Exists(RemitClaim.objects.filter(reverses=OuterRef("pk"))))
    )
    lines: dict[int, list[tuple[int | None, Split]]] = {claim.pk: [] for claim in claims}
    for line in RemitLine.objects.filter(remit_claim_id__in=lines).select_related("claim_line"):
        number = line.claim_line.number if line.claim_line else None
        lines[line.remit_claim_id].append((number, stored_split(line)))
    return [_decision(claim, lines[claim.pk], charges.get(claim.claim_id or 0, {})) for claim in claims]


def stored_split(row: RemitLine | RemitClaim) -> Split:
    """The dollars of a stored line or claim."""
    return Split(
        charge=row.charge_amount,
        paid=row.paid_amount,
        contractual=row.contractual_amount,
        patient=row.patient_amount,
        denied=row.denied_amount,
        allowed=row.allowed_amount,
    )


def _decision(claim: RemitClaim, lines: Sequence[tuple[int | None, Split]], charges: Mapping[int, Decimal]) -> Decision:
    remit = claim.remit
    beyond = split_claim_level(
        charge=claim.charge_amount,
        paid=claim.paid_amount,
        adjustments=adjustments_of(claim.adjustments),
        lines=[split for _, split in lines],
    )
    return Decision(
        id=claim.pk,
        source=f"{remit.source_prefix}{claim.position}",
        claim_id=claim.claim_id or 0,
        status_code=claim.status_code,
        charge=claim.charge_amount,
        paid=claim.paid_amount,
        trace=remit.trace_number,
        paid_date=remit.paid_date,
        money=lay_on_lines(lines, beyond, charges),
        control_number=claim.payer_control_number,
        reversed=claim.taken_back,  # type: ignore[attr-defined]  # annotated in decisions()
    )

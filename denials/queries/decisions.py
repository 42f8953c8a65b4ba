"""What opening denials reads: posted decisions, our lines, contracts, approvals, history. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from claims.domain.facts import AuthorizationFacts
from claims.models import Claim, ClaimLine
from claims.queries.facts import authorization_facts
from denials.domain.odds import Decided
from denials.domain.outcome import LOST, WON
from denials.domain.refusals import DecidedClaim, DecidedLine
from denials.models import Denial
from encounters.models import Authorization, Fee
from payments.domain.posting import REVERSAL
from payments.domain.rows import adjustments_of
from payments.domain.status import RemitClaimStatus
from payments.models import RemitClaim, RemitLine


@dataclass(frozen=True, slots=True)
class Around:
    """What is looked up once for all decisions of a chunk."""

    lines: Mapping[int, Sequence[RemitLine]]  # by remittance claim
    ours: Mapping[int, Mapping[int, ClaimLine]]  # by claim and line number
    prices: Mapping[tuple[int, str], Decimal]  # by fee schedule and code
    approvals: Mapping[int, Sequence[AuthorizationFacts]]  # by patient
    first: Collection[int]  # remittance claims that are their claim's first decision
    history: Mapping[str, Decided]  # by category


def posted_decisions(ids: Sequence[int]) -> list[RemitClaim]:
    """Posted remittance claims with their remittance and claim, in the order they were posted."""
    rows = RemitClaim.objects.filter(pk__in=ids, status=RemitClaimStatus.POSTED, claim__isnull=False)
    return list(rows.select_related("remit", "claim__payer", "claim__patient").order_by("posted_at", "pk").defer("raw"))


def around(practice_id: int, rows: Sequence[RemitClaim]) -> Around:
    """Everything beside the decisions themselves: six queries."""
    claims = {row.claim.pk: row.claim for row in rows if row.claim}
    ours = our_lines(claims)
    contracts = {claim.payer.contract_id for claim in claims.values() if claim.payer.contract_id}
    codes = {line.code for lines in ours.values() for line in lines.values()}
    return Around(
        lines=_remit_lines([row.pk for row in rows]),
        ours=ours,
        prices={
            (schedule, code): amount
            for schedule, code, amount in Fee.objects.filter(schedule_id__in=contracts, code__in=codes).values_list(
                "schedule_id", "code", "amount"
            )
        },
        approvals=_approvals({claim.patient_id for claim in claims.values()}),
        first=first_decisions(claims),
        history=decided_counts(practice_id),
    )


def our_lines(claim_ids: Iterable[int]) -> dict[int, dict[int, ClaimLine]]:
    """Claim lines by claim and number."""
    found: defaultdict[int, dict[int, ClaimLine]] = defaultdict(dict)
    for line in ClaimLine.objects.filter(claim_id__in=list(claim_ids)).order_by("claim_id", "number"):
        found[line.claim_id][line.number] = line
    return found


def _remit_lines(ids: Sequence[int]) -> dict[int, list[RemitLine]]:
    found: defaultdict[int, list[RemitLine]] = defaultdict(list)
    rows = RemitLine.objects.filter(remit_claim_id__in=ids).select_related("claim_line")
    for line in rows.order_by("remit_claim_id", "position"):
        found[line.remit_claim_id].append(line)
    return found


def _approvals(patients: Collection[int]) -> dict[int, list[AuthorizationFacts]]:
    found: defaultdict[int, list[AuthorizationFacts]] = defaultdict(list)
    for row in Authorization.objects.filter(patient_id__in=patients):
        found[row.patient_id].append(authorization_facts(row))
    return found


def first_decisions(claim_ids: Iterable[int]) -> set[int]:
    """The first decision of each claim: the oldest that is no reversal."""
    rows = RemitClaim.objects.filter(claim_id__in=list(claim_ids), status=RemitClaimStatus.POSTED)
    rows = rows.exclude(status_code=REVERSAL).order_by("claim_id", "posted_at", "pk").distinct("claim_id")
    return set(rows.values_list("pk", flat=True))


def decided_counts(practice_id: int) -> dict[str, Decided]:
    """How the practice's fights ended, by category."""
    rows = (
        Denial.objects.filter(practice_id=practice_id, answered_at__isnull=False)
        .values_list("category")
        .annotate(won=Count("pk", filter=Q(answer=WON)), lost=Count("pk", filter=Q(answer=LOST)))
    )
    return {category: Decided(won, lost) for category, won, lost in rows}


def decided_claim(row: RemitClaim, lines: Sequence[RemitLine], ours: Mapping[int, ClaimLine]) -> DecidedClaim:
    """A remittance claim as the rules read it."""
    return DecidedClaim(
        status_code=row.status_code,
        charge=row.charge_amount,
        paid=row.paid_amount,
        adjustments=adjustments_of(row.adjustments),
        remarks=tuple(row.remarks),
        lines=[
            DecidedLine(
                number=line.claim_line.number if line.claim_line else 0,
                paid=line.paid_amount,
                adjustments=adjustments_of(line.adjustments),
                remarks=tuple(line.remarks),
            )
            for line in lines
        ],
        our_charges={number: line.charge_amount for number, line in ours.items()},
    )


def approved(approvals: Iterable[AuthorizationFacts], *, payer_id: int, code: str, day: date) -> set[str]:
    """Numbers of the approvals that cover a service."""
    return {each.number for each in approvals if each.payer_id == payer_id and each.covers(code, day)}


@dataclass(frozen=True, slots=True)
class Family:
    """A claim, what replaced it, and every decision on either, oldest first."""

    claim: Claim
    replacements: Sequence[Claim]
    decisions: Sequence[RemitClaim]


def families(claim_ids: Iterable[int]) -> dict[int, Family]:
    """Claims with their replacements and posted decisions: two queries."""
    ids = set(claim_ids)
    rows = list(Claim.objects.filter(Q(pk__in=ids) | Q(original_id__in=ids)))
    decisions: defaultdict[int, list[RemitClaim]] = defaultdict(list)
    found = RemitClaim.objects.filter(claim_id__in=[row.pk for row in rows], status=RemitClaimStatus.POSTED)
    for each in found.order_by("posted_at", "pk").defer("raw"):
        decisions[each.claim_id or 0].append(each)
    by_key = {row.pk: row for row in rows}
    families: dict[int, Family] = {}
    for pk in ids & by_key.keys():
        after = [row for row in rows if row.original_id == pk]
        heard = [each for row in (by_key[pk], *after) for each in decisions[row.pk]]
        families[pk] = Family(by_key[pk], after, sorted(heard, key=lambda each: (each.posted_at, each.pk)))
    return families

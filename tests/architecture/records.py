"""One record of every kind that an address can name, in one practice."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import count

from claims.models import Batch, Claim, ClaimEvent, ClaimFinding, InboundFile, Submission
from claims.operations.build import build_claims
from coding.domain.status import CaseStatus
from coding.models import CodingAudit, CodingCase, CoveragePolicy, LearnedModel, ProviderQuery, ReleaseKind
from coding.suggestion.experience import NOTHING
from compliance.models import Practice, User
from compliance.scope import practice_scope
from denials.domain.categories import Category, Play, Station
from denials.models import Appeal, AppealedDenial, Denial
from payments.models import ProviderAdjustment, Remit, RemitClaim
from tests import builders
from tests.builders import NOW
from worklist.domain.kinds import Kind
from worklist.models import SavedView, WorkItem
from worklist.operations import NewItem, open_items

CENT = Decimal("10.00")
LATER = date(2026, 11, 30)
_numbers = count(1)


@dataclass(frozen=True)
class Records:
    """Numbers of rows, by what they are."""

    patient: int
    coverage: int
    encounter: int
    case: int
    provider_query: int
    audit: int
    learned: int
    release: int
    claim: int
    finding: int
    event: int
    batch: int
    submission: int
    inbound: int
    remit: int
    remit_claim: int
    adjustment: int
    denial: int
    appeal: int
    work_item: int
    claim_item: int
    saved_view: int


def records_of(practice: Practice, owner: User) -> Records:
    """Build them all; `owner` drafted the letter, keeps the saved view and is the provider who is asked."""
    with practice_scope(practice.pk):
        claim = build_claims(practice_id=practice.pk, case_ids=[builders.a_case(practice).pk], now=NOW)[0]
        case = builders.a_case(practice, status=CaseStatus.OPEN)
        batch = _batch(claim)
        inbound = _inbound(practice)
        remit = _remit(inbound)
        line = _remit_claim(remit, claim)
        denial = _denial(claim, line)
        appeal = _appeal(claim, denial, owner)
        finding = ClaimFinding.objects.create(
            practice=practice, claim=claim, code="T1", family="Test", severity="stop", at="CLM", says="x", found_at=NOW
        )
        adjustment = ProviderAdjustment.objects.create(
            practice=practice, remit=remit, position=1, reason="WO", amount=CENT, status="exception"
        )
        CoveragePolicy.objects.get_or_create(
            release=builders.a_release(ReleaseKind.COVERAGE), policy="L33394", procedure="20610", diagnosis="M17"
        )
        event = ClaimEvent.objects.create(practice=practice, claim=claim, at=NOW, tone="you", says="x")
        return Records(
            patient=claim.patient_id,
            coverage=claim.coverage_id,
            encounter=claim.encounter_id,
            case=case.pk,
            provider_query=_provider_query(case, owner).pk,
            audit=_audit(case).pk,
            learned=LearnedModel.objects.create(
                practice=practice, version=next(_numbers), trained_at=NOW, cases=1, payload=NOTHING.to_bytes()
            ).pk,
            release=builders.a_release(ReleaseKind.ICD10CM).pk,
            claim=claim.pk,
            finding=finding.pk,
            event=event.pk,
            batch=batch.pk,
            submission=Submission.objects.get(batch=batch).pk,
            inbound=inbound.pk,
            remit=remit.pk,
            remit_claim=line.pk,
            adjustment=adjustment.pk,
            denial=denial.pk,
            appeal=appeal.pk,
            work_item=_work(practice, Kind.CODING_CASE, "coding.codingcase", case.pk).pk,
            claim_item=_work(practice, Kind.CLAIM_HELD, "claims.claim", claim.pk, claim_id=claim.pk).pk,
            saved_view=SavedView.objects.create(user=owner, page="work", name=f"v{next(_numbers)}", query="").pk,
        )


def _provider_query(case: CodingCase, owner: User) -> ProviderQuery:
    provider = case.encounter.provider
    provider.user = owner
    provider.save(update_fields=["user"])
    return ProviderQuery.objects.create(
        practice=case.practice,
        case=case,
        provider=provider,
        kind="laterality",
        title="Clarification of side",
        question="Which side?",
        options=["Right", "Left"],
        indicators=[],
        asked_by=owner,
        asked_at=NOW,
        due_date=LATER,
    )


def _audit(case: CodingCase) -> CodingAudit:
    return CodingAudit.objects.create(
        practice=case.practice, case=case, reasons=["random"], first={}, sampled_at=NOW, due_date=LATER
    )


def _batch(claim: Claim) -> Batch:
    batch = Batch.objects.create(
        practice=claim.practice,
        kind="837P",
        control_number=next(_numbers),
        content=b"ISA~",
        sha256="0" * 64,
        claim_count=1,
        stored_at=NOW,
    )
    Submission.objects.create(
        practice=claim.practice,
        claim=claim,
        batch=batch,
        set_control="0001",
        position=1,
        content="ST*837~",
        charge_amount=CENT,
        created_at=NOW,
    )
    return batch


def _inbound(practice: Practice) -> InboundFile:
    content = f"ISA {next(_numbers)}~".encode()
    return InboundFile.objects.create(
        practice=practice,
        name="a.835",
        kind="835",
        content=content,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        received_at=NOW,
    )


def _remit(inbound: InboundFile) -> Remit:
    return Remit.objects.create(
        practice=inbound.practice,
        inbound=inbound,
        position=1,
        payer=builders.a_payer(inbound.practice),
        payer_name="Harbor Mutual",
        payer_identifier="HM001",
        trace_number=f"T{next(_numbers)}",
        method="ACH",
        amount=CENT,
        paid_date=builders.DAY,
        status="exceptions",
        received_at=NOW,
    )


def _remit_claim(remit: Remit, claim: Claim) -> RemitClaim:
    return RemitClaim.objects.create(
        practice=remit.practice,
        remit=remit,
        position=1,
        claim=claim,
        claim_number=claim.number,
        status_code="1",
        charge_amount=CENT,
        paid_amount=CENT,
        status="exception",
        problem_kind="unmatched",
        problem="x",
    )


def _denial(claim: Claim, line: RemitClaim) -> Denial:
    return Denial.objects.create(
        practice=claim.practice,
        claim=claim,
        remit_claim=line,
        patient=claim.patient,
        payer=claim.payer,
        amount=CENT,
        group="CO",
        carc="50",
        category=Category.NECESSITY,
        station=Station.CODING,
        play=Play.APPEAL,
        deadline_kind="appeal",
        avoidable=False,
        odds=40,
        deadline=LATER,
        appeal_deadline=LATER,
        decided_on=builders.DAY,
        posted_at=NOW,
        opened_at=NOW,
    )


def _appeal(claim: Claim, denial: Denial, owner: User) -> Appeal:
    appeal = Appeal.objects.create(
        practice=claim.practice,
        claim=claim,
        payer=claim.payer,
        letter="Dear reviewer",
        amount=CENT,
        deadline=LATER,
        drafted_by=owner,
        drafted_at=NOW,
    )
    AppealedDenial.objects.create(practice=claim.practice, appeal=appeal, denial=denial)
    return appeal


def _work(practice: Practice, kind: Kind, subject_type: str, subject_id: int, claim_id: int | None = None) -> WorkItem:
    item = NewItem(
        practice_id=practice.pk,
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        claim_id=claim_id,
        reason="x",
        patient_name="Okafor, Denise",
    )
    open_items(items=[item], now=NOW)
    return WorkItem.objects.get(kind=kind, subject_type=subject_type, subject_id=subject_id)

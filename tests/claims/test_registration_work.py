"""What only the front desk can put right is work of the front desk: opened once, about the visit, closed by itself."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ClaimFinding
from claims.operations.build import build_claims
from claims.operations.correct import override_finding, void_claim
from claims.operations.fix import apply_fix
from claims.operations.scrub import scrub_claims
from claims.stages import build_claims as build_stage
from claims.stages import scrub_claims as stage
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from encounters.models import Coverage, Payer
from encounters.operations import correct_member_id
from encounters.operations.registration import (
    NewCoverage,
    correct_coverage,
    register_authorization,
    replace_coverage,
)
from tests.builders import DAY, NOW, a_case, a_coverage, a_payer, a_visit
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

ENDED = DAY - timedelta(days=10)
LATER = NOW + timedelta(hours=1)
UNPOINTED: tuple[Any, ...] = ("99213", [], 1, [])


@pytest.fixture
def inside(practice: Practice) -> Iterator[Practice]:
    with practice_scope(practice.pk):
        yield practice


@pytest.fixture
def biller(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.BILLER, practice)


def stopped(practice: Practice, *, ended: bool = True, payer: Payer | None = None, **case: Any) -> Claim:
    """A scrubbed claim; unless told otherwise its only plan had ended before the visit."""
    visit = a_visit(practice, payer=payer)
    if ended:
        Coverage.objects.filter(patient=visit.patient).update(effective_to=ENDED)
    claim = build_claims(practice_id=practice.pk, case_ids=[a_case(practice, visit=visit, **case).pk], now=NOW)[0]
    scrub_claims(practice_id=practice.pk, claim_ids=[claim.pk], now=NOW)
    claim.refresh_from_db()
    return claim


def work() -> list[tuple[str, str]]:
    """Kind and reason of what is open."""
    return list(WorkItem.objects.open().order_by("kind").values_list("kind", "reason"))


def asking(practice: Practice) -> Payer:
    """A payer that approves the visit's service beforehand."""
    return a_payer(practice, authorization_codes=["99213"])


def test_coverage_that_was_over_is_for_the_front_desk_alone(inside: Practice) -> None:
    claim = stopped(inside)
    item = WorkItem.objects.open().get()
    assert (claim.status, item.kind, item.role) == ("held", Kind.REGISTRATION_ELIGIBILITY, Role.FRONT_DESK)
    assert (item.subject_type, item.subject_id) == ("encounters.encounter", claim.encounter_id)
    assert (item.reason, item.next_step) == (f"Coverage ended {ENDED:%m/%d}, visit {DAY:%m/%d}", "Check coverage")
    assert (item.clock_date, item.clock_kind, item.amount) == (claim.filing_deadline, "file", Decimal("168.00"))
    assert (item.claim_id, item.category, item.has_fix) == (claim.pk, "Eligibility", False)


def test_corrected_dates_free_the_claim(inside: Practice) -> None:
    claim = stopped(inside)
    plan = claim.coverage
    correct_coverage(
        coverage_id=plan.pk, effective_from=plan.effective_from, effective_to=None, rank=1, actor=None, now=LATER
    )
    assert stage.run(inside.pk, LATER) == 1
    claim.refresh_from_db()
    assert (claim.status, work()) == ("ready", [])
    assert WorkItem.objects.get().outcome == "Put right"


def test_a_recorded_approval_gets_on_the_claim_by_itself(inside: Practice) -> None:
    payer = asking(inside)
    claim = stopped(inside, ended=False, payer=payer)
    assert work() == [(Kind.REGISTRATION_AUTHORIZATION, "No approval for 99213")]
    assert WorkItem.objects.get().next_step == "Get approval"
    register_authorization(
        patient_id=claim.patient_id,
        payer_id=payer.pk,
        number="AU77120",
        codes=["99213"],
        valid_from=DAY,
        valid_to=DAY,
        encounter_id=claim.encounter_id,
        actor=None,
        now=LATER,
    )
    stage.run(inside.pk, LATER)
    claim.refresh_from_db()
    assert (claim.status, claim.authorization_number, work()) == ("ready", "AU77120", [])
    assert claim.encounter.authorization is not None
    assert claim.events.filter(says__startswith="Repaired: Harbor Mutual wants an authorization").count() == 1


def test_each_desk_gets_what_it_can_put_right(inside: Practice, biller: User) -> None:
    claim = stopped(inside, procedures=(UNPOINTED,))
    assert work() == [
        (Kind.CLAIM_HELD, "Line 1 points to no diagnosis"),
        (Kind.REGISTRATION_ELIGIBILITY, f"Coverage ended {ENDED:%m/%d}, visit {DAY:%m/%d}"),
    ]
    apply_fix(finding_id=claim.findings.get(code="DP01").pk, actor=biller, now=LATER)
    assert [kind for kind, _ in work()] == [Kind.REGISTRATION_ELIGIBILITY]
    assert WorkItem.objects.get(kind=Kind.CLAIM_HELD).outcome == "Waits for the front desk"
    claim.refresh_from_db()
    assert claim.status == "held"


def test_what_one_key_fixes_stays_with_billing(inside: Practice) -> None:
    claim = stopped(inside)
    other = a_payer(inside, payer_id="TT001", name="Tri-Town Health")
    new = NewCoverage(payer_id=other.pk, member_id="TT1", effective_from=ENDED + timedelta(days=1))
    replace_coverage(patient_id=claim.patient_id, new=new, actor=None, now=LATER)
    stage.run(inside.pk, LATER)
    item = WorkItem.objects.open().get()
    assert (item.kind, item.next_step, item.has_fix) == (Kind.CLAIM_HELD, "Switch payer", True)


def test_two_plans_that_both_pay_first_are_unclear(inside: Practice) -> None:
    visit = a_visit(inside)
    a_coverage(visit.patient, a_payer(inside, payer_id="TT001", name="Tri-Town Health"))
    build_claims(practice_id=inside.pk, case_ids=[a_case(inside, visit=visit).pk], now=NOW)
    stage.run(inside.pk, NOW)
    assert work() == [(Kind.REGISTRATION_ELIGIBILITY, "Two plans are on file as first")]
    second = Coverage.objects.exclude(pk=Claim.objects.get().coverage_id).get()
    correct_coverage(
        coverage_id=second.pk, effective_from=second.effective_from, effective_to=None, rank=2, actor=None, now=LATER
    )
    stage.run(inside.pk, LATER)
    assert (work(), Claim.objects.get().status) == ([], "ready")


def test_an_override_and_a_void_end_the_front_desks_work(inside: Practice, biller: User) -> None:
    claim = stopped(inside)
    finding = ClaimFinding.objects.get(claim=claim)
    override_finding(finding_id=finding.pk, reason="Payer confirmed by phone", actor=biller, now=LATER)
    assert work() == []
    other = stopped(inside)
    assert len(work()) == 1
    void_claim(claim_id=other.pk, reason="Not ours", actor=biller, now=LATER)
    assert work() == []


def test_a_second_scrub_opens_nothing_and_keeps_the_owner(inside: Practice, person: Callable[..., User]) -> None:
    claim = stopped(inside)
    clerk = person(Role.FRONT_DESK, inside)
    WorkItem.objects.update(assigned_to=clerk)
    scrub_claims(practice_id=inside.pk, claim_ids=[claim.pk], now=LATER)
    assert WorkItem.objects.get().assigned_to == clerk


def test_a_patient_without_any_plan_is_work_about_the_visit(inside: Practice) -> None:
    visit = a_visit(inside, covered=False)
    a_case(inside, visit=visit)
    build_stage.run(inside.pk, NOW)
    item = WorkItem.objects.open().get()
    assert (item.kind, item.subject_type, item.subject_id) == (
        Kind.REGISTRATION_ELIGIBILITY,
        "encounters.encounter",
        visit.pk,
    )
    assert build_stage.run(inside.pk, LATER) == 0
    new = NewCoverage(payer_id=a_payer(inside).pk, member_id="HMX1", effective_from=date(2026, 1, 1))
    replace_coverage(patient_id=visit.patient_id, new=new, actor=None, now=LATER)
    assert build_stage.run(inside.pk, LATER) == 1
    assert work() == []


def test_sharing_out_costs_the_same_for_one_claim_and_for_many(inside: Practice) -> None:
    def spent(size: int) -> int:
        ids = [stopped(inside, procedures=(UNPOINTED,) if n % 2 else (("99213",),)).pk for n in range(2 * size)]
        with CaptureQueriesContext(connection) as queries:
            scrub_claims(practice_id=inside.pk, claim_ids=ids, now=LATER)
        return len(queries)

    assert spent(1) == spent(12)


def test_from_my_work_to_a_claim_that_is_ready(client: Client, person: Callable[..., User], practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = stopped(practice, ended=False, payer=a_payer(practice, member_id_pattern=r"HMX\d{9}"))
        Coverage.objects.update(member_id="HMX1")
        Claim.objects.update(scrubbed_at=None, status="draft")
    stage.run(practice.pk, NOW)
    client.force_login(person(Role.FRONT_DESK, practice))
    page = client.get("/").content.decode()
    where = f"/encounters/{claim.encounter_id}/"
    assert ("Correct member ID"[:15] in page, f'href="{where}?from=work"' in page) == (True, True)
    assert "What the claim waits for" in client.get(where).content.decode()
    with practice_scope(practice.pk):
        correct_member_id(coverage_id=claim.coverage_id, member_id="HMX204418731", actor=None, now=LATER)
    stage.run(practice.pk, LATER)
    assert "What the claim waits for" not in client.get(where).content.decode()
    with practice_scope(practice.pk):
        assert Claim.objects.get().status == "ready"


@pytest.mark.parametrize("role", [Role.BILLER, Role.POSTER, Role.CODER])
def test_the_front_desks_work_is_nobody_elses(
    client: Client, person: Callable[..., User], practice: Practice, role: Role
) -> None:
    with practice_scope(practice.pk):
        stopped(practice)
    client.force_login(person(role, practice))
    assert "Coverage ended" not in client.get("/").content.decode()

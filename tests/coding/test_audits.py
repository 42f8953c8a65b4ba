"""Audits from the draw to the ruling: result, trail, work, refusal, and what becomes of the visit."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.operations.build import build_claims
from claims.operations.correct import void_claim
from coding.domain.audits import AuditStatus, Category, Outcome, Reason
from coding.domain.codes import CaseCodes, Service
from coding.domain.status import UNDO_FOR, CaseStatus
from coding.models import AuditedCode, AuditPlan, CodingAudit, CodingCase
from coding.operations import (
    CannotAudit,
    Rates,
    answer_note,
    finalize_case,
    fix_second,
    save_codes,
    save_second,
    send_note,
    set_audit_plan,
    settle_dispute,
    take_audit,
)
from coding.queries.audits import CodeFilter, accuracy, audited_codes, quality
from coding.stages import draw_audits
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.operations import Event, record_events
from compliance.scope import practice_scope
from tests.builders import NOW
from tests.coding.samples import load_samples, waiting_case
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db
FIRST = CaseCodes(("M17.11", "I10"), (Service(code="99214", modifiers=("25",), pointers=(1,)),))
SECOND = CaseCodes(("M17.11", "I10"), (Service(code="99213", modifiers=("25",), pointers=(1,)),))
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def people(person: Callable[..., User], practice: Practice) -> dict[str, User]:
    roles = {"coder": Role.CODER, "auditor": Role.CODING_AUDITOR, "supervisor": Role.SUPERVISOR}
    return {name: person(role, practice) for name, role in roles.items()}


@pytest.fixture
def here(practice: Practice, people: dict[str, User]) -> Iterator[Practice]:
    load_samples()
    with practice_scope(practice.pk):
        yield practice


def planned(practice: Practice, people: dict[str, User], **percents: int) -> AuditPlan:
    rates = Rates(
        percents={reason: percents.get(reason, 0) for reason in Reason}, high_value=Decimal(500), new_coder_days=90
    )
    return set_audit_plan(practice_id=practice.pk, rates=rates, actor=people["supervisor"], now=NOW)


def finished(practice: Practice, people: dict[str, User], codes: CaseCodes = FIRST) -> CodingCase:
    case = waiting_case(practice)
    save_codes(case_id=case.pk, diagnoses=codes.diagnoses, services=codes.services, actor=people["coder"], now=NOW)
    return finalize_case(case_id=case.pk, actor=people["coder"], now=LATER - UNDO_FOR)


def drawn(practice: Practice, people: dict[str, User], codes: CaseCodes = FIRST) -> CodingAudit:
    if not AuditPlan.objects.exists():
        planned(practice, people, random=100)
    case = finished(practice, people, codes)
    draw_audits.run(practice.pk, LATER)
    return CodingAudit.objects.get(case=case)


def audited(audit: CodingAudit, people: dict[str, User], codes: CaseCodes = SECOND) -> CodingAudit:
    auditor = people["auditor"]
    take_audit(audit_id=audit.pk, actor=auditor, now=LATER)
    save_second(audit_id=audit.pk, codes=codes, revision=None, actor=auditor, now=LATER)
    return fix_second(audit_id=audit.pk, actor=auditor, now=LATER)


def explained(audit: CodingAudit, people: dict[str, User], codes: CaseCodes = SECOND) -> CodingAudit:
    audited(audit, people, codes)
    reasons = {
        row.position: "One stable chronic illness" for row in AuditedCode.objects.filter(audit=audit, agreed=False)
    }
    return send_note(audit_id=audit.pk, reasons=reasons, note="See the 2021 table.", actor=people["auditor"], now=LATER)


def open_work(**fields: Any) -> list[str]:
    return list(WorkItem.objects.open().filter(**fields).order_by("pk").values_list("kind", flat=True))


def test_without_a_plan_nothing_is_drawn_and_cases_before_it_never_are(here: Practice, people: dict[str, User]) -> None:
    finished(here, people)
    assert draw_audits.run(here.pk, LATER) == 0
    plan = planned(here, people, random=100)
    AuditPlan.objects.update(since=LATER + timedelta(seconds=1))
    assert draw_audits.run(here.pk, LATER + timedelta(days=1)) == 0
    assert AuditEvent.objects.get(verb="audit_plan.set").subject_id == plan.pk


def test_each_finished_case_takes_part_once(here: Practice, people: dict[str, User]) -> None:
    audit = drawn(here, people)
    assert draw_audits.run(here.pk, LATER) == 0
    assert (audit.status, audit.reasons, audit.coder) == ("open", ["random"], people["coder"])
    assert audit.first["services"][0]["code"] == "99214"
    item = WorkItem.objects.open().get(kind=Kind.CODING_AUDIT)
    assert (item.role, item.subject_id, item.reason) == (Role.CODING_AUDITOR, audit.pk, "Drawn: at random")
    planned(here, people, random=0)
    finished(here, people)
    assert draw_audits.run(here.pk, LATER) == 1
    assert CodingAudit.objects.count() == 1


def test_risks_draw_for_themselves(here: Practice, people: dict[str, User]) -> None:
    planned(here, people, high_level=100, modifier=100, new_coder=100)
    assert drawn(here, people).reasons == ["high_level", "modifier", "new_coder"]


def test_drawing_costs_the_same_for_one_and_for_many(here: Practice, people: dict[str, User]) -> None:
    planned(here, people, random=100)

    def cost(count: int) -> int:
        for _ in range(count):
            finished(here, people)
        with CaptureQueriesContext(connection) as queries:
            assert draw_audits.run(here.pk, LATER) == count
        return len(queries)

    assert cost(1) == cost(8)


def test_maker_is_not_checker(here: Practice, people: dict[str, User], person: Callable[..., User]) -> None:
    audit = drawn(here, people)
    with pytest.raises(CannotAudit, match="You coded this visit"):
        take_audit(audit_id=audit.pk, actor=people["coder"], now=LATER)
    take_audit(audit_id=audit.pk, actor=people["auditor"], now=LATER)
    with pytest.raises(CannotAudit, match="is auditing this visit"):
        take_audit(audit_id=audit.pk, actor=person(Role.CODING_AUDITOR, here), now=LATER)
    assert WorkItem.objects.open().get(kind=Kind.CODING_AUDIT).assigned_to == people["auditor"]


@pytest.mark.parametrize("page", ["case.viewed", "claim.viewed", "api.codingcase.listed"])
def test_who_saw_the_codes_is_no_second_coder(here: Practice, people: dict[str, User], page: str) -> None:
    audit = drawn(here, people)
    patient = None if page.endswith("listed") else audit.case.encounter.patient_id
    seen = Event.about(audit.case, page, patient_id=patient, detail={"rows": [audit.case_id]})
    record_events(actor=people["supervisor"], now=LATER, events=[seen])
    with pytest.raises(CannotAudit, match="have seen the codes"):
        take_audit(audit_id=audit.pk, actor=people["supervisor"], now=LATER)
    take_audit(audit_id=audit.pk, actor=people["auditor"], now=LATER)
    save_second(audit_id=audit.pk, codes=SECOND, revision=None, actor=people["auditor"], now=LATER)
    record_events(actor=people["auditor"], now=LATER, events=[seen])
    with pytest.raises(CannotAudit, match="have seen the codes"):
        fix_second(audit_id=audit.pk, actor=people["auditor"], now=LATER)


def test_the_second_coding_is_kept_with_its_revision(here: Practice, people: dict[str, User]) -> None:
    audit, auditor = drawn(here, people), people["auditor"]
    with pytest.raises(CannotAudit, match="Begin the audit"):
        save_second(audit_id=audit.pk, codes=SECOND, revision=0, actor=auditor, now=LATER)
    take_audit(audit_id=audit.pk, actor=auditor, now=LATER)
    with pytest.raises(CannotAudit, match="a diagnosis and a procedure"):
        fix_second(audit_id=audit.pk, actor=auditor, now=LATER)
    save_second(audit_id=audit.pk, codes=SECOND, revision=0, actor=auditor, now=LATER)
    again = save_second(audit_id=audit.pk, codes=SECOND, revision=0, actor=auditor, now=LATER)
    assert again.revision == 1
    with pytest.raises(CannotAudit, match="Another window"):
        save_second(audit_id=audit.pk, codes=FIRST, revision=0, actor=auditor, now=LATER)


def test_equal_codings_close_the_audit(here: Practice, people: dict[str, User]) -> None:
    audit = audited(drawn(here, people), people, FIRST)
    assert (audit.status, audit.outcome) == (AuditStatus.CLOSED, Outcome.AGREED)
    assert accuracy(LATER.date()).agreed == 3
    assert open_work() == []
    assert CodingCase.objects.get(pk=audit.case_id).status == CaseStatus.FINALIZED


def test_a_difference_waits_for_its_reason(here: Practice, people: dict[str, User]) -> None:
    audit = audited(drawn(here, people), people)
    row = AuditedCode.objects.get(audit=audit, agreed=False)
    assert (audit.status, row.category, row.first, row.second) == ("fixed", Category.LEVEL_HIGH, "99214", "99213")
    with pytest.raises(CannotAudit, match="a reason for every difference"):
        send_note(audit_id=audit.pk, reasons={}, note="", actor=people["auditor"], now=LATER)
    with pytest.raises(CannotAudit, match="explains the differences"):
        send_note(audit_id=audit.pk, reasons={row.position: "x"}, note="", actor=people["supervisor"], now=LATER)


def test_a_coder_who_agrees_gets_the_visit_back(here: Practice, people: dict[str, User]) -> None:
    audit = explained(drawn(here, people), people)
    note = WorkItem.objects.open().get()
    assert (note.kind, note.assigned_to) == (Kind.CODING_EDUCATION, people["coder"])
    closed = answer_note(audit_id=audit.pk, agrees=True, words="", actor=people["coder"], now=LATER)
    assert (closed.status, closed.outcome) == ("closed", Outcome.ACCEPTED)
    case = CodingCase.objects.get(pk=audit.case_id)
    assert (case.status, case.finalized_at) == (CaseStatus.OPEN, None)
    item = WorkItem.objects.open().get()
    assert (item.kind, item.assigned_to, item.next_step) == (Kind.CODING_CASE, people["coder"], "Correct the codes")
    verbs = AuditEvent.objects.filter(subject_type="coding.codingaudit").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["audit.sampled", "audit.taken", "audit.fixed", "audit.noted", "audit.closed"]
    finalize_case(case_id=case.pk, actor=people["coder"], now=LATER + timedelta(days=1))
    assert draw_audits.run(here.pk, LATER + timedelta(days=2)) == 0


def test_a_billed_visit_becomes_work_for_billing_until_its_claim_is_corrected(
    here: Practice, people: dict[str, User]
) -> None:
    audit = drawn(here, people)
    (claim,) = build_claims(practice_id=here.pk, case_ids=[audit.case_id], now=LATER)
    explained(audit, people)
    answer_note(audit_id=audit.pk, agrees=True, words="", actor=people["coder"], now=LATER)
    item = WorkItem.objects.open().get(kind=Kind.CLAIM_CODED_WRONG)
    assert (item.role, item.subject_type, item.subject_id) == (Role.BILLER, "encounters.encounter", claim.encounter_id)
    void_claim(claim_id=claim.pk, actor=people["supervisor"], now=LATER, reason="Coded wrong")
    assert open_work(kind=Kind.CLAIM_CODED_WRONG) == []


def test_a_dispute_is_decided_by_a_third_person(here: Practice, people: dict[str, User]) -> None:
    audit = explained(drawn(here, people), people)
    with pytest.raises(CannotAudit, match="for the coder of the visit"):
        answer_note(audit_id=audit.pk, agrees=False, words="x", actor=people["auditor"], now=LATER)
    with pytest.raises(CannotAudit, match="which words of the note"):
        answer_note(audit_id=audit.pk, agrees=False, words=" ", actor=people["coder"], now=LATER)
    answer_note(audit_id=audit.pk, agrees=False, words="Drug therapy was managed", actor=people["coder"], now=LATER)
    assert open_work() == [Kind.CODING_DISPUTE]
    for party in ("coder", "auditor"):
        with pytest.raises(CannotAudit, match="Somebody else decides"):
            settle_dispute(audit_id=audit.pk, coder_right=[], words="x", actor=people[party], now=LATER)
    row = AuditedCode.objects.get(audit=audit, agreed=False)
    settled = settle_dispute(
        audit_id=audit.pk, coder_right=[row.position], words="Moderate risk", actor=people["supervisor"], now=LATER
    )
    assert (settled.outcome, settled.ruled_by) == (Outcome.OVERTURNED, people["supervisor"])
    assert (accuracy(LATER.date()).agreed, accuracy(LATER.date()).audited) == (3, 3)
    assert CodingCase.objects.get(pk=audit.case_id).status == CaseStatus.FINALIZED
    assert open_work() == []


def test_a_dispute_that_is_lost_sends_the_visit_back(here: Practice, people: dict[str, User]) -> None:
    audit = explained(drawn(here, people), people)
    answer_note(audit_id=audit.pk, agrees=False, words="Drug therapy", actor=people["coder"], now=LATER)
    settled = settle_dispute(
        audit_id=audit.pk, coder_right=[], words="No drug was changed", actor=people["supervisor"], now=LATER
    )
    assert settled.outcome == Outcome.UPHELD
    assert open_work() == [Kind.CODING_CASE]


def test_a_visit_without_a_coder_has_nobody_to_teach(here: Practice, people: dict[str, User]) -> None:
    planned(here, people, auto_completed=100)
    case = finished(here, people)
    CodingCase.objects.filter(pk=case.pk).update(coder=None, auto_completed_at=case.finalized_at)
    draw_audits.run(here.pk, LATER)
    audit = CodingAudit.objects.get(case=case)
    assert audit.reasons == ["auto_completed"]
    assert explained(audit, people).outcome == Outcome.ACCEPTED
    assert open_work() == [Kind.CODING_CASE]


def test_figures_foot_with_the_rows_behind_them(here: Practice, people: dict[str, User]) -> None:
    today = LATER.date()
    explained(drawn(here, people), people)
    audited(drawn(here, people), people, FIRST)
    audited(drawn(here, people, SECOND), people, CaseCodes(("I10", "M17.11"), SECOND.services))
    found = quality(today)
    assert (found.overall.agreed, found.overall.audited) == (7, 9)
    assert (found.exact_cases, found.cases, found.differences) == (1, 3, 2)
    assert [(one.agreed, one.audited) for one in found.coders] == [(7, 9)]
    assert dict(found.categories) == {"level_high": 1, "sequencing": 1}
    assert sum(one.audited for one in found.codes) == 9
    assert {one.label: (one.agreed, one.audited) for one in found.codes}["99214"] == (1, 2)
    for chosen, total in (
        (CodeFilter(), 9),
        (CodeFilter(agreed="no"), 2),
        (CodeFilter(coder=people["coder"].pk, code="99214"), 2),
        (CodeFilter(category="sequencing", agreed="no"), 1),
        (CodeFilter(coder=0), 0),
    ):
        page = audited_codes(chosen, today)
        assert (page.total, len(page.rows)) == (total, total)
    assert audited_codes(CodeFilter(days=30), today + timedelta(days=31)).total == 0

"""The scrub stage: held with work, or ready; findings kept and closed; nothing twice; the same cost for many."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ClaimEvent, ClaimFinding, ClaimLine
from claims.operations.build import build_claims
from claims.operations.scrub import scrub_claims
from claims.queries.facts import claim_facts
from claims.stages import scrub_claims as stage
from coding.models import CodeSystem
from compliance.models import AuditEvent, Practice
from compliance.scope import practice_scope
from encounters.operations import correct_member_id
from tests.builders import NOW, a_case, a_patient, a_payer, a_visit, add_codes
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

LATER = NOW + timedelta(hours=1)


def built(practice: Practice, **fields: Any) -> Claim:
    return build_claims(practice_id=practice.pk, case_ids=[a_case(practice, **fields).pk], now=NOW)[0]


def unpointed(practice: Practice, **fields: Any) -> Claim:
    """A claim whose only line points at nothing: one key fixes it."""
    return built(practice, procedures=(("99213", [], 1, []),), **fields)


def test_a_sound_claim_becomes_ready(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = built(practice)
    assert stage.run(practice.pk, NOW) == 1
    with practice_scope(practice.pk):
        claim.refresh_from_db()
        assert (claim.status, claim.clean_at_first, claim.scrubbed_at) == ("ready", True, NOW)
        assert not WorkItem.objects.open().exists()
        assert AuditEvent.objects.filter(verb="claim.readied", subject_id=claim.pk).count() == 1


def test_a_stopped_claim_is_held_with_work(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = unpointed(practice)
    stage.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        claim.refresh_from_db()
        finding = ClaimFinding.objects.get()
        item = WorkItem.objects.open().get()
        assert (claim.status, claim.clean_at_first) == ("held", False)
        assert (finding.code, finding.at, finding.severity) == ("DP01", "line.1.pointers", "stop")
        assert (item.kind, item.category, item.reason) == (Kind.CLAIM_HELD, "Pointer", "Line 1 points to no diagnosis")
        assert (item.next_step, item.has_fix, item.clock_date) == ("Point to A", True, claim.filing_deadline)
        assert (item.amount, item.clock_kind, item.claim_id) == (Decimal("168.00"), "file", claim.pk)


def test_a_warning_does_not_hold(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = built(practice, visit=a_visit(practice, payer=a_payer(practice, filing_days=14)))
    stage.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        claim.refresh_from_db()
        assert (claim.status, claim.clean_at_first) == ("ready", True)
        assert ClaimFinding.objects.get().code == "TF02"


def test_a_repair_is_made_and_told(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = built(practice, diagnoses=("M17.11", "M17.11"), procedures=(("99213", [], 1, [2]),))
    stage.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        claim.refresh_from_db()
        assert (claim.status, claim.diagnoses, claim.revision) == ("ready", ["M17.11"], 1)
        assert claim.lines.get().pointers == [1]
        assert ClaimFinding.objects.get().resolved_at == NOW
        assert ClaimEvent.objects.filter(says__startswith="Repaired: M17.11 stood twice").count() == 1


def test_a_claim_held_by_a_person_stays_held(practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = built(practice)
        Claim.objects.filter(pk=claim.pk).update(status="held", held_by_person=True)
        scrub_claims(practice_id=practice.pk, claim_ids=[claim.pk], now=NOW)
        claim.refresh_from_db()
        assert claim.status == "held"


def test_a_correction_by_the_front_desk_frees_the_claim(practice: Practice) -> None:
    with practice_scope(practice.pk):
        payer = a_payer(practice, member_id_pattern=r"HMX\d{9}")
        claim = built(practice, visit=a_visit(practice, payer=payer))
        claim.coverage.member_id = "HM1"
        claim.coverage.save()
    stage.run(practice.pk, NOW)
    assert stage.run(practice.pk, LATER) == 0
    with practice_scope(practice.pk):
        assert WorkItem.objects.open().get().category == "Eligibility"
        correct_member_id(coverage_id=claim.coverage_id, member_id="HMX204418731", actor=None, now=LATER)
    assert stage.run(practice.pk, LATER) == 1
    assert stage.run(practice.pk, LATER) == 0
    with practice_scope(practice.pk):
        claim.refresh_from_db()
        assert claim.status == "ready"
        assert not ClaimFinding.objects.filter(resolved_at__isnull=True).exists()
        assert not WorkItem.objects.open().exists()


def test_scrubbing_twice_changes_nothing(practice: Practice) -> None:
    with practice_scope(practice.pk):
        ids = [unpointed(practice).pk, built(practice).pk]
        scrub_claims(practice_id=practice.pk, claim_ids=ids, now=NOW)
        before = counts()
        scrub_claims(practice_id=practice.pk, claim_ids=ids, now=LATER)
        assert counts() == before
    assert stage.run(practice.pk, LATER) == 0


def counts() -> list[int]:
    models = (Claim, ClaimLine, ClaimEvent, ClaimFinding, AuditEvent, WorkItem)
    return [*(model.objects.count() for model in models), ClaimFinding.objects.filter(resolved_at=None).count()]


def test_a_duplicate_of_an_earlier_claim_is_held(practice: Practice) -> None:
    with practice_scope(practice.pk):
        patient = a_patient(practice)
        first = built(practice, visit=a_visit(practice, patient=patient))
        second = built(practice, visit=a_visit(practice, patient=patient))
    stage.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        assert set(Claim.objects.values_list("number", "status")) == {(first.number, "ready"), (second.number, "held")}
        assert WorkItem.objects.open().get().reason == f"Same as {first.number}"


def test_code_notes_come_from_the_loaded_code_set(practice: Practice) -> None:
    with practice_scope(practice.pk):
        notes = {"excludes1": ["type 2 diabetes (E11.-)"]}
        add_codes(CodeSystem.ICD10CM, {"O24": "Diabetes in pregnancy"}, billable=False, notes=notes)
        add_codes(CodeSystem.ICD10CM, {"O24.410": "Gestational diabetes"}, parent="O24")
        add_codes(CodeSystem.ICD10CM, {"M54.5": "Low back pain"}, billable=False, parent="M54")
        add_codes(CodeSystem.ICD10CM, {"M54.50": "Low back pain, unspecified"}, parent="M54.5")
        claim = built(practice, diagnoses=("O24.410", "E11.9", "M54.5"))
        codes = claim_facts(practice.pk, [claim.pk], NOW)[claim.pk].codes
        assert codes["O24.410"].excludes1 == (("E11", "E11"),)
        assert codes["M54.5"].children == (("M54.50", "Low back pain, unspecified", True),)
        scrub_claims(practice_id=practice.pk, claim_ids=[claim.pk], now=NOW)
        assert set(ClaimFinding.objects.values_list("code", flat=True)) == {"DX04", "DX06"}


def test_a_chunk_costs_the_same_for_one_and_for_many(practice: Practice) -> None:
    spent = []
    for size in (1, 25):
        with practice_scope(practice.pk):
            ids = [one(practice).pk for _ in range(size) for one in (built, unpointed)]
            with CaptureQueriesContext(connection) as queries:
                scrub_claims(practice_id=practice.pk, claim_ids=ids, now=NOW)
            spent.append(len(queries))
    assert spent[0] == spent[1] <= 32


def test_facts_of_another_practice_are_not_found(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        claim = built(practice)
    with practice_scope(other_practice.pk):
        assert claim_facts(other_practice.pk, [claim.pk], NOW) == {}
        assert claim_facts(practice.pk, [claim.pk], NOW) == {}

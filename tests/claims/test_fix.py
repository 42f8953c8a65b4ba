"""People's verbs on a claim that the payer does not have: fix, undo, edit, override, hold, release."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from claims.models import Claim, ClaimFinding
from claims.operations.correct import (
    CannotCorrect,
    CannotOverride,
    ChangedMeanwhile,
    LineEdit,
    apply_fix,
    edit_claim,
    edit_line,
    override_finding,
    recode_claim,
    undo_fix,
)
from claims.operations.hold import CannotHold, CannotRelease, hold_claim, release_claim
from claims.operations.scrub import scrub_claims
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from ledger.domain.accounts import Account
from ledger.models import Entry
from ledger.queries import balance, balances_by_account
from tests.builders import DAY, NOW, a_coverage, a_payer, a_visit
from tests.claims.test_scrub import built, unpointed
from worklist.models import WorkItem

SOON = NOW + timedelta(minutes=2)
REPEATED = (("99213",), ("99213",))


@pytest.fixture
def biller(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.BILLER, practice)


def scrubbed(claim: Claim) -> Claim:
    scrub_claims(practice_id=claim.practice_id, claim_ids=[claim.pk], now=NOW)
    claim.refresh_from_db()
    return claim


def the_finding(claim: Claim, code: str) -> int:
    return ClaimFinding.objects.get(claim=claim, code=code, resolved_at__isnull=True).pk


def test_a_fix_frees_the_claim_at_once(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(unpointed(practice))
        change = apply_fix(finding_id=the_finding(claim, "DP01"), actor=biller, now=SOON)
        assert (change.claim.status, change.claim.lines.get().pointers) == ("ready", [1])
        claim.refresh_from_db()
        assert (claim.revision, claim.touched, claim.clean_at_first) == (1, True, False)
        assert not WorkItem.objects.open().exists()
        event = AuditEvent.objects.get(pk=change.event_id)
        assert (event.verb, event.actor, event.subject_id) == ("claim.fixed", biller, claim.pk)
        said = claim.events.filter(says__contains="Corrected").values_list("says", flat=True)
        assert list(said) == ["Line 1 points to no diagnosis; the claim has 1. Corrected with “Point to A”."]


def test_a_fix_is_undone_and_not_twice(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(unpointed(practice))
        change = apply_fix(finding_id=the_finding(claim, "DP01"), actor=biller, now=SOON)
        undone = undo_fix(event_id=change.event_id, actor=biller, now=SOON)
        assert (undone.claim.status, undone.claim.lines.get().pointers) == ("held", [])
        assert WorkItem.objects.open().get().has_fix
        with pytest.raises(ChangedMeanwhile, match="changed this claim just now"):
            undo_fix(event_id=change.event_id, actor=biller, now=SOON)


def test_a_fix_that_takes_a_line_off_moves_the_ledger(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(built(practice, procedures=REPEATED))
        change = apply_fix(finding_id=the_finding(claim, "DU02"), actor=biller, now=SOON)
        assert change.claim.charge_amount == Decimal("168.00") == balance(Account.PAYER_RECEIVABLE, claim.number)
        undo_fix(event_id=change.event_id, actor=biller, now=SOON)
        assert balance(Account.PAYER_RECEIVABLE, claim.number) == Decimal("336.00")
        assert sum(balances_by_account().values()) == 0
        assert list(Entry.objects.order_by("pk").values_list("source", flat=True)) == [
            f"claim:{claim}:charges:0",
            f"claim:{claim}:charges:0/reversed",
            f"claim:{claim}:charges:1",
            f"claim:{claim}:charges:1/reversed",
            f"claim:{claim}:charges:2",
        ]


def test_a_settled_finding_is_not_fixed_again(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(unpointed(practice))
        finding = the_finding(claim, "DP01")
        apply_fix(finding_id=finding, actor=biller, now=SOON)
        with pytest.raises(CannotCorrect, match="settled already"):
            apply_fix(finding_id=finding, actor=biller, now=SOON)


@pytest.mark.parametrize("status", ["submitted", "accepted", "adjudicated", "void"])
def test_what_the_payer_has_is_not_changed(practice: Practice, biller: User, status: str) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(unpointed(practice))
        Claim.objects.filter(pk=claim.pk).update(status=status)
        with pytest.raises(CannotCorrect):
            apply_fix(finding_id=the_finding(claim, "DP01"), actor=biller, now=SOON)
        with pytest.raises(CannotCorrect):
            edit_line(claim_id=claim.pk, line_number=1, units=2, actor=biller, now=SOON)


def test_a_line_is_edited_and_priced_again(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(built(practice))
        change = edit_line(claim_id=claim.pk, line_number=1, code="99214", revision=0, actor=biller, now=SOON)
        assert (change.claim.charge_amount, change.claim.status) == (Decimal("242.00"), "ready")
        assert balance(Account.PAYER_RECEIVABLE, claim.number) == Decimal("242.00")


def test_two_people_do_not_overwrite_each_other(practice: Practice, biller: User) -> None:
    biller.first_name, biller.last_name = "Marisol", "Vega"
    biller.save()
    with practice_scope(practice.pk):
        claim = scrubbed(built(practice))
        edit_line(claim_id=claim.pk, line_number=1, modifiers=["25"], revision=0, actor=biller, now=NOW)
        with pytest.raises(ChangedMeanwhile, match=r"^Marisol Vega changed this claim 2 minutes ago\."):
            edit_line(claim_id=claim.pk, line_number=1, units=2, revision=0, actor=biller, now=SOON)


@pytest.mark.parametrize(
    "wrong", [{"units": 0}, {"modifiers": ["250"]}, {"pointers": [13]}, {"code": " "}, {"code": "99213"}]
)
def test_a_line_refuses_what_cannot_stand_there(practice: Practice, biller: User, wrong: dict[str, Any]) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(built(practice))
        with pytest.raises(CannotCorrect):
            edit_line(claim_id=claim.pk, line_number=1, actor=biller, now=SOON, **wrong)


def test_a_member_id_is_corrected_on_the_coverage(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        payer = a_payer(practice, member_id_pattern=r"HMX\d{9}")
        visit = a_visit(practice, payer=payer)
        claim = built(practice, visit=visit)
        claim.coverage.member_id = "HMX 204418731"
        claim.coverage.save()
        change = apply_fix(finding_id=the_finding(scrubbed(claim), "EL01"), actor=biller, now=SOON)
        claim.coverage.refresh_from_db()
        assert (claim.coverage.member_id, change.claim.status) == ("HMX204418731", "ready")
        with pytest.raises(CannotCorrect, match="does not issue"):
            edit_claim(claim_id=claim.pk, member_id="WRONG", actor=biller, now=SOON)


def test_another_coverage_brings_its_payer_and_its_deadline(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(built(practice))
        other = a_coverage(claim.patient, a_payer(practice, payer_id="CH001", name="Cascadia", filing_days=90))
        edit_claim(claim_id=claim.pk, coverage_id=other.pk, actor=biller, now=SOON)
        claim.refresh_from_db()
        assert (claim.payer.name, claim.filing_deadline) == ("Cascadia", DAY + timedelta(days=90))
        stranger = built(practice).coverage_id
        with pytest.raises(CannotCorrect, match="not on the patient’s file"):
            edit_claim(claim_id=claim.pk, coverage_id=stranger, actor=biller, now=SOON)


def test_all_codes_are_replaced_at_once(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(unpointed(practice))
        lines = [LineEdit(code="99214", modifiers=("25",)), LineEdit(code="J3301", units=4, pointers=(2,))]
        change = recode_claim(claim_id=claim.pk, diagnoses=["M17.11", "I10"], lines=lines, actor=biller, now=SOON)
        assert change.claim.status == "ready"
        assert list(claim.lines.values_list("number", "code", "charge_amount")) == [
            (1, "99214", Decimal("242.00")),
            (2, "J3301", Decimal("76.00")),
        ]
        assert balance(Account.PAYER_RECEIVABLE, claim.number) == Decimal("318.00")


def test_an_override_lets_the_claim_pass_and_is_remembered(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(built(practice, procedures=REPEATED))
        passed = override_finding(
            finding_id=the_finding(claim, "DU02"), reason="Two separate visits", actor=biller, now=SOON
        )
        assert passed.status == "ready"
        assert AuditEvent.objects.get(verb="claim.finding_overridden").note == "Two separate visits"
        assert scrubbed(claim).status == "ready"


def test_what_was_put_right_meanwhile_needs_no_override(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(built(practice, procedures=REPEATED))
        finding = the_finding(claim, "DU02")
        claim.lines.filter(number=2).update(modifiers=["76"])
        assert override_finding(finding_id=finding, reason="repeat", actor=biller, now=SOON).status == "ready"
        assert ClaimFinding.objects.get(pk=finding).overridden_by is None


def test_what_a_clearinghouse_refuses_is_not_overridden(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(unpointed(practice))
        with pytest.raises(CannotOverride, match="cannot be overridden"):
            override_finding(finding_id=the_finding(claim, "DP01"), reason="hurry", actor=biller, now=SOON)


def test_hold_and_release(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(built(practice))
        held = hold_claim(claim_id=claim.pk, reason="Waiting for enrolment", actor=biller, now=NOW)
        item = WorkItem.objects.open().get()
        assert (held.status, held.held_by_person, item.state) == ("held", True, "on_hold")
        with pytest.raises(CannotHold, match="on hold already"):
            hold_claim(claim_id=claim.pk, reason="again", actor=biller, now=NOW)
        released = release_claim(claim_id=claim.pk, note="enrolled", actor=biller, now=SOON)
        assert (released.status, released.held_by_person) == ("ready", False)
        assert not WorkItem.objects.open().exists()
        with pytest.raises(CannotRelease, match="is ready, not held"):
            release_claim(claim_id=claim.pk, actor=biller, now=SOON)


def test_a_claim_that_an_edit_stops_is_not_released(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(unpointed(practice))
        with pytest.raises(CannotRelease, match="Line 1 points to no diagnosis"):
            release_claim(claim_id=claim.pk, actor=biller, now=SOON)
        claim.refresh_from_db()
        assert claim.status == "held"


def test_what_was_sent_is_not_held(practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = built(practice)
        Claim.objects.filter(pk=claim.pk).update(status="submitted")
        with pytest.raises(CannotHold):
            hold_claim(claim_id=claim.pk, reason="too late", actor=biller, now=NOW)


def test_another_practice_cannot_touch_a_claim(practice: Practice, other_practice: Practice, biller: User) -> None:
    with practice_scope(practice.pk):
        claim = scrubbed(unpointed(practice))
        finding = the_finding(claim, "DP01")
    with practice_scope(other_practice.pk):
        with pytest.raises(Claim.DoesNotExist):
            hold_claim(claim_id=claim.pk, reason="x", actor=biller, now=NOW)
        with pytest.raises(ClaimFinding.DoesNotExist):
            apply_fix(finding_id=finding, actor=biller, now=NOW)

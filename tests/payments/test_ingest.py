"""Reading 835 files: balance, matching, exceptions, and everything that breaks other systems (PEERS)."""

from dataclasses import replace

import pytest

from claims.models import InboundStatus
from compliance.models import Practice
from compliance.scope import practice_scope
from edi import remit_835 as x12
from edi.parties import Reference
from edi.segments import Delimiters
from ledger.domain.accounts import Account
from ledger.models import Entry
from ledger.queries import balance
from payments.domain.status import RemitClaimStatus, RemitStatus
from payments.models import Remit, RemitClaim, RemitLine
from payments.stages import ingest_remits, post_remits
from tests.builders import NOW
from tests.payments.builders import D, a_claim, a_file, a_line, a_plb, a_remit, an_answer
from tests.payments.conftest import Bring
from tests.payments.test_posting import money, paid_99213
from worklist.domain.kinds import Kind
from worklist.models import WorkItem


def waiting(remit: Remit) -> tuple[str, str]:
    row = remit.claims.get(status=RemitClaimStatus.EXCEPTION)
    return row.problem_kind, row.problem


def test_what_the_header_says_is_kept(inside: Practice, bring: Bring) -> None:
    remit = bring(a_remit(paid_99213(a_claim(inside))), post=False)
    assert (remit.payer_name, remit.payer_identifier, remit.trace_number) == (
        "Harbor Mutual",
        "1999999999",
        "88213047",
    )
    assert remit.payer is not None
    assert remit.payer.payer_id == "HM001"
    assert (remit.claim_count, remit.line_count, remit.amount) == (1, 1, D("62.40"))
    assert remit.status == RemitStatus.READY
    assert remit.imbalance_amount == 0


def test_a_file_that_is_out_of_balance_posts_nothing(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    remit = bring(a_remit(paid_99213(claim), paid=D("65.58")))
    assert remit.status == RemitStatus.UNBALANCED
    assert remit.problem.startswith("$3.18 off")
    assert Entry.objects.filter(source__startswith="remit:").count() == 0
    item = WorkItem.objects.open().get()
    assert (item.kind, item.subject_type, item.subject_id) == (
        Kind.PAYMENT_UNBALANCED,
        "payments.remit",
        remit.pk,
    )


def test_a_corrected_file_takes_the_place_of_an_unbalanced_one(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    wrong = paid_99213(claim)
    bring(a_remit(replace(wrong, paid=D("60.40")), paid=D("62.40")))
    bring(a_remit(wrong))
    assert money(claim)[1] == D("62.40")
    assert WorkItem.objects.open().count() == 0


def test_a_line_out_of_balance_stops_its_claim_alone(inside: Practice, bring: Bring) -> None:
    bad, good = a_claim(inside), a_claim(inside)
    off = an_answer(bad, a_line(1, "99213", "168", "62.40", "CO-45-70.60", "PR-3-30"))
    remit = bring(a_remit(off, paid_99213(good)))
    kind, problem = waiting(remit)
    assert kind == "unbalanced"
    assert "Line 1 is $5.00 off" in problem
    assert [money(bad)[1], money(good)[1]] == [D("0"), D("62.40")]
    assert WorkItem.objects.open().get().kind == Kind.PAYMENT_UNBALANCED
    assert remit.status == RemitStatus.EXCEPTIONS
    assert balance(Account.REMIT_CLEARING, "88213047") == D("-62.40")


def test_a_claim_out_of_balance_stops_alone(inside: Practice, bring: Bring) -> None:
    bad, good = a_claim(inside), a_claim(inside)
    off = replace(paid_99213(bad), paid=D("60.40"))
    remit = bring(a_remit(off, paid_99213(good)))
    assert waiting(remit)[0] == "unbalanced"
    assert "The claim is $2.00 off" in waiting(remit)[1]
    assert money(good)[1] == D("62.40")


@pytest.mark.parametrize("code", ["CO-999-75.60", "CR-45-75.60"])
def test_an_unknown_code_stops_its_claim(inside: Practice, bring: Bring, code: str) -> None:
    claim = a_claim(inside)
    remit = bring(a_remit(an_answer(claim, a_line(1, "99213", "168", "92.40", code))))
    assert waiting(remit)[0] == "unknown_code"
    assert money(claim)[1] == 0


def test_an_unknown_claim_status_stops_its_claim(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    remit = bring(a_remit(replace(paid_99213(claim), status="7")))
    assert waiting(remit)[0] == "unknown_code"


def test_a_predetermination_with_money_is_an_exception(inside: Practice, bring: Bring) -> None:
    remit = bring(a_remit(replace(paid_99213(a_claim(inside)), status="25")))
    assert waiting(remit)[0] == "status"


def test_an_unknown_claim_waits_with_its_likely_one(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside, number="26-119030")
    remit = bring(a_remit(replace(paid_99213(claim), number="26-11903", payer_control_number="")))
    assert waiting(remit) == (
        "unmatched",
        "No claim 26-11903; same patient, date and amount as 26-119030",
    )
    item = WorkItem.objects.open().get()
    assert (item.kind, item.reason, item.next_step) == (
        Kind.PAYMENT_UNMATCHED,
        "No claim 26-11903",
        "Match 26-119030",
    )
    assert remit.claims.get().suggestion == claim
    assert money(claim)[1] == 0


def test_two_likely_claims_are_no_suggestion(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside, number="26-119030")
    twin = a_claim(inside, number="26-119031", patient=claim.patient)
    remit = bring(a_remit(replace(paid_99213(twin), number="26-11903", payer_control_number="")))
    assert remit.claims.get().suggestion is None


def test_the_payers_number_matches_when_ours_is_lost(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside, payer_control_number="2630914402")
    bring(a_remit(replace(paid_99213(claim), number="LOST", payer_control_number="2630914402")))
    assert money(claim)[1] == D("62.40")


def test_the_payers_number_on_two_claims_matches_neither(inside: Practice, bring: Bring) -> None:
    first = a_claim(inside, payer_control_number="2630914402")
    a_claim(inside, payer_control_number="2630914402")
    remit = bring(a_remit(replace(paid_99213(first), number="LOST", payer_control_number="2630914402")))
    assert waiting(remit)[0] == "unmatched"


def test_our_number_with_nothing_else_of_ours_waits(inside: Practice, bring: Bring) -> None:
    claim, stranger = a_claim(inside), a_claim(inside, ("99214", "242.00"))
    stranger.patient.last_name = "Kowalczyk"
    answer = an_answer(stranger, a_line(1, "99214", "242", "138.20", "CO-45-103.80"), number=claim.number)
    remit = bring(a_remit(answer))
    assert waiting(remit)[0] == "unmatched"
    assert remit.claims.get().suggestion == claim


def test_lines_without_our_control_number_match_by_what_they_are(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside, ("20610", "168.00", ["LT"]), ("20610", "168.00", ["RT"]))
    remit = bring(
        a_remit(
            an_answer(
                claim,
                a_line(1, "20610", "168", "60", "CO-45-108", references=(), modifiers=["RT"]),
                a_line(2, "20610", "168", "0", "CO-97-168", references=(), modifiers=["LT"]),
            )
        )
    )
    assert [line.claim_line.modifiers for line in remit.claims.get().lines.all() if line.claim_line] == [
        ["RT"],
        ["LT"],
    ]
    assert [line.paid_amount for line in claim.lines.all()] == [0, D("60.00")]


def test_a_lost_modifier_still_matches_by_code_and_charge(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside, ("20610", "168.00", ["RT"]))
    bring(a_remit(an_answer(claim, a_line(1, "20610", "168", "82.46", "CO-45-85.54", references=()))))
    assert money(claim)[1] == D("82.46")


def test_a_recoded_line_matches_the_code_as_billed(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside, ("99214", "242.00"))
    billed = x12.RemitProcedure(qualifier="HC", code="99214")
    line = a_line(1, "99213", "242", "92.40", "CO-45-149.60", references=(), billed=billed)
    bring(a_remit(an_answer(claim, line)))
    row = RemitLine.objects.get()
    assert (row.code, row.billed_code, row.claim_line) == ("99213", "99214", claim.lines.get())


def test_a_line_that_is_not_on_the_claim_stops_it(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    remit = bring(a_remit(an_answer(claim, a_line(9, "80053", "50", "40", "CO-45-10"))))
    assert waiting(remit) == ("unmatched_line", f"80053 for 50.00 is not on claim {claim.number}")
    assert money(claim)[1] == 0


def test_all_remarks_of_a_line_and_claim_are_kept(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    answer = an_answer(
        claim,
        a_line(1, "99213", "168", "0", "CO-16-168", remark_codes=("N822", "M51")),
        inpatient=x12.InpatientFacts(elements=("0", "", "", "138.20", "MA07"), remark_codes=("MA07",)),
        outpatient=x12.OutpatientFacts(elements=("", "", "MA01"), remark_codes=("MA01",)),
    )
    remit = bring(a_remit(answer))
    (row,) = remit.claims.all()
    assert row.remarks == ["MA07", "MA01"]
    assert row.lines.get().remarks == ["N822", "M51"]
    assert money(claim)[3] == D("168.00")


@pytest.mark.parametrize("qualifier", ["NU", "AD", "N4", "WK", "HP", "ER", "IV", "ZZ"])
def test_every_kind_of_procedure_code_is_read(inside: Practice, bring: Bring, qualifier: str) -> None:
    claim = a_claim(inside)
    line = a_line(1, "0250", "168", "92.40", "CO-45-75.60", qualifier=qualifier)
    bring(a_remit(an_answer(claim, line)))
    row = RemitLine.objects.get()
    assert (row.qualifier, row.code) == (qualifier, "0250")
    assert money(claim)[1] == D("92.40")


@pytest.mark.parametrize("mark", ["|", "\n", "'"])
def test_any_segment_terminator_is_read(inside: Practice, mark: str) -> None:
    claim = a_claim(inside)
    a_file(inside, a_remit(paid_99213(claim)), delimiters=Delimiters(segment=mark))
    ingest_remits.run(inside.pk, NOW)
    post_remits.run(inside.pk, NOW)
    assert money(claim)[1] == D("62.40")


def test_a_negative_contractual_amount_keeps_its_sign(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    bring(a_remit(an_answer(claim, a_line(1, "99213", "168", "180", "CO-94--12"))))
    assert money(claim)[:2] == (D("-12.00"), D("180.00"))


def test_interest_of_a_claim_is_kept_beside_its_payment(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    answer = replace(paid_99213(claim), amounts=(x12.QualifiedAmount(qualifier="I", amount=D("3.18")),))
    remit = bring(a_remit(answer, plb=[a_plb("L6", claim.number, "-3.18")]))
    assert remit.claims.get().interest_amount == D("3.18")
    assert money(claim)[1] == D("62.40")
    assert balance(Account.INTEREST) == D("-3.18")
    assert balance(Account.REMIT_CLEARING) == 0


def test_a_truncated_file_is_refused_with_its_segment(inside: Practice) -> None:
    whole = a_file(inside, a_remit(paid_99213(a_claim(inside))))
    content = bytes(whole.content)
    cut = a_file(inside, content=content[: content.index(b"SVC*")])
    whole.delete()
    ingest_remits.run(inside.pk, NOW)
    cut.refresh_from_db()
    assert cut.status == InboundStatus.REFUSED
    assert "segment" in cut.problem
    assert Remit.objects.count() == 0
    assert WorkItem.objects.open().get().kind == Kind.FILE_REFUSED


def test_a_file_without_a_remittance_is_refused(inside: Practice) -> None:
    file = a_file(inside, content=b"this is a letter")
    ingest_remits.run(inside.pk, NOW)
    file.refresh_from_db()
    assert file.status == InboundStatus.REFUSED


def test_an_amount_with_parts_of_a_cent_stops_its_claim(inside: Practice, bring: Bring) -> None:
    claim, good = a_claim(inside), a_claim(inside)
    odd = an_answer(claim, a_line(1, "99213", "168", "62.405", "CO-45-105.595"))
    remit = bring(a_remit(odd, paid_99213(good), plb=[a_plb("L6", "", "0.005")], paid=D("124.80")))
    assert waiting(remit)[0] == "unreadable"
    assert remit.status == RemitStatus.UNBALANCED


def test_a_claim_of_another_practice_is_no_match(practice: Practice, other_practice: Practice, bring: Bring) -> None:
    with practice_scope(other_practice.pk):
        theirs = a_claim(other_practice, number="26-777777")
        answer = paid_99213(theirs)
    remit = bring(a_remit(answer))
    assert waiting(remit)[0] == "unmatched"
    assert RemitClaim.objects.get().suggestion is None


def test_our_line_number_is_read_behind_the_claim_number(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside, ("99213", "168.00"), ("99213", "168.00"))
    second = (Reference(qualifier="6R", value=f"{claim.number}-2"),)
    bring(a_remit(an_answer(claim, a_line(1, "99213", "168", "62.40", "CO-45-105.60", references=second))))
    assert [line.paid_amount for line in claim.lines.all()] == [0, D("62.40")]

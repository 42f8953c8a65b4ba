"""835 files that balance: what they do to claims, ledger and work."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.domain.status import ClaimStatus
from claims.models import Claim
from compliance.models import Practice
from ledger.domain.accounts import Account
from ledger.models import Entry
from ledger.queries import balance
from payments.domain.status import RemitClaimStatus, RemitStatus
from payments.models import RemitClaim
from payments.stages import ingest_remits, post_remits
from tests.builders import NOW
from tests.payments.builders import D, a_claim, a_file, a_line, a_plb, a_remit, an_answer, taken_back
from tests.payments.conftest import Bring
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

Books = Callable[[], None]


def money(claim: Claim) -> tuple[Decimal | int, ...]:
    claim.refresh_from_db()
    return claim.contractual_amount, claim.paid_amount, claim.patient_amount, claim.denied_amount


def open_kinds() -> list[str]:
    return sorted(WorkItem.objects.open().values_list("kind", flat=True))


def paid_99213(claim: Claim, number: int = 1):  # type: ignore[no-untyped-def]  # a RemitClaim of the codec
    return an_answer(claim, a_line(number, "99213", "168", "62.40", "CO-45-75.60", "PR-3-30"))


def test_a_paid_claim_is_posted_and_closed(inside: Practice, bring: Bring, books: Books) -> None:
    claim = a_claim(inside)
    remit = bring(a_remit(paid_99213(claim)))
    assert remit.status == RemitStatus.POSTED
    assert money(claim) == (D("75.60"), D("62.40"), D("30.00"), D("0.00"))
    assert claim.status == ClaimStatus.CLOSED
    assert balance(Account.CASH, "88213047") == D("62.40")
    assert balance(Account.REMIT_CLEARING, "88213047") == 0
    assert open_kinds() == []
    (row,) = remit.claims.all()
    assert (row.status, row.expected_amount) == (RemitClaimStatus.POSTED, D("62.40"))
    assert row.lines.get().claim_line == claim.lines.get()
    says = claim.events.get().says
    assert says == "Harbor Mutual paid $62.40 and left $30.00 to the patient."
    books()


def test_paid_denied_paid_in_one_claim_all_land(inside: Practice, bring: Bring, books: Books) -> None:
    claim = a_claim(inside, ("99214", "242.00"), ("20610", "168.00"), ("J3301", "19.00"))
    bring(
        a_remit(
            an_answer(
                claim,
                a_line(1, "99214", "242", "70", "CO-45-172"),
                a_line(2, "20610", "168", "0", "CO-97-168"),
                a_line(3, "J3301", "19", "3.50", "CO-45-15.50"),
            )
        )
    )
    assert money(claim) == (D("187.50"), D("73.50"), D("0.00"), D("168.00"))
    assert [line.denied_amount for line in claim.lines.all()] == [0, D("168.00"), 0]
    assert claim.status == ClaimStatus.ADJUDICATED
    assert claim.first_denied is True
    assert "denied line 2" in claim.events.get().says
    books()


def test_a_denied_claim_records_its_lines_and_posts_no_entry(inside: Practice, bring: Bring, books: Books) -> None:
    claim = a_claim(inside)
    remit = bring(a_remit(an_answer(claim, a_line(1, "99213", "168", "0", "CO-50-168"), status="4")))
    assert money(claim) == (0, 0, 0, D("168.00"))
    assert remit.status == RemitStatus.POSTED
    assert Entry.objects.filter(source__startswith="remit:").count() == 0
    books()


@pytest.mark.parametrize("code", ["1", "2", "3", "19", "20", "21"])
def test_every_status_that_pays_posts(inside: Practice, bring: Bring, code: str) -> None:
    claim = a_claim(inside)
    bring(a_remit(an_answer(claim, a_line(1, "99213", "168", "92.40", "CO-45-75.60"), status=code)))
    assert money(claim)[1] == D("92.40")


@pytest.mark.parametrize("code", ["23", "25"])
def test_forwarded_and_predetermined_claims_never_post(inside: Practice, bring: Bring, code: str) -> None:
    claim = a_claim(inside)
    remit = bring(a_remit(an_answer(claim, a_line(1, "99213", "168", "0", "OA-101-168"), status=code)))
    assert money(claim) == (0, 0, 0, 0)
    assert claim.status == ClaimStatus.ACCEPTED
    assert remit.claims.get().status == RemitClaimStatus.INFORMATION
    assert remit.status == RemitStatus.POSTED


def test_posting_twice_changes_nothing(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    bring(a_remit(paid_99213(claim)))
    before = (money(claim), Entry.objects.count())
    assert post_remits.run(inside.pk, NOW) == 0
    assert ingest_remits.run(inside.pk, NOW) == 0
    assert (money(claim), Entry.objects.count()) == before


def test_the_same_remittance_in_other_bytes_posts_nothing(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    bring(a_remit(paid_99213(claim)))
    again = bring(a_remit(paid_99213(claim)))
    assert again.status == RemitStatus.REPEAT
    assert again.claims.count() == 0
    assert money(claim)[1] == D("62.40")
    assert balance(Account.CASH) == D("62.40")


def test_the_same_number_from_another_payer_is_no_repeat(inside: Practice, bring: Bring) -> None:
    first, second = a_claim(inside), a_claim(inside)
    bring(a_remit(paid_99213(first)))
    bring(a_remit(paid_99213(second), payer_id="1888888888"))
    assert money(second)[1] == D("62.40")


def test_two_remittances_in_one_file_both_post(inside: Practice, bring: Bring, books: Books) -> None:
    first, second = a_claim(inside), a_claim(inside)
    bring(a_remit(paid_99213(first)), a_remit(paid_99213(second), trace="88213048", set_control_number="0002"))
    assert money(first)[1] == money(second)[1] == D("62.40")
    books()


def test_a_reversal_mirrors_its_original_and_links_it(inside: Practice, bring: Bring, books: Books) -> None:
    claim = a_claim(inside)
    original = bring(a_remit(paid_99213(claim))).claims.get()
    back = bring(a_remit(taken_back(paid_99213(claim)), paid_99213(a_claim(inside)), trace="88213099")).claims.get(
        status_code="22"
    )
    assert back.reverses == original
    assert money(claim) == (0, 0, 0, 0)
    assert claim.status == ClaimStatus.ADJUDICATED
    mirror = Entry.objects.get(kind="reversal")
    assert mirror.reverses is not None
    assert mirror.reverses.source.endswith(":1")
    assert balance(Account.REMIT_CLEARING, "88213099") == 0
    books()


def test_a_correction_before_its_reversal_leaves_the_correction(inside: Practice, bring: Bring, books: Books) -> None:
    claim = a_claim(inside)
    denied = an_answer(claim, a_line(1, "99213", "168", "0", "CO-4-168"), status="4")
    bring(a_remit(denied))
    bring(a_remit(paid_99213(claim), taken_back(denied), trace="88213050"))
    assert money(claim) == (D("75.60"), D("62.40"), D("30.00"), D("0.00"))
    assert claim.status == ClaimStatus.CLOSED
    books()


def test_a_reversal_before_its_correction_in_one_file(inside: Practice, bring: Bring, books: Books) -> None:
    claim = a_claim(inside)
    low = an_answer(claim, a_line(1, "99213", "168", "50", "CO-45-118"))
    bring(a_remit(low))
    bring(a_remit(taken_back(low), paid_99213(claim), trace="88213051"))
    assert money(claim)[:3] == (D("75.60"), D("62.40"), D("30.00"))
    books()


def test_original_and_reversal_posted_in_one_chunk(inside: Practice, bring: Bring, books: Books) -> None:
    claim, other = a_claim(inside), a_claim(inside)
    bring(a_remit(paid_99213(claim)), post=False)
    bring(a_remit(taken_back(paid_99213(claim)), paid_99213(other), trace="88213052"))
    assert money(claim) == (0, 0, 0, 0)
    assert RemitClaim.objects.get(status_code="22").reverses is not None
    books()


def test_a_second_reversal_of_one_payment_is_an_exception(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    bring(a_remit(paid_99213(claim)))
    bring(a_remit(taken_back(paid_99213(claim)), paid_99213(a_claim(inside)), trace="88213053"))
    bring(a_remit(taken_back(paid_99213(claim)), paid_99213(a_claim(inside)), trace="88213054"))
    row = RemitClaim.objects.get(remit__trace_number="88213054", status_code="22")
    assert (row.status, row.problem_kind) == (RemitClaimStatus.EXCEPTION, "reversal")
    assert money(claim)[1] == 0
    assert balance(Account.REMIT_CLEARING, "88213054") == D("62.40")


def test_a_denial_repeated_by_a_second_answer_counts_once(inside: Practice, bring: Bring, books: Books) -> None:
    claim = a_claim(inside)
    denied = an_answer(claim, a_line(1, "99213", "168", "0", "CO-18-168"), status="4")
    bring(a_remit(denied))
    bring(a_remit(denied, trace="88213055"))
    assert money(claim)[3] == D("168.00")
    books()


def test_a_takeback_lands_on_the_claim_that_it_names(inside: Practice, bring: Bring, books: Books) -> None:
    claim, other = a_claim(inside), a_claim(inside)
    bring(a_remit(paid_99213(claim)))
    claim.refresh_from_db()
    remit = bring(
        a_remit(
            paid_99213(other),
            plb=[a_plb("WO", f"{claim.payer_control_number} {claim.number}", "20"), a_plb("L6", "", "-3.18")],
            trace="88213056",
        )
    )
    assert remit.status == RemitStatus.POSTED
    assert remit.amount == D("45.58")
    assert money(claim)[1] == D("42.40")
    assert claim.status == ClaimStatus.ADJUDICATED
    assert balance(Account.INTEREST) == D("-3.18")
    assert balance(Account.REMIT_CLEARING, "88213056") == 0
    books()


def test_a_takeback_that_names_nothing_waits_for_a_person(inside: Practice, bring: Bring) -> None:
    remit = bring(a_remit(paid_99213(a_claim(inside)), plb=[a_plb("WO", "0815", "20")]))
    assert remit.status == RemitStatus.EXCEPTIONS
    assert open_kinds() == [Kind.PAYMENT_PROVIDER_ADJUSTMENT]
    assert balance(Account.REMIT_CLEARING, "88213047") == D("20.00")


def test_a_payment_on_a_paid_claim_is_a_credit_balance(inside: Practice, bring: Bring, books: Books) -> None:
    claim = a_claim(inside)
    bring(a_remit(paid_99213(claim)))
    bring(a_remit(paid_99213(claim), trace="88213057"))
    item = WorkItem.objects.open().get()
    assert (item.kind, item.claim_id, item.amount) == (Kind.PAYMENT_CREDIT_BALANCE, claim.pk, D("168.00"))
    bring(a_remit(taken_back(paid_99213(claim)), paid_99213(a_claim(inside)), trace="88213058"))
    assert open_kinds() == []
    books()


def test_claim_level_money_of_a_claim_with_several_lines_stays_with_the_claim(
    inside: Practice, bring: Bring, books: Books
) -> None:
    claim = a_claim(inside, ("99213", "168.00"), ("87880", "34.00"))
    bring(
        a_remit(
            an_answer(
                claim,
                a_line(1, "99213", "168", "92.40", "CO-45-75.60"),
                a_line(2, "87880", "34", "16.10", "CO-45-17.90"),
                adjusted=["PR-1-50"],
            )
        )
    )
    assert money(claim) == (D("93.50"), D("58.50"), D("50.00"), D("0.00"))
    assert claim.status == ClaimStatus.CLOSED
    books()


def test_a_claim_refused_without_lines_is_refused_line_by_line(inside: Practice, bring: Bring, books: Books) -> None:
    claim = a_claim(inside, ("99213", "168.00"), ("87880", "34.00"))
    answer = an_answer(claim, status="4", charge=D("202"), paid=D("0"), adjusted=["CO-29-202"])
    bring(a_remit(answer))
    assert [line.denied_amount for line in claim.lines.all()] == [D("168.00"), D("34.00")]
    assert money(claim)[3] == D("202.00")
    books()


def test_a_payment_of_a_claim_that_was_never_sent_waits(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside, status=ClaimStatus.HELD)
    remit = bring(a_remit(paid_99213(claim)))
    assert remit.claims.get().problem_kind == "not_sent"
    assert money(claim)[1] == 0


def test_a_late_payment_on_a_replaced_claim_moves_its_money_only(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    bring(a_remit(paid_99213(claim)))
    Claim.objects.filter(pk=claim.pk).update(status=ClaimStatus.REPLACED)
    bring(a_remit(taken_back(paid_99213(claim)), paid_99213(a_claim(inside)), trace="88213059"))
    assert money(claim) == (0, 0, 0, 0)
    assert claim.status == ClaimStatus.REPLACED
    assert open_kinds() == []


def statements(practice: Practice, claims: int, trace: str) -> tuple[int, int]:
    answers = [paid_99213(a_claim(practice)) for _ in range(claims)]
    a_file(practice, a_remit(*answers, trace=trace))
    with CaptureQueriesContext(
        connection,
    ) as ingest:
        ingest_remits.run(practice.pk, NOW)
    with CaptureQueriesContext(connection) as post:
        post_remits.run(practice.pk, NOW)
    assert RemitClaim.objects.filter(remit__trace_number=trace, status="posted").count() == claims
    return len(ingest), len(post)


def test_one_claim_and_twenty_five_take_the_same_statements(inside: Practice) -> None:
    assert statements(inside, 1, "T1") == statements(inside, 25, "T2")


def test_a_balance_carried_forward_and_taken_later_needs_nobody(inside: Practice, bring: Bring, books: Books) -> None:
    first = bring(a_remit(paid_99213(a_claim(inside)), plb=[a_plb("FB", "T1", "-57.68")], trace="T1"))
    second = bring(a_remit(paid_99213(a_claim(inside)), plb=[a_plb("FB", "T1", "57.68")], trace="T2"))
    for remit in (first, second):
        remit.refresh_from_db()
        assert remit.status == RemitStatus.POSTED
    assert balance(Account.PROVIDER_ADJUSTMENT, "T1") == 0
    assert not WorkItem.objects.open().filter(kind=Kind.PAYMENT_PROVIDER_ADJUSTMENT).exists()


def test_taking_a_balance_that_nobody_forwarded_is_for_a_person(inside: Practice, bring: Bring) -> None:
    remit = bring(a_remit(paid_99213(a_claim(inside)), plb=[a_plb("FB", "T9", "20")]))
    remit.refresh_from_db()
    assert remit.status == RemitStatus.EXCEPTIONS
    assert WorkItem.objects.open().filter(kind=Kind.PAYMENT_PROVIDER_ADJUSTMENT).count() == 1

"""What posters decide, and what happens when something fails on the way."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from claims.domain.status import ClaimStatus
from claims.models import Claim
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from ledger.domain.accounts import Account
from ledger.models import Entry
from ledger.queries import balance
from payments.domain.status import RemitClaimStatus, RemitStatus
from payments.models import ProviderAdjustment, Remit, RemitClaim
from payments.operations.decide import (
    CannotPost,
    CannotPostDecided,
    CannotPostHere,
    CannotPostUnbalanced,
    accept_provider_adjustment,
    match_claim,
    post_clean,
    set_aside,
)
from payments.operations.post import post_remit_claims, post_remit_money
from payments.stages import post_remits
from tests.builders import NOW
from tests.payments.builders import D, a_claim, a_line, a_plb, a_remit, an_answer, taken_back
from tests.payments.conftest import Bring
from tests.payments.test_posting import money, paid_99213
from worklist.models import WorkItem

Books = Callable[[], None]


@pytest.fixture
def poster(practice: Practice, person: Callable[..., User]) -> User:
    return person(Role.POSTER, practice)


@pytest.fixture
def unmatched(inside: Practice, bring: Bring) -> tuple[Claim, RemitClaim]:
    """A claim, and a payment that nearly names it."""
    claim = a_claim(inside, number="26-119030")
    remit = bring(a_remit(replace(paid_99213(claim), number="26-11903", payer_control_number="")))
    return claim, remit.claims.get()


def test_matching_posts_and_closes_the_work(unmatched: tuple[Claim, RemitClaim], poster: User, books: Books) -> None:
    claim, row = unmatched
    row = match_claim(remit_claim_id=row.pk, claim_id=claim.pk, actor=poster, now=NOW)
    assert (row.status, row.claim, row.decided_by) == (RemitClaimStatus.POSTED, claim, poster)
    assert row.expected_amount == D("62.40")
    assert money(claim)[1] == D("62.40")
    assert WorkItem.objects.open().count() == 0
    assert AuditEvent.objects.filter(actor=poster, verb="remit.claim_matched").count() == 1
    assert Remit.objects.get().status == RemitStatus.POSTED
    assert balance(Account.REMIT_CLEARING) == 0
    books()


def test_a_decided_payment_cannot_be_matched_again(unmatched: tuple[Claim, RemitClaim], poster: User) -> None:
    claim, row = unmatched
    match_claim(remit_claim_id=row.pk, claim_id=claim.pk, actor=poster, now=NOW)
    with pytest.raises(CannotPostDecided):
        match_claim(remit_claim_id=row.pk, claim_id=claim.pk, actor=poster, now=NOW)
    assert money(claim)[1] == D("62.40")


def test_a_claim_of_another_practice_cannot_take_it(
    unmatched: tuple[Claim, RemitClaim], poster: User, other_practice: Practice
) -> None:
    with practice_scope(other_practice.pk):
        theirs = a_claim(other_practice)
    with pytest.raises(CannotPostHere):
        match_claim(remit_claim_id=unmatched[1].pk, claim_id=theirs.pk, actor=poster, now=NOW)


def test_an_unbalanced_claim_cannot_be_matched(inside: Practice, bring: Bring, poster: User) -> None:
    claim = a_claim(inside)
    off = an_answer(claim, a_line(1, "99213", "168", "62.40", "CO-45-70.60"))
    row = bring(a_remit(off)).claims.get()
    with pytest.raises(CannotPostUnbalanced):
        match_claim(remit_claim_id=row.pk, claim_id=claim.pk, actor=poster, now=NOW)
    row.refresh_from_db()
    assert row.status == RemitClaimStatus.EXCEPTION


def test_a_line_not_on_the_claim_posts_on_the_whole_when_a_person_says_so(
    inside: Practice, bring: Bring, poster: User, books: Books
) -> None:
    claim = a_claim(inside)
    row = bring(a_remit(an_answer(claim, a_line(9, "80053", "50", "40", "CO-45-10")))).claims.get()
    match_claim(remit_claim_id=row.pk, claim_id=claim.pk, actor=poster, now=NOW)
    assert money(claim)[:2] == (D("10.00"), D("40.00"))
    assert claim.lines.get().paid_amount == 0
    books()


def test_a_person_may_post_on_a_claim_that_was_never_sent(inside: Practice, bring: Bring, poster: User) -> None:
    claim = a_claim(inside, status=ClaimStatus.HELD)
    row = bring(a_remit(paid_99213(claim))).claims.get()
    match_claim(remit_claim_id=row.pk, claim_id=claim.pk, actor=poster, now=NOW)
    assert money(claim)[1] == D("62.40")
    assert claim.status == ClaimStatus.HELD


def test_a_reversal_that_still_takes_back_nothing_is_refused(inside: Practice, bring: Bring, poster: User) -> None:
    claim = a_claim(inside)
    remit = bring(a_remit(taken_back(paid_99213(claim)), paid_99213(a_claim(inside))))
    row = remit.claims.get(status_code="22")
    with pytest.raises(CannotPostHere, match="no such payment"):
        match_claim(remit_claim_id=row.pk, claim_id=claim.pk, actor=poster, now=NOW)


def test_set_aside_money_waits_as_unapplied(unmatched: tuple[Claim, RemitClaim], poster: User, books: Books) -> None:
    claim, row = unmatched
    set_aside(remit_claim_id=row.pk, reason="Another practice's patient", actor=poster, now=NOW)
    row.refresh_from_db()
    assert row.status == RemitClaimStatus.SET_ASIDE
    assert balance(Account.UNAPPLIED) == D("-62.40")
    assert balance(Account.REMIT_CLEARING) == 0
    assert money(claim)[1] == 0
    assert Remit.objects.get().status == RemitStatus.POSTED
    assert WorkItem.objects.open().count() == 0
    books()


def test_setting_aside_needs_a_reason(unmatched: tuple[Claim, RemitClaim], poster: User) -> None:
    with pytest.raises(CannotPost):
        set_aside(remit_claim_id=unmatched[1].pk, reason=" ", actor=poster, now=NOW)


@pytest.fixture
def untied(inside: Practice, bring: Bring) -> ProviderAdjustment:
    bring(a_remit(paid_99213(a_claim(inside)), plb=[a_plb("WO", "0815", "20")]))
    return ProviderAdjustment.objects.get()


def test_an_adjustment_is_tied_to_the_claim_a_person_names(
    inside: Practice, untied: ProviderAdjustment, poster: User, books: Books
) -> None:
    claim = a_claim(inside)
    accept_provider_adjustment(
        adjustment_id=untied.pk, claim_id=claim.pk, note="Their letter names it", actor=poster, now=NOW
    )
    assert money(claim)[1] == D("-20.00")
    assert balance(Account.REMIT_CLEARING) == 0
    assert Remit.objects.get().status == RemitStatus.POSTED
    assert WorkItem.objects.open().count() == 0
    books()


def test_an_adjustment_without_a_claim_is_accepted_as_one(
    untied: ProviderAdjustment, poster: User, books: Books
) -> None:
    accept_provider_adjustment(adjustment_id=untied.pk, claim_id=None, note="Levy", actor=poster, now=NOW)
    assert balance(Account.PROVIDER_ADJUSTMENT) == D("20.00")
    assert balance(Account.REMIT_CLEARING) == 0
    with pytest.raises(CannotPostDecided):
        accept_provider_adjustment(adjustment_id=untied.pk, claim_id=None, note="Levy", actor=poster, now=NOW)
    books()


def test_a_person_posts_what_is_clean_before_the_pipeline_does(
    inside: Practice, bring: Bring, poster: User, books: Books
) -> None:
    claim = a_claim(inside)
    remit = bring(a_remit(paid_99213(claim)), post=False)
    assert post_clean(remit_id=remit.pk, actor=poster, now=NOW).status == RemitStatus.POSTED
    assert money(claim)[1] == D("62.40")
    assert post_remits.run(inside.pk, NOW) == 0
    with pytest.raises(CannotPostDecided):
        post_clean(remit_id=remit.pk, actor=poster, now=NOW)
    books()


def test_nothing_of_an_unbalanced_remittance_posts_by_hand(inside: Practice, bring: Bring, poster: User) -> None:
    remit = bring(a_remit(paid_99213(a_claim(inside)), paid=D("1")))
    with pytest.raises(CannotPostUnbalanced):
        post_clean(remit_id=remit.pk, actor=poster, now=NOW)


def test_a_claim_that_fails_waits_and_the_others_land(inside: Practice, bring: Bring, books: Books) -> None:
    good, full = a_claim(inside), a_claim(inside)
    Claim.objects.filter(pk=full.pk).update(paid_amount=D("9999999999.99"))  # one cent below the column's end
    remit = bring(a_remit(paid_99213(full), paid_99213(good)))
    assert money(good)[1] == D("62.40")
    row = remit.claims.get(claim=full)
    assert (row.status, row.problem_kind) == (RemitClaimStatus.EXCEPTION, "failed")
    assert remit.status == RemitStatus.EXCEPTIONS
    assert Entry.objects.filter(source=f"{remit.source_prefix}{row.position}").count() == 0
    Claim.objects.filter(pk=full.pk).update(paid_amount=0)
    books()


class Killed(Exception):
    """Stands for the worker's end."""


def post_and_die(remit: Remit) -> None:
    with practice_scope(remit.practice_id):
        post_remit_money(practice_id=remit.practice_id, ids=[remit.pk], now=NOW)
        post_remit_claims(practice_id=remit.practice_id, ids=[remit.claims.get().pk], now=NOW)
        raise Killed


def test_what_is_killed_in_the_middle_leaves_nothing(inside: Practice, bring: Bring) -> None:
    claim = a_claim(inside)
    remit = bring(a_remit(paid_99213(claim)), post=False)
    with pytest.raises(Killed):
        post_and_die(remit)
    assert Entry.objects.filter(source__startswith="remit:").count() == 0
    assert money(claim)[1] == 0
    assert claim.events.count() == 0
    post_remits.run(inside.pk, NOW)
    assert money(claim)[1] == D("62.40")

"""The demo's year, replayed small: interrupted in the middle, taken up again, and sound in the end."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count, Sum

from claims.models import Batch, Claim, InboundFile
from compliance.models import Practice
from compliance.scope import practice_scope
from denials.models import Denial
from encounters.models import Encounter
from ledger.domain.accounts import Account
from ledger.queries import balances_by_account, document_balances
from payments.models import Remit
from rcm.demo.closing import ADJUSTMENT_AFTER
from rcm.demo.replay import NOON
from rcm.demo.seed import CannotSeed, Plan, seed_demo
from rcm.demo.stays import STAYS
from rcm.demo.surprises import LEFT_WAITING
from rcm.demo.world import build_world
from tests.payersim.samples import pyx12_faults
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
PROVEN = ("ready", "exceptions", "posted")
PLAN = Plan(encounters=60, seed=7, today=TODAY)


class Interrupted(Exception):
    """The machine was switched off."""


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EXCHANGE_DIR = tmp_path / "exchange"
    return tmp_path


def replay(folder: Path, *, until_day: int = 999) -> bool:
    def progress(done: int, of: int, words: str) -> None:
        if done == until_day:
            raise Interrupted

    return seed_demo(plan=PLAN, now=NOW, data_dir=folder, exchange=folder / "exchange", progress=progress)


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_year_is_taken_up_again_and_sound(folder: Path) -> None:
    call_command("load_codes", verbosity=0)
    with pytest.raises(Interrupted):
        replay(folder, until_day=150)
    halfway = Plan.read(folder / "demo.json")
    assert halfway is not None
    assert halfway.replayed_to is not None
    assert halfway.replayed_to < TODAY
    assert replay(folder)
    assert replay(folder) is False
    with practice_scope(*Practice.objects.values_list("pk", flat=True)):
        assert_complete()
        assert_books()
        assert_files()
        assert_queues()
        assert_denials()


def assert_complete() -> None:
    """Every visit once, every coded one with one first claim, and claims, denials and work of every sort."""
    world = build_world(PLAN.encounters, PLAN.seed, TODAY)
    stays, visits = Encounter.objects.exclude(admitted_date=None), Encounter.objects.filter(admitted_date=None)
    assert sorted(visits.values_list("external_id", flat=True)) == sorted(v.key for v in world.encounters)
    assert set(stays.values_list("external_id", "discharge_status")) == {(stay.key, "01") for stay in STAYS}
    last_act = datetime.combine(TODAY, NOON)
    coded = [v.key for v in world.encounters if v.signed_at and v.coded_at and v.coded_at <= last_act]
    firsts = Claim.objects.filter(original=None).values_list("encounter__external_id", flat=True)
    assert Counter(firsts) == Counter(coded)
    assert {"closed", "accepted", "replaced", "held", "rejected"} <= set(Claim.objects.values_list("status", flat=True))
    assert Denial.objects.exists()
    kinds = set(WorkItem.objects.values_list("kind", flat=True))
    assert {Kind.CODING_CASE, Kind.CLAIM_HELD, Kind.DENIAL_NEW} <= kinds
    assert Kind.STAGE_FAILED not in kinds


def assert_books() -> None:
    """Nothing is lost: the ledger sums to zero, remittances are used up, claims say what the ledger says."""
    trial = balances_by_account()
    assert sum(trial.values(), Decimal("0.00")) == 0
    assert trial[Account.CASH] == Remit.objects.filter(status__in=PROVEN).aggregate(total=Sum("amount"))["total"] > 0
    assert trial[Account.REMIT_CLEARING] == 0 or WorkItem.objects.open().filter(kind__startswith="payment.").exists()
    for practice in Practice.objects.all():
        claims = list(Claim.objects.filter(practice=practice).prefetch_related("lines"))
        ledger = document_balances(practice.pk, [claim.number for claim in claims])
        owed: Counter[str] = Counter()
        for (document, account, _item), amount in ledger.items():
            if account == Account.PAYER_RECEIVABLE:
                owed[document] += amount  # type: ignore[assignment]  # a Counter adds dollars as well
        assert {c.number: c.balance_amount for c in claims} == {c.number: owed[c.number] for c in claims}


def assert_queues() -> None:
    """The poster and the front desk have something to do, all of it of the last weeks."""
    for station in ("payment.", "registration."):
        waiting = WorkItem.objects.open().filter(kind__startswith=station)
        assert waiting.count() >= 3, station
    payments = WorkItem.objects.filter(kind__startswith="payment.")
    assert {Kind.PAYMENT_UNMATCHED, Kind.PAYMENT_PROVIDER_ADJUSTMENT} <= set(payments.values_list("kind", flat=True))
    assert payments.filter(closed_at__isnull=False, opened_at__lt=NOW - LEFT_WAITING).exists()
    assert not payments.open().filter(opened_at__lt=NOW - LEFT_WAITING - ADJUSTMENT_AFTER).exists()


def assert_denials() -> None:
    """10 to 15 of a hundred claims are denied when they are first decided."""
    decided = Claim.objects.filter(first_denied__isnull=False)
    assert 0.10 <= decided.filter(first_denied=True).count() / decided.count() <= 0.15


def assert_files() -> None:
    """Each interchange was handed over once, was taken, and is valid for an independent validator."""
    batches = list(Batch.objects.filter(kind="837P"))
    assert {batch.status for batch in batches} == {"received"}
    sent: defaultdict[int, bytes] = defaultdict(bytes)
    for batch in batches:
        sent[batch.practice_id] += bytes(batch.content)
    assert [pyx12_faults(file) for file in sent.values()] == ["", ""]  # one file each: pyx12 reads its maps once a file
    assert not InboundFile.objects.filter(status="refused").exists()
    twice = Batch.objects.values("practice", "control_number").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()


@pytest.mark.django_db
def test_a_database_with_other_practices_is_refused(folder: Path, practice: Practice) -> None:
    with pytest.raises(CannotSeed, match="holds practices already"):
        replay(folder)
    assert not (folder / "demo.json").exists()

"""Every stage of the pipeline, run twice, changes nothing the second time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from claims.models import Claim
from compliance.domain.permissions import Role
from compliance.models import Practice
from compliance.scope import practice_scope
from denials.models import Denial
from denials.operations import draft_appeal, send_appeal
from encounters.models import Payer
from rcm import pipeline
from tests.builders import DAY
from tests.flow.snapshot import differences, snapshot
from tests.flow.town import Town


def steps(town: Town, practice: Practice) -> Iterator[str]:
    """A story in which every stage has something to do, yielding each stage when it is due."""
    coder, specialist = town.person(Role.CODER), town.person(Role.DENIAL_SPECIALIST)
    town.visit(town.patient(practice), DAY, "V1")
    town.visit(town.patient(practice), DAY, "V2")
    town.visit(town.patient(practice, member_id="HMX999999999"), DAY, "V3")
    yield "open_cases"
    town.code(practice, "V1", coder, ["M17.11"], "99213")
    town.code(practice, "V2", coder, ["I10"], "20610")
    town.code(practice, "V3", coder, ["M17.11"], "99213")
    yield from ("build_claims", "scrub_claims", "submit_ready_claims")
    town.tick()
    yield from ("fetch_inbound", "acknowledge_claims")
    town.now += timedelta(hours=7)
    town.tick()
    yield from ("fetch_inbound", "acknowledge_claims")
    town.now += timedelta(days=8)
    yield "poll_claim_status"
    town.tick()
    town.now += timedelta(days=3)
    town.tick()
    yield from ("fetch_inbound", "acknowledge_claims", "ingest_remits", "post_remits", "open_denials")
    yield "advance_deadlines"
    with practice_scope(practice.pk):
        ids = list(Denial.objects.values_list("pk", flat=True))
        appeal = draft_appeal(denial_ids=ids, actor=specialist, now=town.now)
        send_appeal(appeal_id=appeal.pk, actor=specialist, now=town.now)
    yield "send_appeals"
    town.tick()
    town.now += timedelta(days=40)
    town.tick()
    yield from ("fetch_inbound", "ingest_remits", "post_remits", "open_denials", "read_decisions", "advance_deadlines")


@pytest.fixture
def short_of_time(town: Town, practice: Practice) -> None:
    """A payer whose appeal deadlines are near at once."""
    with practice_scope(practice.pk):
        Payer.objects.update(appeal_days=10)


@pytest.mark.usefixtures("short_of_time")
def test_the_second_run_of_a_stage_changes_nothing(town: Town, practice: Practice) -> None:
    worked: set[str] = set()
    start = snapshot(practice)
    for stage in steps(town, practice):
        before = snapshot(practice)
        town.run(stage)
        first = snapshot(practice)
        if differences(before, first):
            worked.add(stage)
        sent = town.sent(practice, "*")
        town.run(stage)
        assert differences(first, snapshot(practice)) == {}, stage
        assert town.sent(practice, "*") == sent, stage
    assert worked == {stage.name for stage in pipeline.stages()}
    assert differences(start, snapshot(practice))
    with practice_scope(practice.pk):
        assert sorted(Claim.objects.values_list("status", flat=True)) == ["closed", "closed", "rejected"]
    town.assert_books()


@pytest.mark.usefixtures("short_of_time")
def test_a_whole_second_pass_changes_nothing(town: Town, practice: Practice) -> None:
    for stage in steps(town, practice):
        town.run(stage)
    town.run()
    before = snapshot(practice)
    town.run()
    assert differences(before, snapshot(practice)) == {}

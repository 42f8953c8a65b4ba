"""Every stage of the pipeline, run twice, changes nothing the second time."""

from claims.models import Claim
from compliance.models import Practice
from compliance.scope import practice_scope
from rcm import pipeline
from tests.builders import DAY
from tests.flow.path import steps
from tests.flow.snapshot import differences, snapshot
from tests.flow.town import Town


def test_the_second_run_of_a_stage_changes_nothing(town: Town, practice: Practice) -> None:
    worked: set[str] = set()
    for stage in steps(town, [practice], DAY):
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
    with practice_scope(practice.pk):
        assert sorted(Claim.objects.values_list("status", flat=True)) == ["closed", "closed", "rejected"]
    town.assert_books()


def test_a_whole_second_pass_changes_nothing(town: Town, practice: Practice) -> None:
    for stage in steps(town, [practice], DAY):
        town.run(stage)
    town.run()
    before = snapshot(practice)
    town.run()
    assert differences(before, snapshot(practice)) == {}

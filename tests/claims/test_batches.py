"""What the batch pages read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Batch, InboundFile
from claims.queries.batches import batch_detail, batches, inbound_files, with_counts
from claims.stages import acknowledge_claims, fetch_inbound, poll_claim_status, submit_ready_claims
from compliance.models import Practice
from compliance.scope import practice_scope
from tests.builders import NOW
from tests.claims.wire import Post, ack_277ca, claims_of, verdict_999


@pytest.fixture
def two_batches(practice: Practice) -> list[str]:
    """Batch 1 with four claims, of which one is accepted and one rejected; batch 2 without an answer."""
    first = claims_of(practice, 4)
    submit_ready_claims.run(practice.pk, NOW)
    claims_of(practice, 1)
    submit_ready_claims.run(practice.pk, NOW + timedelta(hours=1))
    post = Post(practice)
    post.leave("a.999", verdict_999(1, "A", [("0001", "A", [])]))
    fetch_inbound.run(practice.pk, NOW)
    post.leave("b.277ca", ack_277ca(1, [(first[0].number, "A2:20", "P1"), (first[1].number, "A7:164:IL", "")]))
    fetch_inbound.run(practice.pk, NOW)
    acknowledge_claims.run(practice.pk, NOW)
    return [claim.number for claim in first]


def test_batches_are_listed_with_their_answers(practice: Practice, two_batches: list[str]) -> None:
    with practice_scope(practice.pk):
        rows = with_counts(batches()[:25])
        assert [(r.batch.control_number, r.waiting, r.received, r.accepted, r.rejected) for r in rows] == [
            (2, 1, 0, 0, 0),
            (1, 0, 2, 1, 1),
        ]
        assert [batch.control_number for batch in batches(kind="276")] == []
        assert [batch.control_number for batch in batches(status="sent")] == [2]


def test_questions_are_counted_too(practice: Practice, two_batches: list[str]) -> None:
    poll_claim_status.run(practice.pk, NOW + timedelta(days=8))
    with practice_scope(practice.pk):
        (row,) = with_counts(batches(kind="276"))
        detail = batch_detail(row.batch.pk)
    assert (row.waiting, row.answered) == (4, 0)
    assert detail is not None
    assert len(detail.inquiries) == 4


def test_a_page_costs_the_same_for_one_and_for_many(practice: Practice, two_batches: list[str]) -> None:
    def cost(rows: int) -> int:
        with practice_scope(practice.pk), CaptureQueriesContext(connection) as captured:
            for row in with_counts(batches()[:rows]):
                assert row.batch.practice.name
        return len(captured)

    assert cost(2) == cost(1)


def test_one_batch_with_everything_in_it(practice: Practice, two_batches: list[str]) -> None:
    with practice_scope(practice.pk):
        detail = batch_detail(Batch.objects.get(control_number=1).pk)
    assert detail is not None
    assert [submission.claim.number for submission in detail.submissions] == two_batches
    assert [(answer.kind, answer.says, answer.inbound.name) for answer in detail.answers] == [
        ("999", "The clearinghouse accepted it.", "a.999"),
        ("277CA", "HARBOR MUTUAL: 1 accepted, 1 rejected.", "b.277ca"),
    ]
    assert detail.segments[0].startswith("ISA*00*")
    assert detail.segments[-1] == "IEA*1*000000001~"


def test_a_batch_of_another_practice_is_not_found(
    practice: Practice, other_practice: Practice, two_batches: list[str]
) -> None:
    with practice_scope(practice.pk):
        pk = Batch.objects.get(control_number=1).pk
    with practice_scope(other_practice.pk):
        assert batch_detail(pk) is None


def test_inbound_files_newest_first(practice: Practice, two_batches: list[str]) -> None:
    with practice_scope(practice.pk):
        assert [file.name for file in inbound_files()] == ["b.277ca", "a.999"]
        assert InboundFile.objects.filter(status="read").count() == 2
        assert list(inbound_files("refused")) == []

"""What waits at the clearinghouse is kept once, byte for byte, and put aside."""

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import InboundFile, InboundStatus
from claims.operations.receive import Arrived, keep_files, kind_of_file
from claims.stages import fetch_inbound
from compliance.models import AuditEvent, Practice
from compliance.scope import practice_scope
from tests.builders import NOW
from tests.claims.wire import Post, ack_277ca, envelope, status_277, ta1, verdict_999
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

LATER = NOW + timedelta(hours=1)
REMIT = envelope("HP", "005010X221A1", [("835", ["BPR*I*0*C*NON************20260504", "TRN*1*1*1"])])
CLAIMS = envelope("HC", "005010X222A1", [("837", ["BHT*0019*00*1*20260504*1400*CH"])])
OLD = ta1(1).replace("*00501*", "*00401*")


def kept(practice: Practice) -> list[InboundFile]:
    with practice_scope(practice.pk):
        return list(InboundFile.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.ta1", ta1(1), "TA1"),
        ("a.999", verdict_999(1), "999"),
        ("a.277ca", ack_277ca(1, []), "277CA"),
        ("a.277", status_277([]), "277"),
        ("a.835", REMIT, "835"),
        ("wrong-name.txt", REMIT, "835"),
        ("appeal.letter.json", '{"kind": "appeal_decision"}', "letter"),
    ],
)
def test_the_kind_is_read_from_the_content(name: str, content: str, kind: str) -> None:
    assert kind_of_file(name, content.encode()) == (kind, "")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG nothing", "The file can’t be read: "),
        (CLAIMS.encode(), "This is an X12 837P that a clearinghouse does not send to a practice."),
        (OLD.encode(), "The file can’t be read: This is X12 version 4010; only version 5010 can be read."),
    ],
)
def test_what_nobody_can_read_is_refused_with_work(practice: Practice, content: bytes, says: str) -> None:
    Post(practice).leave("x.bin", content)
    fetch_inbound.run(practice.pk, NOW)
    (file,) = kept(practice)
    assert (file.kind, file.status, bytes(file.content)) == ("other", InboundStatus.REFUSED, content)
    assert file.problem.startswith(says)
    with practice_scope(practice.pk):
        item = WorkItem.objects.get()
    assert (item.kind, item.subject_id) == (Kind.FILE_REFUSED, file.pk)
    assert item.reason.startswith(says[:100])


def test_a_file_is_kept_byte_for_byte_and_put_aside(practice: Practice, other_practice: Practice) -> None:
    post, content = Post(practice), ta1(7).encode()
    post.leave("a.ta1", content)
    Post(other_practice).leave("b.ta1", ta1(8))
    assert fetch_inbound.run(practice.pk, NOW) == 1
    (file,) = kept(practice)
    assert (bytes(file.content), file.size, file.kind, file.status) == (content, len(content), "TA1", "new")
    assert (file.received_at, file.repeats) == (NOW, 0)
    assert not (post.waiting / "a.ta1").exists()
    assert (post.waiting / "taken" / "a.ta1").read_bytes() == content
    assert kept(other_practice) == []
    assert (Post(other_practice).waiting / "b.ta1").exists()


def test_the_same_bytes_under_another_name_only_count(practice: Practice) -> None:
    post = Post(practice)
    for name in ("a.835", "b.835", "c.835"):
        post.leave(name, REMIT)
        fetch_inbound.run(practice.pk, NOW)
    (file,) = kept(practice)
    assert (file.name, file.repeats) == ("a.835", 2)
    with practice_scope(practice.pk):
        assert AuditEvent.objects.filter(verb="file.received").count() == 1


def test_the_same_bytes_in_one_run_only_count(practice: Practice) -> None:
    post = Post(practice)
    post.leave("a.835", REMIT)
    post.leave("b.835", REMIT)
    assert fetch_inbound.run(practice.pk, NOW) == 1
    assert [file.repeats for file in kept(practice)] == [1]


def test_the_same_name_after_it_was_put_aside_is_a_repeat(practice: Practice) -> None:
    post = Post(practice)
    for _ in range(2):
        post.leave("a.835", REMIT)
        fetch_inbound.run(practice.pk, NOW)
    assert [file.repeats for file in kept(practice)] == [1]


def test_a_crash_before_a_file_is_put_aside_counts_no_repeat(practice: Practice) -> None:
    post = Post(practice)
    post.leave("a.835", REMIT)
    with practice_scope(practice.pk):
        keep_files(practice_id=practice.pk, files=[Arrived("a.835", REMIT.encode())], now=NOW)
    assert fetch_inbound.run(practice.pk, LATER) == 0
    assert [(file.repeats, file.received_at) for file in kept(practice)] == [(0, NOW)]
    assert (post.waiting / "taken" / "a.835").exists()


def test_the_same_bytes_belong_to_each_practice(practice: Practice, other_practice: Practice) -> None:
    for one in (practice, other_practice):
        Post(one).leave("a.835", REMIT)
        assert fetch_inbound.run(one.pk, NOW) == 1
    assert [file.repeats for file in kept(other_practice)] == [0]


def test_files_are_kept_in_the_order_they_came(practice: Practice) -> None:
    post = Post(practice)
    for name in ("z.ta1", "m.999", "a.277"):
        post.leave(name, ta1(len(name)) + name)
    for place, name in enumerate(("z.ta1", "m.999", "a.277")):
        os.utime(post.waiting / name, (place, place))
    fetch_inbound.run(practice.pk, NOW)
    assert [file.name for file in kept(practice)] == ["z.ta1", "m.999", "a.277"]


def test_the_number_of_statements_does_not_grow(practice: Practice) -> None:
    def keeping(count: int) -> int:
        files = [Arrived(f"{count}-{n}.ta1", ta1(n).encode()) for n in range(1, count + 1)]
        with practice_scope(practice.pk), CaptureQueriesContext(connection) as captured:
            keep_files(practice_id=practice.pk, files=files, now=NOW)
        return len(captured)

    assert keeping(30) == keeping(1)

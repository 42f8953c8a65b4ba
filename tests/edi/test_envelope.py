"""Counts, control numbers, kinds, the writer."""

from dataclasses import replace
from datetime import date, time

import pytest

from edi.claim_837p import write_claims
from edi.envelope import InterchangeWriter, Kind, check_envelope, identify, transaction_sets
from edi.errors import X12Error
from edi.remit_835 import write_remit
from edi.tokenizer import read_segments
from tests.edi.samples import HEADER, PIPES, batch, claim, remit

FILE = write_claims(batch(claim())).content
TWO_SETS = write_remit(HEADER, [remit(), replace(remit(), header=replace(remit().header, set_control_number="0002"))])


def test_what_is_written_has_a_clean_envelope() -> None:
    assert check_envelope(FILE) == []
    assert check_envelope(TWO_SETS + FILE) == []


def test_the_isa_has_its_fixed_width_and_our_numbers() -> None:
    assert FILE.index(b"~") == 105
    [found] = transaction_sets(FILE)
    sent = found.interchange
    assert (sent.sender_id, sent.receiver_id, sent.control_number) == ("LAKESHORE", "CLEARHARBOR", "000000017")
    assert (sent.date, sent.time, sent.usage) == (date(2026, 3, 2), time(12, 30), "P")
    assert (found.group.functional_id, found.group.control_number, found.guide) == ("HC", "18", "005010X222A1")


def test_several_sets_come_one_by_one_even_when_they_are_not_read() -> None:
    assert [each.control_number for each in transaction_sets(TWO_SETS)] == ["0001", "0002"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"SE*", b"SE*9", "SE01"),
        (b"*0001~GE", b"*0009~GE", "SE02"),
        (b"GE*1*18", b"GE*2*18", "GE01"),
        (b"GE*1*18", b"GE*1*19", "GE02"),
        (b"IEA*1*", b"IEA*x*", "IEA01"),
        (b"*000000017~", b"*000000018~", "IEA02"),
        (b"GE*1*18~", b"", "GE"),
        (b"IEA*1*000000017~", b"", "IEA"),
        (b"GE*1*18~", b"GE*1*18~CLM*1~", "stray"),
    ],
)
def test_a_wrong_envelope_is_named(old: bytes, new: bytes, code: str) -> None:
    broken = FILE.replace(old, new) if old != b"*000000017~" else FILE.replace(b"IEA*1*000000017", b"IEA*1*000000018")
    assert code in {each.code for each in check_envelope(broken)}


def test_two_sets_of_a_group_with_one_number_are_named() -> None:
    [problem] = check_envelope(write_remit(HEADER, [remit(), remit()]))
    assert (problem.code, problem.segment_id, problem.element) == ("ST02", "ST", 2)


@pytest.mark.parametrize("gone", [b"SE*", b"GS*"])
def test_a_set_that_is_not_closed_or_stands_outside_a_group_is_an_error_with_a_place(gone: bytes) -> None:
    kept = [each.text for each in read_segments(FILE) if not each.text.encode().startswith(gone)]
    [problem] = check_envelope("".join(kept).encode())
    assert problem.code == "unreadable"
    assert problem.segment_number


@pytest.mark.parametrize(
    ("set_id", "guide", "kind"),
    [
        ("837", "005010X222A1", Kind.CLAIM_837P),
        ("837", "005010X223A3", Kind.CLAIM_837I),
        ("837", "005010X224A2", Kind.CLAIM_837D),
        ("835", "005010X221A1", Kind.REMIT_835),
        ("999", "005010X231A1", Kind.ACK_999),
        ("277", "005010X214", Kind.ACK_277CA),
        ("277", "005010X212", Kind.STATUS_277),
        ("276", "005010X212", Kind.STATUS_276),
        ("271", "005010X279A1", Kind.ELIGIBILITY_271),
    ],
)
def test_kinds_are_told_apart_by_set_and_guide(set_id: str, guide: str, kind: Kind) -> None:
    for stated in (guide, ""):  # ST03 may be absent: then GS08 counts
        writer = InterchangeWriter(HEADER, functional_id="XX", guide=guide)
        writer.begin_set(set_id, "0001", guide=stated)
        writer.end_set()
        assert identify(writer.finish()) is kind


def test_version_4010_is_refused_in_words() -> None:
    old = FILE.replace(b"*00501*", b"*00401*").replace(b"^", b"U")
    with pytest.raises(X12Error, match="4010"):
        identify(old)
    with pytest.raises(X12Error, match="4010"):
        list(transaction_sets(old))


def test_what_is_not_x12_has_no_kind() -> None:
    with pytest.raises(X12Error, match="not X12"):
        identify(b"%PDF-1.7")


@pytest.mark.parametrize("changes", [{"sender_id": "X" * 16}, {"receiver_id": ""}, {"control_number": 10**9}])
def test_ids_and_numbers_that_do_not_fit_an_isa_are_refused(changes: dict[str, object]) -> None:
    header = replace(HEADER, **changes)  # type: ignore[arg-type]  # parametrized by field name
    with pytest.raises(X12Error):
        InterchangeWriter(header, functional_id="HC", guide="005010X222A1")


def test_other_delimiters_are_written_and_read() -> None:
    content = write_claims(batch(claim(), header=replace(HEADER, delimiters=PIPES))).content
    assert b"~" not in content
    assert check_envelope(content) == []
    [found] = transaction_sets(content)
    assert found.interchange.delimiters == PIPES

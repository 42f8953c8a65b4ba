"""276 written and read, 277 read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from x12sdk.io import X12ModelReader

from edi.envelope import check_envelope
from edi.errors import X12Error
from edi.parties import Organization, Person
from edi.status_276 import (
    InquiryPatient,
    InquiryProvider,
    InquirySubscriber,
    StatusInquiry,
    StatusInquiryBatch,
    read_inquiries,
    write_inquiries,
)
from edi.status_277 import AnswerLevel, read_answers
from edi.tokenizer import read_segments
from tests.edi.samples import HEADER, npi
from tests.edi.test_acks import interchange

JUNE = InquirySubscriber(
    name=Person(last_name="Alder", first_name="June"), member_id="HM000123", birth_date=date(1980, 5, 17), sex="F"
)
FIRST = StatusInquiry(
    provider=InquiryProvider(name=Organization(name="Lakeshore Medical Group"), npi=npi(1)),
    subscriber=JUNE,
    trace="S1",
    payer_control_number="2630914402",
    claim_number="26-000001",
    charge=Decimal(150),
    service_from=date(2026, 2, 20),
)
CHILDS = replace(
    FIRST,
    subscriber=replace(JUNE, birth_date=None, sex=""),
    patient=InquiryPatient(name=Person(last_name="Alder", first_name="Tom"), birth_date=date(2015, 8, 1), sex="M"),
    trace="S2",
    payer_control_number="",
    service_to=date(2026, 2, 21),
)
ELSEWHERE = replace(
    FIRST, provider=InquiryProvider(name=Person(last_name="Reed", first_name="Ana"), npi=npi(2)), trace="S3"
)


def asked(*inquiries: StatusInquiry) -> StatusInquiryBatch:
    return StatusInquiryBatch(
        header=HEADER,
        payer_name="Harbor Mutual",
        payer_id="HM001",
        receiver_name="Lakeshore Medical Group",
        receiver_id="LAKESHORE",
        reference="Q1",
        inquiries=inquiries,
    )


def test_what_is_asked_is_read_back_the_same() -> None:
    content = write_inquiries(asked(FIRST, CHILDS, ELSEWHERE))
    assert check_envelope(content) == []
    assert list(read_inquiries(content)) == [FIRST, CHILDS, ELSEWHERE]


def test_the_hierarchy_goes_from_payer_to_patient() -> None:
    content = write_inquiries(asked(FIRST, CHILDS, ELSEWHERE, replace(FIRST, trace="S4")))
    levels = [tuple(each.parts[1:]) for each in read_segments(content) if each.id == "HL"]
    assert levels == [
        ("1", "", "20", "1"),
        ("2", "1", "21", "1"),
        ("3", "2", "19", "1"),
        ("4", "3", "22", "0"),
        ("5", "3", "22", "1"),
        ("6", "5", "23"),
        ("7", "2", "19", "1"),
        ("8", "7", "22", "0"),
    ]


def test_a_second_reader_takes_it() -> None:
    with X12ModelReader(write_inquiries(asked(FIRST, CHILDS, ELSEWHERE)).decode()) as reader:
        [model] = reader.models()
    text = model.x12()
    for expected in ("TRN*1*S1~", "REF*1K*2630914402~", "REF*EJ*26-000001~", "AMT*T3*150", "DTP*472*D8*20260220~"):
        assert expected in text


@pytest.mark.parametrize("inquiries", [(), (FIRST, FIRST)])
def test_nothing_to_ask_or_a_trace_twice_is_refused(inquiries: tuple[StatusInquiry, ...]) -> None:
    with pytest.raises(X12Error):
        write_inquiries(asked(*inquiries))


ANSWER = (
    "BHT*0010*08*X*20260310*0810*DG~HL*1**20*1~NM1*PR*2*HARBOR MUTUAL*****PI*HM001~HL*2*1*21*1~"
    "NM1*41*2*LAKESHORE*****46*LAKESHORE~HL*3*2*19*1~NM1*1P*2*LAKESHORE*****XX*1730458817~"
    "HL*4*3*22*0~NM1*IL*1*ALDER*JUNE****MI*HM000123~"
    "TRN*2*S1~STC*F1:65*20260309**150*92.40*20260308**20260309*EFT0001~REF*1K*2630914402~REF*EJ*26-000001~"
    "DTP*472*D8*20260220~SVC*HC:99213:25*150*92.40****1~STC*F1:65*20260309~REF*FJ*L1~DTP*472*D8*20260220~"
    "TRN*2*S4~STC*P1:20*20260309**80~"
    "HL*5*3*22*1~NM1*IL*1*ALDER*JUNE****MI*HM000123~HL*6*5*23~NM1*QC*1*ALDER*TOM~TRN*2*S2~STC*R4:297:82*20260309**75~"
    "HL*7*2*19*0~NM1*1P*2*OTHER*****XX*1999999984~TRN*2*0~STC*E0:24:1P*20260309~"
)


def test_answers_of_every_level_and_kind() -> None:
    paid, pending, records, refused = read_answers(interchange("277", "005010X212", ANSWER))
    assert (paid.trace, paid.finalized, paid.paid, paid.payer_control_number) == (
        "S1",
        True,
        Decimal("92.40"),
        "2630914402",
    )
    status = paid.statuses[0]
    assert (status.payment_number, status.finalized_date, status.payment_date) == (
        "EFT0001",
        date(2026, 3, 8),
        date(2026, 3, 9),
    )
    assert (paid.claim_number, paid.service_from) == ("26-000001", date(2026, 2, 20))
    assert [(each.code, each.paid, each.line_control_number, each.units) for each in paid.lines] == [
        ("99213", Decimal("92.40"), "L1", Decimal(1))
    ]
    assert (pending.trace, pending.pending, pending.finalized) == ("S4", True, False)
    assert records.wants_information
    assert records.patient is not None
    assert records.patient.name == Person(last_name="ALDER", first_name="TOM")
    assert (refused.level, refused.category, refused.subscriber) == (AnswerLevel.PROVIDER, "E0", None)
    assert paid.patient is None
    assert all(each.problems == () for each in (paid, pending, records, refused))


def test_a_claim_the_payer_does_not_have() -> None:
    body = ANSWER[: ANSWER.index("TRN*2*S1")] + "TRN*2*S1~STC*D0:35*20260309~"
    [answer] = read_answers(interchange("277", "005010X212", body))
    assert answer.not_found

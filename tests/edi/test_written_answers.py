"""TA1, 999, 276, 277 and 277CA: what is written is read back the same."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from io import StringIO

import pytest
import pyx12.params
from hypothesis import given, settings
from hypothesis import strategies as st
from pyx12.x12n_document import x12n_document

from edi.ack_277ca import Ack277CA, ClaimAck, ProviderAck, read_277ca, write_277ca
from edi.ack_277ca import segments_of as segments_of_claim
from edi.ack_999 import Ack999, Context, ElementError, SegmentError, SetVerdict, read_999, write_999
from edi.ack_999 import segments_of as segments_of_999
from edi.ack_ta1 import AckTA1, read_ta1, write_ta1
from edi.envelope import Kind, check_envelope, identify
from edi.errors import X12Error
from edi.parties import Contact, NamedParty, Organization, Person, Reference
from edi.segments import Delimiters, write_segment
from edi.status_276 import StatusInquiry, read_inquiries, write_inquiries
from edi.status_276 import segments_of as segments_of_inquiry
from edi.status_277 import AnswerLevel, StatusAnswer, StatusAnswerBatch, read_answers, write_answers
from edi.status_277 import segments_of as segments_of_answer
from edi.status_codes import Status, StatusCode, StatusLine
from edi.tokenizer import read_segments
from tests.edi.samples import HEADER, PIPES, npi
from tests.edi.test_status import CHILDS, FIRST, asked

PAYER = NamedParty(entity="PR", name=Organization(name="HARBOR MUTUAL"), id_qualifier="PI", id="HM001")
ASKER = NamedParty(entity="41", name=Organization(name="LAKESHORE"), id_qualifier="46", id="LAKESHORE")
CLINIC = NamedParty(entity="1P", name=Organization(name="LAKESHORE"), id_qualifier="XX", id=npi(1))
JUNE = NamedParty(entity="IL", name=Person(last_name="ALDER", first_name="JUNE"), id_qualifier="MI", id="HM000123")
TOM = NamedParty(entity="QC", name=Person(last_name="ALDER", first_name="TOM"))
PAID = Status(
    codes=(StatusCode(category="F1", code="65"), StatusCode(category="F1", code="107", entity="QC")),
    effective_date=date(2026, 3, 9),
    charge=Decimal(150),
    paid=Decimal("92.4"),
    finalized_date=date(2026, 3, 8),
    payment_date=date(2026, 3, 9),
    payment_number="EFT0001",
)
LINE = StatusLine(
    qualifier="HC",
    code="99213",
    modifiers=("25",),
    charge=Decimal(150),
    paid=Decimal("92.4"),
    units=Decimal(1),
    statuses=(replace(PAID, charge=None, paid=None),),
    line_control_number="L1",
    service_from=date(2026, 2, 20),
)
ANSWER = StatusAnswer(
    level=AnswerLevel.CLAIM,
    trace="S1",
    statuses=(PAID, replace(PAID, codes=(StatusCode(category="F1", code="80", code_list="RX"),))),
    payer=PAYER,
    payer_contacts=(Contact(name="CLAIMS DESK", phone="8005550199"),),
    receiver=ASKER,
    provider=CLINIC,
    subscriber=JUNE,
    payer_control_number="2630914402",
    claim_number="26-000001",
    bill_type="111",
    clearinghouse_number="CH55",
    pharmacy_number="RX1",
    voucher_number="V7",
    service_from=date(2026, 2, 20),
    service_to=date(2026, 2, 21),
    lines=(LINE, replace(LINE, code="99214", modifiers=(), revenue_code="0450")),
)
OF_TOM = replace(ANSWER, trace="S2", patient=TOM, lines=())
REFUSED = StatusAnswer(
    level=AnswerLevel.PROVIDER,
    trace="0",
    statuses=(Status(codes=(StatusCode(category="E0", code="24", entity="1P"),), effective_date=date(2026, 3, 9)),),
    payer=ANSWER.payer,
    payer_contacts=ANSWER.payer_contacts,
    receiver=ASKER,
    provider=CLINIC,
)
ALL_REFUSED = replace(REFUSED, level=AnswerLevel.RECEIVER, trace="Q1", provider=None)
ANSWERS = (ANSWER, replace(ANSWER, trace="S4"), OF_TOM, REFUSED, replace(ANSWER, trace="S5"))


def answered(*answers: StatusAnswer, delimiters: Delimiters = HEADER.delimiters) -> bytes:
    header = replace(HEADER, delimiters=delimiters)
    return write_answers(StatusAnswerBatch(header=header, reference="X", answers=answers))


@pytest.mark.parametrize("delimiters", [HEADER.delimiters, PIPES])
@pytest.mark.parametrize("answers", [ANSWERS, (ALL_REFUSED,), (ANSWER, ALL_REFUSED, ANSWER)])
def test_277_is_read_back_the_same(answers: tuple[StatusAnswer, ...], delimiters: Delimiters) -> None:
    content = answered(*answers, delimiters=delimiters)
    assert check_envelope(content) == []
    assert tuple(read_answers(content)) == answers


def test_277_shares_levels_and_says_which_have_children() -> None:
    levels = [tuple(each.parts[1:]) for each in read_segments(answered(*ANSWERS)) if each.id == "HL"]
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


def test_a_277_without_an_answer_is_refused() -> None:
    with pytest.raises(X12Error):
        answered()


ASKED_LINE = replace(LINE, paid=None, statuses=())
PHARMACY = replace(FIRST, trace="S7", pharmacy_number="RX1", location="LOC", group_number="G1", lines=(ASKED_LINE,))


def test_276_of_a_line_and_of_a_prescription() -> None:
    content = write_inquiries(asked(FIRST, PHARMACY, replace(CHILDS, lines=(ASKED_LINE, ASKED_LINE))))
    assert [len(each.lines) for each in read_inquiries(content)] == [0, 1, 2]
    assert list(read_inquiries(content))[1] == PHARMACY


def raw_of(segments: object, delimiters: Delimiters = HEADER.delimiters) -> str:
    return "".join([write_segment(each, delimiters) for each in segments])  # type: ignore[attr-defined]  # any of them


def test_segments_of_are_what_raw_holds() -> None:
    for answer in read_answers(answered(*ANSWERS)):
        assert raw_of(segments_of_answer(answer)) == answer.raw
    for inquiry in read_inquiries(write_inquiries(asked(FIRST, PHARMACY, CHILDS))):
        assert raw_of(segments_of_inquiry(inquiry)) == inquiry.raw
    for ack in read_277ca(write_277ca(HEADER, [ACK])):
        for claim in ack.claims:
            assert raw_of(segments_of_claim(claim)) == claim.raw
    for verdict in read_999(write_999(HEADER, [VERDICT, VERDICT])):
        assert raw_of(segments_of_999(verdict)) == verdict.raw


BILLING = NamedParty(entity="85", name=Organization(name="LAKESHORE"), id_qualifier="XX", id=npi(1))
TAKEN = Status(
    codes=(StatusCode(category="A1", code="19", entity="PR"),),
    effective_date=date(2026, 3, 2),
    action="WQ",
    charge=Decimal(300),
)
ACCEPTED = ClaimAck(
    number="26-000001",
    patient=replace(TOM, id_qualifier="MI", id="HM000123"),
    provider=BILLING,
    statuses=(replace(TAKEN, charge=Decimal(150), text="ACCEPTED FOR ADJUDICATION"),),
    payer_control_number="2630914402",
    clearinghouse_number="CH55",
    bill_type="111",
    service_from=date(2026, 2, 20),
    lines=(replace(LINE, paid=None, statuses=(TAKEN,), pharmacy_number="RX1"),),
)
OTHER = replace(BILLING, id=npi(9))
ACK = Ack277CA(
    source=PAYER,
    receiver=ASKER,
    reference="X1",
    source_trace="SRC1",
    batch_reference="B17",
    received_date=date(2026, 3, 2),
    processed_date=date(2026, 3, 3),
    statuses=(TAKEN,),
    accepted_count=Decimal(3),
    rejected_count=Decimal(0),
    accepted_amount=Decimal(450),
    rejected_amount=Decimal(0),
    providers=(
        ProviderAck(
            provider=BILLING,
            trace="0",
            statuses=(TAKEN,),
            references=(Reference(qualifier="TJ", value="411234567"),),
            accepted_count=Decimal(2),
            accepted_amount=Decimal(300),
        ),
        ProviderAck(provider=OTHER, rejected_count=Decimal(1), rejected_amount=Decimal("1.5")),
    ),
    claims=(ACCEPTED, replace(ACCEPTED, number="26-000002", lines=()), replace(ACCEPTED, provider=OTHER)),
)


@pytest.mark.parametrize("delimiters", [HEADER.delimiters, PIPES])
def test_277ca_is_read_back_the_same(delimiters: Delimiters) -> None:
    refusal = replace(ACK, providers=(), claims=(), statuses=(replace(TAKEN, action="U"),))
    content = write_277ca(replace(HEADER, delimiters=delimiters), [ACK, refusal])
    assert check_envelope(content) == []
    assert identify(content) is Kind.ACK_277CA
    assert list(read_277ca(content)) == [ACK, refusal]


def test_277ca_needs_the_provider_of_each_claim() -> None:
    with pytest.raises(X12Error):
        write_277ca(HEADER, [replace(ACK, providers=ACK.providers[:1])])


VERDICT = Ack999(
    functional_id="HC",
    group_control_number="18",
    guide="005010X222A1",
    status="P",
    included=2,
    received=2,
    accepted_count=1,
    sets=(
        SetVerdict(set_id="837", control_number="0001", guide="005010X222A1", status="A"),
        SetVerdict(
            set_id="837",
            control_number="0002",
            guide="005010X222A1",
            status="R",
            codes=("5", "I5"),
            errors=(
                SegmentError(
                    segment_id="NM1",
                    position=9,
                    loop="2010",
                    code="8",
                    contexts=(
                        Context(name="CLM01", value="26-000001"),
                        Context(
                            name="SITUATIONAL TRIGGER",
                            segment_id="CLM",
                            position=22,
                            loop="2300",
                            element=5,
                            component=3,
                        ),
                    ),
                    elements=(
                        ElementError(position=9, reference="67", code="7", value="BAD"),
                        ElementError(position=8, component=1, repeat=2, code="1"),
                    ),
                ),
                SegmentError(segment_id="SV1", position=30, loop="2400", code="3"),
            ),
        ),
    ),
    codes=("5",),
)


def test_999_is_read_back_the_same() -> None:
    whole = replace(VERDICT, status="A", sets=(), codes=())
    content = write_999(HEADER, [VERDICT, whole])
    assert check_envelope(content) == []
    assert list(read_999(content)) == [VERDICT, whole]
    assert [each.set_control_number for each in read_999(content)] == ["0001", "0002"]


def test_a_bad_value_in_a_999_cannot_break_it() -> None:
    error = SegmentError(
        segment_id="NM1", position=9, code="8", elements=(ElementError(position=3, code="6", value="A~B*C"),)
    )
    verdict = SetVerdict(set_id="837", control_number="1", status="R", errors=(error,))
    [found] = read_999(write_999(HEADER, [replace(VERDICT, sets=(verdict,))]))
    assert found.sets[0].errors[0].elements[0].value == "A B C"


def test_999_passes_another_validator() -> None:
    good = SetVerdict(set_id="837", control_number="0001", guide="005010X222A1", status="A")
    verdict = replace(VERDICT, status="A", accepted_count=1, included=1, received=1, sets=(good,), codes=())
    header = replace(HEADER, acknowledgment_requested=False)
    content = StringIO(write_999(header, [verdict]).decode("ascii"))
    assert x12n_document(pyx12.params.params(), content, None, None)


def test_997_says_the_same_with_other_names() -> None:
    text = write_999(HEADER, [VERDICT]).decode()
    for new, old in (("ST*999*", "ST*997*"), ("IK3*", "AK3*"), ("IK4*", "AK4*"), ("IK5*", "AK5*")):
        text = text.replace(new, old)
    assert identify(text.encode()) is Kind.ACK_999
    assert list(read_999(text.encode())) == [VERDICT]


RECEIPT = AckTA1(control_number="000000017", sent_date=date(2026, 3, 2), sent_time=time(12, 30), code="R", note="025")


def test_ta1_is_read_back_the_same() -> None:
    content = write_ta1(HEADER, [RECEIPT, replace(RECEIPT, control_number="000000018", code="A", note="000")])
    assert check_envelope(content) == []
    assert identify(content) is Kind.ACK_TA1
    first, second = read_ta1(content)
    assert (first, second.control_number, second.accepted) == (RECEIPT, "000000018", True)


ID = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=20)
DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))
MONEY = st.decimals(Decimal("-9999999.99"), Decimal("9999999.99"), places=2)
CODES = st.builds(
    StatusCode, category=st.sampled_from(["A1", "F0", "P3"]), code=ID, entity=st.sampled_from(["", "QC", "1P"])
)
STATUSES = st.builds(
    Status,
    codes=st.lists(CODES, min_size=1, max_size=3).map(tuple),
    effective_date=st.none() | DAY,
    charge=st.none() | MONEY,
    paid=st.none() | MONEY,
    payment_number=st.just("") | ID,
)
PEOPLE = st.builds(
    NamedParty,
    entity=st.just("IL"),
    name=st.builds(Person, last_name=ID, first_name=ID),
    id_qualifier=st.just("MI"),
    id=st.sampled_from(["A", "B"]),
)


@settings(max_examples=80, deadline=None)
@given(
    answers=st.lists(
        st.builds(
            lambda level, trace, statuses, subscriber, patient: StatusAnswer(
                level=level,
                trace=trace,
                statuses=tuple(statuses),
                payer=PAYER,
                receiver=ASKER,
                provider=None if level is AnswerLevel.RECEIVER else CLINIC,
                subscriber=subscriber if level is AnswerLevel.CLAIM else None,
                patient=patient if level is AnswerLevel.CLAIM else None,
            ),
            level=st.sampled_from(AnswerLevel),
            trace=ID,
            statuses=st.lists(STATUSES, max_size=3),
            subscriber=PEOPLE,
            patient=st.none() | st.just(TOM),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_answers_are_read_back_in_order(answers: list[StatusAnswer]) -> None:
    assert list(read_answers(answered(*answers))) == answers


@settings(max_examples=60, deadline=None)
@given(
    inquiries=st.lists(
        st.builds(
            StatusInquiry,
            provider=st.just(FIRST.provider),
            subscriber=st.just(FIRST.subscriber),
            trace=ID,
            claim_number=st.just("") | ID,
            pharmacy_number=st.just("") | ID,
            charge=st.none() | MONEY,
            service_from=DAY,
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda each: each.trace,
    )
)
def test_any_inquiries_are_read_back(inquiries: list[StatusInquiry]) -> None:
    assert list(read_inquiries(write_inquiries(asked(*inquiries)))) == inquiries

"""278: asking for authorization, and the payer's answer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi.envelope import Kind, check_envelope, identify
from edi.errors import X12Error
from edi.members import DatedPeriod, Member, ServiceCode
from edi.parties import Contact, NamedParty, Organization, Person, Reference
from edi.review_278 import (
    Review,
    ReviewBatch,
    ReviewDecision,
    ReviewProvider,
    ReviewPurpose,
    ReviewRefusal,
    ReviewService,
    read_reviews,
    write_reviews,
)
from edi.review_278.facts import ReviewType
from edi.tokenizer import read_segments
from tests.edi.samples import HEADER, address, npi

PAYER = NamedParty(entity="X3", name=Organization(name="HARBOR MUTUAL"), id_qualifier="PI", id="HM001")
PROVIDER = NamedParty(entity="1P", name=Organization(name="LAKESHORE"), id_qualifier="XX", id=npi(4))
SUBSCRIBER = Member(
    party=NamedParty(entity="IL", name=Person(last_name="VOSS", first_name="ANNA"), id_qualifier="MI", id="W123"),
    birth_date=date(1980, 2, 3),
    sex="F",
)
CHILD = Member(
    party=NamedParty(entity="QC", name=Person(last_name="VOSS", first_name="TIM")),
    birth_date=date(2015, 1, 9),
    sex="M",
    relationship="19",
)
WHERE = ReviewProvider(
    party=NamedParty(entity="SJ", name=Person(last_name="HALE", first_name="JO"), id_qualifier="XX", id=npi(9)),
    references=(Reference(qualifier="ZH", value="77"),),
    address=address(),
    contacts=(Contact(phone="2165550188"),),
    taxonomy="207X00000X",
)
SCAN = ReviewService(
    trace="S1",
    trace_company="9123456789",
    dates=(DatedPeriod(qualifier="472", first=date(2026, 3, 9), last=date(2026, 4, 9)),),
    service=ServiceCode(qualifier="HC", code="72148", modifiers=("26",)),
    charge=Decimal(480),
    unit_basis="UN",
    units=Decimal(1),
    delivery=("VS", "1"),
    messages=("AFTER SIX WEEKS OF THERAPY",),
    providers=(WHERE,),
)
STAY = ReviewService(kind="SV2", revenue_code="0120", unit_basis="DA", units=Decimal(3))
CROWN = ReviewService(kind="SV3", service=ServiceCode(qualifier="AD", code="D2740"), charge=Decimal(900))
REQUEST = Review(
    reference="R1",
    payer=PAYER,
    provider=PROVIDER,
    subscriber=SUBSCRIBER,
    trace="T1",
    trace_company="9123456789",
    type=ReviewType(
        category="HS",
        certification="I",
        service_type="62",
        place="22",
        place_qualifier="B",
        causes=("AA",),
        urgency="E",
    ),
    dates=(DatedPeriod(qualifier="AAH", first=date(2026, 3, 9)),),
    diagnoses=(("ABK", "M5416"), ("ABF", "M545")),
    attachments=(Reference(qualifier="OZ", value="ATT9"),),
    services=(SCAN, STAY, CROWN),
)
FOR_CHILD = replace(REQUEST, patient=CHILD, trace="T2", services=(SCAN,))
ANSWER = replace(
    REQUEST,
    purpose=ReviewPurpose.ANSWER,
    decision=ReviewDecision(action="A1", number="AUTH77"),
    services=(
        replace(SCAN, decision=ReviewDecision(action="A4", reasons=("0V", "0P"))),
        replace(CROWN, refusals=(ReviewRefusal(level="service", valid=False, reason="33", follow_up="C"),)),
    ),
)


def written(*reviews: Review) -> bytes:
    return write_reviews(ReviewBatch(header=HEADER, reviews=reviews))


def test_requests_come_back_as_they_were_written() -> None:
    content = written(REQUEST, FOR_CHILD)
    assert identify(content) is Kind.REVIEW_278
    assert check_envelope(content) == []
    assert list(read_reviews(content)) == [REQUEST, FOR_CHILD]
    levels = [tuple(each.parts[1:]) for each in read_segments(content) if each.id == "HL"]
    assert [(parent, code, child) for _, parent, code, child in levels] == [
        ("", "20", "1"),
        ("1", "21", "1"),
        ("2", "22", "1"),
        ("3", "EV", "1"),
        ("4", "SS", "0"),
        ("4", "SS", "0"),
        ("4", "SS", "0"),
        ("", "20", "1"),
        ("1", "21", "1"),
        ("2", "22", "1"),
        ("3", "23", "1"),
        ("4", "EV", "1"),
        ("5", "SS", "0"),
    ]
    assert [each[2] for each in read_segments(content) if each.id == "ST"] == ["0001", "0002"]


def test_an_answer_carries_decisions_and_the_number_the_claim_needs() -> None:
    (answer,) = read_reviews(written(ANSWER))
    assert answer == ANSWER
    assert answer.authorization == "AUTH77"
    assert answer.decision is not None
    assert answer.decision.is_certified
    assert [each.decision.is_certified for each in answer.services if each.decision] == [False]
    assert REQUEST.authorization == ""


def test_a_refusal_above_the_event_is_a_review_without_services() -> None:
    refusal = ReviewRefusal(level="subscriber", valid=False, reason="75", follow_up="C")
    refused = Review(
        purpose=ReviewPurpose.ANSWER, payer=PAYER, provider=PROVIDER, subscriber=SUBSCRIBER, refusals=(refusal,)
    )
    assert list(read_reviews(written(refused))) == [refused]


def test_there_must_be_something_to_ask() -> None:
    with pytest.raises(X12Error, match="at least one review"):
        written()


def test_bad_values_are_problems_of_their_event() -> None:
    content = written(REQUEST, FOR_CHILD).replace(b"HC:72148:26*480*", b"HC:72148:26*4X0*", 1)
    first, second = read_reviews(content)
    assert [(each.segment_id, each.element) for each in first.problems] == [("SV1", 2)]
    assert second.problems == ()


names = st.text("ABCDEFGH", min_size=1, max_size=8)
services = st.builds(
    ReviewService,
    trace=names,
    kind=st.just("SV1"),
    service=st.builds(ServiceCode, qualifier=st.just("HC"), code=names),
    charge=st.none() | st.decimals("0", "9999", places=2).map(lambda each: each.normalize() + 0),
    unit_basis=st.just("UN"),
    units=st.integers(1, 99).map(Decimal),
    decision=st.none() | st.builds(ReviewDecision, action=st.sampled_from(["A1", "A3"]), number=names),
)
reviews = st.builds(
    Review,
    payer=st.just(PAYER),
    provider=st.just(PROVIDER),
    subscriber=st.just(SUBSCRIBER),
    patient=st.none() | st.just(CHILD),
    trace=names,
    type=st.none() | st.builds(ReviewType, category=st.just("HS"), place=st.just("11"), place_qualifier=st.just("B")),
    services=st.lists(services, max_size=3).map(tuple),
)


@given(st.lists(reviews, min_size=1, max_size=5))
def test_whatever_is_asked_is_read_again(many: list[Review]) -> None:
    assert list(read_reviews(written(*many))) == many

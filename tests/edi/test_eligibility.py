"""270 and 271: asking for coverage and reading the answer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi.eligibility import (
    Benefit,
    BenefitParty,
    EligibilityAnswer,
    EligibilityAnswerBatch,
    EligibilityInquiry,
    EligibilityInquiryBatch,
    EligibilityQuestion,
    EligibilityRefusal,
    read_eligibility,
    read_eligibility_inquiries,
    write_eligibility,
    write_eligibility_inquiries,
)
from edi.envelope import Kind, check_envelope, identify
from edi.errors import X12Error
from edi.members import DatedPeriod, Member, ServiceCode, Trace
from edi.parties import Contact, NamedParty, Organization, Person, Reference
from edi.tokenizer import read_segments
from tests.edi.samples import HEADER, PIPES, address, npi

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

PAYER = NamedParty(entity="PR", name=Organization(name="HARBOR MUTUAL"), id_qualifier="PI", id="HM001")
PROVIDER = NamedParty(entity="1P", name=Organization(name="LAKESHORE"), id_qualifier="XX", id=npi(4))
SUBSCRIBER = Member(
    party=NamedParty(entity="IL", name=Person(last_name="VOSS", first_name="ANNA"), id_qualifier="MI", id="W123"),
    birth_date=date(1980, 2, 3),
    sex="F",
    address=address(),
    references=(Reference(qualifier="6P", value="G77"),),
)
CHILD = Member(
    party=NamedParty(entity="03", name=Person(last_name="VOSS", first_name="TIM")),
    birth_date=date(2015, 1, 9),
    sex="M",
    relationship="19",
)
INQUIRY = EligibilityInquiry(
    payer=PAYER,
    provider=PROVIDER,
    provider_taxonomy="207Q00000X",
    subscriber=SUBSCRIBER,
    trace="T1",
    trace_company="9123456789",
    service_from=date(2026, 3, 2),
    questions=(
        EligibilityQuestion(service_types=("30", "98")),
        EligibilityQuestion(service=ServiceCode(qualifier="HC", code="72148", modifiers=("RT",))),
    ),
)
FOR_CHILD = replace(INQUIRY, trace="T2", patient=CHILD)
ANSWER = EligibilityAnswer(
    payer=PAYER,
    provider=PROVIDER,
    subscriber=replace(SUBSCRIBER, relationship="18", changed=True),
    traces=(Trace(number="T1", company="9123456789"),),
    dates=(DatedPeriod(qualifier="346", first=date(2026, 1, 1)),),
    benefits=(
        Benefit(information="1", level="FAM", service_types=("30",), insurance_type="PR", plan="GOLD 2"),
        Benefit(information="C", service_types=("30",), period="23", amount=Decimal(1500), in_network="Y"),
        Benefit(information="C", service_types=("30",), period="29", amount=Decimal("312.5"), in_network="Y"),
        Benefit(information="A", service_types=("30", "98"), percent=Decimal("0.2"), messages=("AFTER DEDUCTIBLE",)),
        Benefit(
            information="R",
            service_types=("30",),
            parties=(
                BenefitParty(
                    party=NamedParty(entity="PRP", name=Organization(name="OTHER PLAN"), id_qualifier="PI", id="OP9"),
                    contacts=(Contact(phone="2165550188"),),
                ),
            ),
        ),
        Benefit(
            information="F", quantity_qualifier="VS", quantity=Decimal(20), deliveries=(("VS", "20"),), places=("11",)
        ),
    ),
)


def asked(*inquiries: EligibilityInquiry) -> bytes:
    return write_eligibility_inquiries(EligibilityInquiryBatch(header=HEADER, reference="B1", inquiries=inquiries))


def answered(*answers: EligibilityAnswer) -> bytes:
    return write_eligibility(EligibilityAnswerBatch(header=HEADER, reference="B1", answers=answers))


def levels(content: bytes) -> list[tuple[str, ...]]:
    return [tuple(each.parts[1:]) for each in read_segments(content) if each.id == "HL"]


def test_inquiries_come_back_as_they_were_written() -> None:
    content = asked(INQUIRY, FOR_CHILD)
    assert identify(content) is Kind.ELIGIBILITY_270
    assert check_envelope(content) == []
    assert list(read_eligibility_inquiries(content)) == [INQUIRY, FOR_CHILD]
    assert levels(content) == [
        ("1", "", "20", "1"),
        ("2", "1", "21", "1"),
        ("3", "2", "22", "0"),
        ("4", "2", "22", "1"),
        ("5", "4", "23", "0"),
    ]


def test_service_types_are_repetitions_of_one_element() -> None:
    assert b"~EQ*30^98~EQ**HC:72148:RT~" in asked(INQUIRY)
    header = replace(HEADER, delimiters=PIPES)
    content = write_eligibility_inquiries(EligibilityInquiryBatch(header=header, reference="B", inquiries=(INQUIRY,)))
    assert list(read_eligibility_inquiries(content)) == [INQUIRY]


def test_there_must_be_something_to_ask() -> None:
    with pytest.raises(X12Error, match="at least one inquiry"):
        asked()


def test_answers_come_back_as_they_were_written() -> None:
    child = replace(ANSWER, patient=CHILD, traces=(Trace(number="T2", company="9123456789"),))
    refused = EligibilityAnswer(
        payer=PAYER,
        provider=PROVIDER,
        subscriber=SUBSCRIBER,
        traces=(Trace(number="T3", company="9123456789"),),
        refusals=(EligibilityRefusal(level="subscriber", valid=False, reason="75", follow_up="C"),),
    )
    content = answered(ANSWER, child, refused)
    assert identify(content) is Kind.ELIGIBILITY_271
    assert check_envelope(content) == []
    assert list(read_eligibility(content)) == [ANSWER, child, refused]


def test_a_payer_that_cannot_answer_refuses_above_the_patients() -> None:
    refusal = EligibilityRefusal(level="payer", valid=False, reason="42", follow_up="R")
    silent = EligibilityAnswer(payer=PAYER, refusals=(refusal,))
    assert list(read_eligibility(answered(silent))) == [silent]
    assert silent.is_active is None


def test_the_answer_tells_whether_the_plan_covers_and_what_is_left_of_the_deductible() -> None:
    assert ANSWER.is_active is True
    whole, rest = ANSWER.money("C")
    assert (whole.amount, whole.remaining) == (Decimal(1500), False)
    assert (rest.amount, rest.remaining) == (Decimal("312.5"), True)
    assert [each.percent for each in ANSWER.money("A", "98")] == [Decimal("0.2")]
    assert replace(ANSWER, benefits=(Benefit(information="6"),)).is_active is False


def test_a_bad_value_is_a_problem_with_its_place() -> None:
    content = answered(ANSWER).replace(b"*23*1500*", b"*23*15OO*")
    (answer,) = read_eligibility(content)
    (problem,) = answer.problems
    assert (problem.segment_id, problem.element, problem.says) == ("EB", 7, "EB07 is not a number.")
    assert answer.benefits[1].amount == 0


names = st.text("ABCDEFGH", min_size=1, max_size=8)
members = st.builds(
    Member,
    party=st.builds(
        NamedParty,
        entity=st.just("IL"),
        name=st.builds(Person, last_name=names, first_name=names),
        id_qualifier=st.just("MI"),
        id=names,
    ),
    birth_date=st.none() | st.dates(min_value=date(1900, 1, 1)),
    sex=st.sampled_from(["F", "M", ""]),
)
inquiries = st.builds(
    EligibilityInquiry,
    payer=st.just(PAYER),
    provider=st.just(PROVIDER),
    subscriber=members,
    patient=st.none() | st.just(CHILD),
    trace=names,
    questions=st.lists(
        st.builds(EligibilityQuestion, service_types=st.lists(names, min_size=1, max_size=3).map(tuple)), min_size=1
    ).map(tuple),
)


@given(st.lists(inquiries, min_size=1, max_size=6))
def test_whatever_is_asked_is_read_again(many: list[EligibilityInquiry]) -> None:
    assert list(read_eligibility_inquiries(asked(*many))) == many
    shared = groupby(many, key=lambda each: (each.subscriber, each.patient is None))
    own = sum(1 if not alone else len(list(group)) for (_, alone), group in shared)
    assert sum(code == "22" for _, _, code, _ in levels(asked(*many))) == own


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of other people's files is not part of the project")
def test_other_peoples_files_are_read() -> None:
    dependent = next((CORPUS / "271").glob("*_dependent_*"))
    (answer,) = read_eligibility(dependent.read_bytes())
    assert answer.is_active is True
    assert answer.patient is not None
    assert answer.patient.relationship == "19"
    assert {each.in_network: each.amount for each in answer.money("B", "98")} == {"Y": 10, "N": 30}
    (inquiry,) = read_eligibility_inquiries(next((CORPUS / "270").glob("*_dependent_*")).read_bytes())
    assert inquiry.trace == "93175-012547"
    assert inquiry.questions[0].service_types == ("30",)
    refused = next((CORPUS / "271").glob("*error-response*"))
    assert [each.refusals[0].reason for each in read_eligibility(refused.read_bytes())] == ["50"]

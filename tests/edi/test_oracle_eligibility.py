"""x12sdk sees the same questions and the same benefits, money to the cent, in 270 and 271."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from edi.eligibility import read_eligibility, read_eligibility_inquiries
from tests.edi.test_corpus import CORPUS, HERE, listed
from tests.edi.test_eligibility import ANSWER, CHILD, FOR_CHILD, INQUIRY, answered, asked
from tests.edi.test_oracles import loops_with, model, money


def traces_to_x12sdk(content: bytes) -> list[str]:
    loops = list(loops_with(model(content), "trn_segment"))
    return sorted(trace["reference_identification_1"] for loop in loops for trace in loop["trn_segment"])


def number(value: Any) -> Decimal | None:
    return money("" if value is None else str(value))


def same_answers(content: bytes) -> None:
    ours = list(read_eligibility(content))
    assert ours
    assert sorted(trace.number for each in ours for trace in each.traces) == traces_to_x12sdk(content)
    theirs = [loop["eb_segment"] for loop in loops_with(model(content), "eb_segment")]
    assert [
        (each.information, each.service_types, each.plan, each.amount, each.percent, each.in_network)
        for answer in ours
        for each in answer.benefits
    ] == [
        (
            each["eligibility_benefit_information"],
            tuple(each["service_type_code"] or ()),
            each["plan_coverage_description"] or "",
            number(each["benefit_amount"]),
            number(each["benefit_percent"]),
            each["inplan_network_indicator"] or "",
        )
        for each in theirs
    ]


def same_questions(content: bytes) -> None:
    ours = list(read_eligibility_inquiries(content))
    assert ours
    assert sorted(each.trace for each in ours if each.trace) == traces_to_x12sdk(content)
    theirs = [loop["eq_segment"] for loop in loops_with(model(content), "eq_segment")]
    assert [question.service_types for each in ours for question in each.questions] == [
        tuple(each["service_type_code"] or ()) for each in theirs
    ]


def test_x12sdk_sees_the_same_questions() -> None:
    by_type = INQUIRY.questions[:1]  # x12sdk refuses a question about a procedure
    same_questions(asked(replace(INQUIRY, questions=by_type), replace(FOR_CHILD, questions=by_type)))


@pytest.mark.skipif(not HERE, reason="the corpus of real files is not beside the repository")
@pytest.mark.parametrize("name", listed("270"))
def test_x12sdk_sees_the_same_questions_in_real_files(name: str) -> None:
    same_questions((CORPUS / name).read_bytes())


@pytest.mark.skipif(not HERE, reason="the corpus of real files is not beside the repository")
@pytest.mark.parametrize("name", listed("271"))
def test_x12sdk_sees_the_same_answers_in_real_files(name: str) -> None:
    same_answers((CORPUS / name).read_bytes())


def test_x12sdk_sees_the_same_answers() -> None:
    plain = tuple(each for each in ANSWER.benefits if each.service_types)  # x12sdk reads EB09 as a number, wants EB03
    answer = replace(ANSWER, benefits=plain)
    same_answers(answered(answer, replace(answer, patient=CHILD)))

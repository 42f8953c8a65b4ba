"""837I: code lists, type of bill, refusals, validity by another validator and money by a second reader."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from x12sdk.io import X12ModelReader

from edi.claim_837i import Claim, Diagnosis, OccurrenceSpan, ServiceLine, read_claims, write_claims
from edi.errors import X12Error
from tests.edi.samples_837 import batch_i, full_i, institutional
from tests.edi.test_claim_837p import pyx12_accepts


def many_lines(count: int) -> tuple[ServiceLine, ...]:
    line = institutional().lines[0]
    return tuple(replace(line, number=each) for each in range(1, count + 1))


def test_another_validator_finds_no_fault() -> None:
    inpatient = institutional(
        number="B",
        facility_type="11",
        admission_date=date(2026, 2, 20),
        admission_hour="0815",
        discharge_hour="1130",
        admitting="R509",
        drg="871",
        principal=Diagnosis(code="A419", present_on_admission="Y"),
        other_diagnoses=full_i().other_diagnoses,
        principal_procedure=full_i().principal_procedure,
        occurrences=full_i().occurrences,
        occurrence_spans=full_i().occurrence_spans,
        coded_values=full_i().coded_values,
        condition_codes=full_i().condition_codes,
    )
    accepted, answer = pyx12_accepts(write_claims(batch_i(institutional(), inpatient)).content)
    assert accepted, answer


def test_the_other_validator_would_find_a_fault() -> None:
    assert not pyx12_accepts(write_claims(batch_i(institutional(attending=None, facility_type="ZZZ"))).content)[0]


def test_a_second_reader_sees_the_same_claims() -> None:
    claims = [institutional(number=each) for each in "ABC"]
    content = write_claims(replace(batch_i(*claims), guide="005010X223A3")).content
    with X12ModelReader(content.decode()) as reader:
        [model] = reader.models()
    segments = [each.split("*") for each in model.x12().replace("\n", "").split("~")]
    assert [each[1] for each in segments if each[0] == "CLM"] == ["A", "B", "C"]
    assert sum(Decimal(each[2]) for each in segments if each[0] == "CLM") == sum(each.charge for each in claims)
    lines = sum(line.charge for each in claims for line in each.lines)
    assert sum(Decimal(each[3]) for each in segments if each[0] == "SV2") == lines
    assert list(read_claims(content)) == claims


def test_the_code_lists_are_written_in_their_segments() -> None:
    text = write_claims(batch_i(replace(full_i(), diagnosis_version=10))).claims["26-000001"]
    for expected in (
        "CLM*26-000001*300.25***11:A:7**C*W*I***********11~DTP*096*TM*1130~DTP*434*RD8*20260220-20260224~",
        "DTP*435*DT*202602200815~",
        "CL1*1*7*01~",
        "REF*LX*IDE1~REF*LX*IDE2~",
        "HI*ABK:A419:::::::Y~HI*ABJ:R509~HI*APR:R509*APR:R05~HI*ABN:W000XXA:::::::Y*ABN:Y92009~HI*DR:871~",
        "HI*BBR:0SRC0J9:D8:20260103~",
        "HI*BE:80:::4*BE:A2:::15.31~",
        "HI*BG:09*BG:C1~HI*TC:AAA*TC:BBB~",
        "PRV*AT*PXC*207Q00000X~",
        "SV2*0120**150*UN*4~",
    ):
        assert expected in text
    assert text.count("*ABF:") == 24
    assert text.count("HI*ABF:") == 2


def test_the_type_of_bill_is_facility_and_frequency() -> None:
    claim = full_i()
    assert claim.type_of_bill == "117"
    assert claim.diagnoses[:2] == ("A419", "E110")


def test_a_claim_of_999_lines_is_written_and_read() -> None:
    claim = institutional(lines=many_lines(999))
    [found] = read_claims(write_claims(batch_i(claim)).content)
    assert [each.number for each in found.lines] == list(range(1, 1000))
    assert found == claim


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": ()},
        {"lines": many_lines(1000)},
        {"principal": None},
        {"statement_from": None},
        {"visit_reasons": ("A", "B", "C", "D")},
        {"other_diagnoses": (Diagnosis(code="E119"),) * 25},
        {"condition_codes": ("09",) * 25},
        {"lines": (replace(many_lines(1)[0], modifiers=("A", "B", "C", "D", "E")),)},
    ],
)
def test_what_the_guide_has_no_room_for_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(X12Error):
        write_claims(batch_i(institutional(**changes)))


def changed(before: str, after: str) -> Claim:
    content = write_claims(batch_i(full_i())).content.replace(before.encode(), after.encode(), 1)
    [found] = read_claims(content)
    return found


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("BE:A2:::15.31", "BE:A2:::15,31", ("HI", 2)),
        ("BI:70:RD8:", "BI:70:RD8:2", ("HI", 1)),
        ("DTP*434*RD8*20260220", "DTP*434*RD8*20260230", ("DTP", 3)),
        ("DTP*096*TM*1130", "DTP*096*TM*11h", ("DTP", 3)),
        ("HI*DR:871", "HI*DR", ("HI", 1)),
        ("SV2*0120**150", "SV2*0120**15o", ("SV2", 3)),
        ("SV2*0120**150*UN*4", "SV9*1", ("LX", None)),
    ],
)
def test_a_bad_value_is_a_problem_with_its_place(before: str, after: str, place: tuple[str, int | None]) -> None:
    assert [(each.segment_id, each.element) for each in changed(before, after).problems] == [place]


def test_a_span_that_lacks_a_day_keeps_the_other() -> None:
    first = full_i().occurrence_spans[0].first
    assert first
    found = changed(f"BI:70:RD8:{first:%Y%m%d}-", f"BI:70:RD8:{first:%Y%m%d}-x")
    assert found.occurrence_spans == (OccurrenceSpan(code="70", first=first, last=None),)

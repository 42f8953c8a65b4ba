"""Every step that an answer makes is in the one table of moves; places and words of refusals."""

from datetime import date
from decimal import Decimal

import pytest

from claims.domain.answers import NOT_ANSWERED, NOT_DECIDED, ClaimStanding, Course, Standing
from claims.domain.fault_place import claims_at_fault
from claims.domain.reasons import family_of, reason_of, refusal_says
from claims.domain.status import ClaimStatus, can_move
from edi.ack_999 import SegmentError
from edi.status_codes import StatusCode

S = ClaimStatus


def standing(status: ClaimStatus) -> Standing:
    claim = ClaimStanding(
        id=1, number="26-1", status=status, frequency="1", payer_identifier="HM001", payer_name="Harbor Mutual",
        payer_control_number="", patient_id=1, patient_name="Okafor, Denise", service_from=date(2026, 4, 27),
        charge_amount=Decimal("168.00"), filing_deadline=date(2026, 10, 24), submitted_at=None,
    )  # fmt: skip
    return Standing(claims={1: claim})


@pytest.mark.parametrize("status", list(ClaimStatus))
@pytest.mark.parametrize(
    ("to", "since"),
    [
        (S.RECEIVED, {S.SUBMITTED}),
        (S.ACCEPTED, NOT_ANSWERED),
        (S.ACCEPTED, NOT_ANSWERED | {S.PENDED}),
        (S.PENDED, NOT_DECIDED),
        (S.REJECTED, NOT_ANSWERED),
        (S.REJECTED, NOT_DECIDED),
        (S.VOID, NOT_DECIDED | {S.PENDED}),
    ],
)
def test_every_step_is_allowed(status: ClaimStatus, to: ClaimStatus, since: set[ClaimStatus]) -> None:
    course = Course(standing(status))
    at = status
    steps = course.advance(1, to, since)
    for step in steps:
        assert can_move(at, step)
        at = step
    assert bool(steps) == (status in since)
    assert course.is_in(1, {at})


SET = (
    b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260504*1400*^*00501*000000001*1*P*:~"
    b"GS*HC*A*B*20260504*1400*1*X*005010X222A1~ST*837*0001*005010X222A1~BHT*0019*00*1*20260504*1400*CH~HL*1**20*1~"
    b"HL*2*1*22*0~SBR*P~CLM*ONE*1~HI*ABK:I10~CLM*TWO*1~HI*ABK:I10~HL*3*1*22*1~SBR*P~HL*4*3*23*0~CLM*THREE*1~"
    b"HI*ABK:I10~SE*15*0001~GE*1*1~IEA*1*000000001~"
)


@pytest.mark.parametrize(
    ("position", "number"),
    [(1, None), (2, None), (3, None), (4, "ONE"), (6, "ONE"), (7, "ONE"), (8, "TWO"), (10, "THREE"), (12, "THREE"),
     (14, "THREE"), (15, None), (99, None)],
)  # fmt: skip
def test_a_place_belongs_to_a_claim(position: int, number: str | None) -> None:
    error = SegmentError(segment_id="HI", position=position, code="8")
    assert claims_at_fault(SET, "0001", [error]) == ({number: [error]} if number else {})


def test_another_transaction_set_is_not_searched() -> None:
    assert claims_at_fault(SET, "0002", [SegmentError(segment_id="HI", position=6, code="8")]) == {}


@pytest.mark.parametrize(
    ("code", "reason", "family"),
    [
        (StatusCode(category="A7", code="562", entity="85"), "Wrong: NPI of the billing provider", "Provider"),
        (StatusCode(category="A3", code="746"), "The same submission came before", "Duplicate"),
        (StatusCode(category="A6", code="999"), "Missing: status 999", "Rejected"),
    ],
)
def test_reasons_in_plain_words(code: StatusCode, reason: str, family: str) -> None:
    assert (reason_of(code), family_of([code])) == (reason, family)


def test_a_refusal_without_a_code_says_so() -> None:
    assert refusal_says([]) == "It gave no reason."

"""Who is drawn, and how two codings of one visit compare."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.domain.audits import (
    MOVES,
    AuditStatus,
    Category,
    Compared,
    Finished,
    Plan,
    Reason,
    as_json,
    compare,
    from_json,
    risks,
    sampled_for,
)
from coding.domain.codes import CaseCodes, Service

DONE = datetime(2026, 5, 4, 14, 30, 12, 345678, tzinfo=UTC)
PLAIN = CaseCodes(("I10",), (Service(code="99213", pointers=(1,)),))


def plan(**percents: int) -> Plan:
    return Plan(percents={Reason(name): n for name, n in percents.items()}, high_value=Decimal(500), new_coder_days=90)


def case(number: int = 1, codes: CaseCodes = PLAIN, **changed: object) -> Finished:
    values: dict[str, object] = {
        "case_id": number,
        "finalized_at": DONE,
        "codes": codes,
        "charged": Decimal(100),
        "coder_since": DONE - timedelta(days=400),
    }
    return Finished(**values | changed)  # type: ignore[arg-type]  # the fields above


def with_service(**fields: object) -> CaseCodes:
    return CaseCodes(("I10",), (Service(**{"code": "99213", "pointers": (1,)} | fields),))  # type: ignore[arg-type]  # a Service


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"charged": Decimal("500.00")}, Reason.HIGH_VALUE),
        ({"codes": with_service(code="99215")}, Reason.HIGH_LEVEL),
        ({"codes": with_service(code="99204")}, Reason.HIGH_LEVEL),
        ({"codes": with_service(modifiers=("25",))}, Reason.MODIFIER),
        ({"codes": with_service(modifiers=("RT", "59"))}, Reason.MODIFIER),
        ({"lowest_confidence": 69}, Reason.LOW_CONFIDENCE),
        ({"coder_since": DONE - timedelta(days=89)}, Reason.NEW_CODER),
        ({"alone": True, "coder_since": None}, Reason.AUTO_COMPLETED),
    ],
)
def test_each_risk_is_seen(changed: dict[str, object], reason: Reason) -> None:
    assert risks(case(**changed), plan()) == {Reason.RANDOM, reason}  # type: ignore[arg-type]  # fields of Finished


def test_a_plain_case_is_only_open_to_chance() -> None:
    assert risks(case(lowest_confidence=70, charged=Decimal("499.99")), plan()) == {Reason.RANDOM}


def test_a_hundred_percent_draws_all_and_nothing_draws_none() -> None:
    assert sampled_for(case(), plan(random=100)) == (Reason.RANDOM,)
    assert sampled_for(case(), plan(random=0)) == ()
    assert sampled_for(case(), plan(high_level=100)) == ()


def test_the_draw_keeps_its_rate_and_repeats_itself() -> None:
    drawn = [bool(sampled_for(case(n), plan(random=10))) for n in range(4000)]
    assert 320 < sum(drawn) < 480  # four standard deviations around 400
    assert drawn == [bool(sampled_for(case(n), plan(random=10))) for n in range(4000)]


def test_a_higher_rate_keeps_who_was_drawn_at_a_lower_one() -> None:
    low = {n for n in range(500) if sampled_for(case(n), plan(random=5))}
    high = {n for n in range(500) if sampled_for(case(n), plan(random=40))}
    assert low < high


def categories(first: CaseCodes, second: CaseCodes) -> list[tuple[str, Category]]:
    return [(one.code, one.category) for one in compare(first, second)]


def dx(*codes: str) -> CaseCodes:
    return CaseCodes(codes)


def px(*services: Service) -> CaseCodes:
    return CaseCodes((), services)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (dx("I10"), dx("I10"), [("I10", Category.EXACT)]),
        (dx("E11.9"), dx("E11.42"), [("E11.9", Category.SPECIFICITY)]),
        (dx("I10", "R51.9"), dx("I10"), [("I10", Category.EXACT), ("R51.9", Category.ADDED)]),
        (dx("I10"), dx("I10", "Z79.4"), [("I10", Category.EXACT), ("Z79.4", Category.MISSED)]),
        (dx("I10", "E11.9"), dx("E11.9", "I10"), [("I10", Category.EXACT), ("E11.9", Category.SEQUENCING)]),
        (dx("I10", "E11.9", "J02.0"), dx("I10", "J02.0", "E11.9"),
         [(c, Category.EXACT) for c in ("E11.9", "I10", "J02.0")]),
        (dx("R51.9", "I10"), dx("I10"), [("R51.9", Category.ADDED), ("I10", Category.SEQUENCING)]),
    ],
)  # fmt: skip
def test_diagnoses_are_compared(first: CaseCodes, second: CaseCodes, expected: list[tuple[str, Category]]) -> None:
    assert sorted(categories(first, second)) == sorted(expected)


@pytest.mark.parametrize(
    ("first", "second", "category"),
    [
        (Service(code="99214"), Service(code="99213"), Category.LEVEL_HIGH),
        (Service(code="99213"), Service(code="99215"), Category.LEVEL_LOW),
        (Service(code="99203"), Service(code="99213"), Category.SPECIFICITY),
        (Service(code="99213"), Service(code="99213", modifiers=("25",)), Category.MODIFIER),
        (Service(code="99213", modifiers=("25", "GT")), Service(code="99213", modifiers=("GT", "25")), Category.EXACT),
        (Service(code="J3301", units=4), Service(code="J3301", units=1), Category.UNITS),
        (Service(code="99213", pointers=(1,)), Service(code="99213", pointers=(2,)), Category.EXACT),
    ],
)
def test_services_are_compared(first: Service, second: Service, category: Category) -> None:
    assert [one.category for one in compare(px(first), px(second))] == [category]


def test_a_procedure_that_only_one_has_is_added_or_missed() -> None:
    injection, visit = Service(code="20610", modifiers=("RT",)), Service(code="99213")
    assert categories(px(injection, visit), px(visit)) == [
        ("99213", Category.EXACT),
        ("20610", Category.ADDED),
    ]
    assert categories(px(visit), px(visit, injection)) == [("99213", Category.EXACT), ("20610", Category.MISSED)]


def test_of_two_lines_with_one_code_the_like_ones_meet() -> None:
    right, left = Service(code="20610", modifiers=("RT",)), Service(code="20610", modifiers=("LT",))
    assert {one.category for one in compare(px(right, left), px(left, right))} == {Category.EXACT}


CODES = st.sampled_from(["I10", "E11.9", "E11.42", "E11.65", "M17.11", "R51.9"])
SERVICES = st.builds(
    lambda code, modifiers, units: Service(code=code, modifiers=tuple(modifiers), units=units),
    st.sampled_from(["99203", "99213", "99214", "20610", "J3301"]),
    st.sets(st.sampled_from(["25", "59", "RT"]), max_size=2),
    st.integers(1, 3),
)
CODINGS = st.builds(
    lambda d, s: CaseCodes(tuple(d), tuple(s)), st.lists(CODES, max_size=5, unique=True), st.lists(SERVICES, max_size=4)
)


@given(CODINGS)
def test_a_coding_agrees_with_itself_code_by_code(codes: CaseCodes) -> None:
    compared = compare(codes, codes)
    assert all(one.agreed for one in compared)
    assert len(compared) == len(codes.diagnoses) + len(codes.services)


@given(CODINGS, CODINGS)
def test_every_code_of_both_is_counted_once(first: CaseCodes, second: CaseCodes) -> None:
    compared = compare(first, second)

    def side(pick: str, procedure: bool) -> list[str]:
        found = [getattr(one, pick) for one in compared if one.procedure == procedure]
        return sorted(code for code in found if code)

    assert side("first", False) == sorted(first.diagnoses)
    assert side("second", False) == sorted(second.diagnoses)
    assert side("first", True) == sorted(service.code for service in first.services)
    assert side("second", True) == sorted(service.code for service in second.services)


@given(CODINGS, CODINGS)
def test_the_two_coders_may_change_places(first: CaseCodes, second: CaseCodes) -> None:
    def agreed(compared: list[Compared]) -> int:
        return sum(one.agreed for one in compared)

    mirrored = compare(second, first)
    assert len(compare(first, second)) == len(mirrored)
    if not first.diagnoses or not second.diagnoses or first.diagnoses[0] == second.diagnoses[0]:
        assert agreed(compare(first, second)) == agreed(mirrored)


@given(CODINGS)
def test_what_is_kept_is_read_back(codes: CaseCodes) -> None:
    assert from_json(as_json(codes)) == codes
    assert from_json({}) == CaseCodes()


def test_the_life_of_an_audit_ends() -> None:
    assert set(MOVES) == set(AuditStatus)
    assert {state for state, to in MOVES.items() if not to} == {AuditStatus.CLOSED}

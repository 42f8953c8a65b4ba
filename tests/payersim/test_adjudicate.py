"""The payer's decisions, to the cent: what is allowed, who pays which part, and what is denied for what reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payersim.adjudicate import LineKey, Memory, decide
from payersim.claims import Adjustment, Claim, Decision, Line, Person
from payersim.plans import network_of
from tests.payersim.samples import NPI, network

DAY = date(2026, 1, 5)
RECEIVED = Memory(received_on=date(2026, 1, 6))


def line(number: int = 1, code: str = "99213", charge: str = "150.00", **changes: Any) -> Line:
    whole = Line(number, "HC", code, (), Decimal(charge), Decimal(1), ("M25561",), DAY, DAY)
    return replace(whole, **changes)


def claim(*lines: Line, **changes: Any) -> Claim:
    lines = lines or (line(),)
    whole = Claim(
        claim_number="26-1",
        payer_id="HM001",
        payer_name="Harbor Mutual",
        frequency="1",
        original_control="",
        charge=sum((each.charge for each in lines), Decimal(0)),
        place="11",
        filing_code="CI",
        payer_order="P",
        batch="B1",
        billing_name="LAKESHORE",
        billing_npi=NPI,
        billing_tax_id="123456789",
        member_id="M1001",
        subscriber=Person("OKAFOR", "ADA"),
        birth_date=date(1970, 3, 9),
        sex="F",
        patient=Person("OKAFOR", "ADA"),
        rendering=Person("SOLBERG", "INGRID"),
        rendering_npi=NPI,
        diagnoses=("M25561",),
        authorization="",
        prior_paid=Decimal(0),
        clearinghouse_trace="",
        lines=lines,
    )
    return replace(whole, **changes)


def decided(one: Claim, memory: Memory = RECEIVED, **plan: Any) -> Decision:
    return decide(one, network_of(network(**plan)).payers["HM001"], memory)


def cas(decision: Decision, at: int = 0) -> list[str]:
    return [f"{each.group}-{each.reason} {each.amount:.2f}" for each in decision.lines[at].adjustments]


def test_office_visit_leaves_the_copay_to_the_patient() -> None:
    decision = decided(claim())

    assert cas(decision) == ["CO-45 57.60", "PR-3 30.00"]
    assert (decision.paid, decision.patient, decision.allowed) == (Decimal("62.40"), Decimal(30), Decimal("92.40"))
    assert decision.status == "1"


def test_copay_is_taken_once_a_day() -> None:
    decision = decided(claim(line(), line(2, modifiers=("76",))))

    assert [cas(decision, 0), cas(decision, 1)] == [["CO-45 57.60", "PR-3 30.00"], ["CO-45 57.60"]]


def test_deductible_then_coinsurance_rounded_half_up() -> None:
    memory = replace(RECEIVED, deductible_used={2026: Decimal("480.00")})
    decision = decided(claim(line(code="20610", charge="100.00")), memory, deductible="500.00", coinsurance="0.15")

    # 61.15 allowed: 20.00 of deductible left, 15 % of 41.15 = 6.1725
    assert cas(decision) == ["CO-45 38.85", "PR-1 20.00", "PR-2 6.17"]
    assert decision.paid == Decimal("34.98")
    assert decision.deductible == {2026: Decimal("20.00")}


def test_deductible_runs_over_the_lines_and_a_zero_payment_is_no_denial() -> None:
    lines = (line(code="20610", charge="100.00"), line(2, code="82306", charge="60.00", diagnoses=("E559",)))
    decision = decided(claim(*lines), deductible="80.00", coinsurance="0.20")

    assert [cas(decision, 0), cas(decision, 1)] == [
        ["CO-45 38.85", "PR-1 61.15"],
        ["CO-45 19.00", "PR-1 18.85", "PR-2 4.43"],
    ]
    assert decision.lines[0].paid == 0
    assert (decision.status, decision.deductible) == ("1", {2026: Decimal("80.00")})


def test_deductible_counts_by_calendar_year_of_service() -> None:
    old = line(code="20610", charge="100.00", service_from=date(2025, 12, 30), service_to=date(2025, 12, 30))
    memory = replace(RECEIVED, deductible_used={2025: Decimal("500.00")})
    decision = decided(claim(old, line(2, code="20610", charge="100.00")), memory, deductible="500.00")

    assert cas(decision, 0) == ["CO-45 38.85", "PR-2 12.23"]
    assert decision.deductible == {2026: Decimal("61.15")}


def test_charge_below_the_fee_is_allowed_in_full_and_units_multiply() -> None:
    assert cas(decided(claim(line(charge="80.00")))) == ["PR-3 30.00"]
    two = decided(claim(line(code="20610", charge="200.00", units=Decimal(2))))
    assert cas(two) == ["CO-45 77.70", "PR-2 24.46"]


def test_copay_never_exceeds_what_is_allowed() -> None:
    decision = decided(claim(line(charge="20.00")))
    assert (cas(decision), decision.paid) == (["PR-3 20.00"], Decimal(0))


def test_commercial_plan_pays_a_share_of_the_charge_for_an_unlisted_code() -> None:
    decision = decided(claim(line(code="99499", charge="100.00")))
    assert cas(decision) == ["CO-45 40.00", "PR-2 12.00"]


def test_sequestration_comes_off_the_payment_not_the_allowed_amount() -> None:
    plan: dict[str, Any] = {"kind": "medicare", "copay": "0", "coinsurance": "0.20", "sequestration": "0.02"}
    decision = decided(claim(), **plan)
    assert cas(decision) == ["CO-45 57.60", "CO-253 1.48", "PR-2 18.48"]
    assert (decision.allowed, decision.paid) == (Decimal("92.40"), Decimal("72.44"))


def test_secondary_payer_pays_no_more_than_what_the_first_left() -> None:
    visit = line(prior_paid=Decimal("62.40"), modifiers=("25",))
    lines = (visit, line(2, code="20610", charge="100.00", prior_paid=Decimal("10.00")))
    decision = decided(claim(*lines, payer_order="S", prior_paid=Decimal("72.40")))

    assert cas(decision, 0) == ["CO-45 57.60", "OA-23 62.40"]
    assert cas(decision, 1) == ["CO-45 38.85", "OA-23 10.00", "PR-2 2.23"]
    assert (decision.status, decision.paid) == ("2", Decimal("78.92"))


DENIALS: list[tuple[str, Claim, Memory, dict[str, object], str, tuple[str, ...]]] = [
    ("late", claim(), replace(RECEIVED, received_on=date(2026, 7, 5)), {}, "CO-29", ()),
    (
        "coverage ended",
        claim(member_id="M1002"),
        RECEIVED,
        {},
        "CO-27",
        ("N30",),
    ),
    (
        "coverage not begun",
        claim(line(service_from=date(2025, 5, 31), service_to=date(2025, 5, 31)), member_id="M1002"),
        RECEIVED,
        {"filing_days": 365},
        "CO-26",
        ("N30",),
    ),
    (
        "duplicate",
        claim(),
        replace(RECEIVED, decided_lines=frozenset({LineKey(NPI, "99213", "", DAY)})),
        {},
        "CO-18",
        (),
    ),
    (
        "duplicate at a public payer",
        claim(),
        replace(RECEIVED, decided_lines=frozenset({LineKey(NPI, "99213", "", DAY)})),
        {"kind": "medicaid"},
        "OA-18",
        (),
    ),
    ("no authorization", claim(line(code="72148")), RECEIVED, {}, "CO-197", ()),
    ("unknown number", claim(line(code="72148"), authorization="AU78"), RECEIVED, {}, "CO-197", ("N54",)),
    (
        "number for other days",
        claim(line(code="72148", service_from=date(2025, 12, 31), service_to=date(2025, 12, 31)), authorization="AU77"),
        RECEIVED,
        {},
        "CO-197",
        ("N54",),
    ),
    ("necessity", claim(line(code="82306")), RECEIVED, {}, "CO-50", ()),
    ("necessity at Medicare", claim(line(code="82306")), RECEIVED, {"kind": "medicare"}, "CO-50", ("N115",)),
    ("visit without 25", claim(line(), line(2, code="20610")), RECEIVED, {}, "CO-97", ("M15",)),
    (
        "never paid beside",
        claim(line(code="36415"), line(2, code="82306", diagnoses=("E559",))),
        RECEIVED,
        {},
        "CO-97",
        ("N19",),
    ),
    ("pair without 59", claim(line(code="11056"), line(2, code="20610")), RECEIVED, {}, "CO-236", ()),
    ("unspecific", claim(line(diagnoses=("M25569", "I10"))), RECEIVED, {}, "CO-16", ("M76",)),
    ("not covered", claim(line(code="99499")), RECEIVED, {"kind": "medicare"}, "CO-96", ("N130",)),
]


@pytest.mark.parametrize(("one", "memory", "plan", "code", "remarks"), [each[1:] for each in DENIALS])
def test_denied_for_the_reason_the_line_has(
    one: Claim, memory: Memory, plan: dict[str, object], code: str, remarks: tuple[str, ...]
) -> None:
    first = decided(one, memory, **plan).lines[0]

    assert first.denied
    group, reason = code.split("-")
    assert first.adjustments == (Adjustment(group, reason, first.charge),)
    assert (first.remarks, first.paid, first.allowed) == (remarks, Decimal(0), Decimal(0))


PAYABLE = [
    claim(line(), line(2, code="20610", service_from=date(2026, 1, 4), service_to=date(2026, 1, 4))),
    claim(line(modifiers=("25",)), line(2, code="20610")),
    claim(line(code="11056", modifiers=("XS",)), line(2, code="20610")),
    claim(line(code="72148"), authorization="AU77"),
    claim(line(code="72148", authorization="AU77")),
    claim(line(code="82306", diagnoses=("I10", "M810"))),
    claim(line(diagnoses=("I10", "M25569"))),
    claim(line(), line(2, modifiers=("76",))),
]


@pytest.mark.parametrize("one", PAYABLE)
def test_not_denied_without_a_reason(one: Claim) -> None:
    assert [each.denied for each in decided(one).lines] == [False] * len(one.lines)


def test_filing_limit_includes_its_last_day() -> None:
    assert not decided(claim(), replace(RECEIVED, received_on=date(2026, 7, 4))).denied


def test_same_service_twice_on_one_claim_is_paid_once() -> None:
    decision = decided(claim(line(), line(2)))
    assert [each.denied for each in decision.lines] == [False, True]
    assert cas(decision, 1) == ["CO-18 150.00"]
    assert decision.status == "1"


def test_claim_is_denied_when_every_line_is() -> None:
    decision = decided(claim(line(code="72148"), line(2, code="82306")))
    assert (decision.status, decision.paid, decision.patient) == ("4", Decimal(0), Decimal(0))


def test_line_waived_by_appeal_is_paid_though_the_reason_stands() -> None:
    one = claim(line(code="72148", charge="300.00"), line(2, code="82306"))
    decision = decided(one, replace(RECEIVED, waived=frozenset({1})))
    assert cas(decision, 0) == ["CO-45 60.00", "PR-2 48.00"]
    assert decision.lines[1].denied


def test_repricing_lowers_the_allowed_amount() -> None:
    decision = decided(claim(), replace(RECEIVED, price_factor=Decimal("0.85")))
    assert cas(decision) == ["CO-45 71.46", "PR-3 30.00"]


money = st.decimals("0.01", "5000", places=2)


@settings(max_examples=150, deadline=None)
@given(
    charges=st.lists(money, min_size=1, max_size=6),
    codes=st.lists(st.sampled_from(["99213", "20610", "82306", "72148", "99499"]), min_size=6, max_size=6),
    prior=st.decimals("0", "300", places=2),
    deductible=st.decimals("0", "900", places=2),
    rate=st.sampled_from(["0", "0.10", "0.20", "0.333"]),
    units=st.sampled_from(["1", "2", "0.5", "3.25"]),
    kind=st.sampled_from(["commercial", "medicare", "medicaid"]),
)
def test_every_decision_balances_and_nothing_is_negative(
    charges: list[Decimal],
    codes: list[str],
    prior: Decimal,
    deductible: Decimal,
    rate: str,
    units: str,
    kind: str,
) -> None:
    lines = tuple(
        line(number, code=codes[number - 1], charge=str(charge), units=Decimal(units))
        for number, charge in enumerate(charges, start=1)
    )
    one = claim(*lines, prior_paid=prior, payer_order="S" if prior else "P")
    decision = decided(
        one,
        deductible=str(deductible),
        coinsurance=rate,
        kind=kind,
        sequestration="0.02" if kind == "medicare" else "0",
    )
    for each in decision.lines:
        assert each.charge - sum(adjustment.amount for adjustment in each.adjustments) == each.paid
        assert each.paid >= 0
        assert all(adjustment.amount > 0 for adjustment in each.adjustments)
    assert sum(decision.deductible.values()) <= deductible

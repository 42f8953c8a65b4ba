"""Matching and the facts around it, without a database."""

from datetime import date

import pytest

from payments.domain.expected import expected_payment, post_by
from payments.domain.match import (
    Candidates,
    OurClaim,
    OurLine,
    SentClaim,
    SentLine,
    claim_named,
    match_claim,
    match_lines,
)
from payments.domain.rows import remit_fields
from tests.payments.builders import D, a_remit

DAY = date(2026, 4, 27)


def ours(pk: int, number: str, **fields: object) -> OurClaim:
    values: dict[str, object] = {
        "member_id": "HMX1",
        "last_name": "Okafor",
        "service_date": DAY,
        "charge": D("168"),
        "payer_id": 1,
    } | fields
    return OurClaim(id=pk, number=number, **values)  # type: ignore[arg-type]  # overrides by name


def sent(number: str, **fields: object) -> SentClaim:
    values: dict[str, object] = {
        "member_id": "HMX1",
        "last_name": "OKAFOR",
        "service_date": DAY,
        "charge": D("168"),
        "payer_id": 1,
    } | fields
    return SentClaim(number=number, **values)  # type: ignore[arg-type]  # overrides by name


def line(number: int, code: str, charge: str = "168", **fields: object) -> OurLine:
    return OurLine(id=number * 10, number=number, code=code, service_date=DAY, charge=D(charge), **fields)  # type: ignore[arg-type]  # overrides by name


def test_the_payers_number_counts_for_its_own_claims_only() -> None:
    found = ours(1, "26-1", payer_control_number="P1", payer_id=2)
    candidates = Candidates(by_control={"P1": [found]})
    assert match_claim(sent("LOST", control_number="P1"), candidates).claim is None
    assert match_claim(sent("LOST", control_number="P1", payer_id=2), candidates).claim is found


def test_one_agreement_is_no_suggestion() -> None:
    stranger = ours(1, "26-900000", last_name="Cho", member_id="X", charge=D("10"))
    assert match_claim(sent("ZZ"), Candidates(lookalikes=[stranger])).suggestion is None


def test_a_number_that_starts_like_ours_breaks_a_tie() -> None:
    near, far = ours(1, "26-119030"), ours(2, "26-500000")
    found = match_claim(sent("26-11903"), Candidates(lookalikes=[far, near]))
    assert found.suggestion is near


@pytest.mark.parametrize(
    ("reference", "named"),
    [
        ("26-104417", 1),
        ("2630914402", 1),
        ("OVP 2630914402 26-104417", 1),
        ("26-104417A", 1),
        ("26-1044171", None),
        ("126-104417", None),
        ("RA2630914402X", 1),
        ("26-999999", None),
        ("", None),
    ],
)
def test_a_provider_adjustment_finds_the_claim_in_its_reference(reference: str, named: int | None) -> None:
    claims = [ours(1, "26-104417", payer_control_number="2630914402"), ours(2, "26-104418")]
    found = claim_named(reference, claims, payer_id=1)
    assert (found.id if found else None) == named


def test_a_number_that_two_claims_share_names_neither() -> None:
    claims = [ours(1, "26-1", payer_control_number="P12345"), ours(2, "26-2", payer_control_number="P12345")]
    assert claim_named("P12345", claims) is None


def test_a_split_line_comes_back_twice_and_others_pair_off() -> None:
    found = match_lines(
        [
            SentLine(control="1", code="97140", charge=D("100")),
            SentLine(control="1", code="97140", charge=D("68")),
            SentLine(code="20610", charge=D("168"), modifiers=("RT",)),
            SentLine(code="20610", charge=D("168")),
            SentLine(code="20610", charge=D("168")),
        ],
        [line(1, "97140"), line(2, "20610"), line(3, "20610", modifiers=("RT",))],
        "26-1",
    )
    assert [each.number if each else None for each in found] == [1, 1, 3, 2, None]


def test_what_a_contract_expects() -> None:
    prices = {"99213": D("92.40"), "J3301": D("2.85")}
    lines = [line(1, "99213"), line(2, "J3301", "5.00", units=2)]
    assert expected_payment(lines, prices, patient=D("30")) == D("67.40")
    assert expected_payment([line(1, "80053")], prices, patient=D("0")) is None
    assert expected_payment([line(1, "99213")], prices, patient=D("0"), withheld=D("1.85")) == D("90.55")


def test_posting_is_due_four_business_days_after_receipt() -> None:
    assert post_by(date(2026, 5, 4)) == date(2026, 5, 8)
    assert post_by(date(2026, 5, 7)) == date(2026, 5, 13)


def test_a_debit_is_a_negative_payment_and_the_account_keeps_its_end_only() -> None:
    raw = "ST*835*0001BPR*I*10*D*ACH*CCP*01*999999992*DA*1000001*1999999999**01*999999992*DA*2004410*20260518"
    header = a_remit(paid=D("10"), credit_debit="D", raw=raw).header
    fields = remit_fields(header, received=DAY)
    assert fields["amount"] == -10
    assert fields["account_ending"] == "4410"

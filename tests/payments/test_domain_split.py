"""Adjustments sorted by what they are; every line foots."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi.adjustments import Adjustment, total
from payments.domain.classify import Nature, nature_of
from payments.domain.split import denials_in, split_claim_level, split_line
from payments.domain.words import line_words
from tests.payments.builders import D, cas

CENTS = st.integers(-500_000, 500_000).map(lambda n: Decimal(n) / 100)
ADJUSTMENTS = st.builds(
    Adjustment,
    group=st.sampled_from(["CO", "OA", "PI", "PR"]),
    reason=st.sampled_from(["1", "2", "3", "4", "16", "23", "45", "50", "66", "94", "96", "97", "241", "246", "253"]),
    amount=CENTS,
)


@pytest.mark.parametrize(
    ("code", "nature"),
    [
        ("CO-45-10", Nature.CONTRACTUAL),
        ("CO-253-1.57", Nature.CONTRACTUAL),
        ("CO-59-10", Nature.CONTRACTUAL),
        ("OA-94--3", Nature.CONTRACTUAL),
        ("OA-23-40", Nature.PRIOR_PAYER),
        ("CO-246-5", Nature.INFORMATION),
        ("PR-1-50", Nature.PATIENT),
        ("PR-2-16.49", Nature.PATIENT),
        ("PR-3-30", Nature.PATIENT),
        ("PR-66-30", Nature.PATIENT),
        ("PR-241-3", Nature.PATIENT),
        ("PR-96-100", Nature.DENIAL),
        ("PR-27-100", Nature.DENIAL),
        ("CO-97-38", Nature.DENIAL),
        ("PI-50-38", Nature.DENIAL),
        ("OA-18-38", Nature.DENIAL),
        ("CO-97-0", Nature.INFORMATION),
    ],
)
def test_what_an_adjustment_of_a_paid_line_is(code: str, nature: Nature) -> None:
    assert nature_of(cas(code)[0], line_paid=True) is nature


def test_a_refusing_code_without_dollars_is_a_denial_on_a_line_paid_zero() -> None:
    assert nature_of(cas("CO-97-0")[0], line_paid=False) is Nature.DENIAL
    assert [each.reason for each in denials_in(cas("CO-45-100", "CO-97-0"), paid=D("0"))] == ["97"]


def test_a_zero_payment_to_the_deductible_is_no_denial() -> None:
    split = split_line(charge=D("242"), paid=D("0"), adjustments=cas("CO-45-103.80", "PR-1-138.20"))
    assert (split.contractual, split.patient, split.denied) == (D("103.80"), D("138.20"), D("0"))
    assert denials_in(cas("CO-45-103.80", "PR-1-138.20"), paid=D("0")) == []


def test_sequestration_comes_off_what_was_allowed() -> None:
    split = split_line(charge=D("168"), paid=D("78.40"), adjustments=cas("CO-45-68", "PR-2-20", "CO-253-1.60"))
    assert split.allowed == D("100.00")
    assert split.contractual == D("69.60")


def test_a_negative_contractual_amount_of_a_reversal_keeps_its_sign() -> None:
    split = split_line(charge=D("-168"), paid=D("-62.40"), adjustments=cas("CO-45--75.60", "PR-3--30"))
    assert (split.contractual, split.patient, split.paid) == (D("-75.60"), D("-30"), D("-62.40"))
    assert split.other == 0


def test_what_a_prior_payer_decided_is_neither_written_off_nor_denied() -> None:
    split = split_line(charge=D("100"), paid=D("15"), adjustments=cas("OA-23-80", "CO-45-5"))
    assert split.other == D("80")


@given(charge=CENTS, adjustments=st.lists(ADJUSTMENTS, max_size=6))
def test_every_line_that_balances_foots(charge: Decimal, adjustments: list[Adjustment]) -> None:
    paid = charge - total(adjustments)
    split = split_line(charge=charge, paid=paid, adjustments=adjustments)
    unposted = (Nature.PRIOR_PAYER, Nature.INFORMATION)
    prior = total(a for a in adjustments if nature_of(a, line_paid=paid != 0) in unposted)
    assert split.other == prior
    assert split.charge == split.contractual + split.denied + split.patient + split.paid + split.other


@given(charge=CENTS, adjustments=st.lists(ADJUSTMENTS, max_size=6))
def test_a_mirrored_line_splits_into_the_mirror(charge: Decimal, adjustments: list[Adjustment]) -> None:
    paid = charge - total(adjustments)
    mirrored = [Adjustment(group=a.group, reason=a.reason, amount=-a.amount) for a in adjustments]
    there = split_line(charge=charge, paid=paid, adjustments=adjustments)
    back = split_line(charge=-charge, paid=-paid, adjustments=mirrored)
    assert back == -there


def test_claim_level_money_is_what_the_lines_do_not_tell() -> None:
    line = split_line(charge=D("100"), paid=D("80"), adjustments=cas("CO-45-20"))
    beyond = split_claim_level(charge=D("100"), paid=D("60"), adjustments=cas("PR-1-20"), lines=[line])
    assert (beyond.paid, beyond.patient, beyond.charge) == (D("-20"), D("20"), D("0"))


@pytest.mark.parametrize(
    ("charge", "paid", "adjusted", "words"),
    [
        ("168", "65.97", ["CO-45-85.54", "PR-2-16.49"], "20 % coinsurance"),
        ("168", "62.40", ["CO-45-75.60", "PR-3-30"], "$30.00 copay"),
        ("242", "0", ["CO-45-103.80", "PR-1-138.20"], "Deductible"),
        ("34", "16.10", ["CO-45-17.90"], "Paid in full"),
        ("242", "0", ["CO-4-242"], "Denied: modifier missing (CO-4)"),
        ("100", "40", ["PR-1-50", "PR-2-10"], "Deductible $50.00, 20 % coinsurance"),
        ("100", "15", ["OA-23-80", "CO-45-5"], "$80.00 decided by the payer before"),
        ("-34", "-16.10", ["CO-45--17.90"], "Taken back"),
    ],
)
def test_a_line_in_plain_words(charge: str, paid: str, adjusted: list[str], words: str) -> None:
    adjustments = cas(*adjusted)
    split = split_line(charge=D(charge), paid=D(paid), adjustments=adjustments)
    assert line_words(split, adjustments) == words

"""Code lists: coverage of what the domain names, fallbacks, NPI."""

import pytest

from edi.codes import carc, claim_status, group, place_of_service, plb, rarc
from edi.npi import check_digit, is_npi

NAMED = (
    "1 2 3 4 5 6 7 8 9 10 11 15 16 18 22 23 24 26 27 29 31 32 33 35 45 49 50 51 55 56 58 59 66 94 96 97 107 109 "
    "119 125 138 146 149 150 151 152 163 164 167 170 171 172 177 181 182 183 184 185 197 198 199 200 204 208 "
    "226 227 231 234 236 241 243 251 252 253 256 272 273 284 296 B7 B15 B20"
)


def test_every_reason_that_the_domain_names_has_words() -> None:
    assert [each for each in NAMED.split() if each not in carc.WORDS] == []


def test_the_lists_are_as_long_as_promised() -> None:
    assert len(carc.WORDS) >= 120
    assert len(rarc.WORDS) >= 80
    assert len(claim_status.STATUSES) >= 60
    assert {"A0", "A8", "D0", "E0", "E4", "F0", "F4", "P0", "P5", "R0", "R17"} <= set(claim_status.CATEGORIES)
    assert {"WO", "FB", "CS", "72", "L6", "IR", "J1", "AP", "B2", "E3", "LE", "PI"} <= set(plb.WORDS)
    assert set(group.WORDS) == {"CO", "CR", "OA", "PI", "PR"}
    assert "00" not in place_of_service.WORDS


@pytest.mark.parametrize("module", [carc, rarc, group, place_of_service, plb])
def test_known_and_unknown_codes_read_as_words(module: object) -> None:
    says, words = module.says, module.WORDS  # type: ignore[attr-defined]  # each code module has both
    for code, text in words.items():
        assert says(code) == text
        assert text[0].isupper() or text[0].isdigit()
        assert not text.endswith(".")
        assert len(text) < 80
    assert says("QQ9").endswith("QQ9")


def test_category_and_status_read_together() -> None:
    assert claim_status.says("F1", "65") == "Finalized with a payment: Paid"
    assert claim_status.says("ZZ", "999999") == "Status category ZZ: Status 999999"
    assert claim_status.says("P1") == "Pending, being worked on"


@pytest.mark.parametrize("good", ["1234567893", "1730458811", "2000000002"])
def test_right_npi(good: str) -> None:
    assert is_npi(good)
    assert check_digit(good[:9]) == good[9]


@pytest.mark.parametrize("digit", "012456789")
def test_every_wrong_check_digit_is_found(digit: str) -> None:
    assert not is_npi("123456789" + digit)


@pytest.mark.parametrize("bad", ["", "123456789", "12345678933", "3234567893", "123456789x", "１２３４５６７８９３"])
def test_what_is_no_npi_at_all(bad: str) -> None:
    assert not is_npi(bad)

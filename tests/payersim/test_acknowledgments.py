"""277CA: which claims the payer takes, and the status codes of those it does not."""

import pytest

from tests.payersim.samples import Bill, Service, Town, file_837, pyx12_faults, some


def verdicts(answer: bytes) -> dict[str, list[str]]:
    """Claim number → STC01 composites of its claim level."""
    found: dict[str, list[str]] = {}
    number = ""
    for one in (each for each in some(answer) if each[0] in ("TRN", "STC", "HL")):
        if one[0] == "HL":
            number = ""
        elif one[0] == "TRN" and one[1] == "2":
            number = one[2]
        elif one[0] == "STC" and number:
            found.setdefault(number, []).append(one[1])
    return found


def test_accepted_claim_gets_its_control_number_after_the_payers_hours(town: Town) -> None:
    town.send(Bill())
    assert town.fresh("277ca") == []
    town.tick(hours=6)

    (answer,) = town.fresh("277ca")
    assert verdicts(answer) == {"B0001": ["A1:19:PR"], "26-000001": ["A2:20:PR"]}
    assert [each[1] for each in some(answer, "REF")] == ["1K"]
    assert some(answer, "STC")[-1] == ["STC", "A2:20:PR", "20260106", "WQ", "150"]
    assert [(each[1], each[3]) for each in some(answer, "HL")] == [("1", "20"), ("2", "21"), ("3", "19"), ("4", "PT")]


REJECTED = [
    (Bill(payer_id="XX999"), ["A3:116"]),
    (Bill(member="M1010"), ["A7:164:IL"]),
    (Bill(member="M9999", last_name="NOBODY"), ["A3:33"]),
    (Bill(last_name="OKAFORD"), ["A7:125:IL"]),
    (Bill(birth="19700310"), ["A7:158:IL"]),
    (Bill(first_name="ADAM", birth="19700310"), ["A7:125:IL", "A7:158:IL"]),
    (Bill(charge="151"), ["A8:178"]),
    (Bill(services=[Service(day="20260107")]), ["A7:187"]),
    (Bill(frequency="7"), ["A6:464"]),
    (Bill(frequency="7", original="9999999999"), ["A7:464"]),
    (Bill(frequency="8", original="9999999999"), ["A7:464"]),
    (Bill(frequency="6"), ["A7:535"]),
]


@pytest.mark.parametrize(("bill", "expected"), REJECTED)
def test_rejected_with_the_codes_of_what_is_wrong(town: Town, bill: Bill, expected: list[str]) -> None:
    town.send(bill)
    town.tick(hours=6)

    (answer,) = town.fresh("277ca")
    assert verdicts(answer)["26-000001"] == expected
    assert some(answer, "REF") == []
    assert {each[3] for each in some(answer, "STC")[2:]} == {"U"}
    town.run(20)
    assert town.fresh("835") == []


@pytest.mark.parametrize(("npi", "expected"), [("1730458812", "A7:562:85"), ("1234567893", "A3:26:85")])
def test_billing_provider_must_be_known_by_a_valid_npi(town: Town, npi: str, expected: str) -> None:
    town.leave(file_837(Bill(), npi=npi))
    town.tick()
    town.tick(hours=6)

    (answer,) = town.fresh("277ca")
    assert verdicts(answer)["26-000001"] == [expected]


def test_unknown_payer_is_answered_by_the_clearinghouse_within_the_hour(town: Town) -> None:
    town.send(Bill(payer_id="XX999"), Bill("26-000002"))
    town.tick(hours=1)

    (answer,) = town.fresh("277ca")
    assert some(answer, "NM1", "AY") == [
        ["NM1", "AY", "2", "Clear Harbor Exchange", "", "", "", "", "46", "CLEARHARBOR"]
    ]
    assert list(verdicts(answer)) == ["B0001", "26-000001"]


def test_totals_tell_accepted_from_rejected(town: Town) -> None:
    town.send(Bill("26-1"), Bill("26-2", birth="19700310"), Bill("26-3", services=[Service(charge="20.50")]))
    town.tick(hours=6)

    (answer,) = town.fresh("277ca")
    assert pyx12_faults(answer) == ""
    assert some(answer, "QTY")[:2] == [["QTY", "90", "2"], ["QTY", "AA", "1"]]
    assert some(answer, "AMT")[:2] == [["AMT", "YU", "170.5"], ["AMT", "YY", "150"]]


def test_same_claim_again_is_rejected_while_it_waits_and_after_it_was_decided(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    town.send(Bill())
    town.tick(hours=6)
    town.run(12)
    town.send(Bill())
    town.tick(hours=6)

    first, second, third = town.fresh("277ca")
    assert [verdicts(each)["26-000001"] for each in (first, second, third)] == [["A2:20:PR"], ["A3:78"], ["A3:54"]]
    assert len(town.fresh("835")) == 1


def test_claim_that_was_rejected_may_come_again(town: Town) -> None:
    town.send(Bill(birth="19700310"))
    town.tick(hours=6)
    town.send(Bill())
    town.tick(hours=6)

    assert [verdicts(each)["26-000001"] for each in town.fresh("277ca")] == [["A7:158:IL"], ["A2:20:PR"]]

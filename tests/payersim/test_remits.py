"""835s: valid, balanced in all three ways, and right when a payer changes its mind or is told to misbehave."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from payersim.answers.remit_835 import PaidClaim, Remittance, Unbalanced, check_balance
from payersim.claims import Adjustment, Decision, LineDecision
from payersim.plans import network_of
from tests.payersim.samples import Bill, Paid, Remit, Service, Town, network, pyx12_faults, read_835, some
from tests.payersim.test_adjudicate import claim

KNEE = [Service(modifiers="25"), Service("20610", "100")]
MRI = [Service("72148", "300")]


def remits(town: Town, *, days: int = 12) -> list[Remit]:
    """The 835s of the next days, each proven valid and balanced."""
    town.run(days)
    found = town.fresh("835")
    for each in found:
        assert pyx12_faults(each) == ""
        assert read_835(each).balances
    return [read_835(each) for each in found]


def paid_once(town: Town, *bills: Bill) -> Paid:
    """Send claims, and return the first one as the next 835 decides it."""
    town.send(*bills)
    (remit,) = remits(town)
    return remit.claims[0]


def test_decided_claim_is_paid_with_everything_that_was_sent_echoed(town: Town) -> None:
    town.send(Bill(services=KNEE), Bill("26-000002", services=MRI))
    town.run(9)
    (content,) = town.fresh("835")

    assert pyx12_faults(content) == ""
    remit = read_835(content)
    assert remit.balances
    assert remit.amount == Decimal("62.40") + Decimal("48.92")
    assert [each.status for each in remit.claims] == ["1", "4"]
    first, second = remit.claims
    assert [each.control for each in first.lines] == ["26-000001L1", "26-000001L2"]
    assert second.denials == [("CO", "197", [])]
    assert some(content, "BPR")[0][16] == "20260115"
    assert some(content, "REF", "2U") == [["REF", "2U", "HM001"]]
    assert some(content, "DTM", "050")[0][2] == "20260106"


def test_remarks_and_medicare_moa(found_town: Callable[..., Town]) -> None:
    town = found_town(network(kind="medicare", copay="0"))
    town.send(Bill(services=[Service("82306", "60")]), Bill("26-000002", diagnoses=("M25569",)))
    town.run(12)
    (content,) = town.fresh("835")

    assert pyx12_faults(content) == ""
    assert [each[2] for each in some(content, "LQ")] == ["N115", "M76"]
    assert [each[3] for each in some(content, "MOA")] == ["MA01", "MA130"]
    assert some(content, "CLP")[0][6] == "MB"
    assert some(content, "BPR")[0][1:5] == ["H", "0", "C", "NON"]


def test_pay_weekday_gathers_decisions_into_one_835(found_town: Callable[..., Town]) -> None:
    town = found_town(network(pay_weekday=2, decision_days=[3, 9]))
    town.send(*(Bill(f"26-{n}", services=[Service(modifiers="76")]) for n in range(5)))
    town.run(14)

    days = [some(each, "BPR")[0][16] for each in town.fresh("835")]
    assert {date.fromisoformat(each).isoweekday() for each in days} == {2}
    assert len(days) == len(set(days)) <= 2


def test_second_claim_for_the_same_service_is_a_duplicate(town: Town) -> None:
    town.send(Bill("26-1"))
    town.tick(days=1)
    town.send(Bill("26-2"))
    first, second = remits(town)

    assert (first.claims[0].paid, second.claims[0].denials) == (Decimal("62.40"), [("CO", "18", [])])


def test_late_claim_is_denied(found_town: Callable[..., Town]) -> None:
    town = found_town(network(filing_days=30))
    one = paid_once(town, Bill(services=[Service(day="20251201")]))
    assert one.denials == [("CO", "29", [])]


def test_replacement_of_an_undecided_claim_takes_its_place_silently(town: Town) -> None:
    town.send(Bill(services=MRI))
    town.tick(hours=6)
    (answer,) = town.fresh("277ca")
    original = some(answer, "REF", "1K")[0][2]
    town.send(Bill(services=MRI, frequency="7", original=original, authorization="AU77"))

    (remit,) = remits(town)
    assert [(each.status, each.paid) for each in remit.claims] == [("1", Decimal("192.00"))]


def test_replacement_of_a_decided_claim_reverses_it_and_pays_the_new_one(town: Town) -> None:
    first = paid_once(town, Bill(services=KNEE))
    town.send(
        Bill(
            services=[Service(modifiers="25"), Service("20610", "120", units="2")],
            frequency="7",
            original=first.control,
        )
    )
    (remit,) = remits(town)

    reversal, new = remit.claims
    assert (reversal.status, reversal.control, reversal.paid) == ("22", first.control, -first.paid)
    assert [(one.charge, one.paid, one.cas) for one in reversal.lines] == [
        (-one.charge, -one.paid, [(group, reason, -amount) for group, reason, amount in one.cas]) for one in first.lines
    ]
    assert (new.status, new.original) == ("1", first.control)
    assert remit.amount == new.paid - first.paid


def test_replacement_frees_the_deductible_of_what_it_replaces(found_town: Callable[..., Town]) -> None:
    town = found_town(network(deductible="50.00"))
    first = paid_once(town, Bill(services=[Service("20610", "100")]))
    town.send(Bill(services=[Service("20610", "90")], frequency="7", original=first.control))
    (remit,) = remits(town)

    assert remit.claims[1].lines[0].cas == [
        ("CO", "45", Decimal("28.85")),
        ("PR", "1", Decimal(50)),
        ("PR", "2", Decimal("2.23")),
    ]


def test_chain_of_replacements_reverses_only_the_last(town: Town) -> None:
    first = paid_once(town, Bill(services=MRI))
    town.send(Bill(services=MRI, frequency="7", original=first.control))
    (second,) = remits(town)
    town.send(Bill(services=MRI, frequency="7", original=first.control, authorization="AU77"))
    (third,) = remits(town)

    assert [each.status for each in second.claims] == ["22", "4"]
    assert third.claims[0].control == second.claims[1].control
    assert third.claims[1].paid == Decimal("192.00")


def test_void_reverses_a_decided_claim_and_carries_the_balance_forward(town: Town) -> None:
    first = paid_once(town, Bill())
    town.send(Bill(frequency="8", original=first.control))
    (void,) = remits(town)

    assert [each.status for each in void.claims] == ["22"]
    assert (void.amount, void.plb) == (Decimal(0), [("FB", void.trace, -first.paid)])

    town.send(Bill("26-000002", services=[Service("20610", "100")]))
    (after,) = remits(town)
    assert after.plb[0] == ("FB", void.trace, first.paid)
    assert after.amount == max(Decimal(0), Decimal("48.92") - first.paid)
    assert after.plb[1:] == [("FB", after.trace, Decimal("48.92") - first.paid)]


def test_void_withdraws_an_undecided_claim_without_an_835(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    (answer,) = town.fresh("277ca")
    town.send(Bill(frequency="8", original=some(answer, "REF", "1K")[0][2]))

    assert remits(town) == []


def test_voided_claim_can_neither_be_replaced_nor_voided_again(town: Town) -> None:
    first = paid_once(town, Bill())
    town.send(Bill(frequency="8", original=first.control))
    town.run(12)
    town.fresh("277ca")
    town.send(Bill(frequency="7", original=first.control))
    town.tick(hours=6)

    (answer,) = town.fresh("277ca")
    assert some(answer, "STC")[-1][1] == "A7:464"


def test_high_charge_is_asked_about_once_and_decided_a_week_later(town: Town) -> None:
    town.send(Bill(services=[Service(charge="1600")]))
    town.run(10)
    assert town.fresh("835") == []
    assert [each[1] for each in town.ask("26-000001") if each[0] == "STC"] == ["R4:297"]

    (remit,) = remits(town, days=8)
    assert remit.claims[0].paid == Decimal("62.40")


# Orders and events


def test_order_reverse_corrects_to_a_lower_payment(town: Town) -> None:
    first = paid_once(town, Bill())
    assert town.order("reverse", "26-000001") == "done"
    found = [one for remit in remits(town, days=20) for one in remit.claims]

    assert [each.status for each in found] == ["22", "1"]
    assert found[0].paid == -first.paid
    assert (found[1].paid, found[1].original) == (Decimal("48.54"), first.control)


def test_order_takeback_names_the_earlier_claim(town: Town) -> None:
    first = paid_once(town, Bill(), Bill("26-000002", services=[Service("20610", "100")]))
    town.order("takeback", "26-000001")
    town.send(Bill("26-000003", services=[Service("20610", "90", modifiers="76")]))
    before, after = remits(town)

    assert before.plb == [("WO", first.control, first.paid), ("FB", before.trace, -first.paid)]
    assert after.plb[0] == ("FB", before.trace, first.paid)


def test_takeback_is_given_again_when_the_claim_is_replaced(town: Town) -> None:
    first = paid_once(town, Bill())
    town.order("takeback", "26-000001")
    town.run(2)
    town.fresh("835")
    town.send(Bill(frequency="7", original=first.control))
    (remit,) = remits(town)

    assert remit.plb[0] == ("WO", first.control, -first.paid)


def test_order_repeat_delivers_the_same_bytes_under_another_name(town: Town) -> None:
    town.send(Bill())
    town.run(12)
    (content,) = town.fresh("835")
    town.order("repeat", "26-000001")

    assert town.fresh("835") == [content]


def test_order_unbalance_is_the_only_way_to_an_unbalanced_835(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    assert town.order("unbalance", "26-000001") == "done"
    town.run(12)

    (content,) = town.fresh("835")
    assert not read_835(content).balances
    assert read_835(content).claims[0].paid == Decimal("62.41")


def test_order_unknown_drops_the_last_digit(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    town.order("unknown", "26-000001")
    assert remits(town)[0].claims[0].number == "26-00000"


def test_order_stranger_names_a_claim_that_nobody_knows(town: Town) -> None:
    town.send(Bill(), Bill("26-000002", services=[Service("20610", "100")]))
    town.tick(hours=6)
    town.order("stranger", "26-000001")
    (remit,) = remits(town)

    assert [each.number for each in remit.claims] == ["26-00000", "26-000002"]
    assert remit.claims[0].control.startswith("9")
    assert remit.claims[1].control.startswith("26")
    assert remit.balances


def test_order_recoup_takes_back_for_no_claim_that_is_named(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    town.order("recoup", "26-000001")
    (remit,) = remits(town)

    assert [(code, amount) for code, _, amount in remit.plb] == [("WO", Decimal("31.20"))]
    assert remit.plb[0][1].startswith("RECOUP")
    assert remit.balances
    assert remit.amount == Decimal("31.20")


def test_an_unbalanced_file_that_is_asked_for_again_comes_balanced(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    town.order("unbalance", "26-000001")
    town.run(12)
    (broken,) = (read_835(each) for each in town.fresh("835"))
    town.order("repeat", "26-000001")
    (whole,) = (read_835(each) for each in town.fresh("835"))

    assert not broken.balances
    assert whole.balances
    assert (whole.trace, whole.amount) == (broken.trace, broken.amount)


def test_order_lose_means_no_835_and_pay_finds_it_again(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    town.order("lose", "26-000001")
    assert remits(town, days=40) == []
    assert [each[1] for each in town.ask("26-000001") if each[0] == "STC"] == ["P1:20"]

    town.order("pay", "26-000001")
    (content,) = town.fresh("835")
    assert read_835(content).claims[0].paid == Decimal("62.40")


def test_order_delay_moves_the_decision(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    town.order("delay", "26-000001", days=10)
    assert remits(town, days=15) == []
    assert len(remits(town, days=10)) == 1


def test_order_refuses_what_makes_no_sense(town: Town) -> None:
    assert town.order("reverse", "26-000009") == "refused: no such claim"
    town.send(Bill())
    town.tick(hours=6)
    assert town.order("takeback", "26-000001") == "refused: the claim is not paid"
    assert town.order("repeat", "26-000001") == "refused: no 835 holds the claim"


def test_late_decision_pays_interest_beside_the_claim(found_town: Callable[..., Town]) -> None:
    town = found_town(network(events={"interest_rate": 1}))
    town.send(Bill())
    town.run(50)
    (content,) = town.fresh("835")

    remit = read_835(content)
    (interest,) = (Decimal(each[2]) for each in some(content, "AMT", "I"))
    assert remit.balances
    assert remit.plb == [("L6", remit.claims[0].control, -interest)]
    assert remit.amount == Decimal("62.40") + interest > Decimal("62.40")


def test_events_follow_their_rates(found_town: Callable[..., Town]) -> None:
    town = found_town(network(events={"reversal_rate": 0.3, "takeback_rate": 0.3, "repeat_file_rate": 0.5}))
    town.send(*(Bill(f"26-{n:04d}", services=[Service("20610", "100", day=f"202510{n:02d}")]) for n in range(1, 29)))
    town.run(90)
    contents = town.fresh("835")

    found = [read_835(each) for each in dict.fromkeys(contents)]
    assert len(contents) > len(found)
    assert all(each.balances and each.amount >= 0 for each in found)
    reversed_count = sum(one.status == "22" for remit in found for one in remit.claims)
    taken_count = sum(code == "WO" for remit in found for code, *_ in remit.plb)
    assert 3 <= reversed_count <= 14
    assert 2 <= taken_count <= 14


def test_lost_claims_stay_undecided(found_town: Callable[..., Town]) -> None:
    town = found_town(network(events={"lost_claim_rate": 1}))
    town.send(Bill())
    assert remits(town, days=60) == []


def test_reordered_files_are_named_against_their_order(found_town: Callable[..., Town]) -> None:
    town = found_town(network(events={"reorder_rate": 1}))
    for n in range(6):
        town.send(Bill(f"26-{n}"))
    town.fresh("999")
    town.tick(hours=6)

    controls = [some(each, "ISA")[0][13] for each in town.fresh("277ca")]
    assert sorted(controls) != controls


def test_more_than_six_provider_adjustments_take_a_second_plb(town: Town) -> None:
    bills = [Bill(f"26-{n}", services=[Service("20610", "100", day=f"202512{n + 1:02d}")]) for n in range(8)]
    town.send(*bills)
    town.run(12)
    town.fresh("835")
    for each in bills:
        town.house._store.order("takeback", each.number, 0)
    town.tick()
    town.run(2)

    (content,) = town.fresh("835")
    assert len(some(content, "PLB")) == 2
    remit = read_835(content)
    assert remit.balances
    assert [code for code, *_ in remit.plb] == ["WO"] * 8 + ["FB"]


def test_unbalanced_remittance_is_never_written() -> None:
    net = network_of(network())
    one = LineDecision(1, Decimal(150), Decimal(90), Decimal(90), (Adjustment("CO", "45", Decimal(59)),))
    wrong = PaidClaim(claim(), Decision((one,), {}), "C1", date(2026, 1, 6))
    with pytest.raises(Unbalanced, match="line 1 of C1"):
        check_balance(Remittance(net.payers["HM001"], net.practices[0], date(2026, 1, 6), "T1", (wrong,), ()))

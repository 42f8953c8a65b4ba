"""Appeals: decided after 15 to 30 days, always with a letter, and paid when overturned."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from payersim.appeals import Appeal, DeniedLine, rule_on
from tests.payersim.samples import Bill, Paid, Service, Town, network, pyx12_faults, read_835

HELD = (DeniedLine(1, "197", Decimal(300)), DeniedLine(2, "29", Decimal(100)))


def appeal_about(*lines: int) -> Appeal:
    return Appeal(12, "HM001", "26-1", "", 1, tuple((each, "") for each in lines))


def test_ruling_follows_the_draw_and_the_odds_of_each_denial() -> None:
    assert rule_on(appeal_about(1, 2), HELD, 0.1).overturned == {1, 2}
    assert rule_on(appeal_about(1, 2), HELD, 0.4).overturned == {1}
    assert rule_on(appeal_about(1, 2), HELD, 0.9).overturned == frozenset()
    assert rule_on(appeal_about(2), HELD, 0.4).overturned == frozenset()


def test_a_line_that_was_never_denied_can_not_be_won() -> None:
    ruling = rule_on(appeal_about(7), HELD, 0.0)
    assert ruling.overturned == frozenset()
    assert ruling.reason == "The claim has no denial that this appeal names."


def denied(town: Town) -> Paid:
    town.send(Bill(services=[Service("72148", "300")]))
    town.run(12)
    (content,) = town.fresh("835")
    return read_835(content).claims[0]


def appeal(town: Town, control: str, **changes: object) -> dict[str, Any]:
    """Send an appeal and return the letter that answers it."""
    raw = {
        "appeal": 12,
        "payer_id": "HM001",
        "claim_number": "26-000001",
        "payer_control_number": control,
        "level": 1,
        "sent_on": "2026-01-20",
        "denied": [{"line": 1, "carc": "197", "amount": "300.00"}],
        "letter": "appeal-12.pdf",
        **changes,
    }
    town.leave("%PDF-1.4", "appeal-12.pdf")
    town.leave(json.dumps(raw), "appeal-12.json")
    assert town.tick() == (2, 0)
    town.run(14)
    assert town.fresh("letter.json") == []
    town.run(16)
    (letter,) = town.fresh("letter.json")
    found: dict[str, Any] = json.loads(letter)
    return found


def seeded(found_town: Callable[..., Town], decision: str) -> tuple[Town, Paid, dict[str, Any]]:
    """A town whose seed leads to this decision."""
    for seed in range(1, 12):
        town = found_town({**network(), "seed": seed})
        one = denied(town)
        letter = appeal(town, one.control)
        if letter["decision"] == decision:
            return town, one, letter
    raise AssertionError(f"no seed leads to {decision}")


def test_overturned_appeal_is_paid_by_reversal_and_correction(found_town: Callable[..., Town]) -> None:
    town, one, letter = seeded(found_town, "overturned")
    town.run(5)
    (content,) = town.fresh("835")

    assert pyx12_faults(content) == ""
    remit = read_835(content)
    assert remit.balances
    assert [each.status for each in remit.claims] == ["22", "1"]
    assert (remit.claims[1].paid, remit.claims[1].original) == (Decimal("192.00"), one.control)
    assert (letter["kind"], letter["appeal"], letter["claim_number"]) == ("appeal_decision", 12, "26-000001")
    assert letter["payer_control_number"] == one.control


def test_upheld_appeal_changes_nothing(found_town: Callable[..., Town]) -> None:
    town, _, letter = seeded(found_town, "upheld")
    town.run(10)

    assert town.fresh("835") == []
    assert letter["reason"] == "No authorization was requested before the service."


def test_appeal_for_a_claim_that_nobody_knows_is_upheld_with_the_reason(town: Town) -> None:
    letter = appeal(town, "", claim_number="26-999999")
    assert (letter["decision"], letter["reason"]) == ("upheld", "No claim of this number is on file.")


@pytest.mark.parametrize("text", ["{", "[]", '{"appeal": 1}', '{"appeal": 1, "denied": [{}]}'])
def test_appeal_of_the_wrong_shape_is_put_aside(town: Town, text: str) -> None:
    town.leave(text, "appeal-1.json")
    assert town.tick() == (0, 0)
    assert (town.to_payer / "unreadable" / "appeal-1.json").exists()

"""277 answers to a 276 follow the claim through its life."""

from decimal import Decimal

from x12sdk.io import X12ModelReader
from x12sdk.v5010.x12_277_005010X212.transaction_set import HealthCareClaimsStatusResponse

from tests.payersim.samples import Bill, Service, Town, read_835, some


def stc(answer: list[list[str]]) -> list[list[str]]:
    return [each[1:] for each in answer if each[0] == "STC"]


def test_answer_comes_an_hour_later_with_what_was_asked_echoed(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    answer = town.ask("26-000001")

    assert [each for each in answer if each[0] == "TRN"] == [["TRN", "2", "TRACE9"]]
    assert [each[1:3] for each in answer if each[0] == "REF"] == [["1K", "2600600001"], ["EJ", "26-000001"]]
    assert [each for each in answer if each[0] == "DTP"] == [["DTP", "472", "D8", "20260105"]]
    assert [(each[1], each[2], each[3], each[4]) for each in answer if each[0] == "HL"] == [
        ("1", "", "20", "1"),
        ("2", "1", "21", "1"),
        ("3", "2", "19", "1"),
        ("4", "3", "22", "0"),
    ]


def test_from_received_to_paid(town: Town) -> None:
    town.send(Bill())
    assert stc(town.ask("26-000001"))[0][0] == "A1:19:PR"
    town.tick(hours=6)
    assert stc(town.ask("26-000001")) == [["P1:20", "20260106", "", "150"]]
    town.run(12)
    (content,) = town.fresh("835")
    remit = read_835(content)
    assert stc(town.ask("26-000001")) == [
        ["F1:65", "20260118", "", "150", "62.4", "20260115", "", "20260115", remit.trace]
    ]


def test_decided_and_waiting_for_the_pay_day(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    town.now = town.now.replace(day=15, hour=5, minute=30)
    town.tick()
    town.house._store.db.execute("UPDATE agenda SET due_at = '2026-02-01' WHERE kind = 'pay'")
    assert stc(town.ask("26-000001"))[0][:5] == ["F0:3", "20260115", "", "150", "62.4"]


def test_denied_and_zero_paid_are_told_apart(town: Town) -> None:
    town.send(Bill(services=[Service("72148", "300")]), Bill("26-000002", services=[Service(charge="20")]))
    town.run(12)

    assert stc(town.ask("26-000001"))[0][0] == "F2:585"
    assert stc(town.ask("26-000002"))[0][:1] + stc(town.ask("26-000002"))[0][3:5] == ["F4:104", "20", "0"]


def test_rejected_claim_says_why(town: Town) -> None:
    town.send(Bill(birth="19700310"))
    town.tick(hours=6)
    assert stc(town.ask("26-000001"))[0][0] == "A7:158:IL"


def test_replaced_claim_is_answered_by_its_successor(town: Town) -> None:
    town.send(Bill())
    town.run(12)
    (content,) = town.fresh("835")
    control = read_835(content).claims[0].control
    town.send(Bill(frequency="7", original=control))
    town.run(12)

    answer = town.ask("26-000001", payer_control=control)
    assert stc(answer)[0][0] == "F1:65"
    assert Decimal(stc(answer)[0][4]) == Decimal("62.40")
    (later,) = town.fresh("835")
    assert some(later, "CLP")[1][7] == next(each[2] for each in answer if each[:2] == ["REF", "1K"])


def test_two_questions_in_one_276_share_the_levels_above_and_another_reader_agrees(town: Town) -> None:
    town.send(Bill(), Bill("26-000002", services=[Service("20610", "100")]))
    town.tick(hours=6)
    more = "HL*5*3*22*0~DMG*D8*19700309*F~NM1*IL*1*LINDQVIST*NILS****MI*M1002~TRN*1*TRACE10~REF*EJ*26-000002~"
    answer = town.ask("26-000001", more=more)

    assert [(each[1], each[2], each[3]) for each in answer if each[0] == "HL"][3:] == [
        ("4", "3", "22"),
        ("5", "3", "22"),
    ]
    assert [each[2] for each in answer if each[0] == "TRN"] == ["TRACE9", "TRACE10"]
    assert [each[0] for each in stc(answer)] == ["P1:20", "A4:35"]
    with X12ModelReader("~".join("*".join(each) for each in answer) + "~") as reader:
        (model,) = reader.models()
    assert isinstance(model, HealthCareClaimsStatusResponse)
    (provider,) = model.loop_2000a[0].loop_2000b[0].loop_2000c or []
    assert len(provider.loop_2000d or []) == 2


def test_not_found(town: Town) -> None:
    assert stc(town.ask("26-000077"))[0][0] == "A4:35"
    assert stc(town.ask("26-000077", member="M9"))[0][0] == "D0:33"

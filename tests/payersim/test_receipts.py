"""TA1 and 999: what is refused before anybody looks at a claim."""

import pytest

from tests.payersim.samples import (
    Bill,
    Service,
    Town,
    envelope,
    file_276,
    file_837,
    pyx12_faults,
    segments,
    set_837,
    some,
)


def test_accepted_file_gets_a_valid_999_and_no_ta1(town: Town) -> None:
    town.leave(file_837(Bill()))

    assert town.tick() == (1, 1)

    (receipt,) = town.fresh("999")
    assert pyx12_faults(receipt) == ""
    assert some(receipt, "AK1") == [["AK1", "HC", "1", "005010X222A1"]]
    assert some(receipt, "IK5") == [["IK5", "A"]]
    assert some(receipt, "AK9") == [["AK9", "A", "1", "1", "1"]]
    assert town.fresh("ta1") == []


def test_ta1_accepts_when_isa14_asks(town: Town) -> None:
    town.leave(file_837(Bill(), ta1="1"))
    town.tick()

    (ta1,) = town.fresh("ta1")
    assert some(ta1, "TA1") == [["TA1", "000000001", "260106", "0800", "A", "000"]]
    assert some(ta1, "IEA") == [["IEA", "0", some(ta1, "ISA")[0][13]]]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("*ZZ*LAKESHORE      *", "*ZZ*SOMEBODY       *", "006"),
        ("*ZZ*CLEARHARBOR    *", "*ZZ*NOBODY         *", "008"),
        ("IEA*1*000000001", "IEA*1*000000002", "001"),
        ("IEA*1*", "IEA*2*", "021"),
        ("IEA*1*000000001~", "", "023"),
        ("*00501*", "*00401*", "017"),
        ("*ZZ*LAKESHORE      *", "*30*LAKESHORE      *", "005"),
    ],
)
def test_envelope_fault_is_refused_by_ta1_alone(town: Town, old: str, new: str, code: str) -> None:
    town.leave(file_837(Bill()).replace(old, new))
    town.tick()

    (ta1,) = town.fresh("ta1")
    assert some(ta1, "TA1")[0][4:] == ["R", code]
    assert town.fresh("999") == []
    town.run(20)
    assert town.fresh("277ca") == []


def test_same_control_number_twice_is_a_duplicate_and_decided_once(town: Town) -> None:
    town.leave(file_837(Bill()), "000000001.837")
    town.tick()
    town.leave(file_837(Bill()), "000000001.837")
    town.tick(hours=1)

    (ta1,) = town.fresh("ta1")
    assert some(ta1, "TA1")[0][4:] == ["R", "025"]
    town.run(20)
    assert len(town.fresh("277ca")) == 1
    assert len(town.fresh("835")) == 1
    assert sorted(path.name for path in (town.to_payer / "taken").iterdir()) == ["000000001.837", "000000001.837.2"]


def test_999_says_where_the_faults_are_and_the_set_is_not_adjudicated(town: Town) -> None:
    text = file_837(Bill()).replace("DMG*D8*19700309*F", "DMG*D8*19701309*Q").replace("NM1*82*1", "NM1*82*9")
    town.leave(text.replace("*UN*1*", "*XX*1*"))
    town.tick()

    (receipt,) = town.fresh("999")
    assert pyx12_faults(receipt) == ""
    assert some(receipt, "IK3") == [
        ["IK3", "DMG", "16", "", "8"],
        ["IK3", "NM1", "20", "", "8"],
        ["IK3", "SV1", "22", "2400", "8"],
    ]
    assert some(receipt, "IK4") == [
        ["IK4", "2", "1251", "8", "19701309"],
        ["IK4", "3", "1068", "7", "Q"],
        ["IK4", "2", "1065", "7", "9"],
        ["IK4", "3", "355", "7", "XX"],
    ]
    assert some(receipt, "IK5") == [["IK5", "R", "5"]]
    assert some(receipt, "AK9") == [["AK9", "R", "1", "1", "0"]]
    town.run(20)
    assert town.fresh("277ca") == []


def test_partial_acceptance_takes_the_good_set(town: Town) -> None:
    good, bad = set_837([Bill()]), set_837([Bill("26-000002")], number="0002").replace("DMG*D8*19700309*F~", "DMG*X~")
    town.leave(envelope(good + bad, control=1, kind="HC", version="005010X222A1"))
    town.tick()

    (receipt,) = town.fresh("999")
    assert pyx12_faults(receipt) == ""
    assert [each[1] for each in some(receipt, "IK5")] == ["A", "R"]
    assert some(receipt, "AK9") == [["AK9", "P", "2", "2", "1"]]
    town.tick(hours=6)
    (answer,) = town.fresh("277ca")
    assert [each[2] for each in some(answer, "TRN", "2")] == ["B0001", "26-000001"]


def test_trailing_separators_are_accepted_with_errors(town: Town) -> None:
    town.leave(file_837(Bill()).replace("*UN*1***1~", "*UN*1***1*~"))
    town.tick()

    (receipt,) = town.fresh("999")
    assert pyx12_faults(receipt) == ""
    assert some(receipt, "IK5") == [["IK5", "E"]]
    assert some(receipt, "AK9") == [["AK9", "E", "1", "1", "1"]]


def test_wrong_segment_count_rejects_the_set(town: Town) -> None:
    text = file_837(Bill())
    town.leave(text.replace("~SE*", "~SE*9"))
    town.tick()

    (receipt,) = town.fresh("999")
    assert some(receipt, "IK5") == [["IK5", "R", "4"]]


@pytest.mark.parametrize(("kind", "version", "code"), [("HC", "005010X223A2", "2"), ("HB", "005010X222A1", "1")])
def test_group_that_nobody_reads_is_refused(town: Town, kind: str, version: str, code: str) -> None:
    town.leave(envelope(set_837([Bill()]), control=1, kind=kind, version=version))
    town.tick()

    (receipt,) = town.fresh("999")
    assert some(receipt, "AK9") == [["AK9", "R", "1", "1", "0", code]]


def test_other_delimiters_are_read_from_the_isa(town: Town) -> None:
    text = file_837(Bill(services=[Service(modifiers="25")]))
    town.leave(text.replace(":", ">").replace("*", "|").replace("~", "!\n"))
    town.tick()

    (receipt,) = town.fresh("999")
    assert some(receipt, "AK9") == [["AK9", "A", "1", "1", "1"]]
    town.run(10)
    (remit,) = town.fresh("835")
    assert some(remit, "SVC")[0][1] == "HC:99213:25"


def test_276_that_is_taken_gets_no_999_and_a_wrong_one_does(town: Town) -> None:
    town.leave(file_276("26-000001", control=1), "000000001.276")
    town.leave(file_276("26-000001", control=2).replace("X*005010X212", "X*005010X213"), "000000002.276")
    town.tick()

    (receipt,) = town.fresh("999")
    assert some(receipt, "AK1") == [["AK1", "HR", "2", "005010X213"]]
    assert some(receipt, "AK9")[0][1] == "R"


def test_file_without_an_isa_is_put_aside_and_the_rest_goes_on(town: Town) -> None:
    for name, text in {"a.837": "", "b.837": "HELLO", "c.837": "ISA*00*", "d.json": "{", "e.txt": "x"}.items():
        town.leave(text, name)
    (town.to_payer / "f.837").write_bytes(b"\xff\xfe\x00" * 80)
    (town.to_payer / ".g.837").write_text("half written")
    town.leave(file_837(Bill()), "h.837")

    assert town.tick() == (1, 1)

    aside = sorted(path.name for path in (town.to_payer / "unreadable").iterdir())
    assert aside == ["a.837", "b.837", "c.837", "d.json", "e.txt", "f.837"]
    assert sorted(path.name for path in town.to_payer.iterdir()) == [".g.837", "taken", "unreadable"]


@pytest.mark.parametrize("cut", range(110, 803, 53))
def test_a_file_cut_anywhere_is_answered_and_never_decided(town: Town, cut: int) -> None:
    town.leave(file_837(Bill())[:cut])

    assert town.tick() == (1, 1)

    answers = town.fresh("ta1") + town.fresh("999")
    assert [each[0] for each in segments(answers[0])][-1] == "IEA"
    town.run(12)
    assert town.fresh("277ca") == []

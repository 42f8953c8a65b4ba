"""How rules are handed facts, and findings their place."""

from collections.abc import Iterator

from edi.envelope import Kind
from edi.validate import Finding
from edi.validate.rules import Place, RulesOfSet, rule, set_rule

RAW = "CLM*26-1*150~HI*ABK:J029~LX*1~SV1*HC:99213*100~DTP*472*D8*20260220~LX*2~SV1*HC:87070*50~"
PLACE = Place(raw=RAW, number=21, loop="2300", offset_of=lambda number: number * 10)


class Fact:
    """Something a reader would make."""


def test_a_finding_stands_at_the_segment_it_names() -> None:
    found = PLACE.finding("charge", "Not a charge.", level=3, segment="SV1", nth=2, element=2)
    assert (found.segment_number, found.byte_offset, found.segment, found.element) == (27, 270, "SV1", 2)
    assert (found.loop, found.level, found.severity) == ("2300", 3, "error")


def test_segments_are_found_by_id_qualifier_and_what_they_stand_behind() -> None:
    assert PLACE.find("SV1", qualifier="HC:87070") == 27
    assert PLACE.find("LX", after=23) == 26
    assert PLACE.find("REF") is None
    assert PLACE.finding("x", "Y.", level=4, segment="REF").segment_number == 21


def test_a_given_number_goes_before_a_search() -> None:
    assert PLACE.finding("x", "Y.", level=4, segment="SV1", segment_number=27).segment_number == 27


def test_rules_see_facts_of_their_class_and_kind() -> None:
    @rule(Kind.OTHER, of=Fact)
    def named(fact: Fact, place: Place) -> Iterator[Finding]:
        yield place.finding("named", "It is there.", level=4)

    @set_rule(Kind.OTHER)
    class Counted:
        def __init__(self) -> None:
            self.seen = 0

        def take(self, fact: object, place: Place) -> Iterator[Finding]:
            self.seen += 1
            yield from ()

        def end(self, place: Place) -> Iterator[Finding]:
            yield place.finding("counted", f"{self.seen} facts.", level=3)

    for _ in range(2):  # a set rule starts anew with every transaction set
        rules = RulesOfSet(Kind.OTHER)
        assert [each.code for each in rules.take(Fact(), PLACE)] == ["named"]
        assert list(rules.take("another", PLACE)) == []
        assert [each.says for each in rules.end(PLACE)] == ["2 facts."]
    assert list(RulesOfSet(Kind.ACK_TA1).take(Fact(), PLACE)) == []

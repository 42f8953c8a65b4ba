"""The tables of the implementation guides, and that the fast path never takes what the slow one refuses."""

import random
from collections.abc import Iterator

import pytest

from edi.guides import Guide, Loop, Slot, Use, control_segments, dictionary, guide_for
from edi.guides.notation import Entry, read_dictionary, read_guide
from edi.segments import DEFAULT_DELIMITERS
from edi.validate.elements import faults_of
from edi.validate.grammar import qualifiers
from edi.validate.patterns import pattern_of

VERSIONS = [
    ("837", "005010X222A1"),
    ("837", "005010X222A2"),
    ("837", "005010X223A2"),
    ("837", "005010X223A3"),
    ("837", "005010X224A2"),
    ("835", "005010X221A1"),
    ("270", "005010X279A1"),
    ("271", "005010X279"),
    ("276", "005010X212"),
    ("277", "005010X212"),
    ("277", "005010X214"),
    ("278", "005010X217"),
    ("999", "005010X231A1"),
    ("999", "005010X231"),
]


def guide(set_id: str, version: str, purpose: str = "") -> Guide:
    found = guide_for(set_id, version, purpose)
    assert found
    return found


def loops(loop: Loop) -> Iterator[Loop]:
    yield loop
    for child in loop.children:
        if isinstance(child, Loop):
            yield from loops(child)


def uses(loop: Loop) -> Iterator[Use]:
    for each in loops(loop):
        yield from (child for child in each.children if isinstance(child, Use))


@pytest.mark.parametrize(("set_id", "version"), VERSIONS)
def test_every_guide_goes_from_st_to_se_and_its_loops_begin_with_a_segment(set_id: str, version: str) -> None:
    root = guide(set_id, version).root
    assert version in guide(set_id, version).accepted
    assert [root.children[0].first.id, root.children[-1].first.id] == ["ST", "SE"]
    for loop in loops(root):
        assert isinstance(loop.children[0], Use)
        assert loop.children[0].usage == "R"


@pytest.mark.parametrize(("set_id", "version"), VERSIONS)
def test_segments_of_one_loop_can_be_told_apart(set_id: str, version: str) -> None:
    for loop in loops(guide(set_id, version).root):
        taken: set[tuple[str, str]] = set()
        for child in loop.children:
            own = {(child.first.id, code) for code in qualifiers(child.first) or ()}
            if child.first.id != "PWK":  # CT is one of many reports, and with AB … NS a certificate of its own
                assert not own & taken, (loop.id, own & taken)
            taken |= own


def test_a_version_without_tables_has_no_guide() -> None:
    assert guide_for("837", "004010X098A1") is None
    assert guide_for("834", "005010X220A1") is None


def test_shared_loops_are_the_same_in_all_claim_guides() -> None:
    found = [
        next(each for each in loops(guide("837", version).root) if each.id == "2330B")
        for version in ("005010X222A1", "005010X223A2", "005010X224A2")
    ]
    shapes = [[(each.id, each.usage, each.most, each.slots) for each in uses(loop)] for loop in found]
    assert shapes[0] == shapes[1] == shapes[2]


def test_the_same_claim_hangs_below_subscriber_and_patient() -> None:
    root = guide("837", "005010X222A1").root
    claims = [each for each in loops(root) if each.id == "2300"]
    assert [(each.usage, each.most) for each in claims] == [("S", 100), ("R", 100)]
    first, second = ([(each.id, each.slots) for each in uses(claim)] for claim in claims)
    assert first == second
    assert len(first) > 150


def test_a_response_may_hold_what_a_request_may_not() -> None:
    names = {purpose: {each.id for each in uses(guide("278", "005010X217", purpose).root)} for purpose in ("13", "11")}
    assert names["11"] - names["13"] == {"HCR", "AAA"}


def test_control_segments_have_their_fixed_lengths() -> None:
    isa = control_segments()["ISA"]
    assert [each.type.most for each in isa.slots] == [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1]


NOTATION = """
loop 1 R*
  AB R1 R=X,Y S=$l S=^ r N S(R=Q N S)x2
  use more
"""


def small() -> dict[str, Entry]:
    return read_dictionary("""
C001 ID1 AN1-3 R1-5
AB ID1 ID1 ID1 AN2-4 AN1 C001 C001 | P0203 C0405 E0607
CD N01-3^5
""")


def test_the_notation_is_read() -> None:
    root = read_guide(NOTATION, small(), {"more": "CD S5 R"}, {"l": "1,2"})
    loop = root.children[0]
    assert isinstance(loop, Loop)
    first, second = loop.children
    assert isinstance(first, Use)
    assert isinstance(second, Use)
    assert (loop.usage, loop.most, second.usage, second.most) == ("R", 0, "S", 5)
    assert second.slots[0].type.repeat == 5
    assert [each.usage for each in first.slots] == ["R", "S", "S", "R", "N", "S", "S"]
    assert first.slots[0].codes == frozenset("XY")
    assert first.slots[2].codes == first.slots[1].codes == frozenset("12")
    assert first.slots[3].soft
    assert [each.usage for each in first.slots[6].parts] == ["R", "N", "S"]
    assert first.notes == (("P", (2, 3)), ("E", (6, 7)))  # C0405 says nothing where 05 is not used


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="QQ"):
        read_dictionary("AB QQ5")


VALUES = ["", "A", "AB1", "Z9 ", "20260228", "20260230", "20240229", "20260101-20260131", "20260131-20260101"]
VALUES += ["1", "12.5", "-3", "1.23456", "D8", "RD8", "1200", "2560", "HC", "99213", "a", "é", "X" * 90, "0" * 20, "."]


def value_for(slot: Slot, chance: random.Random) -> str:
    if chance.random() < 0.1:
        return chance.choice(VALUES)
    if slot.usage == "N" or (slot.usage == "S" and chance.random() < 0.5):
        return ""
    if slot.parts:
        return ":".join(value_for(each, chance) for each in slot.parts).rstrip(":")
    if slot.codes:
        return chance.choice(sorted(slot.codes))
    kind = slot.type
    text = {"DT": "20260228", "TM": "1259", "DP": "20260228", "FQ": "D8"}.get(kind.kind, "123456789" * 10)
    return text if kind.kind in ("DT", "TM", "DP", "FQ") else text[: chance.randint(kind.least, kind.most)]


@pytest.mark.parametrize(("set_id", "version"), VERSIONS)
def test_what_the_fast_path_takes_has_no_fault(set_id: str, version: str) -> None:
    chance = random.Random(7)
    taken = 0
    for use in uses(guide(set_id, version).root):
        pattern = pattern_of(use, DEFAULT_DELIMITERS)
        for _ in range(8):
            parts = [use.id, *(value_for(each, chance) for each in use.slots)]
            if pattern.fullmatch("*".join(parts)):
                while parts[-1] == "":
                    parts.pop()
                assert list(faults_of(use, parts, DEFAULT_DELIMITERS)) == [], parts
                taken += 1
    assert taken > 20


def test_every_segment_of_every_guide_is_in_the_dictionary() -> None:
    for set_id, version in VERSIONS:
        for use in uses(guide(set_id, version).root):
            assert len(use.slots) == len(dictionary()[use.id].types)

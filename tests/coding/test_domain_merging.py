"""Two people's codes made into one: what only one changed is kept, what both changed is asked."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.domain.changes import told
from coding.domain.codes import CaseCodes, Service, from_data, to_data
from coding.domain.merging import FIRST, LINE, merge, mine_instead
from tests.coding.samples import pointed

VISIT = Service(code="99213", pointers=(1, 2))
SHOT = Service(code="20610", modifiers=("RT",), pointers=(1,))
BASE = CaseCodes(("M17.11", "I10"), (VISIT, SHOT))


def test_each_keeps_what_only_they_changed() -> None:
    theirs = BASE.with_diagnosis("E11.9").with_first(2)
    mine = CaseCodes(BASE.diagnoses, (Service(code="99213", modifiers=("25",), pointers=(1, 2)), SHOT))
    merged = merge(BASE, theirs, mine)
    assert merged.clashes == ()
    assert merged.codes.diagnoses == ("I10", "M17.11", "E11.9")
    assert merged.codes.services == (
        Service(code="99213", modifiers=("25",), pointers=(2, 1)),
        Service(code="20610", modifiers=("RT",), pointers=(2,)),
    )


def test_what_one_took_away_is_gone_and_what_one_added_is_there() -> None:
    merged = merge(BASE, BASE.without_service(2), BASE.without_diagnosis(2).with_diagnosis("J02.0"))
    assert merged.clashes == ()
    assert merged.codes == CaseCodes(("M17.11", "J02.0"), (Service(code="99213", pointers=(1,)),))


def test_a_line_that_both_changed_is_asked_and_theirs_stands_meanwhile() -> None:
    theirs = CaseCodes(BASE.diagnoses, (Service(code="99213", modifiers=("57",), pointers=(1,)), SHOT))
    mine = CaseCodes(BASE.diagnoses, (Service(code="99213", modifiers=("25",), pointers=(2,)), SHOT))
    merged = merge(BASE, theirs, mine)
    assert merged.codes == theirs
    (clash,) = merged.clashes
    assert (clash.kind, clash.code, clash.nth) == (LINE, "99213", 0)
    assert mine_instead(merged.codes, clash) == mine


def test_a_line_that_one_dropped_and_the_other_changed_is_asked() -> None:
    theirs = BASE.without_service(2)
    mine = CaseCodes(BASE.diagnoses, (VISIT, Service(code="20610", modifiers=("LT",), pointers=(1,))))
    merged = merge(BASE, theirs, mine)
    assert merged.codes == theirs
    assert mine_instead(merged.codes, merged.clashes[0]) == mine
    (reverse,) = merge(BASE, mine, theirs).clashes
    assert mine_instead(mine, reverse) == theirs


def test_a_diagnosis_that_a_standing_line_newly_points_at_stays() -> None:
    theirs = pointed(BASE, 2, 2)
    merged = merge(BASE, theirs, BASE.without_diagnosis(2))
    assert merged.codes.diagnoses == ("M17.11", "I10")
    assert merged.codes.services[1].pointers == (2,)


def test_two_ideas_of_the_first_listed_diagnosis_are_asked() -> None:
    base = BASE.with_diagnosis("E11.9")
    merged = merge(base, base.with_first(2), base.with_first(3))
    (clash,) = merged.clashes
    assert (clash.kind, clash.first, clash.code) == (FIRST, "I10", "E11.9")
    assert merged.codes.diagnoses[0] == "I10"
    assert mine_instead(merged.codes, clash).diagnoses[0] == "E11.9"


at_any_speed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # others share the machine


@st.composite
def codes(draw: st.DrawFn) -> CaseCodes:
    diagnoses = draw(st.lists(st.sampled_from(["A00.0", "B01.9", "C50.1", "I10"]), max_size=4, unique=True))
    lines = draw(st.lists(st.sampled_from(["99213", "20610", "J3301"]), max_size=4))
    places = st.lists(st.integers(1, len(diagnoses)), max_size=3, unique=True) if diagnoses else st.just([])
    modifiers = st.sampled_from([(), ("25",), ("RT",)])
    services = [
        Service(code=c, modifiers=draw(modifiers), units=draw(st.integers(1, 3)), pointers=tuple(draw(places)))
        for c in lines
    ]
    return CaseCodes(tuple(diagnoses), tuple(services))


@at_any_speed
@given(codes(), codes())
def test_one_person_alone_always_gets_what_they_saved(base: CaseCodes, changed: CaseCodes) -> None:
    for merged in (merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)):
        assert merged.clashes == ()
        assert set(merged.codes.diagnoses) == set(changed.diagnoses)
        assert sorted(s.code for s in merged.codes.services) == sorted(s.code for s in changed.services)


@at_any_speed
@given(codes(), codes(), codes())
def test_nobodys_new_code_is_lost_and_every_pointer_points(base: CaseCodes, theirs: CaseCodes, mine: CaseCodes) -> None:
    merged = merge(base, theirs, mine)
    new = {c for side in (theirs, mine) for c in side.diagnoses} - set(base.diagnoses)
    assert new <= set(merged.codes.diagnoses)
    assert all(1 <= p <= len(merged.codes.diagnoses) for s in merged.codes.services for p in s.pointers)
    for clash in merged.clashes:
        mine_instead(merged.codes, clash)


@at_any_speed
@given(codes())
def test_codes_come_back_from_their_data(given_codes: CaseCodes) -> None:
    assert from_data(to_data(given_codes)) == given_codes


def test_a_change_is_told_in_a_few_words() -> None:
    assert told(BASE, BASE) == ""
    assert told(BASE, BASE.with_diagnosis("E11.9")) == "E11.9 added"
    assert told(BASE, BASE.without_diagnosis(2)) == "I10 dropped"
    assert told(BASE, BASE.without_service(1)) == "99213 dropped"
    assert told(BASE, BASE.with_first(2)) == "I10 first"
    assert told(BASE, pointed(BASE, 2, 2)) == "20610 changed"

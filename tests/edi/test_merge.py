"""The three-way merge: what was changed changes, everything else stays as it stood."""

from hypothesis import given
from hypothesis import strategies as st

from edi.merge import merged

RAW = "CLM*A1*100***11:B:1*Y*A*Y*Y~REF*G1*OLD~K3*STATE NOTE~HI*ABK:J20.9~LX*1~SV1*HC:99213::::::NOTE*60*UN*1***1~K3*ONE~LX*2~SV1*HC:85025*40*UN*1***1~K3*TWO~"  # noqa: E501 one claim
KNOWN = [
    ["CLM", "A1", "100", "", "", "11:B:1", "Y", "A", "Y", "Y"],
    ["REF", "G1", "OLD"],
    ["HI", "ABK:J20.9"],
    ["LX", "1"],
    ["SV1", "HC:99213", "60", "UN", "1", "", "", "1"],
    ["LX", "2"],
    ["SV1", "HC:85025", "40", "UN", "1", "", "", "1"],
]


def changed(place: int, *parts: str) -> list[list[str]]:
    return [list(parts) if at == place else each for at, each in enumerate(KNOWN)]


def test_without_a_change_the_text_stays() -> None:
    assert merged(RAW, KNOWN, KNOWN) == RAW


def test_one_component_changes_alone() -> None:
    after = changed(0, "CLM", "A1", "100", "", "", "11:B:7", "Y", "A", "Y", "Y")
    assert merged(RAW, KNOWN, after) == RAW.replace("11:B:1", "11:B:7")


def test_what_the_facts_do_not_hold_of_a_changed_composite_stays() -> None:
    after = changed(4, "SV1", "HC:99214", "75", "UN", "1", "", "", "1")
    assert merged(RAW, KNOWN, after) == RAW.replace("HC:99213::::::NOTE*60", "HC:99214::::::NOTE*75")


def test_a_removed_segment_goes_alone() -> None:
    after = [each for each in KNOWN if each[0] != "REF"]
    assert merged(RAW, KNOWN, after) == RAW.replace("REF*G1*OLD~", "")


def test_a_new_segment_stands_behind_its_neighbour() -> None:
    after = [KNOWN[0], KNOWN[1], ["REF", "F8", "PAYER7"], *KNOWN[2:]]
    assert merged(RAW, KNOWN, after) == RAW.replace("REF*G1*OLD~", "REF*G1*OLD~REF*F8*PAYER7~")


def test_a_removed_line_leaves_the_note_of_the_other_line() -> None:
    after = [*KNOWN[:3], ["LX", "1"], KNOWN[6]]
    text = merged(RAW, KNOWN, after)
    assert text.endswith("SV1*HC:85025*40*UN*1***1~K3*TWO~")
    assert "99213" not in text


def test_an_order_of_the_sender_is_kept() -> None:
    raw = "CLM*A1*1~REF*EA*5~REF*G1*7~"
    before = [["CLM", "A1", "1"], ["REF", "G1", "7"], ["REF", "EA", "5"]]
    after = [["CLM", "A1", "1"], ["REF", "G1", "8"], ["REF", "EA", "5"]]
    assert merged(raw, before, after) == "CLM*A1*1~REF*EA*5~REF*G1*8~"


def test_reasons_of_a_list_that_was_cut_otherwise_are_written_anew() -> None:
    raw = "CLP*1*1~CAS*CO*45*10~CAS*PR*1*5~K3*X~CAS*PR*2*6~SVC*HC:1~"
    before = [["CLP", "1", "1"], ["CAS", "CO", "45", "10"], ["CAS", "PR", "1", "5", "", "2", "6"], ["SVC", "HC:1"]]
    after = [*before[:2], ["CAS", "PR", "1", "5", "", "2", "7"], before[3]]
    wanted = "CLP*1*1~CAS*CO*45*10~CAS*PR*1*5**2*7~K3*X~SVC*HC:1~"
    assert merged(raw, before, after) == wanted


def test_a_number_keeps_its_form_when_another_one_of_its_list_changes() -> None:
    raw = "CAS*CO*45*10.00**97*5.0~"
    before = [["CAS", "CO", "45", "10", "", "97", "5"]]
    assert merged(raw, before, [["CAS", "CO", "45", "10", "", "97", "6"]]) == "CAS*CO*45*10.00**97*6~"


def test_a_reference_of_another_line_is_not_taken_for_one_that_moved() -> None:
    raw = "LX*1~SV1*A*1~REF*6R*ONE~LX*2~REF*6R*TWO~SV1*B*2~"
    before = [
        ["LX", "1"],
        ["SV1", "A", "1"],
        ["REF", "6R", "ONE"],
        ["LX", "2"],
        ["SV1", "B", "2"],
        ["REF", "6R", "TWO"],
    ]
    after = [*before[:5], ["REF", "6R", "NEW"]]
    assert merged(raw, before, after) == raw.replace("TWO", "NEW")


def test_the_form_of_a_date_goes_with_the_date() -> None:
    after = [["DTP", "472", "RD8", "20260102-20260105"]]
    assert merged("DTP*472*D8*20260102~", [["DTP", "472", "D8", "20260102"]], after) == (
        "DTP*472*RD8*20260102-20260105~"
    )


words = st.text("AB12", min_size=1, max_size=2)
segments = st.lists(st.tuples(st.sampled_from(["REF", "DTP", "SV1", "K3"]), words, words).map(list), max_size=8)


@given(segments, segments)
def test_with_nothing_unknown_the_result_is_what_is_written_now(
    before: list[list[str]], after: list[list[str]]
) -> None:
    raw = "".join("*".join(each) + "~" for each in before)
    text = merged(raw, before, after)
    assert sorted(text.split("~")) == sorted("".join("*".join(each) + "~" for each in after).split("~"))

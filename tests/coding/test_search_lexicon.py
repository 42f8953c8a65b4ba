"""The search index: what a typed text finds, and that it survives being stored."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.lexicon import Index, Source, Text, build, from_bytes, search, search_all, to_bytes
from coding.lexicon.search import FAVOURITE

CODES = {
    "A00": False,
    "A00.0": True,
    "A00.9": True,
    "E11": False,
    "E11.40": True,
    "E11.9": True,
    "I10": True,
    "I21.9": True,
    "J44.9": True,
    "M17": False,
    "M17.11": True,
    "M17.12": True,
    "M25.561": True,
    "M25.562": True,
    "N20.0": True,
    "R51.9": True,
    "S52.501A": True,
    "S52.502A": True,
}
TEXTS = [
    Text("A00", "Cholera"),
    Text("A00.0", "Cholera due to Vibrio cholerae 01, biovar cholerae"),
    Text("A00.9", "Cholera, unspecified"),
    Text("E11", "Type 2 diabetes mellitus"),
    Text("E11.40", "Type 2 diabetes mellitus with diabetic neuropathy, unspecified"),
    Text("E11.9", "Type 2 diabetes mellitus without complications"),
    Text("E11.9", "Diabetes, diabetic (mellitus) (sugar)", Source.INDEX),
    Text("I10", "Essential (primary) hypertension"),
    Text("I10", "high blood pressure", Source.INCLUSION),
    Text("I21.9", "Acute myocardial infarction, unspecified"),
    Text("J44.9", "Chronic obstructive pulmonary disease, unspecified"),
    Text("M17", "Osteoarthritis of knee"),
    Text("M17.11", "Unilateral primary osteoarthritis, right knee"),
    Text("M17.12", "Unilateral primary osteoarthritis, left knee"),
    Text("M25.561", "Pain in right knee"),
    Text("M25.562", "Pain in left knee"),
    Text("N20.0", "Calculus of kidney"),
    Text("R51.9", "Headache, unspecified"),
    Text("S52.501A", "Unspecified fracture of the lower end of right radius, initial encounter for closed fracture"),
    Text("S52.502A", "Unspecified fracture of the lower end of left radius, initial encounter for closed fracture"),
    Text("Z99.9", "A text of a code that is not among the codes", Source.INDEX),
]
INDEX = build(CODES.items(), TEXTS)


def first(text: str, index: Index = INDEX) -> str:
    hits = search(index, text)
    return hits[0].code if hits else ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("chronic obstructive pulmonary disease", "J44.9"),
        ("disease pulmonary obstructive", "J44.9"),  # any order
        ("chron obst pulm", "J44.9"),  # beginnings
        ("osteoarthritis right kn", "M17.11"),
        ("osteoartritis left knee", "M17.12"),  # a letter left out
        ("obstrcutive pulmonary", "J44.9"),  # neighbours swapped
        ("hypretenssion", "I10"),  # two letters
        ("hypertensive", "I10"),  # a word of the family
        ("hypertesn", "I10"),  # misspelled and unfinished
        ("head ache", "R51.9"),  # one word written as two
        ("kneepain right", "M25.561"),  # two written as one
        ("HTN", "I10"),
        ("copd", "J44.9"),
        ("dm2", "E11"),
        ("heart attack", "I21.9"),
        ("fx radius l", "S52.502A"),
        ("rt knee pain", "M25.561"),
        ("knee pain, left", "M25.562"),
        ("kidney stones", "N20.0"),
        ("sugar diabetes", "E11.9"),  # an optional word of the index
        ("e11.4", "E11.40"),
        ("E1140", "E11.40"),
        ("m17", "M17"),
        ("S52.502", "S52.502A"),
        ("cholera", "A00"),
        ("zzz", ""),
        ("", ""),
        ("of the", ""),
    ],
)
def test_what_a_coder_types_finds(text: str, code: str) -> None:
    assert first(text) == code


def test_a_short_text_that_says_it_all_comes_before_a_long_one() -> None:
    assert [hit.code for hit in search(INDEX, "type 2 diabetes mellitus")][:2] == ["E11", "E11.9"]


def test_a_heading_is_found_beside_its_codes() -> None:
    found = {hit.code: hit.billable for hit in search(INDEX, "cholera")}
    assert found == {"A00.9": True, "A00": False, "A00.0": True}


def test_codes_with_one_beginning_come_in_order_with_headings_last() -> None:
    assert [hit.code for hit in search(INDEX, "E1")] == ["E11.40", "E11.9", "E11"]
    assert [hit.code for hit in search(INDEX, "E11")] == ["E11", "E11.40", "E11.9"]
    assert [hit.code for hit in search(INDEX, "M17.11")] == ["M17.11"]


def test_favourites_come_first_among_what_fits() -> None:
    assert first("pain knee") == "M25.561"
    liked = {"M25.562": 1.0, "J44.9": 1.0}
    assert [hit.code for hit in search(INDEX, "pain knee", favourites=liked)][:2] == ["M25.562", "M25.561"]
    assert [hit.code for hit in search(INDEX, "M25", favourites=liked)] == ["M25.562", "M25.561"]
    plain, lifted = (search(INDEX, "copd", favourites=f)[0].score for f in ({}, liked))
    assert lifted == pytest.approx(plain * (1 + FAVOURITE))


def test_the_kind_of_text_that_fitted_is_told() -> None:
    assert search(INDEX, "high blood pressure")[0].source == Source.INCLUSION
    assert search(INDEX, "essential hypertension")[0].source == Source.WORDING


def test_limit() -> None:
    assert len(search(INDEX, "knee", limit=2)) == 2


def test_texts_of_unknown_codes_and_repeats_are_left_out() -> None:
    index = build([("I10", True)], [Text("I10", "Hypertension"), Text("I10", "hypertension"), Text("I99", "Other")])
    assert index.text_code.tolist() == [0]
    assert index.vocabulary == ["hypertension"]


def test_an_index_without_words_still_finds_codes() -> None:
    numbers = build([("99213", True), ("99214", True)], [])
    assert [hit.code for hit in search(numbers, "9921")] == ["99213", "99214"]
    assert search(numbers, "office visit") == []
    assert search(build([], []), "anything") == []


def test_several_systems_are_searched_as_one() -> None:
    procedures = build([("20610", True), ("G0438", True)], [Text("20610", "Injection, major joint")])
    both = {"icd10cm": INDEX, "cpt": procedures}
    assert [(system, hit.code) for system, hit in search_all(both, "injection joint")][:1] == [("cpt", "20610")]
    assert [(system, hit.code) for system, hit in search_all(both, "206")] == [("cpt", "20610")]  # no misspelled words
    assert search_all(both, "rt knee pain")[0][0] == "icd10cm"


def test_a_stored_index_finds_the_same() -> None:
    again = from_bytes(to_bytes(INDEX))
    for text in ("cholera", "e11", "rt knee pain", "osteoartritis"):
        assert search(again, text) == search(INDEX, text)


def test_bytes_of_another_format_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = to_bytes(INDEX)
    monkeypatch.setattr("coding.lexicon.storage.FORMAT", -1)
    with pytest.raises(ValueError, match="build it again"):
        from_bytes(stored)


def test_every_posting_is_a_text_that_holds_the_word() -> None:
    assert len(INDEX.starts) == len(INDEX.vocabulary) + 1
    assert INDEX.starts[-1] == len(INDEX.postings)
    assert np.all(np.diff(INDEX.starts) > 0)
    pain = INDEX.word_numbers["pain"]
    texts = INDEX.postings[INDEX.starts[pain] : INDEX.starts[pain + 1]]
    assert {INDEX.codes[INDEX.text_code[text]] for text in texts} == {"M25.561", "M25.562"}


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    hits = search(INDEX, text)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.code for hit in hits}) == len(hits)


@given(st.sampled_from(sorted(code for code in CODES if CODES[code])), st.booleans(), st.booleans())
def test_every_code_is_found_by_itself(code: str, dotted: bool, lower: bool) -> None:
    typed = code if dotted else code.replace(".", "")
    assert first(typed.lower() if lower else typed) == code

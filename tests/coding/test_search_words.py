"""How texts become words, and what else a phrase may be called."""

import pytest

from coding.lexicon.aliases import built_in
from coding.lexicon.words import normal, trunk, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Crohn's disease", ["crohn", "disease"]),
        ("Ménière’s disease", ["meniere", "disease"]),
        ("Haemorrhage of the oesophagus", ["hemorrhage", "esophagus"]),
        ("anaemia, leucaemia, diarrhoea, apnoea", ["anemia", "leukemia", "diarrhea", "apnea"]),
        ("Tumours", ["tumor"]),
        ("Kidney stones", ["kidney", "stone"]),
        ("arteries", ["artery"]),
        ("biopsies; masses; axes", ["biopsy", "mass", "ax"]),
        ("pelvis, uterus, pancreas, abscess, diabetes", ["pelvis", "uterus", "pancreas", "abscess", "diabete"]),
        ("s/p fall", ["sp", "fall"]),
        ("non-displaced", ["non", "displaced"]),
        ("", []),
        ("!? –", []),
    ],
)
def test_words_are_compared_in_their_normal_form(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_words_of_one_family_have_one_trunk() -> None:
    assert trunk("hypertension") == trunk("hypertensive")
    assert trunk(normal("diabetes")) == trunk("diabetic")
    assert trunk("pain") == "pain"


def meanings_of(phrase: str) -> list[str]:
    typed = tuple(phrase.split())
    size, meant = next(built_in().at(typed, 0))
    assert size == len(typed)
    return [" ".join(other) for other in meant]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("htn", "hypertension"),
        ("copd", "chronic obstructive pulmonary disease"),
        ("dm2", "type 2 diabete"),
        ("fx", "fracture"),
        ("rt", "right"),
        ("heart attack", "myocardial infarction"),
        ("heart att", "myocardial infarction"),  # still being typed
        ("kidney stones", "calculus kidney"),
        ("aids", "human immunodeficiency virus disease"),  # no plural of aid
    ],
)
def test_abbreviations_and_lay_words_have_other_names(said: str, meant: str) -> None:
    assert meant in meanings_of(said)


def test_synonyms_hold_both_ways() -> None:
    assert "renal" in meanings_of("kidney")
    assert "kidney" in meanings_of("renal")


def test_nothing_is_its_own_other_name() -> None:
    assert [phrase for phrase, meant in built_in().means.items() if phrase in meant or not meant] == []

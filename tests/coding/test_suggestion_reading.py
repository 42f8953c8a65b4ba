"""Taking a note apart: words, sentences, sections, context."""

import pytest

from coding.suggestion.mentions import find_mentions, read_note
from coding.suggestion.sections import ASSESSMENT, FAMILY, HISTORY, PLAN, sections_of
from coding.suggestion.words import key_of, plain, sentences, words
from tests.coding.suggestion_samples import small_knowledge


@pytest.mark.parametrize(
    ("one", "other"),
    [("anaemias", "anemic"), ("oedema", "edema"), ("metastases", "metastatic"), ("fractures", "fracture"),
     ("necrotic", "necrosis"), ("tumours", "tumor"), ("diarrhoea", "diarrhea"), ("kidneys", "kidney")],
)  # fmt: skip
def test_words_of_one_meaning_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_offsets_are_those_of_the_text() -> None:
    text = "Señora's café: 2.5 mg"
    assert len(plain(text)) == len(text)
    first = words(text)[0]
    assert text[first.start : first.end] == "Señora's"


def test_a_number_or_an_initial_ends_no_sentence() -> None:
    text = "Took 2.5 mg. Grew E. coli; better now"
    assert [text[a:b].strip() for a, b in sentences(text)] == ["Took 2.5 mg.", "Grew E. coli;", "better now"]


def test_sections_of_different_styles() -> None:
    text = "S: cough\nFamily history: none\n# Assessment\nURI\nPlan: rest"
    found = sections_of(text)
    kinds = [found.at(text.index(word)) for word in ("cough", "none", "URI", "rest")]
    assert kinds == [HISTORY, FAMILY, ASSESSMENT, PLAN]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("No asthma.", "negated"),
     ("Brother has asthma.", "family"), ("r/o asthma", "uncertain"),
     ("asthma?", "uncertain"),
     ("asthma in her mother", "family"), ("Return if asthma", "conditional"), ("Asthma.", "")],
)  # fmt: skip
def test_context_of_a_condition(text: str, kind: str) -> None:
    (mention,) = find_mentions(read_note(text), small_knowledge())
    assert mention.context == (frozenset({kind}) if kind else frozenset())


def test_words_of_a_term_may_stand_in_any_order() -> None:
    found = find_mentions(read_note("The knee gives him pain."), small_knowledge())
    assert any(("M25.569", "index") in mention.term.targets for mention in found)

"""A note split into headings and paragraphs loses no word."""

import re

from hypothesis import given
from hypothesis import strategies as st

from encounters.domain.age import age_on
from encounters.domain.note import NoteSection, note_sections
from tests.builders import DAY
from tests.coding.samples import NOTE


def test_a_signed_note_has_its_sections_and_numbered_items() -> None:
    sections = note_sections(NOTE)
    assert [s.heading for s in sections] == ["Reason for visit", "History", "Exam", "Assessment and plan"]
    assert [paragraph[:2] for paragraph in sections[-1].paragraphs] == ["1.", "2."]


def test_other_ways_of_writing_headings() -> None:
    blocks = (
        "Seen with her daughter.",
        "## Exam\nLungs clear.",
        "Plan: Rest and fluids.\nReturn in a week.",
        "History:\nFever.",
    )
    assert note_sections("\n\n".join(blocks)) == (
        NoteSection("", ("Seen with her daughter.",)),
        NoteSection("Exam", ("Lungs clear.",)),
        NoteSection("Plan", ("Rest and fluids.", "Return in a week.")),
        NoteSection("History", ("Fever.",)),
    )


def test_a_paragraph_after_a_blank_line_stays_in_its_section() -> None:
    (section,) = note_sections("Exam\nLungs clear.\n\nHeart regular, no murmur heard today.")
    assert section.paragraphs == ("Lungs clear.", "Heart regular, no murmur heard today.")


def test_an_empty_note_has_no_section() -> None:
    assert note_sections("") == note_sections(" \n\n ") == ()


@given(st.text(alphabet=st.sampled_from("ABab1.:;#, \n-"), max_size=200))
def test_no_word_is_lost(text: str) -> None:
    shown = " ".join(word for s in note_sections(text) for word in (s.heading, *s.paragraphs))

    def words(of: str) -> list[str]:
        return re.findall(r"[A-Za-z0-9]+", of)

    assert words(shown) == words(text)


@given(st.text(alphabet=st.sampled_from("ABab1.:;#, \r\n-"), max_size=200))
def test_every_paragraph_knows_where_it_stands(text: str) -> None:
    for section in note_sections(text):
        assert len(section.starts) == len(section.paragraphs)
        for start, paragraph in zip(section.starts, section.paragraphs, strict=True):
            assert text[start : start + len(paragraph)] == paragraph


def test_age_counts_birthdays() -> None:
    assert age_on(DAY, DAY.replace(year=1968)) == 58
    assert age_on(DAY, DAY.replace(year=1968, day=28)) == 57

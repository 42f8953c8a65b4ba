"""What makes a question fit to ask, how a note is quoted, and what counts as an answer."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.domain.provider_queries import (
    ALWAYS,
    MOVES,
    OTHER,
    TEMPLATES,
    UNABLE,
    Draft,
    Indicator,
    QueryKind,
    QueryStatus,
    addendum_text,
    can_move,
    due_on,
    found_in,
    leading,
    offered,
    passages,
    quoted,
    unfit_answer,
)
from tests.coding.samples import NOTE

QUOTE = Indicator(NOTE.index("Right knee"), NOTE.index("Right knee") + 10, "Right knee")


def draft(**changed: object) -> Draft:
    given: dict[str, object] = {
        "kind": QueryKind.LATERALITY,
        "question": "Which side do the findings below refer to?",
        "options": ("Right", "Left"),
        "indicators": (QUOTE,),
    }
    return Draft(**given | changed)  # type: ignore[arg-type]  # the fields above


@pytest.mark.parametrize("kind", QueryKind)
def test_every_template_can_be_asked_as_it_is(kind: QueryKind) -> None:
    template = TEMPLATES[kind]
    asked = draft(kind=kind, question=template.question, options=template.options)
    assert leading(asked) == []
    assert leading(draft(question=template.title)) == []
    assert template.open == (not template.options) or kind is QueryKind.SPECIFICITY


def test_a_fair_question_has_no_fault() -> None:
    assert leading(draft()) == []
    assert leading(draft(options=())) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"indicators": ()}, "Pick the words"),
        ({"question": " "}, "Write the question"),
        ({"question": "Is it sepsis, as the payer needs it?"}, "speaks of payment"),
        ({"question": "Would a higher DRG apply?"}, "speaks of payment"),
        ({"options": ("Right", "Left, so that the claim is paid")}, "speaks of payment"),
        ({"question": "Don't you agree that this is acute?"}, "leads to an answer"),
        ({"question": "Please document that the heart failure is acute."}, "leads to an answer"),
        ({"question": "Is it I50.21?"}, "is a code"),
        ({"question": "Was it 99214 work?"}, "is a code"),
        ({"options": ("Acute systolic heart failure",)}, "One answer alone leads"),
        ({"options": ("Right", "right ")}, "stands twice"),
        ({"options": ("Yes", "No")}, "present on admission"),
        ({"options": tuple(f"Answer {n}" for n in range(9))}, "8 answers at most"),
        ({"indicators": (QUOTE,) * 13}, "12 places"),
    ],
)
def test_a_leading_question_is_refused_with_its_reason(changed: dict[str, object], says: str) -> None:
    assert any(says in fault for fault in leading(draft(**changed)))


def test_clinical_words_that_look_like_money_words_pass() -> None:
    fair = "Was the discharge from the wound purulent? The drain was changed; the battery was charging."
    assert leading(draft(question=fair)) == []


def test_other_and_unable_close_every_list_of_answers() -> None:
    assert offered(("Right", "Left")) == ("Right", "Left", *ALWAYS)
    assert offered(("Right", OTHER, " ")) == ("Right", *ALWAYS)
    assert offered(()) == ()


@pytest.mark.parametrize(
    ("options", "choice", "words", "says"),
    [
        (("Right", *ALWAYS), "Right", "", ""),
        (("Right", *ALWAYS), UNABLE, "", ""),
        (("Right", *ALWAYS), OTHER, "Both", ""),
        (("Right", *ALWAYS), OTHER, "  ", "own words"),
        (("Right", *ALWAYS), "", "Right", "Choose one"),
        (("Right", *ALWAYS), "Left", "", "Choose one"),
        ((), "", "Iron deficiency", ""),
        ((), UNABLE, "", ""),
        ((), "", "", "own words"),
    ],
)
def test_what_counts_as_an_answer(options: tuple[str, ...], choice: str, words: str, says: str) -> None:
    fault = unfit_answer(options, choice, words)
    assert (says in fault) if says else fault == ""


def test_the_addendum_says_what_was_asked_and_answered() -> None:
    text = addendum_text(asked="Which side?", choice="Right", words=" since spring ")
    assert text == "In answer to: Which side?\nRight\nsince spring"


def test_sentences_of_the_note_are_quoted_as_they_stand() -> None:
    found = passages(NOTE)
    assert [NOTE[each.start : each.end] for each in found] == [each.text for each in found]
    assert "Knee pain 6/10, no injury." in [each.text for each in found]
    assert "BP 138/84." in [each.text for each in found]
    assert "Exam" not in [each.text for each in found]


@given(st.text(alphabet=st.sampled_from("ab A.1\n :#\t;?"), max_size=200))
def test_every_quotation_is_verbatim_in_order_and_apart(note: str) -> None:
    found = passages(note)
    assert all(quoted(note, each.start, each.end) == each for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_own_words_are_found_across_line_ends_and_nothing_else_is() -> None:
    assert found_in("Knee pain\n 6/10", "pain 6/10") == Indicator(5, 15, "pain\n 6/10")
    assert found_in("Knee pain", "hip pain") is None
    assert found_in("Knee pain", "  ") is None
    assert quoted("Knee", 2, 2) is None
    assert quoted("Knee", 0, 9) is None


def test_the_life_of_a_question_ends() -> None:
    assert can_move("asked", QueryStatus.ANSWERED)
    assert can_move("answered", QueryStatus.CLOSED)
    assert not can_move("answered", QueryStatus.WITHDRAWN)
    assert set(MOVES) == set(QueryStatus)
    assert {state for state, to in MOVES.items() if not to} == {QueryStatus.CLOSED, QueryStatus.WITHDRAWN}


def test_the_answer_is_due_in_seven_days() -> None:
    assert due_on(datetime(2026, 5, 4, 14, tzinfo=UTC)) == date(2026, 5, 11)

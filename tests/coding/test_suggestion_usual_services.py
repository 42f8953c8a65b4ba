"""Services that coders add by hand, learned from the words of their cases."""

from coding.suggestion.experience import NOTHING, Experience, FinalCase, learn_from
from coding.suggestion.facts import NoteFacts, Suggested
from tests.coding.suggestion_samples import small_knowledge

LEVEL = "Assessment: fatigue. 25-hydroxy vitamin D level 18."


def case(text: str, *services: str) -> FinalCase:
    return FinalCase(NoteFacts(text=text, age=50, is_new=False), ("R53.83",), services)


def learned(*cases: FinalCase) -> Experience:
    return learn_from(cases, small_knowledge())


def services(experience: Experience, text: str) -> dict[str, Suggested]:
    found = experience.suggest(NoteFacts(text=text, age=50, is_new=False), small_knowledge())
    return {one.code: one for one in found.procedures}


def test_what_coders_add_to_the_same_words_is_proposed_with_the_words_and_the_count() -> None:
    experience = learned(*[case(LEVEL, "99213", "82306")] * 5, case("Assessment: fatigue.", "99213"))
    note = "Assessment: hypertension. Vitamin D level 22, start drops."
    assert "82306" not in services(NOTHING, note)
    (span,) = (found := services(experience, note)["82306"]).spans
    assert note[span.start : span.end] in note
    assert "in 5 of 5 cases" in found.reason
    assert found.confidence == 83
    assert found.pointers == (1,)


def test_words_that_foretell_it_too_seldom_bring_nothing() -> None:
    seldom = [case(LEVEL, "99213", "82306")] * 4 + [case(LEVEL, "99213")] * 4
    assert "82306" not in services(learned(*seldom), LEVEL)
    assert "82306" not in services(learned(*[case(LEVEL, "82306")] * 2), LEVEL)


def test_denied_words_bring_nothing() -> None:
    experience = learned(*[case("Assessment: fatigue. Tuning fork used.", "96127")] * 5)
    assert "96127" in services(experience, "Assessment: hypertension. Tuning fork used.")
    assert "96127" not in services(experience, "Assessment: hypertension. No tuning fork used.")


def test_a_visit_of_another_level_is_not_learned_so() -> None:
    assert learned(*[case("Assessment: fatigue. Long talk.", "99215")] * 5).services == ()


def test_kept_and_read_back_they_say_the_same() -> None:
    experience = learned(*[case(LEVEL, "82306")] * 5)
    assert Experience.from_bytes(experience.to_bytes()).services == experience.services

"""What a person's codes say about each proposal."""

from typing import Any

from coding.domain.codes import CaseCodes, Service
from coding.domain.suggestions import Decision, Proposal, Verdict, undecided, verdicts

NOBODY: frozenset[str] = frozenset()


def proposed(code: str, confidence: int = 90, **fields: Any) -> Proposal:
    return Proposal(code=code, is_diagnosis=not code.isdigit(), confidence=confidence, **fields)


def words(proposals: list[Proposal], codes: CaseCodes, accepted: frozenset[str] | None = NOBODY) -> list[str]:
    return [verdict.decision for verdict in verdicts(proposals, codes, accepted)]


def test_what_stands_stays_proposed_until_somebody_says_yes() -> None:
    both = [proposed("I10"), proposed("E11.65")]
    codes = CaseCodes(("I10", "E11.65"))
    assert words(both, codes) == ["proposed", "proposed"]
    assert words(both, codes, frozenset({"I10"})) == ["accepted", "proposed"]
    assert words(both, codes, None) == ["accepted", "accepted"]


def test_what_was_taken_away_is_dropped_and_what_comes_back_accepted() -> None:
    assert words([proposed("I10")], CaseCodes()) == ["dropped"]
    assert words([proposed("I10", decision=Decision.DROPPED)], CaseCodes(("I10",))) == ["accepted"]


def test_another_code_of_the_category_replaces() -> None:
    found = verdicts([proposed("E11.65"), proposed("I10")], CaseCodes(("E11.42",)), NOBODY)
    assert found == [Verdict(Decision.REPLACED, "E11.42"), Verdict(Decision.DROPPED)]
    level = CaseCodes(("I10",), (Service(code="99214"),))
    assert verdicts([proposed("99213")], level, NOBODY) == [Verdict(Decision.REPLACED, "99214")]


def test_a_code_that_was_proposed_itself_replaces_nothing() -> None:
    assert words([proposed("E11.65"), proposed("E11.42")], CaseCodes(("E11.42",))) == ["dropped", "proposed"]


def test_two_lines_of_one_code_are_two_proposals() -> None:
    twice = [proposed("20610"), proposed("20610")]
    assert words(twice, CaseCodes((), (Service(code="20610"),))) == ["proposed", "dropped"]


def test_what_was_withheld_counts_only_when_somebody_adds_it() -> None:
    held = proposed("I26.99", withheld=True)
    assert words([held], CaseCodes()) == ["proposed"]
    assert words([held], CaseCodes(("I26.99",))) == ["accepted"]


def test_only_low_proposals_that_stand_wait_for_a_word() -> None:
    codes = CaseCodes(("I10", "E11.65", "R07.9"))
    all_of_them = [
        proposed("I10"),
        proposed("E11.65", 62),
        proposed("R07.9", 50, decision=Decision.ACCEPTED),
        proposed("Z79.4", 10),
    ]
    assert undecided(all_of_them, codes) == ["E11.65"]

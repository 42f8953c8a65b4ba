"""What a coder reads about codes in the making, in its order."""

from coding.domain.checks import case_findings, keeps_from_finishing
from coding.domain.edit_tables import EditTables
from tests.coding.visits import line, visit, with_dx


def test_without_codes_nothing_can_be_finished() -> None:
    facts = visit(diagnoses=(), lines=())
    assert [one.brief for one in case_findings(facts)] == ["No procedure", "No diagnosis"]
    first = keeps_from_finishing(facts)
    assert first is not None
    assert first.code == "DX01"


def test_an_unknown_code_keeps_a_case_open() -> None:
    for facts in (with_dx("Q99.99"), visit(line(1, "99999", known=False))):
        assert keeps_from_finishing(facts) is not None


def test_what_would_hold_the_claim_does_not_keep_a_coder_from_finishing() -> None:
    facts = visit(line(1), line(2, "20610", "RT"))
    assert [one.code for one in case_findings(facts)] == ["MO06"]
    assert keeps_from_finishing(facts) is None


def test_the_worst_comes_first() -> None:
    facts = visit(line(1, "99999", "25", "25", known=False), line(2, pointers=()), diagnoses=("I10", "M17.1", "Z00.00"))
    assert [one.code for one in case_findings(facts)] == ["PX01", "DX04", "DP01", "MO02", "DX15"]


def test_tables_that_are_not_loaded_are_told_last_and_once() -> None:
    found = case_findings(visit(line(pointers=()), tables=EditTables()))
    assert [(one.code, one.severity) for one in found] == [("DP01", "stop"), ("NL01", "info")]
    assert found[-1].says == (
        "Not loaded, checked by built-in rows at most: NCCI add-on codes, NCCI pairs, NCCI units, Relative values."
    )

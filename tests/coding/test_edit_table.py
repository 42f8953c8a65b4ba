"""The documentation of the edits says what the edits are."""

from pathlib import Path

from coding.domain.edits import RULES
from tests.coding.edit_table import edit_table

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "coding.md"


def test_the_documented_table_is_the_rules() -> None:
    assert edit_table() in DOCUMENT.read_text(), f"docs/coding.md shall hold this table:\n{edit_table()}"


def test_the_table_has_a_row_for_every_rule() -> None:
    assert edit_table().count("\n") - 2 == len(RULES) + 2 + 2  # no_procedure, not_loaded; two rules have two codes

"""What screens and operations read about codes and coding cases."""

from coding.queries.cases import (
    Place,
    case_clock,
    case_record,
    case_rows,
    coded_before,
    codes_of,
    expected_amounts,
    place_in_queue,
)
from coding.queries.codes import codes_on, known_codes, known_on, search_codes, wordings
from coding.queries.edit_tables import add_on_primaries, edit_tables, pair_edits, relative_values, unit_limits
from coding.queries.facts import case_facts
from coding.queries.fees import cost_index, medicare_amounts
from coding.queries.learning import decided_cases, learned_habits, lessons
from coding.queries.notes import knowledge_on, note_facts
from coding.queries.presence import changed_since, others_at
from coding.queries.releases import Releases, loaded_kinds, loaded_releases
from coding.queries.rules import auto_complete_from, practice_rules, specialties_of
from coding.queries.suggestions import own_last_change, proposals_of, suggestions_for

__all__ = [
    "Place",
    "Releases",
    "add_on_primaries",
    "auto_complete_from",
    "case_clock",
    "case_facts",
    "case_record",
    "case_rows",
    "changed_since",
    "coded_before",
    "codes_of",
    "codes_on",
    "cost_index",
    "decided_cases",
    "edit_tables",
    "expected_amounts",
    "knowledge_on",
    "known_codes",
    "known_on",
    "learned_habits",
    "lessons",
    "loaded_kinds",
    "loaded_releases",
    "medicare_amounts",
    "note_facts",
    "others_at",
    "own_last_change",
    "pair_edits",
    "place_in_queue",
    "practice_rules",
    "proposals_of",
    "relative_values",
    "search_codes",
    "specialties_of",
    "suggestions_for",
    "unit_limits",
    "wordings",
]

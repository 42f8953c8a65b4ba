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
from coding.queries.codes import KnownCode, known_codes, search_codes, wordings
from coding.queries.facts import case_facts
from coding.queries.learning import decided_cases, learned_habits, lessons
from coding.queries.notes import knowledge, note_facts
from coding.queries.presence import changed_since, others_at
from coding.queries.rules import auto_complete_from, practice_rules, specialties_of
from coding.queries.suggestions import own_last_change, proposals_of, suggestions_for

__all__ = [
    "KnownCode",
    "Place",
    "auto_complete_from",
    "case_clock",
    "case_facts",
    "case_record",
    "case_rows",
    "changed_since",
    "coded_before",
    "codes_of",
    "decided_cases",
    "expected_amounts",
    "knowledge",
    "known_codes",
    "learned_habits",
    "lessons",
    "note_facts",
    "others_at",
    "own_last_change",
    "place_in_queue",
    "practice_rules",
    "proposals_of",
    "search_codes",
    "specialties_of",
    "suggestions_for",
    "wordings",
]

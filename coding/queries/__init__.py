"""What screens and operations read about codes, coding cases, suggestions, questions and audits."""

from coding.queries.cases import (
    CODING_WORK,
    Place,
    case_clock,
    case_record,
    case_rows,
    coded_before,
    codes_of,
    expected_amounts,
    place_in_queue,
)
from coding.queries.codes import codes_on, known_codes, known_on, wordings
from coding.queries.coverage import PolicyPage, policy_page
from coding.queries.edit_tables import add_on_primaries, edit_tables, pair_edits, relative_values, unit_limits
from coding.queries.facts import case_facts, facts_of
from coding.queries.favourites import favourites_of
from coding.queries.fees import cost_index, drg_weights, medicare_amounts
from coding.queries.hierarchy import CodePage, code_page
from coding.queries.impact import Affected, impact_of, release_before
from coding.queries.learning import lessons
from coding.queries.notes import knowledge_on, note_facts
from coding.queries.presence import changed_since, others_at
from coding.queries.provider_queries import open_questions, questions_on, waiting_for_provider
from coding.queries.releases import Releases, loaded_kinds, loaded_releases
from coding.queries.rules import auto_complete_from, practice_rules, specialties_of
from coding.queries.search import SEARCHED, search_codes
from coding.queries.suggestions import own_last_change, proposals_of, suggestions_for

__all__ = [
    "CODING_WORK",
    "SEARCHED",
    "Affected",
    "CodePage",
    "Place",
    "PolicyPage",
    "Releases",
    "add_on_primaries",
    "auto_complete_from",
    "case_clock",
    "case_facts",
    "case_record",
    "case_rows",
    "changed_since",
    "code_page",
    "coded_before",
    "codes_of",
    "codes_on",
    "cost_index",
    "drg_weights",
    "edit_tables",
    "expected_amounts",
    "facts_of",
    "favourites_of",
    "impact_of",
    "knowledge_on",
    "known_codes",
    "known_on",
    "lessons",
    "loaded_kinds",
    "loaded_releases",
    "medicare_amounts",
    "note_facts",
    "open_questions",
    "others_at",
    "own_last_change",
    "pair_edits",
    "place_in_queue",
    "policy_page",
    "practice_rules",
    "proposals_of",
    "questions_on",
    "relative_values",
    "release_before",
    "search_codes",
    "specialties_of",
    "suggestions_for",
    "unit_limits",
    "waiting_for_provider",
    "wordings",
]

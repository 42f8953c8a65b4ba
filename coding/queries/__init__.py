"""What screens and operations read about codes, coding cases, questions and audits."""

from coding.queries.cases import (
    CODING_WORK,
    Place,
    case_clock,
    case_record,
    case_rows,
    coded_before,
    codes_of,
    place_in_queue,
)
from coding.queries.codes import codes_on, known_codes, known_on, wordings
from coding.queries.edit_tables import add_on_primaries, edit_tables, pair_edits, relative_values, unit_limits
from coding.queries.facts import case_facts
from coding.queries.favourites import favourites_of
from coding.queries.fees import cost_index, medicare_amounts
from coding.queries.hierarchy import CodePage, code_page
from coding.queries.provider_queries import open_questions, questions_on, waiting_for_provider
from coding.queries.releases import Releases, loaded_kinds, loaded_releases
from coding.queries.search import SEARCHED, search_codes

__all__ = [
    "CODING_WORK",
    "SEARCHED",
    "CodePage",
    "Place",
    "Releases",
    "add_on_primaries",
    "case_clock",
    "case_facts",
    "case_record",
    "case_rows",
    "code_page",
    "coded_before",
    "codes_of",
    "codes_on",
    "cost_index",
    "edit_tables",
    "favourites_of",
    "known_codes",
    "known_on",
    "loaded_kinds",
    "loaded_releases",
    "medicare_amounts",
    "open_questions",
    "pair_edits",
    "place_in_queue",
    "questions_on",
    "relative_values",
    "search_codes",
    "unit_limits",
    "waiting_for_provider",
    "wordings",
]

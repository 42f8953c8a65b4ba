"""What screens and operations read about codes, coding cases, questions to providers and audits."""

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
from coding.queries.codes import known_codes, search_codes, wordings
from coding.queries.provider_queries import open_questions, questions_on, waiting_for_provider

__all__ = [
    "CODING_WORK",
    "Place",
    "case_clock",
    "case_record",
    "case_rows",
    "coded_before",
    "codes_of",
    "known_codes",
    "open_questions",
    "place_in_queue",
    "questions_on",
    "search_codes",
    "waiting_for_provider",
    "wordings",
]

"""What screens and operations read about codes and coding cases."""

from coding.queries.cases import (
    Place,
    case_clock,
    case_record,
    case_rows,
    coded_before,
    codes_of,
    place_in_queue,
)
from coding.queries.codes import known_codes, search_codes, wordings
from coding.queries.presence import changed_since, others_at
from coding.queries.suggestions import own_last_change, proposals_of, suggestions_for

__all__ = [
    "Place",
    "case_clock",
    "case_record",
    "case_rows",
    "changed_since",
    "coded_before",
    "codes_of",
    "known_codes",
    "others_at",
    "own_last_change",
    "place_in_queue",
    "proposals_of",
    "search_codes",
    "suggestions_for",
    "wordings",
]

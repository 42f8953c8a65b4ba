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
from coding.queries.suggestions import own_last_change, proposals_of

__all__ = [
    "Place",
    "case_clock",
    "case_record",
    "case_rows",
    "coded_before",
    "codes_of",
    "known_codes",
    "own_last_change",
    "place_in_queue",
    "proposals_of",
    "search_codes",
    "wordings",
]

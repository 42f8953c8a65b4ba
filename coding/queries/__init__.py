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
from coding.queries.codes import KnownCode, known_codes, search_codes, wordings
from coding.queries.facts import case_facts

__all__ = [
    "KnownCode",
    "Place",
    "case_clock",
    "case_facts",
    "case_record",
    "case_rows",
    "coded_before",
    "codes_of",
    "known_codes",
    "place_in_queue",
    "search_codes",
    "wordings",
]

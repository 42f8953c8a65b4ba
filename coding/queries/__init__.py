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
from coding.queries.codes import codes_on, known_codes, known_on, search_codes, wordings
from coding.queries.releases import Releases, loaded_kinds, loaded_releases

__all__ = [
    "Place",
    "Releases",
    "case_clock",
    "case_record",
    "case_rows",
    "coded_before",
    "codes_of",
    "codes_on",
    "known_codes",
    "known_on",
    "loaded_kinds",
    "loaded_releases",
    "place_in_queue",
    "search_codes",
    "wordings",
]

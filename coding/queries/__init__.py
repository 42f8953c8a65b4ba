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
from coding.queries.codes import codes_on, known_codes, known_on, wordings
from coding.queries.favourites import favourites_of
from coding.queries.hierarchy import CodePage, code_page
from coding.queries.releases import Releases, loaded_kinds, loaded_releases
from coding.queries.search import SEARCHED, search_codes

__all__ = [
    "SEARCHED",
    "CodePage",
    "Place",
    "Releases",
    "case_clock",
    "case_record",
    "case_rows",
    "code_page",
    "coded_before",
    "codes_of",
    "codes_on",
    "favourites_of",
    "known_codes",
    "known_on",
    "loaded_kinds",
    "loaded_releases",
    "place_in_queue",
    "search_codes",
    "wordings",
]

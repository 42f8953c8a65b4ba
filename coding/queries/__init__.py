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
from coding.queries.edit_tables import add_on_primaries, edit_tables, pair_edits, relative_values, unit_limits
from coding.queries.facts import case_facts
from coding.queries.fees import cost_index, medicare_amounts
from coding.queries.impact import Affected, impact_of, release_before
from coding.queries.releases import Releases, loaded_kinds, loaded_releases

__all__ = [
    "Affected",
    "Place",
    "Releases",
    "add_on_primaries",
    "case_clock",
    "case_facts",
    "case_record",
    "case_rows",
    "coded_before",
    "codes_of",
    "codes_on",
    "cost_index",
    "edit_tables",
    "impact_of",
    "known_codes",
    "known_on",
    "loaded_kinds",
    "loaded_releases",
    "medicare_amounts",
    "pair_edits",
    "place_in_queue",
    "relative_values",
    "release_before",
    "search_codes",
    "unit_limits",
    "wordings",
]

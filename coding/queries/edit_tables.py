"""CMS's tables for the codes of some visits."""

from collections.abc import Iterable, Mapping
from datetime import date

from coding.domain.edits.tables import EditTables, built_in_tables


def edit_tables(codes: Iterable[str], days: Iterable[date]) -> Mapping[date, EditTables]:
    """The rows of the tables in force on each day, as far as they concern these procedures."""
    return dict.fromkeys(days, built_in_tables())

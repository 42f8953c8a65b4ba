"""Words, other names for them, and the search index over code sets. Pure: arrays and rules, no Django."""

from coding.lexicon.entries import Hit, Source, Text
from coding.lexicon.index import Index, build
from coding.lexicon.search import LONGEST_QUERY, search, search_all
from coding.lexicon.storage import FORMAT, from_bytes, to_bytes

__all__ = [
    "FORMAT",
    "LONGEST_QUERY",
    "Hit",
    "Index",
    "Source",
    "Text",
    "build",
    "from_bytes",
    "search",
    "search_all",
    "to_bytes",
]

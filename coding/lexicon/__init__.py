"""Words, other names for them, and the search index over code sets. Pure: arrays and rules, no Django."""

from coding.lexicon.entries import Hit, Source, Text
from coding.lexicon.index import Index, build
from coding.lexicon.search import code_beginning, search
from coding.lexicon.storage import FORMAT, from_bytes, to_bytes

__all__ = ["FORMAT", "Hit", "Index", "Source", "Text", "build", "code_beginning", "from_bytes", "search", "to_bytes"]
